"""Dates as texts: which of two comes first is mostly plain from the texts themselves."""

import re
from functools import lru_cache

from lunarprogrammes.answers import Answer
from lunarprogrammes.dates import UncertainDate

date = lru_cache(maxsize=65536)(UncertainDate)

_day = re.compile("[12][0-9]{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1[0-9]|2[0-8]))?)?").fullmatch


@lru_cache(maxsize=65536)
def is_plain(text: str) -> bool:
    """Say whether a text is a year, a month or a day, without any qualifier.

    >>> is_plain("2024-05"), is_plain("2024~")
    (True, False)
    """
    return _day(text) is not None


def is_before(one: str, other: str) -> bool:
    """Say whether a date certainly lies before another one.

    >>> is_before("2020-11-01", "2020-11-23"), is_before("2020", "2020-11-23")
    (True, False)
    """
    # Plain texts sort as the first days that they may mean, and each speaks of a year at most.
    if (one >= other or one[:4] < other[:4]) and is_plain(one) and is_plain(other):
        return one < other
    return date(one).before(date(other)) is Answer.YES
