"""The id of a source: publisher, year and a few words, as the folder of its readings is called."""

import re
import unicodedata

from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.tables import InvalidValue, get

_MOST_WORDS = 4
_MOST_PUBLISHER_WORDS = 3
_LONGEST = 60
_FILLERS = """
    a an and as at be by for from in into is its of on or over s that the to up was will with
"""
_COMPANY_WORDS = "the of for and inc ltd llc gmbh press online"
# Letters that have no accent to lose.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
# Names that Windows keeps for itself: a folder called so could not be checked out there.
_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{one}{n}" for one in ("com", "lpt") for n in range(10)),
}


class BadSourceId(LunarProgrammesError, ValueError):
    """A text that cannot name the folder of a source."""

    code = "bad-source-id"


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower-case ASCII; what has no such letters is lost.

    >>> words_of("People’s Daily: Mons Rümker")
    ['peoples', 'daily', 'mons', 'rumker']
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = re.sub("['’ʼ`´]", "", plain)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.findall("[a-z0-9]+", plain)


def propose_id(publisher: str, issued: str, title: str) -> str:
    """Propose the id of a source from what it shows of itself.

    >>> propose_id("Bloomberg", "2023-02-27", "China-Russia Space Alliance Stumbles in Bid")
    'bloomberg-2023-china-russia-space-alliance'
    >>> propose_id("", "", "嫦娥")
    'unnamed-nd-document'
    """
    makers = [word for word in words_of(publisher) if word not in _COMPANY_WORDS.split()]
    year = re.match("[12][0-9]{3}", issued)
    head = [*(makers[:_MOST_PUBLISHER_WORDS] or ["unnamed"]), year[0] if year else "nd"]
    words = [word for word in words_of(title) if word not in _FILLERS.split()]
    made = [*head, *(words[:_MOST_WORDS] or ["document"])]
    while len("-".join(made)) > _LONGEST and len(made) > len(head) + 1:
        made.pop()
    return "-".join(made)[:_LONGEST].strip("-")


def checked_id(text: str) -> str:
    """Return an id that may name a folder, or raise `BadSourceId`: a slug leaves no folder.

    >>> checked_id("../elsewhere")
    Traceback (most recent call last):
    lunarprogrammes.proposals.naming.BadSourceId: '../elsewhere' cannot name a source. ...
    """
    try:
        get("sources").fields["id"].parse(text)
        known = text in _RESERVED or text == "editors" or len(text) > 2 * _LONGEST
    except InvalidValue:
        known = True
    if not known:
        return text
    slug = "-".join(words_of(text))[:_LONGEST].strip("-")
    near = slug and slug != text and slug not in _RESERVED
    raise BadSourceId(
        f"'{shown(text)}' cannot name a source.",
        expected=f"Expected publisher, year and words in lower-case letters, figures and hyphens, "
        f"of at most {2 * _LONGEST} characters.",
        remedy=f"Did you mean {slug}?" if near else "Choose another id.",
    )


def shown(text: str, longest: int = 80) -> str:
    r"""Return a stranger's text fit to be shown: one line, nothing invisible, not too long.

    >>> shown("a\x1b[31mb\nc")
    'a?[31mb c'
    """
    seen = "".join(
        letter if letter.isprintable() else " " if letter in "\n\r\t" else "?" for letter in text
    )
    return seen if len(seen) <= longest else seen[: longest - 1] + "…"
