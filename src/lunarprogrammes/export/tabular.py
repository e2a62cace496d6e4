"""What every tabular export shares: which tables there are, bounds beside a cell, the words about.

The editors' decisions are no table of the dataset (nobody reads them in a document), but an export
that left them out would hide why some cells are as they are; here they get fields like the others.
"""

import datetime
from collections.abc import Iterator
from typing import Annotated

import lunarprogrammes
from lunarprogrammes import tables
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.edition import Edition
from lunarprogrammes.export.frictionless import HOME
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import Field, Table
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._redirects import REDIRECTS
from lunarprogrammes.tables._table import record
from lunarprogrammes.view import View

BOUNDED = ("date", "quantity")
"""The kinds of field whose text stays text, with a lower and an upper bound beside it."""

_CITING_A_FACT = "To cite one fact, name the id of its claim as well (table claims)."
WHAT = (
    "A sourced reference dataset of lunar programmes: every mission, programme and partner "
    "fact with the document that states it, the place in that document, and the date on which "
    "it was so."
)
_DATES = (
    "A date or a figure is text, exactly as precise as its source: 2026 is the whole year, "
    "2030~ about 2030, 2026/.. no earlier than 2026, ~2000 about 2000. The columns _lower and "
    "_upper beside it hold its bounds, to sort and compute with; an empty bound is open. How "
    "far about reaches is a convention that the documentation states."
)
_EVIDENCE = (
    "The column sources names the documents that speak for a row, contested the fields on "
    "which they contradict each other. The table claims holds every statement with its "
    "document and place, sources the documents, decisions what the editors decided and why, "
    "redirects the ids that were retired and which are meant now."
)

Bound = datetime.date | int | float | None


@record
class DecisionRow:
    """One decision of the editors: the claims that prevail in a cell, since when, and why."""

    table: Annotated[str, kinds.slug("Table of the cell.", example="missions", required=True)]
    record: Annotated[str, kinds.text("Record of the cell.", example="luna-2", required=True)]
    field: Annotated[str, kinds.text("Field of the cell.", example="landing_date", required=True)]
    value: Annotated[
        str | None,
        kinds.text("Value that prevails; empty where the cell stays empty.", example="1959-09-13"),
    ] = None
    reason: Annotated[
        str, kinds.text("Why it was decided so.", example="Two of the three say so.", required=True)
    ]
    decided: Annotated[
        UncertainDate, kinds.date("Date of the decision.", example="2026-11-22", required=True)
    ]


DECISIONS = Table(
    name="decisions", record=DecisionRow, order=20, key=("table", "record", "field"), label="reason"
)


def exported_tables() -> dict[str, Table]:
    """Return every table that an export holds, by name: first those of the dataset.

    >>> [*exported_tables()][0], [*exported_tables()][-3:]
    ('missions', ['claims', 'decisions', 'redirects'])
    """
    return {**tables.all_tables(), DECISIONS.name: DECISIONS, REDIRECTS.name: REDIRECTS}


def view_of(edition: Edition, table: Table) -> View[object]:
    """Return all rows of a table, held by nothing else, so that they go when the view goes."""
    dataset = Dataset(edition)
    if table.name in tables.names_of_tables():
        return dataset.table(table.name)
    return View(dataset, table, {table.record_id(row): row for row in edition.rows(table.name)})


def bounds(field: Field, text: str) -> tuple[Bound, Bound]:
    """Return the bounds of a date or figure; None where one is open, unknown or the cell empty.

    >>> bounds(tables.get("missions").fields["sample_mass_g"], ">800")
    (800, None)
    """
    if not text:
        return None, None
    if field.kind == "date":
        date = UncertainDate(text)
        return date.lower, date.upper
    quantity = Quantity(text)
    return quantity.lower, quantity.upper


def about(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield what a person who finds the file alone has to know, each with a short heading.

    >>> dict(about(Edition.open()))["Data licence"]
    'Creative Commons Attribution 4.0 (CC-BY-4.0), https://creativecommons.org/licenses/by/4.0/'
    """
    version = edition.version
    yield "Title", str(edition.descriptor.get("title", "lunarprogrammes"))
    yield "What it is", WHAT
    yield "Edition", version
    yield "Schema version", lunarprogrammes.__version__
    for licence in edition.descriptor.get("licenses", []):
        yield "Data licence", f"{licence['title']} ({licence['name']}), {licence['path']}"
    cited = f"The lunarprogrammes maintainers ({version[:4]}): lunarprogrammes, edition {version}."
    yield "How to cite", f"{cited} Dataset, {HOME}. {_CITING_A_FACT}"
    yield "Documentation", HOME
    yield (
        "Empty cells",
        "No source that was read states the value. It does not mean zero, no, or not applicable.",
    )
    yield "Dates and figures", _DATES
    yield "Where it comes from", _EVIDENCE
