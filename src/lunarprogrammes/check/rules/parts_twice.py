"""E127: a part of source.json that stands in it twice."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lunarprogrammes.check.bibliography import Entry
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Place, Problem
from lunarprogrammes.check.rule import Rule

TWICE = Rule(
    code="E127",
    name="part-twice",
    severity=ERROR,
    reason="Of two parts with one name every program reads another one: most take the last, some "
    "the first.",
    bad='{"title": "Space Alliance", "title": "Space Race"}',
    good='{"title": "Space Race"}',
)
RULES = (TWICE,)


def check(examination: Examination) -> Iterator[Problem]:
    """Read each source file that could be read once more, with an eye on its names."""
    for entry in examination.entries.values():
        if entry.is_read and entry.file.text:
            for name in dict.fromkeys(_repeated(entry.file.text)):
                yield TWICE.at(
                    _second(entry, name),
                    f"The part {name} stands twice.",
                    expected="Expected each part once.",
                    remedy="Delete the one that is wrong.",
                    record=f"sources/{entry.id}",
                )


def _repeated(text: str) -> list[str]:
    names: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                names.append(name)
            seen.add(name)
        return dict(pairs)

    try:
        json.loads(text, object_pairs_hook=look)
    except (ValueError, RecursionError):
        return []  # its fault has a rule of its own
    return names


def _second(entry: Entry, name: str) -> Place:
    """Return the place of the last of the parts with this name."""
    text = entry.file.text
    found = list(re.finditer(rf'"{re.escape(name)}"\s*:', text))
    if not found:
        return entry.place()
    at = found[-1].start()
    line = text.count("\n", 0, at) + 1
    return Place(entry.path, line, at - text.rfind("\n", 0, at), text.split("\n")[line - 1])
