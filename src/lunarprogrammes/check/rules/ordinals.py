"""L121 to L123: places in the order of signature that cannot be, or leave a hole."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from lunarprogrammes.answers import Answer
from lunarprogrammes.check.contrast import at_claim, look_up, where
from lunarprogrammes.check.days import date
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import Claim

TWICE = Rule(
    code="L121",
    name="ordinal-twice",
    severity=ERROR,
    reason="Of two parties to one agreement one has signed first: each place in the order of "
    "signature is given once.",
    bad="nigeria and rwanda, both the 22nd to sign",
    good="nigeria the 22nd and rwanda the 23rd",
)
ORDER = Rule(
    code="L122",
    name="ordinal-order",
    severity=ERROR,
    reason="The places follow the days of signature: who signs later has the greater number.",
    bad="brazil the 12th, signed 2021-06-15; new-zealand the 11th, signed 2021-06-16",
    good="new-zealand the 11th, signed 2021-05-31; brazil the 12th, signed 2021-06-15",
)
GAP = Rule(
    code="L123",
    name="ordinal-gap",
    severity=WARNING,
    reason="Where nearly every place in the order of signature is given, the one that is left out "
    "is mostly a row that was lost or a figure that was misread.",
    bad="the 1st to 7th and the 9th to 12th party",
    good="the 1st to 12th party",
)
RULES = (TWICE, ORDER, GAP)

_FEWEST = 5
_MOST_MISSING = 5  # one in so many; with more holes the list is a selection


def check(examination: Examination) -> Iterator[Problem]:
    """Look at the ordinals of every agreement."""
    of_agreement: dict[str, list[Claim]] = defaultdict(list)
    claims = examination.by_field.get(("parties", "ordinal"), ())
    for party in sorted({claim.record for claim in claims}):
        chosen = examination.chosen("parties", party, "ordinal")
        if chosen:
            of_agreement[party.partition(":")[0]].append(chosen)
    for agreement, ordinals in of_agreement.items():
        ordinals.sort(key=lambda claim: int(claim.value))
        yield from _twice(examination, ordinals)
        yield from _order(examination, ordinals)
        yield from _gap(examination, agreement, ordinals)


def _party(claim: Claim) -> str:
    return claim.record.partition(":")[2]


def _twice(examination: Examination, ordinals: list[Claim]) -> Iterator[Problem]:
    for one, other in pairwise(ordinals):
        if one.value == other.value:
            yield at_claim(
                examination,
                TWICE,
                other,
                f"Both {_party(one)} and {_party(other)} have the ordinal {one.value}.",
                expected="Expected each place in the order of signature once.",
                remedy=f"Look up both; {_party(one)} stands in {where(examination, one)}.",
            )


def _order(examination: Examination, ordinals: list[Claim]) -> Iterator[Problem]:
    latest: tuple[Claim, Claim] | None = None  # ordinal and signature of who signed last so far
    for ordinal in ordinals:
        signed = examination.chosen("parties", ordinal.record, "signed")
        if signed is None or date(signed.value).upper is None:
            continue
        if latest and date(signed.value).before(date(latest[1].value)) is Answer.YES:
            before, its_date = latest
            if before.value != ordinal.value:
                yield at_claim(
                    examination,
                    ORDER,
                    ordinal,
                    f"{_party(ordinal)} is number {ordinal.value} and signed {signed.value}; "
                    f"{_party(before)} is number {before.value} and signed {its_date.value}.",
                    expected="Expected the greater number for the later signature.",
                    remedy=look_up(examination, its_date),
                )
            continue
        latest = ordinal, signed


def _gap(examination: Examination, agreement: str, ordinals: list[Claim]) -> Iterator[Problem]:
    given = {int(claim.value) for claim in ordinals}
    last = max(given)
    if last > len(given) * 2:
        return
    missing = sorted(set(range(1, last + 1)) - given)
    if len(given) >= _FEWEST and missing and len(missing) * _MOST_MISSING <= len(given):
        after = next(claim for claim in ordinals if int(claim.value) > missing[0])
        listed = ", ".join(map(str, missing))
        yield at_claim(
            examination,
            GAP,
            after,
            f"Of the places 1 to {last} of {agreement}, {listed} "
            f"{'is' if len(missing) == 1 else 'are'} nobody's.",
            expected="Expected the places without a gap where nearly all are given.",
            remedy="Look up who has that place, and whether a figure was misread.",
        )
