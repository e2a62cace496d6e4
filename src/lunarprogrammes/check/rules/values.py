"""S101, S102: a cell that its field refuses, or that is spelt in another than the one way."""

import unicodedata
from collections.abc import Iterator

from lunarprogrammes.check.problems import ERROR
from lunarprogrammes.check.rule import Remark, Rule
from lunarprogrammes.check.screening import LONGEST_ID
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

# To sort a long run of accents takes time that grows with its square; no language writes one.
_MOST_MARKS = 30

# Last: what other rules say of a cell is the cause of its not being admitted.
PRIORITY = 90


def inspect(field: Field, text: str) -> Iterator[Remark]:
    """Read the text as the field does, and write it again."""
    at = None if text.isascii() else _many_marks(text)
    if at is not None:
        what = f"More than {_MOST_MARKS} accents follow one letter."
        yield Remark(CANONICAL, what, "Expected letters as they are written.", "", at)
        return
    if not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        yield Remark(
            CANONICAL,
            "A letter and its accent are separate characters, or a character is out of use.",
            "Expected composed characters (Unicode form NFC).",
            f"Did you mean {composed}?",
        )
        return
    if field.kind == "id" and len(text) > LONGEST_ID:
        what = f"The id has {len(text):,} letters."
        expected = f"Expected a slug of at most {LONGEST_ID} letters."
        yield Remark(INVALID, what, expected, "Choose a shorter one.", LONGEST_ID)
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


def _many_marks(text: str) -> int | None:
    """Return where too many accents follow each other, or None."""
    marks = 0
    for at, character in enumerate(text):
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > _MOST_MARKS:
            return at - _MOST_MARKS
    return None
