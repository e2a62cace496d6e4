"""Checking readings that live in another repository against a published edition.

Such a repository holds its own folders and none of ours, so that each reference to `change-5` would
look like a misprint. The ledger of the edition is therefore written out again as the readings that
made it, in a scratch folder beside a copy of theirs, and the whole is checked as one seeds folder.
No rule needs to know of editions, and all of them see the published records: references, names,
near duplicates, chronology. A folder of theirs replaces the published one of the same name.

Costs about 8 s for the 90,000 claims of the edition, and a copy of their files.
"""

import datetime
import json
import os
import shutil
import stat
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from lunarprogrammes.canonical import csv_text
from lunarprogrammes.check.problems import Report
from lunarprogrammes.check.run import CheckError, Progress, check_seeds
from lunarprogrammes.edition import Edition
from lunarprogrammes.evidence.bibliography import people
from lunarprogrammes.evidence.claims import EXISTENCE, Claim
from lunarprogrammes.evidence.seeds import EVIDENCE_COLUMNS
from lunarprogrammes.evidence.tabular import MAX_BYTES
from lunarprogrammes.tables import get, names_of_tables

_CUSTOM = ("tier", "derived_from", "issued_probable", "note")
_PLAIN = {"type": "type", "title": "title", "publisher": "publisher", "language": "language"}


class Written(NamedTuple):
    """How much of an edition was written out: what a report on other files must not count."""

    files: int = 0
    rows: int = 0
    claims: int = 0


def check_against(
    path: Path,
    edition: Edition,
    *,
    progress: Progress | None = None,
    today: datetime.date | None = None,
) -> Report:
    """Check a folder of readings, or one source in it, as if they stood beside an edition's own.

    Only problems of the folder named are reported. Raises `CheckError` where there is nothing to
    check, and `EditionError` where the edition cannot be read.
    """
    alone = is_source(path)
    # The name of `.` is empty: the folder has to be known by its own name.
    full = path if path.name not in {"", ".."} else path.resolve()
    root = full.parent if alone else path
    if not alone and not _holds_readings(path):
        # Nothing to stage: the checker says why in its own words.
        return check_seeds(path, progress=progress, today=today)
    own = {entry.name for entry in root.iterdir() if not alone or is_source(entry)}
    with beside(edition, root, own) as (folder, written):
        named = folder / full.name if alone else folder
        report = check_seeds(named, progress=progress, today=today)
    report = replace(report, root=root.as_posix())
    return report if alone else _without_edition(report, own, written)


def is_source(folder: Path) -> bool:
    """Say whether a folder is one source's: it describes a document or holds a table."""
    tables = (folder / f"{name}.csv" for name in names_of_tables())
    return (folder / "source.json").is_file() or any(table.is_file() for table in tables)


def _holds_readings(path: Path) -> bool:
    if not path.is_dir():
        return False
    return (path / "decisions.csv").is_file() or any(is_source(entry) for entry in path.iterdir())


def _without_edition(report: Report, own: Collection[str], written: Written) -> Report:
    return replace(
        report,
        problems=tuple(one for one in report.problems if one.path.split("/")[0] in own),
        files=report.files - written.files,
        rows=report.rows - written.rows,
        claims=report.claims - written.claims,
    )


@contextmanager
def beside(
    edition: Edition, root: Path | None = None, own: Collection[str] = ()
) -> Iterator[tuple[Path, Written]]:
    """Give a scratch seeds folder with copies of some entries of a folder beside an edition."""
    with tempfile.TemporaryDirectory(prefix="lunarprogrammes-") as scratch:
        folder = Path(scratch) / "seeds"
        folder.mkdir()
        for name in sorted(own) if root else ():
            _copy(Path(root or "", name), folder / name)
        yield folder, write_seeds(edition, folder, leave_out=own)


def _copy(entry: Path, target: Path, depth: int = 0) -> None:
    """Copy an entry without following a link, or reading more of a file than the checker would."""
    mode = entry.lstat().st_mode
    if stat.S_ISLNK(mode):
        target.symlink_to(entry.readlink())
    elif stat.S_ISDIR(mode):
        target.mkdir()
        # A folder inside a source's folder is reported by its name alone.
        for inner in sorted(entry.iterdir()) if depth == 0 else ():
            _copy(inner, target / inner.name, depth + 1)
    elif not stat.S_ISREG(mode):
        raise CheckError("This is neither a file nor a folder.", place=str(entry))
    elif entry.stat().st_size > MAX_BYTES:
        # Of such a file only its size is looked at: one of the same size without content will do.
        with target.open("wb") as file:
            os.truncate(file.fileno(), entry.stat().st_size)
    else:
        shutil.copyfile(entry, target)


# An edition as the readings that made it.


def write_seeds(edition: Edition, folder: Path, *, leave_out: Collection[str] = ()) -> Written:
    """Write an edition's ledger into a folder as the readings that made it."""
    sheets: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    locators: dict[str, str] = {}
    for row in edition.rows("claims"):
        claim = Claim.from_row(row)
        if claim.table == "sources":
            if claim.field == EXISTENCE:
                locators[claim.record] = claim.locator
        elif claim.source not in leave_out:
            sheets[claim.source, claim.table].append(claim)
    files = rows = 0
    for cells in edition.rows("sources"):
        if cells["id"] not in leave_out:
            described = source_json(cells, locators.get(cells["id"], ""))
            (folder / cells["id"]).mkdir()
            text = json.dumps(described, ensure_ascii=False)
            (folder / cells["id"] / "source.json").write_text(text, encoding="utf-8")
            files += 1
    for (source, table), claims in sheets.items():
        listed = list(_rows(table, claims))
        columns = [*get(table).facts, *EVIDENCE_COLUMNS]
        used = [name for name in columns if name == "locator" or any(row[name] for row in listed)]
        text = csv_text(used, listed)
        (folder / source / f"{table}.csv").write_text(text, encoding="utf-8")
        files, rows = files + 1, rows + len(listed)
    for name in ("decisions", "redirects"):
        listed = list(edition.rows(name))
        # An edition from before there were redirects has no such file.
        if f"{name}.csv" not in leave_out and (listed or name == "decisions"):
            text = edition.read_text(f"{name}.csv")
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
            # A report does not count the sheet of redirects, which is no reading.
            if name == "decisions":
                files, rows = files + 1, rows + len(listed)
    return Written(files, rows, sum(map(len, sheets.values())))


def _rows(table: str, claims: list[Claim]) -> Iterator[dict[str, str]]:
    """Yield the rows that make some claims: one for each record, place and manner of saying."""
    definition = get(table)
    blank = dict.fromkeys([*definition.facts, *EVIDENCE_COLUMNS], "")
    groups: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for claim in claims:
        certainty = "" if claim.certainty == "stated" else claim.certainty
        evidence = (claim.locator, claim.as_of, certainty, claim.cites, claim.remark)
        same = groups.setdefault((claim.record, *evidence), [])
        free = next((row for row in same if not row.get(claim.field)), None)
        if free is None:
            free = {
                **blank,
                **definition.key_cells(claim.record),
                **dict(zip(EVIDENCE_COLUMNS, evidence, strict=True)),
            }
            same.append(free)
        if claim.field != EXISTENCE:
            free[claim.field] = claim.value
    for same in groups.values():
        yield from same


def source_json(cells: dict[str, str], locator: str) -> dict[str, Any]:
    """Return the CSL-JSON that makes a row of the table `sources`: the inverse of reading it."""
    custom = {name: cells[name] for name in _CUSTOM if cells[name]} | {"locator": locator}
    made: dict[str, Any] = {"id": cells["id"]}
    made |= {key: cells[name] for name, key in _PLAIN.items() if cells[name]}
    if cells["author"]:
        made["author"] = people(cells["author"])
    made |= {name: {"raw": cells[name]} for name in ("issued", "accessed") if cells[name]}
    made |= {"URL": cells["url"]} if cells["url"] else {}
    return {**made, "custom": {name: text for name, text in custom.items() if text}}
