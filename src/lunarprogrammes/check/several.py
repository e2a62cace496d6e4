"""A check of several folders at once, as a hook or a shell's pattern names them.

Folders of one seeds folder are checked together, so that the others beside them are read once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lunarprogrammes.check.baseline import rebased
from lunarprogrammes.check.problems import Report
from lunarprogrammes.check.run import _place, check_seeds

Check = Callable[[Path], Report]


@dataclass(frozen=True, slots=True)
class Scope:
    """What is checked: seeds folders, each with the sources that alone were asked for, or None."""

    folders: Mapping[Path, frozenset[str] | None]

    @classmethod
    def of(cls, paths: Iterable[Path]) -> "Scope":
        """Sort paths by their seeds folders; raises `CheckError` for one that is nothing of it."""
        found: dict[Path, set[str] | None] = defaultdict(set)
        for path in paths:
            root, only = _place(path)
            chosen = found[root]
            if only is None:
                found[root] = None
            elif chosen is not None:
                chosen.add(only)
        return cls({root: frozenset(names) if names else None for root, names in found.items()})

    def covers(self, path: str) -> bool:
        """Say whether a path, as a report of this scope writes it, is in what is checked."""
        several = len(self.folders) > 1
        for root, only in self.folders.items():
            base = f"{root.as_posix().rstrip('/')}/" if several and root != Path() else ""
            inner = path.removeprefix(base)
            if path.startswith(base) and (only is None or inner.partition("/")[0] in only):
                return True
        return False


def check_scope(scope: Scope, check: Check = check_seeds) -> Report:
    """Check everything in a scope; of several seeds folders, the paths begin outside of them.

    `check` is what checks one folder: `check_seeds`, or it with some arguments of its own.
    """
    reports = [_check(root, only, check) for root, only in scope.folders.items()]
    if len(reports) == 1:
        return reports[0]
    return Report.of(
        (problem for report in reports for problem in rebased(report).problems),
        root="",
        files=sum(report.files for report in reports),
        rows=sum(report.rows for report in reports),
        claims=sum(report.claims for report in reports),
    )


def _check(root: Path, only: frozenset[str] | None, check: Check) -> Report:
    if only is not None and len(only) == 1:
        return check(root / next(iter(only)))
    report = check(root)
    if only is None:
        return report
    # The counts are those of the whole folder, which was read to check a few of its sources.
    kept = (problem for problem in report.problems if problem.path.partition("/")[0] in only)
    return replace(report, problems=tuple(kept))
