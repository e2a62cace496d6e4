"""What a rule is, and how the rules are found.

A rule is added by adding a module to `check/rules/`; nothing else is edited. A module exposes
`RULES` and one or both of two functions:

- `inspect(field, text)` yields what is wrong with one cell by itself. It is called once for each
  distinct text of a field, and only the first remark on a cell counts: `PRIORITY` (0 first) says
  which module is asked first, so that the cause is named and not its consequence.
- `check(examination)` yields problems that need more than one cell.

The codes are F for files, S for the schema, E for evidence, L for sense, X for security;
B for the list of known problems, whose rules stand in `check/baseline.py`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, NamedTuple

from lunarprogrammes.check.problems import Place, Problem
from lunarprogrammes.tables import Field

if TYPE_CHECKING:
    from lunarprogrammes.check.examination import Examination

FAMILIES = {
    "F": "files",
    "S": "schema",
    "E": "evidence",
    "L": "sense",
    "X": "security",
    "B": "baseline",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: a stable code, a name, how bad a breach is, why it is asked, and an example.

    `bad` is what breaks the rule and `good` what to write instead, each as it stands in a file.
    """

    code: str
    name: str
    severity: str
    reason: str
    bad: str
    good: str

    @property
    def family(self) -> str:
        """The family of the rule, by the first letter of its code."""
        return FAMILIES[self.code[0]]

    def at(
        self,
        place: Place,
        what: str,
        *,
        expected: str = "",
        remedy: str = "",
        record: str = "",
        field: str = "",
    ) -> Problem:
        """Make a problem of this rule at a place."""
        return Problem(
            code=self.code,
            severity=self.severity,
            path=place.path,
            line=place.line,
            column=place.column,
            record=record,
            field=field,
            what=what,
            expected=expected,
            remedy=remedy,
            source_line=place.text,
        )


class Remark(NamedTuple):
    """What is wrong with one cell by itself; `offset` counts characters into the cell, from 0."""

    rule: Rule
    what: str
    expected: str = ""
    remedy: str = ""
    offset: int = 0


# Of a cell that nobody looked at, because so many others of its column are bad.
UNSEEN = Remark(Rule(code="", name="", severity="", reason="", bad="", good=""), "")

Inspector = Callable[[Field, str], Iterator[Remark]]
Checker = Callable[["Examination"], Iterator[Problem]]


class RuleSet(NamedTuple):
    """All rules by code, the inspectors in order of priority, and the checkers."""

    rules: dict[str, Rule]
    inspectors: tuple[Inspector, ...]
    checkers: tuple[Checker, ...]


@cache
def rule_set() -> RuleSet:
    """Find every rule module and collect what it exposes."""
    package = import_module("lunarprogrammes.check.rules")
    modules = [
        import_module(f"{package.__name__}.{found.name}")
        for found in sorted(iter_modules(package.__path__), key=lambda found: found.name)
    ]
    rules = {rule.code: rule for module in modules for rule in module.RULES}
    inspecting = [module for module in modules if hasattr(module, "inspect")]
    inspecting.sort(key=lambda module: module.PRIORITY)
    return RuleSet(
        dict(sorted(rules.items())),
        tuple(module.inspect for module in inspecting),
        tuple(module.check for module in modules if hasattr(module, "check")),
    )


def all_rules() -> tuple[Rule, ...]:
    """Return every rule in the order of the codes.

    >>> all_rules()[0].code
    'E101'
    """
    return tuple(rule_set().rules.values())
