"""E118: a source that nobody uses."""

from collections.abc import Iterator

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule

UNUSED = Rule(
    code="E118",
    name="unused-source",
    severity=ERROR,
    reason="A document that claims nothing has not been read, or its readings have been lost.",
    bad="seeds/bloomberg-2023-alliance/ with source.json alone",
    good="seeds/bloomberg-2023-alliance/ with source.json and missions.csv",
)
RULES = (UNUSED,)


def check(examination: Examination) -> Iterator[Problem]:
    """Report sources without a file of claims; a file that claims nothing has its own problem."""
    read = {sheet.source for sheet in examination.readings}
    stray = {path.parent.name for path in examination.seeds.strangers if path.suffix == ".csv"}
    for entry in examination.entries.values():
        if entry.is_read and entry.id not in read | stray:
            yield UNUSED.at(
                entry.place(),
                f"No claim comes from {entry.id}.",
                remedy="Add what the document says, or delete the folder.",
                record=f"sources/{entry.id}",
            )
