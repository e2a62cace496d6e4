"""Landing and impact sites on the Moon: near and far side, both poles, and a globe that turns.

Hemispheres are drawn in Lambert's azimuthal equal-area projection, the poles (from 60 degrees) in
the polar stereographic one. Longitudes count eastwards, seen from outside: east is on the right.
A craft is drawn only where sources state a position; how many lack one is said in the text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lunarprogrammes.export.geojson import position_of
from lunarprogrammes.plot._evidence import bounds, evidence, listed, name_of, times
from lunarprogrammes.plot._hemispheres import SIDES, SIZE, STEREOGRAPHIC, Side
from lunarprogrammes.plot._labels import Label, placed
from lunarprogrammes.plot._marks import (
    FITTING,
    SILENT,
    Look,
    Spec,
    choice,
    looks,
    slider,
    told,
    values,
)
from lunarprogrammes.plot.picture import Picture, Row
from lunarprogrammes.plot.theme import config

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

# How a craft met the surface, in the words of the table; the last where no source tells.
CONTACTS = {
    "soft landing": Look("blue", "circle"),
    "impaired landing": Look("green", "diamond"),
    "crash": Look("vermillion", "x", filled=False),
    "intended impact": Look("orange", "down"),
    "end of orbit": Look("purple", "up"),
    "manner not stated": Look("muted", "circle", filled=False),
}
_WORDS = {"impact": "intended impact", "decay": "end of orbit", "": "manner not stated"}
_MAIN = {"rover", "orbiter", "impactor", "hopper", "service-module"}
_ALL, _GLOBE = "all programmes", 620
_COUNTED = (
    "Every spacecraft, stage or part for which sources state latitude and longitude is one mark: "
    "a craft that met the surface with another stands on the same spot. A position of which only "
    "a bound or a span is stated is not drawn. A ring marks a latitude or a longitude on which "
    "sources contradict each other; the table has the figures as stated with their bounds. "
    "Hemispheres are in Lambert's azimuthal equal-area projection, the poles in the stereographic "
    "one from 60 degrees; longitudes count eastwards."
)


def moon_map(moon: "Dataset", programme: str | None = None) -> Picture:
    """Return the map of all sites, or of those of a programme and its parts.

    Raises `UnknownRecord` if there is no programme of that id.
    """
    kept = set(moon.missions.where(programme=programme).ids) if programme else None
    craft = [
        (key, row) for key, row in moon.spacecraft.items() if kept is None or row["mission"] in kept
    ]
    rows = [_row(moon, key, row) for key, row in craft if position_of(row)]
    lacking = [key for key, row in craft if row["surface_contact"] and not position_of(row)]
    of = f" of {name_of(moon, 'programmes', programme)}" if programme else ""
    return Picture.of(
        moon,
        name="moon-map",
        title=f"Landing and impact sites{of} on the Moon",
        text=_text(rows, len(lacking), of),
        counted=_COUNTED,
        rows=rows,
        spec=_spec(rows),
        moving=_globe(rows),
        hint="A ring: sources contradict each other on the position.",
    )


def _row(moon: "Dataset", record: str, row: Mapping[str, str]) -> dict[str, Any]:
    position = position_of(row)
    assert position is not None
    longitude, latitude = position
    mission = row["mission"]
    programme = moon.missions.row(mission)["programme"] if mission in moon.missions else ""
    date = row["landing_date"]
    stated = row["surface_contact"]
    return {
        "table": "spacecraft",
        "record": record,
        "name": row["name"] or record,
        "mission": name_of(moon, "missions", mission),
        "label": _label(row, name_of(moon, "missions", mission)),
        "programmes": [*_names(moon, programme)],
        "contact": _WORDS.get(stated, stated.replace("-", " ")),
        "date": date,
        **bounds(date),
        "latitude_deg": row["latitude_deg"],
        "longitude_deg": row["longitude_deg"],
        "latitude": latitude,
        "longitude": (longitude + 180) % 360 - 180,
        "side": "far" if abs((longitude + 180) % 360 - 180) > 90 else "near",
        **evidence(moon, "spacecraft", record, "latitude_deg", "longitude_deg"),
    }


def _names(moon: "Dataset", programme: str) -> Iterator[str]:
    """Yield the name of a programme and of those of which it is a part."""
    seen: set[str] = set()
    while programme in moon.programmes and programme not in seen:
        seen.add(programme)
        row = moon.programmes.row(programme)
        yield row["name"] or programme
        programme = row["parent"]


def _label(row: Mapping[str, str], mission: str) -> str:
    """Return the name on the map: the mission's where its main craft came down, else its own."""
    if row["kind"] == "lander" or (row["kind"] in _MAIN and mission in row["name"]):
        return mission
    return re.sub(r"(?i)( lunar module| shepherding spacecraft| stage$| \(.*\))", "", row["name"])


def _text(rows: Sequence[Row], lacking: int, of: str) -> str:
    contacts = Counter(row["contact"] for row in rows)
    far = sum(row["side"] == "far" for row in rows)
    south = sum(row["latitude"] <= -60 for row in rows)
    north = sum(row["latitude"] >= 60 for row in rows)
    kinds = listed(f"{kind} {contacts[kind]}" for kind in CONTACTS if contacts[kind])
    return (
        f"{times(len(rows), 'craft', 'craft')}{of} with a stated position on the Moon"
        + (f": {kinds}" if kinds else "")
        + f". {len(rows) - far} lie on the near side and {far} on the far side; {south} within 30 "
        f"degrees of the south pole, {north} of the north pole. {lacking} more that met the "
        "surface have no stated position."
    )


def _mark(row: Row) -> dict[str, Any]:
    contested = row["verdict"] == "contested"
    where = f"latitude {row['latitude_deg']}, longitude {row['longitude_deg']} degrees"
    years = [int(row[side][:4]) if row[side] else None for side in ("lower", "upper")]
    return {
        "table": "spacecraft",
        "record": row["record"],
        "contact": row["contact"],
        "latitude": row["latitude"],
        "longitude": row["longitude"],
        "first": years[0],
        "last": years[1],
        "programmes": f"|{'|'.join(row['programmes'])}|",
        "label": row["label"],
        "contested": contested,
        "about": f"{row['name']} ({row['mission']}): {row['contact']}, "
        f"{row['date'] or 'no date stated'}, {where}{', contested' if contested else ''}",
    }


_PLACE: Spec = {
    "longitude": {"field": "longitude", "type": "quantitative"},
    "latitude": {"field": "latitude", "type": "quantitative"},
}


def _ground(step: tuple[int, int]) -> list[Spec]:
    """Return the layers of the disc and of its net of meridians and parallels."""
    net = {"graticule": {"step": [*step], "extentMajor": [[-180, -90], [180, 90]]}}
    disc = {"type": "geoshape", "fill": "$band", "stroke": "$muted", "strokeWidth": 1, **SILENT}
    lines = {"type": "geoshape", "filled": False, "stroke": "$grid", "strokeWidth": 1, **SILENT}
    return [{"data": {"sphere": True}, "mark": disc}, {"data": net, "mark": lines}]


def _spec(rows: Sequence[Row]) -> Spec:
    legend = looks("contact", CONTACTS, {row["contact"] for row in rows}, columns=6)
    panels = [_panel(side, rows, legend) for side in SIDES]
    return {"concat": panels, "columns": 2, "spacing": 18, "config": config()}


def _panel(side: Side, rows: Sequence[Row], legend: Spec) -> Spec:
    inside = [row for row in rows if side.holds(row["longitude"], row["latitude"])]
    marks = [_mark(row) for row in inside]
    net = (30, 10) if side.projection == STEREOGRAPHIC else (30, 30)
    dot = {"type": "point", "size": 34, "strokeWidth": 1.5, "opacity": 1}
    ring = {"type": "point", "size": 105, "stroke": "$ink", "strokeWidth": 0.8, "opacity": 1}
    contested = [mark for mark in marks if mark["contested"]]
    return {
        "title": {"text": side.title, "fontSize": 13, "anchor": "middle", "offset": 6},
        "width": SIZE,
        "height": SIZE,
        "projection": {
            "type": side.projection,
            "rotate": [-side.longitude, -side.latitude, 0],
            "scale": side.scale,
            "translate": [SIZE / 2, SIZE / 2],
            "clipAngle": side.reach,
        },
        "layer": [
            *_ground(net),
            _net_labels(side, inside),
            *_names_layers(side, inside),
            {
                "data": values(contested),
                "mark": {**ring, "filled": False, **SILENT},
                "encoding": _PLACE,
            },
            {"data": values(marks), "mark": dot, "encoding": {**_PLACE, **legend, **told()}},
        ],
    }


def _net_spots(side: Side, rows: Sequence[Row]) -> list[tuple[float, float, str]]:
    """Return where which meridian and which parallel is named: nowhere upon a mark."""
    dots = [side.project(row["longitude"], row["latitude"]) for row in rows]
    found = []
    for longitude, latitude, text in _net_named(side):
        x, y = side.project(longitude, latitude)
        if all(abs(x - left) > 15 or abs(y + 6 - top) > 7 for left, top in dots):
            found.append((longitude, latitude, text))
    return found


def _net_named(side: Side) -> list[tuple[float, float, str]]:
    if side.projection == STEREOGRAPHIC:
        sign = 1 if side.latitude > 0 else -1
        around = [(float(turn), sign * 62.0, _east(turn)) for turn in range(-150, 181, 30)]
        return [*around, (15.0, sign * 80.0, "80°"), (15.0, sign * 70.0, "70°")]
    turns = [turn for turn in range(-180, 180, 30) if side.holds(turn, 0) and turn % 90]
    across = [(float(turn), 0.0, _east(turn)) for turn in turns]
    upwards = [(side.longitude, float(north), _north(north)) for north in (-60, -30, 30, 60)]
    return across + upwards


def _net_labels(side: Side, rows: Sequence[Row]) -> Spec:
    """Return the layer that names meridians and parallels."""
    marks = [{"longitude": x, "latitude": y, "says": text} for x, y, text in _net_spots(side, rows)]
    text = {"type": "text", "fontSize": 9, "color": "$muted", "dy": 6, **SILENT}
    says = {"text": {"field": "says", "type": "nominal"}}
    return {"data": values(marks), "mark": text, "encoding": {**_PLACE, **says}}


def _east(turn: float) -> str:
    turn = (turn + 180) % 360 - 180
    return f"{abs(turn):g}°{'' if turn in {0, -180} else 'E' if turn > 0 else 'W'}"


def _north(latitude: int) -> str:
    return f"{abs(latitude)}°{'N' if latitude > 0 else 'S'}"


def _names_layers(side: Side, rows: Sequence[Row]) -> list[Spec]:
    """Return the layers of names: each beside its mark, or at the end of a line from it."""
    spots: dict[tuple[str, int, int], tuple[float, float, Row]] = {}
    # Of the craft of one mission on one spot the main one is named, and its name is set first.
    for row in sorted(rows, key=_by_rank):
        x, y = side.project(row["longitude"], row["latitude"])
        spots.setdefault((row["mission"], round(x / 16), round(y / 16)), (x, y, row))
    dots = [side.project(row["longitude"], row["latitude"]) for row in rows]
    for longitude, latitude, _ in _net_spots(side, rows):
        x, y = side.project(longitude, latitude)
        dots += [(x + dx, y + 6) for dx in (-9, -3, 3, 9)]
    wanted = [Label(row["label"], x, y) for x, y, row in spots.values()]
    marks = [
        {
            "at_x": round(label.x, 2),
            "at_y": round(label.y, 2),
            "x": round(label.x + spot.dx, 2),
            "y": round(label.y + spot.dy, 2),
            "says": spot.text,
            "align": spot.align,
            "led": spot.led,
        }
        for label, spot in zip(wanted, placed(wanted, dots, SIZE, SIZE), strict=True)
        if spot
    ]
    # Places are pixels of the panel already: no scale, and no projection.
    place = {name: {"field": name, "type": "quantitative", "scale": None} for name in ("x", "y")}
    start = {f"{name}2": {"field": f"at_{name}"} for name in ("x", "y")}
    says = {"text": {"field": "says", "type": "nominal"}}
    line = {"type": "rule", "stroke": "$muted", "strokeWidth": 0.7, **SILENT}
    text = {"type": "text", "fontSize": 9.5, "color": "$ink", "baseline": "middle"}
    text |= {"align": {"expr": "datum.align"}, **SILENT}
    led = [mark for mark in marks if mark["led"]]
    return [
        {"data": values(led), "mark": line, "encoding": {**place, **start}},
        {"data": values(marks), "mark": text, "encoding": {**place, **says}},
    ]


def _globe(rows: Sequence[Row]) -> Spec:
    """Return the globe that the reader turns, enlarges and filters."""
    named = _main(rows)
    marks = [
        _mark(row) | {"named": row["record"] in named, "rank": int(row["label"] != row["mission"])}
        for row in rows
    ]
    names = sorted({name for row in rows for name in row["programmes"]})
    years = [mark[end] for mark in marks for end in ("first", "last") if mark[end]] or [1959]
    return {
        "width": _GLOBE,
        "height": _GLOBE,
        "params": _params(names, min(years), max(years)),
        "data": values(marks),
        "projection": {
            "type": "orthographic",
            "rotate": {"expr": "[-middle, -north, 0]"},
            "scale": {"expr": "(width / 2 - 9) * zoom"},
            "translate": {"expr": "[width / 2, height / 2]"},
        },
        "layer": _globe_layers({row["contact"] for row in rows}),
        "config": config(),
    }


def _main(rows: Sequence[Row]) -> set[str]:
    """Return the craft that are named: the main one of each mission within a degree or so.

    A name stands once among its neighbours.
    """
    spots: dict[tuple[str, int, int], str] = {}
    for row in sorted(rows, key=_by_rank):
        spot = (row["mission"], round(row["latitude"]), round(row["longitude"]))
        near = (row["label"], round(row["latitude"] / 6), round(row["longitude"] / 6))
        if spot not in spots and near not in spots:
            spots[spot] = spots[near] = row["record"]
    return set(spots.values())


def _by_rank(row: Row) -> tuple[bool, str]:
    return (row["label"] != row["mission"], row["record"])


def _params(programmes: Sequence[str], first: int, last: int) -> list[Spec]:
    views = [side.title.partition(",")[0] for side in SIDES]
    pole = "(view == 'North pole' ? 90 : view == 'South pole' ? -90 : 0)"
    return [
        choice("view", "View ", views),
        slider("zoom", "Zoom ", 1, 12, 1, 0.25),
        slider("turn", "Turn east ", -180, 180, 0, 5),
        slider("tilt", "Turn north ", -90, 90, 0, 5),
        choice("programme", "Programme ", [_ALL, *programmes]),
        slider("from", "From year ", first, last, first),
        slider("to", "to year ", first, last, last),
        {"name": "middle", "expr": "(view == 'Far side' ? 180 : 0) + turn"},
        {"name": "north", "expr": f"clamp({pole} + tilt, -90, 90)"},
        {"name": "pixels", "expr": "(width / 2 - 9) * PI / 180"},
    ]


def _globe_layers(used: set[str]) -> list[Spec]:
    rad = "PI / 180"
    latitude, north = f"datum.latitude * {rad}", f"north * {rad}"
    east = f"(datum.longitude - middle) * {rad}"
    # A point behind the horizon has a place on the plane too: the projection does not hide it.
    before = f"sin({latitude}) * sin({north}) + cos({latitude}) * cos({north}) * cos({east}) >= 0"
    named = "indexof(datum.programmes, '|' + programme + '|') >= 0"
    filters = [
        {"filter": before},
        {"filter": f"programme == '{_ALL}' || {named}"},
        {"filter": "datum.last == null || (datum.last >= from && datum.first <= to)"},
    ]
    dot = {"type": "point", "size": 46, "strokeWidth": 1.6, "opacity": 1, "clip": True}
    ring = {"type": "point", "size": 130, "stroke": "$ink", "strokeWidth": 0.8, "clip": True}
    says = {"text": {"field": "label", "type": "nominal"}}
    legend = looks("contact", CONTACTS, used, columns={**FITTING})
    ground = [{**layer, "mark": {**layer["mark"], "clip": True}} for layer in _ground((30, 30))]
    return [
        *ground,
        {
            "transform": [*filters, {"filter": "datum.contested"}],
            "mark": {**ring, "filled": False, "opacity": 1, **SILENT},
            "encoding": _PLACE,
        },
        {
            "name": "sites",
            "transform": filters,
            "mark": dot,
            "encoding": {**_PLACE, **legend, **told()},
        },
        # The script of the page gives each name its place, anew for every view; see `living.js`.
        {
            "name": "names",
            "transform": [*filters, {"filter": "datum.named && (!datum.rank || zoom >= 2.5)"}],
            "mark": {"type": "text", "fontSize": 10, "color": "$ink", "clip": True, **SILENT},
            "encoding": {**_PLACE, **says},
        },
    ]
