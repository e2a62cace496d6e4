"""S108: a record without a value that every record of its table must have."""

from collections.abc import Iterator

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.tables import Table, all_tables

MISSING_VALUE = Rule(
    code="S108",
    name="missing-value",
    severity=ERROR,
    reason="A record without its name, or without the value that it is there for, tells a reader "
    "nothing. Some document must state it; one is enough.",
    bad="a row for change-5 in one document, and its name in none",
    good="a row for change-5 with its name in at least one document",
)
RULES = (MISSING_VALUE,)


def check(examination: Examination) -> Iterator[Problem]:
    """Look in every record for the fields that must be filled."""
    for table in all_tables().values():
        needed = [
            name for name, field in table.facts.items() if field.required and name not in table.key
        ]
        # Sources are described in source.json, which has rules of its own.
        settled = {"sources"} | examination.incomplete_tables
        if needed and table.name not in settled:
            yield from _missing(examination, table, needed)


def _missing(examination: Examination, table: Table, needed: list[str]) -> Iterator[Problem]:
    records = examination.records[table.name]
    bare = [
        (record, name)
        for name in needed
        for record in sorted(records - examination.stated(table.name, name))
    ]
    for record, name in bare:
        if (table.name, record, name) in examination.spoiled:
            continue
        first = examination.first_standing(examination.by_record[table.name, record])
        field = table.facts[name]
        example = field.example.removesuffix(".")
        yield MISSING_VALUE.at(
            first.sheet.first_key(first.row),
            f"No document gives the field {name} of {table.name}/{record}.",
            expected=f"Expected from at least one of them: {field.meaning}",
            remedy=f"Fill {name} in one row of the record, such as {example}.",
            record=f"{table.name}/{record}",
            field=name,
        )
