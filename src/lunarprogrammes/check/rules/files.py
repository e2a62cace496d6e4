"""F101 to F111, F120: what is wrong with a CSV file before any cell is looked at."""

from collections.abc import Iterator

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Place, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.sidecars import coverage_sheet, redirects_sheet

_FAULTS = (
    (
        "F101",
        "not-utf-8",
        "Files are UTF-8, so that every name reads the same on every machine.",
        "a file saved as UTF-16 or Latin-1",
        "the same file saved as UTF-8",
    ),
    (
        "F102",
        "byte-order-mark",
        "A byte order mark becomes part of the first column's name in many programs.",
        "a file saved as `UTF-8 with BOM`",
        "the same file saved as `UTF-8`",
    ),
    (
        "F103",
        "nul-character",
        "A NUL character ends the text in many programs, which then lose the rest of it.",
        "a file with a NUL character in a cell",
        "the same cell without it",
    ),
    (
        "F104",
        "empty-file",
        "An empty file is mostly a saving that failed.",
        "missions.csv of 0 bytes",
        "missions.csv with a header and rows, or no such file",
    ),
    (
        "F105",
        "carriage-return",
        "Lines end with a line feed alone, so that the same data have the same bytes everywhere.",
        "a file saved with Windows line ends",
        "the same file saved with LF line ends",
    ),
    (
        "F106",
        "last-line-unended",
        "A file that stops without a line end may have been cut off.",
        "a file that ends after the last cell",
        "the same file with a line feed at its end",
    ),
    (
        "F107",
        "too-large",
        "Facts are short; a huge file or cell is a mistake or an attack.",
        "a cell with a whole chapter in it",
        "a summary in one sentence",
    ),
    (
        "F108",
        "unbalanced-quotation",
        "An open quotation mark swallows the rows that follow it.",
        "change-5,\"Chang'e 5,p. 1",
        "change-5,Chang'e 5,p. 1",
    ),
    (
        "F109",
        "ragged-row",
        "A row with a cell too many or too few puts every later cell into the wrong column.",
        "change-5,Mons Rümker, near side,p. 1",
        'change-5,"Mons Rümker, near side",p. 1',
    ),
    (
        "F110",
        "blank-row",
        "A blank row says nothing, and some programs stop reading there.",
        ",,,",
        "no such row",
    ),
    (
        "F111",
        "column-twice",
        "Of two columns with one name only one would be read.",
        "id,name,name,locator",
        "id,name,locator",
    ),
    (
        "F120",
        "unreadable-file",
        "A folder, a pipe, a device or a locked file in the place of a reading is never opened.",
        "missions.csv as a folder",
        "missions.csv as a file that everybody may read",
    ),
)

RULES = tuple(
    Rule(code=code, name=name, severity=ERROR, reason=reason, bad=bad, good=good)
    for code, name, reason, bad, good in _FAULTS
)
MOST_PROPOSED = 500  # characters of a line that a proposal repeats
_BY_CODE = {rule.code: rule for rule in RULES}


def check(examination: Examination) -> Iterator[Problem]:
    """Word the faults that reading the files has found."""
    beside = (coverage_sheet(examination), redirects_sheet(examination))
    for sheet in (*examination.sheets, *(one for one in beside if one)):
        for fault in sheet.file.faults:
            if fault.code == "F111" and not sheet.has_header:
                continue  # a row in the header's place, which has a rule of its own
            place = Place(sheet.path, fault.line, fault.column, sheet.line_text(fault.line))
            remedy = fault.remedy
            if fault.code == "F109" and (line := _joined(place.text, len(sheet.file.header))):
                remedy = f"Did you mean {line}?"
            yield _BY_CODE[fault.code].at(place, fault.what, remedy=remedy)
    for entry in examination.entries.values():
        fault_of_entry = entry.file.fault
        if fault_of_entry and fault_of_entry.code in _BY_CODE:
            place = Place(entry.path, fault_of_entry.line, fault_of_entry.column)
            rule = _BY_CODE[fault_of_entry.code]
            yield rule.at(place, fault_of_entry.what, remedy=fault_of_entry.remedy)


def _joined(line: str, wanted: int) -> str:
    """Propose a line whose cells with commas are quoted, or return an empty text.

    A comma within a sentence is followed by a space, and one between cells is not.
    """
    if '"' in line or len(line) > MOST_PROPOSED:
        return ""
    cells: list[str] = []
    for cell in line.split(","):
        if cells and cell.startswith(" ") and cell.strip():
            cells[-1] += f",{cell}"
        else:
            cells.append(cell)
    quoted = (f'"{cell}"' if "," in cell else cell for cell in cells)
    return ",".join(quoted) if len(cells) == wanted else ""
