"""Make `src/lunarprogrammes/plot/world.json`: the outlines of states and a point within each.

The outlines are those of Natural Earth 4.1 (public domain) at 1:110 million, as the npm package
world-atlas 2.0.2 redistributes them; what is too small for that scale gets a point from its
1:50 million. Codes become ISO 3166-1 alpha-3 by pycountry 26.2. Neither package is needed by ours.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    pip install pycountry
    python benchmarks/world_outlines.py package/
"""

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycountry

TARGET = Path(__file__).resolve().parents[1] / "src/lunarprogrammes/plot/world.json"
Point = tuple[float, float]
_NOTE = (
    "Outlines of states: Natural Earth 4.1, 1:110,000,000, public domain, from world-atlas 2.0.2. "
    "Points: within the largest polygon of each state at 1:50,000,000, longitude and latitude. "
    "Made by benchmarks/world_outlines.py; the licence of world-atlas (ISC) is beside this file. "
    "What has no ISO 3166-1 code has no id."
)


def alpha3(numeric: str | None) -> str | None:
    """Return the alpha-3 code of a numeric one, or None."""
    found = pycountry.countries.get(numeric=numeric) if numeric else None
    return found.alpha_3 if found else None


def rings_of(geometry: Any, world: Any) -> Iterator[list[Point]]:
    """Yield the outer ring of every polygon of a TopoJSON geometry, in degrees."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        ring = []
        for index in polygon[0]:
            line = decoded(world, index if index >= 0 else ~index)
            ring += line if index >= 0 else line[::-1]
        yield unwrapped(ring)


def unwrapped(ring: list[Point]) -> list[Point]:
    """Return a ring without the leap of a polygon that crosses the 180th meridian."""
    turned, turn = [ring[0]], 0
    for (before, _), (x, y) in pairwise(ring):
        turn += 360 * ((x - before < -180) - (x - before > 180))
        turned.append((x + turn, y))
    return turned


def decoded(world: Any, index: int) -> list[Point]:
    """Return one arc in degrees."""
    (kx, ky), (dx, dy) = world["transform"]["scale"], world["transform"]["translate"]
    x = y = 0
    line = []
    for step in world["arcs"][index]:
        x, y = x + step[0], y + step[1]
        line.append((x * kx + dx, y * ky + dy))
    return line


def centre(ring: Sequence[Point]) -> tuple[float, Point]:
    """Return area and centroid of a ring on the plane of degrees."""
    area = cx = cy = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        area, cx, cy = area + cross, cx + (x0 + x1) * cross, cy + (y0 + y1) * cross
    if not area:
        return 0.0, ring[0]
    return abs(area) / 2, (cx / (3 * area), cy / (3 * area))


def main(folder: Path) -> None:
    """Write the file from the unpacked npm package."""
    coarse = json.loads((folder / "countries-110m.json").read_text(encoding="utf-8"))
    fine = json.loads((folder / "countries-50m.json").read_text(encoding="utf-8"))
    # Some islands stand apart under the code of their state: the largest polygon of all counts.
    largest = {}
    for geometry in fine["objects"]["countries"]["geometries"]:
        if code := alpha3(geometry.get("id")):
            found = [centre(ring) for ring in rings_of(geometry, fine)]
            largest[code] = max(*found, largest.get(code, (0.0, (0.0, 0.0))))
    points = {
        code: [round((x + 180) % 360 - 180, 2), round(y, 2)]
        for code, (_, (x, y)) in largest.items()
    }
    states = []
    for geometry in coarse["objects"]["countries"]["geometries"]:
        code = alpha3(geometry.get("id"))
        if code != "ATA":
            kept = {"type": geometry["type"], "arcs": geometry["arcs"]}
            states.append(kept | ({"id": code} if code else {}))
    states.sort(key=lambda one: one.get("id", ""))
    world = {
        "note": _NOTE,
        "points": dict(sorted(points.items())),
        "outlines": {
            "type": "Topology",
            "transform": coarse["transform"],
            "objects": {"states": {"type": "GeometryCollection", "geometries": states}},
            "arcs": coarse["arcs"],
        },
    }
    text = json.dumps(world, separators=(",", ":"))
    TARGET.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
