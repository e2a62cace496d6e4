"""E103 to E105: a claim that does not say where it stands."""

from collections.abc import Iterator
from functools import cache

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.sheets import Sheet
from lunarprogrammes.check.words import nearest
from lunarprogrammes.evidence.witnesses import EDITORS
from lunarprogrammes.tables import all_tables

NO_COLUMN = Rule(
    code="E103",
    name="no-locator-column",
    severity=ERROR,
    reason="Every value can testify: each row says where in the document it stands.",
    bad="id,name",
    good="id,name,locator",
)
BLANK = Rule(
    code="E104",
    name="blank-locator",
    severity=ERROR,
    reason="A claim whose place in the document is not given cannot be looked up by anybody else.",
    bad="change-5,Chang'e 5,",
    good="change-5,Chang'e 5,\"Table 1, Chang'e 5\"",
)
EDITORS_LOCATOR = Rule(
    code="E105",
    name="editors-locator",
    severity=ERROR,
    reason="The editors cite the definition that they apply, so that their ordering can be checked "
    "against it.",
    bad="casc,company,by its charter",
    good="casc,company,docs/definitions.md#actor-kind",
)
RULES = (NO_COLUMN, BLANK, EDITORS_LOCATOR)

_MOST_HEADERS = 100
_DEFINITIONS = "docs/definitions.md#"


def check(examination: Examination) -> Iterator[Problem]:
    """Look for the locator of every row of every reading."""
    for sheet in examination.readings:
        if "locator" in sheet.columns:
            yield from _rows(sheet)
        elif sheet.has_key and not _is_misspelt(sheet):
            yield NO_COLUMN.at(
                sheet.header(),
                "The column 'locator' is missing.",
                expected="Expected in every reading where in the document each row stands.",
                remedy="Add the column locator and fill it in every row.",
                field="locator",
            )


def _is_definition(locator: str) -> bool:
    page, mark, anchor = locator.partition("#")
    return f"{page}#" == _DEFINITIONS and (not mark or anchor in _sections())


@cache
def _sections() -> frozenset[str]:
    """Return the sections of docs/definitions.md that define a field open to the editors.

    A vocabulary has a section of its own; any other such field has one under its name.
    """
    fields = [item for table in all_tables().values() for item in table.facts.items()]
    names = {
        field.vocabulary.name if field.vocabulary else name
        for name, field in fields
        if field.editorial
    }
    return frozenset(name.replace(" ", "-").replace("_", "-") for name in names)


def _is_misspelt(sheet: Sheet) -> bool:
    """Say whether an unknown column was meant to be the locator; the header's rule reports it."""
    others = [name for name in sheet.known_columns if name not in sheet.file.header]
    return any(
        nearest(name, others) == "locator"
        for name in sheet.file.header[:_MOST_HEADERS]
        if name not in sheet.columns
    )


def _rows(sheet: Sheet) -> Iterator[Problem]:
    def is_bad(locator: str) -> bool:
        return not locator or (sheet.source == EDITORS and not _is_definition(locator))

    for row in sheet.rows_where("locator", is_bad):
        locator = row.cells["locator"]
        if not locator:
            yield BLANK.at(
                sheet.cell(row, "locator"),
                "The locator is blank.",
                expected="Expected where in the document the row stands.",
                remedy="Name the page, section, table or paragraph, such as Table 1 or p. 9.",
                record=sheet.record(row),
                field="locator",
            )
        else:
            anchor = locator.rpartition("#")[2]
            near = nearest(anchor, _sections())
            what = f"The editors cite '{locator}'."
            if locator.startswith(_DEFINITIONS):
                what = f"{_DEFINITIONS[:-1]} has no section '{anchor}'."
            yield EDITORS_LOCATOR.at(
                sheet.cell(row, "locator"),
                what,
                expected="Expected the definition in docs/ that is applied.",
                remedy=f"Did you mean {_DEFINITIONS}{near}?"
                if near
                else "Write it as docs/definitions.md#actor-kind is written.",
                record=sheet.record(row),
                field="locator",
            )
