"""From a report to text, one module per format; reporters return strings and judge nothing.

A format is added by adding a module here, named after it; nothing else is edited. The module
exposes `present(report, view)`, which returns the whole text. Only the module of the format that
was asked for is imported.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from lunarprogrammes.check.fixing.corrections import Correction
from lunarprogrammes.check.problems import Problem, Report

Reporter = Callable[[Report, "View"], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a report is to be seen; each reporter takes from it what its format can show.

    `corrections` are the certain repairs by the problem that each of them ends. `is_strict` says
    that warnings fail, `is_quiet` that nothing is said but the problems.
    """

    width: int = 100
    has_colour: bool = False
    is_strict: bool = False
    is_quiet: bool = False
    corrections: Mapping[Problem, Correction] = field(default_factory=dict)


def formats() -> tuple[str, ...]:
    """Return the names of all formats.

    >>> formats()
    ('github', 'json', 'junit', 'markdown', 'sarif', 'text')
    """
    modules = (path.stem for path in Path(__path__[0]).glob("*.py"))
    return tuple(sorted(name for name in modules if not name.startswith("_")))


def reporter(name: str) -> Reporter:
    """Return the reporter of a format."""
    made: Reporter = import_module(f"{__name__}.{name}").present
    return made


def exit_code(report: Report, *, strict: bool = False) -> int:
    """Return 1 where something fails: an error, or with `strict` a warning too.

    >>> exit_code(Report.of([], root="seeds", files=1, rows=2, claims=3), strict=True)
    0
    """
    return 1 if report.errors or (strict and report.warnings) else 0


MOST_LETTERS = 400
_HEAD, _TAIL = 300, 80


def brief(text: str) -> str:
    """Return a text without the middle of it where it is long: a cell may have 32,000 letters.

    >>> len(brief("x" * 32_000))
    381
    """
    return text if len(text) <= MOST_LETTERS else f"{text[:_HEAD]}…{text[-_TAIL:]}"


def excerpt(problem: Problem) -> tuple[str, int]:
    """Return what to show of the offending line, and the column in it, from 1, of the problem.

    A long line is cut around the problem, with an ellipsis where something is left out.
    """
    line, column = problem.source_line, problem.column
    if len(line) <= MOST_LETTERS:
        return line, column
    start = max(0, min(column - 1 - MOST_LETTERS // 2, len(line) - MOST_LETTERS))
    end = start + MOST_LETTERS
    before, after = "…" if start else "", "…" if end < len(line) else ""
    return f"{before}{line[start:end]}{after}", column - start + len(before)


def whole_path(report: Report, path: str) -> str:
    """Return the path of a file from where the root of the report begins, as people opened it."""
    return f"{report.root.rstrip('/')}/{path}" if report.root not in {"", "."} else path
