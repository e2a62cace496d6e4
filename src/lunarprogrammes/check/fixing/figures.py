"""Which other spellings of a figure are certain: separators between digits, signs, spaces.

Left to people: exponents, which a spreadsheet may have rounded; leading zeros, which may be the
rest of a number that was cut; `800+`, ranges with a hyphen, units, and decimal commas: `1,5` has
none of the groups of three digits that make `1,731` a thousand and more.
"""

import re

from lunarprogrammes.quantity_grammar import is_valid

_SIGNS = {
    "~": "~|≈|≃|about|around|circa|approximately",
    ">=": ">=|≥|⩾|at least",
    "<=": "<=|≤|⩽|at most",
    ">": ">|more than",
    "<": "<|less than|fewer than",
    "<~": "<~",
    ">~": ">~",
}
_NUMBER = (
    r"([-+−]?)([1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+"
    r"|[1-9][0-9]{0,2}(?:'[0-9]{3})+|[1-9][0-9]{0,2}(?:_[0-9]{3})+|0|[1-9][0-9]*)(\.[0-9]+)?"
)


def certain_figure(text: str) -> str | None:
    """Return the one spelling of what is surely meant, or None.

    >>> [certain_figure(text) for text in ("1,731", "more than 800", "≥ 5", "+3", "Unknown")]
    ['1731', '>800', '>=5', '3', 'unknown']
    >>> [certain_figure(text) for text in ("1,5", "1e3", "007", "2 kg", "800+", "1,73,100")]
    [None, None, None, None, None, None]
    """
    if len(text) > 60:
        return None
    words = " ".join(text.lower().split())
    if words == "unknown":
        return words
    read = re.fullmatch(rf"(.*?) ?{_NUMBER} ?(\??)", words)
    if read is None:
        return None
    sign = next((sign for sign, said in _SIGNS.items() if re.fullmatch(said, read[1])), "")
    if read[1] and not sign:
        return None
    minus = "-" if read[2] in {"-", "−"} else ""
    found = sign + minus + re.sub("[, '_]", "", read[3]) + (read[4] or "") + read[5]
    return found if is_valid(found) else None
