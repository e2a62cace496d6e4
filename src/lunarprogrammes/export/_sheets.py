"""Sheets of a workbook, written row by row: headers, notes, filters, widths, and cells as text.

Owns what Excel is and does to a cell; knows nothing of the dataset. A row is on disk as soon as the
next one begins, so that memory does not grow with the rows.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from lunarprogrammes.errors import EditionError

MOST_ROWS = 1_048_576
"""Rows of a sheet in Excel, its header included."""
LONGEST = 32_767
"""Characters of a cell in Excel, as UTF-16 counts them."""
# Excel keeps 15 digits of a number; what has more would be changed by it.
_DIGITS = 15
# What spreadsheets take for the start of a formula when a person edits a cell or pastes it.
_FORMULA_SIGNS = ("=", "+", "-", "@")
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
_WIDEST, _NARROWEST, _FILTER_BUTTON = 60, 8, 4
_NOTE = {"width": 320, "height": 120, "author": "", "font_size": 9}

Cell = str | bool | int | float | None


class Column(NamedTuple):
    """The header of a column, and the note that hangs on it."""

    name: str
    note: str = ""


class Book:
    """A workbook under the library's hands, with the few formats that all sheets share."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.header = workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#E7EBEE"})
        self.text = workbook.add_format({"num_format": "@"})
        # The prefix is what Excel keeps of a typed apostrophe: this stays text when edited, too.
        self.guarded = workbook.add_format({"num_format": "@", "quote_prefix": True})
        self.wrapped = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.heading = workbook.add_format({"bold": True, "valign": "top"})
        self.link = workbook.add_format({"font_color": "#0B5394", "underline": 1, "valign": "top"})

    def put(self, sheet: Any, place: tuple[int, int], value: Cell, form: Any = None) -> None:
        """Write one cell; a number that Excel would change is written as text.

        Raises `EditionError` where a text is longer than a cell of Excel can be.
        """
        row, column = place
        if value is None or value == "":
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, int | float) and is_kept(value):
            sheet.write_number(row, column, value)
        else:
            self._put_text(sheet, place, str(value), form)

    def _put_text(self, sheet: Any, place: tuple[int, int], text: str, form: Any) -> None:
        row, column = place
        if _NO_CHARACTERS.search(text):
            raise EditionError(
                f"The sheet {sheet.get_name()} cannot hold the cell in row {row + 1}, column "
                f"{column + 1}: it has a code that is no character.",
                expected="Expected no U+FFFE and no U+FFFF, which no workbook can hold.",
                remedy="Do not trust this edition; build or download it again.",
            )
        form = self.guarded if text.startswith(_FORMULA_SIGNS) else form or self.text
        if text.startswith("<r>") and text.endswith("</r>"):
            # The library would take such a text for ready XML and write it unescaped.
            status = sheet.write_rich_string(row, column, text[:1], self.text, text[1:], form)
        else:
            status = sheet.write_string(row, column, text, form)
        if status:
            raise EditionError(
                f"The sheet {sheet.get_name()} cannot hold the cell in row {row + 1}, column "
                f"{column + 1}: it has {len(text):,} characters.",
                expected=f"A cell of Excel holds {LONGEST:,}.",
                remedy="Export parquet or zip instead. Nothing was written.",
            )


class Sheet:
    """A sheet with one header row; rows are added from the top, then it is finished."""

    def __init__(self, book: Book, name: str, columns: Sequence[Column]) -> None:
        self._book = book
        self._sheet = book.workbook.add_worksheet(name)
        self._widths = [len(column.name) + _FILTER_BUTTON for column in columns]
        self.name = name
        self.rows = 0
        for place, column in enumerate(columns):
            self._sheet.write_string(0, place, column.name, book.header)
            if column.note:
                self._sheet.write_comment(0, place, column.note, _NOTE)

    def add(self, cells: Sequence[Cell]) -> None:
        """Add a row. Raises `EditionError` where the sheet is full or a text too long."""
        self.rows += 1
        if self.rows >= MOST_ROWS:
            raise EditionError(
                f"The table {self.name} does not fit a sheet of Excel.",
                expected=f"A sheet holds {MOST_ROWS:,} rows, the header included.",
                remedy="Export parquet or zip instead. Nothing was written.",
            )
        for place, value in enumerate(cells):
            if value is None or value == "":
                continue
            self._book.put(self._sheet, (self.rows, place), value)
            if isinstance(value, str) and len(value) > self._widths[place]:
                self._widths[place] = len(value)

    def finish(self) -> None:
        """Freeze the header and the first column, set the filters and the widths."""
        last = len(self._widths) - 1
        self._sheet.freeze_panes(1, 1)
        self._sheet.autofilter(0, 0, self.rows, last)
        # No green corners: figures are text on purpose.
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
        for place, width in enumerate(self._widths):
            within = max(_NARROWEST, min(width, _WIDEST))
            self._sheet.set_column(place, place, within, self._book.text)


def is_kept(number: float) -> bool:
    """Return whether Excel keeps a number as it is, in the 15 digits that it has.

    >>> is_kept(1731), is_kept(0.1 + 0.2), is_kept(2**53 + 1)
    (True, False, False)
    """
    return float(f"{number:.{_DIGITS}G}") == number
