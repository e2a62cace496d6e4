"""Parties: an actor's place in an agreement."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._shared import Level
from lunarprogrammes.tables._table import Table, record

PARTY_ROLE = Vocabulary(
    "party role",
    "What an actor is to an agreement.",
    {
        "signatory": "Has signed it.",
        "party": "Is bound by it.",
        "issuer": "Issued or submitted it.",
        "addressee": "Is bound or addressed by it without being asked.",
        "outside": "Is expressly said not to have signed or joined it.",
    },
)


@record
class Party:
    """One actor's place in one agreement."""

    agreement: Annotated[
        str,
        kinds.reference(
            "agreements", meaning="The agreement.", example="artemis-accords", required=True
        ),
    ]
    party: Annotated[
        str, kinds.reference("actors", meaning="The actor.", example="nigeria", required=True)
    ]
    role: Annotated[
        str | None,
        kinds.term(PARTY_ROLE, "What it is to the agreement.", example="signatory", rule="latest"),
    ] = None
    level: Level = None
    signed: Annotated[
        UncertainDate | None, kinds.date("Date of its signature.", example="2022-12-13")
    ] = None
    ratified: Annotated[
        UncertainDate | None,
        kinds.date("Date of its ratification or accession.", example="2024-06-12"),
    ] = None
    ordinal: Annotated[
        int | None,
        kinds.integer("Its place in the order of signature, from 1.", example="22", minimum=1),
    ] = None
    summary: Annotated[
        str | None,
        kinds.prose(
            "What the sources say of its part, in our words.",
            example="Among the first African countries to sign.",
        ),
    ] = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(
    name="parties",
    record=Party,
    order=12,
    key=("agreement", "party"),
    starts=("signed", "ratified"),
    label="party",
    headline=("role", "level", "signed", "ratified", "ordinal"),
)
