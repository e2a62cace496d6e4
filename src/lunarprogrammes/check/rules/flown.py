"""L105, L106, L108: what goes with a flight: launch date, status, year of its designator."""

from collections.abc import Iterator

from lunarprogrammes.check.contrast import is_older
from lunarprogrammes.check.days import date
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, WARNING, Problem
from lunarprogrammes.check.rule import Rule

NO_LAUNCH = Rule(
    code="L105",
    name="flown-without-launch-date",
    severity=WARNING,
    reason="A mission with an outcome has flown, so that it has a launch date. A warning, because "
    "no document that was read may give it, and a date is never filled in from memory.",
    bad="change-5 with the outcome success and no launch_date in any document",
    good="launch_date 2020-11-23 from a document that gives it",
)
NOT_FLOWN = Rule(
    code="L106",
    name="outcome-without-flight",
    severity=ERROR,
    reason="A mission that is proposed, planned or cancelled has not flown and has no outcome yet.",
    bad="status planned, outcome success",
    good="status planned",
)
DESIGNATOR = Rule(
    code="L108",
    name="designator-year",
    severity=ERROR,
    reason="A COSPAR designator begins with the year of the launch.",
    bad="cospar_id 2018-087A, launch_date 2020-11-23",
    good="cospar_id 2020-087A, launch_date 2020-11-23",
)
RULES = (NO_LAUNCH, NOT_FLOWN, DESIGNATOR)

_NOT_FLOWN = {"proposed", "planned", "cancelled"}


def check(examination: Examination) -> Iterator[Problem]:
    """Look at the outcome of every mission and at the designators of its objects."""
    designated = examination.told("missions", "cospar_id").keys()
    for mission in sorted(designated | examination.told("missions", "outcome").keys()):
        yield from _outcome(examination, mission)
        yield from _designator(examination, "missions", mission, mission)
    for craft in sorted(examination.told("spacecraft", "cospar_id")):
        belongs_to = examination.chosen("spacecraft", craft, "mission")
        if belongs_to:
            yield from _designator(examination, "spacecraft", craft, belongs_to.value)


def _outcome(examination: Examination, mission: str) -> Iterator[Problem]:
    outcome = examination.chosen("missions", mission, "outcome")
    if outcome is None:
        return
    place, record = examination.place(outcome), f"missions/{mission}"
    status = examination.chosen("missions", mission, "status")
    if status and status.value in _NOT_FLOWN and not is_older(examination, status, outcome):
        other = examination.place(status)
        yield NOT_FLOWN.at(
            place,
            f"The outcome is {outcome.value} and the status {status.value}.",
            expected="Expected an outcome only of a mission that has flown.",
            remedy=f"Look up both; the status stands in {other.path}, line {other.line}.",
            record=record,
            field="outcome",
        )
    elif not _has_launch(examination, mission):
        yield NO_LAUNCH.at(
            place,
            f"The outcome is {outcome.value} and no document gives the launch date.",
            expected="Expected a launch_date of a mission that has flown.",
            remedy="Add launch_date from a document that gives it.",
            record=record,
            field="outcome",
        )


def _has_launch(examination: Examination, mission: str) -> bool:
    """Say whether some launch date is given, or may stand in what could not be read."""
    cell = "missions", mission, "launch_date"
    if "missions" in examination.incomplete_tables:
        return True
    return bool(examination.by_cell.get(cell)) or cell in examination.spoiled


def _designator(
    examination: Examination, table: str, record: str, mission: str
) -> Iterator[Problem]:
    designator = examination.chosen(table, record, "cospar_id")
    launch = examination.chosen("missions", mission, "launch_date")
    if not designator or not launch:
        return
    year = designator.value[:4]
    if not date(launch.value).is_compatible(year):
        yield DESIGNATOR.at(
            examination.place(designator),
            f"The designator is of {year} and the launch of {launch.value}.",
            expected="Expected a designator that begins with the year of the launch.",
            remedy="Look up both and correct the one that is wrong.",
            record=f"{table}/{record}",
            field="cospar_id",
        )
