"""What one field is: its meaning, type, unit, vocabulary, resolution rule and example.

A `Field` stands in the `Annotated` type of a record class and is the only home of everything that
is said about that column. Reading a cell, validating it (alone or through pydantic), the
Frictionless schema, the JSON Schema and the data dictionary all follow from it. Standard library
only; pydantic is imported inside the two hooks that it calls.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from lunarprogrammes import dates, quantities
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import InvalidDate, InvalidQuantity, LunarProgrammesError
from lunarprogrammes.quantities import Quantity

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

type_of_value = str | int | bool | UncertainDate | Quantity | tuple[str, ...]

SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
# A reference to a record of any table, as `names` and `indicators` need it: `missions/change-5`.
ANY_RECORD = "^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$"
# Free text: one line, neither empty nor with a space at its edge.
ONE_LINE = r"^[^\s](?:[^\r\n]*[^\s])?$"
LIST_SEPARATOR = ";"


class InvalidValue(LunarProgrammesError, ValueError):
    """A cell that its field does not admit; `suggestion` holds the likely spelling, or None."""

    code = "invalid-value"

    def __init__(self, what: str, *, expected: str = "", suggestion: str | None = None) -> None:
        super().__init__(
            what,
            expected=expected,
            remedy=f"Did you mean {suggestion}?" if suggestion else "",
        )
        self.suggestion = suggestion


class Vocabulary(NamedTuple):
    """A closed list of terms, each with the definition that decides when it applies.

    `stands_over` gives the weaker terms that a term takes in: who says "agreed" does not contradict
    who says "signed", and does not undo it later.
    """

    name: str
    meaning: str
    terms: Mapping[str, str]
    stands_over: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def below(self, term: str) -> tuple[str, ...]:
        """Return the weaker terms that a term takes in."""
        return self.stands_over.get(term, ())


class Field(NamedTuple):
    """Everything that is known of one column; made by the functions below, never by hand.

    `kind` is one of id, slug, text, code, url, term, reference, record, date, quantity, integer,
    boolean, list. `rule` says how contradicting claims are settled: `authority` (the better source
    first) or `latest` (the later statement first). `editorial` opens the field to the source
    `editors`, because it orders the world rather than states a fact. In a `complementary` field two
    different texts do not contradict each other: they are two names, or two descriptions.
    """

    kind: str
    meaning: str
    example: str
    unit: str = ""
    vocabulary: Vocabulary | None = None
    references: tuple[str, ...] = ()
    pattern: str = ""
    expected: str = ""
    minimum: float | None = None
    maximum: float | None = None
    rule: str = "authority"
    editorial: bool = False
    required: bool = False
    derived: bool = False
    complementary: bool = False

    def parse(self, text: str) -> type_of_value:
        """Return the typed value of a non-empty cell, or raise `InvalidValue` saying what to do.

        >>> flown = Field(kind="boolean", meaning="Whether it flew.", example="true")
        >>> flown.parse("true")
        True
        >>> flown.parse("yes")  # doctest: +IGNORE_EXCEPTION_DETAIL
        Traceback (most recent call last):
        InvalidValue: 'yes' is not true or false. Expected true or false. Did you mean true?
        """
        return _PARSERS[self.kind](self, text)

    def expectation(self) -> str:
        """Say in words what a cell of this field may hold."""
        if self.expected:
            return self.expected
        if self.vocabulary is not None:
            return f"Expected one of: {', '.join(self.vocabulary.terms)}."
        if self.references:
            return f"Expected the id of a record in {' or '.join(self.references)}."
        bounds = _bounds_in_words(self.minimum, self.maximum)
        unit = f" in {self.unit}" if self.unit else ""
        return _EXPECTATIONS[self.kind].format(unit=unit, bounds=bounds)

    def text(self, value: type_of_value) -> str:
        """Return the canonical cell text of a typed value: the inverse of `parse`."""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, tuple):
            return LIST_SEPARATOR.join(value)
        return str(value)

    def regular_expression(self) -> str:
        """Return the anchored pattern that schemas print for this field, or an empty string."""
        if self.kind == "date":
            return dates.PATTERN
        if self.kind == "quantity":
            unsigned = self.minimum is not None and self.minimum >= 0
            return quantities.UNSIGNED_PATTERN if unsigned else quantities.PATTERN
        if self.kind == "text":
            return self.pattern or ONE_LINE
        return self.pattern

    def __get_pydantic_core_schema__(self, _: Any, __: "GetCoreSchemaHandler") -> "CoreSchema":
        """Validate text through `parse`; a value of the field's own Python type passes as it is."""
        from pydantic_core import core_schema

        def validate(value: object) -> object:
            if value is None and not self.required:
                return None
            if self.kind == "list" and not value:
                return ()
            if isinstance(value, str):
                if not value:
                    raise InvalidValue("The cell is empty.", expected=self.expectation())
                return self.parse(value)
            return self.parse(self.text(_checked(self, value)))

        return core_schema.no_info_plain_validator_function(
            validate,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda value: None if value is None else _json_value(value),
            ),
        )

    def __get_pydantic_json_schema__(
        self, _: "CoreSchema", __: "GetJsonSchemaHandler"
    ) -> dict[str, Any]:
        """Return the JSON Schema of this field, with meaning, unit and example."""
        from lunarprogrammes.export.json_schema import field_schema

        return field_schema(self)


def _checked(of: Field, value: object) -> type_of_value:
    python_type = PYTHON_TYPES[of.kind]
    if isinstance(value, list):
        value = tuple(value)
    # A bool is an int to Python; a crewed flag must not pass as the number 1 or the reverse.
    wrong_bool = isinstance(value, bool) and python_type is not bool
    wrong_items = isinstance(value, tuple) and not all(
        isinstance(item, str) and LIST_SEPARATOR not in item for item in value
    )
    if isinstance(value, python_type) and not (wrong_bool or wrong_items):
        return value  # type: ignore[return-value]
    raise InvalidValue(f"{value} is not a value of this field.", expected=of.expectation())


def _json_value(value: object) -> object:
    if isinstance(value, UncertainDate | Quantity):
        return value.text
    return list(value) if isinstance(value, tuple) else value


PYTHON_TYPES: dict[str, type] = {
    "id": str,
    "slug": str,
    "text": str,
    "code": str,
    "url": str,
    "term": str,
    "reference": str,
    "record": str,
    "date": UncertainDate,
    "quantity": Quantity,
    "integer": int,
    "boolean": bool,
    "list": tuple,
}

_EXPECTATIONS = {
    "id": "Expected a lower-case slug such as change-5.",
    "slug": "Expected a lower-case slug such as member-countries.",
    "text": "Expected text on one line.",
    "code": "Expected a code of the stated form.",
    "url": "Expected a public http or https address.",
    "term": "Expected a term of the vocabulary.",
    "reference": "Expected the id of a record.",
    "record": "Expected table/id, such as missions/change-5.",
    "date": "Expected an uncertain date such as 2020-11-23, 2024-05, 2030~ or 2026/..",
    "quantity": "Expected a figure{unit}{bounds}, such as 1731, ~2000 or >800.",
    "integer": "Expected a whole number{bounds}.",
    "boolean": "Expected true or false.",
    "list": "Expected items separated by semicolons.",
}

_LONGEST_TERM = 80

_YES_NO = {"yes": "true", "no": "false", "1": "true", "0": "false", "y": "true", "n": "false"}


def _bounds_in_words(minimum: float | None, maximum: float | None) -> str:
    if minimum is not None and maximum is not None:
        return f" from {minimum:g} to {maximum:g}"
    if minimum is not None:
        return f" of {minimum:g} or more"
    return f" of {maximum:g} or less" if maximum is not None else ""


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("$", r"\Z"))


def _parse_text(of: Field, text: str) -> str:
    if "\n" in text or "\r" in text or text != text.strip():
        raise InvalidValue(
            "The cell has a line break or a space at its edge.",
            expected=of.expectation(),
            suggestion=" ".join(text.split()),
        )
    if of.pattern and not _compiled(of.pattern).match(text):
        raise InvalidValue(
            f"'{text}' has not the form of this field.",
            expected=of.expectation(),
            suggestion=_as_slug(text) if of.kind in {"id", "slug", "reference"} else None,
        )
    return text


def _as_slug(text: str) -> str | None:
    slug = re.sub("[^a-z0-9]+", "-", text.lower().replace("'", "")).strip("-")
    return slug if slug and slug != text else None


def _parse_term(of: Field, text: str) -> str:
    terms = of.vocabulary.terms if of.vocabulary else {}
    if text in terms:
        return text
    from difflib import get_close_matches

    # Nobody misspells a longer term; to compare it would take the square of its length.
    word = text.strip().lower().replace(" ", "-") if len(text) <= _LONGEST_TERM else ""
    close = get_close_matches(word, list(terms), 1, 0.6)
    raise InvalidValue(
        f"'{text}' is not a term of the vocabulary {of.vocabulary.name if of.vocabulary else ''}.",
        expected=of.expectation(),
        suggestion=close[0] if close else None,
    )


def _parse_date(of: Field, text: str) -> UncertainDate:
    try:
        return UncertainDate(text)
    except InvalidDate as error:
        raise InvalidValue(
            error.what, expected=of.expectation(), suggestion=error.suggestion
        ) from None


def _parse_quantity(of: Field, text: str) -> Quantity:
    try:
        quantity = Quantity(text)
    except InvalidQuantity as error:
        raise InvalidValue(
            error.what, expected=of.expectation(), suggestion=error.suggestion
        ) from None
    # A qualified figure may reach over the limit by its padding; what the source states may not.
    stated = quantities.split(text)
    for number in stated.group(2, 3) if stated else ():
        _within(of, None if number is None else float(number), text)
    return quantity


def _parse_integer(of: Field, text: str) -> int:
    # Python refuses to convert thousands of digits, and nothing here is counted beyond this.
    if not re.match(r"(0|-?[1-9][0-9]{0,17})\Z", text):
        raise InvalidValue(f"'{text}' is not a whole number.", expected=of.expectation())
    _within(of, int(text), text)
    return int(text)


def _within(of: Field, number: float | None, text: str) -> None:
    low = of.minimum is not None and number is not None and number < of.minimum
    high = of.maximum is not None and number is not None and number > of.maximum
    if low or high:
        raise InvalidValue(f"'{text}' is out of range.", expected=of.expectation())


def _parse_boolean(of: Field, text: str) -> bool:
    if text in {"true", "false"}:
        return text == "true"
    raise InvalidValue(
        f"'{text}' is not true or false.",
        expected=of.expectation(),
        suggestion=_YES_NO.get(
            text.lower(), text.lower() if text.lower() in _YES_NO.values() else None
        ),
    )


def _parse_list(of: Field, text: str) -> tuple[str, ...]:
    return tuple(_parse_text(of, item) for item in text.split(LIST_SEPARATOR))


_PARSERS: dict[str, Callable[[Field, str], type_of_value]] = {
    "id": _parse_text,
    "slug": _parse_text,
    "text": _parse_text,
    "code": _parse_text,
    "url": _parse_text,
    "term": _parse_term,
    "reference": _parse_text,
    "record": _parse_text,
    "date": _parse_date,
    "quantity": _parse_quantity,
    "integer": _parse_integer,
    "boolean": _parse_boolean,
    "list": _parse_list,
}
