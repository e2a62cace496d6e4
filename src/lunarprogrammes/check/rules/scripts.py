"""X103: letters of two scripts in one word, or one word of another script that looks Latin."""

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

# Not the empty text, which stands before the first word.
_QUOTING = frozenset("(\"'\u00ab\u2018\u201c\u201e")
_full_width = re.compile("[\uff21-\uff3a\uff41-\uff5a]")
_words = re.compile(r"[^\W\d_]+").finditer


def inspect(field: Field, text: str) -> Iterator[Remark]:  # noqa: ARG001
    """Look for a word that has Latin letters and others that look like them, or these alone."""
    if text.isascii():
        return
    words = [*_words(text)]
    for found in words:
        word = found.group()
        if word.isascii():
            continue
        if wide := _full_width.search(word):
            has = f"has the full-width letter {wide[0]}"
            yield _remark(word, found.start() + wide.start(), has)
            return
        if (at := _foreign(word)) is not None:
            script = _script(word[at]).title()
            has = f"mixes Latin letters and the {script} letter {word[at]}"
            yield _remark(word, found.start() + at, has)
            return
    passing = next((found for found in words if _passes_for_latin(found)), None)
    if passing and not _is_of_its_script(words):
        word = passing.group()
        yield Remark(
            MIXED,
            f"The word '{word}' is all in {_script(word[0]).title()} letters that look Latin.",
            "Expected Latin letters, or brackets around a word that is quoted in its own script.",
            f"Did you mean {plain(word)} in Latin letters?",
            passing.start(),
        )


def _remark(word: str, offset: int, has: str) -> Remark:
    latin = unicodedata.normalize("NFKC", plain(word))
    return Remark(
        MIXED,
        f"The word '{word}' {has}.",
        "Expected each word in one script.",
        f"Did you mean {latin} in Latin letters?" if latin.isascii() else "",
        offset,
    )


def _passes_for_latin(found: re.Match[str]) -> bool:
    """Say whether a word has look-alike letters alone; brackets and quotation marks quote it.

    One Greek letter by itself is a symbol.
    """
    word, text = found.group(), found.string
    if not plain(word).isascii() or word.isascii() or any(map(str.isascii, word)):
        return False
    if len(word) == 1 and _script(word) == "GREEK":
        return False
    before = text[: found.start()]
    # An apostrophe within a word quotes nothing.
    return before[-1:] not in _QUOTING or before[-2:-1].isalnum()


def _is_of_its_script(words: list[re.Match[str]]) -> bool:
    """Say whether a text without a Latin word, or with one that is surely foreign, is no trick."""
    scripts = {_script(letter) for found in words for letter in found.group()}
    sure = any(
        plain(letter) == letter
        and (_script(letter) == "CYRILLIC" or (_script(letter) == "GREEK" and len(word) > 1))
        for word in (found.group() for found in words)
        for letter in word
    )
    return "LATIN" not in scripts or sure


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
