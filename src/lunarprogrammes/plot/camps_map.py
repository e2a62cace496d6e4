"""The states of both camps on a map of the Earth.

The outlines are those of Natural Earth (public domain, `world.json` beside this file says which):
they show who governs a land in fact and are no statement on borders. What is too small for the
scale is a symbol alone. Reading the outlines costs 5 ms.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from lunarprogrammes.camps import ARTEMIS, BOTH, ILRS, Alignment
from lunarprogrammes.plot._evidence import evidence, listed, today
from lunarprogrammes.plot._marks import FITTING, SILENT, Look, Spec, looks, slider, told, values
from lunarprogrammes.plot.picture import Picture, Row
from lunarprogrammes.plot.theme import config

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

KINDS = {
    "Artemis Accords": Look("blue", "circle"),
    "ILRS": Look("vermillion", "diamond"),
    "ILRS, only said to have agreed": Look("vermillion", "diamond", filled=False),
    "both": Look("purple", "square"),
}
_FILLS = {
    "Artemis Accords": "$pale-blue",
    "ILRS": "$pale-vermillion",
    "ILRS, only said to have agreed": "$pale-vermillion",
    "both": "$pale-purple",
}
_WIDTH, _HEIGHT, _SCALE, _MIDDLE = 960, 440, 174, 236
_COUNTED = (
    "A state is coloured and bears a symbol if it belonged to a camp on the day of the picture: as "
    "a signatory of the Artemis Accords, as a state that has signed an instrument of the ILRS, "
    "leads it or takes part in it in fact, or as both; a hollow symbol stands for a state that is "
    "only said to have agreed. Outlines are those of Natural Earth, which draws who governs a land "
    "in fact; they are no statement on borders. States too small for the scale are a symbol alone."
)


@cache
def _world() -> dict[str, Any]:
    text = resources.files("lunarprogrammes.plot").joinpath("world.json").read_text("utf-8")
    world: dict[str, Any] = json.loads(text)
    return world


def camps_map(moon: "Dataset") -> Picture:
    """Return the map of the states of both camps on the day from which the dataset is seen."""
    day = today(moon)
    rows = [_row(moon, one) for one in moon.camps().aligned(day)]
    names = {kind: [row["name"] for row in rows if row["kind"] == kind] for kind in KINDS}
    counted = [f"{len(found)} {kind}" for kind, found in names.items() if found]
    unplaced = [row["name"] for row in rows if not row["drawn"]]
    both = f" In both: {listed(names['both'])}." if names["both"] else ""
    lost = f" Not on the map: {listed(unplaced)}." if unplaced else ""
    return Picture.of(
        moon,
        name="camps-map",
        title=f"The states of both camps on {day}",
        text=f"{len(rows)} states on {day}: {listed(counted)}.{both}{lost}",
        counted=_COUNTED,
        rows=rows,
        spec=_spec(rows, moving=False),
        moving=_spec(rows, moving=True),
        hint="Outlines: Natural Earth, who governs in fact; no statement on borders.",
    )


def _row(moon: "Dataset", one: Alignment) -> dict[str, Any]:
    places = one.memberships
    kind = BOTH if one.camp == BOTH else "Artemis Accords" if one.camp == ARTEMIS else "ILRS"
    if kind == "ILRS" and not places[ILRS].certain:
        kind = "ILRS, only said to have agreed"
    code = moon.actors.row(one.actor)["iso_alpha3"] if one.actor in moon.actors else ""
    outlined = {state.get("id") for state in _states()}
    drawn = "outline" if code in outlined else "symbol" if code in _world()["points"] else ""
    found = [evidence(moon, *place.record.split("/", 1)) for place in places.values()]
    verdicts = [each["verdict"] for each in found]
    return {
        "table": "actors",
        "record": one.actor,
        "name": one.name,
        "iso_alpha3": code,
        "kind": kind,
        "artemis": _since(one, ARTEMIS),
        "ilrs": _since(one, ILRS),
        "drawn": drawn,
        "verdict": "contested" if "contested" in verdicts else next(iter(verdicts), ""),
        "sources": [*dict.fromkeys(source for each in found for source in each["sources"])],
    }


def _since(one: Alignment, camp: str) -> str:
    place = one.memberships.get(camp)
    return (place.since.text if place.since else "unknown") if place else ""


def _states() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _world()["outlines"]["objects"]["states"]["geometries"]
    return found


def _about(row: Row) -> str:
    times = {"Artemis Accords": row["artemis"], "ILRS": row["ilrs"]}
    since = ", ".join(f"{camp} {text}" for camp, text in times.items() if text)
    return f"{row['name']}: {row['kind']} ({since})"


def _spec(rows: list[dict[str, Any]], *, moving: bool) -> Spec:
    by_code = {row["iso_alpha3"]: row for row in rows if row["drawn"]}
    marks = [
        {
            "table": "actors",
            "record": row["record"],
            "kind": row["kind"],
            "longitude": _world()["points"][code][0],
            "latitude": _world()["points"][code][1],
            "about": _about(row),
        }
        for code, row in by_code.items()
    ]
    columns: int | Spec = {**FITTING} if moving else 5
    dot = {"type": "point", "size": 42, "strokeWidth": 1.6, "opacity": 1, "clip": True}
    place = {name: {"field": name, "type": "quantitative"} for name in ("longitude", "latitude")}
    halo = {"type": "point", "size": 105, "filled": True, "color": "$paper", "opacity": 0.75}
    layers = [
        _land(by_code),
        {"data": values(marks), "mark": {**halo, "clip": True, **SILENT}, "encoding": place},
        {
            "data": values(marks),
            "mark": dot,
            "encoding": {
                **place,
                **looks("kind", KINDS, {mark["kind"] for mark in marks}, columns),
                **told(),
            },
        },
    ]
    projection: Spec = {"type": "equalEarth", "scale": _SCALE, "translate": [_WIDTH / 2, _MIDDLE]}
    spec: Spec = {"width": _WIDTH, "height": _HEIGHT, "layer": layers, "config": config()}
    if not moving:
        return {**spec, "projection": projection}
    projection |= {
        "scale": {"expr": f"{_SCALE / _WIDTH} * width * zoom"},
        "rotate": {"expr": "[-turn, 0, 0]"},
        "translate": {"expr": f"[width / 2, {_MIDDLE / _HEIGHT} * height + tilt * pixels * zoom]"},
    }
    params = [
        slider("zoom", "Zoom ", 1, 8, 1, 0.25),
        slider("turn", "Centre, degrees east ", -180, 180, 0, 5),
        slider("tilt", "Centre, degrees north ", -60, 80, 0, 5),
        {"name": "pixels", "expr": f"{_SCALE / _WIDTH} * width * PI / 180"},
    ]
    return {**spec, "projection": projection, "params": params}


def _land(by_code: Mapping[str, Row]) -> Spec:
    """Return the layer of all states, those of a camp in its colour."""
    fills = {code: {"fill": _FILLS[row["kind"]]} for code, row in by_code.items()}
    outlines = _world()["outlines"]
    states = [
        {**state, "properties": fills.get(state.get("id", ""), {"fill": "$land"})}
        for state in _states()
    ]
    world = {
        **outlines,
        "objects": {"states": {"type": "GeometryCollection", "geometries": states}},
    }
    shape = {"type": "geoshape", "stroke": "$paper", "strokeWidth": 0.5, "clip": True, **SILENT}
    return {
        "data": {"values": world, "format": {"type": "topojson", "feature": "states"}},
        "mark": shape,
        "encoding": {"fill": {"field": "properties.fill", "type": "nominal", "scale": None}},
    }
