"""Figures with the doubt that their source states: about 2,000, more than 800, between 22 and 24.

Owns the one spelling of every number, the bounds that a spelling means, and comparison. Owns no
units: the field that holds the figure states its unit. Reading a text costs one regular expression;
bounds are worked out when first asked for. Importing costs `re`; pydantic is imported by its hooks.

Bounds that a source does not give follow a stated convention: about, nearly, slightly more and
doubt (`?`) each stand for a tenth of the figure, or for one unit of its last digit if it is zero.
Plain figures are compared as they stand: 24 and 24.3 differ, because the source's rounding is not
known.
"""

import re
from collections.abc import Callable
from functools import total_ordering
from typing import TYPE_CHECKING

from lunarprogrammes.answers import Answer, decide
from lunarprogrammes.errors import InvalidQuantity

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

# At most 30 digits on either side: enough for the mass of the Moon in grams, and no text of a
# million digits can keep the reader busy. Minus zero is no second spelling of zero.
_NUMBER = (
    r"(?:0(?:\.[0-9]{1,30})?|-?[1-9][0-9]{0,29}(?:\.[0-9]{1,30})?"
    r"|-0\.0{0,29}[1-9][0-9]{0,29})"
)

# For schemas: no look-ahead or named group, one outer group; only reversed ranges escape it.
PATTERN: str = rf"^(?:(?:(?:[<>]~|[<>]=?|~)?{_NUMBER}|{_NUMBER}/{_NUMBER})\??|unknown)$"
_match = re.compile(PATTERN).fullmatch
_parts = re.compile(r"([<>~=]*)([-0-9.]+)(?:/([-0-9.]+))?(\??)").fullmatch

_INFINITY = float("inf")
Number = int | float


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


def _is_reversed(text: str) -> bool:
    """Tell whether a range does not rise; in whole numbers, because floats could tie."""
    start, _, end = text.rstrip("?").partition("/")
    (a, a_scale), (b, b_scale) = _scaled(start), _scaled(end)
    return a * b_scale >= b * a_scale


def _is_valid(text: str) -> bool:
    return _match(text) is not None and not ("/" in text and _is_reversed(text))


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


@total_ordering
class Quantity:
    """A figure as exactly as its source states it; it never changes.

    Accepts a plain number such as `1731`, `-5` or `2.50`, one spelling for each (no separators, no
    exponent, no leading plus or zero; zeros at the end of decimals stay, they are the precision
    stated); before it `~` (about), `>`, `>=`, `<`, `<=`, `<~` (nearly), `>~` (slightly more than);
    a range `22/24`; after any of these `?` where the source is in doubt; or `unknown` (the source
    says that it is not known or not disclosed).

    Raises `InvalidQuantity` with what was found, what is expected and the likely spelling.
    Equality and hash are those of the text. `<` sorts lists (open starts first, then lower bound,
    upper bound and text, unknown last) and says nothing about the world: ask `less_than` for that.
    `other` may be a Quantity, a number or a text.

    >>> sample = Quantity("~2000")
    >>> sample.lower, sample.upper, sample.less_than(2500), sample.less_than("2000")
    (1800, 2200, Answer.YES, Answer.POSSIBLY)
    """

    __slots__ = ("_bounds", "_text")
    _bounds: tuple[Number, Number, bool, bool]
    _text: str

    def __init__(self, text: str) -> None:
        if _match(text) is None or ("/" in text and _is_reversed(text)):
            raise _error(text)
        _store_text(self, text)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"A Quantity never changes; {name} cannot be set.")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"A Quantity never changes; {name} cannot be deleted.")

    def __reduce__(self) -> tuple[type["Quantity"], tuple[str]]:
        return Quantity, (self._text,)

    @property
    def text(self) -> str:
        """The figure as stored."""
        return self._text

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Quantity({self._text!r})"

    def __eq__(self, other: object) -> bool:
        return self._text == other._text if isinstance(other, Quantity) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._text)

    @property
    def interval(self) -> tuple[Number, Number, bool, bool]:
        """Lower and upper bound, infinite where open, and whether each is left out.

        >>> Quantity(">800").interval
        (800, inf, True, False)
        """
        try:
            return self._bounds
        except AttributeError:
            pass
        parts = _parts(self._text)
        if parts is None:  # unknown, the only text without a number
            bounds: tuple[Number, Number, bool, bool] = (-_INFINITY, _INFINITY, False, False)
        else:
            operator, start, end, doubt = parts.groups()
            below, above, lower_out, upper_out = _BOUNDS[operator]
            pad = len(doubt)
            lower = -_INFINITY if below is None else _plus_tenths(start, below - pad)
            upper = _INFINITY if above is None else _plus_tenths(end or start, above + pad)
            bounds = (lower, upper, lower_out, upper_out)
        _store_bounds(self, bounds)
        return bounds

    @property
    def sort_key(self) -> tuple[bool, Number, Number, str]:
        """Order for lists: unknown last, open starts first, then lower, upper and text."""
        lower, upper, _, _ = self.interval
        return not self.is_known, lower, upper, self._text

    def __lt__(self, other: "Quantity") -> bool:
        return self.sort_key < other.sort_key if isinstance(other, Quantity) else NotImplemented

    @property
    def value(self) -> Number | None:
        """The number stated, without its qualifier; None for ranges and unknown.

        >>> Quantity("~2000").value, Quantity("2.50").value, Quantity("22/24").value
        (2000, 2.5, None)
        """
        parts = _parts(self._text)
        if parts is None or parts[3]:
            return None
        return float(parts[2]) if "." in parts[2] else int(parts[2])

    @property
    def lower(self) -> Number | None:
        """The lower bound; None when open or unknown. `interval` tells whether it is left out."""
        lower = self.interval[0]
        return None if lower == -_INFINITY else lower

    @property
    def upper(self) -> Number | None:
        """The upper bound; None when open or unknown. `interval` tells whether it is left out."""
        upper = self.interval[1]
        return None if upper == _INFINITY else upper

    @property
    def is_known(self) -> bool:
        """Whether the source gives any figure at all."""
        return self._text != "unknown"

    @property
    def is_exact(self) -> bool:
        """Whether the text is one plain number."""
        return self._text[0] not in "<>~u" and self._text[-1] != "?" and "/" not in self._text

    @property
    def is_approximate(self) -> bool:
        """Whether the source says about, nearly or slightly more than."""
        return "~" in self._text

    @property
    def is_uncertain(self) -> bool:
        """Whether the source is in doubt."""
        return self._text[-1] == "?"

    def less_than(self, other: "Quantity | float | str") -> Answer:
        """Tell whether this is less than `other`.

        >>> few = Quantity("22/24")
        >>> few.less_than(25), few.less_than(23), few.less_than(22)
        (Answer.YES, Answer.POSSIBLY, Answer.NO)
        """
        lower, upper, _, upper_out = self.interval
        start, end, start_out, _ = _coerce(other).interval
        return decide(
            yes=upper < start or (upper == start and (upper_out or start_out)),
            no=lower >= end,
        )

    def greater_than(self, other: "Quantity | float | str") -> Answer:
        """Tell whether this is more than `other`; the same as `other.less_than(self)`."""
        return _coerce(other).less_than(self)

    def is_compatible(self, other: "Quantity | float | str") -> bool:
        """Tell whether both could be statements about the same figure; unknown contradicts nothing.

        >>> Quantity("~2000").is_compatible(1731), Quantity(">800").is_compatible(801)
        (False, True)
        """
        (a, b, a_out, b_out), (c, d, c_out, d_out) = self.interval, _coerce(other).interval
        meets_below = c < b or (c == b and not (b_out or c_out))
        meets_above = a < d or (a == d and not (a_out or d_out))
        return meets_below and meets_above

    def is_more_precise_than(self, other: "Quantity | float | str") -> bool:
        """Tell whether this says more: fewer open ends, a narrower span, no doubt, more decimals.

        >>> Quantity("2.50").is_more_precise_than("2.5"), Quantity("~24").is_more_precise_than(24)
        (True, False)
        """
        return _vagueness(self) < _vagueness(_coerce(other))

    def describe(self) -> str:
        """Say the figure in English words.

        >>> for text in ("~2000", ">800", "22/24", "<~24", "unknown"):
        ...     print(Quantity(text).describe())
        about 2,000
        more than 800
        between 22 and 24
        nearly 24
        not known
        """
        parts = _parts(self._text)
        if parts is None:
            return "not known"
        operator, start, end, doubt = parts.groups()
        words = f"{_WORDS[operator]}{_grouped(start)}"
        if end:
            words = f"between {_grouped(start)} and {_grouped(end)}"
        return f"perhaps {words}" if doubt else words

    @classmethod
    def _accept(cls, value: object) -> "Quantity":
        """Read what pydantic hands over; it reports a ValueError but lets a TypeError through."""
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return cls(value)
        raise InvalidQuantity(f"{value!r} is no text.", expected=_EXPECTED)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            cls._accept,
            serialization=core_schema.plain_serializer_function_ser_schema(
                str, return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        return {"type": "string", "pattern": PATTERN}


# The slots themselves write past `__setattr__`, and only from here.
_store_text: Callable[[Quantity, str], None] = vars(Quantity)["_text"].__set__
_store_bounds: Callable[[Quantity, tuple[Number, Number, bool, bool]], None]
_store_bounds = vars(Quantity)["_bounds"].__set__


def _vagueness(quantity: Quantity) -> tuple[int, Number, bool, int]:
    lower, upper, _, _ = quantity.interval
    opens = (lower == -_INFINITY) + (upper == _INFINITY)
    decimals = len(quantity.text.rstrip("?").partition("/")[0].partition(".")[2])
    doubt = quantity.is_approximate or quantity.is_uncertain
    return opens, 0 if opens else upper - lower, doubt, -decimals


def _coerce(value: Quantity | float | str) -> Quantity:
    """Take whatever may stand on the other side of a comparison."""
    if isinstance(value, Quantity):
        return value
    if isinstance(value, str):
        return Quantity(value)
    # repr is the shortest text that reads back as the same float; 1e+22 needs respelling.
    text = repr(value)
    return Quantity(text if _match(text) else suggest(text) or text)


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


_EXPECTED = (
    "Expected a plain number such as 1731 or 2.50, with ~ (about), >, >=, <, <=, <~ (nearly) or "
    ">~ (slightly more than) before it or ? (uncertain) after it; a range such as 22/24; or the "
    "word unknown."
)


def _error(text: str) -> InvalidQuantity:
    """Say what is wrong with a text that is no quantity, as narrowly as can be said."""
    shown = repr(text if len(text) <= 60 else text[:57] + "...")
    return InvalidQuantity(f"{shown} {_fault(text)}", expected=_EXPECTED, suggestion=suggest(text))


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
        if re.fullmatch(pattern, text, re.DOTALL) and ("/" not in text or _match(text)):
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
    return found if found and found != text and _is_valid(found) else None


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
        return f"{a}/{b}{doubt}" if _is_valid(f"{a}/{b}") else f"{b}/{a}{doubt}"
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
