"""Uncertain dates: what a source says about when, never more.

Owns the grammar (EDTF, ISO 8601-2, level 1 and a few extensions), the days that a text may mean,
comparison and arithmetic. Owns no claim about the world: which source to believe is decided in
`resolve`. Reading a text costs one regular expression, about a microsecond; bounds are worked out
when first asked for. Importing costs `re` and `datetime`; pydantic is imported by its own hooks.

Deliberate differences from EDTF are listed in the tests against the `edtf` package. The chief ones:
an interval `2030/2035` always means one date somewhere between; the years are 1000 to 9998, so that
a bound one unit away is still a date of the calendar (a bound beyond it is open); times are UTC and
may stop at the minute, since a source that gives minutes must not gain seconds.
"""

import datetime
import re
from collections.abc import Callable
from functools import total_ordering
from typing import TYPE_CHECKING, overload

from lunarprogrammes.answers import Answer, decide
from lunarprogrammes.errors import InvalidDate

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_YEAR = "(?:[1-8][0-9]{3}|9[0-8][0-9]{2}|99[0-8][0-9]|999[0-8])"
_DAY = (
    f"(?:{_YEAR}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    "|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    # 29 February: years divisible by 4 that end in no 00, and centuries divisible by 400.
    "|(?:[1-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)-02-29)"
)
_POINT = (
    f"(?:{_DAY}"
    f"|{_YEAR}(?:-(?:(?:0[1-9]|1[0-2])(?:-XX)?|XX(?:-XX)?|2[1-4]|3[3-9]|4[01]))?"
    "|[1-9][0-9](?:[0-9]X|XX))[~?%]?"
)
_TIME = "T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?Z[~?%]?"

# For schemas. No look-ahead, named group or \A, \Z, so that Python, ECMAScript, RE2 and Rust agree;
# one outer group, because frictionless anchors `a|b` wrongly. Only reversed intervals escape it.
PATTERN: str = f"^(?:{_POINT}(?:/(?:{_POINT}|\\.\\.))?|{_DAY}{_TIME}|\\.\\./{_POINT}|unknown)$"
_match = re.compile(PATTERN).fullmatch

_DAY_SECONDS = 86_400
_GRAINS = {"second": 1, "minute": 60, "day": _DAY_SECONDS}
_OPEN = 1 << 60  # a second beyond every calendar: the bound that is not there
_PADS = {"~": 1, "?": 1, "%": 2}
_LENGTHS = {4: "year", 7: "month", 10: "day", 17: "minute", 20: "second"}
# Code in month position: first month (from 0), number of months, precision. Seasons 21 to 24 state
# no hemisphere; they are read as northern and meteorological. Winter runs into the next year.
_GROUPS = {
    **{str(21 + n): (2 + 3 * n, 3, "season") for n in range(4)},
    **{str(33 + n): (3 * n, 3, "quarter") for n in range(4)},
    **{str(37 + n): (4 * n, 4, "quadrimester") for n in range(3)},
    **{str(40 + n): (6 * n, 6, "semester") for n in range(2)},
}


def _precision(core: str) -> str:
    """Name the unit that a point without qualifier pins down: 2024-XX is no better than 2024."""
    if "X" in core:
        if "-" in core:
            return "month" if core[5] != "X" else "year"
        return "decade" if core[2] != "X" else "century"
    group = _GROUPS.get(core[5:7]) if len(core) == 7 else None
    return group[2] if group else _LENGTHS[len(core)]


def _months(core: str) -> tuple[int, int]:
    """Give first month (counted from year 0) and number of months of a point of a month or more."""
    year, code = int(core[:4].replace("X", "0")) * 12, core[5:7]
    if code in _GROUPS:
        first, count, _ = _GROUPS[code]
        return year + first, count
    if code and code != "XX":
        return year + int(code) - 1, 1
    return year, 12 * 10 ** core[:4].count("X")


def _month_start(month: int) -> int:
    """Give the first second of a month counted from year 0; open beyond the calendar."""
    year, index = divmod(month, 12)
    if year < datetime.MAXYEAR + 1:
        return datetime.date(year, index + 1, 1).toordinal() * _DAY_SECONDS
    at_end = month == (datetime.MAXYEAR + 1) * 12
    return (datetime.date.max.toordinal() + 1) * _DAY_SECONDS if at_end else _OPEN + 1


def _split(point: str) -> tuple[str, str]:
    """Part a point from its qualifier, which may be nothing."""
    return (point[:-1], point[-1]) if point[-1] in _PADS else (point, "")


def _span(point: str) -> tuple[int, int]:
    """Give first and last second that a point may mean: one unit more for ~ and ?, two for %."""
    core, qualifier = _split(point)
    pad = _PADS.get(qualifier, 0)
    grain = _GRAINS.get(_precision(core))
    if grain is None:
        month, count = _months(core)
        return _month_start(month - pad * count), _month_start(month + count * (1 + pad)) - 1
    first = datetime.date.fromisoformat(core[:10]).toordinal() * _DAY_SECONDS
    for part, seconds in ((core[11:13], 3600), (core[14:16], 60), (core[17:19], 1)):
        first += int(part or 0) * seconds
    return first - pad * grain, first + grain * (1 + pad) - 1


def _is_reversed(text: str) -> bool:
    """Tell whether an interval starts after its end, qualifiers left aside."""
    start, _, end = text.partition("/")
    # An earlier year settles it; so does `..`, because a dot sorts before every digit.
    if start[:4] < end[:4] or end == "..":
        return False
    return _span(_split(start)[0])[0] > _span(_split(end)[0])[1]


def _is_valid(text: str) -> bool:
    return _match(text) is not None and not ("/" in text and _is_reversed(text))


def _is_before_or_past_all(first: int, last: int) -> bool:
    return last < _month_start(1000 * 12) or first >= _month_start(9999 * 12)


def _edge(second: int, mark: str = "", inwards: int = 0) -> str:
    """Write one end of an interval as a day; `..` where no year of the grammar reaches.

    A qualified day pads itself: moved inwards by as much, it stands for exactly this second's day.
    """
    if _is_before_or_past_all(second, second):
        return ".."
    day = second // _DAY_SECONDS + inwards * _PADS.get(mark, 0)
    return f"{datetime.date.fromordinal(day)}{mark}"


def _spell(first: int, last: int, marks: tuple[str, str] = ("", "")) -> str:
    """Write the days that cover two seconds, never fewer, with the qualifier of each end."""
    if _is_before_or_past_all(first, last):
        raise InvalidDate("The result lies outside the years 1000 to 9998.")
    tightest = f"{_edge(first, marks[0], 1)}/{_edge(last, marks[1], -1)}"
    loosest = f"{_edge(first, marks[0])}/{_edge(last, marks[1])}"
    if loosest == "../..":
        return "unknown"
    start, _, end = loosest.partition("/")
    if any(marks):
        return tightest if _is_valid(tightest) else start if start == end else loosest
    for digits in (4, 7):  # whole years and whole months are said so
        a, b = start[:digits], end[:digits]
        if (a == ".." or _span(a)[0] == _span(start)[0]) and (
            b == ".." or _span(b)[1] == _span(end)[1]
        ):
            return a if a == b else f"{a}/{b}"
    return start if start == end else loosest


def _spell_exactly(first: int, grain: int) -> str:
    """Write one day, minute or second; it must be within the years of the grammar."""
    if _is_before_or_past_all(first, first):
        raise InvalidDate("The result lies outside the years 1000 to 9998.")
    days, second = divmod(first, _DAY_SECONDS)
    clock = f"T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
    return f"{datetime.date.fromordinal(days)}{clock}"[: {1: 19, 60: 16}.get(grain, 10)] + (
        "Z" if grain < _DAY_SECONDS else ""
    )


def _ends(text: str) -> tuple[str, str]:
    """Take a date as an interval: both ends of a single point are the point itself."""
    start, slash, end = text.partition("/")
    return start, end if slash else start


class DaySpan:
    """The days from one date to another: `lower` and `upper` inclusive, None where open.

    >>> print(UncertainDate("2026-03-01") - UncertainDate("2025-12"))
    between 60 and 90 days
    """

    __slots__ = ("lower", "upper")
    lower: int | None
    upper: int | None

    def __init__(self, lower: int | None, upper: int | None) -> None:
        object.__setattr__(self, "lower", lower)
        object.__setattr__(self, "upper", upper)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"A DaySpan never changes; {name} cannot be set.")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"A DaySpan never changes; {name} cannot be deleted.")

    def __reduce__(self) -> tuple[type["DaySpan"], tuple[int | None, int | None]]:
        return DaySpan, (self.lower, self.upper)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DaySpan):
            return NotImplemented
        return (self.lower, self.upper) == (other.lower, other.upper)

    def __hash__(self) -> int:
        return hash((self.lower, self.upper))

    def __repr__(self) -> str:
        return f"DaySpan({self.lower}, {self.upper})"

    def __str__(self) -> str:
        if self.lower is None and self.upper is None:
            return "an unknown number of days"
        words = f"{self.lower} days" if self.upper in (None, self.lower) else f"{self.upper} days"
        words = re.sub(r"^(-?1) days", r"\1 day", words)
        if self.lower == self.upper:
            return words
        if self.lower is None or self.upper is None:
            return f"at {'least' if self.upper is None else 'most'} {words}"
        return f"between {self.lower} and {self.upper} days"


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
        if _match(text) is None or ("/" in text and _is_reversed(text)):
            raise _error(text)
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
        start, slash, end = self._text.partition("/")
        if start == "unknown":
            bounds = (-_OPEN, _OPEN)
        elif not slash:
            bounds = _span(start)
        else:
            first = -_OPEN if start == ".." else _span(start)[0]
            bounds = (first, _OPEN if end == ".." else _span(end)[1])
        _store_bounds(self, bounds)
        return bounds

    @property
    def lower(self) -> datetime.date | None:
        """The earliest day (UTC) that the text may mean; None when open or unknown.

        >>> UncertainDate("2030~").lower
        datetime.date(2029, 1, 1)
        """
        first = self._seconds[0]
        return None if first == -_OPEN else datetime.date.fromordinal(first // _DAY_SECONDS)

    @property
    def upper(self) -> datetime.date | None:
        """The latest day (UTC) that the text may mean; None when open or unknown.

        >>> UncertainDate("2028-39").upper
        datetime.date(2028, 12, 31)
        """
        last = self._seconds[1]
        return None if last == _OPEN else datetime.date.fromordinal(last // _DAY_SECONDS)

    @property
    def precision(self) -> str:
        """The unit stated: second, minute, day, month, season, quarter, quadrimester, semester,
        year, decade, century; or interval; or unknown.

        >>> UncertainDate("2024-05-XX").precision, UncertainDate("2024-XX").precision
        ('month', 'year')
        """
        if self._text == "unknown":
            return "unknown"
        return "interval" if "/" in self._text else _precision(_split(self._text)[0])

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
        return self.precision in _GRAINS and self._text[-1] not in _PADS

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

    def before(self, other: "UncertainDate | datetime.date | str") -> Answer:
        """Tell whether this lies on an earlier day than `other`.

        >>> UncertainDate("2026/..").before("2025-12-31")
        Answer.NO
        """
        first, last, start, end = _side_by_side(self, _coerce(other))
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
        start, end = _ends(earliest.text)[0], _ends(latest.text)[1]
        if _is_valid(f"{start}/{end}"):
            return UncertainDate(f"{start}/{end}")
        # Times of day and two open ends stand in no interval.
        return UncertainDate(_spell(*bounds, (_split(start)[1], _split(end)[1])))

    def __add__(self, delta: datetime.timedelta) -> "UncertainDate":
        """Move this date so much later, never narrower than before.

        >>> UncertainDate("2026-05") + datetime.timedelta(days=1)
        UncertainDate('2026-05-02/2026-06-01')
        """
        if not isinstance(delta, datetime.timedelta):
            return NotImplemented
        if not delta or not self.is_known:
            return self
        # Outwards to whole seconds: floor for the start, ceiling for the end.
        early = delta // datetime.timedelta(seconds=1)
        late = -(-delta // datetime.timedelta(seconds=1))
        start, end = _ends(self._text)
        grain = _GRAINS.get(self.precision)
        if grain and early == late and early % grain == 0:
            core, mark = _split(start)
            return UncertainDate(_spell_exactly(_span(core)[0] + early, grain) + mark)
        _, first, last, _ = self.sort_key
        first = first if first == -_OPEN else first + early
        last = last if last == _OPEN else last + late
        return UncertainDate(_spell(first, last, (_split(start)[1], _split(end)[1])))

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
        if not self.is_known:
            return "not known"
        start, slash, end = self._text.partition("/")
        if not slash:
            return _words(start)
        if start == "..":
            return f"by {_words(end)}"
        if end == "..":
            return f"no earlier than {_words(start)}"
        return f"between {_words(start)} and {_words(end)}"

    @classmethod
    def _accept(cls, value: object) -> "UncertainDate":
        """Read what pydantic hands over; it reports a ValueError but lets a TypeError through."""
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return cls(value)
        raise InvalidDate(f"{value!r} is no text.", expected=_EXPECTED)

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
_store_bounds: Callable[[UncertainDate, tuple[int, int]], None] = vars(UncertainDate)[
    "_bounds"
].__set__


def _coerce(value: UncertainDate | datetime.date | str) -> UncertainDate:
    """Take whatever may stand on the other side of a comparison."""
    if isinstance(value, UncertainDate):
        return value
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            raise TypeError("A datetime needs a time zone here; without one it names no moment.")
        value = f"{value.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"
    return UncertainDate(str(value) if isinstance(value, datetime.date) else value)


def _vagueness(date: UncertainDate) -> tuple[int, int, bool]:
    """Rank by open ends, then seconds covered, then doubt."""
    _, first, last, _ = date.sort_key
    opens = (first == -_OPEN) + (last == _OPEN)
    return opens, 0 if opens else last - first, date.is_approximate or date.is_uncertain


def _side_by_side(one: UncertainDate, other: UncertainDate) -> tuple[int, int, int, int]:
    """Give the bounds of both in the coarser of their grains: day, minute or second."""
    grain = max(_GRAINS.get(date.precision, _DAY_SECONDS) for date in (one, other))
    (_, first, last, _), (_, start, end, _) = one.sort_key, other.sort_key
    return first // grain, last // grain, start // grain, end // grain


# --- The words of people: what a date is called, and what a misspelt one may have meant. ---

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_NAMES = (
    {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
    | {"33": "the first quarter of", "34": "the second quarter of"}
    | {"35": "the third quarter of", "36": "the fourth quarter of"}
    | {"37": "early", "38": "mid", "39": "late"}
    | {"40": "the first half of", "41": "the second half of"}
)


def _words(point: str) -> str:
    """Say a single date in English, its qualifier in front."""
    core, qualifier = _split(point)
    year, code, day = core[:4], core[5:7], core[8:10]
    if "X" in year:
        first = year.replace("X", "0")
        words = f"the {first}s" if year[2] != "X" else f"the years {first} to {first[:2]}99"
    elif not code:
        words = year
    elif code in _NAMES:
        until = f"–{int(year) + 1}" if code == "24" else ""
        words = f"{_NAMES[code]}{'-' if code == '38' else ' '}{year}{until}"
    else:
        month = year if code == "XX" else f"{_MONTHS[int(code) - 1]} {year}"
        unstated = "some day of" if day else "some month of"
        words = f"{unstated} {month}" if "XX" in (code, day) else f"{int(day or 0)} {month}"
        words = words.removeprefix("0 ")
        words += f", {core[11:-1]} UTC" if core[10:] else ""
    prefix = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}[qualifier]
    return prefix + words


_EXPECTED = (
    "Expected a date such as 2026, 2026-05 or 2026-05-03, with ~ (about), ? (uncertain) or % "
    "(both) at the end; an interval such as 2030/2035, 2026/.. or ../2030; or the word unknown."
)


def _error(text: str) -> InvalidDate:
    """Say what is wrong with a text that is no uncertain date, as narrowly as can be said."""
    shown = repr(text if len(text) <= 60 else text[:57] + "...")
    return InvalidDate(f"{shown} {_fault(text)}", expected=_EXPECTED, suggestion=suggest(text))


def _fault(text: str) -> str:
    if not text.strip():
        return "is empty."
    if text != text.strip():
        return "has space around it."
    if "/" in text and _match(text):
        return "ends before it begins."
    plain = re.match(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?![0-9])", text)
    if plain and "/" not in text:
        year, month, day = plain.groups()
        if not _match(year):
            return "lies outside the years 1000 to 9998."
        if month and not _match(f"{year}-{month}"):
            return f"names a month {month}, which is neither a month nor a season, quarter or half."
        if day and int(month) <= 12 and not _match(f"{year}-{month}-{day}"):
            return f"names a day that {_MONTHS[int(month) - 1]} {year} does not have."
        if re.search(r"T[0-9:]{5,8}(?!.*Z)", text):
            return "gives a time without saying Z, for UTC."
    return "is no uncertain date."


_CODES = (
    {name.removeprefix("the ").removesuffix(" of"): code for code, name in _NAMES.items()}
    | {"fall": "23", "middle": "38"}
    | {f"q{n}": str(32 + n) for n in range(1, 5)}
    | {f"{n}q": str(32 + n) for n in range(1, 5)}
    | {f"h{n}": str(39 + n) for n in range(1, 3)}
    | {f"{n}h": str(39 + n) for n in range(1, 3)}
)
_UNKNOWN = (
    "unknown|not known|unspecified|(?:un|not )disclosed|tb[ad]|n/a|to be (?:determined|announced)"
)
_HEDGES = (
    r"(perhaps |possibly |probably )?"
    r"((?:about|around|approximately|circa|roughly) |(?:approx|ca?)(?:\. ?| |(?=[0-9]))|~ ?)?"
    r"(?:the )?(.+?)(?: ?([~?%]{1,2}|\(\?\)))?"
)
_SINCE = (
    r"(?:no earlier than|not earlier than|not before|net|from|since) (.+?)"
    r"|(.+) (?:or later|onwards?)"
)
_UNTIL = r"(?:by|no later than|not later than|nlt|until|on or before) (.+)|(.+) or earlier"
_TIMED = r"(.+?)(?:t|,? )([0-9:]{5,8})(?:\.[0-9]+)? ?(z|utc|gmt|[+-][0-9]{2}:?[0-9]{2})"
# Each shape, and the order of its groups: year, month (a number or a name), day.
_SHAPES = (
    (r"([0-9]{4})", "y"),
    (r"([0-9]{4})[-./ ]([0-9]{1,2})(?:[-./ ]([0-9]{1,2}))?", "ymd"),
    (r"([0-9]{4})([0-9]{2})([0-9]{2})", "ymd"),
    (r"([0-9]{4}) ?年(?: ?([0-9]{1,2}) ?月(?: ?([0-9]{1,2}) ?日)?)?", "ymd"),
    (r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", "dmy"),
    (r"([0-9]{1,2})[/.]([0-9]{4})", "my"),
    (r"(?:([0-9]{1,2})(?:st|nd|rd|th)? (?:of )?)?([a-z]{3,9})\.?,? ([0-9]{4})", "dmy"),
    (r"([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})", "mdy"),
    (r"([0-9]{4})[ -]([a-z]{3,9})\.?(?:[ -]([0-9]{1,2}))?", "ymd"),
)


def suggest(text: str) -> str | None:
    """Read a human spelling as EDTF, or return None; never guess between two readings.

    >>> suggest("December 5, 2024"), suggest("NET 2026"), suggest("Q3 2026"), suggest("03/04/2024")
    ('2024-12-05', '2026/..', '2026-35', None)
    """
    # A raised figure is a footnote or a power, and would be normalised into a digit.
    if len(text) > 100 or re.search("[²³¹⁰-₟¼-¾⅐-⅟]", text):
        return None
    import unicodedata  # only needed where something is wrong

    words = unicodedata.normalize("NFKC", re.sub("[‐-―−]", "-", text))
    words = " ".join(words.lower().split())
    found = _read(words)
    return found if found and found != text and _is_valid(found) else None


def _read(words: str) -> str | None:
    if re.fullmatch(_UNKNOWN, words):
        return "unknown"
    if found := _read_point(words):
        return found
    for pattern, form in ((_SINCE, "{}/.."), (_UNTIL, "../{}")):
        if (open_ended := re.fullmatch(pattern, words)) and (
            point := _read_point(open_ended[1] or open_ended[2])
        ):
            return form.format(point)
    if pair := re.fullmatch(r"between (.+?) and (.+)", words):
        return _read_pair(*pair.groups())
    for joint in re.finditer(r" ?[-/] ?| (?:to|until|through) ", words):
        if found := _read_pair(words[: joint.start()].removeprefix("from "), words[joint.end() :]):
            return found
    return None


def _read_pair(start: str, end: str) -> str | None:
    a = ".." if start == ".." else _read_point(start)
    b = ".." if end == ".." else _read_point(end)
    if not a or not b:
        return None
    # An interval written backwards has one sensible reading.
    return f"{a}/{b}" if _is_valid(f"{a}/{b}") else f"{b}/{a}"


def _read_point(words: str) -> str | None:
    hedged = re.fullmatch(_HEDGES, words)
    core = _read_core(hedged[3]) if hedged else None
    if not hedged or not core:
        return None
    marks = (hedged[4] or "") + ("?" if hedged[1] else "") + ("~" if hedged[2] else "")
    doubt, about = "?" in marks or "%" in marks, "~" in marks or "%" in marks
    core += "%" if doubt and about else "?" if doubt else "~" if about else ""
    return core if _is_valid(core) else None


def _read_core(words: str) -> str | None:
    """Read a date without qualifier: code word and year, decade, time, or one of the shapes."""
    coded = re.fullmatch(r"([a-z0-9 ]+?)(?: (?:in|of))?[ -]?([0-9]{4})(?:[-/]([0-9]{2,4}))?", words)
    if coded and (code := _CODES.get(coded[1])):
        # Only winter runs into a second year, and only into the next.
        follows = str(int(coded[2]) + 1).endswith(coded[3] or "") and code == "24"
        return f"{coded[2]}-{code}" if follows or not coded[3] else None
    coded = re.fullmatch(r"([0-9]{4})[ -]?([a-z][0-9a-z]+|[1-4][qh])", words)
    if coded and coded[2] in _CODES:
        return f"{coded[1]}-{_CODES[coded[2]]}"
    if vague := re.fullmatch(r"some (day|month) of (.+)", words):
        core = _read_core(vague[2]) or ""
        return core + "-XX" * ((3 if vague[1] == "day" else 2) - len(core) // 3)
    if decade := re.fullmatch(
        r"([0-9]{3})(?:0s|0-?ies|x)|([0-9]{2})xx|years ([0-9]{2})00 to \3?99", words
    ):
        return f"{decade[1]}X" if decade[1] else f"{decade[2] or decade[3]}XX"
    if timed := re.fullmatch(_TIMED, words):
        return _read_time(_read_core(timed[1]), timed[2], timed[3])
    return _read_shape(words)


def _read_time(day: str | None, time: str, zone: str) -> str | None:
    zone = zone.upper() if zone[0] in "+-" else "+00:00"
    try:
        moment = datetime.datetime.fromisoformat(f"{day}T{time}{zone}").astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if len(time) == 8 else f"{moment:%Y-%m-%dT%H:%MZ}"


def _read_shape(words: str) -> str | None:
    if slashed := re.fullmatch(r"([0-9]{1,2})([-/])([0-9]{1,2})\2([0-9]{4})", words):
        a, b = int(slashed[1]), int(slashed[3])
        if a <= 12 and b <= 12 and a != b:
            return None  # 03/04/2024 is March in one country and April in another
        month, day = (b, a) if a > 12 else (a, b)
        return f"{slashed[4]}-{month:02}-{day:02}"
    for pattern, order in _SHAPES:
        if shape := re.fullmatch(pattern, words):
            parts = dict(zip(order, shape.groups(), strict=True))
            name, number = parts.get("m"), parts.get("d")
            if name and not _month(name):
                continue
            core = parts["y"] + (f"-{_month(name):02}" if name else "")
            core += f"-{int(number):02}" if number else ""
            return core if _is_valid(core) else None
    return None


def _month(word: str) -> int:
    """Look up the number of a month given by number or name; 0 if it is none."""
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else 0
    for number, name in enumerate(_MONTHS, 1):
        if len(word) >= 3 and (name.lower().startswith(word) or word == name[:4].lower()):
            return number
    return 0
