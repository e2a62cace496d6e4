"""Dates as spans on a scale of days: how a range is drawn, and how marks stack that would touch."""

import datetime
from collections.abc import Sequence
from typing import Any

from lunarprogrammes.plot._evidence import following

# Pixels that a mark keeps free to its right.
_ROOM = 10


def days(day: str) -> int:
    """Return the number of a day, for distances.

    >>> days("2026-01-02") - days("2026-01-01")
    1
    """
    return datetime.date.fromisoformat(day).toordinal()


def after(day: str) -> str:
    """Return the day after, where a bar that includes the day ends."""
    return following(datetime.date.fromisoformat(day))


def drawn(lower: str | None, upper: str | None, last: int, months: int = 12) -> dict[str, str]:
    """Return where the bar of a range begins and ends, its middle, and which side is open.

    An open side is drawn so many months long, within the year `last`, and bears an arrow: how far
    it goes nobody says.

    >>> drawn("2026-01-01", None, 2040)["to"]
    '2027-01-01'
    """
    begin, end, side = lower, upper and after(upper), ""
    if begin is None and end is not None:
        begin, side = _moved(end, -months), "left"
    elif end is None and begin is not None:
        end, side = max(begin, min(_moved(begin, months), f"{last}-01-01")), "right"
    begin, end = begin or "", end or ""
    middle = datetime.date.fromordinal((days(begin) + days(end)) // 2).isoformat()
    return {"from": begin, "to": end, "middle": middle, "open": side}


def _moved(day: str, months: int) -> str:
    number = int(day[:4]) * 12 + int(day[5:7]) - 1 + months
    return f"{number // 12:04}-{number % 12 + 1:02}-01"


def stack(marks: Sequence[dict[str, Any]], pixels: float, top: int) -> int:
    """Give each mark the first height at which it hides no other; return how many are taken.

    `pixels` is the width of a day.

    >>> one, two = {"record": "a", "from": "2026-01-01"}, {"record": "b", "from": "2026-01-02"}
    >>> stack([one, two], 1.0, 5), one["y"], two["y"]
    (2, 5, 6)
    """
    ends: list[float] = []
    for mark in sorted(marks, key=lambda one: (one["from"], one["record"])):
        begin, end = (days(mark.get(side, mark["from"])) * pixels for side in ("from", "to"))
        free = (level for level, taken in enumerate(ends) if taken <= begin)
        level = next(free, len(ends))
        ends[level : level + 1] = [max(end, begin) + _ROOM]
        mark["y"] = top + level
    return len(ends)
