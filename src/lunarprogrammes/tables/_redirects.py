"""The table of retired ids: which record a link, a citation or a reading meant under an old id.

No table of the dataset (no document states it), but a part of every edition and of every export.
"""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._table import Table, record


@record
class RedirectRow:
    """One retired id, and the record for which it stands now, in the same table."""

    table: Annotated[str, kinds.slug("Table of the record.", example="missions", required=True)]
    old_id: Annotated[str, kinds.slug("Id that was retired.", example="chang-e-5", required=True)]
    new_id: Annotated[
        str | None,
        kinds.slug(
            "Id of the record that is meant; empty where the record was withdrawn.",
            example="change-5",
        ),
    ] = None
    retired: Annotated[
        UncertainDate,
        kinds.date("Day on which the id was retired.", example="2026-11-22", required=True),
    ]
    reason: Annotated[
        str,
        kinds.text("Why it was retired.", example="Spelt as the agency spells it.", required=True),
    ]


REDIRECTS = Table(
    name="redirects", record=RedirectRow, order=21, key=("table", "old_id"), label="reason"
)
