"""The kinds of field a table is made of, one function each, so that a table reads like a list."""

from typing import Annotated

from lunarprogrammes.tables._field import ANY_RECORD, SLUG, Field, Vocabulary


def identifier(meaning: str, *, example: str) -> Field:
    """Return the field that names the record itself."""
    return Field(kind="id", meaning=meaning, example=example, pattern=SLUG, required=True)


def name(meaning: str, *, example: str) -> Field:
    """Return the field with the record's usual name: every record has one, that of most sources."""
    return Field(
        kind="text",
        meaning=meaning,
        example=example,
        rule="majority",
        required=True,
        complementary=True,
    )


def prose(meaning: str, *, example: str, rule: str = "authority", required: bool = False) -> Field:
    """Return a field for a description in our own words; descriptions complement each other."""
    return Field(
        kind="text",
        meaning=meaning,
        example=example,
        rule=rule,
        required=required,
        complementary=True,
    )


def text(meaning: str, *, example: str, rule: str = "authority", required: bool = False) -> Field:
    """Return a field of free text on one line, in which two different texts are two claims."""
    return Field(kind="text", meaning=meaning, example=example, rule=rule, required=required)


def slug(meaning: str, *, example: str, required: bool = False) -> Field:
    """Return a field with an open list of lower-case terms."""
    return Field(kind="slug", meaning=meaning, example=example, pattern=SLUG, required=required)


def code(
    meaning: str,
    *,
    example: str,
    pattern: str,
    expected: str,
    required: bool = False,
    majority: bool = False,
) -> Field:
    """Return a field that holds an identifier of somebody else's system, by its pattern.

    With `majority` several may be right, and the one that most sources give is shown.
    """
    return Field(
        kind="code",
        meaning=meaning,
        example=example,
        pattern=pattern,
        expected=expected,
        rule="majority" if majority else "authority",
        required=required,
        complementary=majority,
    )


def url(meaning: str, *, example: str) -> Field:
    """Return a field that holds a public web address."""
    return Field(kind="url", meaning=meaning, example=example, pattern=r"^https?://[^\s]+$")


def term(
    vocabulary: Vocabulary,
    meaning: str,
    *,
    example: str,
    rule: str = "authority",
    editorial: bool = False,
    required: bool = False,
    majority: bool = False,
) -> Field:
    """Return a field whose values are the terms of a vocabulary.

    With `majority` several may be right, and the one that most sources give is shown.
    """
    return Field(
        kind="term",
        meaning=meaning,
        example=example,
        vocabulary=vocabulary,
        rule="majority" if majority else rule,
        editorial=editorial,
        required=required,
        complementary=majority,
    )


def reference(
    *tables: str,
    meaning: str,
    example: str,
    rule: str = "authority",
    editorial: bool = False,
    required: bool = False,
) -> Field:
    """Return a field that holds the id of a record in another table."""
    return Field(
        kind="reference",
        meaning=meaning,
        example=example,
        references=tables,
        pattern=SLUG,
        expected=f"Expected the id of a record in {' or '.join(tables)}.",
        rule=rule,
        editorial=editorial,
        required=required,
    )


def any_record(
    meaning: str, *, example: str, required: bool = False, editorial: bool = False
) -> Field:
    """Return a field that points at a record of any table as `table/id`."""
    return Field(
        kind="record",
        meaning=meaning,
        example=example,
        pattern=ANY_RECORD,
        required=required,
        editorial=editorial,
    )


def date(meaning: str, *, example: str, rule: str = "authority", required: bool = False) -> Field:
    """Return a field that holds an uncertain date in UTC."""
    return Field(kind="date", meaning=meaning, example=example, rule=rule, required=required)


def quantity(
    meaning: str,
    *,
    example: str,
    unit: str = "",
    minimum: float | None = None,
    maximum: float | None = None,
    rule: str = "authority",
    required: bool = False,
) -> Field:
    """Return a field that holds a figure with its qualifier, in the unit that its name states."""
    return Field(
        kind="quantity",
        meaning=meaning,
        example=example,
        unit=unit,
        minimum=minimum,
        maximum=maximum,
        rule=rule,
        required=required,
    )


def integer(
    meaning: str, *, example: str, minimum: float | None = None, editorial: bool = False
) -> Field:
    """Return a field that holds a whole number."""
    return Field(
        kind="integer", meaning=meaning, example=example, minimum=minimum, editorial=editorial
    )


def boolean(meaning: str, *, example: str = "true") -> Field:
    """Return a field that is true or false; empty means that no source says."""
    return Field(kind="boolean", meaning=meaning, example=example)


Sources = Annotated[
    tuple[str, ...],
    Field(
        kind="list",
        meaning="The ids of the sources that speak for this row, best first; derived.",
        example="bloomberg-2023-china-russia-alliance",
        pattern=SLUG,
        derived=True,
    ),
]
Contested = Annotated[
    tuple[str, ...],
    Field(
        kind="list",
        meaning="The fields of this row on which sources contradict each other; derived.",
        example="launch_date;arrival_date",
        pattern="^([a-z][a-z0-9_]*|[*])$",
        expected="Expected names of fields separated by semicolons.",
        derived=True,
    ),
]
