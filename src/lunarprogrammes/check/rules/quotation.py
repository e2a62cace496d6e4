"""F117: a quotation mark inside a cell that is not quoted."""

import re
from collections.abc import Iterator
from itertools import repeat
from operator import contains

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Place, Problem
from lunarprogrammes.check.rule import Rule

STRAY = Rule(
    code="F117",
    name="stray-quotation-mark",
    severity=ERROR,
    reason="Programs differ in how they read a quotation mark inside an unquoted cell; the "
    "standard allows it only inside a quoted one, written twice.",
    bad='yutu-2,The "Jade Rabbit",p. 1',
    good='yutu-2,"The ""Jade Rabbit""",p. 1',
)
RULES = (STRAY,)

_CELL = '(?:"(?:[^"]|"")*"|[^",]*)'
_is_well_formed = re.compile(f"{_CELL}(?:,{_CELL})*").fullmatch


def check(examination: Examination) -> Iterator[Problem]:
    """Walk the lines that hold a quotation mark and begin a row."""
    for sheet in examination.sheets:
        if not sheet.has_key:
            continue
        if not any(map(contains, sheet.file.lines, repeat('"'))):
            continue
        for number, (line, cells) in enumerate(
            zip(sheet.file.starts, sheet.file.records, strict=True)
        ):
            # A stray mark is part of its cell; those around a cell are not.
            if '"' not in "".join(cells):
                continue
            text = sheet.line_text(line)
            if '"' in text and not _is_well_formed(text) and (column := _stray(text)):
                row = sheet.file.row(number)
                yield STRAY.at(
                    Place(sheet.path, line, column, text),
                    "A quotation mark stands inside a cell that is not quoted.",
                    expected="Expected the whole cell in quotation marks, those inside it twice.",
                    remedy=f"Did you mean {_quoted(text, column)}?",
                    record=sheet.record(row),
                )


def _stray(line: str) -> int:
    """Return the column of the first stray quotation mark, or 0."""
    quoted, at_start = False, True
    for column, character in enumerate(line, 1):
        if character == '"':
            if not quoted and not at_start and line[column - 2] != '"':
                return column
            quoted = not quoted
        at_start = character == "," and not quoted
    return 0


def _quoted(line: str, column: int) -> str:
    start = line.rfind(",", 0, column) + 1
    end = line.find(",", column)
    cell = line[start : end if end > 0 else len(line)]
    return '"' + cell.replace('"', '""') + '"'
