"""S107: a cell that names a record which no document speaks of."""

from collections.abc import Iterator

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.sheets import Sheet
from lunarprogrammes.check.sidecars import retired_ids
from lunarprogrammes.check.suggestions import near, where_it_stands
from lunarprogrammes.check.words import expects
from lunarprogrammes.tables import Field

UNKNOWN_RECORD = Rule(
    code="S107",
    name="unknown-record",
    severity=ERROR,
    reason="A record exists because a document speaks of it. A cell that names another one is a "
    "misprint, or a row is missing.",
    bad="operator: cnas",
    good="operator: cnsa, with a row for cnsa in some actors.csv",
)
RULES = (UNKNOWN_RECORD,)


def check(examination: Examination) -> Iterator[Problem]:
    """Look up every reference of every reading, each distinct text once."""
    for sheet in examination.readings:
        for name, field in sheet.columns.items():
            if field.kind in {"reference", "record"}:
                yield from _column(examination, sheet, name, field)


def _column(examination: Examination, sheet: Sheet, name: str, field: Field) -> Iterator[Problem]:
    texts = sheet.distinct(name).difference([""])
    if field.kind == "reference":
        texts = texts.difference(*(examination.records.get(one, ()) for one in field.references))
    unknown = {text for text in texts if not _is_known(examination, field, text)}
    # A retired id has a rule of its own, which knows the new one.
    retired = retired_ids(examination)
    unknown = {text for text in unknown if not any(key in retired for key in targets(field, text))}
    unknown = {text for text in unknown if examination.remark(field, text) is None}
    if not unknown:
        return
    known = sorted(set().union(*(examination.records[table] for table in field.references)))
    remedies = {text: _remedy(examination, field, text, known) for text in sorted(unknown)}
    for row in sheet.rows_where(name, unknown.__contains__):
        text = row.cells[name]
        yield UNKNOWN_RECORD.at(
            sheet.cell(row, name),
            f"No document speaks of '{text}'.",
            expected=expects(field),
            remedy=remedies[text],
            record=sheet.record(row),
            field=name,
        )


def targets(field: Field, text: str) -> list[tuple[str, str]]:
    """Return table and id of every record that a text of a field may name."""
    tables, record = _targets(field, text)
    return [(table, record) for table in tables]


def _targets(field: Field, text: str) -> tuple[tuple[str, ...], str]:
    """Return the tables in which a text may name a record, and the id."""
    if field.kind == "reference":
        return field.references, text
    table, _, record = text.partition("/")
    return (table,), record


def _is_known(examination: Examination, field: Field, text: str) -> bool:
    tables, record = _targets(field, text)
    # What a file that could not be read says is not known, so that nothing is missing for certain.
    return any(
        table in examination.incomplete_tables or record in examination.records.get(table, ())
        for table in tables
    )


def _remedy(examination: Examination, field: Field, text: str, known: list[str]) -> str:
    tables, record = _targets(field, text)
    if tables[0] not in examination.records:
        table = near(examination, UNKNOWN_RECORD.code, tables[0], examination.records)
        return f"Did you mean {table}/{record}?" if table else "Name a table before the slash."
    # Only a reference has the same tables for every text.
    ids = known if field.kind == "reference" else examination.records[tables[0]]
    add = f"add a row for it to {' or '.join(f'{table}.csv' for table in tables)}."
    found = near(examination, UNKNOWN_RECORD.code, record, ids)
    if found is None:
        return f"A{add[1:]}"
    full = f"{tables[0]}/{found}" if field.kind == "record" else found
    where = where_it_stands(examination, tables, found)
    return " ".join(part for part in (f"Did you mean {full}?", where, f"If not, {add}") if part)
