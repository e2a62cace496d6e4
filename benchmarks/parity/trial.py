"""The corpus through the five engines, and what they say of each group of records."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from lunarprogrammes import tables
from parity.corpus import GOOD, Case, world
from parity.engines import ENGINES
from parity.explained import EXPLAINED

ACCEPTS, REFUSES = "A", "r"
Group = tuple[str, str]


def verdicts(found: Sequence[Case]) -> list[str]:
    """Return for each case the verdicts of the engines, a letter for each in their order."""
    held = world(found)
    said = [""] * len(found)
    for judge in ENGINES.values():
        for name, table in tables.all_tables().items():
            places = [place for place, case in enumerate(found) if case.table == name]
            with TemporaryDirectory() as folder:
                answers = judge(table, held, [found[place].row for place in places], Path(folder))
            for place, answer in zip(places, answers, strict=True):
                said[place] += ACCEPTS if answer else REFUSES
    return said


def grouped(found: Iterable[Case], said: Iterable[str]) -> dict[Group, dict[str, list[Case]]]:
    """Return the cases of each group by what was said of them; one entry where all are alike."""
    made: dict[Group, dict[str, list[Case]]] = {}
    for case, letters in zip(found, said, strict=True):
        made.setdefault(case.group, {}).setdefault(letters, []).append(case)
    return made


def explained() -> dict[Group, frozenset[str]]:
    """Return the groups on which the engines may differ, with what they have to say of them."""
    return {group: frozenset({said}) for one in EXPLAINED for group, said in one.groups.items()}


def differences(groups: Mapping[Group, Mapping[str, object]]) -> dict[Group, frozenset[str]]:
    """Return the groups on which the engines differ, with what they say of them."""
    return {
        group: frozenset(by_letters)
        for group, by_letters in groups.items()
        if any(len(set(letters)) > 1 for letters in by_letters)
    }


def refused_by_all(group: Group, by_letters: Iterable[str]) -> bool:
    """Tell whether a damage is refused by every engine in every record."""
    return group[0] != GOOD and all(set(letters) == {REFUSES} for letters in by_letters)
