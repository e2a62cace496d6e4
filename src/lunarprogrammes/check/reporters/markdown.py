"""A report as Markdown, for the summary of a GitHub step: the counts, then the problems."""

import re
from collections import Counter

from lunarprogrammes.check.problems import ERROR, Problem, Report
from lunarprogrammes.check.reporters import View, whole_path
from lunarprogrammes.check.reporters.text import counted, visible
from lunarprogrammes.check.selection import catalogue

# GitHub takes a summary of 1 MB and comments of 65,536 characters.
MOST_ROWS = 100
MOST_LETTERS = 300
# Whatever could be read as Markdown, as HTML or as somebody's name.
_signs = re.compile(r"[\\`*_{}\[\]()<>#+!|~&@$:]").sub


def present(report: Report, view: View) -> str:
    """Return a heading, a table of counts by rule and a table of the first problems."""
    del view
    text = f"## Check of {plain(report.root or 'readings')}\n\n{plain(counted(report))}\n"
    if not report.problems:
        return text
    counts = Counter(problem.code for problem in report.problems)
    rows = [
        _count_row(code, counts[code]) for code in sorted(counts, key=lambda c: (-counts[c], c))
    ]
    text += "\n" + _table(("Rule", "Name", "Problems"), rows)
    shown = sorted(report.problems, key=lambda problem: problem.severity != ERROR)[:MOST_ROWS]
    text += "\n" + _table(
        ("Place", "Rule", "What is wrong", "What to do"),
        [_problem_row(report, problem) for problem in shown],
    )
    more = len(report.problems) - len(shown)
    return text + (f"\nand {more:,} more.\n" if more else "")


def _count_row(code: str, count: int) -> tuple[str, ...]:
    rule = catalogue().get(code)
    return code, rule.name if rule else "", f"{count:,}"


def _problem_row(report: Report, problem: Problem) -> tuple[str, ...]:
    place = f"{whole_path(report, problem.path)}:{problem.line}:{problem.column}"
    code = problem.code if problem.severity == ERROR else f"{problem.code} ({problem.severity})"
    remedy = problem.remedy or problem.expected
    return plain(place), code, plain(problem.what), plain(remedy)


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = (header, ("---",) * len(header), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def plain(text: str) -> str:
    """Return a text as Markdown that shows exactly it, on one line.

    >>> plain("a|b <img>")
    'a&#124;b &#60;img&#62;'
    """
    short = text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}…"
    return _signs(lambda sign: f"&#{ord(sign[0])};", visible(short))
