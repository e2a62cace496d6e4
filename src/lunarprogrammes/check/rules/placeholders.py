"""S112: a cell that only says that it says nothing."""

from collections.abc import Iterator

from lunarprogrammes.check.problems import ERROR
from lunarprogrammes.check.rule import Remark, Rule
from lunarprogrammes.check.words import example_of
from lunarprogrammes.tables import Field, InvalidValue

PLACEHOLDER = Rule(
    code="S112",
    name="placeholder",
    severity=ERROR,
    reason="An empty cell says that the document says nothing. A dash, n/a or TBD in its place "
    "would count as a value that the document states.",
    bad="change-8,TBD,p. 4",
    good="change-8,,p. 4",
)
RULES = (PLACEHOLDER,)

# Before the formulas: a lone dash is nobody's formula.
PRIORITY = 0

_PLACEHOLDERS = (
    "- -- --- – — ? ?? ??? . .. ... … * / // _ # n/a n.a. na n.k. nil nan null none "
    "#n/a #ref! #value! #name? #div/0! #num! tbd tba tbc t.b.d. todo to-do fixme xxx unknown "
    "unspecified undefined missing blank empty not-known not-available not-applicable no-data"
)
_WORDS = frozenset(_PLACEHOLDERS.split())
_WITH_UNKNOWN = {"date", "quantity"}
_OWN_TERMS = {"code", "term"}


def inspect(field: Field, text: str) -> Iterator[Remark]:
    """Compare the cell with what people write into cells that they cannot fill."""
    if len(text) > 16 or "-".join(text.casefold().split()) not in _WORDS:
        return
    if field.kind in _WITH_UNKNOWN and text == "unknown":
        return
    # NA is Namibia's code: what somebody else's system admits is left to it.
    if field.kind in _OWN_TERMS and _is_admitted(field, text):
        return
    remedy = "Leave the cell empty."
    if field.required:
        remedy = "Fill it with what the document says."
    elif field.kind in _WITH_UNKNOWN:
        remedy = "Leave the cell empty, or write unknown where the document says that it is."
    yield Remark(PLACEHOLDER, f"'{text}' is a placeholder.", example_of(field), remedy)


def _is_admitted(field: Field, text: str) -> bool:
    try:
        field.parse(text)
    except InvalidValue:
        return False
    return True
