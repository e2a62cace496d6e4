"""The words of people: how a figure is said, and what a misspelt one may have meant.

Owns the English of quantities, the wording of their errors, and `suggest`, which reads human
spellings. Owns no rule of what is a quantity: whatever it reads is put to `quantity_grammar`.
Importing costs no regular expression: each is compiled when first needed, and kept by `re`.
"""

import re

from lunarprogrammes.errors import InvalidQuantity, quoted
from lunarprogrammes.quantity_grammar import fullmatch, is_valid, split

_WORDS = {
    "": "",
    "~": "about ",
    ">": "more than ",
    ">=": "at least ",
    "<": "less than ",
    "<=": "at most ",
    "<~": "nearly ",
    ">~": "slightly more than ",
}


def _grouped(number: str) -> str:
    """Set a comma after every third digit before the decimal point."""
    whole, point, decimals = number.partition(".")
    return ("-" if whole == "-0" else "") + f"{int(whole):,}{point}{decimals}"


def describe(text: str) -> str:
    """Say a whole text in English; it must be a quantity.

    >>> describe("~2000"), describe("22/24?")
    ('about 2,000', 'perhaps between 22 and 24')
    """
    parts = split(text)
    if parts is None:
        return "not known"
    operator, start, end, doubt = parts.groups()
    words = f"{_WORDS[operator]}{_grouped(start)}"
    if end:
        words = f"between {_grouped(start)} and {_grouped(end)}"
    return f"perhaps {words}" if doubt else words


EXPECTED = (
    "Expected a plain number such as 1731 or 2.50, with ~ (about), >, >=, <, <=, <~ (nearly) or "
    ">~ (slightly more than) before it or ? (uncertain) after it; a range such as 22/24; or the "
    "word unknown."
)


def error_for(text: str) -> InvalidQuantity:
    """Say what is wrong with a text that is no quantity, as narrowly as can be said."""
    shown = quoted(text)
    return InvalidQuantity(f"{shown} {_fault(text)}", expected=EXPECTED, suggestion=suggest(text))


def _fault(text: str) -> str:
    faults = (
        (r"\s*", "is empty."),
        (r"\s.*|.*\s", "has space around it."),
        (r".*/.*", "does not rise from its lower to its upper end."),
        (r"[-+]?[0-9]{1,3}([, '_][0-9]{3})+(\.[0-9]+)?", "has separators between its digits."),
        (r"[-+]?[0-9.]+[eE][-+]?[0-9]+", "is written with an exponent."),
        (r"\+[0-9.]+", "has a plus before it."),
        (r"-?0[0-9]+(\.[0-9]+)?", "has needless zeros before it."),
        (r"-0(\.0+)?", "is zero with a minus."),
        (r"[-<>=~]*[0-9.]+ ?[^0-9.?]*[a-zA-Zµ%°]+.*", "holds more than a number."),
    )
    for pattern, fault in faults:
        if re.fullmatch(pattern, text, re.DOTALL) and ("/" not in text or fullmatch(text)):
            return fault
    return "is no quantity."


_SIGNS = {
    "~": r"about|around|approximately|approx\.?|circa|ca?\.|roughly|some|~|≈|≃",
    "<~": r"nearly|almost|just under|just below|close to|<~",
    ">~": r"slightly more than|slightly over|just over|just above|>~",
    ">=": r"at least|no less than|no fewer than|not less than|minimum|min\.|>=|≥|⩾",
    "<=": r"at most|up to|no more than|not more than|maximum|max\.|<=|≤|⩽",
    ">": r"more than|over|above|greater than|exceeding|in excess of|>",
    "<": r"less than|fewer than|under|below|<",
}
_SCALES = {"thousand": "3", "million": "6", "billion": "9", "trillion": "12"}


def suggest(text: str) -> str | None:
    """Guess the spelling that a person's way of writing a figure means, or None; units stop it.

    >>> suggest("1,731"), suggest("over 800"), suggest("1e3"), suggest("800+"), suggest("2 kg")
    ('1731', '>800', '1000', '>=800', None)
    """
    # A raised figure is a footnote or a power, and would be normalised into a digit.
    if len(text) > 100 or re.search("[²³¹⁰-₟¼-¾⅐-⅟]", text):
        return None
    import unicodedata  # only needed where something is wrong

    # NFKC turns no-break and thin spaces into plain ones, and full-width digits into digits.
    words = unicodedata.normalize("NFKC", re.sub("[‐-―−]", "-", text))
    words = " ".join(words.lower().split())
    found = _read(words)
    return found if found and found != text and is_valid(found) else None


def _read(words: str) -> str | None:
    if re.fullmatch("unknown|not known|unspecified|(?:un|not )disclosed|tb[ad]|n/a", words):
        return "unknown"
    hedged = re.fullmatch(r"(perhaps |possibly |probably )?(.+?)(?: ?(\?|\(\?\)))?", words)
    if hedged is None:
        return None
    doubt, words = "?" if hedged[1] or hedged[3] else "", hedged[2]
    for sign, spellings in _SIGNS.items():
        if (led := re.fullmatch(rf"(?:{spellings}) ?(.+)", words)) and (number := _number(led[1])):
            return sign + number + doubt
    if (more := re.fullmatch(r"(.+?)(?:\+| or more| and more)", words)) and (
        number := _number(more[1])
    ):
        return f">={number}{doubt}"
    pair = re.fullmatch(r"(?:between (.+) and (.+))|(?:from )?(.+?) ?(?:-|/| to ) ?(.+)", words)
    if pair and not _number(words):
        a, b = (_number(part) for part in (pair[1] or pair[3], pair[2] or pair[4]))
        if not a or not b:
            return None
        if a == b:
            return a + doubt
        return f"{a}/{b}{doubt}" if is_valid(f"{a}/{b}") else f"{b}/{a}{doubt}"
    number = _number(words)
    return number + doubt if number else None


def _number(words: str) -> str | None:
    """Read one number in any usual notation; None where the decimal sign is not certain."""
    shape = re.fullmatch(
        r"([-+]?)((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:[ '_][0-9]{3})+|[0-9]*)(?:\.[0-9]*)?)"
        r"(?:e([-+]?[0-9]{1,2})| (thousand|million|billion|trillion))?",
        words,
    )
    if shape is None or not re.search("[0-9]", shape[2]):
        return None
    minus, digits = shape[1] == "-", re.sub("[, '_]", "", shape[2])
    whole, _, decimals = digits.partition(".")
    power = int(shape[3] or _SCALES.get(shape[4] or "", "0"))
    if power > 0:
        decimals = decimals.ljust(power, "0")
        whole, decimals = whole + decimals[:power], decimals[power:]
    elif power < 0:
        whole = whole.rjust(-power + 1, "0")
        whole, decimals = whole[:power], whole[power:] + decimals
    number = (whole.lstrip("0") or "0") + (f".{decimals}" if decimals else "")
    return f"-{number}" if minus and number.strip("0.") else number
