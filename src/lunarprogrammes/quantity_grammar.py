"""The spelling of figures: the one expression that accepts them, and the bounds they mean.

Owns the one spelling of every number and the bounds that a spelling means. Owns no comparison,
which is `quantities`, and no words, which are `quantity_words`. Costs the compiling of two regular
expressions at import; it knows no other module.

Bounds that a source does not give follow a stated convention: about, nearly, slightly more and
doubt (`?`) each stand for a tenth of the figure, or for one unit of its last digit if it is zero.
Plain figures are compared as they stand: 24 and 24.3 differ, because the source's rounding is not
known.
"""

import re

# At most 30 digits on either side: enough for the mass of the Moon in grams, and no text of a
# million digits can keep the reader busy. Minus zero is no second spelling of zero.
_NUMBER = (
    r"(?:0(?:\.[0-9]{1,30})?|-?[1-9][0-9]{0,29}(?:\.[0-9]{1,30})?"
    r"|-0\.0{0,29}[1-9][0-9]{0,29})"
)
_UNSIGNED = r"(?:0(?:\.[0-9]{1,30})?|[1-9][0-9]{0,29}(?:\.[0-9]{1,30})?)"


def _pattern(number: str) -> str:
    return rf"^(?:(?:(?:[<>]~|[<>]=?|~)?{number}|{number}/{number})\??|unknown)$"


# For schemas: no look-ahead or named group, one outer group; only reversed ranges escape it.
PATTERN: str = _pattern(_NUMBER)
# For the schemas of fields that admit nothing below zero: a text has no minimum there.
UNSIGNED_PATTERN: str = _pattern(_UNSIGNED)
fullmatch = re.compile(PATTERN).fullmatch
split = re.compile(r"([<>~=]*)([-0-9.]+)(?:/([-0-9.]+))?(\??)").fullmatch

INFINITY = float("inf")
Number = int | float
Bounds = tuple[Number, Number, bool, bool]


def _ratio(digits: int, scale: int) -> Number:
    """Divide exactly where a whole number results, otherwise to the nearest float."""
    whole, rest = divmod(digits, scale)
    return digits / scale if rest else whole


def _scaled(number: str) -> tuple[int, int]:
    """Split a number into its digits and ten to the power of its decimals: 1.50 is 150 and 100."""
    whole, _, decimals = number.partition(".")
    return int(whole + decimals), int(10 ** len(decimals))


def _plus_tenths(number: str, tenths: int) -> Number:
    """Move a number by tenths of itself, upwards if positive; zero by units of its last digit."""
    digits, scale = _scaled(number)
    if not digits:
        return _ratio(tenths, scale)
    return _ratio(10 * digits + tenths * abs(digits), 10 * scale)


def is_reversed(text: str) -> bool:
    """Tell whether a range does not rise; in whole numbers, because floats could tie."""
    start, _, end = text.rstrip("?").partition("/")
    (a, a_scale), (b, b_scale) = _scaled(start), _scaled(end)
    return a * b_scale >= b * a_scale


def is_valid(text: str) -> bool:
    """Tell whether a text is a quantity."""
    return fullmatch(text) is not None and not ("/" in text and is_reversed(text))


# For each operator: tenths to move for the lower and the upper bound, or None where open; and
# whether each bound is left out.
_BOUNDS: dict[str, tuple[int | None, int | None, bool, bool]] = {
    "": (0, 0, False, False),
    "~": (-1, 1, False, False),
    ">": (0, None, True, False),
    ">=": (0, None, False, False),
    "<": (None, 0, False, True),
    "<=": (None, 0, False, False),
    "<~": (-1, 0, False, True),
    ">~": (0, 1, True, False),
}


def bounds_of(text: str) -> Bounds:
    """Give lower and upper bound, infinite where open, and whether each is left out."""
    parts = split(text)
    if parts is None:  # unknown, the only text without a number
        return -INFINITY, INFINITY, False, False
    operator, start, end, doubt = parts.groups()
    below, above, lower_out, upper_out = _BOUNDS[operator]
    pad = len(doubt)
    return (
        -INFINITY if below is None else _plus_tenths(start, below - pad),
        INFINITY if above is None else _plus_tenths(end or start, above + pad),
        lower_out,
        upper_out,
    )
