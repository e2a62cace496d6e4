"""Sources: the bibliography, from every `source.json`."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._shared import Language
from lunarprogrammes.tables._table import Table, record

TIER = Vocabulary(
    "tier",
    "How near a source stands to the facts; better tiers come first.",
    {
        "official": "Agency, government, treaty depositary, or the mission's own operator.",
        "scholarly": "Journal, research institute, think tank or audit office.",
        "reference": "Catalogue, encyclopaedia or data archive.",
        "press": "Newspaper, news agency, magazine or broadcaster.",
        "community": "Blog, forum, hobby data set or machine-made summary.",
        "editors": "This project's own ordering of the world, never a fact.",
    },
)

SOURCE_TYPE = Vocabulary(
    "source type",
    "What sort of document it is, by the types of CSL 1.0.2 that we use.",
    {
        "article": "An article or preprint of no more precise kind.",
        "article-journal": "An article in a scholarly journal.",
        "article-magazine": "An article in a magazine.",
        "article-newspaper": "An article in a newspaper or of a news agency.",
        "bill": "A bill before a parliament.",
        "book": "A book.",
        "chapter": "A chapter in a book.",
        "dataset": "A data set, catalogue or database.",
        "document": "A document of no more precise kind.",
        "entry-encyclopedia": "An entry in an encyclopaedia.",
        "hearing": "The record of a hearing.",
        "legislation": "A law.",
        "paper-conference": "A paper given at a conference.",
        "post-weblog": "A post on a blog.",
        "regulation": "A regulation.",
        "report": "A report of an institution.",
        "speech": "A speech.",
        "standard": "A standard.",
        "treaty": "A treaty.",
        "webpage": "A page on the web.",
    },
)


@record
class Source:
    """One document that has been read, with what it shows of itself."""

    id: Annotated[
        str,
        kinds.identifier(
            "Slug of the source: publisher, year, words.",
            example="bloomberg-2023-china-russia-alliance",
        ),
    ]
    type: Annotated[
        str | None,
        kinds.term(SOURCE_TYPE, "What sort of document it is.", example="report", required=True),
    ] = None
    title: Annotated[
        str | None,
        kinds.text(
            "Title as it shows it; our description in square brackets where it shows none.",
            example="China-Russia Space Alliance Stumbles in Bid to Surpass US",
            required=True,
        ),
    ] = None
    author: Annotated[
        str | None,
        kinds.text(
            "Authors, separated by semicolons; a person's family name first, then a comma.",
            example="Julienne, Marc; Bloomberg News",
        ),
    ] = None
    publisher: Annotated[
        str | None, kinds.text("Publisher as it shows it.", example="Bloomberg")
    ] = None
    issued: Annotated[
        UncertainDate | None, kinds.date("Date that it bears.", example="2023-02-27")
    ] = None
    issued_probable: Annotated[
        UncertainDate | None,
        kinds.date(
            "Date that its content shows, where it bears none or a wrong one.", example="2021-03"
        ),
    ] = None
    accessed: Annotated[
        UncertainDate | None, kinds.date("Date on which we read it.", example="2026-11-22")
    ] = None
    url: Annotated[
        str | None, kinds.url("Its own public address.", example="https://www.example.org/page")
    ] = None
    language: Language = None
    tier: Annotated[
        str | None,
        kinds.term(
            TIER, "How near it stands to the facts.", example="press", editorial=True, required=True
        ),
    ] = None
    derived_from: Annotated[
        str | None,
        kinds.reference(
            "sources",
            meaning="Source that it merely repeats: it is no second witness.",
            example="bloomberg-2023-china-russia-alliance",
        ),
    ] = None
    note: Annotated[
        str | None,
        kinds.text(
            "Doubts about the document and how it was read.",
            example="The copy that was read has no title page.",
        ),
    ] = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(
    name="sources",
    record=Source,
    order=18,
    label="title",
    headline=("title", "publisher", "issued", "issued_probable", "tier"),
)
