"""L132: people on board of a mission without people."""

from collections.abc import Iterator

from lunarprogrammes.check.contrast import at_claim, look_up
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import Claim
from lunarprogrammes.evidence.witnesses import EDITORS
from lunarprogrammes.quantities import Quantity

CREW = Rule(
    code="L132",
    name="crew-contradiction",
    severity=ERROR,
    reason="A mission has people on board or it has none: crewed, crew_size and mission_type say "
    "the same.",
    bad="crewed false, crew_size 3",
    good="crewed true, crew_size 3",
)
RULES = (CREW,)

_CREWED = {"crewed-flight", "crewed-landing"}
_EMPTY = {"flyby", "impactor", "orbiter", "lander", "rover", "sample-return", "relay", "navigation"}


def check(examination: Examination) -> Iterator[Problem]:
    """Compare what each mission says of its crew."""
    for mission in sorted(_doubtful(examination)):
        crewed = examination.chosen("missions", mission, "crewed")
        size = examination.chosen("missions", mission, "crew_size")
        sort = examination.chosen("missions", mission, "mission_type")
        if crewed is None:
            continue
        aboard = crewed.value == "true"
        if size and _contradicts(size, aboard=aboard):
            other = size
        elif sort and _is_of_other_sort(sort, aboard=aboard):
            other = sort
        else:
            continue
        yield at_claim(
            examination,
            CREW,
            crewed,
            f"crewed is {crewed.value} and {other.field} {other.value}.",
            expected="Expected all of them to say whether people are on board.",
            remedy=look_up(examination, other),
        )


def _doubtful(examination: Examination) -> Iterator[str]:
    """Yield the missions of which a size of the crew is told, or a type that may not fit."""
    sizes = examination.told("missions", "crew_size")
    sorts = examination.told("missions", "mission_type")
    for mission, crewed in examination.told("missions", "crewed").items():
        misfits = _EMPTY if crewed == "true" else _CREWED
        if mission in sizes or sorts.get(mission) in misfits:
            yield mission


def _is_of_other_sort(sort: Claim, *, aboard: bool) -> bool:
    """Say whether a type contradicts people on board, or none.

    Documents call a crewed flight an orbiter; the editors, who apply the definitions, do not.
    """
    if aboard:
        return sort.source == EDITORS and sort.value in _EMPTY
    return sort.value in _CREWED


def _contradicts(size: Claim, *, aboard: bool) -> bool:
    lower, upper, _, upper_is_out = Quantity(size.value).interval
    return upper <= 0 or (upper <= 1 and upper_is_out) if aboard else lower > 0
