"""L126 to L128: dates of spacecraft, rockets and events that contradict their mission's."""

import datetime
from collections.abc import Iterator

from lunarprogrammes.answers import Answer
from lunarprogrammes.check.contrast import at_claim, look_up, where
from lunarprogrammes.check.examination import Examination, date
from lunarprogrammes.check.problems import ERROR, WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import Claim

BEFORE_LAUNCH = Rule(
    code="L126",
    name="before-its-launch",
    severity=ERROR,
    reason="A spacecraft does nothing in space before its mission is launched.",
    bad="yutu-2 with the landing_date 2018-01-03, of change-4, launched 2018-12-07",
    good="yutu-2 with the landing_date 2019-01-03",
)
NO_VEHICLE = Rule(
    code="L127",
    name="vehicle-out-of-service",
    severity=ERROR,
    reason="A mission flies on a launch vehicle between the first flight of the vehicle and its "
    "retirement.",
    bad="launch_date 2013-12-01 with long-march-5, whose first_flight is 2016-11-03",
    good="launch_date 2013-12-01 with long-march-3b",
)
EVENT = Rule(
    code="L128",
    name="event-and-mission",
    severity=WARNING,
    reason="The launch of a mission, its landing and its return stand as events too. Where the "
    "days lie further apart than time zones do, one is mistaken, or another event is meant.",
    bad="an event of the kind launch on 2020-11-03, of change-5 with the launch_date 2020-11-23",
    good="the event on 2020-11-23",
)
RULES = (BEFORE_LAUNCH, NO_VEHICLE, EVENT)

_IN_SPACE = ("arrival_date", "landing_date", "first_operation", "last_contact")
_OF_KIND = {
    "launch": "launch_date",
    "arrival": "arrival_date",
    "landing": "landing_date",
    "return": "return_date",
}
_ZONES = datetime.timedelta(days=1)


def check(examination: Examination) -> Iterator[Problem]:
    """Compare spacecraft, launch vehicles and events with their missions."""
    yield from _spacecraft(examination)
    yield from _vehicles(examination)
    yield from _events(examination)


def _records(examination: Examination, table: str, *fields: str) -> list[str]:
    return sorted(set().union(*(examination.shown(table, name) for name in fields)))


def _spacecraft(examination: Examination) -> Iterator[Problem]:
    for craft in _records(examination, "spacecraft", *_IN_SPACE):
        mission = examination.chosen("spacecraft", craft, "mission")
        launch = mission and examination.chosen("missions", mission.value, "launch_date")
        if not launch:
            continue
        for name in _IN_SPACE:
            claim = examination.chosen("spacecraft", craft, name)
            if claim and date(claim.value).before(date(launch.value)) is Answer.YES:
                yield at_claim(
                    examination,
                    BEFORE_LAUNCH,
                    claim,
                    f"{name} {claim.value} lies before the launch of {launch.record} on "
                    f"{launch.value}.",
                    expected=f"Expected the launch first and {name} on the same day or after it.",
                    remedy=look_up(examination, launch),
                )
                break


def _vehicles(examination: Examination) -> Iterator[Problem]:
    for mission in _records(examination, "missions", "launch_vehicle"):
        vehicle = examination.chosen("missions", mission, "launch_vehicle")
        launch = examination.chosen("missions", mission, "launch_date")
        if not vehicle or not launch:
            continue
        first = examination.chosen("systems", vehicle.value, "first_flight")
        last = examination.chosen("systems", vehicle.value, "retired")
        if first and date(launch.value).before(date(first.value)) is Answer.YES:
            yield _vehicle(examination, launch, first, "before its first_flight")
        elif last and date(launch.value).after(date(last.value)) is Answer.YES:
            yield _vehicle(examination, launch, last, "after it was retired,")


def _vehicle(examination: Examination, launch: Claim, service: Claim, when: str) -> Problem:
    return at_claim(
        examination,
        NO_VEHICLE,
        launch,
        f"The launch on {launch.value} uses {service.record} {when} {service.value}.",
        expected="Expected a launch vehicle that flew on that day.",
        remedy=f"Look up launch_date and launch_vehicle; {service.field} stands in "
        f"{where(examination, service)}.",
    )


def _events(examination: Examination) -> Iterator[Problem]:
    for event in _records(examination, "events", "date"):
        kind = examination.chosen("events", event, "kind")
        mission = examination.chosen("events", event, "mission")
        name = _OF_KIND.get(kind.value) if kind else None
        if not name or not mission:
            continue
        happened = examination.chosen("events", event, "date")
        other = examination.chosen("missions", mission.value, name)
        if happened and other and _are_apart(happened.value, other.value):
            yield at_claim(
                examination,
                EVENT,
                happened,
                f"The {kind.value if kind else ''} of {other.record} is on {happened.value} here, "
                f"and its {name} is {other.value}.",
                expected=f"Expected the {name} of the mission.",
                remedy=look_up(examination, other),
            )


def _are_apart(one: str, other: str) -> bool:
    """Say whether two dates lie apart by more than a day, whatever they may mean."""
    a, b = date(one), date(other)
    for earlier, later in ((a, b), (b, a)):
        end, start = earlier.upper, later.lower
        if end and start and start - end > _ZONES:
            return True
    return False
