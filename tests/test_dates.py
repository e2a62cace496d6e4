"""Uncertain dates: the bounds the standard gives, honest answers, and nothing gained on the way."""

import calendar
import copy
import datetime
import json
import pickle
import re
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from lunarprogrammes.answers import Answer
from lunarprogrammes.dates import PATTERN, DaySpan, UncertainDate, suggest
from lunarprogrammes.errors import InvalidDate

NO, POSSIBLY, YES = Answer.NO, Answer.POSSIBLY, Answer.YES

# --- Texts of every kind, built without looking at the grammar under test. ---

years = st.one_of(st.integers(2018, 2032), st.integers(1000, 9998))
qualifiers = st.sampled_from(["", "", "", "~", "?", "%"])
days = st.one_of(
    st.dates(datetime.date(2018, 1, 1), datetime.date(2032, 12, 31)),
    st.dates(datetime.date(1000, 1, 1), datetime.date(9998, 12, 31)),
).map(str)
times = st.builds(
    lambda day, t, seconds: f"{day}T{t:%H:%M:%S}Z" if seconds else f"{day}T{t:%H:%M}Z",
    days,
    st.times(),
    st.booleans(),
)
codes = st.sampled_from(
    [*(f"{n:02}" for n in [*range(1, 13), *range(21, 25), *range(33, 42)]), "XX"]
)
cores = st.one_of(
    years.map(str),
    st.builds("{}-{}".format, years, codes),
    days,
    st.builds("{}-{:02}-XX".format, years, st.integers(1, 12)),
    years.map("{}-XX-XX".format),
    st.integers(100, 999).map("{}X".format),
    st.integers(10, 99).map("{}XX".format),
)
points = st.builds("{}{}".format, cores, qualifiers)
intervals = (
    st.builds("{}/{}".format, points, points)
    | points.map("{}/..".format)
    | points.map("../{}".format)
)


def _valid(text: str) -> bool:
    try:
        UncertainDate(text)
    except InvalidDate:
        return False
    return True


timed = st.builds("{}{}".format, times, qualifiers)
texts = st.one_of(points, intervals.filter(_valid), timed, st.just("unknown"))
dates = texts.map(UncertainDate)
deltas = st.one_of(
    st.integers(-900, 900).map(lambda n: datetime.timedelta(days=n)),
    st.timedeltas(datetime.timedelta(days=-900), datetime.timedelta(days=900)),
)


def _covers(wide: UncertainDate, narrow: UncertainDate) -> bool:
    (_, first, last, _), (_, start, end, _) = wide.sort_key, narrow.sort_key
    return first <= start and end <= last


# --- Bounds, from the standard and the convention of one unit for a qualifier. ---

BOUNDS = [
    ("2026", "2026-01-01", "2026-12-31", "year"),
    ("2026-02", "2026-02-01", "2026-02-28", "month"),
    ("2024-02", "2024-02-01", "2024-02-29", "month"),
    ("2026-05-03", "2026-05-03", "2026-05-03", "day"),
    ("2020-11-23T20:30Z", "2020-11-23", "2020-11-23", "minute"),
    ("2020-11-23T20:30:15Z", "2020-11-23", "2020-11-23", "second"),
    ("2030~", "2029-01-01", "2031-12-31", "year"),
    ("2030?", "2029-01-01", "2031-12-31", "year"),
    ("2030%", "2028-01-01", "2032-12-31", "year"),
    ("2026-01~", "2025-12-01", "2026-02-28", "month"),
    ("2026-05%", "2026-03-01", "2026-07-31", "month"),
    ("2024-03-01?", "2024-02-29", "2024-03-02", "day"),
    ("2026-05-16%", "2026-05-14", "2026-05-18", "day"),
    ("2020-11-23T00:00Z~", "2020-11-22", "2020-11-23", "minute"),
    ("203X", "2030-01-01", "2039-12-31", "decade"),
    ("20XX", "2000-01-01", "2099-12-31", "century"),
    ("203X~", "2020-01-01", "2049-12-31", "decade"),
    ("2024-XX", "2024-01-01", "2024-12-31", "year"),
    ("2024-XX-XX", "2024-01-01", "2024-12-31", "year"),
    ("2024-02-XX", "2024-02-01", "2024-02-29", "month"),
    ("2024-02-XX?", "2024-01-01", "2024-03-31", "month"),
    ("2024-21", "2024-03-01", "2024-05-31", "season"),
    ("2024-22", "2024-06-01", "2024-08-31", "season"),
    ("2024-23", "2024-09-01", "2024-11-30", "season"),
    ("2024-24", "2024-12-01", "2025-02-28", "season"),
    ("2024-21~", "2023-12-01", "2024-08-31", "season"),
    ("2026-33", "2026-01-01", "2026-03-31", "quarter"),
    ("2026-36", "2026-10-01", "2026-12-31", "quarter"),
    ("2028-37", "2028-01-01", "2028-04-30", "quadrimester"),
    ("2028-38", "2028-05-01", "2028-08-31", "quadrimester"),
    ("2028-39", "2028-09-01", "2028-12-31", "quadrimester"),
    ("2028-39~", "2028-05-01", "2029-04-30", "quadrimester"),
    ("2026-40", "2026-01-01", "2026-06-30", "semester"),
    ("2026-41", "2026-07-01", "2026-12-31", "semester"),
    ("2030/2035", "2030-01-01", "2035-12-31", "interval"),
    ("2030~/2035?", "2029-01-01", "2036-12-31", "interval"),
    ("2026-06-15/2026-06", "2026-06-15", "2026-06-30", "interval"),
    ("2026/..", "2026-01-01", None, "interval"),
    ("../2030", None, "2030-12-31", "interval"),
    ("../2030-05~", None, "2030-06-30", "interval"),
    ("unknown", None, None, "unknown"),
    # A bound beyond the calendar is open, never cut short.
    ("9998~", "9997-01-01", "9999-12-31", "year"),
    ("9998%", "9996-01-01", None, "year"),
    ("99XX~", "9800-01-01", None, "century"),
    ("1000~", "0999-01-01", "1001-12-31", "year"),
    ("9998-24", "9998-12-01", "9999-02-28", "season"),
]


@pytest.mark.parametrize(("text", "lower", "upper", "precision"), BOUNDS)
def test_bounds(text, lower, upper, precision):
    date = UncertainDate(text)
    assert date.lower == (lower and datetime.date.fromisoformat(lower))
    assert date.upper == (upper and datetime.date.fromisoformat(upper))
    assert date.precision == precision


def test_flags():
    def flags(text):
        date = UncertainDate(text)
        return date.is_approximate, date.is_uncertain, date.is_exact, date.is_known

    assert flags("2026-05-03") == (False, False, True, True)
    assert flags("2026-05-03T10:00Z") == (False, False, True, True)
    assert flags("2026-05") == (False, False, False, True)
    assert flags("2026-05-03~") == (True, False, False, True)
    assert flags("2026-05-03?") == (False, True, False, True)
    assert flags("2030%/2035") == (True, True, False, True)
    assert flags("../2030~") == (True, False, False, True)
    assert flags("unknown") == (False, False, False, False)


@given(dates)
def test_the_bounds_are_in_order(date):
    if date.lower and date.upper:
        assert date.lower <= date.upper
        assert date.width_days == (date.upper - date.lower).days + 1
    else:
        assert date.width_days is None


@given(st.builds("{}{}".format, cores, st.sampled_from("~?%")))
def test_a_qualifier_only_widens(text):
    plain, qualified = UncertainDate(text[:-1]), UncertainDate(text)
    assert _covers(qualified, plain)
    assert qualified.precision == plain.precision
    assert plain.is_more_precise_than(qualified)
    assert not qualified.is_more_precise_than(plain)


# --- The grammar. ---

REJECTED = [
    *("", " ", "2026 ", " 2026", "2026\n", "soon", "now", "Unknown", "UNKNOWN", "unknown~"),
    *("999", "0999", "0000", "9999", "10000", "-2026", "+2026", "Y20260", "２０２６", "٢٠٢٦"),
    *("2026-1", "2026-00", "2026-13", "2026-20", "2026-25", "2026-32", "2026-42", "202605"),
    *("2026-05-00", "2026-05-32", "2026-04-31", "2023-02-29", "1900-02-29", "2100-02-29"),
    *("2026-02-30", "2026-21-01", "2026-XX-01", "203X-05", "2XXX", "XXXX", "20x3", "203x"),
    *("~2030", "2030~~", "2030~?", "2030?~", "20~30", "2030-05~-03", "?2030-05"),
    *("2020-11-23T20Z", "2020-11-23T20:30", "2020-11-23T20:30+00:00", "2020-11-23T24:00Z"),
    *("2020-11-23T20:60Z", "2020-11-23T23:59:60Z", "2020-11-23T20:30:15.5Z", "2020-11T20:30Z"),
    *("2020-11-23 20:30Z", "2020-11-23t20:30z"),
    *("2020-11-23T20:30Z/2021", "2020/2020-11-23T20:30Z"),
    *("2035/2030", "2026-05/2026-04", "2030/203X/2040", "2039/202X", "2030~/2029"),
    *("../..", "..", "/", "2026/", "/2026", "2026/...", "2030//2035", "2030/ 2035", "2030-2035"),
    *("unknown/2030", "2030/unknown", "unknown/..", "[2030..2035]", "{2026,2027}", "2026S2"),
    *("2026-W05", "2026-123", "20260503", "2026-05-3", "2026.05.03", "2026\x00"),
]


@pytest.mark.parametrize("text", REJECTED)
def test_rejected(text):
    with pytest.raises(InvalidDate):
        UncertainDate(text)


@given(texts)
def test_every_kind_of_text_round_trips(text):
    date = UncertainDate(text)
    assert date.text == str(date) == text
    assert eval(repr(date)) == date
    assert hash(date) == hash(UncertainDate(text))


@given(
    st.one_of(
        texts, st.from_regex(re.compile(PATTERN)), st.text("0123456789-/.~?%XTZ:", max_size=12)
    )
)
def test_the_pattern_has_the_same_language(text):
    by_pattern = re.search(PATTERN, text) is not None
    # What no pattern can say: an interval that ends before it begins. And `$` in Python lets a
    # final newline through, which the constructor does not.
    if by_pattern and "/" in text and not _valid(text):
        assert "ends before it begins" in _message(text) or text.endswith("\n")
    else:
        assert by_pattern == _valid(text) or text.endswith("\n")


def _message(text: str) -> str:
    with pytest.raises(InvalidDate) as caught:
        UncertainDate(text)
    return str(caught.value)


def test_the_days_are_those_of_the_calendar():
    pattern = re.compile(PATTERN)
    for year in range(1000, 9999):
        assert bool(pattern.search(f"{year}-02-29")) == calendar.isleap(year)
    for year in (1900, 2000, 2023, 2024):
        for month in range(14):
            for day in range(33):
                valid = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
                assert _valid(f"{year}-{month:02}-{day:02}") == valid


def test_the_pattern_is_portable():
    assert PATTERN.startswith("^(?:")
    assert PATTERN.endswith(")$")
    for unportable in ("(?P", "(?=", "(?!", "(?<", "\\A", "\\Z", "\\d", "\\w"):
        assert unportable not in PATTERN
    # One outer group: nothing stands beside it that an anchor could miss.
    depth = [0]
    for sign in PATTERN[1:-1]:
        depth.append(depth[-1] + {"(": 1, ")": -1}.get(sign, 0))
    assert 0 not in depth[1:-1]
    assert depth[-1] == 0


# --- Messages, word for word. ---

EXPECTED = (
    "Expected a date such as 2026, 2026-05 or 2026-05-03, with ~ (about), ? (uncertain) or % "
    "(both) at the end; an interval such as 2030/2035, 2026/.. or ../2030; or the word unknown."
)
MESSAGES = [
    ("", "'' is empty.", None),
    ("soon", "'soon' is no uncertain date.", None),
    (" 2026", "' 2026' has space around it.", "2026"),
    ("2035/2030", "'2035/2030' ends before it begins.", "2030/2035"),
    ("0999", "'0999' lies outside the years 1000 to 9998.", None),
    (
        "2026-13",
        "'2026-13' names a month 13, which is neither a month nor a season, quarter or half.",
        None,
    ),
    ("2023-02-29", "'2023-02-29' names a day that February 2023 does not have.", None),
    ("2020-11-23T20:30", "'2020-11-23T20:30' gives a time without saying Z, for UTC.", None),
    ("December 2024", "'December 2024' is no uncertain date.", "2024-12"),
]


@pytest.mark.parametrize(("text", "what", "suggestion"), MESSAGES)
def test_messages(text, what, suggestion):
    remedy = f" Did you mean {suggestion}?" if suggestion else ""
    assert _message(text) == f"{what} {EXPECTED}{remedy}"


def test_a_long_text_is_shown_short_and_read_quickly():
    assert _message("9" * 1_000_000).startswith(f"'{'9' * 57}...' is no uncertain date.")


def test_what_is_no_text_is_a_type_error():
    for value in (None, 2026, b"2026", datetime.date(2026, 5, 3)):
        with pytest.raises(TypeError):
            UncertainDate(value)


# --- Suggestions. ---

SUGGESTIONS = {
    "2024-5-3": "2024-05-03",
    "2024.05.03": "2024-05-03",
    "2024/05/03": "2024-05-03",
    "20241203": "2024-12-03",
    "31/12/2024": "2024-12-31",
    "12/31/2024": "2024-12-31",
    "05/05/2024": "2024-05-05",
    "31.12.2024": "2024-12-31",
    "03.04.2024": "2024-04-03",
    "12/2024": "2024-12",
    "Dec 2024": "2024-12",
    "Sept. 2024": "2024-09",
    "DECEMBER 2024": "2024-12",
    "5 December 2024": "2024-12-05",
    "5th of December 2024": "2024-12-05",
    "December 5, 2024": "2024-12-05",
    "2024 Dec 5": "2024-12-05",
    "2026年5月3日": "2026-05-03",
    "2026年5月": "2026-05",
    "２０２６": "2026",
    "2026\n": "2026",
    "circa 2030": "2030~",
    "about 2030": "2030~",
    "c. 2030": "2030~",
    "ca. May 2030": "2030-05~",
    "~2030": "2030~",
    "2030 ?": "2030?",
    "perhaps 2030": "2030?",
    "2030~?": "2030%",
    "possibly about 2030": "2030%",
    "by 2030": "../2030",
    "no later than May 2030": "../2030-05",
    "no earlier than 2026": "2026/..",
    "NET 2026": "2026/..",
    "from 2026": "2026/..",
    "2026 or later": "2026/..",
    "early 2028": "2028-37",
    "mid 2028": "2028-38",
    "mid-2028": "2028-38",
    "late 2028": "2028-39",
    "Q3 2026": "2026-35",
    "2026-Q3": "2026-35",
    "3Q 2026": "2026-35",
    "third quarter of 2026": "2026-35",
    "H2 2026": "2026-41",
    "second half of 2026": "2026-41",
    "spring 2024": "2024-21",
    "Fall 2024": "2024-23",
    "winter 2024/25": "2024-24",
    "2030s": "203X",
    "the 2030s": "203X",
    "203x": "203X",
    "2030-2035": "2030/2035",
    "2030–2035": "2030/2035",
    "2030 to 2035": "2030/2035",
    "between 2030 and 2035": "2030/2035",
    "from May 2026 to June 2027": "2026-05/2027-06",
    "2035/2030": "2030/2035",
    "2020-11-23 20:30 UTC": "2020-11-23T20:30Z",
    "2020-11-23T20:30:15+00:00": "2020-11-23T20:30:15Z",
    "2020-11-24T04:30+08:00": "2020-11-23T20:30Z",
    "Unknown": "unknown",
    "TBD": "unknown",
    "not disclosed": "unknown",
}
# Two readings, none, or already right: silence is better than a wrong date.
SILENT = [
    *("03/04/2024", "3-4-2024", "1/2/24", "2023-02-29", "31/04/2024", "2030/35", "9999", "soon"),
    *("", "2026", "2020-11-23T20:30", "winter 2024/27", "spring 2024-25", "before 2030"),
    *("after 2026", "203²", "Foo 2024", "5 Foo 2024", "Q5 2026", "H3 2026", "2026/", "Ma 2024"),
    "x" * 10_000,
]


@pytest.mark.parametrize(("text", "suggestion"), SUGGESTIONS.items())
def test_suggestions(text, suggestion):
    assert suggest(text) == suggestion
    with pytest.raises(InvalidDate) as caught:
        UncertainDate(text)
    assert caught.value.suggestion == suggestion


@pytest.mark.parametrize("text", SILENT)
def test_no_suggestion_where_two_readings_or_none(text):
    assert suggest(text) is None


@given(st.text())
def test_suggestions_are_dates_or_nothing(text):
    suggestion = suggest(text)
    assert suggestion is None or _valid(suggestion)


# --- Words. ---

WORDS = {
    "2020-11-23": "23 November 2020",
    "2020-11": "November 2020",
    "2020": "2020",
    "2020-11-23T20:30Z": "23 November 2020, 20:30 UTC",
    "2020-11-03T20:30:15Z": "3 November 2020, 20:30:15 UTC",
    "2030~": "about 2030",
    "2030-05?": "perhaps May 2030",
    "2030%": "perhaps about 2030",
    "203X": "the 2030s",
    "20XX": "the years 2000 to 2099",
    "2024-XX": "some month of 2024",
    "2024-XX-XX": "some day of 2024",
    "2024-05-XX": "some day of May 2024",
    "2024-21": "spring 2024",
    "2024-24": "winter 2024–2025",
    "2026-35": "the third quarter of 2026",
    "2028-37": "early 2028",
    "2028-38": "mid-2028",
    "2028-39": "late 2028",
    "2028-40": "the first half of 2028",
    "2030/2035": "between 2030 and 2035",
    "2030~/2035-05-03": "between about 2030 and 3 May 2035",
    "2026/..": "no earlier than 2026",
    "../2030": "by 2030",
    "unknown": "not known",
}


@pytest.mark.parametrize(("text", "words"), WORDS.items())
def test_describe(text, words):
    assert UncertainDate(text).describe() == words


@given(dates)
def test_the_words_can_be_read_back(date):
    words = date.describe()
    assert words == date.text or suggest(words) == date.text


# --- Answers. ---


def test_an_answer_has_no_truth_value():
    with pytest.raises(TypeError) as caught:
        bool(UncertainDate("2030").before("2040"))
    assert str(caught.value) == (
        "An answer is no, possibly or yes (here: yes) and has no truth value. Write "
        "`is Answer.YES` for what is certain or `is not Answer.NO` for what is possible."
    )


def test_answers_combine():
    assert [~a for a in (NO, POSSIBLY, YES)] == [YES, POSSIBLY, NO]
    assert [a & POSSIBLY for a in (NO, POSSIBLY, YES)] == [NO, POSSIBLY, POSSIBLY]
    assert [a | POSSIBLY for a in (NO, POSSIBLY, YES)] == [POSSIBLY, POSSIBLY, YES]
    assert Answer("yes") is YES
    with pytest.raises(TypeError):
        YES & True


BEFORE = [
    ("2026", "2027", YES),
    ("2027", "2026", NO),
    ("2026", "2026", POSSIBLY),
    ("2026", "2026-01-01", NO),
    ("2026", "2026-12-31", POSSIBLY),
    ("2026-05-03", "2026-05-04", YES),
    ("2026-05-03", "2026-05-03", NO),
    ("2030~", "2031-06", POSSIBLY),
    ("2030~", "2032", YES),
    ("2030%", "2032", POSSIBLY),
    ("2026/..", "2025", NO),
    ("2026/..", "2030", POSSIBLY),
    ("../2030", "2031", YES),
    ("../2030", "1000", POSSIBLY),
    ("unknown", "9998", POSSIBLY),
    ("2026", "unknown", POSSIBLY),
    # Moments where both state a time; days where one does not.
    ("2020-11-23T20:30Z", "2020-11-23T20:31Z", YES),
    ("2020-11-23T20:30Z", "2020-11-23T20:30:59Z", NO),
    ("2020-11-23T20:30:15Z", "2020-11-23T20:30:16Z", YES),
    ("2020-11-23T20:30Z", "2020-11-23", NO),
    ("2020-11-23T20:30Z", "2020-11-24", YES),
    ("2020-11-23T20:30Z~", "2020-11-23T20:31Z", POSSIBLY),
]


@pytest.mark.parametrize(("one", "other", "answer"), BEFORE)
def test_before(one, other, answer):
    assert UncertainDate(one).before(other) is answer


def test_on():
    day = UncertainDate("2020-11-23")
    assert day.on("2020-11-23") is YES
    assert day.on("2020-11-23T20:30Z") is YES
    assert day.on(datetime.date(2020, 11, 24)) is NO
    assert day.on("2020-11") is POSSIBLY
    assert day.on("2020-11-23?") is POSSIBLY
    assert day.on("2020-11-23/2020-11-23") is POSSIBLY
    assert day.on("unknown") is POSSIBLY
    assert UncertainDate("2020-11-23T20:30Z").on("2020-11-23T20:30Z") is YES
    assert UncertainDate("2020-11-23T20:30Z").on("2020-11-23T20:30:15Z") is YES
    assert UncertainDate("2020-11-23T20:30Z").on("2020-11-23T20:31Z") is NO


def test_within():
    assert UncertainDate("2026-05").within("2026") is YES
    assert UncertainDate("2026-05").within("2025", "2026-05-31") is YES
    assert UncertainDate("2026-05").within("2025", "2026-05-30") is POSSIBLY
    assert UncertainDate("2026-05").within("2027", "2028") is NO
    assert UncertainDate("2026-05").within("2026~") is POSSIBLY
    assert UncertainDate("2024-05").within("2026~") is NO
    assert UncertainDate("2026-05").within("2026/..") is YES
    assert UncertainDate("2026/..").within("2026/..") is YES
    assert UncertainDate("unknown").within("2026/..") is POSSIBLY
    assert UncertainDate("unknown").within("../2026", "2026/..") is POSSIBLY
    assert UncertainDate("2026").within("unknown") is POSSIBLY
    assert UncertainDate("2026-05-03").within(datetime.date(2026, 5, 3)) is YES
    with pytest.raises(InvalidDate) as caught:
        UncertainDate("2026").within("2027", "2026")
    assert str(caught.value) == "The window from 2027 to 2026 ends before it begins."


def test_other_may_be_a_date_or_a_moment_with_zone():
    utc = datetime.datetime(2020, 11, 23, 20, 30, 15, tzinfo=datetime.UTC)
    beijing = utc.astimezone(datetime.timezone(datetime.timedelta(hours=8)))
    assert UncertainDate("2020-11-23T20:30:15Z").on(beijing) is YES
    with pytest.raises(TypeError):
        UncertainDate("2020").before(datetime.datetime(2020, 1, 1))
    with pytest.raises(InvalidDate):
        UncertainDate("2020").before("soon")


@given(dates, dates)
def test_before_and_after_mirror_each_other(a, b):
    assert a.before(b) is b.after(a)
    assert a.not_before(b) is ~a.before(b)
    assert a.not_after(b) is ~a.after(b)
    assert (a.before(b), b.before(a)) != (YES, YES)
    assert a.on(b) is b.on(a)
    if a.before(b) is YES:
        assert a < b
        assert a.on(b) is NO
        assert not a.is_compatible(b)


exact = (days | times).map(UncertainDate)


@given(exact, exact)
def test_exact_dates_are_before_on_or_after(a, b):
    assert sorted(map(str, (a.before(b), a.on(b), a.after(b)))) == ["no", "no", "yes"]


@given(dates, days.map(datetime.date.fromisoformat), days.map(datetime.date.fromisoformat))
def test_no_certainty_that_some_day_of_the_span_contradicts(date, inside, other):
    # Any day the text may mean is a possible world: a certain answer must hold in all of them.
    if (date.lower and inside < date.lower) or (date.upper and inside > date.upper):
        return
    assert date.before(other) is not (NO if inside < other else YES)
    assert date.after(other) is not (NO if inside > other else YES)
    assert date.on(other) is not (NO if inside == other else YES)
    assert date.within(other, "9998") is not (NO if inside >= other else YES)
    assert date.is_compatible(inside)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("1964-02-02T09:25Z", "1964-02-02T09:24:32Z", True),
        ("1964-02-02T09:25Z", "1964-02-02T09:25:59Z", True),
        ("1964-02-02T09:25Z", "1964-02-02T09:24:29Z", False),
        ("1964-02-02T09:25Z", "1964-02-02T09:24Z", False),
        ("1964-02-02T09:25:00Z", "1964-02-02T09:24:59Z", False),
        ("2020-11", "2020-11-23", True),
        ("2018-05-21", "2018-05-20T21:28Z", False),
        ("2020-01-01T00:00Z", "2019-12-31T23:59:40Z", True),
    ],
)
def test_a_time_agrees_with_the_second_from_which_it_is_rounded(one, other, agree):
    assert UncertainDate(one).agrees_with(other) is agree
    assert UncertainDate(other).agrees_with(one) is agree


@given(dates, dates)
def test_compatibility_is_mutual(a, b):
    assert a.is_compatible(b) == b.is_compatible(a)
    assert a.is_compatible(a)
    assert a.is_compatible("unknown")


def test_compatible():
    assert UncertainDate("2030~").is_compatible("2031")
    assert not UncertainDate("2030~").is_compatible("2032")
    assert UncertainDate("2020-11-23").is_compatible("2020-11-23T20:30Z")
    assert not UncertainDate("2020-11-23T20:30Z").is_compatible("2020-11-23T20:31Z")
    assert UncertainDate("2026/..").is_compatible("../2026-01-01")
    assert not UncertainDate("2026/..").is_compatible("../2025")


# --- Order and precision. ---


@given(st.lists(dates, max_size=8))
def test_the_order_is_total(several):
    ordered = sorted(several)
    assert ordered == sorted(sorted(several, key=str))
    for a, b in pairwise(ordered):
        assert a <= b
        assert (a < b) + (a == b) + (a > b) == 1


def test_the_order_of_lists():
    ordered = [
        "../2029",
        "../2030",
        "2025~",
        "2026-01-01",
        "2026",
        "2026/2027",
        "2026/..",
        "unknown",
    ]
    assert [str(date) for date in sorted(map(UncertainDate, reversed(ordered)))] == ordered
    with pytest.raises(TypeError):
        _ = UncertainDate("2026") < "2027"


def test_precision_ranks():
    ranked = [
        "2020-11-23T20:30:15Z",
        "2020-11-23T20:30Z",
        "2020-11-23",
        "2020-11-23~",
        "2020-11",
        "2020-11-23/2020-12-31",
        "2020-36",
        "2020",
        "2020~",
        "202X",
        "20XX",
        "2020/..",
        "unknown",
    ]
    for a, b in pairwise(map(UncertainDate, ranked)):
        assert a.is_more_precise_than(b)
        assert not b.is_more_precise_than(a)
    assert UncertainDate("2030").is_more_precise_than("2029~/2029")
    assert not UncertainDate("2026").is_more_precise_than("2027")
    assert not UncertainDate("2026/..").is_more_precise_than("../2026")


# --- Arithmetic never gains. ---


def test_unknown_is_never_more_precise():
    for text in ("../99XX~", "2026?", "2026/..", "unknown"):
        assert not UncertainDate("unknown").is_more_precise_than(text)
    assert UncertainDate("../99XX~").is_more_precise_than("unknown")


@example(UncertainDate("../99XX~"), datetime.timedelta(days=1))
@given(dates, deltas)
def test_moving_keeps_every_possible_day(date, delta):
    try:
        moved = date + delta
    except InvalidDate:
        return
    _, first, last, _ = date.sort_key
    _, start, end, _ = moved.sort_key
    seconds = delta.total_seconds()
    assert start <= first + seconds or date.lower is None
    assert end >= last + seconds or date.upper is None
    assert (date.lower is None) <= (moved.lower is None)
    assert (date.upper is None) <= (moved.upper is None)
    assert not moved.is_more_precise_than(date)
    if not moved.is_known:
        # What has no end on either side any more says nothing, not even about.
        return
    if (date.lower is None, date.upper is None) == (moved.lower is None, moved.upper is None):
        assert moved.is_approximate == date.is_approximate
        assert moved.is_uncertain == date.is_uncertain
    assert date - -delta == delta + date == moved


ADDED = [
    ("2026-05-03", 1, "2026-05-04"),
    ("2024-02-28", 1, "2024-02-29"),
    ("2026-05-03~", 30, "2026-06-02~"),
    ("2020-11-23T20:30Z", 1, "2020-11-24T20:30Z"),
    ("2026-05", 1, "2026-05-02/2026-06-01"),
    ("2026", 365, "2027"),
    # Qualified days pad themselves: 2029-01-03~ reaches back to 2 January 2029.
    ("2030~", 1, "2029-01-03~/2031-12-31~"),
    ("2030~/2031", 1, "2029-01-03~/2032-01-01"),
    ("../2030%", 1, "../2032-12-30%"),
    ("2026/..", 1, "2026-01-02/.."),
    ("../2030", 1, "../2031-01-01"),
    ("2030/2031", 365, "2031-01-01/2032-12-30"),
    ("2026-05-03/2026-05-05", -3, "2026-04-30/2026-05-02"),
    ("unknown", 1, "unknown"),
    ("2026-05", 0, "2026-05"),
    ("9998-12", 1, "9998-12-02/.."),
]


@pytest.mark.parametrize(("text", "days", "result"), ADDED)
def test_adding_days(text, days, result):
    moved = UncertainDate(text) + datetime.timedelta(days=days)
    assert moved.text == result


def test_adding_less_than_the_precision_widens():
    assert str(UncertainDate("2026-05-03") + datetime.timedelta(hours=5)) == "2026-05-03/2026-05-04"
    hour = datetime.timedelta(hours=1)
    assert str(UncertainDate("2026-05-03T20:30Z") + hour) == "2026-05-03T21:30Z"
    assert str(UncertainDate("2026-05-03T20:30Z") + hour / 120) == "2026-05-03"
    assert str(UncertainDate("2026-05-03~") + hour) == "2026-05-03~/2026-05-04~"
    assert str(UncertainDate("2026-05-03T20:30Z~") + hour / 120) == "2026-05-03~"


@pytest.mark.parametrize("text", ["9998-12-31", "9998-12-31?", "9998-12-31T00:00Z", "9998-12/.."])
def test_no_date_beyond_the_years_of_the_grammar(text):
    with pytest.raises(InvalidDate) as caught:
        UncertainDate(text) + datetime.timedelta(days=400)
    assert str(caught.value) == "The result lies outside the years 1000 to 9998."


@given(dates, dates)
def test_the_hull_covers_both(a, b):
    hull = a.hull(b)
    assert hull == b.hull(a)
    assert _covers(hull, a)
    assert _covers(hull, b)
    assert a.hull(a) == a
    if hull.width_days is not None:
        assert not hull.is_more_precise_than(a)


def test_hull():
    def hull(a, b):
        return str(UncertainDate(a).hull(b))

    assert hull("2024", "2026") == "2024/2026"
    assert hull("2030~", "2030") == "2030~"
    assert hull("2026-05", "2026-07-03") == "2026-05/2026-07-03"
    assert hull("2030~", "2032") == "2030~/2032"
    assert hull("2030~", "2029/2031") == "2030~"
    assert hull("2026/2028?", "2025") == "2025/2028?"
    assert hull("2026/..", "2025-05-03") == "2025-05-03/.."
    assert hull("2026/..", "../2020") == "unknown"
    assert hull("unknown", "2020") == "unknown"
    assert hull("2020-11-23T20:30Z", "2020-11-23T21:30Z") == "2020-11-23"
    assert hull("2020-11-23T20:30Z", "2021") == "2020-11-23/2021-12-31"


@given(dates, dates)
def test_differences_mirror_each_other(a, b):
    ahead, back = b - a, a - b
    assert ahead.lower == (None if back.upper is None else -back.upper)
    assert ahead.upper == (None if back.lower is None else -back.lower)
    if ahead.lower is not None and ahead.upper is not None:
        assert ahead.lower <= ahead.upper


SPANS = [
    ("2026-05-03", "2026-02-01", 91, 91, "91 days"),
    ("2026-05-03", "2026-05-02", 1, 1, "1 day"),
    ("2026-05-03", "2026-05-03", 0, 0, "0 days"),
    ("2026-05-02", "2026-05-03", -1, -1, "-1 day"),
    ("2026-02", "2026-01-01", 31, 58, "between 31 and 58 days"),
    ("2026/..", "2025-12-02", 30, None, "at least 30 days"),
    ("../2026", "2026-12-30", None, 1, "at most 1 day"),
    ("unknown", "2026", None, None, "an unknown number of days"),
]


@pytest.mark.parametrize(("end", "start", "lower", "upper", "words"), SPANS)
def test_day_spans(end, start, lower, upper, words):
    span = UncertainDate(end) - UncertainDate(start)
    assert span == DaySpan(lower, upper)
    assert str(span) == words
    assert repr(span) == f"DaySpan({lower}, {upper})"
    assert {span} == {pickle.loads(pickle.dumps(span))}


def test_differences_with_plain_dates():
    assert UncertainDate("2026-05-03") - datetime.date(2026, 5, 1) == DaySpan(2, 2)
    assert datetime.date(2026, 5, 1) - UncertainDate("2026-05-03") == DaySpan(-2, -2)
    for wrong in (3, "2026"):
        with pytest.raises(TypeError):
            UncertainDate("2026") - wrong
        with pytest.raises(TypeError):
            UncertainDate("2026") + wrong


# --- A value that never changes, in Python and in pydantic. ---


@given(dates)
def test_copies_are_equal(date):
    _ = date.lower
    assert pickle.loads(pickle.dumps(date)) == copy.copy(date) == copy.deepcopy(date) == date


def test_a_date_never_changes():
    for value in (UncertainDate("2026"), DaySpan(1, 2)):
        for name in ("text", "lower", "new", "_text"):
            with pytest.raises(AttributeError):
                setattr(value, name, "2027")
        with pytest.raises(AttributeError):
            del value.lower
    assert UncertainDate("2026") != "2026"


class Launch(BaseModel):
    date: UncertainDate


def test_pydantic_reads_and_writes_the_text():
    launch = Launch(date="2030~")
    assert launch.date == UncertainDate("2030~") == Launch(date=launch.date).date
    assert launch.model_dump() == {"date": "2030~"}
    assert launch.model_dump_json() == '{"date":"2030~"}'
    assert Launch.model_validate_json('{"date":"2030~"}') == launch
    assert TypeAdapter(UncertainDate).json_schema() == {"type": "string", "pattern": PATTERN}
    assert Launch.model_json_schema()["properties"]["date"]["pattern"] == PATTERN
    json.dumps(TypeAdapter(UncertainDate).json_schema(mode="serialization"))


@pytest.mark.parametrize("value", ["soon", 2026, None, datetime.date(2026, 5, 3)])
def test_pydantic_reports_what_is_wrong(value):
    with pytest.raises(ValidationError) as caught:
        Launch(date=value)
    assert "Expected a date such as" in caught.value.errors()[0]["msg"]


def test_importing_costs_no_pydantic():
    code = "import sys, lunarprogrammes.dates; print('pydantic' in sys.modules)"
    path = [f"import sys; sys.path[:0] = {sys.path!r}; {code}"]
    run = subprocess.run([sys.executable, "-c", *path], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
