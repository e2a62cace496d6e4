"""Partners: an actor's place in a programme."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._shared import Level
from lunarprogrammes.tables._table import Table, record

COUNTED_AS = Vocabulary(
    "counted as",
    "The class under which a source counts a partner, which may differ from what it is.",
    {
        "country": "Counted among the countries.",
        "non-governmental": "Counted among the non-governmental entities.",
        "intergovernmental": "Counted among the intergovernmental bodies.",
    },
)

PARTNER_ROLE = Vocabulary(
    "partner role",
    "What part an actor has in a programme.",
    {
        "lead": "Leads or manages it.",
        "co-founder": "Announced or builds it jointly with another, as an equal.",
        "partner": "Takes part in it.",
        "junior-partner": "Takes part in it in a role described as minor.",
        "supplier": "Provides something to it for pay.",
        "observer": "Follows it without taking part.",
        "outside": "Is expressly said to be kept out of it or to stay out.",
    },
)

PARTNER_STATUS = Vocabulary(
    "partner status",
    "Where a partnership stands on the date of the statement.",
    {
        "invited": "Has been asked to join.",
        "intended": "Has said that it means to join.",
        "agreed": "Has announced or agreed to take part; a signature is not stated.",
        "signed": "Has signed an instrument of participation.",
        "active": "Takes part in fact.",
        "inactive": "Takes part by name; the source doubts or denies that it does in fact.",
        "withdrawn": "Has left.",
        "not-joined": "Is expressly said not to have joined, whatever others report.",
        "excluded": "Is kept out by law or by decision.",
    },
    stands_over={
        "signed": ("agreed",),
        "active": ("agreed", "signed"),
        "inactive": ("agreed", "signed"),
    },
)


@record
class Partner:
    """One actor's place in one programme."""

    programme: Annotated[
        str,
        kinds.reference("programmes", meaning="The programme.", example="ilrs", required=True),
    ]
    partner: Annotated[
        str, kinds.reference("actors", meaning="The actor.", example="russia", required=True)
    ]
    role: Annotated[
        str | None,
        kinds.term(PARTNER_ROLE, "What part it has.", example="co-founder", rule="latest"),
    ] = None
    level: Level = None
    counted_as: Annotated[
        str | None,
        kinds.term(COUNTED_AS, "The class under which the source counts it.", example="country"),
    ] = None
    status: Annotated[
        str | None,
        kinds.term(
            PARTNER_STATUS, "Where the partnership stands.", example="signed", rule="latest"
        ),
    ] = None
    joined: Annotated[
        UncertainDate | None, kinds.date("Date on which it joined.", example="2021-03")
    ] = None
    left: Annotated[
        UncertainDate | None, kinds.date("Date on which it left.", example="2025-01-28")
    ] = None
    agreement: Annotated[
        str | None,
        kinds.reference(
            "agreements", meaning="Instrument by which it joined.", example="ilrs-memorandum-2021"
        ),
    ] = None
    summary: Annotated[
        str | None,
        kinds.prose(
            "What the sources say of its part, in our words.",
            example="Provides rocket capabilities.",
            rule="latest",
        ),
    ] = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(
    name="partners",
    record=Partner,
    order=3,
    key=("programme", "partner"),
    starts=("joined",),
    ends=("left",),
    label="partner",
    headline=("role", "level", "counted_as", "status", "joined", "left"),
)
