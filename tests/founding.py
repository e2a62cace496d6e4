"""The founding seeds: the seven documents with which the dataset began, out of the committed seeds.

They are a cut, not a copy that is kept: the same folders as they stand today, and of the editors'
files what speaks of the records that those folders name. Tests whose point is a known passage read
in full, or which damage a real folder again and again, work on the 5,600 claims of this edition;
what has to hold of the committed edition itself is tested on that one.
"""

import csv
import io
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from lunarprogrammes.canonical import csv_text
from lunarprogrammes.check import check_seeds
from lunarprogrammes.tables import Field, Table, get

FOLDERS = (
    "bloomberg-2023-china-russia-alliance",
    "feedzop-nd-new-space-race",
    "ifri-nd-racing-to-the-moon",
    "peoples-daily-2024-queqiao-2-orbit",
    "shine-2024-queqiao-2-launch",
    "unnamed-2023-china-russia-station",
    "unnamed-2024-prc-cislunar-report",
)
EDITORS = "editors"
Cells = dict[str, str]


def cut(seeds: Path, target: Path, folders: tuple[str, ...] = FOLDERS) -> Path:
    """Write some folders of a seeds folder, and what the editors say of their records."""
    target.mkdir(parents=True)
    for name in folders:
        shutil.copytree(seeds / name, target / name)
    named, launched = _records(target), _records(target, "launch_date")
    (target / EDITORS).mkdir()
    shutil.copy(seeds / EDITORS / "source.json", target / EDITORS)
    shutil.copy(seeds / "edition.json", target)
    for path in sorted((seeds / EDITORS).glob("*.csv")):
        stays = partial(_stays, get(path.stem), named, launched)
        _keep(path, target / EDITORS / path.name, stays)
    _keep(seeds / "coverage.csv", target / "coverage.csv", lambda row: row["source"] in folders)
    _decide(seeds / "decisions.csv", target)
    return target


def _decide(decisions: Path, target: Path) -> None:
    """Take over the decisions that decide something among these folders too."""
    rows = _rows(decisions)
    _write(target / decisions.name, rows)
    found = check_seeds(target).problems
    idle = {problem.line for problem in found if problem.code in {"E119", "E120", "E121"}}
    # A decision is one line: the header is the first.
    _write(target / decisions.name, [row for line, row in enumerate(rows, 2) if line not in idle])


def _records(seeds: Path, field: str = "") -> set[tuple[str, str]]:
    """Return the records that are named, or those of which a field is filled."""
    return {
        (path.stem, get(path.stem).record_id(row))
        for path in seeds.glob("*/*.csv")
        for row in _rows(path)
        if not field or row.get(field)
    }


def _stays(
    table: Table, named: set[tuple[str, str]], launched: set[tuple[str, str]], row: Cells
) -> bool:
    """Say whether the folders name the record of a row, and every record to which it points."""
    record = (table.name, table.record_id(row))
    # How a flight came out is no matter of these folders where none of them tells of the launch:
    # the report of April 2024 knows Chang'e 6 as planned.
    flown = not row.get("outcome") or record in launched
    pointed_at = (
        _targets(field, row[name])
        for name, field in table.facts.items()
        if field.kind in {"reference", "record"} and row.get(name)
    )
    return record in named and flown and all(targets & named for targets in pointed_at)


def _targets(field: Field, text: str) -> set[tuple[str, str]]:
    """Return the records that a reference may mean."""
    if field.kind == "record":
        table, _, record = text.partition("/")
        return {(table, record)}
    return {(table, text) for table in field.references}


def _keep(path: Path, target: Path, stays: Callable[[Cells], bool]) -> None:
    """Copy some rows of a sheet; none make no file."""
    _write(target, [row for row in _rows(path) if stays(row)])


def _write(path: Path, rows: list[Cells]) -> None:
    path.unlink(missing_ok=True)
    if rows:
        # The columns that only other rows fill would be found empty.
        used = [name for name in rows[0] if any(row[name] for row in rows)]
        path.write_text(csv_text(used, rows), encoding="utf-8")


def _rows(path: Path) -> list[Cells]:
    text = path.read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))
