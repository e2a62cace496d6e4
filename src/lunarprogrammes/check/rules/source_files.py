"""E101, E102, E109 to E111: what is wrong with a `source.json` as a description of a document."""

from collections.abc import Iterator
from dataclasses import replace

from lunarprogrammes.check.bibliography import CUSTOM, DATES, KEYS, TEXTS, Entry
from lunarprogrammes.check.csl import (
    CSL_DATES,
    CSL_KEYS,
    CSL_NAMES,
    CSL_NUMBERS,
    CSL_TEXTS,
    DATE_PARTS,
    NAME_PARTS,
)
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Place, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.words import did_you_mean
from lunarprogrammes.evidence.witnesses import EDITORS

MISSING_FILE = Rule(
    code="E101",
    name="no-source-file",
    severity=ERROR,
    reason="A claim whose document is not described is no evidence. Checks fail closed: without "
    "source.json nothing in the folder counts.",
    bad="seeds/bloomberg-2023-alliance/ with missions.csv alone",
    good="seeds/bloomberg-2023-alliance/ with missions.csv and source.json",
)
INVALID_FILE = Rule(
    code="E102",
    name="invalid-source-file",
    severity=ERROR,
    reason="source.json holds one JSON object: CSL-JSON, as Zotero exports it, with our block "
    "custom.",
    bad='{"title": "Space Alliance",}',
    good='{"title": "Space Alliance"}',
)
MISSING_PART = Rule(
    code="E109",
    name="missing-part",
    severity=ERROR,
    reason="Type, title and tier, where the document shows what it is (custom.locator), and a date "
    "on which it was issued or read are needed to weigh and cite it.",
    bad='{"type": "report"}',
    good='{"type": "report", "title": "…", "accessed": …, "custom": {"tier": "scholarly", …}}',
)
UNREADABLE_PART = Rule(
    code="E110",
    name="unreadable-part",
    severity=ERROR,
    reason="A part of source.json that is not of its CSL type would be taken as absent.",
    bad='"issued": "2023"',
    good='"issued": {"date-parts": [[2023]]}',
)
UNKNOWN_PART = Rule(
    code="E111",
    name="unknown-part",
    severity=ERROR,
    reason="A misspelt part of source.json would be taken as absent.",
    bad='"Title": "Space Alliance"',
    good='"title": "Space Alliance"',
)
RULES = (MISSING_FILE, INVALID_FILE, MISSING_PART, UNREADABLE_PART, UNKNOWN_PART)

_FAULTS = {rule.code: rule for rule in (MISSING_FILE, INVALID_FILE)}
_NEEDED = {
    "type": "what sort of document it is, such as report",
    "title": "its title, or our description in square brackets where it shows none",
    "tier": "how near it stands to the facts, such as press, inside custom",
    "locator": "where in it its title and date stand, such as title page, inside custom",
}


_MOST_UNKNOWN = 100
_NAMES_EXPECTED = 'Expected a list such as [{"family": "Jones", "given": "Andrew"}].'
_DATE_EXPECTED = 'Expected a CSL date such as {"date-parts": [[2023, 2, 27]]}.'
# The parts whose types are looked at one by one.
_READ = frozenset({"custom", "author", *DATES, *(KEYS.get(name, name) for name in TEXTS)})


def check(examination: Examination) -> Iterator[Problem]:
    """Look at each source file that could be read; one that could not has its fault alone."""
    for entry in examination.entries.values():
        fault = entry.file.fault
        if fault is None:
            yield from _first_of(_unknown(entry))
            unreadable = dict(_unreadable(entry))
            yield from unreadable.values()
            yield from _missing(entry, set(unreadable))
        elif fault.code in _FAULTS and not entry.file.path.is_symlink():
            lines = entry.file.text.split("\n")
            text = lines[fault.line - 1] if fault.line <= len(lines) else ""
            place = Place(entry.path, fault.line, fault.column, text)
            start = sum(len(line) + 1 for line in lines[: fault.line - 1]) + fault.column - 1
            remedy = _of_syntax(entry.file.text, start) or fault.remedy
            yield _FAULTS[fault.code].at(place, fault.what, remedy=remedy)


def _first_of(problems: Iterator[Problem]) -> Iterator[Problem]:
    """Yield so many problems of a kind; a file of another kind must not fill the memory."""
    for number, problem in enumerate(problems, 1):
        if number == _MOST_UNKNOWN:
            what = f"{problem.what} More parts of the file with the same fault are not listed."
            yield replace(problem, what=what)
            return
        yield problem


def _of_syntax(text: str, at: int) -> str:
    """Say what to do about the usual slips of JSON, or return an empty text.

    Python 3.13 points at a last comma, and earlier ones at the bracket after it.
    """
    before, after = text[:at].rstrip(), text[at : at + 5]
    if before.endswith(",") and after[:1] in {",", "}", "]"}:
        return "Delete the comma before this place."
    if after.startswith(","):
        return "Delete this comma."
    if after.startswith('"') and before.endswith(('"', "]", "}")):
        return "Put a comma before this place."
    if after[:1] in {"'", "\u201c", "\u201d"}:
        return 'Write straight double quotation marks (").'
    if after.startswith(("None", "True", "False")):
        return "Write null, true or false."
    return ""


def _unknown(entry: Entry) -> Iterator[Problem]:
    custom = frozenset(CUSTOM)
    parts = [(key, CSL_KEYS, "CSL-JSON has no part") for key in entry.file.data]
    parts += [(key, custom, "The custom block has no part") for key in entry.custom]
    for key, known, what in parts:
        if key not in known:
            # What belongs into the custom block is often written beside it.
            otherwise = "Move it into custom." if key in CUSTOM else "Delete it."
            remedy = otherwise if key in CUSTOM else did_you_mean(key, known, otherwise)
            yield UNKNOWN_PART.at(
                entry.key_place(key),
                f"{what} '{key}'.",
                remedy=remedy,
                record=f"sources/{entry.id}",
            )
    for key, part, inside, whose in _inner(entry):
        if part not in inside:
            yield UNKNOWN_PART.at(
                entry.key_place(key),
                f"{whose} has no part '{part}'.",
                expected=f"The parts are {', '.join(sorted(inside))}.",
                remedy=did_you_mean(part, inside, "Delete it."),
                record=f"sources/{entry.id}",
            )


def _inner(entry: Entry) -> Iterator[tuple[str, str, frozenset[str], str]]:
    """Yield the parts of names and dates: the key to look for, the part, the known ones, whose."""
    for key, value in entry.file.data.items():
        if key in CSL_NAMES and isinstance(value, list):
            for person in (one for one in value if isinstance(one, dict)):
                for part in person:
                    yield part, part, NAME_PARTS, f"A name in {key}"
        elif key in CSL_DATES and isinstance(value, dict) and entry.cells.get(key, "x"):
            for part in value:
                yield part, part, DATE_PARTS, f"The date {key}"


def _unreadable(entry: Entry) -> Iterator[tuple[str, Problem]]:
    """Yield the parts that are there and cannot be read, by key."""

    def problem(key: str, what: str, expected: str) -> tuple[str, Problem]:
        record = f"sources/{entry.id}"
        made = UNREADABLE_PART.at(entry.key_place(key), what, expected=expected, record=record)
        return key, made

    data = entry.file.data
    if "custom" in data and not isinstance(data["custom"], dict):
        yield problem("custom", "The part custom is no object.", "Expected our block in braces.")
    texts = [(KEYS.get(name, name), data) for name in TEXTS] + [
        (key, entry.custom) for key in CUSTOM
    ]
    for key, holder in texts:
        if key in holder and not isinstance(holder[key], str):
            yield problem(key, f"The part {key} is no text.", "Expected text in quotation marks.")
    for key in DATES:
        if key in data and not entry.cells[key]:
            yield problem(key, f"The part {key} is no date.", _DATE_EXPECTED)
    people = data.get("author", [])
    if not isinstance(people, list) or (people and not entry.cells["author"]):
        yield problem("author", "The part author is no list of names.", _NAMES_EXPECTED)
    for key, value in data.items():
        if key not in _READ and (wrong := _wrong_type(key, value)):
            yield problem(key, *wrong)


def _wrong_type(key: str, value: object) -> tuple[str, str] | None:
    """Say what is wrong with a part that CSL knows and we do not read, or return None."""
    if key in CSL_TEXTS and not isinstance(value, str):
        # Zotero writes lists of categories, and numbers in quotation marks or without.
        if key == "categories" and isinstance(value, list):
            return None
        return f"The part {key} is no text.", "Expected text in quotation marks."
    if key in CSL_NUMBERS and (isinstance(value, bool) or not isinstance(value, str | int | float)):
        return f"The part {key} is no number.", "Expected a number, or text in quotation marks."
    if key in CSL_NAMES and not isinstance(value, list):
        return f"The part {key} is no list of names.", _NAMES_EXPECTED
    if key in CSL_DATES and not isinstance(value, dict):
        return f"The part {key} is no date.", _DATE_EXPECTED
    return None


def _missing(entry: Entry, unreadable: set[str]) -> Iterator[Problem]:
    record = f"sources/{entry.id}"
    if "custom" in unreadable:
        return
    for name, meaning in _NEEDED.items():
        if not entry.cells[name] and KEYS.get(name, name) not in unreadable:
            place = _blank(entry, name)
            what = f"The part {name} is {'blank' if place else 'missing'}."
            remedy = f"Say {meaning}."
            yield MISSING_PART.at(
                place or entry.place(), what, remedy=remedy, record=record, field=name
            )
    dated = any(entry.cells[name] for name in (*DATES, "issued_probable"))
    if entry.id != EDITORS and not dated and not unreadable.intersection(DATES):
        what = "The document has neither a date of issue nor a day on which it was read."
        remedy = "Give issued as precisely as the document does, or accessed."
        blank = (_blank(entry, name) for name in (*DATES, "issued_probable"))
        place = next((place for place in blank if place), entry.place())
        yield MISSING_PART.at(place, what, remedy=remedy, record=record, field="accessed")


def _blank(entry: Entry, name: str) -> Place | None:
    """Return the place of a part that is there and says nothing, or None."""
    holder = entry.custom if name in CUSTOM else entry.file.data
    return entry.place(name) if KEYS.get(name, name) in holder else None
