"""The `edtf` package as independent oracle for the bounds, and where we differ on purpose."""

import datetime
import math

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import InvalidDate

# It reads some 160 texts a second, so that few examples must do.
few = settings(max_examples=60, deadline=None)

years = st.one_of(st.integers(2018, 2032), st.integers(1000, 9990))
months = st.builds("{}-{:02}".format, years, st.integers(1, 12))
days = st.dates(datetime.date(1000, 1, 1), datetime.date(9990, 12, 31)).map(str)
# Winter (24) is left out: see the differences.
groups = st.builds(
    "{}-{}".format, years, st.sampled_from([21, 22, 23, 33, 34, 35, 36, 37, 38, 39, 40, 41])
)
unspecified = st.one_of(
    years.map("{}-XX".format),
    years.map("{}-XX-XX".format),
    months.map("{}-XX".format),
    st.integers(100, 998).map("{}X".format),
    st.integers(10, 98).map("{}XX".format),
)
plain = st.one_of(years.map(str), months, days, groups, unspecified)
# Only where the year is the whole of the date do both pad alike: see the differences.
padded_alike = st.builds(
    "{}{}".format,
    st.one_of(years.map(str), st.integers(103, 990).map("{}X".format)),
    st.sampled_from("~?%"),
)
# The package takes no quarters and no unspecified digits in an interval: see the differences.
ends = st.one_of(years.map(str), months, days, years.map("{}-22".format), years.map("{}~".format))
padded_more_by_edtf = st.builds("{}{}".format, st.one_of(months, days), st.sampled_from("~?%"))


def _date(bound) -> datetime.date | None:
    """A bound of the package (struct_time or infinity) as ours."""
    return None if isinstance(bound, float) and math.isinf(bound) else datetime.date(*bound[:3])


def _theirs(text: str) -> tuple[datetime.date | None, datetime.date | None]:
    parsed = parse_edtf(text)
    return _date(parsed.lower_fuzzy()), _date(parsed.upper_fuzzy())


def _ours(text: str) -> tuple[datetime.date | None, datetime.date | None]:
    date = UncertainDate(text)
    return date.lower, date.upper


@few
@given(plain)
def test_unqualified_dates_have_the_same_bounds(text):
    assert _ours(text) == _theirs(text)


@few
@given(padded_alike)
def test_qualified_years_have_the_same_bounds(text):
    # Beyond the year 9999 neither calendar reaches; ours is open there.
    assert _ours(text) == _theirs(text)


@few
@given(padded_more_by_edtf)
def test_qualified_months_and_days_are_padded_within_theirs(text):
    (lower, upper), (earliest, latest) = _ours(text), _theirs(text)
    assert earliest < lower <= upper < latest
    plain = parse_edtf(text[:-1])
    assert lower < _date(plain.lower_strict())
    assert upper > _date(plain.upper_strict())


@few
@given(ends, ends)
def test_intervals_have_the_same_bounds(start, end):
    if UncertainDate(end[:4]) < UncertainDate(start[:4]):
        start, end = end, start
    text = f"{start}/{end}"
    assume(parse_edtf(start).lower_strict() <= parse_edtf(end).upper_strict())
    assert _ours(text) == _theirs(text)
    assert _ours(f"{start}/..") == _theirs(f"{start}/..")
    assert _ours(f"../{end}") == _theirs(f"../{end}")


@settings(max_examples=40, deadline=None)
@given(st.datetimes(datetime.datetime(1000, 1, 1), datetime.datetime(9990, 12, 31)))
def test_times_fall_on_the_same_day(moment):
    text = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    assert _ours(text) == _theirs(text)


# Every deliberate difference: what the package says today, what we say, and why. A row fails when
# the package changes its mind, so that the table stays true.
SAME_TEXT_OTHER_BOUNDS = [
    (
        "2026-05-16?",
        ("2025-04-15", "2027-06-17"),
        ("2026-05-15", "2026-05-17"),
        "one unit of its own precision; the package adds a year, a month and a day",
    ),
    (
        "2026-05~",
        ("2025-04-01", "2027-06-30"),
        ("2026-04-01", "2026-06-30"),
        "one unit of its own precision; the package adds a year and a month",
    ),
    (
        "2026-02%",
        ("2023-12-01", "2028-04-28"),
        ("2025-12-01", "2026-04-30"),
        "as above; and the package moves 28 February to 28 April, losing the end of April",
    ),
    (
        "2024-XX~",
        ("2023-12-01", "2025-01-31"),
        ("2023-01-01", "2025-12-31"),
        "an unspecified month is known to the year, so that the year is the unit",
    ),
    (
        "2024-05-XX?",
        ("2024-03-31", "2024-07-01"),
        ("2024-04-01", "2024-06-30"),
        "an unspecified day is known to the month; the package adds a month and a day",
    ),
    (
        "2024-24",
        ("2024-12-01", "2024-12-31"),
        ("2024-12-01", "2025-02-28"),
        "winter has three months; the package cuts it at the end of the year",
    ),
]


@pytest.mark.parametrize(("text", "theirs", "ours", "reason"), SAME_TEXT_OTHER_BOUNDS)
def test_deliberate_differences_in_bounds(text, theirs, ours, reason):
    assert tuple(map(str, _theirs(text))) == theirs, reason
    assert tuple(map(str, _ours(text))) == ours, reason


ONLY_OURS = {
    "2020-11-23T20:30Z": "a source that gives minutes must not gain seconds",
    "2020-11-23T20:30:15Z~": "launch times are planned approximately",
    "2024-21~": "planning speech is vague about seasons, quarters and thirds of a year",
    "2028-39?": "as above",
    "2018/2018-33": "an end may be a quarter, third or half of a year",
    "2018/2018-XX": "an end may be unspecified; the package breaks on its own level 2 here",
    "unknown": "that a source does not disclose a date is a statement to be kept",
}
ONLY_THEIRS = {
    "0999": "years 1000 to 9998: no year needs a sign, and a bound one unit away is still a date",
    "9999": "as above",
    "-0044": "as above",
    "Y170000": "as above",
    "2035/2030": "an interval that ends before it begins is a mistake",
    "../..": "no date at all is written unknown",
    "2030/": "an unknown end is an open one; one spelling for each meaning",
    "/2030": "as above",
    "2020-11-23T20:30:15": "a time without zone names no moment",
    "2020-11-23T20:30:15+08:00": "one time zone, so that texts compare",
    "2020-11-23T24:00:00Z": "one spelling for midnight",
    "156X-12-25": "level 2: digits are unspecified from the right only",
    "2004-06~-11": "level 2: a qualifier applies to the whole date",
    "[1667,1668]": "level 2: sets are separate claims here",
    "2024-25": "level 2: seasons with a hemisphere",
}


@pytest.mark.parametrize(("text", "reason"), ONLY_OURS.items())
def test_texts_that_only_we_accept(text, reason):
    UncertainDate(text)
    # AttributeError is how the package breaks where it meant to accept.
    with pytest.raises((EDTFParseException, AttributeError)):
        pytest.fail(f"now accepted: {parse_edtf(text)!r}; {reason}")


@pytest.mark.parametrize(("text", "reason"), ONLY_THEIRS.items())
def test_texts_that_only_they_accept(text, reason):
    parse_edtf(text)
    with pytest.raises(InvalidDate):
        pytest.fail(f"now accepted: {UncertainDate(text)!r}; {reason}")
