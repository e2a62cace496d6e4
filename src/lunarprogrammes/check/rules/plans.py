"""L102 to L104, L107: planned is not happened, and a plan is made before its day."""

import datetime
from collections.abc import Iterator

from lunarprogrammes.answers import Answer
from lunarprogrammes.check.days import date, is_plain
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import DENIED, STATED, UNKNOWN, Claim

PLAN_STATED = Rule(
    code="L102",
    name="plan-stated",
    severity=WARNING,
    reason="A planned date is something intended. The certainty says so, that a list of what is "
    "stated as a fact holds no plans.",
    bad="planned_launch 2026 with an empty certainty",
    good="planned_launch 2026 with the certainty planned",
)
PLAN_PAST = Rule(
    code="L103",
    name="plan-in-the-past",
    severity=WARNING,
    reason="Nobody plans for a day that has gone. Either the document tells of an older plan, and "
    "as_of gives its date, or the date is wrong, or it is no plan.",
    bad="planned_launch 2017 in a report of 2024",
    good="planned_launch 2017 with as_of 2015",
)
PLANNED_FACT = Rule(
    code="L104",
    name="planned-is-not-happened",
    severity=ERROR,
    reason="A date on which something happened is no plan: a planned launch, landing or signature "
    "has not taken place.",
    bad="launch_date 2026 with the certainty planned",
    good="planned_launch 2026 with the certainty planned",
)
AFTER_SOURCE = Rule(
    code="L107",
    name="happened-after-its-source",
    severity=ERROR,
    reason="A document cannot tell of what happened after it was published: it tells of a plan, or "
    "one of the dates is wrong.",
    bad="launch_date 2026-04-01 in a report of 2024",
    good="planned_launch 2026-04-01 in a report of 2024",
)
RULES = (PLAN_STATED, PLAN_PAST, PLANNED_FACT, AFTER_SOURCE)

PLANS = {
    "missions": ("planned_launch", "planned_landing"),
    "programmes": ("planned_start", "planned_end"),
    "systems": ("planned_first_flight", "planned_retirement"),
    "events": ("planned_date",),
}
# What happened in fact, and the field for its plan where there is one.
_FACTS = {
    ("missions", "launch_date"): "planned_launch",
    ("missions", "arrival_date"): "",
    ("missions", "landing_date"): "planned_landing",
    ("missions", "return_date"): "",
    ("missions", "end_date"): "",
    ("missions", "outcome"): "",
    ("spacecraft", "arrival_date"): "",
    ("spacecraft", "landing_date"): "",
    ("spacecraft", "first_operation"): "",
    ("spacecraft", "last_contact"): "",
    ("programmes", "started"): "planned_start",
    ("programmes", "ended"): "planned_end",
    ("systems", "first_flight"): "planned_first_flight",
    ("systems", "retired"): "planned_retirement",
    ("events", "date"): "planned_date",
    ("parties", "signed"): "",
    ("parties", "ratified"): "",
    ("parties", "withdrawal_notified"): "",
}
# What a document tells of as done; unlike a flight, it may be called planned where it is agreed
# that it will be carried out.
_DONE = {
    "programmes": ("announced", "approved"),
    "agreements": ("adopted", "signed", "published"),
    "actors": ("founded", "dissolved"),
    "partners": ("joined",),
    "contributions": ("agreed",),
    "roles": ("started",),
    "statements": ("date",),
    "indicators": ("date",),
}
_TOLD = {STATED, "reported"}


def check(examination: Examination) -> Iterator[Problem]:
    """Look at the claims of plans, then at those of what happened."""
    dated = map(examination.court.witnesses.published, examination.entries)
    first = min((day.lower for day in dated if day and day.lower), default=None)
    for table, fields in PLANS.items():
        for name in fields:
            for claim in examination.by_field.get((table, name), ()):
                yield from _plan(examination, claim)
    for (table, name), planned in _FACTS.items():
        for claim in _doubtful(examination, first, table, name):
            yield from _fact(examination, claim, planned)
    for table, fields in _DONE.items():
        for name in fields:
            for claim in _doubtful(examination, first, table, name):
                if claim.certainty in _TOLD:
                    yield from _late(examination, claim, "Correct the date, or the certainty.")


def _doubtful(
    examination: Examination, first: datetime.date | None, table: str, name: str
) -> Iterator[Claim]:
    """Yield the claims that are plans, or that may lie after the earliest document."""
    late = examination.values(table, name)
    if name != "outcome":
        late = frozenset(text for text in late if not (first and _ends_before(text, first)))
    if late or "planned" in examination.certainties(table):
        for claim in examination.by_field.get((table, name), ()):
            if claim.certainty == "planned" or claim.value in late:
                yield claim


def _ends_before(text: str, day: datetime.date) -> bool:
    if text < f"{day.year:04}" and is_plain(text):
        return True
    end = date(text).upper
    return end is not None and end < day


def _at(examination: Examination, rule: Rule, claim: Claim, *words: str) -> Problem:
    what, expected, remedy = words
    record = f"{claim.table}/{claim.record}"
    place = examination.place(claim)
    return rule.at(place, what, expected=expected, remedy=remedy, record=record, field=claim.field)


def _plan(examination: Examination, claim: Claim) -> Iterator[Problem]:
    # That no date is known is a fact about the plan, and no plan.
    if claim.certainty == STATED and claim.value != UNKNOWN:
        yield _at(
            examination,
            PLAN_STATED,
            claim,
            f"{claim.field} is stated as a fact.",
            "Expected a certainty such as planned, reported or estimated.",
            "Write planned in the column certainty.",
        )
    made = examination.court.statement_date(claim)
    if claim.certainty != DENIED and made and date(claim.value).before(made) is Answer.YES:
        yield _at(
            examination,
            PLAN_PAST,
            claim,
            f"The plan is for {claim.value} and the statement of {made}.",
            "Expected a plan for the day of the statement or later.",
            "Give the date of the plan in as_of, or correct the date.",
        )


def _fact(examination: Examination, claim: Claim, planned: str) -> Iterator[Problem]:
    remedy = f"Write it as {planned}." if planned else "Leave the cell empty until it has happened."
    if claim.certainty == "planned":
        yield _at(
            examination,
            PLANNED_FACT,
            claim,
            f"{claim.field} is planned, and the field tells what has happened.",
            "Expected something that has happened.",
            remedy,
        )
        return
    if claim.field != "outcome" and claim.certainty != DENIED:
        yield from _late(examination, claim, remedy)


def _late(examination: Examination, claim: Claim, remedy: str) -> Iterator[Problem]:
    published = examination.court.witnesses.published(claim.source)
    if published is None:
        return
    if date(claim.value).after(published) is Answer.YES:
        yield _at(
            examination,
            AFTER_SOURCE,
            claim,
            f"{claim.field} {claim.value} lies after its document, which is of {published}.",
            "Expected something that had happened when the document was published.",
            remedy,
        )
