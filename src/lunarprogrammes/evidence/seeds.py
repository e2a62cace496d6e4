"""The folder `seeds/`: one folder per source, the editors' decisions, and the retired ids.

Reading never raises for bad content. Each part keeps its faults and places, so that the checker can
report all of them and the build can refuse. Links are never followed, whatever they lead to.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from lunarprogrammes import tables
from lunarprogrammes.evidence.bibliography import source_cells
from lunarprogrammes.evidence.claims import DENIED, EXISTENCE, Claim
from lunarprogrammes.evidence.decisions import Decision
from lunarprogrammes.evidence.redirects import Redirect
from lunarprogrammes.evidence.regular_file import Fault, is_there, read_regular
from lunarprogrammes.evidence.tabular import Row, TabularFile, read_tabular
from lunarprogrammes.evidence.witnesses import EDITORS, Witness, Witnesses

EVIDENCE_COLUMNS = ("locator", "as_of", "certainty", "cites", "remark")
# Files of seeds/ that hold no readings.
OTHER_FILES = {"decisions.csv", "redirects.csv", "coverage.csv", "README.md", "edition.json"}
TIER_LOCATOR = "docs/definitions.md#tier"
MAX_JSON = 1024 * 1024
MAX_DEPTH = 50  # CSL-JSON with our block needs five

_json_tokens = re.compile(r'"(?:[^"\\]|\\.)*"?|[][{}]', re.DOTALL).finditer


@dataclass(frozen=True)
class SourceFile:
    """One `source.json`: CSL-JSON with our `custom` block, or the fault that keeps it unread."""

    id: str
    path: Path
    data: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    fault: Fault | None = None

    @cached_property
    def cells(self) -> dict[str, str]:
        """The row of the table `sources` that the file makes."""
        return source_cells(self.id, self.data)


@dataclass(frozen=True)
class Reading:
    """What one source says about one table: a CSV file with the table's columns and evidence."""

    source: str
    table: str
    file: TabularFile

    def claims(self) -> Iterator[tuple[Claim, Row]]:
        """Yield each claim with the row in which it stands; unknown columns claim nothing."""
        table = tables.get(self.table)
        columns = [
            name for name in self.file.header if name in table.facts and name not in table.key
        ]
        for row in self.file.rows:
            record = table.record_id(row.cells)
            evidence = [row.cells.get(column, "") for column in EVIDENCE_COLUMNS]
            filled = [(name, row.cells[name]) for name in columns if row.cells[name]]
            if self._claims_existence(row, filled):
                filled.insert(0, (EXISTENCE, ""))
            for name, value in filled:
                yield Claim.of(self.table, record, name, value, self.source, *evidence), row

    def _claims_existence(self, row: Row, filled: list[tuple[str, str]]) -> bool:
        # The editors order records and create none; a denied cell denies its value, not the record.
        if self.source == EDITORS:
            return False
        return not filled or row.cells.get("certainty") != DENIED


@dataclass(frozen=True)
class Seeds:
    """Everything that was read from one seeds folder."""

    root: Path
    sources: Mapping[str, SourceFile]
    readings: tuple[Reading, ...]
    decisions_file: TabularFile | None
    strangers: tuple[Path, ...] = ()
    redirects_file: TabularFile | None = None

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The editors' decisions, in the order of the file."""
        rows = self.decisions_file.rows if self.decisions_file else ()
        return tuple(Decision.from_row(row.cells) for row in rows)

    @cached_property
    def redirects(self) -> tuple[Redirect, ...]:
        """The retired ids, in the order of the file."""
        rows = self.redirects_file.rows if self.redirects_file else ()
        return tuple(Redirect.from_row(row.cells) for row in rows)

    @cached_property
    def witnesses(self) -> Witnesses:
        """All sources as the resolver sees them."""
        return Witnesses(
            {name: Witness.from_row(source.cells) for name, source in self.sources.items()}
        )

    def claims(self) -> list[Claim]:
        """Return all claims in the order of the ledger: table, record, field, id."""
        found = [claim for reading in self.readings for claim, _ in reading.claims()]
        for source in self.sources.values():
            found.extend(_bibliographic_claims(source))
        # Two rows at one place (two issuers of one guide) claim the existence once; which remark
        # stays is decided by the order of the claims, not by that of the rows.
        kept: list[Claim] = []
        for claim in sorted(found):
            same = bool(kept) and claim.field == EXISTENCE and claim.id == kept[-1].id
            if not same:
                kept.append(claim)
        return kept


def _bibliographic_claims(source: SourceFile) -> Iterator[Claim]:
    """Yield what a source shows of itself, and the editors' word on its tier."""
    custom = source.data.get("custom")
    locator = str(custom.get("locator", "")) if isinstance(custom, dict) else ""
    yield Claim.of("sources", source.id, EXISTENCE, "", source.id, locator)
    for name, value in source.cells.items():
        if name == "tier" and value:
            yield Claim.of("sources", source.id, name, value, EDITORS, TIER_LOCATOR)
        elif name != "id" and value:
            yield Claim.of("sources", source.id, name, value, source.id, locator)


def read_seeds(root: Path, only: Iterable[str] | None = None) -> Seeds:
    """Read a seeds folder, or only the source folders named, and the files beside them.

    Links are no part of the seeds: they are among the strangers, and never read.
    """
    wanted = None if only is None else set(only)
    sources: dict[str, SourceFile] = {}
    readings: list[Reading] = []
    strangers: list[Path] = []
    for entry in sorted(root.iterdir()):
        is_link = entry.is_symlink()
        if is_link or not entry.is_dir():
            if is_link or entry.name not in OTHER_FILES:
                strangers.append(entry)
        elif wanted is None or entry.name in wanted:
            sources[entry.name] = _read_folder(entry, readings, strangers)
    return Seeds(
        root,
        sources,
        tuple(readings),
        _read_beside(root / "decisions.csv"),
        tuple(strangers),
        _read_beside(root / "redirects.csv"),
    )


def _read_beside(path: Path) -> TabularFile | None:
    """Read a file of the seeds folder itself, where there is one that is no link."""
    return read_tabular(path) if is_there(path) and not path.is_symlink() else None


def _read_folder(folder: Path, readings: list[Reading], strangers: list[Path]) -> SourceFile:
    """Read the folder of one source; add its readings, and what is none, to the lists."""
    try:
        files = sorted(folder.iterdir())
    except OSError as error:
        what = f"The folder cannot be read: {(error.strerror or 'unknown reason').lower()}."
        fault = Fault("F120", 1, 1, what, "Let it be read by everybody.")
        return SourceFile(folder.name, folder / "source.json", fault=fault)
    for file in files:
        if file.suffix == ".csv" and file.stem in _read_tables() and not file.is_symlink():
            readings.append(Reading(folder.name, file.stem, read_tabular(file)))
        elif file.name != "source.json":
            strangers.append(file)
    return read_source(folder)


@cache
def _read_tables() -> frozenset[str]:
    """Return the tables that are read from files of their own; the others are generated."""
    return frozenset(tables.names_of_tables()) - {"sources", "claims"}


def read_source(folder: Path) -> SourceFile:
    """Read the `source.json` of one folder; what is wrong with it becomes its fault."""
    path = folder / "source.json"
    if not is_there(path):
        remedy = "Describe the document in CSL-JSON; see CONTRIBUTING.md."
        fault = Fault("E101", 1, 1, "The folder has no source.json.", remedy)
        return SourceFile(folder.name, path, fault=fault)
    raw = read_regular(path, MAX_JSON)
    if isinstance(raw, Fault):
        return SourceFile(folder.name, path, fault=raw)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        fault = Fault("F101", 1, 1, "The file is not UTF-8.", "Save it as UTF-8.")
        return SourceFile(folder.name, path, fault=fault)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    data = _parsed(text)
    if isinstance(data, Fault):
        return SourceFile(folder.name, path, text=text, fault=data)
    return SourceFile(folder.name, path, data, text)


def _parsed(text: str) -> Mapping[str, Any] | Fault:
    """Return the object of a JSON text, or what keeps it from being one."""
    remedy = "Mend it at this place."
    if deep := _too_deep(text):
        what = f"The file is nested more than {MAX_DEPTH} deep."
        return Fault("E102", *deep, what, "Describe the document as CSL-JSON does.")
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        return Fault("E102", error.lineno, error.colno, "The file is not valid JSON.", remedy)
    except (ValueError, RecursionError):  # such as a number of ten thousand digits
        return Fault("E102", 1, 1, "The file is not valid JSON.", remedy)
    if not isinstance(data, dict) or not data:
        what = "The file holds no JSON object."
        return Fault("E102", 1, 1, what, "Describe the document in it.")
    return data


def _too_deep(text: str) -> tuple[int, int] | None:
    """Return where a JSON text is nested too deeply, or None.

    Asked before it is parsed: what can be parsed may still be too deep to be walked through.
    """
    depth = 0
    for token in _json_tokens(text):
        mark = token.group()[0]
        depth += 1 if mark in "[{" else -1 if mark in "]}" else 0
        if depth > MAX_DEPTH:
            return _line_and_column(text, token.start())
    return None


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
