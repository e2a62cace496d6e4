"""Systems: launch vehicles, crew vehicles, lander designs, networks, constellations, stations."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._shared import Wikidata
from lunarprogrammes.tables._table import Table, record

SYSTEM_KIND = Vocabulary(
    "system kind",
    "What sort of system serves the missions.",
    {
        "launch-vehicle": "A rocket, or a class of rockets, that leaves Earth.",
        "launch-vehicle-family": "A series of rockets under one name.",
        "crew-vehicle": "A spacecraft design that carries people.",
        "lander": "A design of landing craft used for several missions.",
        "space-station": "A station in orbit or on the surface.",
        "tracking-network": "Ground stations that track and command spacecraft together.",
        "constellation": "Satellites that serve one purpose together.",
        "navigation-system": "Satellites and ground equipment that serve navigation.",
        "transport-hub": "A station from which vehicles leave for deep space.",
        "shuttle": "A vehicle that goes to and fro, such as the space shuttle.",
        "surveillance-system": "Equipment that detects and follows objects in space.",
        "observatory": "Telescopes and other equipment for astronomy.",
    },
)

SYSTEM_STATUS = Vocabulary(
    "system status",
    "Where a system stands on the date of the statement.",
    {
        "concept": "Put forward, not under development.",
        "in-development": "Being developed or built.",
        "operating": "In use.",
        "retired": "No longer in use.",
        "cancelled": "Given up before use.",
    },
)


@record
class System:
    """One launch vehicle, crew vehicle, lander design, tracking network, constellation or space
    station.
    """

    id: Annotated[str, kinds.identifier("Slug of the system.", example="long-march-5")]
    name: Annotated[str | None, kinds.name("Usual English name.", example="Long March 5")] = None
    kind: Annotated[
        str | None,
        kinds.term(
            SYSTEM_KIND, "What sort of system it is.", example="launch-vehicle", editorial=True
        ),
    ] = None
    developer: Annotated[
        str | None,
        kinds.reference("actors", meaning="Actor that develops or builds it.", example="casc"),
    ] = None
    operator: Annotated[
        str | None, kinds.reference("actors", meaning="Actor that operates it.", example="nasa")
    ] = None
    country: Annotated[
        str | None,
        kinds.reference("actors", meaning="Country of its developer or operator.", example="china"),
    ] = None
    programme: Annotated[
        str | None,
        kinds.reference("programmes", meaning="Programme it belongs to.", example="clep"),
    ] = None
    parent: Annotated[
        str | None,
        kinds.reference(
            "systems",
            meaning="System of which it is a part or a member.",
            example="long-march",
            editorial=True,
        ),
    ] = None
    first_flight: Annotated[
        UncertainDate | None,
        kinds.date("Date of its first flight or use in fact, UTC.", example="2016-11-03"),
    ] = None
    planned_first_flight: Annotated[
        UncertainDate | None,
        kinds.date(
            "Date of its first flight or use as planned on the date of the statement.",
            example="2027/..",
            rule="latest",
        ),
    ] = None
    retired: Annotated[
        UncertainDate | None, kinds.date("Date on which its use ended, UTC.", example="2011")
    ] = None
    planned_retirement: Annotated[
        UncertainDate | None,
        kinds.date(
            "Date on which its use is to end, as planned on the date of the statement.",
            example="2030",
            rule="latest",
        ),
    ] = None
    status: Annotated[
        str | None,
        kinds.term(SYSTEM_STATUS, "Where it stands.", example="operating", rule="latest"),
    ] = None
    payload_to_tli_kg: Annotated[
        Quantity | None,
        kinds.quantity(
            "Mass it can send to trans-lunar injection.", unit="kg", example="8200", minimum=0
        ),
    ] = None
    objective: Annotated[
        str | None, kinds.prose("What it is for, in our words.", example="Track lunar probes.")
    ] = None
    summary: Annotated[
        str | None,
        kinds.prose(
            "What it is or consists of, in our words.",
            example="Heavy-lift rocket that failed in 2017.",
        ),
    ] = None
    wikidata: Wikidata = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(
    name="systems",
    record=System,
    order=7,
    headline=("name", "kind", "developer", "planned_first_flight", "status"),
)
