"""Names: another name of any record."""

from typing import Annotated

from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._shared import LANGUAGE_EXPECTED, LANGUAGE_TAG
from lunarprogrammes.tables._table import Table, record

NAME_KIND = Vocabulary(
    "name kind",
    "How a name relates to the record's usual name.",
    {
        "official": "The name that the actor itself uses.",
        "original-script": "The name in its own language and script.",
        "transliteration": "The name in Latin letters, as it sounds.",
        "translation": "The name in another language, by its meaning or, in its script, its sound.",
        "abbreviation": "A short form made of its letters.",
        "alternative": "Another name for the same thing.",
        "former": "A name it had before.",
        "descriptive": "Words by which a source points at it without a name.",
        "variant": "Another spelling, misprints included.",
    },
)


@record
class Name:
    """One other name of any record."""

    record: Annotated[
        str,
        kinds.any_record(
            "The record named, as table/id.", example="missions/change-5", required=True
        ),
    ]
    name: Annotated[str, kinds.name("The name.", example="嫦娥五号")]
    language: Annotated[
        str | None,
        kinds.code(
            "Language in which it is a name and, where it matters, script, as a BCP 47 tag; "
            "several may spell it so.",
            example="zh-Hans",
            pattern=LANGUAGE_TAG,
            expected=LANGUAGE_EXPECTED,
            majority=True,
        ),
    ] = None
    kind: Annotated[
        str | None,
        kinds.term(
            NAME_KIND,
            "How it relates to the usual name; one spelling may be several things.",
            example="original-script",
            majority=True,
        ),
    ] = None
    meaning: Annotated[
        str | None,
        kinds.prose(
            "What the name means or after what it is given, in our words.",
            example="The Moon goddess of Chinese folklore.",
        ),
    ] = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(name="names", record=Name, order=17, key=("record", "name"))
