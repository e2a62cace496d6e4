"""What a check finds, as plain values: problems, each at its place, and the report that holds them.

Nothing here reads, judges or prints: rules make problems, reporters turn a report into text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

ERROR, WARNING = "error", "warning"


class Place(NamedTuple):
    """A character of a file: path from the seeds folder, line and column from 1, the line itself.

    >>> Place("a-2024-b/missions.csv", 2, 1, "luna-24,1976").line
    2
    """

    path: str
    line: int = 1
    column: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake: which rule, where, in which record and field, what is wrong, how to repair it.

    `path` is relative to the seeds folder and written with slashes on every platform. `record` is
    `table/id` or empty; `source_line` is the offending line of the file, or empty.
    """

    code: str
    severity: str
    path: str
    line: int
    column: int
    record: str
    field: str
    what: str
    expected: str
    remedy: str
    source_line: str

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of a report: by place, then by code."""
        return self.path, self.line, self.column, self.code, self.what


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of one check: the problems in order, and how much was looked at.

    >>> Report.of([], root="seeds", files=3, rows=10, claims=25).exit_code
    0
    """

    root: str
    problems: tuple[Problem, ...]
    files: int
    rows: int
    claims: int

    @classmethod
    def of(
        cls, problems: Iterable[Problem], *, root: str, files: int, rows: int, claims: int
    ) -> "Report":
        """Make a report with its problems sorted by path, line and column."""
        ordered = tuple(sorted(problems, key=lambda problem: problem.sort_key))
        return cls(root=root, problems=ordered, files=files, rows=rows, claims=claims)

    @property
    def errors(self) -> int:
        """The number of problems that have to be repaired."""
        return sum(problem.severity == ERROR for problem in self.problems)

    @property
    def warnings(self) -> int:
        """The number of problems that somebody should look at and may leave."""
        return len(self.problems) - self.errors

    @property
    def exit_code(self) -> int:
        """0 where nothing has to be repaired, 1 where something has; warnings alone give 0."""
        return 1 if self.errors else 0
