"""The differences between the engines that are known, each with its reason; no other may be.

A difference is a group of records (damage, kind of field) on which the engines do not agree. It is
told by who accepts: `verdicts` has a letter for each engine in their order, A where it accepts and
r where it refuses.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Explained(NamedTuple):
    """One reason, and the groups to which it applies with the verdicts on them."""

    reason: str
    groups: Mapping[tuple[str, str], str]


_FORMS = ("code", "date", "id", "list", "quantity", "quantity from 0", "quantity with limits",
          "record", "reference", "slug", "text", "url")  # fmt: skip
_LIMITED = "quantity with limits"

EXPLAINED: tuple[Explained, ...] = (
    Explained(
        "One record is judged at a time: pydantic and a JSON Schema see no other rows. Keys and "
        "references are for whole tables: Frictionless, SQLite, CSVW, and the checker.",
        {("key of another record", "row"): "AArrr", ("no such record", "reference"): "AArrr"},
    ),
    Explained(
        "The pattern refuses it: `$` is the end of the text in ECMAScript, by which JSON Schema, "
        "Table Schema and CSVW define patterns. The Python libraries take their own `$`, which "
        "also stands before a last line feed. A term of a vocabulary is an `enum` for the other "
        "two. A reference with a line feed finds no record.",
        {
            **{("line feed after", kind): "rAArA" for kind in _FORMS if kind != "reference"},
            ("line feed after", "reference"): "rArrr",
            ("line feed after", "term"): "rrrrA",
        },
    ),
    Explained(
        "That an interval or a range does not run back cannot be said in a pattern. SQLite has "
        "the bounds beside the text.",
        {
            ("interval that runs back", "date"): "rAArA",
            **{
                ("range that runs back", kind): "rAArA"
                for kind in ("quantity", "quantity from 0", _LIMITED)
            },
        },
    ),
    Explained(
        "A figure is a text, so that `>800` stays what it is, and a text has no minimum or maximum "
        "in the three schemas. From zero on is said by the pattern (no minus sign); 90 and 180 "
        "degrees are not. SQLite has the bounds beside the text.",
        {
            ("below the minimum", _LIMITED): "rAArA",
            ("above the maximum", _LIMITED): "rAArA",
            ("range from below", _LIMITED): "rAArA",
        },
    ),
    Explained(
        "SQLite sees the bounds and not the figure: about -91 may mean -90, and a qualified figure "
        "within the limits may reach over them by its padding.",
        {("about, below the minimum", _LIMITED): "rAAAA"},
    ),
    Explained(
        "A whole number is a number there, and not a text with one spelling: Frictionless reads it "
        "by `int()`, csvw by `Decimal()`, SQLite by the affinity of its column. The number is the "
        "same; its spelling is the checker's business.",
        {
            **{
                (damage, "integer"): "rrAAA"
                for damage in ("leading zero", "plus sign", "space before", "space after",
                               "tab after", "carriage return after", "line feed after",
                               "line feed before")
            },
            **{
                (damage, "integer"): "rrArA"
                for damage in ("digits of another script", "underscore", "no-break space after")
            },
            ("exponent", "integer"): "rrrAr",
        },
    ),
    Explained(
        "In JSON 1.0 is the whole number 1, and so it is to SQLite.",
        {("decimal point", "integer"): "rArAr"},
    ),
    Explained(
        "SQLite has no type for true and false: 1 is how it stores true.",
        {("number", "boolean"): "rrrAr"},
    ),
)  # fmt: skip

PASSED: Mapping[tuple[str, str], str] = {
    ("control character", "text"): "X102",
    ("zero-width space", "text"): "X102",
    ("look-alike letter", "text"): "X103",
    ("NFD", "text"): "S102",
    ("mojibake", "text"): "S105",
}
"""What all five accept, because it is a text like any other, and the rule that finds it."""
