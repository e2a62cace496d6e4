"""Each folder of tests/examples is a test: what is accepted stays silent, what is rejected is told.

`rejected/<code>-<name>/` holds `seeds/` and `expected.txt`, the text that a contributor reads;
`accepted/<code>-<name>/` is a seeds folder that comes near a breach of that rule without being one.
A new folder is picked up by itself.
"""

import datetime
import re
from pathlib import Path

import pytest

from lunarprogrammes.check import all_rules, check_seeds
from lunarprogrammes.check.reporters import text
from lunarprogrammes.check.rule import FAMILIES, Remark, rule_set
from lunarprogrammes.check.rules import (
    file_names,
    passing_addresses,
    placeholders,
    source_address,
    values,
)
from lunarprogrammes.check.words import expects
from lunarprogrammes.export._markdown import GENERATED
from lunarprogrammes.export.check_pages import check_files
from lunarprogrammes.tables import all_tables, get

EXAMPLES = Path(__file__).parent.parent / "examples"
REJECTED = sorted((EXAMPLES / "rejected").iterdir())
ACCEPTED = sorted((EXAMPLES / "accepted").iterdir())
TODAY = datetime.date(2026, 11, 22)
CODES = [rule.code for rule in all_rules()]


@pytest.mark.parametrize("folder", REJECTED, ids=lambda folder: folder.name)
def test_rejected_with_exactly_its_code(folder):
    report = check_seeds(folder / "seeds", today=TODAY)
    assert {problem.code for problem in report.problems} == {folder.name.partition("-")[0]}


@pytest.mark.parametrize("folder", REJECTED, ids=lambda folder: folder.name)
def test_rejected_word_for_word(folder):
    report = check_seeds(folder / "seeds", today=TODAY)
    expected = (folder / "expected.txt").read_text(encoding="utf-8")
    assert text.render(report, prefix="") == expected


@pytest.mark.parametrize("folder", ACCEPTED, ids=lambda folder: folder.name)
def test_accepted_without_a_word(folder):
    assert check_seeds(folder, today=TODAY).problems == ()


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_two_rejected_examples_and_one_accepted(code):
    assert sum(folder.name.startswith(f"{code}-") for folder in REJECTED) >= 2
    assert any(folder.name.startswith(f"{code}-") for folder in ACCEPTED)


def test_every_example_is_named_after_a_rule():
    assert {folder.name.partition("-")[0] for folder in (*REJECTED, *ACCEPTED)} == set(CODES)


def test_codes_and_names_are_unique_and_well_formed():
    assert len({rule.name for rule in all_rules()}) == len(CODES) == len(set(CODES))
    for rule in all_rules():
        assert re.fullmatch(f"[{''.join(FAMILIES)}][1-9][0-9]{{2}}", rule.code)
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", rule.name)
        assert rule.severity in {"error", "warning"}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_explains_itself(rule):
    assert rule.reason.endswith(".")
    assert "\n" not in rule.reason
    assert rule.bad != rule.good


@pytest.mark.parametrize("folder", REJECTED, ids=lambda folder: folder.name)
def test_words_are_sentences_for_people(folder):
    for problem in check_seeds(folder / "seeds", today=TODAY).problems:
        words = " ".join((problem.what, problem.expected, problem.remedy))
        assert problem.what.endswith(".")
        assert not re.search(r"\[a-z|\\\\|\(\?|\^|\bNone\b|\bTrue\b|<class|Error\b", words)


@pytest.mark.parametrize("folder", REJECTED, ids=lambda folder: folder.name)
def test_places_are_in_the_file(folder):
    for problem in check_seeds(folder / "seeds", today=TODAY).problems:
        assert "\\" not in problem.path
        assert problem.line >= 1
        assert problem.column >= 1
        if problem.source_line:
            assert problem.column <= len(problem.source_line) + 1


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2024-5-3", "2024-05-03"),
        ("31/12/2024", "2024-12-31"),
        ("Dec 2024", "2024-12"),
        ("circa 2030", "2030~"),
        ("3 May 2024", "2024-05-03"),
        ("2030-2035", "2030/2035"),
        ("by 2030", "../2030"),
    ],
)
def test_the_usual_dates_are_understood(text, meant):
    (remark,) = values.inspect(get("missions").facts["launch_date"], text)
    assert remark.remedy == f"Did you mean {meant}?"


@pytest.mark.parametrize(
    ("table", "field", "text", "meant"),
    [
        ("missions", "cospar_id", "2020-87a", "2020-087A"),
        ("missions", "cospar_id", "2020087A", "2020-087A"),
        ("actors", "iso_alpha3", "chn", "CHN"),
        ("actors", "iso_alpha2", "СN", "CN"),  # a Cyrillic С
        ("actors", "wikidata", "https://www.wikidata.org/wiki/Q1059829", "Q1059829"),
        ("actors", "ror", "03yrm5c26", "https://ror.org/03yrm5c26"),
        ("actors", "ror", "http://ror.org/03YRM5C26", "https://ror.org/03yrm5c26"),
        ("names", "language", "Chinese", "zh"),
        ("names", "language", "zh_Hans", "zh-Hans"),
    ],
)
def test_codes_are_understood(table, field, text, meant):
    (remark,) = values.inspect(get(table).facts[field], text)
    assert remark.remedy == f"Did you mean {meant}?"


ALL_FIELDS = [
    (table.name, name) for table in all_tables().values() for name in table.facts if name != "id"
]


@pytest.mark.parametrize(("table", "name"), ALL_FIELDS)
def test_what_is_expected_is_said_in_the_words_of_the_field(table, name):
    field = get(table).facts[name]
    words = expects(field)
    assert field.meaning in words
    assert ".." not in words.replace("2026/.. are", "")
    if field.kind not in {"term", "boolean", "quantity"}:
        assert field.example.removesuffix(".") in words


@pytest.mark.parametrize(("table", "name"), ALL_FIELDS)
def test_no_field_takes_its_own_example_amiss(table, name):
    field = get(table).facts[name]
    assert list(placeholders.inspect(field, field.example)) == []
    assert list(values.inspect(field, field.example)) == []


@pytest.mark.parametrize("text", ["9" * 5000, "-" + "9" * 5000, "a" * 30_000, "1/" + "9" * 5000])
def test_no_length_of_a_cell_stops_an_inspector(text):
    fields = [field for table in all_tables().values() for field in table.facts.values()]
    for inspect in rule_set().inspectors:
        assert all(isinstance(remark, Remark) for of in fields for remark in inspect(of, text))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://www.google.com/search?q=moon", "E117"),
        ("https://www.google.com/url?url=https://example.org", "E117"),
        ("https://example.org/en/", "E117"),
        ("https://example.org/index.html", "E117"),
        ("https://webcache.googleusercontent.com/search?q=cache:x", "E130"),
        ("https://t.co/abc", "E130"),
        ("https://translate.google.com/translate?u=https://example.org/a", "E130"),
        ("https://192.168.0.7/report.pdf", "E130"),
        ("https://moon:secret@example.org/report.pdf", "E130"),
        ("file:///etc/passwd", "X105"),
        ("https://example.org/en/report", ""),
        ("https://bbc.co.uk/news/1", ""),
        ("https://example.org/?p=12", ""),
        ("https://example.org/research?text=long", ""),
        ("https://archive.org/details/moon", ""),
        ("https://t.common.org/a", ""),
    ],
)
def test_addresses(url, code):
    field = get("sources").facts["url"]
    inspectors = (passing_addresses.inspect, source_address.inspect)
    found = [remark.rule.code for inspect in inspectors for remark in inspect(field, url)]
    assert found[:1] == ([code] if code else [])


@pytest.mark.parametrize(
    ("name", "is_safe"),
    [
        ("missions.csv", True),
        ("a-2024-b", True),
        ("Mons Rümker.txt", True),
        ("..", False),
        ("..\\missions.csv", False),
        ("a:b.csv", False),
        ("CON.csv", False),
        ("console.csv", True),
        ("missions.csv ", False),
        ("a\u202eb.csv", False),
        ("a\udce4.csv", False),
    ],
)
def test_names_of_files(name, is_safe):
    assert (file_names.fault_of_name(name) == "") is is_safe


def test_pages_name_every_rule():
    pages = check_files()
    for code in CODES:
        assert f"[{code}]({code}.md)" in pages["checks/index.md"]
        assert pages[f"checks/{code}.md"].startswith(GENERATED)
    linked = {name for text in pages.values() for name in re.findall(r"\(([A-Z0-9]+\.md)\)", text)}
    assert all(f"checks/{name}" in pages for name in linked)
