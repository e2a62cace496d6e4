"""X103: letters of two scripts in one word."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from lunarprogrammes.check.problems import ERROR
from lunarprogrammes.check.rule import Remark, Rule
from lunarprogrammes.check.words import plain
from lunarprogrammes.tables import Field

MIXED = Rule(
    code="X103",
    name="mixed-scripts",
    severity=ERROR,
    reason="A Cyrillic or Greek letter that looks Latin makes a word that reads the same and is "
    "another: searches miss it, and two records pass for one.",
    bad="Chаng'e 5 with a Cyrillic a",
    good="Chang'e 5",
)
RULES = (MIXED,)

PRIORITY = 30

_words = re.compile(r"[^\W\d_]+").finditer


def inspect(field: Field, text: str) -> Iterator[Remark]:  # noqa: ARG001
    """Look for a word that has Latin letters and others that look like them."""
    if text.isascii():
        return
    for found in _words(text):
        word = found.group()
        if not word.isascii() and (at := _foreign(word)) is not None:
            script = _script(word[at]).title()
            latin = plain(word)
            yield Remark(
                MIXED,
                f"The word '{word}' mixes Latin letters and the {script} letter {word[at]}.",
                "Expected each word in one script.",
                f"Did you mean {latin} in Latin letters?" if latin.isascii() else "",
                found.start() + at,
            )
            return


def _foreign(word: str) -> int | None:
    """Return where a word with Latin letters has one of another script, or None.

    Greek letters count only where they look Latin: Δv and μm are written so on purpose.
    """
    scripts = [_script(letter) for letter in word]
    if "LATIN" not in scripts:
        return None
    for at, (letter, script) in enumerate(zip(word, scripts, strict=True)):
        if script == "CYRILLIC" or (script == "GREEK" and plain(letter) != letter):
            return at
    return None


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
