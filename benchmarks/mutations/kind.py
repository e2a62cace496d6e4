"""A kind of damage: where it can be done, how, and whether anybody could find it."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from mutations.corpus import Corpus, Mutant

Sites = Callable[[Corpus], Sequence[Any]]
Damage = Callable[[Any, random.Random], Mutant | None]

KINDS: dict[str, "Kind"] = {}


@dataclass(frozen=True)
class Kind:
    """One kind of damage.

    `reason` says why it cannot be found in principle; it is empty for what has to be found. Of two
    cells that contradict each other nobody can say which is wrong: where `relation` holds, a
    problem at the other cell counts as well placed if its message names the damaged one.
    """

    name: str
    family: str
    sites: Sites
    damage: Damage
    reason: str = ""
    relation: bool = False

    def mutants(self, corpus: Corpus, count: int, seed: int) -> list[Mutant]:
        """Return up to so many different mutants, chosen by the seed."""
        chance = random.Random(f"{seed} {self.name}")
        places = list(self.sites(corpus))
        chance.shuffle(places)
        made: dict[tuple[tuple[str, Any], ...], Mutant] = {}
        # A file can be cut at many bytes: few places are tried again, each time otherwise.
        for turn in range(max(1, 3 * count // max(len(places), 1))):
            for place in places:
                mutant = self.damage(place, chance)
                if mutant is not None and _changes(corpus, mutant):
                    made.setdefault(tuple(sorted(mutant.files.items(), key=str)), mutant)
                if len(made) == count:
                    return list(made.values())
            if turn and not made:
                break
        return list(made.values())


def _changes(corpus: Corpus, mutant: Mutant) -> bool:
    return any(corpus.files.get(path) != content for path, content in mutant.files.items())


def kind(
    name: str, sites: Sites, *, reason: str = "", relation: bool = False
) -> Callable[[Damage], Damage]:
    """Register a function as a kind of damage; its module's name is the family."""

    def register(damage: Damage) -> Damage:
        assert name not in KINDS, name
        family = damage.__module__.rpartition(".")[2]
        KINDS[name] = Kind(name, family, sites, damage, reason, relation)
        return damage

    return register


def all_kinds() -> list[Kind]:
    """Return every kind, the families in the order of the alphabet."""
    package = import_module("mutations.kinds")
    for found in sorted(iter_modules(package.__path__), key=lambda found: found.name):
        import_module(f"mutations.kinds.{found.name}")
    return list(KINDS.values())
