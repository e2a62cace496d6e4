"""Which other spellings of a date are certain: one reading, and exactly as precise as written.

`dates.suggest` guesses for people, who then decide; nobody decides here, so that only the shapes
below count. `2024-5` may be May 2024 or the two years, `3/4/2024` is March or April, `5.3.2024`
likewise outside of Europe; `winter 2024` may have begun in 2023; a local time has to be remarked
upon. None of these is touched.
"""

import re

from lunarprogrammes.date_grammar import is_valid
from lunarprogrammes.dates import suggest

_MONTH = r"(?:[a-z]{3,9})\.?"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_SHAPES = (
    r"[0-9]{4}([-./])[0-9]{1,2}\1[0-9]{1,2}",
    r"(?:19|20)[0-9]{6}",
    rf"(?:{_DAY} )?{_MONTH},? [0-9]{{4}}",
    rf"{_MONTH} {_DAY},? [0-9]{{4}}",
    rf"[0-9]{{4}}[ -]{_MONTH}(?:[ -]{_DAY})?",
    r"[0-9]{4} ?年(?: ?[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?日)?)?",
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[t ][0-9]{2}:[0-9]{2}(?::[0-9]{2})? ?(?:z|utc|gmt)",
)
_HEDGED = r"(circa |ca?\. ?|about |around |approximately |approx\.? |~ ?)?(.+?)( ?[?~%])?"
_MONTHS = re.compile(
    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?"
    "|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?"
)
_ZONES = {"utc", "gmt"}


def certain_date(text: str) -> str | None:
    """Return the one spelling of what is surely meant, or None.

    >>> [certain_date(text) for text in ("2024-5-3", "31/12/2024", "Dec 2024", "circa 2030")]
    ['2024-05-03', '2024-12-31', '2024-12', '2030~']
    >>> [certain_date(text) for text in ("2024-5", "03/04/2024", "5.3.2024", "winter 2024", "TBD")]
    [None, None, None, None, None]
    """
    if len(text) > 60:
        return None
    words = " ".join(text.lower().split())
    joined = words.replace(" / ", "/")
    for spelling in (joined, joined.upper()):
        if is_valid(spelling):
            return spelling  # nothing but case and spaces
    hedged = re.fullmatch(_HEDGED, words)
    if hedged is None or (hedged[1] and hedged[3]) or not _is_certain(hedged[2]):
        return None
    return suggest(text)


def _is_certain(core: str) -> bool:
    if re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", core) and is_valid(core):
        return True
    if dotted := re.fullmatch(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2[0-9]{4}", core):
        # Which of the two is the day shows only where it cannot be the month, or is the same.
        first, second = int(dotted[1]), int(dotted[3])
        return first == second or first > 12 or (second > 12 and dotted[2] != ".")
    if not any(re.fullmatch(shape, core) for shape in _SHAPES):
        return False
    # A word that merely begins like a month (`decem 2024`) may be another word.
    words = re.findall("[a-z]{3,}", core)
    return all(word in _ZONES or _MONTHS.fullmatch(word) for word in words)
