"""Spacecraft: one orbiter, lander, rover, hopper, ascender, capsule, relay or subsatellite."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._shared import ArrivalDate, CosparId, Wikidata
from lunarprogrammes.tables._table import Table, record

SPACECRAFT_KIND = Vocabulary(
    "spacecraft kind",
    "What part a spacecraft plays in its mission.",
    {
        "orbiter": "Orbits the Moon, or carries the others there.",
        "lander": "Comes down on the surface to work there.",
        "rover": "Moves about on the surface on wheels or legs.",
        "hopper": "Moves about on the surface by flying or hopping.",
        "robot": "Works on the surface without being a rover, such as a 3D printing robot.",
        "ascender": "Leaves the surface.",
        "return-capsule": "Brings samples or data carriers down to Earth.",
        "crew-capsule": "Carries people.",
        "relay": "Passes on communications.",
        "test-satellite": "Tests equipment or methods in orbit.",
        "subsatellite": "A small craft released by a larger one.",
        "impactor": "Is meant to strike the surface.",
        "flyby-craft": "Passes the Moon.",
        "service-module": "Propels or supplies the others, such as a propulsion or service module.",
        "rocket-stage": "A stage of a rocket that went on to the Moon.",
        "mock-up": "A model flown in the place of a craft.",
    },
)

SPACECRAFT_STATUS = Vocabulary(
    "spacecraft status",
    "Where a spacecraft stands on the date of the statement.",
    {
        "planned": "Not launched.",
        "operating": "Launched and in contact.",
        "ageing": "Operating, and said to be near or past its expected life.",
        "ended": "No longer operated.",
        "lost": "Destroyed, or out of contact before its time.",
    },
)

SURFACE_CONTACT = Vocabulary(
    "surface contact",
    "How a craft met the surface of the Moon; the counts of landings rest on it.",
    {
        "soft-landing": "Came down at a speed that it survived, and worked on the surface.",
        "impaired-landing": "Sent data from the surface, but lay on its side, was damaged, or "
        "could not begin the work for which it was sent.",
        "crash": "Struck the surface while it was to land, to pass or to stay in orbit.",
        "impact": "Struck the surface as intended, to learn from it or to end its work.",
        "decay": "Fell from its orbit after it was given up.",
    },
)


@record
class Spacecraft:
    """One orbiter, lander, rover, hopper, ascender, capsule, relay or subsatellite."""

    id: Annotated[str, kinds.identifier("Slug of the spacecraft.", example="yutu-2")]
    name: Annotated[str | None, kinds.name("Usual English name.", example="Yutu-2")] = None
    mission: Annotated[
        str | None,
        kinds.reference("missions", meaning="Mission it belongs to.", example="change-4"),
    ] = None
    kind: Annotated[
        str | None,
        kinds.term(
            SPACECRAFT_KIND, "What part it plays in its mission.", example="rover", editorial=True
        ),
    ] = None
    operator: Annotated[
        str | None, kinds.reference("actors", meaning="Actor that operates it.", example="cnsa")
    ] = None
    manufacturer: Annotated[
        str | None, kinds.reference("actors", meaning="Actor that built it.", example="casc")
    ] = None
    cospar_id: CosparId = None
    satcat_id: Annotated[
        str | None,
        kinds.code(
            "Number in the satellite catalogue.",
            example="43845",
            pattern="^[0-9]{1,9}$",
            expected="Expected a catalogue number such as 43845.",
        ),
    ] = None
    launch_mass_kg: Annotated[
        Quantity | None,
        kinds.quantity(
            "Mass at launch, propellant included.", unit="kg", example="3780", minimum=0
        ),
    ] = None
    dry_mass_kg: Annotated[
        Quantity | None,
        kinds.quantity(
            "Mass without propellant, or as it came down on the surface.",
            unit="kg",
            example="140",
            minimum=0,
        ),
    ] = None
    orbit: Annotated[
        str | None,
        kinds.prose(
            "Orbit it works in, in our words.",
            example="Halo orbit around the second Earth-Moon Lagrange point.",
            rule="latest",
        ),
    ] = None
    planned_orbit: Annotated[
        str | None,
        kinds.prose(
            "Orbit it is to move to, in our words.",
            example="Orbit with a period of 12 hours.",
            rule="latest",
        ),
    ] = None
    arrival_date: ArrivalDate = None
    design_life_days: Annotated[
        Quantity | None,
        kinds.quantity(
            "Expected or designed life.", unit="days", example=">=2922", minimum=0, rule="latest"
        ),
    ] = None
    operated_days: Annotated[
        Quantity | None,
        kinds.quantity(
            "Time for which it has worked, on the date of the statement.",
            unit="days",
            example="~944",
            minimum=0,
            rule="latest",
        ),
    ] = None
    landing_date: Annotated[
        UncertainDate | None,
        kinds.date("Date of its landing or impact, UTC.", example="2019-01"),
    ] = None
    surface_contact: Annotated[
        str | None,
        kinds.term(
            SURFACE_CONTACT, "How it met the lunar surface.", example="soft-landing", editorial=True
        ),
    ] = None
    site: Annotated[
        str | None,
        kinds.reference("places", meaning="Where it came down.", example="south-pole-aitken-basin"),
    ] = None
    latitude_deg: Annotated[
        Quantity | None,
        kinds.quantity(
            "Selenographic latitude of the place, north positive.",
            unit="degrees",
            example="-45.44",
            minimum=-90,
            maximum=90,
        ),
    ] = None
    longitude_deg: Annotated[
        Quantity | None,
        kinds.quantity(
            "Selenographic longitude of the place, east positive.",
            unit="degrees",
            example="177.60",
            minimum=-180,
            maximum=180,
        ),
    ] = None
    first_operation: Annotated[
        UncertainDate | None,
        kinds.date("Date on which it began to work, UTC.", example="2019-01"),
    ] = None
    last_contact: Annotated[
        UncertainDate | None,
        kinds.date("Date of the last contact, UTC.", example="2016-07"),
    ] = None
    status: Annotated[
        str | None,
        kinds.term(SPACECRAFT_STATUS, "Where it stands.", example="operating", rule="latest"),
    ] = None
    fate: Annotated[
        str | None, kinds.prose("What became of it, in our words.", example="Still at work.")
    ] = None
    summary: Annotated[
        str | None,
        kinds.prose("What it is or did, in our words.", example="Robotic rover of Chang'e 4."),
    ] = None
    wikidata: Wikidata = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(
    name="spacecraft", record=Spacecraft, order=5, headline=("name", "mission", "kind", "status")
)
