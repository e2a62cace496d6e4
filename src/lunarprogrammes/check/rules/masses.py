"""L118: a part that is heavier than the whole."""

from collections import defaultdict
from collections.abc import Iterator

from lunarprogrammes.check.contrast import at_claim, look_up, where
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import Claim
from lunarprogrammes.quantities import Quantity

HEAVIER = Rule(
    code="L118",
    name="part-heavier-than-whole",
    severity=WARNING,
    reason="A rover is lighter than what carries it, samples are lighter than the capsule that "
    "brings them, and a spacecraft is no heavier than its rocket can send to the Moon. Otherwise a "
    "unit was mistaken or a figure has a digit too many. Missions have no field for their whole "
    "mass, so that their spacecraft are compared with each other.",
    bad="rover launch_mass_kg 1400 beside lander launch_mass_kg 1200",
    good="rover launch_mass_kg 140 beside lander launch_mass_kg 1200",
)
RULES = (HEAVIER,)

_CARRIED = {"rover", "hopper", "robot", "ascender", "return-capsule", "subsatellite"}
_CARRIES = {"orbiter", "lander", "crew-capsule"}
_CAPSULES = {"return-capsule", "crew-capsule"}
_Craft = tuple[str, Claim]  # kind and launch mass


def check(examination: Examination) -> Iterator[Problem]:
    """Compare the masses within each mission, then with its samples and its rocket."""
    for mission, craft in _by_mission(examination).items():
        yield from _carried(examination, craft)
        yield from _samples(examination, mission, craft)
        yield from _rocket(examination, mission, craft)


def _by_mission(examination: Examination) -> dict[str, list[_Craft]]:
    found: dict[str, list[_Craft]] = defaultdict(list)
    missions, concerned = examination.told("spacecraft", "mission"), _concerned(examination)
    masses = examination.told("spacecraft", "launch_mass_kg") if concerned else ()
    for craft in sorted(craft for craft in masses if missions.get(craft) in concerned):
        mass = examination.chosen("spacecraft", craft, "launch_mass_kg")
        mission = examination.chosen("spacecraft", craft, "mission")
        kind = examination.chosen("spacecraft", craft, "kind")
        if mass and mission:
            found[mission.value].append((kind.value if kind else "", mass))
    return found


def _concerned(examination: Examination) -> set[str]:
    """Return the missions with a part that is carried, or with a rocket of known strength."""
    missions, kinds = examination.told("spacecraft", "mission"), _CARRIED | _CAPSULES
    of_kind = examination.told("spacecraft", "kind").items()
    able = examination.told("systems", "payload_to_tli_kg")
    rockets = examination.told("missions", "launch_vehicle") if able else {}
    return {
        *(missions[craft] for craft, kind in of_kind if kind in kinds and craft in missions),
        *(mission for mission, rocket in rockets.items() if rocket in able),
    }


def _is_more(one: Claim, other: Claim, factor: float = 1) -> bool:
    """Say whether a mass is certainly greater than another one times a factor."""
    return Quantity(one.value).interval[0] > Quantity(other.value).interval[1] * factor


def _carried(examination: Examination, craft: list[_Craft]) -> Iterator[Problem]:
    carriers = [mass for kind, mass in craft if kind in _CARRIES]
    for kind, mass in craft:
        if kind in _CARRIED and carriers and all(_is_more(mass, one) for one in carriers):
            whole = carriers[0]
            yield at_claim(
                examination,
                HEAVIER,
                mass,
                f"The {kind} weighs {mass.value} kg, and {whole.record}, which carries it, "
                f"{whole.value} kg.",
                expected="Expected a part to be lighter than the whole.",
                remedy=look_up(examination, whole),
            )


def _samples(examination: Examination, mission: str, craft: list[_Craft]) -> Iterator[Problem]:
    samples = examination.chosen("missions", mission, "sample_mass_g")
    for kind, mass in craft:
        if samples and kind in _CAPSULES and _is_more(samples, mass, 1000):
            yield at_claim(
                examination,
                HEAVIER,
                samples,
                f"The samples weigh {samples.value} g, and {mass.record}, which brings them, "
                f"{mass.value} kg.",
                expected="Expected a figure in g, as the name of the field says.",
                remedy=look_up(examination, mass),
            )


def _rocket(examination: Examination, mission: str, craft: list[_Craft]) -> Iterator[Problem]:
    vehicle = examination.chosen("missions", mission, "launch_vehicle")
    able = vehicle and examination.chosen("systems", vehicle.value, "payload_to_tli_kg")
    for _, mass in craft:
        if able and _is_more(mass, able):
            yield at_claim(
                examination,
                HEAVIER,
                mass,
                f"The spacecraft weighs {mass.value} kg, and {able.record} can send {able.value} "
                "kg to the Moon.",
                expected="Expected no more than the rocket can send.",
                remedy=f"Look up both; payload_to_tli_kg stands in {where(examination, able)}.",
            )
