"""L109, L110: who signs before there is a text, or joins before there is a programme."""

from collections.abc import Iterator
from itertools import product

from lunarprogrammes.answers import Answer
from lunarprogrammes.check.days import date
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import Claim

SIGNED_EARLY = Rule(
    code="L109",
    name="signed-before-adoption",
    severity=ERROR,
    reason="Nobody signs an agreement before it is adopted or opened for signature.",
    bad="nigeria signed the artemis-accords on 2019-12-13, adopted on 2020-10-13",
    good="nigeria signed on 2022-12-13",
)
JOINED_EARLY = Rule(
    code="L110",
    name="joined-before-announcement",
    severity=WARNING,
    reason="Nobody joins a programme before it is announced, unless they prepared it in private; "
    "one of the dates should be looked up.",
    bad="russia joined ilrs in 2016, announced in 2019",
    good="russia joined ilrs in 2021",
)
RULES = (SIGNED_EARLY, JOINED_EARLY)


def check(examination: Examination) -> Iterator[Problem]:
    """Compare each membership with what it is a membership of."""
    for mine, theirs in product(("signed", "ratified"), ("adopted", "signed")):
        yield from _early(examination, SIGNED_EARLY, ("parties", mine), ("agreements", theirs))
    yield from _early(
        examination, JOINED_EARLY, ("partners", "joined"), ("programmes", "announced")
    )


def _early(
    examination: Examination, rule: Rule, membership: tuple[str, str], whole: tuple[str, str]
) -> Iterator[Problem]:
    (table, field), (parent, start) = membership, whole
    starts = examination.told(parent, start)
    for record in sorted(examination.told(table, field)) if starts else ():
        # The key of a membership begins with the agreement or the programme.
        of = record.partition(":")[0]
        mine = examination.chosen(table, record, field)
        theirs = examination.chosen(parent, of, start)
        if mine and theirs and date(mine.value).before(date(theirs.value)) is Answer.YES:
            yield _problem(examination, rule, mine, theirs)


def _problem(examination: Examination, rule: Rule, mine: Claim, theirs: Claim) -> Problem:
    other = examination.place(theirs)
    return rule.at(
        examination.place(mine),
        f"{mine.field} {mine.value} lies before {theirs.field} {theirs.value} of {theirs.record}.",
        expected=f"Expected {theirs.table}.{theirs.field} first, and {mine.table}.{mine.field} on "
        "the same day or after it.",
        remedy=f"Look up both; {theirs.table}.{theirs.field} stands in {other.path}, line "
        f"{other.line}.",
        record=f"{mine.table}/{mine.record}",
        field=mine.field,
    )
