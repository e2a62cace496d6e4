"""Seeds to datasets and schemas: the same bytes on every run and platform, moved into place whole.

Costs about 20 s for 171,000 claims, half of it for the check, which with two jobs runs beside the
rest. It decides nothing (see `resolve`), accepts nothing that the
checker rejects, and leaves the files to `data_package`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from lunarprogrammes import tables
from lunarprogrammes.canonical import csv_text, json_text
from lunarprogrammes.check import Problem, check_seeds
from lunarprogrammes.collector import without_collector
from lunarprogrammes.data_package import data_files
from lunarprogrammes.errors import SeedsError
from lunarprogrammes.evidence.claims import EXISTENCE, Claim
from lunarprogrammes.evidence.coverage import COLUMNS as COVERAGE_COLUMNS
from lunarprogrammes.evidence.coverage import filled, read_coverage
from lunarprogrammes.evidence.decisions import by_cell
from lunarprogrammes.evidence.seeds import Seeds, read_seeds
from lunarprogrammes.export import frictionless, json_schema
from lunarprogrammes.partitions import RUN, hand_over, resolve_parts, result_of, runs, workers
from lunarprogrammes.replacing import replace_file, replace_folders
from lunarprogrammes.resolve import (
    CHOSEN,
    SUPPORTING,
    Cell,
    Court,
    Resolved,
    lineage_of,
)
from lunarprogrammes.rows import row_of, verdicts_of
from lunarprogrammes.tables import Table

Progress = Callable[[str], None]

_NUMBER_OF_PROBLEMS_SHOWN = 5
_CARRYING = {CHOSEN, SUPPORTING}


@dataclass(frozen=True)
class Built:
    """An edition in memory: file texts by name, before anything is written."""

    edition: str
    files: Mapping[str, str]
    schemas: Mapping[str, str]
    coverage: str
    counts: Mapping[str, int]


def build(
    seeds: Path,
    datasets: Path,
    schemas: Path,
    docs: Path | None = None,
    *,
    released: Path | None = None,
    jobs: int = 1,
    progress: Progress = lambda _: None,
) -> Built:
    """Build `datasets` and `schemas` from `seeds`; raise `SeedsError` if the check finds errors.

    Everything is written to a temporary folder first and then moved, so that an interrupted build
    leaves the old edition as it was. With `docs`, the generated pages below it are written too.
    With `released`, the record of the last release, raises `VersionError` where the edition's date
    or the package's version is smaller than what changed since.
    With several `jobs` worker processes check and resolve at the same time; the bytes are the same.
    """
    made = _made(seeds, progress) if jobs == 1 else _made_in_jobs(seeds, jobs, progress)
    if released is not None:
        progress("Comparing with the last release")
        _guard(made, released)
    progress("Writing the edition")
    replace_folders([(datasets, made.files), (schemas, made.schemas)])
    replace_file(seeds / "coverage.csv", made.coverage)
    if docs is not None:
        from lunarprogrammes.dataset import load
        from lunarprogrammes.export.pages import write_pages

        progress("Writing the generated pages")
        write_pages(docs, load(datasets))
    return made


def _guard(made: Built, released: Path) -> None:
    from lunarprogrammes.releases.guard import guard
    from lunarprogrammes.releases.state import read_state, state_of

    last = read_state(released)
    if last is not None:
        guard(last, state_of({name: text.encode() for name, text in made.files.items()}))


def _made(seeds: Path, progress: Progress) -> Built:
    progress("Checking the seeds")
    _refuse(_errors(seeds))
    progress("Resolving the claims")
    return compile_edition(read_seeds(seeds), progress=progress)


def _made_in_jobs(seeds: Path, jobs: int, progress: Progress) -> Built:
    """Check in one process, and compile in the others what is thrown away if the check fails."""
    progress("Checking the seeds and resolving the claims")
    with workers(1) as pool:
        checking = hand_over(pool, _errors, seeds)
        try:
            made = compile_edition(read_seeds(seeds), jobs=jobs - 1, progress=progress)
        except Exception:
            # Unsound seeds may stop it anywhere: what the check says of them is better told.
            _refuse(result_of(checking))
            raise
        _refuse(result_of(checking))
    return made


def _errors(seeds: Path) -> list[Problem]:
    return [problem for problem in check_seeds(seeds).problems if problem.severity == "error"]


def _refuse(errors: list[Problem]) -> None:
    """Raise `SeedsError` where there are errors."""
    if errors:
        shown = [
            f"{one.path}:{one.line}:{one.column} {one.code} {one.what.removesuffix('.')}"
            for one in errors[:_NUMBER_OF_PROBLEMS_SHOWN]
        ]
        raise SeedsError(
            f"The seeds have {len(errors)} error(s): " + "; ".join(shown) + ".",
            remedy="Run `lunarprogrammes check` for the whole list. Nothing was written.",
        )


def compile_edition(seeds: Seeds, *, jobs: int = 1, progress: Progress = lambda _: None) -> Built:
    """Resolve all claims of checked seeds and return every file of the edition as text."""
    with without_collector():
        return _compiled(seeds, jobs, progress)


class _Judged(NamedTuple):
    """What a resolved record gives to the files of an edition; a worker sends back no more."""

    table: str
    verdicts: Mapping[str, tuple[str, str]]
    row: dict[str, str] | None
    nested: dict[str, Any] | None


def _judge(one: Resolved, court: Court) -> _Judged:
    table = tables.get(one.table)
    if not one.exists:
        return _Judged(one.table, verdicts_of(one), None, None)
    row = row_of(one, table, court.witnesses)
    return _Judged(one.table, verdicts_of(one), row, _nested_record(table, one))


def _compiled(seeds: Seeds, jobs: int, progress: Progress) -> Built:
    edition = read_edition(seeds.root)
    claims = seeds.claims()
    _refuse_collisions(claims)
    court = Court(seeds.witnesses, by_cell(seeds.decisions))
    court = court._replace(lineage=lineage_of(claims, court))
    rows: dict[str, list[dict[str, str]]] = {name: [] for name in tables.all_tables()}
    nested: dict[str, list[dict[str, Any]]] = {name: [] for name in tables.all_tables()}
    verdicts: dict[str, tuple[str, str]] = {}
    for one in _judged(claims, court, jobs, progress):
        verdicts.update(one.verdicts)
        if one.row is not None and one.nested is not None:
            rows[one.table].append(one.row)
            nested[one.table].append(one.nested)
    rows["claims"] = [_claim_row(claim, verdicts[claim.id]) for claim in claims]
    files = data_files(edition, rows, nested, seeds.decisions, seeds.redirects)
    counts = {name: len(found) for name, found in rows.items()}
    covered = filled(read_coverage(seeds.root / "coverage.csv"), claims)
    coverage = csv_text(COVERAGE_COLUMNS, covered) if covered else ""
    return Built(edition, files, schema_files(), coverage, counts)


def _judged(
    claims: Sequence[Claim], court: Court, jobs: int, progress: Progress
) -> Iterator[_Judged]:
    """Yield the records in the order of the ledger, and tell of each quarter of a long one."""
    done, quarter = 0, len(claims) // 4
    for part in resolve_parts(runs(claims), court, _judge, jobs=jobs):
        before = done
        for one in part:
            done += len(one.verdicts)
            yield one
        if quarter > RUN and before // quarter < done // quarter and done < len(claims):
            progress(f"Resolving the claims: {done:,} of {len(claims):,}")


def read_edition(seeds: Path) -> str:
    """Return the date of the edition, `2026.11.22`, from `seeds/edition.json`."""
    path = seeds / "edition.json"
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["edition"])
    except (OSError, ValueError, KeyError, TypeError):
        raise SeedsError(
            f"{path} does not name the edition.",
            expected='Expected {"edition": "2026.11.22"}.',
            remedy="Write the file.",
        ) from None


def schema_files() -> dict[str, str]:
    """Return every schema by file name: Table Schema and JSON Schema of each table."""
    made = {}
    for name, table in tables.all_tables().items():
        made[f"{name}.json"] = json_text(frictionless.table_schema(table))
        made[f"{name}.schema.json"] = json_text(json_schema.table_schema(table))
    return made


def _refuse_collisions(claims: Iterable[Claim]) -> None:
    seen: dict[str, Claim] = {}
    for claim in claims:
        other = seen.setdefault(claim.id, claim)
        if other is not claim:
            raise SeedsError(
                f"Two claims have the id {claim.id}: {other.cell} and {claim.cell}.",
                remedy="Delete one of the two rows if they say the same; else change a locator.",
            )


def _claim_row(claim: Claim, judged: tuple[str, str]) -> dict[str, str]:
    row: dict[str, str] = claim._asdict()
    row["verdict"], row["standing"] = judged
    return row


def _nested_record(table: Table, one: Resolved) -> dict[str, Any]:
    made: dict[str, Any] = dict(table.key_cells(one.record))
    for name in table.facts:
        cell = one.cells.get(name)
        if cell is not None and cell.chosen is not None:
            made[name] = {
                "value": cell.value,
                "verdict": cell.verdict,
                "sources": _speaking_for(cell),
                "claims": [claim.id for claim, _ in cell.standings],
            }
    made["sources"] = _speaking_for(one.cells[EXISTENCE])
    return made


def _speaking_for(cell: Cell) -> list[str]:
    """Return the sources whose claims carry a value; those that contradict it are in `claims`."""
    carried = (claim.source for claim, standing in cell.standings if standing in _CARRYING)
    return sorted(set(carried))
