"""The four panels of the map of the Moon, and where a point stands in them.

Vega draws them; the same formulas are here to place names, and a test compares the two.
"""

import math
from typing import NamedTuple

SIZE = 470
EQUAL_AREA, STEREOGRAPHIC = "azimuthalEqualArea", "stereographic"


class Side(NamedTuple):
    """One panel: the projection, its centre, how far it reaches from there, in degrees."""

    title: str
    projection: str
    longitude: float
    latitude: float
    reach: float

    def holds(self, longitude: float, latitude: float) -> bool:
        """Tell whether a point lies within the panel."""
        return self._angle(longitude, latitude) <= math.radians(self.reach) + 1e-9

    def _angle(self, longitude: float, latitude: float) -> float:
        east, north = math.radians(longitude - self.longitude), math.radians(latitude)
        middle = math.radians(self.latitude)
        cosine = math.sin(north) * math.sin(middle)
        cosine += math.cos(north) * math.cos(middle) * math.cos(east)
        return math.acos(max(-1.0, min(1.0, cosine)))

    @property
    def scale(self) -> float:
        """The scale at which the reach fills the panel, as Vega counts it."""
        return (SIZE / 2 - 3) / self._stretch(math.radians(self.reach))

    def _stretch(self, angle: float) -> float:
        """Return how far from the centre an angle is drawn, at a scale of one."""
        half = angle / 2
        return math.tan(half) if self.projection == STEREOGRAPHIC else 2 * math.sin(half)

    def project(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point stands in the panel, in pixels from its upper left corner."""
        east, north = math.radians(longitude - self.longitude), math.radians(latitude)
        middle = math.radians(self.latitude)
        x = math.cos(north) * math.sin(east)
        y = math.cos(middle) * math.sin(north) - math.sin(middle) * math.cos(north) * math.cos(east)
        angle = self._angle(longitude, latitude)
        length = math.hypot(x, y) or 1.0
        radius = self.scale * self._stretch(angle) if angle else 0.0
        return SIZE / 2 + radius * x / length, SIZE / 2 - radius * y / length


SIDES = (
    Side("Near side", EQUAL_AREA, 0, 0, 90),
    Side("Far side", EQUAL_AREA, 180, 0, 90),
    Side("North pole, from 60°", STEREOGRAPHIC, 0, 90, 30),
    Side("South pole, from 60°", STEREOGRAPHIC, 0, -90, 30),
)
