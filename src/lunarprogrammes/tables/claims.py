"""Claims: the ledger, with the verdict on every claim."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Field, Vocabulary
from lunarprogrammes.tables._table import Table, record

CERTAINTY = Vocabulary(
    "certainty",
    "How the source puts what it says.",
    {
        "stated": "As a fact. The default, left empty in readings.",
        "planned": "As something intended or scheduled.",
        "reported": "As something that others say, without making it its own.",
        "estimated": "As a calculation or a guess.",
        "opinion": "As somebody's view.",
        "denied": "As something that is not so: the value is what the source denies.",
    },
)

VERDICT = Vocabulary(
    "verdict",
    "What the resolution found in the cell that the claim speaks of.",
    {
        "single": "One independent source speaks, and nothing contradicts it.",
        "agreed": "Several independent sources speak, and all are compatible.",
        "superseded": "Later statements replaced earlier ones; nothing else disagrees.",
        "contested": "Claims contradict each other, and none is merely older.",
        "denied": "Nothing but denials: the cell stays empty.",
    },
)

STANDING = Vocabulary(
    "standing",
    "What the resolution made of the claim itself.",
    {
        "chosen": "Its value is the one that the table shows.",
        "supporting": "It is compatible with the chosen claim.",
        "superseded": "It says something else, and a later statement replaced it.",
        "rejected": "It contradicts the chosen claim, or denies what was chosen.",
    },
)

EVIDENCE = {
    "locator": kinds.text(
        "Where in the document it stands.", example="Table 1, Queqiao-2", required=True
    ),
    "as_of": kinds.date(
        "Date for which the statement holds, when it is not the document's own.", example="2024-04"
    ),
    "certainty": kinds.term(CERTAINTY, "How the source puts it.", example="planned"),
    "cites": kinds.text(
        "What the document itself names as its authority for it.", example="Jones 2024d"
    ),
    "remark": kinds.text("How it was read where that is not obvious.", example="2 kg converted."),
}
"""The evidence columns that every reading carries beside the columns of its table."""


@record
class ClaimRow:
    """One claim: who says what of which cell, where, as of when, and what became of it."""

    id: Annotated[
        str,
        kinds.code(
            "Short hash of what the claim says and where.",
            example="k3vq7m2xw5ta",
            pattern="^[a-z2-7]{12}$",
            expected="Expected twelve letters and digits.",
            required=True,
        ),
    ]
    table: Annotated[str, kinds.slug("Table of the cell.", example="missions", required=True)]
    record: Annotated[
        str,
        kinds.text(
            "Record of the cell; keys of several fields are joined by colons.",
            example="queqiao-2",
            required=True,
        ),
    ]
    field: Annotated[
        str,
        kinds.code(
            "Field of the cell; * claims that the record exists.",
            example="launch_date",
            pattern="^([a-z][a-z0-9_]*|[*])$",
            expected="Expected the name of a field, or *.",
            required=True,
        ),
    ]
    value: Annotated[
        str | None,
        kinds.text("What is claimed; empty where the record's existence is.", example="2024-03-20"),
    ] = None
    source: Annotated[
        str,
        kinds.reference(
            "sources",
            meaning="Who says it.",
            example="unnamed-2024-prc-cislunar-report",
            required=True,
        ),
    ]
    locator: Annotated[str, EVIDENCE["locator"]]
    as_of: Annotated[UncertainDate | None, EVIDENCE["as_of"]] = None
    certainty: Annotated[str, EVIDENCE["certainty"]] = "stated"
    cites: Annotated[str | None, EVIDENCE["cites"]] = None
    remark: Annotated[str | None, EVIDENCE["remark"]] = None
    verdict: Annotated[
        str | None,
        Field(
            kind="term",
            meaning="What the resolution found in the cell.",
            example="contested",
            vocabulary=VERDICT,
            derived=True,
        ),
    ] = None
    standing: Annotated[
        str | None,
        Field(
            kind="term",
            meaning="What the resolution made of this claim.",
            example="chosen",
            vocabulary=STANDING,
            derived=True,
        ),
    ] = None


TABLE = Table(
    name="claims",
    record=ClaimRow,
    order=19,
    label="value",
    headline=("table", "record", "field", "value", "source", "locator", "standing"),
)
