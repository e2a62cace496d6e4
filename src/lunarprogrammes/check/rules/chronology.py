"""L101: dates of one record that cannot follow each other."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from lunarprogrammes.check.days import is_before
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import Claim

CHRONOLOGY = Rule(
    code="L101",
    name="chronology",
    severity=ERROR,
    reason="A launch comes before a landing and a landing before a return. Uncertain dates are "
    "compared as uncertain: only what is impossible for every day that they may mean is reported.",
    bad="launch_date 2020-11-23, landing_date 2020-11-01",
    good="launch_date 2020-11-23, landing_date 2020-12-01",
)
RULES = (CHRONOLOGY,)

# Fields in the order in which they happen; each holds for itself.
_CHAINS = {
    "actors": (("founded", "dissolved"),),
    "agreements": (
        ("adopted", "in_force", "ended"),
        ("signed", "in_force"),
        ("published", "in_force"),
        ("period_start", "period_end"),
    ),
    "missions": (("launch_date", "arrival_date", "landing_date", "return_date", "end_date"),),
    "parties": (("signed", "ratified", "in_force", "withdrawal_notified", "withdrawn"),),
    "partners": (("joined", "left"),),
    "programmes": (("started", "ended"), ("approved", "ended"), ("planned_start", "planned_end")),
    "roles": (("started", "ended"),),
    "spacecraft": (("arrival_date", "landing_date"), ("first_operation", "last_contact")),
    "systems": (("first_flight", "retired"),),
}


def check(examination: Examination) -> Iterator[Problem]:
    """Compare the resolved dates of every record, chain by chain."""
    for table, chains in _CHAINS.items():
        for chain in chains:
            shown = [found for name in chain if (found := examination.told(table, name))]
            if len(shown) > 1:
                for record in sorted(_doubtful(shown)):
                    chosen = (examination.chosen(table, record, name) for name in chain)
                    yield from _violations(examination, [claim for claim in chosen if claim])


def _doubtful(shown: list[Mapping[str, str]]) -> set[str]:
    """Return the records of which some date lies before one that should come first."""
    return {
        record
        for earlier, later in combinations(shown, 2)
        for record, text in later.items()
        if record in earlier and is_before(text, earlier[record])
    }


def _violations(examination: Examination, claims: list[Claim]) -> Iterator[Problem]:
    for place, later in enumerate(claims):
        # The nearest earlier date that contradicts this one is told; those before it follow.
        for earlier in reversed(claims[:place]):
            if is_before(later.value, earlier.value):
                yield _problem(examination, earlier, later)
                break


def _problem(examination: Examination, earlier: Claim, later: Claim) -> Problem:
    other = examination.place(earlier)
    return CHRONOLOGY.at(
        examination.place(later),
        f"{later.field} {later.value} lies before {earlier.field} {earlier.value}.",
        expected=f"Expected {earlier.field} first and {later.field} on the same day or after it.",
        remedy=f"Look up both; {earlier.field} stands in {other.path}, line {other.line}.",
        record=f"{later.table}/{later.record}",
        field=later.field,
    )
