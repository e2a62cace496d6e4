"""Uncertain dates: what a source says about when, never more.

Owns `UncertainDate`, comparison and arithmetic, and is where the public names of dates are imported
from. Owns no spelling (`date_grammar`), no English (`date_words`) and no claim about the world:
which source to believe is decided in `resolve`. Reading a text costs one regular expression, about
a microsecond; bounds are worked out when first asked for. Importing costs `re` and `datetime`;
pydantic is imported by its own hooks, `date_words` where a text is refused or described.
"""

import datetime
from collections.abc import Callable
from functools import total_ordering
from typing import TYPE_CHECKING, overload

from lunarprogrammes.answers import Answer, decide
from lunarprogrammes.date_grammar import (
    DAY_SECONDS,
    GRAINS,
    OPEN,
    PATTERN,
    bounds_of,
    fullmatch,
    is_reversed,
    join,
    precision_of,
    shift,
    text_of,
)
from lunarprogrammes.day_spans import DaySpan
from lunarprogrammes.errors import InvalidDate

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = ["PATTERN", "DaySpan", "UncertainDate", "suggest"]


@total_ordering
class UncertainDate:
    """A date as exactly as its source states it, written in EDTF; it never changes.

    Accepts `2026`, `2026-05`, `2026-05-03`, `2020-11-23T20:30Z`, `2020-11-23T20:30:15Z`; with `~`
    (approximate), `?` (uncertain) or `%` (both) at the end; `203X`, `20XX`, `2024-XX`,
    `2024-05-XX`; seasons 21 to 24, quarters 33 to 36, thirds 37 to 39 and halves 40, 41 in month
    position; `2030/2035` (some time between), `2026/..` (no earlier than), `../2030` (by); and
    `unknown` (the source says that it is not known or not disclosed).

    Raises `InvalidDate` with what was found, what is expected and the likely spelling.
    Equality and hash are those of the text. `<` sorts lists (earliest start, then end, then text;
    open starts first, unknown last) and says nothing about the world: ask `before` for that.
    `before`, `after`, `on`, `not_before` and `not_after` compare days (UTC), and minutes or seconds
    only where both sides state them. `other` may be an UncertainDate, a date or a text.

    >>> launch = UncertainDate("2030~")
    >>> launch.before("2032"), launch.before("2030-06-01"), launch.before("2028-12-31")
    (Answer.YES, Answer.POSSIBLY, Answer.NO)
    """

    __slots__ = ("_bounds", "_text")
    _bounds: tuple[int, int]
    _text: str

    def __init__(self, text: str) -> None:
        if fullmatch(text) is None or ("/" in text and is_reversed(text)):
            from lunarprogrammes.date_words import error_for

            raise error_for(text)
        _store_text(self, text)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"An UncertainDate never changes; {name} cannot be set.")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"An UncertainDate never changes; {name} cannot be deleted.")

    def __reduce__(self) -> tuple[type["UncertainDate"], tuple[str]]:
        return UncertainDate, (self._text,)

    @property
    def text(self) -> str:
        """The date as stored, in EDTF."""
        return self._text

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"UncertainDate({self._text!r})"

    def __eq__(self, other: object) -> bool:
        return self._text == other._text if isinstance(other, UncertainDate) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._text)

    @property
    def sort_key(self) -> tuple[bool, int, int, str]:
        """Order for lists: unknown last, open starts first, then start, end and text."""
        return (not self.is_known, *self._seconds, self._text)

    def __lt__(self, other: "UncertainDate") -> bool:
        return (
            self.sort_key < other.sort_key if isinstance(other, UncertainDate) else NotImplemented
        )

    @property
    def _seconds(self) -> tuple[int, int]:
        """First and last second that the text may mean, counted from year 1; kept once known."""
        try:
            return self._bounds
        except AttributeError:
            pass
        bounds = bounds_of(self._text)
        _store_bounds(self, bounds)
        return bounds

    @property
    def lower(self) -> datetime.date | None:
        """The earliest day (UTC) that the text may mean; None when open or unknown.

        >>> UncertainDate("2030~").lower
        datetime.date(2029, 1, 1)
        """
        first = self._seconds[0]
        return None if first == -OPEN else datetime.date.fromordinal(first // DAY_SECONDS)

    @property
    def upper(self) -> datetime.date | None:
        """The latest day (UTC) that the text may mean; None when open or unknown.

        >>> UncertainDate("2028-39").upper
        datetime.date(2028, 12, 31)
        """
        last = self._seconds[1]
        return None if last == OPEN else datetime.date.fromordinal(last // DAY_SECONDS)

    @property
    def precision(self) -> str:
        """The unit stated: second, minute, day, month, season, quarter, quadrimester, semester,
        year, decade, century; or interval; or unknown.

        >>> UncertainDate("2024-05-XX").precision, UncertainDate("2024-XX").precision
        ('month', 'year')
        """
        return precision_of(self._text)

    @property
    def is_known(self) -> bool:
        """Whether the source gives any date at all."""
        return self._text != "unknown"

    @property
    def is_approximate(self) -> bool:
        """Whether the source says "about", at either end of an interval."""
        return "~" in self._text or "%" in self._text

    @property
    def is_uncertain(self) -> bool:
        """Whether the source is in doubt, at either end of an interval."""
        return "?" in self._text or "%" in self._text

    @property
    def is_exact(self) -> bool:
        """Whether a day or finer is stated without qualifier."""
        return self.precision in GRAINS and not (self.is_approximate or self.is_uncertain)

    @property
    def width_days(self) -> int | None:
        """The number of days that the text may mean; None when it has an open end.

        >>> UncertainDate("2026-02").width_days
        28
        """
        lower, upper = self.lower, self.upper
        return None if lower is None or upper is None else (upper - lower).days + 1

    def is_more_precise_than(self, other: "UncertainDate | datetime.date | str") -> bool:
        """Tell whether this says more: fewer open ends, then a narrower span, then no qualifier.

        >>> UncertainDate("2026-05").is_more_precise_than("2026")
        True
        """
        return _vagueness(self) < _vagueness(_coerce(other))

    def is_compatible(self, other: "UncertainDate | datetime.date | str") -> bool:
        """Tell whether both could be statements about the same date; unknown contradicts nothing.

        >>> UncertainDate("2030~").is_compatible("2031-06")
        True
        """
        (_, first, last, _), (_, start, end, _) = self.sort_key, _coerce(other).sort_key
        return first <= end and start <= last

    def agrees_with(self, other: "UncertainDate | datetime.date | str") -> bool:
        """Tell whether two sources that state these dates say the same.

        They do if the dates are compatible, or if one is the other rounded to the minute.

        >>> UncertainDate("1964-02-02T09:25Z").agrees_with("1964-02-02T09:24:32Z")
        True
        """
        if self.is_compatible(other):
            return True
        (_, first, last, _), (_, start, end, _) = self.sort_key, _coerce(other).sort_key
        # Below a minute a span is that of a second or of a minute: half a minute may round it off.
        return {last - first, end - start} == {0, 59} and abs(first - start) <= 30

    def before(self, other: "UncertainDate | datetime.date | str") -> Answer:
        """Tell whether this lies on an earlier day than `other`.

        >>> UncertainDate("2026/..").before("2025-12-31")
        Answer.NO
        """
        other = _coerce(other)
        (_, first, last, _), (_, start, end, _) = self.sort_key, other.sort_key
        # Whatever their grain, these two hold: most pairs need no look at how precise they are.
        if first >= end:
            return Answer.NO
        if start - last >= DAY_SECONDS:
            return Answer.YES
        first, last, start, end = _side_by_side(self, other)
        return decide(yes=last < start, no=first >= end)

    def after(self, other: "UncertainDate | datetime.date | str") -> Answer:
        """Tell whether this lies on a later day than `other`; the same as `other.before(self)`."""
        return _coerce(other).before(self)

    def not_before(self, other: "UncertainDate | datetime.date | str") -> Answer:
        """Tell whether this lies on the same day as `other` or later; the opposite of `before`."""
        return ~self.before(other)

    def not_after(self, other: "UncertainDate | datetime.date | str") -> Answer:
        """Tell whether this lies on the same day as `other` or earlier; the opposite of `after`.

        `not_after("2030")` asks about some day of 2030; for the whole year ask `within("../2030")`.
        """
        return ~self.after(other)

    def on(self, other: "UncertainDate | datetime.date | str") -> Answer:
        """Tell whether both are the same day; yes only if both are exact.

        >>> UncertainDate("2020-11-23T20:30Z").on("2020-11-23"), UncertainDate("2020-11").on("2020")
        (Answer.YES, Answer.POSSIBLY)
        """
        other = _coerce(other)
        first, last, start, end = _side_by_side(self, other)
        same = self.is_exact and other.is_exact and first == start
        return decide(yes=same, no=last < start or first > end)

    def within(
        self,
        start: "UncertainDate | datetime.date | str",
        end: "UncertainDate | datetime.date | str | None" = None,
    ) -> Answer:
        """Tell whether this lies between the first day of `start` and the last of `end`.

        Without `end` the window is `start` itself. A window with a qualifier has no firm edge, so
        that it never gives a yes. Raises `InvalidDate` for one that ends before it begins.

        >>> UncertainDate("2026-05").within("2026"), UncertainDate("2030/2035").within("../2032")
        (Answer.YES, Answer.POSSIBLY)
        """
        begin = _coerce(start)
        finish = begin if end is None else _coerce(end)
        lowest, highest = begin.sort_key[1], finish.sort_key[2]
        if lowest > highest:
            raise InvalidDate(f"The window from {begin} to {finish} ends before it begins.")
        is_firm = self.is_known and not any(
            date.is_approximate or date.is_uncertain or not date.is_known
            for date in (begin, finish)
        )
        first, last = self._seconds
        inside = is_firm and lowest <= first and last <= highest
        return decide(yes=inside, no=last < lowest or first > highest)

    def hull(self, other: "UncertainDate | datetime.date | str") -> "UncertainDate":
        """Find the narrowest date that covers both.

        >>> UncertainDate("2026-05").hull("2028")
        UncertainDate('2026-05/2028')
        """
        both = sorted((self, _coerce(other)))
        earliest = min(both, key=lambda date: date.sort_key[1])
        latest = max(both, key=lambda date: date.sort_key[2])
        bounds = earliest.sort_key[1], latest.sort_key[2]
        # Where one covers the other, its own spelling stays; of two that do, the doubtful one.
        covering = [date for date in both if date.sort_key[1:3] == bounds]
        if covering:
            return max(covering, key=_vagueness)
        return UncertainDate(join(earliest.text, latest.text))

    def __add__(self, delta: datetime.timedelta) -> "UncertainDate":
        """Move this date so much later, never narrower than before.

        >>> UncertainDate("2026-05") + datetime.timedelta(days=1)
        UncertainDate('2026-05-02/2026-06-01')
        """
        if not isinstance(delta, datetime.timedelta):
            return NotImplemented
        if not delta or not self.is_known:
            return self
        return UncertainDate(shift(self._text, delta))

    __radd__ = __add__

    @overload
    def __sub__(self, other: datetime.timedelta) -> "UncertainDate": ...
    @overload
    def __sub__(self, other: "UncertainDate | datetime.date") -> DaySpan: ...
    def __sub__(
        self, other: "datetime.timedelta | UncertainDate | datetime.date"
    ) -> "UncertainDate | DaySpan":
        """Move this date earlier by a timedelta, or count the days since another date.

        >>> UncertainDate("2026-05-03") - datetime.timedelta(days=3)
        UncertainDate('2026-04-30')
        >>> UncertainDate("2026-05-03") - datetime.date(2026, 2, 1)
        DaySpan(91, 91)
        """
        if isinstance(other, datetime.timedelta):
            return self + -other
        if not isinstance(other, UncertainDate | datetime.date):
            return NotImplemented
        other = _coerce(other)
        lower, upper, earliest, latest = self.lower, self.upper, other.lower, other.upper
        return DaySpan(
            None if lower is None or latest is None else (lower - latest).days,
            None if upper is None or earliest is None else (upper - earliest).days,
        )

    def __rsub__(self, other: datetime.date) -> DaySpan:
        if not isinstance(other, datetime.date):
            return NotImplemented
        return _coerce(other) - self

    def describe(self) -> str:
        """Say the date in English words.

        >>> for text in ("2020-11-23", "2030~", "2028-39", "2026/..", "203X?"):
        ...     print(UncertainDate(text).describe())
        23 November 2020
        about 2030
        late 2028
        no earlier than 2026
        perhaps the 2030s
        """
        from lunarprogrammes.date_words import describe

        return describe(self._text)

    @classmethod
    def _accept(cls, value: object) -> "UncertainDate":
        """Read what pydantic hands over; it reports a ValueError but lets a TypeError through."""
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return cls(value)
        from lunarprogrammes.date_words import EXPECTED

        raise InvalidDate(f"{value!r} is no text.", expected=EXPECTED)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            cls._accept,
            serialization=core_schema.plain_serializer_function_ser_schema(
                str, return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        return {"type": "string", "pattern": PATTERN}


# The slots themselves write past `__setattr__`: quicker than `object.__setattr__`.
_store_text: Callable[[UncertainDate, str], None] = vars(UncertainDate)["_text"].__set__
_store_bounds: Callable[[UncertainDate, tuple[int, int]], None]
_store_bounds = vars(UncertainDate)["_bounds"].__set__


def _coerce(value: UncertainDate | datetime.date | str) -> UncertainDate:
    """Take whatever may stand on the other side of a comparison."""
    if isinstance(value, UncertainDate):
        return value
    return UncertainDate(text_of(value) if isinstance(value, datetime.date) else value)


def _vagueness(date: UncertainDate) -> tuple[int, int, bool]:
    """Rank by open ends, then seconds covered, then doubt; unknown says least of all."""
    if not date.is_known:
        return 3, 0, True
    _, first, last, _ = date.sort_key
    opens = (first == -OPEN) + (last == OPEN)
    return opens, 0 if opens else last - first, date.is_approximate or date.is_uncertain


def _side_by_side(one: UncertainDate, other: UncertainDate) -> tuple[int, int, int, int]:
    """Give the bounds of both in the coarser of their grains: day, minute or second."""
    grain = max(GRAINS.get(date.precision, DAY_SECONDS) for date in (one, other))
    (_, first, last, _), (_, start, end, _) = one.sort_key, other.sort_key
    return first // grain, last // grain, start // grain, end // grain


def suggest(text: str) -> str | None:
    """Read a human spelling as EDTF, or return None; never guess between two readings."""
    from lunarprogrammes import date_words

    return date_words.suggest(text)
