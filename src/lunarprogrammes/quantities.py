"""Figures with the doubt that their source states: about 2,000, more than 800, between 22 and 24.

Owns `Quantity` and comparison, and is where the public names of figures are imported from. Owns no
spelling (`quantity_grammar`), no English (`quantity_words`) and no units: the field that holds the
figure states its unit. Reading a text costs one regular expression; bounds are worked out when
first asked for. Importing costs `re`; pydantic is imported by its hooks,
`quantity_words` where a text is refused or described.
"""

from collections.abc import Callable
from functools import total_ordering
from typing import TYPE_CHECKING

from lunarprogrammes.answers import Answer, decide
from lunarprogrammes.errors import InvalidQuantity
from lunarprogrammes.quantity_grammar import (
    INFINITY,
    PATTERN,
    UNSIGNED_PATTERN,
    Bounds,
    Number,
    bounds_of,
    fullmatch,
    is_reversed,
    split,
)

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = ["PATTERN", "UNSIGNED_PATTERN", "Number", "Quantity", "split", "suggest"]


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
    _bounds: Bounds
    _text: str

    def __init__(self, text: str) -> None:
        if fullmatch(text) is None or ("/" in text and is_reversed(text)):
            from lunarprogrammes.quantity_words import error_for

            raise error_for(text)
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
    def interval(self) -> Bounds:
        """Lower and upper bound, infinite where open, and whether each is left out.

        >>> Quantity(">800").interval
        (800, inf, True, False)
        """
        try:
            return self._bounds
        except AttributeError:
            pass
        bounds = bounds_of(self._text)
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
        parts = split(self._text)
        if parts is None or parts[3]:
            return None
        return float(parts[2]) if "." in parts[2] else int(parts[2])

    @property
    def lower(self) -> Number | None:
        """The lower bound; None when open or unknown. `interval` tells whether it is left out."""
        lower = self.interval[0]
        return None if lower == -INFINITY else lower

    @property
    def upper(self) -> Number | None:
        """The upper bound; None when open or unknown. `interval` tells whether it is left out."""
        upper = self.interval[1]
        return None if upper == INFINITY else upper

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

    def agrees_with(self, other: "Quantity | float | str") -> bool:
        """Tell whether two sources that state these figures say the same.

        They do if the figures are compatible, or if both are plain and the one with fewer decimals
        is the other one rounded: a catalogue's 365 kg is an agency's 364.69 kg.

        >>> Quantity("365").agrees_with("364.69"), Quantity("9.33").agrees_with("9.39")
        (True, False)
        """
        rival = _coerce(other)
        if self.is_exact and rival.is_exact:
            return _is_rounded(self._text, rival.text)
        return self.is_compatible(rival)

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
        from lunarprogrammes.quantity_words import describe

        return describe(self._text)

    @classmethod
    def _accept(cls, value: object) -> "Quantity":
        """Read what pydantic hands over; it reports a ValueError but lets a TypeError through."""
        if isinstance(value, cls):
            return value
        if isinstance(value, str):
            return cls(value)
        from lunarprogrammes.quantity_words import EXPECTED

        raise InvalidQuantity(f"{value!r} is no text.", expected=EXPECTED)

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
_store_bounds: Callable[[Quantity, Bounds], None]
_store_bounds = vars(Quantity)["_bounds"].__set__


def _is_rounded(one: str, other: str) -> bool:
    """Say whether two plain numbers agree to the decimals of the coarser one."""
    (whole, _, part), (other_whole, _, other_part) = one.partition("."), other.partition(".")
    fine = max(len(part), len(other_part))
    difference = int(whole + part.ljust(fine, "0")) - int(other_whole + other_part.ljust(fine, "0"))
    unit = 10 ** (fine - min(len(part), len(other_part)))
    return difference == 0 or (unit > 1 and 2 * abs(difference) <= unit)


def _vagueness(quantity: Quantity) -> tuple[int, Number, bool, int]:
    lower, upper, _, _ = quantity.interval
    opens = (lower == -INFINITY) + (upper == INFINITY)
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
    return Quantity(text if fullmatch(text) else suggest(text) or text)


def suggest(text: str) -> str | None:
    """Guess the spelling that a person's way of writing a figure means, or None; units stop it."""
    from lunarprogrammes import quantity_words

    return quantity_words.suggest(text)
