"""Two programmes side by side by phase: their missions on one scale of time."""

from collections import Counter
from collections.abc import Sequence
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
    Spec,
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
from lunarprogrammes.plot._spans import drawn
from lunarprogrammes.plot.picture import Picture, Row
from lunarprogrammes.plot.theme import config
from lunarprogrammes.plot.timeline import KINDS, kind_of

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

_WIDTH, _ROW = 330, 17
_COUNTED = (
    "One line per mission of the programme and its parts, under the phase or part to which sources "
    "assign it, in the order of the phases. A dot is a launch of which the day is stated; a bar "
    "covers all days that a vaguer launch or the latest plan may mean. Both halves have the same "
    "scale of time. A mission without any date has its line, and words for a mark."
)


def phases(moon: "Dataset", first: str, second: str) -> Picture:
    """Return the missions of two programmes side by side, phase by phase.

    Raises `UnknownRecord` if there is no programme of an id.
    """
    sides = [[*_rows(moon, programme)] for programme in (first, second)]
    names = [name_of(moon, "programmes", programme) for programme in (first, second)]
    rows = [row for side in sides for row in side]
    told = [_told(name, side) for name, side in zip(names, sides, strict=True)]
    year = today(moon).year
    return Picture.of(
        moon,
        name="phases",
        title=f"{names[0]} and {names[1]} side by side",
        text=" ".join(told),
        counted=_COUNTED,
        rows=rows,
        spec=_spec(names, sides, year, moving=False),
        moving=_spec(names, sides, year, moving=True),
        hint="A dot: a launch on a stated day. A bar: all days that a vaguer date or a plan may "
        "mean. A ring: sources contradict each other.",
    )


def _rows(moon: "Dataset", programme: str) -> list[dict[str, Any]]:
    found = []
    for mission, row in moon.missions.where(programme=programme).items():
        field = "launch_date" if row["launch_date"] else "planned_launch"
        date = row[field]
        if not UncertainDate(date or "unknown").is_known:
            date = ""
        phase = moon.programmes.row(row["programme"])
        found.append(
            {
                "table": "missions",
                "record": mission,
                "name": row["name"] or mission,
                "programme": programme,
                "phase": phase["name"] or row["programme"],
                "sequence": int(phase["sequence"] or 0),
                "whole": row["programme"] == programme,
                "kind": kind_of(row),
                "field": field if date else "",
                "date": date,
                **bounds(date),
                **evidence(moon, "missions", mission, "programme", field),
            }
        )
    return sorted(found, key=_order)


def _order(row: Row) -> tuple[Any, ...]:
    # Phases in their order, then what belongs to the programme itself, then its other parts.
    group = (0, row["sequence"]) if row["sequence"] else (1 if row["whole"] else 2, 0)
    begins = row["lower"] or row["upper"] or "9999"
    return (*group, row["phase"], begins, row["name"])


def _told(name: str, rows: Sequence[Row]) -> str:
    groups = Counter(row["phase"] for row in rows)
    flown = sum(row["field"] == "launch_date" for row in rows)
    parts = listed(f"{phase} {number}" for phase, number in groups.items())
    return f"{name}: {times(len(rows), 'mission')}, {flown} launched ({parts})."


def _spec(names: Sequence[str], sides: Sequence[Sequence[Row]], year: int, *, moving: bool) -> Spec:
    ends = [row[side] for rows in sides for row in rows for side in ("lower", "upper") if row[side]]
    first = min((int(end[:4]) for end in ends), default=year)
    last = max((int(end[:4]) for end in ends), default=year) + 2
    scale = time_scale(f"{first}-01-01", f"{last}-01-01", moving=moving)
    axis = {"title": None, "format": "%Y", "tickCount": 6, "orient": "top"}
    x = {"field": "from", "type": "temporal", "scale": scale, "axis": axis}
    used = {row["kind"] for rows in sides for row in rows}
    lines = max(len(rows) + len({row["phase"] for row in rows}) for rows in sides)
    panels = [
        _panel(name, rows, x, used, lines, last) for name, rows in zip(names, sides, strict=True)
    ]
    spec = {"hconcat": panels, "spacing": 26, "config": config()}
    return {**spec, "params": year_sliders(first, last)} if moving else spec


def _panel(name: str, rows: Sequence[Row], x: Spec, used: set[str], lines: int, last: int) -> Spec:
    labels: dict[float, str] = {}
    heads: list[dict[str, Any]] = []
    marks, undated = [], []
    for row in rows:
        place = len(labels) + len(heads)
        if not heads or heads[-1]["says"] != row["phase"]:
            heads.append({"y": place, "says": row["phase"]})
            place += 1
        if row["date"]:
            marks.append(_mark(row, place, last))
        else:
            undated.append(_told_of(row) | {"y": place, "says": "no date"})
        labels[place] = row["name"]
    axis = lane_axis(labels) | {"labelLimit": 300}
    y = {"field": "y", "type": "quantitative", "scale": lane_scale(lines), "axis": axis}
    points = [mark for mark in marks if mark["shown"] == "point"]
    contested = [mark for mark in marks if mark["contested"]]
    dot = {"type": "point", "size": 54, "strokeWidth": 1.5, "opacity": 1, "clip": True}
    encoding = {"x": x, "y": y, **looks("kind", KINDS, used), **told()}
    line = {"type": "rule", "color": "$muted", "strokeWidth": 0.8, **SILENT}
    rules = values({"y": head["y"] + 0.5} for head in heads)
    says = {"x": {"value": 6}, "y": y, "text": {"field": "says", "type": "nominal"}}
    text = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 11, **SILENT}
    bold = {**text, "fontWeight": "bold", "color": "$ink"}
    pale = {**text, "color": "$muted", "aria": True}
    return {
        "title": {"text": name, "fontSize": 14, "offset": 10, "frame": "group"},
        "width": _WIDTH,
        "height": (lines + 1) * _ROW,
        "layer": [
            bands([(head["y"] - 0.5, head["y"] + 0.5) for head in heads], y),
            {"data": rules, "mark": line, "encoding": {"y": y}},
            {"data": values(heads), "mark": bold, "encoding": says},
            {"data": values(undated), "mark": pale, "encoding": {**says, **told()}},
            *bars([mark for mark in marks if mark["shown"] == "range"], x, y),
            {"data": values(points), "mark": dot, "encoding": encoding},
            *rings(contested, {"x": {**x, "field": "middle"}, "y": y}),
        ],
    }


def _told_of(row: Row) -> dict[str, Any]:
    """Return which record a mark stands for, and the sentence that says it."""
    when = f"{'launch' if row['field'] == 'launch_date' else 'plan'} {row['date']}"
    contested = ", contested" if row["date"] and row["verdict"] == "contested" else ""
    return {
        "table": "missions",
        "record": row["record"],
        "about": f"{row['name']}, {row['phase']}: {row['kind']}, "
        f"{when if row['date'] else 'no date stated'}{contested}",
    }


def _mark(row: Row, place: int, last: int) -> dict[str, Any]:
    look = KINDS[row["kind"]]
    contested = row["verdict"] == "contested"
    mark = _told_of(row) | {"kind": row["kind"], "y": place, "contested": contested}
    if is_point(row["date"]):
        return {**mark, "shown": "point", "from": row["lower"], "middle": row["lower"]}
    span = drawn(row["lower"], row["upper"], last)
    return {**mark, "shown": "range", **span, "fill": look.fill, "stroke": look.stroke}
