"""Problems that set one claim against another: both are named, so that both can be looked up."""

from lunarprogrammes.answers import Answer
from lunarprogrammes.check.days import date
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import Claim


def where(examination: Examination, claim: Claim) -> str:
    """Say in which file and line a claim stands."""
    place = examination.place(claim)
    return f"{place.path}, line {place.line}"


def look_up(examination: Examination, claim: Claim) -> str:
    """Ask to look up a claim against another one."""
    return f"Look up both; {claim.field} stands in {where(examination, claim)}."


def at_claim(
    examination: Examination,
    rule: Rule,
    claim: Claim,
    what: str,
    *,
    expected: str = "",
    remedy: str = "",
) -> Problem:
    """Make a problem of a rule at the cell that makes a claim."""
    return rule.at(
        examination.place(claim),
        what,
        expected=expected,
        remedy=remedy,
        record=f"{claim.table}/{claim.record}",
        field=claim.field if claim.field != "*" else "",
    )


def is_older(examination: Examination, status: Claim, news: Claim) -> bool:
    """Say whether a mission's status was stated before what another claim tells of it.

    A document of 2019 may call planned what one of 2021 tells the end of: neither is mistaken.
    """
    said = examination.court.statement_date(status)
    if said is None:
        return False
    later = examination.court.statement_date(news)
    if later and said.before(later) is Answer.YES:
        return True
    launch = examination.chosen("missions", status.record, "launch_date")
    return launch is not None and said.before(date(launch.value)) is Answer.YES
