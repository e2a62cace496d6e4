"""Which rules count: codes, beginnings, families and names; the longer word decides."""

import pytest

from lunarprogrammes.check import Place, Report, all_rules
from lunarprogrammes.check.selection import Selection, SelectionError, catalogue

CODES = [rule.code for rule in all_rules()]


def admitted(select=(), ignore=()):
    selection = Selection.of(select, ignore)
    return [code for code in catalogue() if selection.admits(code)]


def test_everything_counts_at_first():
    assert admitted() == [*catalogue()]
    assert {*CODES, "B101", "B102"} == set(catalogue())


@pytest.mark.parametrize(
    ("word", "beginning"),
    [
        ("F", "F"),
        ("f", "F"),
        ("L1", "L1"),
        ("X101", "X101"),
        ("x101", "X101"),
        ("files", "F"),
        ("Evidence", "E"),
        ("baseline", "B"),
        ("chronology", "L101"),
        ("byte-order-mark", "F102"),
        ("all", ""),
    ],
)
def test_words_name_rules(word, beginning):
    assert admitted([word]) == [code for code in catalogue() if code.startswith(beginning)]
    assert admitted([], [word]) == [code for code in catalogue() if not code.startswith(beginning)]


def test_several_words_between_commas_and_in_several_options():
    assert admitted(["F101, X101", "S106,"]) == ["F101", "S106", "X101"]


@pytest.mark.parametrize(
    ("select", "ignore", "code", "counts"),
    [
        ("L", "L101", "L101", False),
        ("L", "L101", "L102", True),
        ("L101", "L", "L101", True),
        ("L101", "L", "L102", False),
        ("L1", "L1", "L101", False),
        ("chronology", "sense", "L101", True),
        ("all", "S", "S101", False),
        ("all", "S", "F101", True),
        ("S101", "all", "S101", True),
        ("S101", "all", "S102", False),
        ("", "L1", "L101", False),
    ],
)
def test_the_longer_word_decides(select, ignore, code, counts):
    assert Selection.of([select], [ignore]).admits(code) is counts


@pytest.mark.parametrize(
    ("word", "remedy"),
    [
        ("chronolgy", "Did you mean chronology?"),
        ("evidense", "Did you mean evidence?"),
        ("X1010", "Did you mean X101?"),
        ("%%", "See docs/checks/index.md for the list of rules."),
    ],
)
def test_a_word_that_names_nothing(word, remedy):
    with pytest.raises(SelectionError) as raised:
        Selection.of([], [word])
    assert raised.value.what == f"There is no rule or family of rules '{word}'."
    assert raised.value.remedy == remedy
    assert "files, schema, evidence, sense, security, baseline" in raised.value.expected


def test_a_report_keeps_what_counts():
    rules = catalogue()
    problems = [rules[code].at(Place("a.csv"), "Wrong.") for code in ("F101", "S101")]
    report = Report.of(problems, root="seeds", files=1, rows=2, claims=3)
    kept = Selection.of(["S"]).of_report(report)
    assert [problem.code for problem in kept.problems] == ["S101"]
    assert (kept.files, kept.rows, kept.claims, kept.errors) == (1, 2, 3, 1)
