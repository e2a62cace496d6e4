"""L129, L130: dates of another century than spaceflight's."""

import datetime
from collections.abc import Iterator, Mapping

from lunarprogrammes.check.contrast import at_claim
from lunarprogrammes.check.days import date
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.rules.plans import PLANS
from lunarprogrammes.evidence.claims import DENIED, Claim

BEFORE_SPACEFLIGHT = Rule(
    code="L129",
    name="before-spaceflight",
    severity=ERROR,
    reason="Nothing was launched into orbit or to the Moon before 4 October 1957. Rockets and "
    "observatories are older.",
    bad="launch_date 1920-11-23",
    good="launch_date 2020-11-23",
)
UNLIKELY = Rule(
    code="L130",
    name="unlikely-century",
    severity=WARNING,
    reason="Programmes, agreements and statements about the Moon are younger than 1945, and nobody "
    "plans more than 60 years ahead. A date beyond that is mostly a slip in the century.",
    bad="agreements adopted 1867, planned_launch 2130",
    good="agreements adopted 1967, planned_launch 2030",
)
RULES = (BEFORE_SPACEFLIGHT, UNLIKELY)

_SPUTNIK = datetime.date(1957, 10, 4)
_ROCKETS = datetime.date(1945, 1, 1)
_WORDS = {_SPUTNIK: "4 October 1957", _ROCKETS: "1945"}
_YEARS = {_SPUTNIK: "1958", _ROCKETS: "1945"}
_AHEAD = 60
_IN_SPACE = {
    "missions": ("launch_date", "arrival_date", "landing_date", "return_date", "end_date"),
    "spacecraft": ("arrival_date", "landing_date", "first_operation", "last_contact"),
}
_MODERN = {
    "systems": ("first_flight", "retired"),
    "programmes": ("announced", "approved", "started", "ended"),
    "agreements": (
        "adopted",
        "signed",
        "published",
        "in_force",
        "ended",
        "period_start",
        "period_end",
    ),
    "parties": ("signed", "ratified", "in_force", "withdrawal_notified", "withdrawn"),
    "partners": ("joined", "left"),
    "contributions": ("agreed",),
    "events": ("date",),
    "statements": ("date",),
    "indicators": ("date",),
    "roles": ("started", "ended"),
}


def check(examination: Examination) -> Iterator[Problem]:
    """Compare every claim of a date with the time in which it can lie; as_of too."""
    yield from _before(examination, BEFORE_SPACEFLIGHT, _IN_SPACE, _SPUTNIK)
    yield from _before(examination, UNLIKELY, _MODERN, _ROCKETS)
    yield from _before(examination, UNLIKELY, PLANS, _ROCKETS)
    for table, names in PLANS.items():
        for name in names:
            for claim in examination.by_field.get((table, name), ()):
                yield from _ahead(examination, claim)
    yield from _statements(examination)


def _statements(examination: Examination) -> Iterator[Problem]:
    for sheet in examination.readings:
        if "as_of" not in sheet.columns:
            continue
        field = sheet.columns["as_of"]
        for row in sheet.rows_where("as_of", lambda text: bool(text) and text < _YEARS[_ROCKETS]):
            text = row.cells["as_of"]
            if examination.remark(field, text) is None and _ends(text, _ROCKETS):
                yield UNLIKELY.at(
                    sheet.cell(row, "as_of"),
                    f"as_of is {text}.",
                    expected="Expected a date after 1945.",
                    remedy="Look up the century.",
                    record=sheet.record(row),
                    field="as_of",
                )


def _before(
    examination: Examination,
    rule: Rule,
    fields: Mapping[str, tuple[str, ...]],
    first: datetime.date,
) -> Iterator[Problem]:
    # Text that begins with a later year, as nearly all does, needs no look at what it may mean.
    after = _YEARS[first]
    for table, names in fields.items():
        for name in names:
            texts = {text for text in examination.values(table, name) if text < after}
            early = {text for text in texts if _ends(text, first)}
            for claim in examination.by_field.get((table, name), ()) if early else ():
                if claim.value in early and claim.certainty != DENIED:
                    yield at_claim(
                        examination,
                        rule,
                        claim,
                        f"{name} is {claim.value}.",
                        expected=f"Expected a date after {_WORDS[first]}.",
                        remedy="Look up the century.",
                    )


def _ends(text: str, first: datetime.date) -> bool:
    """Say whether a date, or the beginning of an interval, certainly lies before a day."""
    start = text.partition("/")[0]
    end = date(start if start not in {"", ".."} else text).upper
    return end is not None and end < first


def _ahead(examination: Examination, claim: Claim) -> Iterator[Problem]:
    start = date(claim.value).lower
    if start is None or start.year <= _ROCKETS.year + _AHEAD:
        return
    made = examination.court.statement_date(claim)
    said = made.upper if made else None
    if said and start.year - said.year > _AHEAD:
        yield at_claim(
            examination,
            UNLIKELY,
            claim,
            f"The plan is for {claim.value} and the statement of {made}.",
            expected=f"Expected a plan for the next {_AHEAD} years.",
            remedy="Look up the century.",
        )
