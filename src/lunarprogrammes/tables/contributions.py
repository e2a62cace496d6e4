"""Contributions: what an actor brings to a mission or programme that is not an instrument."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._table import Table, record

CONTRIBUTION_KIND = Vocabulary(
    "contribution kind",
    "What is brought.",
    {
        "tracking": "Ground stations or tracking data.",
        "relay": "Communications relay.",
        "navigation": "Navigation services.",
        "samples": "Lunar samples, or access to them.",
        "data": "Measurements or orbits.",
        "module": "Part of a station or of a spacecraft, such as a service module.",
        "lander": "A lander, or deliveries to the surface.",
        "rover": "A rover, or work on one.",
        "launch": "A launch, or a launch vehicle.",
        "crew-seat": "A place on board for a person.",
        "technology": "Technical knowledge or capability.",
        "mission": "A mission flown for the common purpose.",
        "funding": "Money.",
        "recognition": "Congratulation or political support.",
        "infrastructure": "Ground infrastructure such as a spaceport.",
    },
)

CONTRIBUTION_STATUS = Vocabulary(
    "contribution status",
    "Where a contribution stands on the date of the statement.",
    {
        "offered": "Offered, not taken up.",
        "requested": "Asked for, not granted.",
        "discussed": "Talked about between the two.",
        "agreed": "Agreed, not yet given.",
        "given": "Given in fact.",
        "withdrawn": "Called off, or no longer wanted.",
        "possible": "Raised by the source as a possibility.",
    },
    stands_over={"given": ("agreed", "offered"), "agreed": ("offered",)},
)


@record
class Contribution:
    """One thing that an actor brings to a mission or programme and that is not an instrument:
    tracking, relay, samples, a module, a launch.
    """

    id: Annotated[
        str, kinds.identifier("Slug of the contribution.", example="queqiao-1-access-for-nasa")
    ]
    mission: Annotated[
        str | None,
        kinds.reference(
            "missions",
            meaning="Mission that it serves, or that is contributed.",
            example="queqiao-1",
        ),
    ] = None
    programme: Annotated[
        str | None, kinds.reference("programmes", meaning="Programme it serves.", example="ilrs")
    ] = None
    contributor: Annotated[
        str | None, kinds.reference("actors", meaning="Actor that brings it.", example="china")
    ] = None
    recipient: Annotated[
        str | None, kinds.reference("actors", meaning="Actor that receives it.", example="nasa")
    ] = None
    kind: Annotated[
        str | None,
        kinds.term(CONTRIBUTION_KIND, "What is brought.", example="relay", editorial=True),
    ] = None
    agreed: Annotated[
        UncertainDate | None, kinds.date("Date on which it was agreed.", example="2023-11")
    ] = None
    status: Annotated[
        str | None,
        kinds.term(CONTRIBUTION_STATUS, "Where it stands.", example="given", rule="latest"),
    ] = None
    summary: Annotated[
        str | None,
        kinds.prose(
            "What is brought, in our words.",
            example="Use of the relay satellite for missions to the far side.",
            required=True,
        ),
    ] = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(
    name="contributions",
    record=Contribution,
    order=13,
    starts=("agreed",),
    label="summary",
    headline=("contributor", "recipient", "kind", "status", "summary"),
)
