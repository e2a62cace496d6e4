"""Actors: whoever acts in a lunar programme, from a state to a newspaper."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._shared import ROR, Wikidata
from lunarprogrammes.tables._table import Table, record

ACTOR_KIND = Vocabulary(
    "actor kind",
    "What sort of body an actor is, by its own constitution and not by how a source counts it.",
    {
        "country": "A state or a territory that sources name as a contributor of its own.",
        "agency": "A state's space agency or other executive agency.",
        "ministry": "A ministry, department or other central organ of a government.",
        "government-body": "A parliament, council, commission, embassy or office of a state.",
        "military": "Armed forces, or a part of them.",
        "company": "An enterprise, whoever owns it.",
        "university": "A university or other institution of higher education.",
        "research-institute": "An academy or institute whose purpose is research.",
        "laboratory": "A laboratory named as a body of its own.",
        "intergovernmental": "A body constituted by states, such as ESA or APSCO.",
        "ngo": "A society or association that no state constitutes.",
        "think-tank": "A body that studies and advises on policy.",
        "press": "A newspaper, broadcaster, news agency or news site.",
    },
)


@record
class Actor:
    """One country, agency, company, university, intergovernmental body, ministry, laboratory, NGO,
    press organ or think tank.
    """

    id: Annotated[str, kinds.identifier("Slug of the actor.", example="cnsa")]
    name: Annotated[
        str | None,
        kinds.name("Usual English name in full.", example="China National Space Administration"),
    ] = None
    kind: Annotated[
        str | None,
        kinds.term(ACTOR_KIND, "What sort of body it is.", example="agency", editorial=True),
    ] = None
    country: Annotated[
        str | None,
        kinds.reference(
            "actors",
            meaning="Country in which it is established; a country has none.",
            example="china",
        ),
    ] = None
    parent: Annotated[
        str | None,
        kinds.reference(
            "actors",
            meaning="Body of which it is a part or by which it is owned.",
            example="casc",
            editorial=True,
        ),
    ] = None
    iso_alpha3: Annotated[
        str | None,
        kinds.code(
            "ISO 3166-1 alpha-3 code of a country; SUN is the Soviet Union.",
            example="CHN",
            pattern="^[A-Z]{3}$",
            expected="Expected three capital letters such as CHN.",
        ),
    ] = None
    iso_alpha2: Annotated[
        str | None,
        kinds.code(
            "ISO 3166-1 alpha-2 code of a country.",
            example="CN",
            pattern="^[A-Z]{2}$",
            expected="Expected two capital letters such as CN.",
        ),
    ] = None
    founded: Annotated[
        UncertainDate | None,
        kinds.date("Date on which it was founded.", example="1993-04-22"),
    ] = None
    dissolved: Annotated[
        UncertainDate | None,
        kinds.date("Date on which it ceased to exist.", example="1991-12"),
    ] = None
    wikidata: Wikidata = None
    ror: Annotated[str | None, ROR] = None
    summary: Annotated[
        str | None,
        kinds.prose(
            "What the sources say that it is or does, in our words.",
            example="State-owned company that produces the Long March rockets.",
        ),
    ] = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(
    name="actors",
    record=Actor,
    order=4,
    starts=("founded",),
    ends=("dissolved",),
    headline=("name", "kind", "country", "parent"),
)
