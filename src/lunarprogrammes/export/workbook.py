"""An edition as one Excel workbook: what it is, a sheet per table, dictionary, vocabularies.

Dates and figures are text as their source allows, with their bounds beside them: days as text,
because Excel knows none before 1900, numbers as numbers. No cell is ever a formula. Made row by
row: beside the bytes of one CSV, memory does not grow. The same edition gives the same bytes with
the same XlsxWriter. Costs 16 s and 51 MB for 171,000 claims, a CSV of 23 MB among them, and
130 MB of temporary files.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import lunarprogrammes
from lunarprogrammes.edition import Edition
from lunarprogrammes.export._sheets import LONGEST, Book, Cell, Column, Sheet
from lunarprogrammes.export.files import whole
from lunarprogrammes.export.frames import _library
from lunarprogrammes.export.frictionless import HOME
from lunarprogrammes.export.tabular import BOUNDED, DECISIONS, about, bounds, exported_tables
from lunarprogrammes.tables import Field, Table, Vocabulary
from lunarprogrammes.tables._field import LIST_SEPARATOR
from lunarprogrammes.tables._redirects import REDIRECTS

ABOUT, DICTIONARY, VOCABULARIES = "about", "dictionary", "vocabularies"
_DICTIONARY = (
    "table", "field", "meaning", "type", "unit", "vocabulary", "rule", "key", "required",
    "refers_to", "expected", "example",
)  # fmt: skip
_VOCABULARIES = ("vocabulary", "meaning", "term", "definition")


class Shown(NamedTuple):
    """A column of a sheet, its field and the field's name; `added` is the meaning of a column that
    the table does not have, such as a bound.
    """

    column: Column
    field: Field
    of: str
    added: str


def write(edition: Edition, target: Path) -> None:
    """Write an edition into one workbook; it appears whole or not at all.

    Raises `MissingExtra` without XlsxWriter, and `EditionError` where the edition cannot be read,
    a table does not fit a sheet or a text a cell, or the target cannot be written.
    """
    library: Any = _library("xlsxwriter", "xlsx")
    with whole(target) as fresh, TemporaryDirectory(ignore_cleanup_errors=True) as space:
        options = {"constant_memory": True, "tmpdir": space, "strings_to_formulas": False}
        workbook = library.Workbook(str(fresh), options)
        workbook.set_properties(_properties(edition))
        book = Book(workbook)
        front = workbook.add_worksheet(ABOUT)
        rows, shown = {}, {}
        for name, table in exported_tables().items():
            shown[name] = [*columns_of(table, _lists(edition, table))]
            rows[name] = _table(book, edition, table, shown[name])
        rows[DICTIONARY] = _listing(book, DICTIONARY, _DICTIONARY, dictionary_rows(shown))
        rows[VOCABULARIES] = _listing(book, VOCABULARIES, _VOCABULARIES, vocabulary_rows())
        _front(book, front, edition, rows)
        workbook.close()


def columns_of(table: Table, lists: Mapping[str, int] | None = None) -> Iterator[Shown]:
    """Yield each column of a table's sheet; `lists` says how many columns a list takes, if not one.

    >>> from lunarprogrammes.tables import get
    >>> [one.column.name for one in columns_of(get("parties"))][4:7]
    ['signed', 'signed_lower', 'signed_upper']
    """
    for name, field in table.fields.items():
        yield Shown(Column(name, _note(field)), field, name, "")
        if field.kind in BOUNDED:
            unit = f"\nUnit: {field.unit}" if field.unit else ""
            for side in ("lower", "upper"):
                meaning = f"{side.capitalize()} bound of {name}; empty where it is open or unknown."
                yield Shown(Column(f"{name}_{side}", meaning + unit), field, name, meaning)
        for part in range(2, (lists or {}).get(name, 1) + 1):
            meaning = f"More of {name}, where one cell of Excel is too small for it."
            yield Shown(Column(f"{name}_{part}", meaning), field, name, meaning)


def dictionary_rows(shown: Mapping[str, Iterable[Shown]]) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each column of each sheet: what it means and what it may hold."""
    for name, table in exported_tables().items():
        for (title, _), field, of, added in shown[name]:
            if added:
                kind = {"date": "day", "quantity": "number"}.get(field.kind, field.kind)
                told: tuple[Cell, ...] = (name, title, added, kind, field.unit, "", "derived")
                yield (*told, "", False, "", "", "")
            else:
                yield (
                    name,
                    title,
                    field.meaning,
                    field.kind,
                    field.unit,
                    field.vocabulary.name if field.vocabulary else "",
                    _rule(table, of, field),
                    "key" if of in table.key else "",
                    field.required or of in table.key,
                    ";".join(field.references),
                    field.expectation(),
                    field.example,
                )


def vocabulary_rows() -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each term of each vocabulary, with its definition.

    >>> next(row for row in vocabulary_rows() if row[0] == "tier" and row[2] == "press")[3]
    'Newspaper, news agency, magazine or broadcaster.'
    """
    found: dict[str, Vocabulary] = {}
    for table in exported_tables().values():
        for field in table.fields.values():
            if field.vocabulary is not None:
                found.setdefault(field.vocabulary.name, field.vocabulary)
    for name, vocabulary in sorted(found.items()):
        for term, definition in vocabulary.terms.items():
            yield name, vocabulary.meaning, term, definition


def _rule(table: Table, name: str, field: Field) -> str:
    """Return the rule that settles contradicting claims; keys and the ledger itself have none."""
    if field.derived:
        return "derived"
    ledger = table.name in {"claims", DECISIONS.name, REDIRECTS.name}
    return "" if ledger or name in table.key else field.rule


def _note(field: Field) -> str:
    lines = [field.meaning]
    if field.unit:
        lines.append(f"Unit: {field.unit}")
    if field.vocabulary is not None:
        lines.append(f"Vocabulary: {field.vocabulary.name} (sheet {VOCABULARIES})")
    if field.references:
        lines.append(f"Refers to: {', '.join(field.references)}")
    return "\n".join([*lines, f"Example: {field.example}"])


def split_list(text: str) -> list[str]:
    """Return a list in parts that each fit a cell, cut behind a separator; joined they are it.

    >>> [len(part) for part in split_list("abc;" * 10_000)]
    [32764, 7236]
    """
    parts = []
    while len(text) > LONGEST and (cut := text.rfind(LIST_SEPARATOR, 0, LONGEST) + 1):
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]


def _lists(edition: Edition, table: Table) -> dict[str, int]:
    """Return how many columns each list takes: those of sources grow with every edition."""
    taken = {name: 1 for name, field in table.fields.items() if field.kind == "list"}
    if taken:
        for row in edition.rows(table.name):
            for name, most in taken.items():
                taken[name] = max(most, len(split_list(row.get(name, ""))))
    return taken


def _table(book: Book, edition: Edition, table: Table, shown: Iterable[Shown]) -> int:
    columns = [*shown]
    sheet = Sheet(book, table.name, [one.column for one in columns])
    taken = Counter(one.of for one in columns)
    fields = [(name, field, taken[name]) for name, field in table.fields.items()]
    for row in edition.rows(table.name):
        sheet.add(_cells(fields, row))
    sheet.finish()
    return sheet.rows


def _cells(fields: Iterable[tuple[str, Field, int]], row: Mapping[str, str]) -> list[Cell]:
    """Return the cells of a row: text, but booleans and whole numbers as what they are."""
    made: list[Cell] = []
    for name, field, columns in fields:
        # An edition built before a field was added has no column for it.
        text = row.get(name, "")
        if field.kind in BOUNDED:
            made.append(text)
            for bound in bounds(field, text):
                made.append(str(bound) if isinstance(bound, datetime.date) else bound)
        elif columns > 1:
            parts = split_list(text)
            made += [*parts, *[""] * (columns - len(parts))]
        elif text and field.kind == "boolean":
            made.append(text == "true")
        elif text and field.kind == "integer":
            made.append(int(text))
        else:
            made.append(text)
    return made


def _listing(book: Book, name: str, header: Iterable[str], rows: Iterable[tuple[Cell, ...]]) -> int:
    sheet = Sheet(book, name, [Column(title) for title in header])
    for cells in rows:
        sheet.add(cells)
    sheet.finish()
    return sheet.rows


def _front(book: Book, sheet: Any, edition: Edition, rows: Mapping[str, int]) -> None:
    """Fill the first sheet: what a person who finds the workbook alone has to know."""
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 100)
    place = 0
    for heading, text in about(edition):
        book.put(sheet, (place, 0), heading, book.heading)
        if text == HOME:
            sheet.write_url(place, 2, text, book.link, text)
        else:
            book.put(sheet, (place, 2), text, book.wrapped)
        place += 1
    meanings = {name: table.meaning for name, table in exported_tables().items()}
    meanings[DICTIONARY] = "What every column of every sheet means and may hold."
    meanings[VOCABULARIES] = "The terms of every vocabulary, each with its definition."
    for column, title in enumerate(("Sheet", "Rows", "One row is")):
        sheet.write_string(place + 1, column, title, book.header)
    for line, (name, count) in enumerate(rows.items(), place + 2):
        sheet.write_url(line, 0, f"internal:'{name}'!A1", book.link, name)
        sheet.write_number(line, 1, count)
        book.put(sheet, (line, 2), meanings[name], book.wrapped)


def _properties(edition: Edition) -> dict[str, Any]:
    try:
        made = datetime.datetime.strptime(edition.version, "%Y.%m.%d")
    except ValueError:
        made = datetime.datetime(1980, 1, 1)
    return {
        "title": f"lunarprogrammes, edition {edition.version}",
        "author": "The lunarprogrammes maintainers",
        "comments": f"Schema {lunarprogrammes.__version__}. {HOME}",
        # When it was written must not show in the bytes.
        "created": made,
    }
