"""E128: a part of a document whose row in coverage.csv says nothing, or of nothing."""

import re
from collections import defaultdict
from collections.abc import Iterator

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.rules.file_names import fault_of_name
from lunarprogrammes.check.sheets import Sheet
from lunarprogrammes.check.sidecars import coverage_sheet
from lunarprogrammes.check.suggestions import suggestion
from lunarprogrammes.evidence.tabular import Row

COVERAGE = Rule(
    code="E128",
    name="coverage-row",
    severity=ERROR,
    reason="coverage.csv shows that a document was read whole: each of its parts once, with the "
    "lines that it covers, and with claims that cite the part or the reason why there are none.",
    bad="agency-2024-report,Contents,1-9,,",
    good="agency-2024-report,Contents,1-9,,Table of contents.",
)
RULES = (COVERAGE,)

_are_lines = re.compile("[1-9][0-9]{0,8}(-[1-9][0-9]{0,8})?( [1-9][0-9]{0,8}(-[1-9][0-9]{0,8})?)*")
_Found = tuple[str, str, str, str]  # column, what, expected, remedy


def check(examination: Examination) -> Iterator[Problem]:
    """Look at every row of the file, if there is one; one problem for each is enough."""
    sheet = coverage_sheet(examination)
    if sheet is None or not sheet.has_key:
        return
    cited = set(examination.cited)
    # What a document shows of itself is claimed in its source.json.
    cited.update((entry.id, entry.cells["locator"]) for entry in examination.entries.values())
    first: dict[tuple[str, str], int] = {}
    numbered = {row.cells["source"] for row in sheet.file.rows if row.cells.get("lines")}
    good: dict[str, list[Row]] = defaultdict(list)
    for row in sheet.file.rows:
        problem = _of_cells(examination, sheet, row)
        if problem is None:
            part = row.cells["source"], row.cells["part"]
            line = first.setdefault(part, row.line)
            found = _twice(line) if line != row.line else _judge(examination, row, cited)
            if found is None and part[0] in numbered:
                found = _no_lines(examination, row)
            problem = _at(sheet, row, *found) if found else None
        if problem:
            yield problem
        else:
            good[row.cells["source"]].append(row)
    is_whole = sum(map(len, good.values())) == len(sheet.file.rows)
    for rows in good.values():
        yield from _lines(sheet, rows, is_whole=is_whole)


def _no_lines(examination: Examination, row: Row) -> _Found | None:
    """Ask for the lines; what a document shows of itself may stand outside of them."""
    entry = examination.entries[row.cells["source"]]
    if row.cells.get("lines") or row.cells["part"] == entry.cells["locator"]:
        return None
    expected = "Expected the lines of the part, as of the other parts of the document."
    return "lines", "The cell lines is empty.", expected, "Give them, such as 62-66 69-72."


def _lines(sheet: Sheet, rows: list[Row], *, is_whole: bool) -> Iterator[Problem]:
    """Look whether the parts of a document share lines, or leave some out.

    Where another row is bad, its lines are missing here, and nothing is left out for certain.
    """
    spans = sorted((first, last, row.line, row) for row in rows for first, last in _spans(row))
    reached = 0
    before: Row | None = None
    for first, last, _, row in spans:
        what = ""
        if first <= reached:
            what = f"Line {first} stands in two parts, or twice in one."
        elif is_whole and first > reached + 1:
            left_out = f"{reached + 1}-{first - 1}" if first > reached + 2 else str(first - 1)
            what = f"No part of the document has the lines {left_out}."
        if what:
            remedy = "Correct the numbers."
            if before and before is not row:
                remedy += f" The part before it stands in line {before.line}."
            expected = "Expected each line of the text in one part."
            yield _at(sheet, row, "lines", what, expected, remedy)
        if last > reached:
            reached, before = last, row


def _spans(row: Row) -> Iterator[tuple[int, int]]:
    for span in row.cells.get("lines", "").split():
        first, _, last = span.partition("-")
        yield int(first), int(last or first)


def _at(sheet: Sheet, row: Row, *found: str) -> Problem:
    name, what, expected, remedy = found
    return COVERAGE.at(sheet.cell(row, name), what, expected=expected, remedy=remedy, field=name)


def _of_cells(examination: Examination, sheet: Sheet, row: Row) -> Problem | None:
    """Word the first remark of the inspectors on a cell of the row."""
    for name, field in sheet.columns.items():
        text = row.cells[name]
        remark = examination.remark(field, text) if text else None
        if remark:
            return remark.rule.at(
                sheet.cell(row, name, remark.offset),
                remark.what,
                expected=remark.expected,
                remedy=remark.remedy,
                field=name,
            )
    return None


def _twice(line: int) -> _Found:
    return "part", f"The part already stands in line {line}.", "", "Keep one of the two rows."


def _judge(examination: Examination, row: Row, cited: set[tuple[str, str]]) -> _Found | None:
    source, part = row.cells["source"], row.cells["part"]
    if source not in examination.entries:
        if fault_of_name(source) or "/" in source:
            return "source", f"'{source}' is no name of a folder.", "Expected a folder here.", ""
        otherwise = "Add its folder, or delete the row."
        meant = suggestion(examination, COVERAGE.code, source, examination.entries, otherwise)
        return "source", f"There is no source '{source}'.", "Expected the id of a source.", meant
    if not part:
        return "part", "The part has no name.", "Expected what locator cites.", "Name the part."
    lines = row.cells.get("lines", "")
    if lines and not _are_ascending(lines):
        expected = "Expected line numbers such as 62-66 69-72, in ascending order."
        return "lines", f"'{lines}' are no lines.", expected, "Correct the numbers."
    reason = row.cells.get("reason", "")
    if not reason and (source, part) not in cited and _is_whole(examination, source):
        return (
            "reason",
            f"No claim of {source} cites '{part}', and no reason is given.",
            "Expected a claim with this locator, or the reason why there is none.",
            _nearest_locator(part, source, cited),
        )
    if reason and (source, part) in cited:
        what = f"Claims of {source} cite '{part}', and a reason says why there are none."
        return "reason", what, "Expected a reason only where there is no claim.", "Delete it."
    return None


def _is_whole(examination: Examination, source: str) -> bool:
    """Say whether all files of a source were read whole; asked only of a part without claims."""
    return all(sheet.is_whole for sheet in examination.readings if sheet.source == source)


def _are_ascending(lines: str) -> bool:
    if not _are_lines.fullmatch(lines):
        return False
    numbers = [[int(end) for end in span.split("-")] for span in lines.split(" ")]
    return all(span[0] <= span[-1] for span in numbers)


def _nearest_locator(part: str, source: str, cited: set[tuple[str, str]]) -> str:
    alike = {locator.casefold(): locator for of, locator in cited if of == source}
    same = alike.get(part.casefold())
    return f"Did you mean {same}?" if same else "Give the reason, or correct the name of the part."
