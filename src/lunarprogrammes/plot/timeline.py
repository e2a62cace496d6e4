"""All missions by date, outcome and country: a lane per country, a mark per mission.

A launch on a stated day is a dot, everything vaguer a bar over all days that are meant; what has no
date stands beside the scale. Marks that would hide each other are stacked in their lane.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.plot._evidence import (
    bounds,
    evidence,
    is_point,
    listed,
    name_of,
    times,
    today,
)
from lunarprogrammes.plot._marks import (
    SILENT,
    Look,
    bands,
    bars,
    lane_axis,
    lane_scale,
    looks,
    rings,
    time_scale,
    told,
    values,
    year_sliders,
)
from lunarprogrammes.plot._spans import days, drawn, stack
from lunarprogrammes.plot.picture import Picture, Row
from lunarprogrammes.plot.theme import config

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

# What became of a mission: the outcome where it flew, its status where it did not.
KINDS = {
    "success": Look("blue", "circle"),
    "partial success": Look("green", "diamond"),
    "failure": Look("vermillion", "x", filled=False),
    "launch failure": Look("purple", "down"),
    "flown, outcome not stated": Look("muted", "circle", filled=False),
    "planned": Look("orange", "square"),
    "proposed": Look("orange", "square", filled=False),
    "cancelled": Look("ink", "x", filled=False),
    "not flown, status not stated": Look("muted", "diamond", filled=False),
}
_UNTOLD = "not flown, status not stated"
NO_COUNTRY = "No country stated"
_WIDTH, _STEP, _COLUMNS = 900, 11, 8
_COUNTED = (
    "Every mission of the dataset, flown or not, is one mark, at its launch or else at its latest "
    "plan. A dot is a launch of which the day is stated; a bar covers all days that a vaguer date "
    "may mean, and an arrow shows on which side it is open. The lane is the country that sources "
    "give for the mission, else that of its operator, else an intergovernmental operator itself. "
    "A ring marks a launch or a plan on which sources contradict each other. Missions without any "
    "date stand on the right. The dashed line is the day of the edition, or that was asked for."
)


def timeline(moon: "Dataset", programme: str | None = None) -> Picture:
    """Return the picture of all missions, or of those of a programme and its parts.

    Raises `UnknownRecord` if there is no programme of that id.
    """
    missions = moon.missions.where(programme=programme) if programme else moon.missions
    rows = [_row(moon, mission) for mission in missions.ids]
    of = f" of {name_of(moon, 'programmes', programme)}" if programme else ""
    day = today(moon)
    first, last = _years(rows, day)
    placed, lanes = _stacked(rows, first, last)
    return Picture.of(
        moon,
        name="timeline",
        title=f"Missions{of} by date, outcome and country",
        text=_text(rows, of),
        counted=_COUNTED,
        rows=rows,
        spec=_spec(placed, lanes, first, last, day, moving=False),
        moving=_spec(placed, lanes, first, last, day, moving=True),
        hint="A dot: a launch on a stated day. A bar: all days that a vaguer date may mean, with "
        "an arrow where it is open. A ring: sources contradict each other.",
    )


def _row(moon: "Dataset", mission: str) -> dict[str, Any]:
    row = moon.missions.row(mission)
    shown = "launch_date" if row["launch_date"] else "planned_launch"
    date = row[shown]
    if not UncertainDate(date or "unknown").is_known:
        date = ""
    return {
        "table": "missions",
        "record": mission,
        "name": row["name"] or mission,
        "lane": lane_of(moon, row),
        "kind": kind_of(row),
        "field": shown if date else "",
        "date": date,
        **bounds(date),
        **evidence(moon, "missions", mission, shown),
    }


def kind_of(row: Mapping[str, str]) -> str:
    """Return what became of a mission in one of the words of `KINDS`."""
    if row["outcome"] in {"success", "failure"}:
        return row["outcome"]
    if row["outcome"]:
        return row["outcome"].replace("-", " ")
    if row["launch_date"]:
        return "flown, outcome not stated"
    return row["status"] if row["status"] in {"planned", "proposed", "cancelled"} else _UNTOLD


def lane_of(moon: "Dataset", row: Mapping[str, str]) -> str:
    """Return the country of a mission, else of its operator, else that operator of many states."""
    actors = moon.actors
    country, actor, seen = row["country"], row["operator"], set[str]()
    while not country and actor in actors and actor not in seen:
        seen.add(actor)
        known = actors.row(actor)
        if known["kind"] == "intergovernmental":
            return known["name"] or actor
        country = actor if known["kind"] == "country" else known["country"]
        actor = known["parent"]
    return name_of(moon, "actors", country) if country else NO_COUNTRY


def _years(rows: Iterable[Row], day: datetime.date) -> tuple[int, int]:
    ends = [row[side] for row in rows for side in ("lower", "upper") if row[side]]
    found = [int(end[:4]) for end in ends] or [day.year]
    return min(found) - 1, max(found) + 2


def _stacked(
    rows: Sequence[Row], first: int, last: int
) -> tuple[list[dict[str, Any]], list[tuple[str, int, int]]]:
    """Return the marks with their heights, and each lane with its top and its size."""
    sizes = Counter(row["lane"] for row in rows)
    order = sorted(sizes, key=lambda lane: (lane == NO_COUNTRY, -sizes[lane], lane))
    placed: list[dict[str, Any]] = []
    lanes: list[tuple[str, int, int]] = []
    top = 0
    pixels = _WIDTH / (days(f"{last}-01-01") - days(f"{first}-01-01"))
    for lane in order:
        marks = [_mark(row, last) for row in rows if row["lane"] == lane]
        dated = [mark for mark in marks if mark["shown"] != "aside"]
        aside = [mark for mark in marks if mark["shown"] == "aside"]
        size = max(stack(dated, pixels, top), -(-len(aside) // _COLUMNS))
        for place, mark in enumerate(aside):
            mark["y"], mark["column"] = top + place // _COLUMNS, place % _COLUMNS
        placed += marks
        lanes.append((lane, top, size))
        top += size + 1
    return placed, lanes


def _mark(row: Row, last: int) -> dict[str, Any]:
    """Return what the renderer needs of a row, and the sentence that stands for it."""
    look = KINDS[row["kind"]]
    mark = {
        "table": row["table"],
        "record": row["record"],
        "kind": row["kind"],
        "about": _sentence(row),
        "contested": row["verdict"] == "contested",
    }
    if not row["date"]:
        return {**mark, "shown": "aside"}
    if is_point(row["date"]):
        return {**mark, "shown": "point", "from": row["lower"], "middle": row["lower"]}
    span = drawn(row["lower"], row["upper"], last)
    return {**mark, "shown": "range", **span, "fill": look.fill, "stroke": look.stroke}


def _sentence(row: Row) -> str:
    when = f"{'launch' if row['field'] == 'launch_date' else 'plan'} {row['date']}"
    contested = ", contested" if row["verdict"] == "contested" else ""
    said = when if row["date"] else "no date stated"
    return f"{row['name']}, {row['lane']}: {row['kind']}, {said}{contested}"


def _text(rows: Sequence[Row], of: str) -> str:
    kinds = Counter(row["kind"] for row in rows)
    flown = [row for row in rows if row["field"] == "launch_date"]
    words = [*KINDS]
    outcomes = [f"{kinds[kind]} {kind}" for kind in words[:4] if kinds[kind]]
    planned = [f"{kinds[kind]} {kind}" for kind in words[5:8] if kinds[kind]]
    lanes = Counter(row["lane"] for row in flown if row["lane"] != NO_COUNTRY)
    most = sorted(lanes.items(), key=lambda one: (-one[1], one[0]))[:3]
    flights = sorted(row["date"] for row in flown)
    spans = f" from {flights[0][:4]} to {flights[-1][:4]}" if flights else ""
    undated = sum(not row["date"] for row in rows)
    said = [
        f"{times(len(rows), 'mission')}{of}; {len(flown)} were launched{spans}",
        f"by outcome {listed(outcomes)}" if outcomes else "",
        f"not flown {listed(planned)}" if planned else "",
        f"most launches {listed(f'{lane} {number}' for lane, number in most)}" if most else "",
        f"{undated} without any date" if undated else "",
    ]
    return "; ".join(part for part in said if part) + "."


def _day_line(day: datetime.date, x: Mapping[str, Any]) -> dict[str, Any]:
    """Return the line of the day from which the dataset is seen: plans before it have lapsed."""
    line = {"type": "rule", "stroke": "$muted", "strokeDash": [3, 3], "clip": True, **SILENT}
    return {"data": values([{"from": day.isoformat()}]), "mark": line, "encoding": {"x": dict(x)}}


def _spec(
    placed: Sequence[Mapping[str, Any]],
    lanes: Sequence[tuple[str, int, int]],
    first: int,
    last: int,
    day: datetime.date,
    *,
    moving: bool,
) -> dict[str, Any]:
    height = sum(lanes[-1][1:]) if lanes else 1
    scale = time_scale(f"{first}-01-01", f"{last}-01-01", moving=moving)
    axis = {"title": None, "format": "%Y", "tickCount": 14, "orient": "top", "grid": True}
    x = {"field": "from", "type": "temporal", "scale": scale, "axis": axis}
    labels = {top + (size - 1) / 2: lane for lane, top, size in lanes}
    y = {"field": "y", "type": "quantitative", "scale": lane_scale(height)}
    named, unnamed = {**y, "axis": lane_axis(labels)}, {**y, "axis": None}
    stripes = [(top - 0.9, top + size - 0.1) for _, top, size in lanes[::2]]
    legend = looks("kind", KINDS, {mark["kind"] for mark in placed})
    parts: dict[str, list[Mapping[str, Any]]] = {"point": [], "range": [], "aside": []}
    for mark in placed:
        parts[mark["shown"]].append(mark)
    contested = [mark for mark in placed if mark["contested"] and mark["shown"] != "aside"]
    dot = {"type": "point", "size": 44, "strokeWidth": 1.5, "opacity": 1, "clip": True}
    main = {
        "width": _WIDTH,
        "height": height * _STEP,
        "layer": [
            bands(stripes, named),
            _day_line(day, x),
            *bars(parts["range"], x, named),
            {
                "data": values(parts["point"]),
                "mark": dot,
                "encoding": {"x": x, "y": named, **legend, **told()},
            },
            *rings(contested, {"x": {**x, "field": "middle"}, "y": named}),
        ],
    }
    panels = [main]
    if parts["aside"]:
        stand = {"data": values(parts["aside"]), "mark": dot, "encoding": {**legend, **told()}}
        panels.append(_aside(stand, bands(stripes, unnamed), unnamed, height * _STEP))
    spec = {"hconcat": panels, "spacing": 10, "config": config()}
    return {**spec, "params": year_sliders(first, last)} if moving else spec


def _aside(
    marks: dict[str, Any], stripes: dict[str, Any], y: Mapping[str, Any], tall: float
) -> dict[str, Any]:
    """Return the panel of the missions without any date, which stand in columns."""
    scale = {"domain": [-1, _COLUMNS]}
    place = {"field": "column", "type": "quantitative", "axis": None, "scale": scale}
    marks = {**marks, "encoding": {"x": place, "y": dict(y), **marks["encoding"]}}
    head = {"text": "No date", "fontSize": 11, "fontWeight": "normal", "offset": 8}
    return {
        "width": (_COLUMNS + 1) * _STEP,
        "height": tall,
        "title": head,
        "layer": [stripes, marks],
    }
