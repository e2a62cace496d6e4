"""Statements: an attributed position, motive or assessment, paraphrased."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._shared import Contradicts
from lunarprogrammes.tables._table import Table, record

TOPIC = Vocabulary(
    "topic",
    "What a statement is mainly about.",
    {
        "prestige": "Standing at home and abroad, national pride, history.",
        "science": "Research and discovery as a motive or a result.",
        "economy": "Resources, industry, cost and benefit.",
        "military": "Military use, security, surveillance.",
        "law": "Treaties, claims to territory or resources, legality.",
        "resources": "Who may extract, own or share what is found on the Moon.",
        "safety-zones": "Zones around activities on the Moon, and what they amount to.",
        "governance": "Norms, rules, traffic management, standards.",
        "cooperation": "Working together, openness, invitation.",
        "exclusion": "Being kept out, or keeping others out.",
        "competition": "Race, rivalry, comparison of powers.",
        "capability": "What somebody can or cannot do.",
        "timeline": "When something is to happen, or that no date is given.",
        "technology": "Means and methods.",
        "narrative": "How a programme is presented or talked about.",
        "recommendation": "What somebody ought to do.",
        "definition": "What a term or a document is taken to mean.",
    },
)


@record
class Statement:
    """One attributed position, motive or assessment, paraphrased.

    Attribution may be a chain: the source cites a work (`via`) in which a speaker speaks for or
    about an actor, perhaps about a third document (`about`).
    """

    id: Annotated[
        str, kinds.identifier("Slug of the statement.", example="ye-peijian-2019-moon-diaoyu")
    ]
    speaker: Annotated[
        str | None,
        kinds.reference("people", meaning="Person whose view it is.", example="ye-peijian"),
    ] = None
    actor: Annotated[
        str | None,
        kinds.reference(
            "actors",
            meaning="Actor whose view it is, or for which the speaker speaks.",
            example="clep",
        ),
    ] = None
    date: Annotated[
        UncertainDate | None, kinds.date("When it was said or written.", example="2019")
    ] = None
    topic: Annotated[
        str | None, kinds.term(TOPIC, "What it is mainly about.", example="law", editorial=True)
    ] = None
    about: Annotated[
        str | None,
        kinds.any_record(
            "Record that it speaks about, as table/id.", example="agreements/outer-space-treaty"
        ),
    ] = None
    contradicts: Contradicts = None
    via: Annotated[
        str | None,
        kinds.prose(
            "Work through which the source knows it, where that is named.", example="Jones 2024a"
        ),
    ] = None
    summary: Annotated[
        str | None,
        kinds.prose(
            "What was said, in our words, as neutral as a clerk's.",
            example="Whoever does not go to the Moon now will be blamed by later generations.",
            required=True,
        ),
    ] = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(
    name="statements",
    record=Statement,
    order=15,
    label="summary",
    headline=("speaker", "date", "topic", "summary"),
)
