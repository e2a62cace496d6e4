"""S101, S102: a cell that its field refuses, or that is spelt in another than the one way."""

import unicodedata
from collections.abc import Iterator

from lunarprogrammes.check.problems import ERROR
from lunarprogrammes.check.rule import Remark, Rule
from lunarprogrammes.check.words import code_meant, expects
from lunarprogrammes.tables import Field, InvalidValue

INVALID = Rule(
    code="S101",
    name="invalid-value",
    severity=ERROR,
    reason="Every field admits certain values only: dates as uncertain dates, figures with their "
    "qualifier, terms of a vocabulary, ids as slugs. What cannot be read cannot be compared.",
    bad="2024-5-3",
    good="2024-05-03",
)
CANONICAL = Rule(
    code="S102",
    name="other-spelling",
    severity=ERROR,
    reason="Every value has one spelling, so that equal values are equal text: a search for Mons "
    "Rümker finds it whichever keyboard wrote it.",
    bad="an `u` followed by a separate diaeresis",
    good="ü as one character (Unicode form NFC)",
)
RULES = (INVALID, CANONICAL)

# Last: what other rules say of a cell is the cause of its not being admitted.
PRIORITY = 90


def inspect(field: Field, text: str) -> Iterator[Remark]:
    """Read the text as the field does, and write it again."""
    if not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        yield Remark(
            CANONICAL,
            "A letter and its accent are separate characters, or a character is out of use.",
            "Expected composed characters (Unicode form NFC).",
            f"Did you mean {composed}?",
        )
        return
    try:
        value = field.parse(text)
    except InvalidValue as error:
        remedy = error.remedy
        if not remedy and field.kind == "code" and (meant := code_meant(field, text)):
            remedy = f"Did you mean {meant}?"
        yield Remark(INVALID, error.what, expects(field), remedy)
        return
    if field.text(value) != text:
        what = f"'{text}' is another spelling of {field.text(value)}."
        yield Remark(CANONICAL, what, expects(field), f"Did you mean {field.text(value)}?")
