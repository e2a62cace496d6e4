"""Agreements: treaties, accords, laws, memoranda, guides, white papers, plans, UN submissions."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._shared import Wikidata
from lunarprogrammes.tables._table import Table, record

AGREEMENT_KIND = Vocabulary(
    "agreement kind",
    "What sort of instrument or policy document it is.",
    {
        "treaty": "A multilateral treaty, binding on its parties.",
        "accords": "A set of principles that states sign as a political commitment.",
        "law": "A statute, or a provision of one.",
        "directive": "An order, directive or decree of a head of state or government.",
        "resolution": "A resolution of an international body.",
        "intergovernmental-agreement": "A binding agreement between governments.",
        "memorandum": "A memorandum of understanding.",
        "contract": "A contract for delivery or services against payment.",
        "cooperation-agreement": "Another agreement between agencies, institutions or companies.",
        "joint-statement": "A declaration made together.",
        "guide": "A guide to partnership or conduct.",
        "white-paper": "A government's published account of its policy.",
        "roadmap": "A plan of development by stages.",
        "plan": "A plan adopted by a state or an agency.",
        "strategy": "A strategy adopted by a state or an agency.",
        "doctrine": "A military or technical paper that sets out a concept of operations.",
        "submission": "A paper submitted to an international body.",
    },
)

AGREEMENT_STATUS = Vocabulary(
    "agreement status",
    "Where an agreement stands on the date of the statement.",
    {
        "intended": "The parties have said that they mean to conclude it.",
        "preliminary": "Concluded in a first form that another is to follow.",
        "adopted": "Adopted or passed; force not stated.",
        "signed": "Signed; force not stated.",
        "in-force": "Binding, or in application.",
        "published": "Published by its issuer.",
        "submitted": "Before the body to which it was submitted.",
        "abandoned": "A party has turned away from it.",
        "ended": "No longer in force or application.",
    },
    stands_over={
        "in-force": ("signed", "adopted", "published"),
        "signed": ("adopted", "published"),
        "adopted": ("published",),
    },
)


@record
class Agreement:
    """One treaty, accord, law, memorandum, guide, white paper, plan or UN submission."""

    id: Annotated[str, kinds.identifier("Slug of the agreement.", example="artemis-accords")]
    name: Annotated[str | None, kinds.name("Usual English title.", example="Artemis Accords")] = (
        None
    )
    kind: Annotated[
        str | None,
        kinds.term(
            AGREEMENT_KIND, "What sort of instrument it is.", example="accords", editorial=True
        ),
    ] = None
    issuer: Annotated[
        str | None,
        kinds.reference("actors", meaning="Actor that issued or leads it.", example="nasa"),
    ] = None
    programme: Annotated[
        str | None,
        kinds.reference("programmes", meaning="Programme it serves.", example="artemis"),
    ] = None
    parent: Annotated[
        str | None,
        kinds.reference(
            "agreements",
            meaning="Agreement or series of which it is a part.",
            example="chinas-space-activities-white-papers",
            editorial=True,
        ),
    ] = None
    sequence: Annotated[
        int | None,
        kinds.integer("Place in its series, from 1.", example="5", minimum=1, editorial=True),
    ] = None
    adopted: Annotated[
        UncertainDate | None,
        kinds.date(
            "Date on which the body that made it adopted or passed it.", example="1966-12-19"
        ),
    ] = None
    signed: Annotated[
        UncertainDate | None,
        kinds.date(
            "Date of its first signatures, or on which it was opened for signature.",
            example="2020-10-13",
        ),
    ] = None
    published: Annotated[
        UncertainDate | None,
        kinds.date("Date on which its text was made public or submitted.", example="2022-01"),
    ] = None
    in_force: Annotated[
        UncertainDate | None,
        kinds.date("Date on which it entered into force.", example="1967-10-10"),
    ] = None
    ended: Annotated[
        UncertainDate | None,
        kinds.date("Date on which it lapsed, was repealed or ended.", example="2024-12-31"),
    ] = None
    period_start: Annotated[
        UncertainDate | None,
        kinds.date("First date of the time that it plans for.", example="2021"),
    ] = None
    period_end: Annotated[
        UncertainDate | None, kinds.date("Last date of the time that it plans for.", example="2025")
    ] = None
    status: Annotated[
        str | None,
        kinds.term(AGREEMENT_STATUS, "Where it stands.", example="in-force", rule="latest"),
    ] = None
    summary: Annotated[
        str | None,
        kinds.prose(
            "What it says or provides, in our words.",
            example="Sets principles for conduct in the exploration of the Moon.",
        ),
    ] = None
    wikidata: Wikidata = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(
    name="agreements",
    record=Agreement,
    order=11,
    starts=("adopted", "signed", "published", "in_force"),
    ends=("ended",),
    headline=("name", "kind", "issuer", "adopted", "signed", "in_force"),
)
