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
        "former-party": "Was bound by it and has withdrawn.",
        "outside": "Is expressly said not to have signed or joined it.",
    },
    stands_over={"party": ("signatory",)},
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
        kinds.date(
            "Date of its ratification, acceptance, accession or succession.", example="2024-06-12"
        ),
    ] = None
    in_force: Annotated[
        UncertainDate | None,
        kinds.date("Date on which the agreement began to bind it.", example="1984-07-11"),
    ] = None
    withdrawal_notified: Annotated[
        UncertainDate | None,
        kinds.date("Date on which it gave notice of its withdrawal.", example="2023-01-05"),
    ] = None
    withdrawn: Annotated[
        UncertainDate | None,
        kinds.date("Date on which its withdrawal took effect.", example="2024-01-05"),
    ] = None
    signing_body: Annotated[
        str | None,
        kinds.reference(
            "actors",
            meaning="Agency, ministry or institution that signed for it.",
            example="israel-space-agency",
        ),
    ] = None
    signed_by: Annotated[
        str | None,
        kinds.prose(
            "Person who signed for it, with the office held, as stated.",
            example="Uri Oron, director general of the Israel Space Agency",
        ),
    ] = None
    signed_at: Annotated[
        str | None,
        kinds.prose(
            "Place or occasion of its signature, as stated.",
            example="73rd International Astronautical Congress, Paris",
        ),
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
    ends=("withdrawn",),
    label="party",
    headline=("role", "level", "signed", "ratified", "ordinal"),
)
