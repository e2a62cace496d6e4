"""Events: a dated happening, discovery or decision, past or planned."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._shared import Contradicts
from lunarprogrammes.tables._table import Table, record

EVENT_KIND = Vocabulary(
    "event kind",
    "What happened, or is to happen.",
    {
        "launch": "Something left Earth.",
        "failure": "Something failed, launches included.",
        "arrival": "Something entered an orbit or reached its goal.",
        "landing": "Something came down on a surface.",
        "return": "Something came back to Earth.",
        "operation": "Something else done by a spacecraft, such as a flyby.",
        "discovery": "A finding was made or confirmed.",
        "decision": "Something was approved, passed or decided.",
        "announcement": "Something was made public.",
        "publication": "A text was published or submitted.",
        "signing": "An agreement was signed.",
        "meeting": "People met, conferred or presented.",
        "delay": "A plan slipped.",
        "end": "Something ended or was retired.",
        "milestone": "A stage of a plan was reached, or is to be reached.",
        "political": "A political or military event outside spaceflight.",
    },
)


@record
class Event:
    """One dated happening, discovery or decision, past or planned."""

    id: Annotated[str, kinds.identifier("Slug of the event.", example="long-march-5-failure-2017")]
    date: Annotated[
        UncertainDate | None,
        kinds.date("When it happened, UTC.", example="2017"),
    ] = None
    planned_date: Annotated[
        UncertainDate | None,
        kinds.date(
            "When it is to happen, as planned on the date of the statement.",
            example="2040~",
            rule="latest",
        ),
    ] = None
    kind: Annotated[
        str | None,
        kinds.term(EVENT_KIND, "What happened.", example="failure", editorial=True),
    ] = None
    mission: Annotated[
        str | None, kinds.reference("missions", meaning="Mission concerned.", example="change-5")
    ] = None
    programme: Annotated[
        str | None, kinds.reference("programmes", meaning="Programme concerned.", example="clep")
    ] = None
    actor: Annotated[
        str | None, kinds.reference("actors", meaning="Actor concerned.", example="casc")
    ] = None
    agreement: Annotated[
        str | None,
        kinds.reference("agreements", meaning="Agreement concerned.", example="wolf-amendment"),
    ] = None
    system: Annotated[
        str | None, kinds.reference("systems", meaning="System concerned.", example="long-march-5")
    ] = None
    place: Annotated[
        str | None, kinds.reference("places", meaning="Where it happened.", example="mons-rumker")
    ] = None
    contradicts: Contradicts = None
    summary: Annotated[
        str | None,
        kinds.prose(
            "What happened, in our words.",
            example="A Long March 5 failed, which delayed Chang'e 5 by three years.",
            required=True,
        ),
    ] = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(
    name="events",
    record=Event,
    order=14,
    label="summary",
    headline=("date", "planned_date", "kind", "summary"),
)
