"""L126 to L128: dates of spacecraft, rockets and events that contradict their mission's."""

import datetime
from collections.abc import Iterator

from lunarprogrammes.check.contrast import at_claim, look_up, where
from lunarprogrammes.check.days import date, is_before
from lunarprogrammes.check.examination import Examination
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


def _doubtful_craft(examination: Examination) -> Iterator[str]:
    missions = examination.told("spacecraft", "mission")
    launches = examination.told("missions", "launch_date")
    for name in _IN_SPACE:
        for craft, text in examination.told("spacecraft", name).items():
            launch = launches.get(missions.get(craft, ""))
            if launch and is_before(text, launch):
                yield craft


def _doubtful_missions(examination: Examination) -> Iterator[str]:
    launches = examination.told("missions", "launch_date")
    first = examination.told("systems", "first_flight")
    last = examination.told("systems", "retired")
    for mission, vehicle in examination.told("missions", "launch_vehicle").items():
        launch = launches.get(mission)
        if launch and (
            is_before(launch, first.get(vehicle, launch))
            or is_before(last.get(vehicle, launch), launch)
        ):
            yield mission


def _doubtful_events(examination: Examination) -> Iterator[str]:
    missions = examination.told("events", "mission")
    dates = examination.told("events", "date")
    for event, kind in examination.told("events", "kind").items():
        if kind in _OF_KIND and event in dates and event in missions:
            yield event


def _spacecraft(examination: Examination) -> Iterator[Problem]:
    for craft in sorted({*_doubtful_craft(examination)}):
        mission = examination.chosen("spacecraft", craft, "mission")
        launch = mission and examination.chosen("missions", mission.value, "launch_date")
        if not launch:
            continue
        for name in _IN_SPACE:
            claim = examination.chosen("spacecraft", craft, name)
            if claim and is_before(claim.value, launch.value):
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
    for mission in sorted(_doubtful_missions(examination)):
        vehicle = examination.chosen("missions", mission, "launch_vehicle")
        launch = examination.chosen("missions", mission, "launch_date")
        if not vehicle or not launch:
            continue
        first = examination.chosen("systems", vehicle.value, "first_flight")
        last = examination.chosen("systems", vehicle.value, "retired")
        if first and is_before(launch.value, first.value):
            yield _vehicle(examination, launch, first, "before its first_flight")
        elif last and is_before(last.value, launch.value):
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
    for event in sorted(_doubtful_events(examination)):
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
