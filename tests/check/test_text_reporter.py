"""The text that a contributor reads: width, carets, colours, groups, counts."""

import pytest

from lunarprogrammes.check import Place, Problem, Report, Rule
from lunarprogrammes.check.reporters import text

RULE = Rule(code="S999", name="test", severity="error", reason="Why.", bad="a", good="b")


def problem(line=2, column=1, source="", what="It is wrong.", **words) -> Problem:
    return RULE.at(Place("a/missions.csv", line, column, source), what, **words)


def rendered(*problems, **options):
    report = Report.of(problems, root="seeds", files=1, rows=2, claims=1234)
    return text.render(report, **options)


def test_no_problems():
    assert rendered() == "No problems: 1 file, 2 rows, 1,234 claims.\n"


def test_path_is_written_after_the_folder_checked():
    assert rendered(problem()).startswith("seeds/a/missions.csv:2:1 S999 It is wrong.\n")
    assert rendered(problem(), prefix="").startswith("a/missions.csv:2:1 S999")


def test_caret_stands_under_the_cell_with_wide_letters_before_it():
    lines = rendered(problem(3, 15, "change-7,嫦娥七号,2026-1")).splitlines()
    assert lines[1] == "    3 | change-7,嫦娥七号,2026-1"
    # Four Chinese characters take eight columns: the caret is eight columns from the comma.
    assert lines[2] == "      | " + " " * (9 + 8 + 1) + "^"


@pytest.mark.parametrize("column", [1, 50, 400, 990])
def test_long_lines_are_cut_around_the_caret(column):
    source = "".join(chr(97 + at % 26) for at in range(1000))
    lines = rendered(problem(2, column, source), width=60).splitlines()
    assert len(lines[1]) <= 60
    assert lines[1][lines[2].index("^")] == source[column - 1]


def test_sentences_are_wrapped():
    lines = rendered(problem(expected="word " * 60), width=50).splitlines()
    assert max(map(len, lines)) <= 50


def test_what_cannot_be_seen_is_named():
    assert "a<U+202E>b" in rendered(problem(source="a\u202eb", column=3))
    assert rendered(problem(source="a\u202eb", column=3)).splitlines()[2].index("^") == 17


def test_no_colour_unless_asked():
    assert "\x1b" not in rendered(problem(source="x"))
    assert "\x1b[31mS999\x1b[0m" in rendered(problem(source="x"), colour=True)


def test_more_than_twenty_alike_are_grouped():
    few = [problem(line) for line in range(2, 22)]
    many = [problem(line, field="name", record=f"m/{line}") for line in range(2, 40)]
    assert rendered(*few).count("It is wrong.") == 20
    grouped = rendered(*many)
    assert grouped.count("It is wrong.") == 3
    assert (
        "seeds/a/missions.csv S999 35 more of name, in lines 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, …"
        in grouped
    )
    assert grouped.endswith("38 errors in 1 file, 2 rows, 1,234 claims.\n")
