"""E112 to E114: which source it is, whose word it is, and whom it repeats."""

import re
from collections.abc import Iterator, Mapping

from lunarprogrammes.check.bibliography import Entry
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Place, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.rules.file_names import fault_of_name
from lunarprogrammes.check.suggestions import suggestion
from lunarprogrammes.evidence.witnesses import EDITORS

FOLDER = Rule(
    code="E112",
    name="folder-name",
    severity=ERROR,
    reason="The name of the folder is the id of the source, by which every claim cites it.",
    bad="seeds/Bloomberg 2023/",
    good="seeds/bloomberg-2023-alliance/",
)
TIER = Rule(
    code="E113",
    name="editors-tier",
    severity=ERROR,
    reason="The tier editors is for the project's own ordering of the world in seeds/editors; no "
    "document has it.",
    bad='"tier": "editors" in seeds/bloomberg-2023-alliance/source.json',
    good='"tier": "press"',
)
DERIVED = Rule(
    code="E114",
    name="derived-from",
    severity=ERROR,
    reason="A copied press release is no second witness: derived_from names the source that is "
    "repeated, and that must be another folder here.",
    bad='"derived_from": "reuters"',
    good='"derived_from": "reuters-2023-alliance"',
)
RULES = (FOLDER, TIER, DERIVED)

_is_slug = re.compile("[a-z0-9]+(-[a-z0-9]+)*").fullmatch


def check(examination: Examination) -> Iterator[Problem]:
    """Look at the name, the tier and the origin of every source."""
    circles = _circles(examination.entries)
    for entry in examination.entries.values():
        yield from _folder(entry)
        if entry.is_read:
            yield from _tier(entry)
            yield from _derived(examination, entry, circles)


def _folder(entry: Entry) -> Iterator[Problem]:
    if not _is_slug(entry.id) and not fault_of_name(entry.id):
        slug = re.sub("[^a-z0-9]+", "-", entry.id.lower()).strip("-")
        yield FOLDER.at(
            Place(entry.id),
            f"The folder is called '{entry.id}'.",
            expected="Expected publisher, year and words as a slug in lower case.",
            remedy=f"Did you mean {slug}?" if slug else "",
        )
    stated = entry.file.data.get("id")
    if isinstance(stated, str) and stated != entry.id and _is_slug(entry.id):
        yield FOLDER.at(
            entry.place("id"),
            f"The file calls the source '{stated}' and its folder is {entry.id}.",
            expected="Expected the name of the folder.",
            remedy=f"Write {entry.id}, or leave the id out.",
            record=f"sources/{entry.id}",
            field="id",
        )


def _tier(entry: Entry) -> Iterator[Problem]:
    tier = entry.cells["tier"]
    if (tier == EDITORS) != (entry.id == EDITORS) and tier:
        of_editors = entry.id == EDITORS
        yield TIER.at(
            entry.place("tier"),
            f"The tier is {tier} in the folder {entry.id}.",
            expected="Expected the tier editors in seeds/editors, and nowhere else.",
            remedy="Write editors." if of_editors else "Say how near the document is to the facts.",
            record=f"sources/{entry.id}",
            field="tier",
        )


def _derived(examination: Examination, entry: Entry, circles: set[str]) -> Iterator[Problem]:
    origin = entry.cells["derived_from"]
    if not origin or "derived_from" in examination.entry_remarks[entry.id]:
        return
    if origin not in examination.entries:
        what = f"There is no source '{origin}'."
        otherwise = "Add its folder, or leave the part out."
        remedy = suggestion(examination, DERIVED.code, origin, examination.entries, otherwise)
    elif entry.id in circles:
        what, remedy = "The source repeats itself in the end.", "Say which of them was first."
    else:
        return
    yield DERIVED.at(
        entry.place("derived_from"),
        what,
        expected="Expected the id of another source.",
        remedy=remedy,
        record=f"sources/{entry.id}",
        field="derived_from",
    )


def _circles(entries: Mapping[str, Entry]) -> set[str]:
    """Return the sources that repeat themselves in the end; each chain is walked once."""
    done: set[str] = set()
    found: set[str] = set()
    for start in entries:
        chain: dict[str, int] = {}
        source = start
        while source in entries and source not in done and source not in chain:
            chain[source] = len(chain)
            source = entries[source].cells["derived_from"]
        done.update(chain)
        if source in chain:
            found.update([*chain][chain[source] :])
    return found
