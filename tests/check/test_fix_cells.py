"""What is certain about one cell, and what is left to a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunarprogrammes.check.fixing.cells import repaired
from lunarprogrammes.check.fixing.dates import certain_date
from lunarprogrammes.check.fixing.figures import certain_figure
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import InvalidValue, get
from lunarprogrammes.tables.claims import EVIDENCE

MISSIONS = get("missions").facts
FIELDS = {
    "text": MISSIONS["name"],
    "date": MISSIONS["launch_date"],
    "boolean": MISSIONS["crewed"],
    "quantity": MISSIONS["sample_mass_g"],
    "term": EVIDENCE["certainty"],
    "reference": MISSIONS["operator"],
    "id": MISSIONS["id"],
    "url": get("sources").facts["url"],
}


def fix(kind, text, admits=lambda _: True):
    return repaired(FIELDS[kind], text, admits).text


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [
        ("text", " Chang'e 5 ", "Chang'e 5"),
        ("text", "Chang'e  5", "Chang'e 5"),
        ("text", "Chang'e\u00a05", "Chang'e 5"),
        ("text", "Chang'e\t5", "Chang'e 5"),
        ("text", "Mons Ru\u0308mker", "Mons Rümker"),
        ("text", "   ", ""),
        ("date", "2024-5-3", "2024-05-03"),
        ("date", " 2024-05-03", "2024-05-03"),
        ("date", "2024/5/3", "2024-05-03"),
        ("date", "31/12/2024", "2024-12-31"),
        ("date", "12/31/2024", "2024-12-31"),
        ("date", "05/05/2024", "2024-05-05"),
        ("date", "Dec 2024", "2024-12"),
        ("date", "5 December 2024", "2024-12-05"),
        ("date", "December 5th, 2024", "2024-12-05"),
        ("date", "2024年5月3日", "2024-05-03"),
        ("date", "20240503", "2024-05-03"),
        ("date", "circa 2030", "2030~"),
        ("date", "2030 ~", "2030~"),
        ("date", "203x", "203X"),
        ("date", "Unknown", "unknown"),
        ("date", "2020-11-23t20:30z", "2020-11-23T20:30Z"),
        ("date", "2020-11-23 20:30 UTC", "2020-11-23T20:30Z"),
        ("date", "2030 / 2035", "2030/2035"),
        ("boolean", "TRUE", "true"),
        ("boolean", "False ", "false"),
        ("quantity", "1,731", "1731"),
        ("quantity", "1 731.5", "1731.5"),
        ("quantity", "≈ 2000", "~2000"),
        ("quantity", "more than 800", ">800"),
        ("quantity", "+5", "5"),
        ("term", "Planned", "planned"),
        ("url", "HTTPS://example.org/A", "https://example.org/A"),
        ("url", " https://example.org/A", "https://example.org/A"),
    ],
)
def test_certain(kind, text, meant):
    assert fix(kind, text) == meant
    assert fix(kind, meant) == meant


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "03/04/2024"),
        ("date", "5.3.2024"),
        ("date", "2024-5"),
        ("date", "2024/5"),
        ("date", "24-05-03"),
        ("date", "2024-25"),
        ("date", "2024-2025"),
        ("date", "2024-05-03T14:00+08:00"),
        ("date", "2020-11-23T20:30:15.123Z"),
        ("date", "winter 2024"),
        ("date", "early 2024"),
        ("date", "since 2024"),
        ("date", "TBD"),
        ("date", "n/a"),
        ("date", "2024-02-30"),
        ("date", "mai 2024"),
        ("date", "decem 2024"),
        ("date", "2024–05"),
        ("boolean", "yes"),
        ("boolean", "1"),
        ("quantity", "1,5"),
        ("quantity", "1e3"),
        ("quantity", "007"),
        ("quantity", "2 kg"),
        ("quantity", "800+"),
        ("quantity", "22-24"),
        ("quantity", "2 million"),
        ("quantity", "1.731,5"),
        ("quantity", "2\u00b2"),
        ("term", "plannd"),
        ("reference", "CNSA"),
        ("id", "Change-5"),
        ("text", "zero\u200bwidth"),
        ("text", "Chаng'e 5"),  # a Cyrillic а
        ("text", " two\nlines "),
        ("text", "Mons RÃ¼mker  "),
        ("text", "à la Ã\u00a0 carte  "),
        ("text", "lost \ufffd letter  "),
        ("text", "\uf91d"),  # a compatibility ideograph, which a name may be written with
        ("text", "a" + "\u0301" * 31 + "  "),
        ("url", "https://example.org/Ru\u0308mker"),
    ],
)
def test_left_to_a_person(kind, text):
    assert fix(kind, text) == text


def test_spaces_are_repaired_where_the_value_is_not():
    assert fix("date", " 03/04/2024 ") == "03/04/2024"
    assert fix("reference", " CNSA") == "CNSA"


def test_only_what_is_admitted_is_repaired():
    assert fix("date", " 2024-5-3", lambda code: code == "S103") == "2024-5-3"
    assert fix("date", "2024-5-3", lambda code: code != "S101") == "2024-5-3"
    assert repaired(FIELDS["date"], " 2024-5-3", lambda _: True).codes == ("S103", "S101")


TEXTS = st.one_of(
    st.text(max_size=12),
    st.text(" \u00a0\t,;.-/0123456789~?%<>=+abcdeXTZ:éu\u0308年月日", max_size=14),
    st.sampled_from(["2024-05-03", "Dec 2024", "1,731", "true", "planned", "a;b", "2030~"]),
)


def value(field, text):
    try:
        return field.parse(text)
    except InvalidValue:
        return None


@given(st.sampled_from(sorted(FIELDS)), TEXTS)
def test_no_value_changes(kind, text):
    field = FIELDS[kind]
    once = fix(kind, text)
    assert fix(kind, once) == once
    before = value(field, text)
    if before is not None and not isinstance(before, str):
        assert value(field, once) == before
    if once != text and value(field, once) is None:
        # Not readable yet: nothing but spaces and the form of letters may have changed.
        assert fix("text", once) == fix("text", text)


def parts(year, month, day):
    return f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}"


@given(st.integers(1900, 2099), st.integers(1, 12), st.integers(1, 28), st.data())
def test_a_date_keeps_its_precision_and_its_doubt(year, month, day, data):
    spelling = data.draw(
        st.sampled_from(
            [
                (f"{year}-{month}-{day}", 2),
                (f"{year}/{month:02}/{day}", 2),
                (f"{year}.{month}.{day:02}", 2),
                (f"{day} {MONTHS[month - 1]} {year}", 2),
                (f"{MONTHS[month - 1][:3]}. {day}, {year}", 2),
                (f"{MONTHS[month - 1]} {year}", 1),
                (f"{day}/{month}/{year}", 2),
                (f"{year}年{month}月", 1),
                (f"{year}", 0),
            ]
        )
    )
    mark, lead = data.draw(st.sampled_from([("", ""), ("?", ""), ("~", "circa "), ("~", "about ")]))
    text = f"{lead}{spelling[0]}{mark if not lead else ''}"
    found = certain_date(text)
    if found is not None:
        assert found == parts(year, month, day)[spelling[1]] + mark
        assert UncertainDate(found).is_approximate is (mark == "~")
    else:
        assert "/" in text
        assert day <= 12
        assert day != month


MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
MONTHS += ["August", "September", "October", "November", "December"]


@given(st.integers(0, 10**12), st.sampled_from([",", " ", "'", "_"]), st.sampled_from("~<>"))
def test_a_figure_keeps_its_value_and_its_sign(number, separator, sign):
    grouped = f"{number:,}".replace(",", separator)
    assert Quantity(certain_figure(grouped)).value == number
    assert certain_figure(f"{sign} {grouped}?") == f"{sign}{number}?"


@given(st.text(max_size=70))
def test_anything_may_stand_in_a_cell(text):
    for found, of in ((certain_date(text), UncertainDate), (certain_figure(text), Quantity)):
        assert found is None or of(found).text == found
