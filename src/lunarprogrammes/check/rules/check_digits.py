"""S116: an identifier whose check digits do not fit its other characters.

The Research Organization Registry reads the seven characters before the last two as a number in
Crockford's base 32 and appends the two digits that ISO 7064, MOD 97-10, asks for. Wikidata items,
COSPAR designators and country codes have no check digits.
"""

from collections.abc import Iterator

from lunarprogrammes.check.problems import ERROR
from lunarprogrammes.check.rule import Remark, Rule
from lunarprogrammes.tables import Field, InvalidValue
from lunarprogrammes.tables._shared import ROR

CHECK_DIGITS = Rule(
    code="S116",
    name="check-digits",
    severity=ERROR,
    reason="The last two digits of an identifier of the Research Organization Registry follow from "
    "the characters before them. Where they do not, a character was mistyped, and the "
    "identifier leads nowhere or to somebody else.",
    bad="https://ror.org/03yrm5c62",
    good="https://ror.org/03yrm5c26",
)
RULES = (CHECK_DIGITS,)

# After the form of the cell: only a well-formed identifier has digits to check.
PRIORITY = 95

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def inspect(field: Field, text: str) -> Iterator[Remark]:
    """Work out the check digits of a well-formed identifier and compare them with those it has."""
    if field != ROR or not _is_admitted(field, text):
        return
    number = 0
    for character in text.rpartition("/")[2][:-2]:
        number = number * len(_DIGITS) + _DIGITS.index(character)
    digits = 98 - number * 100 % 97
    if digits != int(text[-2:]):
        yield Remark(
            CHECK_DIGITS,
            f"{text} ends in {text[-2:]}, and its other characters ask for {digits:02d}.",
            "Expected an identifier as the registry gives it.",
            "Copy it again from the source.",
            len(text) - 2,
        )


def _is_admitted(field: Field, text: str) -> bool:
    try:
        field.parse(text)
    except InvalidValue:
        return False
    return True
