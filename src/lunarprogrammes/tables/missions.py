"""Missions: one flight to the Moon or its vicinity, flown, failed, planned or cancelled."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._shared import ArrivalDate, CosparId, Wikidata
from lunarprogrammes.tables._table import Table, record

MISSION_TYPE = Vocabulary(
    "mission type",
    "What a mission set out to do at the Moon; the most demanding part decides.",
    {
        "flyby": "Passed the Moon without orbiting it.",
        "impactor": "Was meant to strike the surface.",
        "orbiter": "Was meant to orbit the Moon.",
        "lander": "Was meant to land softly, without a rover.",
        "rover": "Was meant to land softly and deliver a rover.",
        "sample-return": "Was meant to bring lunar material to Earth.",
        "relay": "Serves other missions with communications.",
        "technology-test": "Tests equipment for later missions.",
        "navigation": "Serves or tests navigation in cislunar space.",
        "crewed-flight": "Carries a crew to the Moon's vicinity without landing.",
        "crewed-landing": "Was meant to put a crew on the surface.",
        "station-construction": "Delivers parts of a station.",
    },
)

MISSION_STATUS = Vocabulary(
    "mission status",
    "Where a mission stands on the date of the statement.",
    {
        "proposed": "Put forward, not adopted.",
        "planned": "Adopted, not launched.",
        "operating": "Launched, and at work or on its way.",
        "completed": "Over after it did all or part of what it was for.",
        "failed": "Over before it could do what it was for.",
        "cancelled": "Given up before launch.",
    },
)

OUTCOME = Vocabulary(
    "outcome",
    "How a flown mission ended, judged against its own primary objective.",
    {
        "success": "The primary objective was met.",
        "partial-success": "A stated part of the primary objective was met.",
        "failure": "The spacecraft left Earth and the primary objective was not met.",
        "launch-failure": "The launch vehicle did not deliver it to the intended path.",
    },
)

SCOPE = Vocabulary(
    "scope",
    "Whether a flight counts as a lunar mission; counts of missions take `lunar` alone.",
    {
        "lunar": "Was meant to reach the Moon or its vicinity and to work there.",
        "companion": "Flew with a lunar mission towards another goal, or without one at the Moon.",
        "passing": "Passed the Moon on its way elsewhere, mostly to be deflected by it.",
        "test": "Tested lunar equipment without being meant to reach the Moon.",
    },
)


@record
class Mission:
    """One flight to the Moon or its vicinity, flown, failed, planned or cancelled."""

    id: Annotated[str, kinds.identifier("Slug of the mission.", example="change-5")]
    name: Annotated[str | None, kinds.name("Usual English name.", example="Chang'e 5")] = None
    programme: Annotated[
        str | None,
        kinds.reference(
            "programmes",
            meaning="Programme, or phase of one, to which it belongs.",
            example="clep-phase-3",
        ),
    ] = None
    operator: Annotated[
        str | None,
        kinds.reference("actors", meaning="Actor that flies it.", example="cnsa"),
    ] = None
    country: Annotated[
        str | None,
        kinds.reference("actors", meaning="Country of its operator.", example="china"),
    ] = None
    mission_type: Annotated[
        str | None,
        kinds.term(
            MISSION_TYPE,
            "What it set out to do at the Moon.",
            example="sample-return",
            editorial=True,
        ),
    ] = None
    scope: Annotated[
        str | None,
        kinds.term(
            SCOPE,
            "Whether it counts as a lunar mission.",
            example="lunar",
            editorial=True,
        ),
    ] = None
    crewed: Annotated[bool | None, kinds.boolean("Whether people are on board.")] = None
    cospar_id: CosparId = None
    launch_date: Annotated[
        UncertainDate | None,
        kinds.date("Date of the launch in fact, UTC.", example="2020-11-23"),
    ] = None
    planned_launch: Annotated[
        UncertainDate | None,
        kinds.date(
            "Date of the launch as planned on the date of the statement.",
            example="2026",
            rule="latest",
        ),
    ] = None
    planned_landing: Annotated[
        UncertainDate | None,
        kinds.date(
            "Date of the landing as planned on the date of the statement, where a source plans "
            "the landing rather than the launch.",
            example="2030~",
            rule="latest",
        ),
    ] = None
    launch_vehicle: Annotated[
        str | None,
        kinds.reference(
            "systems", meaning="Launch vehicle, or its family.", example="long-march-5"
        ),
    ] = None
    launch_site: Annotated[
        str | None,
        kinds.reference("places", meaning="Launch site.", example="wenchang"),
    ] = None
    status: Annotated[
        str | None,
        kinds.term(MISSION_STATUS, "Where it stands.", example="operating", rule="latest"),
    ] = None
    outcome: Annotated[
        str | None,
        kinds.term(
            OUTCOME,
            "How it ended, judged against its primary objective.",
            example="success",
            editorial=True,
        ),
    ] = None
    outcome_stated: Annotated[
        str | None,
        kinds.prose("The word that the source uses for the outcome.", example="Success (Ongoing)"),
    ] = None
    arrival_date: ArrivalDate = None
    landing_date: Annotated[
        UncertainDate | None,
        kinds.date("Date of the landing or impact, UTC.", example="2019-01"),
    ] = None
    return_date: Annotated[
        UncertainDate | None,
        kinds.date("Date of the return to Earth, UTC.", example="2020-12-16"),
    ] = None
    end_date: Annotated[
        UncertainDate | None,
        kinds.date("Date on which the mission ended, UTC.", example="2016-08"),
    ] = None
    target_site: Annotated[
        str | None,
        kinds.reference(
            "places", meaning="Place or region aimed at or reached.", example="mons-rumker"
        ),
    ] = None
    sample_mass_g: Annotated[
        Quantity | None,
        kinds.quantity(
            "Mass of the lunar material brought to Earth.", unit="g", example="1731", minimum=0
        ),
    ] = None
    planned_sample_mass_g: Annotated[
        Quantity | None,
        kinds.quantity(
            "Mass of lunar material that it is to bring, as planned.",
            unit="g",
            example="~2000",
            minimum=0,
            rule="latest",
        ),
    ] = None
    crew_size: Annotated[
        Quantity | None,
        kinds.quantity("Number of people on board or to be on board.", example="2", minimum=0),
    ] = None
    eva_count: Annotated[
        Quantity | None,
        kinds.quantity(
            "Number of excursions of the crew on the lunar surface.",
            example="3",
            minimum=0,
        ),
    ] = None
    backup_of: Annotated[
        str | None,
        kinds.reference(
            "missions",
            meaning="Mission for which its hardware was first built as a reserve.",
            example="change-3",
        ),
    ] = None
    repurposed: Annotated[
        str | None,
        kinds.prose(
            "How hardware built for another purpose was changed for this one, in our words.",
            example="Same structure with another set of instruments.",
        ),
    ] = None
    objective: Annotated[
        str | None,
        kinds.prose(
            "What it is for, in our words.", example="Return samples from the lunar near side."
        ),
    ] = None
    summary: Annotated[
        str | None,
        kinds.prose(
            "What it is or did, in our words.",
            example="First sample return since the Soviet Luna 24.",
        ),
    ] = None
    wikidata: Wikidata = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(
    name="missions",
    record=Mission,
    order=1,
    headline=(
        "name",
        "launch_date",
        "planned_launch",
        "status",
        "outcome",
        "programme",
        "mission_type",
    ),
)
