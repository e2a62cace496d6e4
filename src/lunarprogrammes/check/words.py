"""Words that look like others: the nearest word of a list, and letters that pass for Latin ones."""

from collections.abc import Iterable
from difflib import get_close_matches

from lunarprogrammes.tables import Field

# Cyrillic and Greek letters that print as Latin ones. Letters that merely resemble one (µ, Δ, α)
# are left out: they are used on purpose.
LOOK_ALIKES = str.maketrans(
    "аеорсухѕіјһԁԛԝАВЕЅІЈКМНОРСТХУονιΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxsijhdqwABESIJKMHOPCTXYoviABEZHIKMNOPTYX",
)


def plain(word: str) -> str:
    """Return a word with look-alike letters made Latin.

    >>> plain("Chаng'e").isascii()
    True
    """
    return word.translate(LOOK_ALIKES)


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that was probably meant, or None.

    >>> nearest("Launch Date", ["launch_date", "landing_date"])
    'launch_date'
    """
    known = list(words)
    simple = plain(word).strip().lower().replace(" ", "_")
    for form in (simple, simple.replace("_", "-"), simple.replace("-", "_")):
        if form in known:
            return form
    close = get_close_matches(simple, known, 1, 0.72)
    return close[0] if close else None


def did_you_mean(word: str, words: Iterable[str], otherwise: str = "") -> str:
    """Return the question `Did you mean …?`, or the other sentence where nothing is near."""
    near = nearest(word, words)
    return f"Did you mean {near}?" if near else otherwise


def expects(field: Field) -> str:
    """Say what a field is for, with its own example, and then what every field of its kind admits.

    >>> from lunarprogrammes.tables import get
    >>> expects(get("missions").facts["crewed"])
    'Expected true or false. The field says: Whether people are on board, such as true.'
    """
    meaning = field.meaning.removesuffix(".")
    return f"{field.expectation()} The field says: {meaning}, such as {field.example}."
