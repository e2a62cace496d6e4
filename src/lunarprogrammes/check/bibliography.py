"""One `source.json` under examination: its parts, and where each stands in the file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from lunarprogrammes.check.problems import Place
from lunarprogrammes.evidence.bibliography import people, source_cells
from lunarprogrammes.evidence.seeds import SourceFile
from lunarprogrammes.tables import Field, get

# Where the fields of the table `sources` stand in the file; all others stand under their own name.
KEYS = {"url": "URL"}
# The parts of our own block; the rest of the file is CSL-JSON.
CUSTOM = ("tier", "derived_from", "issued_probable", "note", "locator")
TEXTS = ("type", "title", "publisher", "url", "language")
DATES = ("issued", "accessed")


@dataclass(frozen=True, eq=False)
class Entry:
    """One source: path from the seeds folder, and what was read of its `source.json`."""

    path: str
    file: SourceFile

    @classmethod
    def of(cls, file: SourceFile, root: Path) -> "Entry":
        """Return the entry of a source file."""
        return cls(file.path.relative_to(root).as_posix(), file)

    @property
    def id(self) -> str:
        """The id of the source: the name of its folder."""
        return self.file.id

    @property
    def is_read(self) -> bool:
        """Whether the file could be read; nothing is asked of one that could not."""
        return self.file.fault is None

    @cached_property
    def custom(self) -> Mapping[str, Any]:
        """Our own block of the file; empty where there is none."""
        block = self.file.data.get("custom")
        return block if isinstance(block, dict) else {}

    @cached_property
    def cells(self) -> dict[str, str]:
        """The cells of the table `sources` that the file fills, and the locator."""
        locator = self.custom.get("locator")
        return {
            **source_cells(self.id, self.file.data),
            "locator": locator if isinstance(locator, str) else "",
        }

    def place(self, name: str = "", offset: int = 0) -> Place:
        """Return the place of a field's value in the file, or of the file."""
        return self.key_place(KEYS.get(name, name), offset)

    def key_place(self, key: str, offset: int = 0) -> Place:
        """Return the place of the value of a key of the file, or of the file."""
        text = self.file.text
        lines = text.split("\n")
        found = re.search(rf'"{re.escape(key)}"\s*:\s*"?', text) if key else None
        if found is None:
            return Place(self.path, 1, 1, lines[0])
        line = text.count("\n", 0, found.end()) + 1
        column = found.end() - text.rfind("\n", 0, found.end()) + offset
        return Place(self.path, line, column, lines[line - 1])

    def without(self, fields: set[str]) -> SourceFile:
        """Return the source file without the cells that are no good, for the resolver."""
        good = {name: "" if name in fields else text for name, text in self.cells.items()}
        texts = {KEYS.get(name, name): good[name] for name in TEXTS}
        dates = {name: {"raw": good[name]} for name in DATES}
        custom = {name: good[name] for name in CUSTOM}
        data = {**texts, **dates, "author": people(good["author"]), "custom": custom}
        return replace(self.file, data=data)


def source_fields() -> dict[str, Field]:
    """Return the fields that a `source.json` fills, the locator among them."""
    from lunarprogrammes.tables.claims import EVIDENCE

    facts = get("sources").facts
    return {**facts, "locator": EVIDENCE["locator"]}
