"""Indicators: a figure at a date."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._shared import Contradicts
from lunarprogrammes.tables._table import Table, record


@record
class Indicator:
    """One figure at a date: signatories, budget, papers, taikonauts flown."""

    id: Annotated[str, kinds.identifier("Slug of the figure.", example="ilrs-countries-2024-04")]
    subject: Annotated[
        str | None,
        kinds.any_record(
            "Record that is measured, as table/id.", example="programmes/ilrs", required=True
        ),
    ] = None
    indicator: Annotated[
        str | None,
        kinds.slug(
            "What is measured; the same word for the same thing.",
            example="member-countries",
            required=True,
        ),
    ] = None
    value: Annotated[
        Quantity | None,
        kinds.quantity("The figure with its qualifier.", example="8", required=True),
    ] = None
    unit: Annotated[
        str | None,
        kinds.text("Unit, or the thing counted.", example="countries", required=True),
    ] = None
    date: Annotated[
        UncertainDate | None, kinds.date("Date for which it holds.", example="2024-04")
    ] = None
    contradicts: Contradicts = None
    summary: Annotated[
        str | None,
        kinds.prose(
            "What is counted and what is not, in our words.",
            example="Countries other than China that have signed; Russia is one of them.",
        ),
    ] = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(
    name="indicators",
    record=Indicator,
    order=16,
    label="indicator",
    headline=("subject", "indicator", "value", "unit", "date"),
)
