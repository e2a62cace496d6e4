"""Seeds to datasets and schemas: the same bytes on every run and platform, moved into place whole.

Costs about 20 s for 171,000 claims, half of it for the check, which with two jobs runs beside the
rest. What it owns: canonical files, the descriptor and the manifest. It decides nothing (see
`resolve`) and accepts nothing that the checker rejects.
"""

import csv
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from lunarprogrammes import tables
from lunarprogrammes.check import Problem, check_seeds
from lunarprogrammes.collector import without_collector
from lunarprogrammes.errors import EditionError, SeedsError
from lunarprogrammes.evidence.claims import EXISTENCE, Claim
from lunarprogrammes.evidence.coverage import COLUMNS as COVERAGE_COLUMNS
from lunarprogrammes.evidence.coverage import filled, read_coverage
from lunarprogrammes.evidence.decisions import COLUMNS as DECISION_COLUMNS
from lunarprogrammes.evidence.decisions import Decision, by_cell
from lunarprogrammes.evidence.seeds import Seeds, read_seeds
from lunarprogrammes.export import frictionless, json_schema
from lunarprogrammes.manifest import MANIFEST, manifest_text
from lunarprogrammes.partitions import RUN, hand_over, resolve_parts, result_of, runs, workers
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
    jobs: int = 1,
    progress: Progress = lambda _: None,
) -> Built:
    """Build `datasets` and `schemas` from `seeds`; raise `SeedsError` if the check finds errors.

    Everything is written to a temporary folder first and then moved, so that an interrupted build
    leaves the old edition as it was. With `docs`, the generated pages below it are written too.
    With several `jobs` worker processes check and resolve at the same time; the bytes are the same.
    """
    made = _made(seeds, progress) if jobs == 1 else _made_in_jobs(seeds, jobs, progress)
    progress("Writing the edition")
    _replace([(datasets, made.files), (schemas, made.schemas)])
    _write_whole(seeds / "coverage.csv", made.coverage)
    if docs is not None:
        from lunarprogrammes.dataset import load
        from lunarprogrammes.export.pages import write_pages

        progress("Writing the generated pages")
        write_pages(docs, load(datasets))
    return made


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
    files = _data_files(edition, rows, nested, seeds.decisions)
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


def json_text(value: object) -> str:
    """Return canonical JSON: two spaces, the order given, UTF-8 as it is, a final newline."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def csv_text(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Return canonical CSV: RFC 4180 with LF, quoted only where it must be."""
    out = io.StringIO()
    names = list(columns)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row[name] for name in names] for row in rows)
    return out.getvalue()


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


def _data_files(
    edition: str,
    rows: Mapping[str, list[dict[str, str]]],
    nested: Mapping[str, list[dict[str, Any]]],
    decisions: Iterable[Decision],
) -> dict[str, str]:
    files: dict[str, str] = {}
    resources: list[dict[str, Any]] = []
    for name, table in tables.all_tables().items():
        files[f"{name}.csv"] = csv_text(table.fields, rows[name])
        resources.append(_table_resource(table, files[f"{name}.csv"], len(rows[name])))
    decided = [decision._asdict() for decision in decisions]
    files["decisions.csv"] = csv_text(DECISION_COLUMNS, decided)
    resources.append(_decisions_resource(files["decisions.csv"], len(decided)))
    for name, table in tables.all_tables().items():
        if name not in {"claims"}:
            path = f"json/{name}.json"
            files[path] = json_text(_nested(edition, table, nested[name]))
            resources.append(_file_resource(f"{name}-json", path, files[path]))
    described = frictionless.package_descriptor(edition, resources, rows["sources"])
    files["datapackage.json"] = json_text(described)
    files[MANIFEST] = manifest_text({path: text.encode() for path, text in files.items()})
    return files


def _table_resource(table: Table, text: str, count: int) -> dict[str, Any]:
    schema = frictionless.table_schema(table)
    return _csv_resource(table.name, table.meaning, text, count, schema)


def _decisions_resource(text: str, count: int) -> dict[str, Any]:
    fields = [
        {"name": column, "type": "string", "constraints": {"required": column != "value"}}
        for column in DECISION_COLUMNS
    ]
    schema = {"fields": fields, "primaryKey": ["table", "record", "field"], "missingValues": [""]}
    meaning = "The editors' decisions: where the resolver's choice is overridden, and why."
    return _csv_resource("decisions", meaning, text, count, schema)


def _csv_resource(
    name: str, meaning: str, text: str, count: int, schema: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "type": "table",
        "description": meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": frictionless.DIALECT,
        **_fingerprint(text),
        "rowCount": count,
        "schema": schema,
    }


def _file_resource(name: str, path: str, text: str) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "type": "json",
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
        **_fingerprint(text),
    }


def _fingerprint(text: str) -> dict[str, Any]:
    raw = text.encode()
    return {"bytes": len(raw), "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}


def _nested(edition: str, table: Table, records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a table as JSON in which each value carries its verdict, sources and claims."""
    return {
        "$comment": "Generated by `lunarprogrammes build` from seeds/; do not edit.",
        "table": table.name,
        "edition": edition,
        "records": records,
    }


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


def _replace(folders: Iterable[tuple[Path, Mapping[str, str]]]) -> None:
    """Write each folder beside its target, then swap all of them; on failure the old ones stay."""
    staged: list[tuple[Path, Path]] = []
    try:
        for target, files in folders:
            _refuse_foreign(target, files)
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
            staged.append((target, fresh))
            _write(fresh, files)
        for target, fresh in staged:
            if target.exists():
                target.rename(_retired(fresh))
            fresh.rename(target)
    except BaseException:
        # An interruption from the keyboard too must not cost the old edition.
        for target, fresh in staged:
            if not fresh.exists() and target.exists():
                target.rename(fresh)
            if _retired(fresh).exists():
                _retired(fresh).rename(target)
        raise
    else:
        for _, fresh in staged:
            shutil.rmtree(_retired(fresh), ignore_errors=True)
    finally:
        for _, fresh in staged:
            shutil.rmtree(fresh, ignore_errors=True)


def _refuse_foreign(target: Path, files: Iterable[str]) -> None:
    """Refuse to replace a folder that holds something, but nothing that a build has written."""
    held = target.exists() and any(target.iterdir())
    if held and not any((target / name).exists() for name in files):
        raise EditionError(
            f"{target} holds other files, and a build replaces the whole folder.",
            remedy="Choose an empty folder or an older edition. Nothing was written.",
        )


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    folder.chmod(0o755)


def _retired(fresh: Path) -> Path:
    """Return where the old folder waits while the fresh one takes its place."""
    return fresh.with_name(fresh.name + "-old")


def _write_whole(path: Path, text: str) -> None:
    """Replace one file in a single step; an empty text leaves things as they are."""
    if not text:
        return
    fresh = path.with_name(f".{path.name}-new")
    try:
        fresh.write_bytes(text.encode())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
