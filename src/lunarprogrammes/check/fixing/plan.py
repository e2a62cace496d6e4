"""Which files of a seeds folder are to be repaired, and how: found out without writing anything.

Only plain files are touched that a check reads as well: the tables and the `source.json` of each
source, and the editors' decisions. No link is followed, neither of a file nor of a folder.
"""

import os
import stat
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from lunarprogrammes.check.fixing.cells import Admits
from lunarprogrammes.check.fixing.corrections import Correction
from lunarprogrammes.check.fixing.tables import (
    OF_FILES,
    Known,
    Outcome,
    Pattern,
    Retired,
    repaired_json,
    repaired_table,
)
from lunarprogrammes.check.problems import Problem, Report
from lunarprogrammes.check.reporters import whole_path
from lunarprogrammes.check.sheets import DECISION_FIELDS, DECISIONS
from lunarprogrammes.check.sidecars import REDIRECTS
from lunarprogrammes.evidence.redirects import by_old_id
from lunarprogrammes.evidence.tabular import MAX_BYTES, read_tabular
from lunarprogrammes.tables import all_tables
from lunarprogrammes.tables.claims import EVIDENCE

# To say how much could be repaired, larger files are not worked through.
_MOST_BYTES_TO_TELL = 512 * 1024
_UNREAD_TABLES = {"sources", "claims"}
_UNREADABLE = {"F101", "F103", "F104", "F107", "F108"}


class Change(NamedTuple):
    """One file: its path, its bytes now and then, and what was done, cell by cell and in all."""

    path: Path
    before: bytes
    after: bytes
    done: Counter[str]
    corrections: tuple[Correction, ...]


def plan(
    root: Path,
    only: Collection[str] | None = None,
    *,
    admits: Admits = lambda code: True,  # noqa: ARG005
    within: Collection[str] | None = None,
) -> list[Change]:
    """Return the changes that would repair a seeds folder, or some sources of it.

    `admits` says of the code of a rule whether its breaches are to be repaired; of the empty text,
    whether the house's form (quotation marks, order of rows) is to be given too. `within` leaves
    all files out but those of these whole paths, and what is much too large for a contribution.
    """
    changes = []
    known: Known = {}
    retired = _retired(root)
    for path in _files(root, only):
        before = _read(path) if within is None or path.as_posix() in within else None
        if before is None or (within is not None and len(before) > _MOST_BYTES_TO_TELL):
            continue
        outcome = _outcome(path, before, admits, known, retired)
        if outcome.after != before:
            changes.append(Change(path, before, outcome.after, outcome.done, outcome.corrections))
    return changes


def corrections_of(report: Report, changes: Iterable[Change]) -> Mapping[Problem, Correction]:
    """Return for each problem the repair of its cell that ends it, where there is one."""
    by_line: dict[tuple[str, int], list[Correction]] = {}
    for change in changes:
        for correction in change.corrections:
            by_line.setdefault((correction.path, correction.line), []).append(correction)
    found = {}
    for problem in report.problems:
        for correction in by_line.get((whole_path(report, problem.path), problem.line), ()):
            inside = correction.column <= problem.column <= correction.end
            if inside and problem.code in correction.codes:
                found[problem] = correction
    return found


def repairable(report: Report, changes: Collection[Change]) -> int:
    """Return how many problems of a report some changes would end."""
    made = {change.path.as_posix() for change in changes}
    whole = sum(
        problem.code in OF_FILES and whole_path(report, problem.path) in made
        for problem in report.problems
    )
    return whole + len(corrections_of(report, changes))


def _files(root: Path, only: Collection[str] | None) -> Iterator[Path]:
    for folder in sorted(root.iterdir()):
        if folder.is_symlink():
            continue
        if folder.is_dir() and (only is None or folder.name in only):
            yield from (path for path in sorted(folder.iterdir()) if _is_read(path))
        elif folder.name == DECISIONS and only is None:
            yield folder


def _is_read(path: Path) -> bool:
    tables = all_tables().keys() - _UNREAD_TABLES
    return path.name == "source.json" or (path.suffix == ".csv" and path.stem in tables)


def _read(path: Path) -> bytes | None:
    """Return the bytes of a plain file that is no link and not too large, else None."""
    # Neither a link put there meanwhile nor a pipe that never ends may be opened.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if path.is_symlink() or not path.is_file():
        return None
    try:
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            return None
        return file.read(MAX_BYTES + 1)


def _retired(root: Path) -> Retired:
    """Return the retired ids of a seeds folder that lead to another one."""
    path = root / REDIRECTS
    if path.is_symlink() or not path.is_file():
        return {}
    found = by_old_id(row.cells for row in read_tabular(path).rows)
    return {
        key: one.new_id
        for key, one in found.items()
        if one.new_id and (one.table, one.new_id) not in found
    }


def _outcome(path: Path, before: bytes, admits: Admits, known: Known, retired: Retired) -> Outcome:
    if path.name == "source.json":
        return repaired_json(before, admits)
    if path.name == DECISIONS:
        pattern = Pattern(DECISION_FIELDS, (), is_sorted=False)
    else:
        table = all_tables()[path.stem]
        columns = {**table.facts, **EVIDENCE}
        pattern = Pattern(columns, table.key, is_sorted=True, table=table.name, retired=retired)
    # What the reader of the seeds refuses, for its size or its signs, nobody repairs either.
    if any(fault.code in _UNREADABLE for fault in read_tabular(path).faults):
        return Outcome(before)
    return repaired_table(before, path.as_posix(), pattern, admits, known)
