"""L124: two parts of one whole in the same place of their series."""

from collections.abc import Iterator

from lunarprogrammes.check.contrast import at_claim, where
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import Claim

TWICE = Rule(
    code="L124",
    name="sequence-twice",
    severity=ERROR,
    reason="The sequence orders the parts of a programme or the papers of a series; two parts of "
    "one whole cannot stand in one place.",
    bad="clep-phase-3 and clep-phase-4 of clep, both with the sequence 4",
    good="clep-phase-3 with the sequence 3, clep-phase-4 with 4",
)
RULES = (TWICE,)


def check(examination: Examination) -> Iterator[Problem]:
    """Look at the sequences within each parent."""
    for table in ("programmes", "agreements"):
        claims = examination.by_field.get((table, "sequence"), ())
        seen: dict[tuple[str, str], Claim] = {}
        for record in sorted({claim.record for claim in claims}):
            place = examination.chosen(table, record, "sequence")
            parent = examination.chosen(table, record, "parent")
            if not place or not parent:
                continue
            first = seen.setdefault((parent.value, place.value), place)
            if first is not place:
                yield at_claim(
                    examination,
                    TWICE,
                    place,
                    f"Both {first.record} and {record} have the sequence {place.value} in "
                    f"{parent.value}.",
                    expected="Expected each place within a parent once.",
                    remedy=f"Look up both; {first.record} stands in {where(examination, first)}.",
                )
