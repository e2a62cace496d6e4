"""Fields that several tables share, defined once: their meaning must not drift apart."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary

LEVEL = Vocabulary(
    "level",
    "At which level an actor takes part: a university that signs does not commit its state.",
    {
        "state": "A state, or its government or agency on its behalf.",
        "intergovernmental": "A body constituted by states.",
        "institution": "A university, institute, laboratory, society or association.",
        "company": "An enterprise.",
    },
)

Contradicts = Annotated[
    str | None,
    kinds.any_record(
        "Record elsewhere in the tables that says otherwise, or stands in tension with it, as "
        "table/id; the editors' observation.",
        example="indicators/change-5-launch-delay",
        editorial=True,
    ),
]
CosparId = Annotated[
    str | None,
    kinds.code(
        "International designator.",
        example="2018-103A",
        pattern="^[12][0-9]{3}-[0-9]{3}[A-Z]{1,3}$",
        expected="Expected a COSPAR designator such as 2018-103A.",
    ),
]
Wikidata = Annotated[
    str | None,
    kinds.code(
        "Wikidata item; a flight and its craft may have one in common.",
        example="Q1059829",
        pattern="^Q[1-9][0-9]*$",
        expected="Expected a Wikidata item such as Q1059829.",
    ),
]
# The registry's letters leave out i, l, o and u; the last two digits check the others.
ROR = kinds.code(
    "Research Organization Registry identifier, as the whole address that the registry asks for.",
    example="https://ror.org/03yrm5c26",
    pattern=r"^https://ror\.org/0[a-hjkmnp-tv-z0-9]{6}[0-9]{2}$",
    expected="Expected an identifier of the registry such as https://ror.org/03yrm5c26.",
)
Level = Annotated[
    str | None,
    kinds.term(LEVEL, "At which level it takes part.", example="state", editorial=True),
]
LANGUAGE_TAG = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
LANGUAGE_EXPECTED = "Expected a language tag such as zh-Hans, ru or en."
Language = Annotated[
    str | None,
    kinds.code(
        "Language and, where it matters, script, as a BCP 47 tag.",
        example="zh-Hans",
        pattern=LANGUAGE_TAG,
        expected=LANGUAGE_EXPECTED,
    ),
]
ArrivalDate = Annotated[
    UncertainDate | None,
    kinds.date(
        "Date on which it entered lunar orbit, or reached the Moon or its working orbit, UTC.",
        example="2024-03-24",
    ),
]
