"""Pieces of Vega-Lite that several pictures are put together from: looks, lanes, bars, inputs."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

# Vega scales a path of its own to the size of the mark.
_SHAPES = {
    "x": "M-0.9,-0.9L0.9,0.9M0.9,-0.9L-0.9,0.9",
    "up": "triangle-up",
    "down": "triangle-down",
}
Spec = dict[str, Any]
Mark = Mapping[str, Any]
# The columns of the legend of a map that grows and shrinks with its page.
FITTING: Mapping[str, Any] = {"expr": "max(1, floor(width / 130))"}
# What only leads the eye says nothing to a screen reader: the rows and the text do.
SILENT: Mapping[str, Any] = {"aria": False}


class Look(NamedTuple):
    """How one kind of thing is drawn: never by its colour alone."""

    colour: str
    shape: str
    filled: bool = True

    @property
    def fill(self) -> str:
        """The token that fills the mark."""
        return f"${self.colour}" if self.filled else "transparent"

    @property
    def stroke(self) -> str:
        """The token that outlines the mark."""
        return f"${self.colour}"

    @property
    def path(self) -> str:
        """The shape as Vega names or draws it."""
        return _SHAPES.get(self.shape, self.shape)


def looks(
    field: str, known: Mapping[str, Look], used: Collection[str], columns: int | Spec = 5
) -> Spec:
    """Return the channels that draw a field by colour, fill and shape, with one legend for all."""
    domain = [name for name in known if name in used]
    legend = {"title": None, "columns": columns, "symbolStrokeWidth": 1.8}
    channels = {"fill": "fill", "stroke": "stroke", "shape": "path"}
    return {
        channel: {
            "field": field,
            "type": "nominal",
            "scale": {"domain": domain, "range": [getattr(known[name], part) for name in domain]},
            # A legend of nothing has no size, and the picture then has none either.
            "legend": legend if domain else None,
        }
        for channel, part in channels.items()
    }


def told() -> Spec:
    """Return the channels that say a mark's sentence: aloud, and under the pointer."""
    return {
        "description": {"field": "about", "type": "nominal"},
        "tooltip": {"field": "about", "type": "nominal"},
    }


def values(marks: Iterable[Mark]) -> Spec:
    """Return marks as the data of a layer."""
    return {"values": [dict(mark) for mark in marks]}


def lane_axis(labels: Mapping[float, str]) -> Spec:
    """Return a vertical axis that bears these labels at these heights, and nothing else."""
    known = {f"{height:g}": label for height, label in labels.items()}
    return {
        "title": None,
        "values": [*labels],
        "labelExpr": f"({json.dumps(known, ensure_ascii=False)})[datum.value]",
        "domain": False,
        "ticks": False,
        "grid": False,
        "labelPadding": 8,
    }


def lane_scale(height: float) -> Spec:
    """Return the scale of lanes, counted downwards."""
    return {"domain": [-1, height], "reverse": True, "nice": False, "zero": False}


def bands(spans: Sequence[tuple[float, float]], y: Mapping[str, Any]) -> Spec:
    """Return the pale stripes behind every other lane."""
    return {
        "data": values({"y": top, "y2": bottom} for top, bottom in spans),
        "mark": {"type": "rect", "fill": "$band", **SILENT},
        "encoding": {"y": dict(y), "y2": {"field": "y2"}},
    }


def bars(
    marks: Sequence[Mark], x: Mapping[str, Any], y: Mapping[str, Any], half: float = 0.26
) -> list[Spec]:
    """Return the layers of dates that are ranges: bars, and an arrow where one side is open.

    A mark has `from`, `to`, `y`, the tokens `fill` and `stroke`, and `open` (left, right or none).
    """
    if not marks:
        return []
    drawn = [{**mark, "y": mark["y"] - half, "y2": mark["y"] + half} for mark in marks]
    colours = {
        name: {"field": name, "type": "nominal", "scale": None} for name in ("fill", "stroke")
    }
    bar = {
        "data": values(drawn),
        "mark": {"type": "rect", "clip": True, "strokeWidth": 1.2, "cornerRadius": 2.5},
        "encoding": {"x": dict(x), "x2": {"field": "to"}, "y": dict(y), "y2": {"field": "y2"}}
        | colours
        | told(),
    }
    layers = [bar]
    for side, end in (("left", "from"), ("right", "to")):
        if arrows := [mark for mark in marks if mark.get("open") == side]:
            point = {"type": "point", "shape": f"triangle-{side}", "size": 60, "clip": True}
            layers.append(
                {
                    "data": values({"at": one[end], **one} for one in arrows),
                    "mark": {**point, "filled": True, **SILENT},
                    "encoding": {
                        "x": {**x, "field": "at"},
                        "y": dict(y),
                        "color": {"field": "stroke", "type": "nominal", "scale": None},
                    },
                }
            )
    return layers


def rings(marks: Sequence[Mark], place: Mapping[str, Any], size: int = 110) -> list[Spec]:
    """Return the layer of rings around marks on which sources contradict each other."""
    if not marks:
        return []
    ring = {"type": "point", "size": size, "filled": False, "strokeWidth": 0.8, "clip": True}
    return [
        {
            "data": values(marks),
            "mark": {**ring, "stroke": "$ink", "opacity": 1, **SILENT},
            "encoding": dict(place),
        }
    ]


def time_scale(first: str, last: str, *, moving: bool = False) -> Spec:
    """Return the scale of time between two days, or between the years that the reader chooses."""
    if moving:
        ends = ["utc(from, 0, 1)", "utc(max(to, from + 1), 0, 1)"]
    else:
        ends = [
            f"utc({int(day[:4])}, {int(day[5:7]) - 1}, {int(day[8:])})" for day in (first, last)
        ]
    # A domain would be read as dates for x and as texts for x2: its two ends are read alike.
    low, high = ({"expr": end} for end in ends)
    return {"type": "utc", "domainMin": low, "domainMax": high, "nice": False}


def year_sliders(first: int, last: int) -> list[Spec]:
    """Return the parameters by which the reader chooses the years of a moving time scale."""
    return [
        slider("from", "From year ", first, last - 1, first),
        slider("to", "to year ", first + 1, last, last),
    ]


def slider(name: str, label: str, least: float, most: float, value: float, step: float = 1) -> Spec:
    """Return a parameter that the reader sets with a slider."""
    bind = {"input": "range", "min": least, "max": most, "step": step, "name": label}
    return {"name": name, "value": value, "bind": bind}


def choice(name: str, label: str, options: Sequence[str], labels: Sequence[str] = ()) -> Spec:
    """Return a parameter that the reader chooses from a list, the first option at the start."""
    bind: Spec = {"input": "select", "options": [*options], "name": label}
    if labels:
        bind["labels"] = [*labels]
    return {"name": name, "value": options[0], "bind": bind}
