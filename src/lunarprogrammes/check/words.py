"""Words that look like others: the nearest word of a list, and letters that pass for Latin ones."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache

from lunarprogrammes.tables import Field, InvalidValue

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


# Nobody misspells a longer word; to compare it would take the square of its length.
LONGEST_WORD = 80


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that was probably meant, or None.

    >>> nearest("Launch Date", ["launch_date", "landing_date"])
    'launch_date'
    """
    if len(word) > LONGEST_WORD:
        return None
    known = list(words)
    simple = plain(word).strip().lower().replace(" ", "_")
    for form in (simple, simple.replace("_", "-"), simple.replace("-", "_")):
        if form in known:
            return form
    return _closest(simple, tuple(known)) if len(known) < 100 else _close(simple, known)


def _close(word: str, known: Sequence[str]) -> str | None:
    close = get_close_matches(word, known, 1, 0.72)
    return close[0] if close else None


@lru_cache(maxsize=1024)
def _closest(word: str, known: tuple[str, ...]) -> str | None:
    """Return the same for a short list, of which the same words are asked again and again."""
    return _close(word, known)


def did_you_mean(word: str, words: Iterable[str], otherwise: str = "") -> str:
    """Return the question `Did you mean …?`, or the other sentence where nothing is near."""
    near = nearest(word, words)
    return f"Did you mean {near}?" if near else otherwise


def expects(field: Field) -> str:
    """Say what a cell may hold, with the field's own example, and what the field is for.

    >>> from lunarprogrammes.tables import get
    >>> expects(get("missions").facts["operator"])
    'Expected the id of a record in actors, such as cnsa. The field says: Actor that flies it.'
    """
    kind, example = field.kind, field.example.removesuffix(".")
    start = field.expectation().partition(" such as ")[0].rstrip(".,")
    if field.vocabulary is not None or kind == "boolean":
        start = f"{field.expectation().removesuffix('.')}"
    elif kind == "date":
        start = f"{start} such as {example}, or as vague as 2024-05, 2030~ or 2026/.. are"
    elif kind == "quantity":
        bare = example.lstrip("<>=~")
        start = f"{start}, such as {bare}, ~{bare} or >{bare}"
    else:
        start = f"{start}, such as {example}"
    return f"{start}. The field says: {field.meaning}"


def example_of(field: Field) -> str:
    """Say what a field is for and give its example, for a cell that is to be filled.

    >>> from lunarprogrammes.tables import get
    >>> example_of(get("missions").facts["operator"])
    'The field says: Actor that flies it, such as cnsa.'
    """
    example = field.example.removesuffix(".")
    return f"The field says: {field.meaning.removesuffix('.')}, such as {example}."


_LANGUAGES = {
    "arabic": "ar",
    "chinese": "zh",
    "english": "en",
    "french": "fr",
    "german": "de",
    "hindi": "hi",
    "italian": "it",
    "japanese": "ja",
    "korean": "ko",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
}


def code_meant(field: Field, text: str) -> str:
    """Return the code that was probably meant, or an empty text.

    >>> from lunarprogrammes.tables import get
    >>> code_meant(get("missions").facts["cospar_id"], "2020-87a")
    '2020-087A'
    """
    plainly = "".join(plain(text).split())
    designator = re.fullmatch("([0-9]{4})[- /]?([0-9]{1,3})-?([A-Za-z]{1,3})", plainly)
    forms = [plainly, plainly.upper(), plainly.lower(), _LANGUAGES.get(plainly.lower(), "")]
    forms.append(plainly.replace("_", "-"))
    code = plainly.rpartition("/")[2]
    # Some systems write their code alone, some as an address: the example shows which.
    forms += [code, field.example.rpartition("/")[0] + "/" + code.lower()]
    if designator:
        year, number, letters = designator.groups()
        forms.insert(0, f"{year}-{int(number):03d}{letters.upper()}")
    for form in forms:
        if form and form != text:
            try:
                field.parse(form)
            except InvalidValue:
                continue
            return form
    return ""
