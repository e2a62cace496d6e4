"""E128: a part of a document whose row in coverage.csv says nothing, or of nothing."""

import re
from collections.abc import Iterator

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.rules.file_names import fault_of_name
from lunarprogrammes.check.sheets import Sheet
from lunarprogrammes.check.sidecars import coverage_sheet
from lunarprogrammes.check.words import did_you_mean
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
    for row in sheet.file.rows:
        problem = _of_cells(examination, sheet, row)
        if problem is None:
            part = row.cells["source"], row.cells["part"]
            line = first.setdefault(part, row.line)
            found = _twice(line) if line != row.line else _judge(examination, row, cited)
            problem = _at(sheet, row, *found) if found else None
        if problem:
            yield problem


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
        meant = did_you_mean(source, examination.entries, "Add its folder, or delete the row.")
        return "source", f"There is no source '{source}'.", "Expected the id of a source.", meant
    if not part:
        return "part", "The part has no name.", "Expected what locator cites.", "Name the part."
    lines = row.cells.get("lines", "")
    if lines and not _are_ascending(lines):
        expected = "Expected line numbers such as 62-66 69-72, in ascending order."
        return "lines", f"'{lines}' are no lines.", expected, "Correct the numbers."
    reason = row.cells.get("reason", "")
    incomplete = {sheet.source for sheet in examination.readings if not sheet.is_whole}
    if not reason and (source, part) not in cited and source not in incomplete:
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


def _are_ascending(lines: str) -> bool:
    if not _are_lines.fullmatch(lines):
        return False
    numbers = [[int(end) for end in span.split("-")] for span in lines.split(" ")]
    return all(span[0] <= span[-1] for span in numbers)


def _nearest_locator(part: str, source: str, cited: set[tuple[str, str]]) -> str:
    alike = {locator.casefold(): locator for of, locator in cited if of == source}
    same = alike.get(part.casefold())
    return f"Did you mean {same}?" if same else "Give the reason, or correct the name of the part."
