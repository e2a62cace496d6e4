"""Programmes: a programme, one of its phases, an initiative, a constellation or station project."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._shared import Wikidata
from lunarprogrammes.tables._table import Table, record

PROGRAMME_KIND = Vocabulary(
    "programme kind",
    "What sort of undertaking a programme is.",
    {
        "programme": "A lasting undertaking with missions or projects of its own.",
        "phase": "A part of another programme in time or in scope.",
        "station": "A project for a station on or around the Moon, or around Earth.",
        "constellation": "A project for several satellites that serve one purpose together.",
        "network": "A project for a service architecture or a net of ground stations.",
        "initiative": "An idea, campaign or commercial concept with a name of its own.",
        "project": "A single development with a name of its own, such as a joint rover.",
    },
)

PROGRAMME_STATUS = Vocabulary(
    "programme status",
    "Where a programme stands on the date of the statement.",
    {
        "proposed": "Put forward by somebody, not adopted.",
        "planned": "Announced or adopted, not begun.",
        "active": "Under way.",
        "stalled": "Under way by name, without progress.",
        "completed": "Ended with its objectives met.",
        "cancelled": "Given up before its end.",
        "ended": "Over, whatever came of it.",
    },
)


@record
class Programme:
    """One programme, one of its phases, an initiative, a constellation or a station project."""

    id: Annotated[str, kinds.identifier("Slug of the programme.", example="clep")]
    name: Annotated[
        str | None,
        kinds.name("Usual English name in full.", example="Chinese Lunar Exploration Program"),
    ] = None
    kind: Annotated[
        str | None,
        kinds.term(
            PROGRAMME_KIND, "What sort of undertaking it is.", example="programme", editorial=True
        ),
    ] = None
    lead: Annotated[
        str | None,
        kinds.reference(
            "actors",
            meaning="Actor that manages or leads it.",
            example="cnsa",
            rule="latest",
        ),
    ] = None
    parent: Annotated[
        str | None,
        kinds.reference(
            "programmes",
            meaning="Programme of which it is a part; a query for the parent includes it.",
            example="clep",
            editorial=True,
        ),
    ] = None
    sequence: Annotated[
        int | None,
        kinds.integer(
            "Place among the parts of its parent, from 1.", example="4", minimum=1, editorial=True
        ),
    ] = None
    announced: Annotated[
        UncertainDate | None,
        kinds.date("Date on which it was made public.", example="2019"),
    ] = None
    approved: Annotated[
        UncertainDate | None,
        kinds.date("Date of the formal decision to carry it out.", example="2004-01"),
    ] = None
    started: Annotated[
        UncertainDate | None,
        kinds.date("Date on which it began in fact.", example="2004-01"),
    ] = None
    ended: Annotated[
        UncertainDate | None,
        kinds.date("Date on which it ended in fact.", example="1972-12"),
    ] = None
    planned_start: Annotated[
        UncertainDate | None,
        kinds.date(
            "Date on which it was to begin, as planned on the date of the statement.",
            example="2030",
            rule="latest",
        ),
    ] = None
    planned_end: Annotated[
        UncertainDate | None,
        kinds.date(
            "Date on which it was to end or be complete, as planned on the date of the statement.",
            example="2035",
            rule="latest",
        ),
    ] = None
    status: Annotated[
        str | None,
        kinds.term(PROGRAMME_STATUS, "Where it stands.", example="active", rule="latest"),
    ] = None
    objective: Annotated[
        str | None,
        kinds.prose(
            "What it is for, in our words.",
            example="Establish an autonomous research station at the lunar south pole by 2030.",
        ),
    ] = None
    summary: Annotated[
        str | None,
        kinds.prose(
            "What it is or consists of, in our words.",
            example="Two lunar orbiters that mapped the surface.",
        ),
    ] = None
    wikidata: Wikidata = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(
    name="programmes",
    record=Programme,
    order=2,
    headline=("name", "lead", "announced", "approved", "planned_start", "planned_end", "status"),
)
