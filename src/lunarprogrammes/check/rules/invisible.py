"""X102: characters that nobody sees."""

import re
import unicodedata
from collections.abc import Iterator

from lunarprogrammes.check.problems import ERROR
from lunarprogrammes.check.rule import Remark, Rule
from lunarprogrammes.tables import Field

INVISIBLE = Rule(
    code="X102",
    name="invisible-character",
    severity=ERROR,
    reason="Control characters, zero-width characters and marks that turn the direction of writing "
    "make a text read otherwise than it is stored, so that a reviewer approves what is not there.",
    bad="a zero-width space within `change-5`",
    good="change-5",
)
RULES = (INVISIBLE,)

PRIORITY = 10

_JOINERS = "\u200c\u200d"
# Line feed, carriage return and tab have rules of their own, which say what to do about them.
_ELSEWHERE = "\n\r\t"
# Letters, marks and signs that Unicode counts as shown, and that show nothing: variation selectors,
# the grapheme joiner, the fillers of Hangul and the blank of Braille.
_looks_empty = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe00-\ufe0f\uffa0]").search
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def inspect(field: Field, text: str) -> Iterator[Remark]:  # noqa: ARG001
    """Name the first character that is not shown."""
    if text.isprintable() and not _looks_empty(text):
        return
    for at, character in enumerate(text):
        hidden = unicodedata.category(character) in _HIDDEN and character not in _ELSEWHERE
        if (hidden and not _joins(text, at)) or _looks_empty(character):
            name = unicodedata.name(character, "control character").lower()
            yield Remark(
                INVISIBLE,
                f"The cell holds an invisible character: {name} (U+{ord(character):04X}).",
                "Expected characters that can be seen.",
                "Delete it.",
                at,
            )
            return


def _joins(text: str, at: int) -> bool:
    """Say whether a joiner stands between letters of a script that is written with joiners."""
    around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return (
        text[at] in _JOINERS
        and len(around) == 2
        and all(letter.isalpha() and ord(letter) >= 0x590 for letter in around)
    )
