"""E107, E108: the editors order the world and state nothing about it."""

from collections.abc import Iterator

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.suggestions import near, where_it_stands
from lunarprogrammes.evidence.witnesses import EDITORS

FACT = Rule(
    code="E107",
    name="editors-state-a-fact",
    severity=ERROR,
    reason="A date, a name, a figure or a membership comes from a document or is not known. The "
    "editors may fill only the fields that order the world, such as kind, parent and sequence.",
    bad="launch_date in seeds/editors/missions.csv",
    good="launch_date in the folder of a document that states it",
)
UNATTESTED = Rule(
    code="E108",
    name="unattested-record",
    severity=ERROR,
    reason="A record exists because a document speaks of it, and never because the editors do.",
    bad="change-9,relay,docs/definitions.md#mission-type, where no document names change-9",
    good="a row for change-9 in the folder of a document that names it",
)
RULES = (FACT, UNATTESTED)

_NOTHING_NEAR = "Add the row, or delete this one."


def check(examination: Examination) -> Iterator[Problem]:
    """Look at the editors' columns, then at the records of which nobody else speaks."""
    yield from _facts(examination)
    yield from _unattested(examination)


def _facts(examination: Examination) -> Iterator[Problem]:
    for sheet in examination.readings:
        if sheet.source != EDITORS or sheet.table is None:
            continue
        table = sheet.table
        open_fields = [name for name, field in table.facts.items() if field.editorial]
        for name in sheet.columns:
            closed = name in table.facts and name not in (*table.key, *open_fields)
            if closed and any(sheet.file.columns[name]):
                listed = ", ".join(open_fields)
                yield FACT.at(
                    sheet.header(name),
                    f"The editors fill the field {name} of {table.name}.",
                    expected=f"Expected of them only {listed}."
                    if listed
                    else "No field of this table is open to them.",
                    remedy="Move the cells to the folder of the document that states them.",
                    field=name,
                )


def _unattested(examination: Examination) -> Iterator[Problem]:
    for table, records in examination.unattested.items():
        if table in examination.incomplete_tables:
            continue
        ids = sorted(examination.records[table])
        for record in records:
            found = near(examination, UNATTESTED.code, record, ids)
            where = where_it_stands(examination, [table], found) if found else ""
            remedy = f"Did you mean {found}? {where}".rstrip() if found else _NOTHING_NEAR
            first = examination.first_standing(examination.by_record[table, record])
            yield UNATTESTED.at(
                first.sheet.first_key(first.row),
                f"Only the editors speak of {table}/{record}.",
                expected="Expected a row for it in the folder of some document.",
                remedy=remedy,
                record=f"{table}/{record}",
            )
