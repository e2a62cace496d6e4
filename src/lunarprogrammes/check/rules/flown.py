"""L105, L106, L108, L135: what goes with a flight: launch date, status, year of its designator."""

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
STALE_STATUS = Rule(
    code="L135",
    name="status-before-launch",
    severity=WARNING,
    reason="Once a mission has flown, the latest word on its status must not be a plan. A warning, "
    "because no document that was read may tell how it stands since.",
    bad="launch_date 2024-05-03, and planned as the latest status",
    good="status completed from a document of June 2024",
)
RULES = (NO_LAUNCH, NOT_FLOWN, DESIGNATOR, STALE_STATUS)

_NOT_FLOWN = {"proposed", "planned", "cancelled"}


def check(examination: Examination) -> Iterator[Problem]:
    """Look at the outcome of every mission and at the designators of its objects."""
    designated = examination.told("missions", "cospar_id").keys()
    for mission in sorted(designated | examination.told("missions", "outcome").keys()):
        yield from _outcome(examination, mission)
        yield from _designator(examination, "missions", mission, mission)
    for mission in sorted(examination.told("missions", "launch_date")):
        yield from _stale_status(examination, mission)
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


def _stale_status(examination: Examination, mission: str) -> Iterator[Problem]:
    status = examination.chosen("missions", mission, "status")
    launch = examination.chosen("missions", mission, "launch_date")
    if not status or not launch or status.value not in _NOT_FLOWN:
        return
    place = examination.place(launch)
    yield STALE_STATUS.at(
        examination.place(status),
        f"The status is {status.value}, and the mission was launched on {launch.value}.",
        expected="Expected the status at a time after the launch.",
        remedy=f"Add one from a later document; the launch stands in {place.path}, "
        f"line {place.line}.",
        record=f"missions/{mission}",
        field="status",
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
