"""L114, L115: lunar material from a mission that cannot have brought any."""

from collections.abc import Iterator

from lunarprogrammes.check.contrast import at_claim, is_older, look_up, where
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import Claim
from lunarprogrammes.quantities import Quantity

NOT_FLOWN = Rule(
    code="L114",
    name="samples-without-flight",
    severity=ERROR,
    reason="A mission that has not flown, or whose launch failed, has brought nothing to Earth: "
    "what it is to bring stands in planned_sample_mass_g.",
    bad="status planned, sample_mass_g 2000",
    good="status planned, planned_sample_mass_g 2000",
)
NO_RETURN = Rule(
    code="L115",
    name="samples-without-return",
    severity=WARNING,
    reason="Lunar material comes to Earth with a mission that lands and returns. From an orbiter "
    "or a rover there is none: the figure belongs to another mission, or the type is wrong.",
    bad="mission_type orbiter, sample_mass_g 1731",
    good="mission_type sample-return, sample_mass_g 1731",
)
RULES = (NOT_FLOWN, NO_RETURN)

_UNFLOWN = {"status": {"proposed", "planned", "cancelled"}, "outcome": {"launch-failure"}}
_RETURNS = {"sample-return", "crewed-landing"}


def check(examination: Examination) -> Iterator[Problem]:
    """Look at every mission for which a mass of samples is claimed."""
    for name in ("sample_mass_g", "planned_sample_mass_g"):
        masses = examination.told("missions", name)
        for mission in sorted(masses.keys() & _doubtful(examination)) if masses else ():
            mass = examination.chosen("missions", mission, name)
            if mass and Quantity(mass.value).upper != 0:
                yield from _judge(examination, mass)


def _doubtful(examination: Examination) -> set[str]:
    """Return the missions that have not flown, or are of a type that brings nothing."""
    sorts = examination.told("missions", "mission_type")
    found = {mission for mission, sort in sorts.items() if sort not in _RETURNS}
    for name, values in _UNFLOWN.items():
        told = examination.told("missions", name)
        found.update(mission for mission, value in told.items() if value in values)
    return found


def _judge(examination: Examination, mass: Claim) -> Iterator[Problem]:
    if mass.field == "sample_mass_g":
        for name, values in _UNFLOWN.items():
            other = examination.chosen("missions", mass.record, name)
            if other and other.value in values and not is_older(examination, other, mass):
                yield at_claim(
                    examination,
                    NOT_FLOWN,
                    mass,
                    f"The {name} is {other.value}, and sample_mass_g {mass.value} has it bring "
                    "material to Earth.",
                    expected="Expected samples only of a mission that has flown.",
                    remedy=f"Write it as planned_sample_mass_g, or look up {name} in "
                    f"{where(examination, other)}.",
                )
                return
    sort = examination.chosen("missions", mass.record, "mission_type")
    if sort and sort.value not in _RETURNS:
        yield at_claim(
            examination,
            NO_RETURN,
            mass,
            f"The mission_type is {sort.value}, and {mass.field} has it bring material to Earth.",
            expected="Expected samples only of the types sample-return and crewed-landing.",
            remedy=look_up(examination, sort),
        )
