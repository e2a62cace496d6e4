"""E124: a statement that holds for a day after its document."""

from collections.abc import Iterator

from lunarprogrammes.answers import Answer
from lunarprogrammes.check.days import date
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule

AFTER_DOCUMENT = Rule(
    code="E124",
    name="as-of-after-document",
    severity=ERROR,
    reason="A document knows nothing of the days after it. The date for which a statement holds is "
    "that of the document or an earlier one; what is planned or estimated for later has its date "
    "in a field of its own. Pages that are kept up to date count by the day of reading.",
    bad="as_of 2025 in a report of 2024",
    good="as_of 2023 in a report of 2024, or an empty as_of",
)
RULES = (AFTER_DOCUMENT,)

_LIVING = {"webpage", "dataset", "entry-encyclopedia", "post-weblog"}
_OUTLOOK = {"planned", "estimated"}


def check(examination: Examination) -> Iterator[Problem]:
    """Compare every as_of with the date of its source, each distinct text once."""
    for sheet in examination.readings:
        entry = examination.entries.get(sheet.source)
        if "as_of" not in sheet.columns or entry is None or not entry.is_read:
            continue
        spoiled = examination.entry_remarks.get(entry.id, {})
        names = ["issued_probable", "issued"]
        if entry.cells["type"] in _LIVING:
            names = ["accessed"]
        # A date that is in doubt is no measure for others.
        until = next((entry.cells[name] for name in names if entry.cells[name]), "")
        if not until or spoiled.keys() & set(names):
            continue
        field = sheet.columns["as_of"]
        for row in sheet.file.rows:
            text = row.cells["as_of"]
            if (
                text
                and row.cells.get("certainty", "") not in _OUTLOOK
                and examination.remark(field, text) is None
                and date(text).after(date(until)) is Answer.YES
                and not _is_future(examination, text)
            ):
                yield AFTER_DOCUMENT.at(
                    sheet.cell(row, "as_of"),
                    f"The statement is to hold for {text}, and its document is of {until}.",
                    expected="Expected the date of the document or an earlier one.",
                    remedy="Leave as_of empty, or give the date of the statement.",
                    record=sheet.record(row),
                    field="as_of",
                )


def _is_future(examination: Examination, text: str) -> bool:
    """Say whether the day has not come, which has a rule of its own."""
    return examination.today is not None and date(text).after(examination.today) is Answer.YES
