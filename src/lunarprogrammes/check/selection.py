"""Which rules count: codes, the beginnings of codes, families and names, taken in or left out.

Selecting changes what is reported and never what is checked, so that the first cause of a problem
stays the first cause. Of two words that fit a rule the longer one decides (`--ignore L --select
L101` reports L101 alone); of two of one length the one that leaves it out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from lunarprogrammes.check import baseline
from lunarprogrammes.check.problems import Report
from lunarprogrammes.check.rule import FAMILIES, Rule, all_rules
from lunarprogrammes.check.words import did_you_mean, nearest
from lunarprogrammes.errors import LunarProgrammesError

ALL = "all"


class SelectionError(LunarProgrammesError):
    """A word that names no rule and no family of rules."""

    code = "unknown-rule"


@cache
def catalogue() -> Mapping[str, Rule]:
    """Return every rule by code: those of the check, and those of the baseline."""
    rules = (*all_rules(), *baseline.RULES)
    return {rule.code: rule for rule in sorted(rules, key=lambda rule: rule.code)}


@cache
def _names() -> Mapping[str, str]:
    """Return the beginning of the codes that each name stands for."""
    families = {name: letter for letter, name in FAMILIES.items()}
    return {ALL: "", **families, **{rule.name: rule.code for rule in catalogue().values()}}


@dataclass(frozen=True, slots=True)
class Selection:
    """Beginnings of codes that are taken in, and that are left out.

    >>> chosen = Selection.of(["L,X101"], ["chronology"])
    >>> chosen.admits("L102"), chosen.admits("L101"), chosen.admits("X101"), chosen.admits("F101")
    (True, False, True, False)
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    @classmethod
    def of(cls, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> "Selection":
        """Make a selection of words as people write them; several may stand between commas.

        Raises `SelectionError` for a word that names nothing.
        """
        return cls(_beginnings(select), _beginnings(ignore))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was named that is to be taken in."""
        return bool(self.select)

    def admits(self, code: str) -> bool:
        """Say whether problems of a rule are reported."""
        taken = _longest(self.select, code) if self.select else 0
        return taken > _longest(self.ignore, code)

    def of_report(self, report: Report) -> Report:
        """Return a report with the problems that count."""
        kept = tuple(problem for problem in report.problems if self.admits(problem.code))
        return replace(report, problems=kept)


def _longest(beginnings: Iterable[str], code: str) -> int:
    """Return the length of the longest beginning of a code, or -1 where none fits."""
    return max((len(one) for one in beginnings if code.startswith(one)), default=-1)


def _beginnings(words: Iterable[str]) -> tuple[str, ...]:
    parts = (part.strip() for word in words for part in word.split(","))
    return tuple(_beginning(part) for part in parts if part)


def _beginning(word: str) -> str:
    name = word.lower()
    if name in _names():
        return _names()[name]
    if any(code.startswith(word.upper()) for code in catalogue()):
        return word.upper()
    families = ", ".join(name for name, code in _names().items() if len(code) == 1)
    raise SelectionError(
        f"There is no rule or family of rules '{word}'.",
        expected=f"Expected a code such as X101, the beginning of one such as L1, {ALL}, "
        f"the name of a rule, or a family: {families}.",
        remedy=did_you_mean(name, _names()) or _near_code(word),
    )


def _near_code(word: str) -> str:
    near = nearest(word, [code.lower() for code in catalogue()])
    if near:
        return f"Did you mean {near.upper()}?"
    return "See docs/checks/index.md for the list of rules."
