"""L116, L117: coordinates on the other side of the Moon, or far from the site that is named."""

import math
from collections.abc import Iterator

from lunarprogrammes.check.contrast import at_claim, look_up, where
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import Claim
from lunarprogrammes.quantities import Quantity

WRONG_SIDE = Rule(
    code="L116",
    name="wrong-side-of-the-moon",
    severity=ERROR,
    reason="The far side of the Moon has longitudes beyond 90 degrees east or west. Places within "
    "8 degrees of the limb or of a pole are left alone: libration shows them now and then.",
    bad="far_side true, longitude_deg 17.76",
    good="far_side true, longitude_deg 177.60",
)
FAR_FROM_SITE = Rule(
    code="L117",
    name="far-from-its-site",
    severity=WARNING,
    reason="A spacecraft came down where it is said to: coordinates far from the place named are "
    "mostly latitude and longitude exchanged, a sign lost, or another spacecraft's.",
    bad="site mons-rumker at 43.06, -51.92; latitude_deg -51.92, longitude_deg 43.06",
    good="site mons-rumker at 43.06, -51.92; latitude_deg 43.06, longitude_deg -51.92",
)
RULES = (WRONG_SIDE, FAR_FROM_SITE)

_LIMB = 8  # degrees by which libration lets us see around the edge
_FAR = 15  # degrees of arc, some 450 km: wider than any crater but the great basins
_POINTS = {"landing-site", "crater", "mountain"}
_Point = tuple[float, float]


def check(examination: Examination) -> Iterator[Problem]:
    """Look at the places of the Moon, then at the spacecraft that came down there."""
    for place in sorted(examination.told("places", "longitude_deg")):
        side = examination.chosen("places", place, "far_side")
        body = examination.chosen("places", place, "body")
        # Longitudes of the Earth have no far side.
        if side and (body is None or body.value == "moon"):
            yield from _side(examination, "places", place, side)
    located = examination.told("spacecraft", "longitude_deg").keys()
    for craft in sorted(located & examination.told("spacecraft", "site").keys()):
        site = examination.chosen("spacecraft", craft, "site")
        if site is None:
            continue
        side = examination.chosen("places", site.value, "far_side")
        body = examination.chosen("places", site.value, "body")
        if body and body.value != "moon":
            side = None
        problems = list(_side(examination, "spacecraft", craft, side)) if side else []
        yield from problems or _distance(examination, craft, site)


def _degrees(claim: Claim | None) -> float | None:
    return None if claim is None else Quantity(claim.value).value


def _point(examination: Examination, table: str, record: str) -> _Point | None:
    latitude = _degrees(examination.chosen(table, record, "latitude_deg"))
    longitude = _degrees(examination.chosen(table, record, "longitude_deg"))
    return None if latitude is None or longitude is None else (latitude, longitude)


def _side(examination: Examination, table: str, record: str, side: Claim) -> Iterator[Problem]:
    claim = examination.chosen(table, record, "longitude_deg")
    longitude = _degrees(claim)
    latitude = _degrees(examination.chosen(table, record, "latitude_deg")) or 0
    if claim is None or longitude is None or abs(latitude) > 90 - _LIMB:
        return
    beyond = abs(longitude) - 90
    if abs(beyond) > _LIMB and (beyond > 0) != (side.value == "true"):
        found, said = ("far", "near") if beyond > 0 else ("near", "far")
        of = "it" if table == "places" else f"its site {side.record}"
        yield at_claim(
            examination,
            WRONG_SIDE,
            claim,
            f"Longitude {claim.value} is on the {found} side, and far_side {side.value} puts {of} "
            f"on the {said} side.",
            expected="Expected on the far side a longitude beyond 90 degrees east or west.",
            remedy=look_up(examination, side),
        )


def _distance(examination: Examination, craft: str, site: Claim) -> Iterator[Problem]:
    here, there = (
        _point(examination, "spacecraft", craft),
        _point(examination, "places", site.value),
    )
    kind = examination.chosen("places", site.value, "kind")
    claim = examination.chosen("spacecraft", craft, "latitude_deg")
    if here is None or there is None or claim is None or not kind or kind.value not in _POINTS:
        return
    apart = _arc(here, there)
    if apart > _FAR:
        of_site = examination.chosen("places", site.value, "latitude_deg")
        exchanged = abs(here[1]) <= 90 and _arc((here[1], here[0]), there) <= _FAR
        yield at_claim(
            examination,
            FAR_FROM_SITE,
            claim,
            f"The coordinates are {apart:.0f} degrees away from the site {site.value}.",
            expected="Expected coordinates at the place named as the site.",
            remedy="Latitude and longitude seem to be exchanged."
            if exchanged
            else f"Look up both; the site stands in {where(examination, of_site or site)}.",
        )


def _arc(one: _Point, other: _Point) -> float:
    """Return the angle in degrees between two points of a sphere."""
    (a, b), (c, d) = (tuple(map(math.radians, point)) for point in (one, other))
    cosine = math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d)
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))
