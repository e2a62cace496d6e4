"""E106: the same claim twice in one source."""

from collections.abc import Iterator

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import EXISTENCE

REPEATED = Rule(
    code="E106",
    name="repeated-claim",
    severity=ERROR,
    reason="What a document says once at one place is one claim. The same row twice is a slip of "
    "copying, and mostly the second should have said something else.",
    bad="two rows `change-5,2020-11-23,Table 1`",
    good="one row `change-5,2020-11-23,Table 1`, or a second with its own locator",
)
RULES = (REPEATED,)


def check(examination: Examination) -> Iterator[Problem]:
    """Report one repeated claim per row; that a record exists may be said in many rows."""
    reported: set[tuple[str, int]] = set()
    for claim, (sheet, row) in examination.repeated:
        filled = any(
            row.cells[name]
            for name in sheet.columns
            if sheet.table and name in sheet.table.facts and name not in sheet.table.key
        )
        place = sheet.path, row.line
        # Without locators two places look like one; that has rules of its own.
        known = claim.locator and not (claim.field == EXISTENCE and filled)
        if place in reported or not known:
            continue
        reported.add(place)
        first = examination.standing(claim)
        subject = "the record" if claim.field == EXISTENCE else claim.field
        name = sheet.key[0] if claim.field == EXISTENCE else claim.field
        where = "line" if first.sheet is sheet else f"{first.sheet.path}, line"
        yield REPEATED.at(
            sheet.cell(row, name),
            f"The source says the same of {subject} in {where} {first.row.line}.",
            remedy="Delete one of the two, or correct its value or its locator.",
            record=sheet.record(row),
            field="" if claim.field == EXISTENCE else claim.field,
        )
