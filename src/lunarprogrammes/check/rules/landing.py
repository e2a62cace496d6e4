"""L113: a landing of what was not made to land."""

from collections import defaultdict
from collections.abc import Iterator

from lunarprogrammes.check.contrast import at_claim, look_up
from lunarprogrammes.check.days import date
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import UNKNOWN, Claim

NO_LANDER = Rule(
    code="L113",
    name="landing-without-lander",
    severity=WARNING,
    reason="A mission lands with a lander, a rover or an impactor. Where neither its type nor any "
    "of its spacecraft can land, the date belongs to another mission or the type is wrong. An "
    "orbiter may strike the Moon in the end: its surface_contact says so, or it ends on that day.",
    bad="mission_type relay, landing_date 2018-06-14",
    good="mission_type relay, arrival_date 2018-06-14",
)
RULES = (NO_LANDER,)

_CANNOT_LAND = {"flyby", "orbiter", "relay", "navigation", "technology-test", "crewed-flight"}
_CRAFT_CANNOT_LAND = {"orbiter", "relay", "test-satellite", "subsatellite", "flyby-craft"}


def check(examination: Examination) -> Iterator[Problem]:
    """Look at the landings of missions, then at those of spacecraft."""
    able: set[str] | None = None
    for mission, landing in _landings(examination, "missions", "mission_type", _CANNOT_LAND):
        able = _missions_with_landers(examination) if able is None else able
        if mission not in able:
            yield from _judge(examination, landing, "mission_type", _CANNOT_LAND)
    for _, landing in _landings(examination, "spacecraft", "kind", _CRAFT_CANNOT_LAND):
        yield from _judge(examination, landing, "kind", _CRAFT_CANNOT_LAND)


def _landings(
    examination: Examination, table: str, sort: str, cannot: set[str]
) -> Iterator[tuple[str, Claim]]:
    """Yield the landings of what is of a sort that cannot land."""
    sorts = examination.told(table, sort)
    unable = {record for record, value in sorts.items() if value in cannot}
    for name in ("landing_date", "planned_landing"):
        for record in sorted(unable & examination.told(table, name).keys()):
            landing = examination.chosen(table, record, name)
            if landing and landing.value != UNKNOWN:
                yield record, landing


def _judge(
    examination: Examination, landing: Claim, name: str, cannot: set[str]
) -> Iterator[Problem]:
    sort = examination.chosen(landing.table, landing.record, name)
    # A mission that was given another task keeps the plans of its first one.
    is_former = bool(sort and sort.as_of) and landing.field.startswith("planned_")
    if sort and sort.value in cannot and not is_former and not _struck(examination, landing):
        yield at_claim(
            examination,
            NO_LANDER,
            landing,
            f"The {name} is {sort.value}, and {landing.field} {landing.value} has it land.",
            expected="Expected a landing only of what can land, or strikes the Moon at its end.",
            remedy=look_up(examination, sort),
        )


def _missions_with_landers(examination: Examination) -> set[str]:
    """Return the missions of which some spacecraft can land, or of which one is unknown."""
    kinds: dict[str, set[str]] = defaultdict(set)
    told = examination.told("spacecraft", "kind")
    for craft, mission in examination.told("spacecraft", "mission").items():
        kinds[mission].add(told.get(craft, ""))
    return {mission for mission, found in kinds.items() if found - _CRAFT_CANNOT_LAND}


def _struck(examination: Examination, landing: Claim) -> bool:
    """Say whether the record ends with its landing, as an orbiter does that is crashed."""
    contacts = examination.told("spacecraft", "surface_contact")
    if landing.table == "spacecraft":
        if landing.record in contacts:
            return True
    else:
        missions = examination.told("spacecraft", "mission")
        if any(missions.get(craft) == landing.record for craft in contacts):
            return True
    name = "end_date" if landing.table == "missions" else "last_contact"
    end = examination.chosen(landing.table, landing.record, name)
    return end is not None and date(end.value).is_compatible(landing.value)
