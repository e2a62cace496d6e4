"""The spelling of uncertain dates: the one expression that accepts them, and the seconds they mean.

Owns the grammar (EDTF, ISO 8601-2, level 1 and a few extensions), the first and last second that a
text may mean, and the way back from seconds to a text. Owns no comparison, which is `dates`, and no
words, which are `date_words`. Costs the compiling of one regular expression at import;
texts are read as plain strings, and a month is counted from year 0, a second from year 1.

Deliberate differences from EDTF are listed in the tests against the `edtf` package. The chief ones:
an interval `2030/2035` always means one date somewhere between; the years are 1000 to 9998, so that
a bound one unit away is still a date of the calendar (a bound beyond it is open); times are UTC and
may stop at the minute, since a source that gives minutes must not gain seconds.
"""

import datetime
import re

from lunarprogrammes.errors import InvalidDate

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
fullmatch = re.compile(PATTERN).fullmatch

DAY_SECONDS = 86_400
GRAINS = {"second": 1, "minute": 60, "day": DAY_SECONDS}
OPEN = 1 << 60  # a second beyond every calendar: the bound that is not there
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
        return datetime.date(year, index + 1, 1).toordinal() * DAY_SECONDS
    at_end = month == (datetime.MAXYEAR + 1) * 12
    return (datetime.date.max.toordinal() + 1) * DAY_SECONDS if at_end else OPEN + 1


def split_qualifier(point: str) -> tuple[str, str]:
    """Part a point from its qualifier, which may be nothing."""
    return (point[:-1], point[-1]) if point[-1] in _PADS else (point, "")


def precision_of(text: str) -> str:
    """Name the unit that a whole text pins down, or say that it is an interval or unknown."""
    if text == "unknown":
        return "unknown"
    return "interval" if "/" in text else _precision(split_qualifier(text)[0])


def _span(point: str) -> tuple[int, int]:
    """Give first and last second that a point may mean: one unit more for ~ and ?, two for %."""
    core, qualifier = split_qualifier(point)
    pad = _PADS.get(qualifier, 0)
    grain = GRAINS.get(_precision(core))
    if grain is None:
        month, count = _months(core)
        return _month_start(month - pad * count), _month_start(month + count * (1 + pad)) - 1
    first = datetime.date.fromisoformat(core[:10]).toordinal() * DAY_SECONDS
    for part, seconds in ((core[11:13], 3600), (core[14:16], 60), (core[17:19], 1)):
        first += int(part or 0) * seconds
    return first - pad * grain, first + grain * (1 + pad) - 1


def bounds_of(text: str) -> tuple[int, int]:
    """Give first and last second that a whole text may mean; minus or plus `OPEN` where open."""
    if text == "unknown":
        return -OPEN, OPEN
    start, slash, end = text.partition("/")
    if not slash:
        return _span(start)
    first = -OPEN if start == ".." else _span(start)[0]
    return first, OPEN if end == ".." else _span(end)[1]


def is_reversed(text: str) -> bool:
    """Tell whether an interval starts after its end, qualifiers left aside."""
    start, _, end = text.partition("/")
    # An earlier year settles it; so does `..`, because a dot sorts before every digit.
    if start[:4] < end[:4] or end == "..":
        return False
    return _span(split_qualifier(start)[0])[0] > _span(split_qualifier(end)[0])[1]


def is_valid(text: str) -> bool:
    """Tell whether a text is an uncertain date."""
    return fullmatch(text) is not None and not ("/" in text and is_reversed(text))


def _is_before_or_past_all(first: int, last: int) -> bool:
    return last < _month_start(1000 * 12) or first >= _month_start(9999 * 12)


def _edge(second: int, mark: str = "", inwards: int = 0) -> str:
    """Write one end of an interval as a day; `..` where no year of the grammar reaches.

    A qualified day pads itself: moved inwards by as much, it stands for exactly this second's day.
    """
    if _is_before_or_past_all(second, second):
        return ".."
    day = second // DAY_SECONDS + inwards * _PADS.get(mark, 0)
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
        return tightest if is_valid(tightest) else start if start == end else loosest
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
    days, second = divmod(first, DAY_SECONDS)
    clock = f"T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
    return f"{datetime.date.fromordinal(days)}{clock}"[: {1: 19, 60: 16}.get(grain, 10)] + (
        "Z" if grain < DAY_SECONDS else ""
    )


def _ends(text: str) -> tuple[str, str]:
    """Take a date as an interval: both ends of a single point are the point itself."""
    start, slash, end = text.partition("/")
    return start, end if slash else start


def text_of(value: datetime.date) -> str:
    """Write a day, or a moment in UTC to the second."""
    if not isinstance(value, datetime.datetime):
        return str(value)
    if value.tzinfo is None:
        raise TypeError("A datetime needs a time zone here; without one it names no moment.")
    return f"{value.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"


def join(earliest: str, latest: str) -> str:
    """Write what reaches from the start of one text to the end of another."""
    start, end = _ends(earliest)[0], _ends(latest)[1]
    if is_valid(f"{start}/{end}"):
        return f"{start}/{end}"
    # Times of day and two open ends stand in no interval.
    marks = split_qualifier(start)[1], split_qualifier(end)[1]
    return _spell(bounds_of(earliest)[0], bounds_of(latest)[1], marks)


def shift(text: str, delta: datetime.timedelta) -> str:
    """Write a known date moved so much later, never narrower than before."""
    # Outwards to whole seconds: floor for the start, ceiling for the end.
    early = delta // datetime.timedelta(seconds=1)
    late = -(-delta // datetime.timedelta(seconds=1))
    start, end = _ends(text)
    core, mark = split_qualifier(start)
    grain = GRAINS.get(precision_of(text))
    if grain and early == late and early % grain == 0:
        return _spell_exactly(_span(core)[0] + early, grain) + mark
    first, last = bounds_of(text)
    first = first if first == -OPEN else first + early
    last = last if last == OPEN else last + late
    return _spell(first, last, (mark, split_qualifier(end)[1]))
