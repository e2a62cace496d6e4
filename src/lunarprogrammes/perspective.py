"""From where an edition is seen: what was known by a day, what holds at a day, by which policy."""

import datetime
from typing import NamedTuple

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.resolve import BY_FIELD, Policy

Day = str | datetime.date | UncertainDate


class Perspective(NamedTuple):
    """From where the claims are seen: known by which day, holding at which, by which policy."""

    known_on: datetime.date | None = None
    at: datetime.date | None = None
    possibly: bool = False
    policy: Policy = BY_FIELD

    def __str__(self) -> str:
        words = []
        if self.known_on:
            words.append(f"as known on {self.known_on}")
        if self.at:
            words.append(f"as it was on {self.at}")
        if self.policy is not BY_FIELD:
            words.append(f"resolved by {self.policy.name}")
        return ", ".join(words)


def last_day(day: Day) -> datetime.date:
    """Return the last day of a date, however it was given."""
    if isinstance(day, datetime.datetime):
        return day.date()
    if isinstance(day, datetime.date):
        return day
    date = day if isinstance(day, UncertainDate) else UncertainDate(day)
    if date.upper is None:
        raise LunarProgrammesError(
            f"'{date.text}' has no last day.", expected="Expected a day such as 2023-02-27."
        )
    return date.upper
