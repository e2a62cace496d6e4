"""The data of the explorer: one compact file per table, and the ledger in pieces.

Columns instead of rows, texts as the CSV files hold them; beside a date or a figure its bounds and
its place in the order of lists, so that the browser compares and sorts as Python does and parses
nothing. The ledger is cut between records into pieces of about two thousand claims: a table names
for each row the piece that holds its evidence, so that one row costs one piece and all pieces
together are the table `claims`. Costs 12 s for 171,000 claims, most of it to resolve them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from lunarprogrammes import tables
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.edition import Edition
from lunarprogrammes.export.sql_columns import values_of
from lunarprogrammes.ledger import Ledger
from lunarprogrammes.perspective import Perspective
from lunarprogrammes.resolve import resolve
from lunarprogrammes.site.explorer_files import column, json_bytes, write_packed
from lunarprogrammes.tables import Field, Table
from lunarprogrammes.why import Evidence

Row = Mapping[str, str]
Cell = tuple[str, str, str]
LEDGER = "claims"
CLAIMS_IN_A_PIECE = 2000
# Who reads a place on the far side as a place on the Moon asks for a record and its parts.
_PARENT = "parent"
_NOT_SHOWN = 8


def write_tables(moon: Dataset, pieces: Mapping[tuple[str, str], int], folder: Path) -> None:
    """Write each table but the ledger, and the labels of the records that rows refer to."""
    aliases = _aliases(moon)
    for name, table in tables.all_tables().items():
        if name != LEDGER:
            made = table_content(table, moon.table(name).rows(), aliases.get(name, {}), pieces)
            write_packed(folder / f"{name}.json.gz", json_bytes(made))


def table_content(
    table: Table,
    rows: Sequence[Row],
    aliases: Mapping[str, str],
    pieces: Mapping[tuple[str, str], int],
) -> dict[str, Any]:
    """Return one table as the browser reads it.

    `columns` holds the texts of every field, `bounds` for dates and figures `lower` and `upper`
    (null is open) and `rank` (null is unknown or empty), `aliases` the other names of each record,
    `pieces` the piece of the ledger where its claims are, or null.
    """
    records = [table.record_id(row) for row in rows]
    return {
        "table": table.name,
        "rows": len(rows),
        "records": records,
        "columns": {name: column([row[name] for row in rows]) for name in table.fields},
        "bounds": {
            name: bounds_of(field, [row[name] for row in rows])
            for name, field in table.fields.items()
            if field.kind in {"date", "quantity"}
        },
        "aliases": [aliases.get(record, "") for record in records],
        "pieces": [pieces.get((table.name, record)) for record in records],
    }


def bounds_of(field: Field, texts: Sequence[str]) -> dict[str, list[Any]]:
    """Return the bounds of dates or figures, and their place in the order of lists.

    >>> launched = tables.get("missions").fields["launch_date"]
    >>> bounds_of(launched, ["2026/..", "", "2019-01-03"])
    {'lower': ['2026-01-01', None, '2019-01-03'], 'upper': [None, None, '2019-01-03'],
     'rank': [1, None, 0]}
    """
    distinct: dict[str, Any] = {text: field.parse(text) for text in set(texts) if text}
    known = sorted(value for value in distinct.values() if value.is_known)
    rank = {value.text: place for place, value in enumerate(known)}
    bounds = {text: values_of(field, text, "sqlite")[1:] for text in distinct}
    return {
        "lower": [bounds[text][0] if text else None for text in texts],
        "upper": [bounds[text][1] if text else None for text in texts],
        "rank": [rank.get(text) for text in texts],
    }


def labels(moon: Dataset) -> dict[str, Any]:
    """Return what records are called and of which other record they are a part, by table and id.

    Sources are left out: their titles are as many as all others together, and are read when
    evidence is.
    """
    wanted = {
        field.references[0]
        for table in tables.all_tables().values()
        for field in table.fields.values()
        if field.references
    } - {"sources"}
    made: dict[str, Any] = {"labels": {}, "parents": {}}
    for name in sorted(wanted):
        table = tables.get(name)
        rows = list(moon.table(name).items())
        made["labels"][name] = {record: row[table.label] or record for record, row in rows}
        if _PARENT in table.fields:
            parents = {record: row[_PARENT] for record, row in rows if row[_PARENT]}
            made["parents"][name] = parents
    return made


def _aliases(moon: Dataset) -> dict[str, dict[str, str]]:
    """Return the other names of records by table and id, joined as one text to search in."""
    made: dict[str, dict[str, str]] = {}
    for row in moon.names.rows():
        table, _, record = row["record"].partition("/")
        of_table = made.setdefault(table, {})
        of_table[record] = (
            f"{of_table[record]}\n{row['name']}" if record in of_table else row["name"]
        )
    return made


def write_ledger(edition: Edition, folder: Path) -> dict[tuple[str, str], int]:
    """Write the ledger in pieces and return the number of the piece that holds each record."""
    usual, special = _reasons(edition)
    where: dict[tuple[str, str], int] = {}
    for number, rows in enumerate(_pieces(edition)):
        cells = {(row["table"], row["record"], row["field"]) for row in rows}
        where.update({(table, record): number for table, record, _ in cells})
        own = {" ".join(cell): special[cell] for cell in sorted(cells & special.keys())}
        content = ledger_piece(rows) | {"reasons": {"usual": usual, "own": own}}
        write_packed(folder / f"{number:03}.json.gz", json_bytes(content))
    return where


def ledger_piece(rows: Sequence[Row]) -> dict[str, Any]:
    """Return some claims as the browser reads them; the bounds of their dates beside."""
    table = tables.get(LEDGER)
    dates = {name: field for name, field in table.fields.items() if field.kind == "date"}
    return {
        "table": LEDGER,
        "rows": len(rows),
        "columns": {name: column([row[name] for row in rows]) for name in table.fields},
        "bounds": {
            name: {
                side: column_of_bounds
                for side, column_of_bounds in bounds_of(field, [row[name] for row in rows]).items()
                # The place in the order of one piece is none in the order of all.
                if side != "rank"
            }
            for name, field in dates.items()
        },
    }


def _pieces(edition: Edition) -> Iterator[list[Row]]:
    piece: list[Row] = []
    for _, of_record in groupby(edition.rows(LEDGER), lambda row: (row["table"], row["record"])):
        claims = list(of_record)
        if piece and len(piece) + len(claims) > CLAIMS_IN_A_PIECE:
            yield piece
            piece = []
        piece += claims
    if piece:
        yield piece


def _reasons(edition: Edition) -> tuple[dict[str, str], dict[Cell, str]]:
    """Return the usual reason for each verdict, and the reasons of all cells with another one."""
    ledger = Ledger(edition)
    court = ledger.court(Perspective())
    found: dict[Cell, tuple[str, str]] = {}
    for one in resolve(ledger.claims, court):
        for cell in one.cells.values():
            name = (one.table, one.record, cell.field)
            evidence = Evidence(
                one.table, cell, one.record, ledger.sources, court.decisions.get(name)
            )
            found[name] = (cell.verdict, evidence.reason)
    often = Counter(found.values())
    usual: dict[str, str] = {}
    for (verdict, reason), _ in sorted(often.items(), key=lambda one: (-one[1], one[0])):
        usual.setdefault(verdict, reason)
    special = {
        name: reason for name, (verdict, reason) in found.items() if usual[verdict] != reason
    }
    return usual, special


def manifest(moon: Dataset, edition: Edition, pieces: int) -> dict[str, Any]:
    """Return what the pages read first: the edition, and every table with its fields."""
    return {
        "edition": edition.version,
        "schema_version": edition.schema_version,
        "licence": [one["name"] for one in edition.descriptor.get("licenses", [])],
        "pieces": pieces,
        "tables": [
            {
                "name": name,
                "meaning": table.meaning,
                "rows": len(moon.table(name)),
                "key": list(table.key),
                "label": table.label,
                "headline": list(_headline(table)),
                "fields": {one: _described(field) for one, field in table.fields.items()},
            }
            for name, table in tables.all_tables().items()
        ],
    }


def _headline(table: Table) -> Sequence[str]:
    """Return the fields shown first: those of listings, with the key where it tells records."""
    shown = (
        table.headline
        or tuple(
            name for name, field in table.fields.items() if field.kind != "id" and not field.derived
        )[:_NOT_SHOWN]
    )
    lead = [part for part in table.key if part not in shown and part != "id"]
    return (*lead, *shown)


def _described(field: Field) -> dict[str, Any]:
    made: dict[str, Any] = {"kind": field.kind, "meaning": field.meaning}
    if field.unit:
        made["unit"] = field.unit
    if field.references:
        made["references"] = field.references[0]
    if field.vocabulary is not None:
        made["terms"] = dict(field.vocabulary.terms)
    return made
