"""Records, good and damaged in one cell each, derived from the table definitions themselves.

A field that is added to a table is tried from then on. The first field of each sort (kind, pattern,
vocabulary, limits) gets all damages; the others get those of their constraints, and a part of the
rest, each another part. A record is a row of cell texts; `world` holds the good records to which
all references lead.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from lunarprogrammes import tables
from lunarprogrammes.tables import Field, Table

Row = Mapping[str, str]
GOOD = "good"
# A kind of record, not of field: damages that concern the row as one of many.
ROW = "row"
# Tried on every field that has the constraint.
CONSTRAINTS = frozenset(
    {"empty where required", "no such record", "no term of the vocabulary", "below the minimum",
     "above the maximum"}
)  # fmt: skip
PART = 4


class Case(NamedTuple):
    """One record: what is wrong with it (or `good`), in a field of which kind, and its cells."""

    damage: str
    kind: str
    table: str
    field: str
    text: str
    row: Row

    @property
    def group(self) -> tuple[str, str]:
        """What is told apart in the table of verdicts."""
        return self.damage, self.kind


DATES = ("2026", "2026-05", "2020-11-23", "2020-11-23T20:30Z", "2030~", "2028-10?", "2026%",
         "203X", "2024-XX", "2026-21", "2026-33", "2030/2035", "2026/..", "../2030", "unknown",
         "2024-02-29")  # fmt: skip
FIGURES = ("0", "5", "2.50", "~2", ">8", ">=8", "<9", "<=9", "<~9", ">~8", "2/4", "5?", "unknown")
ADDRESSES = ("http://example.org/a", "https://example.org/嫦娥?a=b#c")
# Texts that need care in CSV, and letters of other scripts.
TEXTS = ('A "quoted", comma', "嫦娥五号", "O", "= 5", "null", "1,731", "a  b", "#a")

MALFORMED_DATES = {
    "day first": "23-11-2020", "month of one digit": "2020-1-23", "slashes": "2020/11/23",
    "month 13": "2020-13", "day 32": "2020-11-32", "30 February": "2020-02-30",
    "29 February of no leap year": "2023-02-29", "words": "about 2030", "year of two digits": "24",
    "more after it": "2024 or so", "more before it": "x2024", "no time zone": "2020-11-23T20:30",
    "qualifier before": "~2030", "two open ends": "../..", "digits of another script": "٢٠٢٤",
    "interval that runs back": "2035/2030", "capitals": "UNKNOWN",
}  # fmt: skip
MALFORMED_FIGURES = {
    "group separator": "1,731", "decimal comma": "2,5", "exponent": "1e3", "unit": "5 kg",
    "space after the sign": "> 800", "words": "five", "leading zero": "05", "plus sign": "+5",
    "two signs": "~~5", "qualifier after": "5~", "digits of another script": "٥",
    "range that runs back": "24/22", "open range": "5/", "minus zero": "-0", "NaN": "NaN",
}  # fmt: skip
MALFORMED_NUMBERS = {
    "word": "four", "fraction": "1.5", "decimal point": "1.0", "exponent": "1e1",
    "group separator": "1,000", "leading zero": "05", "plus sign": "+5", "underscore": "1_0",
    "digits of another script": "٥", "NaN": "NaN", "qualifier": "~5",
}  # fmt: skip
BAD_BOOLEANS = {"yes": "yes", "number": "1", "capitals": "TRUE", "capital": "True", "letter": "t"}
BAD_SLUGS = {
    "capital": "Change-5", "space inside": "change 5", "underscore": "change_5",
    "two hyphens": "change--5", "hyphen first": "-change", "hyphen last": "change-",
    "letter with accent": "kármán", "look-alike letter": "chаnge",
}  # fmt: skip
BAD_RECORDS = {
    "no table": "change-5", "nothing before": "/change-5", "nothing after": "missions/",
    "a part more": "missions/change-5/x", "capital": "missions/Change-5",
}  # fmt: skip
BAD_ADDRESSES = {
    "no scheme": "www.example.org", "another scheme": "ftp://example.org", "no host": "https://",
    "space inside": "https://example.org/a b",
}  # fmt: skip
BAD_ITEMS = {
    "empty item": "{0};", "first item empty": ";{0}", "empty item between": "{0};;{0}",
    "comma": "{0},{0}", "space after separator": "{0}; {0}", "capital": "{0};Xx",
}  # fmt: skip
# Where a text has a form of its own, these are damages of the form as well.
EDGES = {
    "space before": " {0}", "space after": "{0} ", "no-break space after": "{0}\u00a0",
    "tab after": "{0}\t", "line feed after": "{0}\n", "line feed before": "\n{0}",
    "carriage return after": "{0}\r",
}  # fmt: skip
# What a form cannot tell from a text: for these there are rules of the checker.
CHARACTERS = {
    "control character": "Moon\x07base", "zero-width space": "Moon\u200bbase",
    "NFD": "Ka\u0301rma\u0301n", "look-alike letter": "Chаng'e",
    "mojibake": "KÃ¡rmÃ¡n",
}  # fmt: skip
BREAKS = {"line feed inside": "Moon\nbase", "carriage return inside": "Moon\rbase",
          "nothing but a space": " "}  # fmt: skip

_BY_KIND: Mapping[str, Mapping[str, str]] = {
    "id": BAD_SLUGS, "slug": BAD_SLUGS, "reference": BAD_SLUGS, "date": MALFORMED_DATES,
    "quantity": MALFORMED_FIGURES, "integer": MALFORMED_NUMBERS, "boolean": BAD_BOOLEANS,
    "record": BAD_RECORDS, "url": BAD_ADDRESSES, "list": BAD_ITEMS, "text": BREAKS | CHARACTERS,
}  # fmt: skip
_GOOD_BY_KIND = {"date": DATES, "quantity": FIGURES, "url": ADDRESSES, "text": TEXTS,
                 "boolean": ("true", "false")}  # fmt: skip


def good_row(table: Table) -> dict[str, str]:
    """Return a record in which every field holds its example."""
    return {name: field.example for name, field in table.fields.items()}


def world(found: Iterable[Case]) -> dict[str, list[dict[str, str]]]:
    """Return good records of every table, among them all to which the cases should refer."""
    made: dict[str, dict[str, dict[str, str]]] = {name: {} for name in tables.all_tables()}
    for name, table in tables.all_tables().items():
        row = good_row(table)
        made[name][table.record_id(row)] = row
    for name, table in tables.all_tables().items():
        rows = [*made[name].values(), *(case.row for case in found if case.table == name)]
        for column, field in table.fields.items():
            if field.references:
                target = tables.get(field.references[0])
                for text in {row[column] for row in rows} & _referred(field, len(rows)):
                    made[target.name].setdefault(text, _least(target) | {"id": text})
    return {name: [*rows.values()] for name, rows in made.items()}


def _referred(field: Field, most: int) -> set[str]:
    return {field.example, *(_other_key(field, number) for number in range(most))}


def _least(table: Table) -> dict[str, str]:
    """Return a record that holds nothing but what is required."""
    return {
        name: field.example if field.required or name in table.key else ""
        for name, field in table.fields.items()
    }


def cases(*, part: int = PART) -> Iterator[Case]:
    """Yield every record of the corpus; those of one table follow each other.

    A field whose sort was there before gets one of `part` damages that are no constraint of its.
    """
    seen: set[object] = set()
    for name, table in tables.all_tables().items():
        for number, case in enumerate(_of_table(table, part, seen)):
            yield case._replace(table=name, row=_distinct(table, case, number))


def _of_table(table: Table, part: int, seen: set[object]) -> Iterator[Case]:
    base = good_row(table)
    least = _least(table)
    yield Case(GOOD, ROW, "", "", "every field filled", base)
    yield Case(GOOD, ROW, "", "", "nothing but what is required", least)
    yield Case("key of another record", ROW, "", "", "", base)
    for place, (name, field) in enumerate(table.fields.items()):
        kind = _kind(field)
        sort = field.kind, field.regular_expression(), field.vocabulary, field.minimum
        part_here = part if str(sort) in seen else 1
        seen.add(str(sort))
        texts = [(GOOD, text) for text in _good_texts(field)] + _damages(field)
        if least[name]:
            texts.append(("empty where required", ""))
        for number, (damage, text) in enumerate(texts):
            if damage in CONSTRAINTS or number == 0 or (number + place) % part_here == 0:
                yield Case(damage, kind, "", name, text, least | {name: text})


def _kind(field: Field) -> str:
    """Return the kind of field, those with a list of terms or a pattern of their own apart."""
    if field.kind == "quantity" and field.minimum is not None:
        return "quantity from 0" if field.minimum >= 0 else "quantity with limits"
    return field.kind


def _good_texts(field: Field) -> Iterator[str]:
    yield field.example
    if field.vocabulary is not None:
        yield from field.vocabulary.terms
    elif field.kind in _GOOD_BY_KIND:
        yield from _GOOD_BY_KIND[field.kind]
    elif field.kind == "list":
        yield f"{field.example};{field.example}"
    elif field.kind == "integer":
        yield f"{field.minimum or 0:g}"


def _damages(field: Field) -> list[tuple[str, str]]:
    made = [*_BY_KIND.get(field.kind, {}).items()]
    if field.kind == "list":
        made = [(damage, text.format(field.example)) for damage, text in made]
    # Not a key that another record refers to: a damaged one must not satisfy a damaged reference.
    whole = f"{field.example}-x" if field.kind == "id" else field.example
    made += [(damage, text.format(whole)) for damage, text in EDGES.items()]
    if field.vocabulary is not None:
        term = next(iter(field.vocabulary.terms))
        made += [
            ("no term of the vocabulary", f"{term}x"), ("two terms", f"{term}|{term}"),
            ("capital", term.capitalize()), ("NUL within", f"{term}\0"),
        ]  # fmt: skip
    if field.kind == "code":
        made += [("more after it", f"{field.example}!"), ("more before it", f"!{field.example}")]
    if field.kind == "reference":
        made.append(("no such record", "no-such-record"))
    if field.minimum is not None:
        below = f"{field.minimum - 1:g}"
        made.append(("below the minimum", below))
        if field.kind == "quantity":
            made += [("about, below the minimum", f"~{below}"), ("range from below", f"{below}/1")]
    if field.maximum is not None:
        made.append(("above the maximum", f"{field.maximum + 1:g}"))
    return made


def _distinct(table: Table, case: Case, number: int) -> dict[str, str]:
    """Give the record a key of its own, unless its key is what is damaged."""
    if case.damage == "key of another record":
        return dict(case.row)
    free = [name for name in table.key if name != case.field]
    if not free and case.damage != GOOD:
        return dict(case.row)
    name = free[-1] if free else case.field
    return dict(case.row) | {name: _other_key(table.fields[name], number)}


def _other_key(field: Field, number: int) -> str:
    if field.kind == "code":
        letters = "abcdefghijklmnopqrstuvwxyz234567"
        return "".join(letters[number >> shift & 31] for shift in range(55, -5, -5))
    if field.kind == "record":
        return f"missions/record-{number}"
    return {"text": f"Name {number}", "id": f"new-{number}"}.get(field.kind, f"referred-{number}")
