"""The certain repair of one cell: spaces, Unicode form, and the spelling of a typed value.

What cannot be repaired for certain is returned as it is, to the character. Cells with hidden
characters or text that was decoded wrongly are left whole: a no-break space may be the second half
of a letter there (`Ã` with one is `à`), and a person has to look anyway.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from lunarprogrammes.check.fixing.dates import certain_date
from lunarprogrammes.check.fixing.figures import certain_figure
from lunarprogrammes.tables import Field, InvalidValue
from lunarprogrammes.tables._field import LIST_SEPARATOR

SPACES, COMPOSED, VALUE = "S103", "S102", "S101"
Admits = Callable[[str], bool]

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Putting so many marks on one letter in order takes quadratic time, and no language writes them.
_MOST_MARKS = 30
# Normalising would put the usual character for one that a name may be written with on purpose.
_compatible = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]").search


class Repair(NamedTuple):
    """The new text of a cell, and the codes of the rules that the old one broke."""

    text: str
    codes: tuple[str, ...]


def repaired(field: Field, text: str, admits: Admits) -> Repair:
    """Return a cell as its field spells it, where that is certain.

    `admits` says of the code of a rule whether its breaches are to be repaired.
    """
    if not text or (text.isascii() and text.isalnum() and _is_good(field, text)):
        return Repair(text, ())
    if not _is_legible(text):
        return Repair(text, ())
    found, codes = text, []
    for code, step in ((SPACES, _spaced), (COMPOSED, _composed), (VALUE, _spelt)):
        if admits(code) and (better := step(field, found)) != found:
            found = better
            codes.append(code)
    return Repair(found, tuple(codes))


def _is_legible(text: str) -> bool:
    if text.isascii() and text.isprintable():
        return True
    marks = 0
    for one in text:
        category = unicodedata.category(one)
        marks = marks + 1 if category == "Mn" else 0
        if (category in _HIDDEN and one != "\t") or marks > _MOST_MARKS:
            return False
    return "\ufffd" not in text and not _is_garbled(text)


def _is_garbled(text: str) -> bool:
    """Say whether any word of a text is UTF-8 that was read as Windows-1252 or Latin-1."""
    for encoding in ("cp1252", "latin-1"):
        for word in (text, *text.split(" ")):
            try:
                if not word.isascii() and word.encode(encoding).decode("utf-8"):
                    return True
            except (UnicodeEncodeError, UnicodeDecodeError):
                continue
    return False


def _spaced(field: Field, text: str) -> str:
    if field.kind == "list":
        # Spaces around the separator belong to it: they are nobody's name.
        return LIST_SEPARATOR.join(" ".join(item.split()) for item in text.split(LIST_SEPARATOR))
    # An address may have lost a sign where a space stands; at its edges nothing can be lost.
    return text.strip() if field.kind == "url" else " ".join(text.split())


def _composed(field: Field, text: str) -> str:
    if field.kind == "url" or _compatible(text):
        return text
    return unicodedata.normalize("NFC", text)


def _spelt(field: Field, text: str) -> str:
    """Return the certain spelling of a value that its field refuses."""
    if not text or _is_good(field, text):
        return text
    meant = _SPELLINGS[field.kind](field, text) if field.kind in _SPELLINGS else None
    return meant if meant and _is_good(field, meant) else text


def _is_good(field: Field, text: str) -> bool:
    try:
        return field.text(field.parse(text)) == text
    except InvalidValue:
        return False


def _boolean(_: Field, text: str) -> str | None:
    return text.lower()


def _date(_: Field, text: str) -> str | None:
    return certain_date(text)


def _figure(_: Field, text: str) -> str | None:
    return certain_figure(text)


def _url(_: Field, text: str) -> str | None:
    scheme, colon, rest = text.partition("://")
    return f"{scheme.lower()}{colon}{rest}"


def _term(field: Field, text: str) -> str | None:
    """Return the term of the list that differs in case and joints alone; no two terms do."""
    meant = text.lower().replace(" ", "-").replace("_", "-")
    return meant if field.vocabulary and meant in field.vocabulary.terms else None


_SPELLINGS: dict[str, Callable[[Field, str], str | None]] = {
    "boolean": _boolean,
    "date": _date,
    "integer": _figure,
    "quantity": _figure,
    "term": _term,
    "url": _url,
}
