"""How far the plans of all missions moved: the first plan, the last one, the mean slip."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.plot._evidence import bounds, evidence, name_of, times, today
from lunarprogrammes.plot._marks import (
    SILENT,
    Spec,
    bands,
    bars,
    lane_axis,
    lane_scale,
    looks,
    time_scale,
    told,
    values,
    year_sliders,
)
from lunarprogrammes.plot._spans import drawn
from lunarprogrammes.plot.picture import Picture, Row
from lunarprogrammes.plot.slips import PLANS
from lunarprogrammes.plot.theme import config
from lunarprogrammes.slips import FACTS, Drift, drifts

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

_WIDTH, _ROW = 780, 15
_COUNTED = (
    "One line per mission of which a plan was watched for half a year or more: the hollow bar is "
    "the first plan that was stated with both ends, the filled one the last plan, or a dot the day "
    "on which it happened. Bars reach over all days that are meant. The figure is the mean slip in "
    "days per year of watching, from the middles of the stated dates. "
)


def overview(moon: "Dataset", programme: str | None = None) -> Picture:
    """Return first plan and last of all missions, or of those of a programme, by mean slip.

    Raises `UnknownRecord` if there is no programme of that id.
    """
    found = sorted(drifts(moon, programme), key=lambda one: (-one[1].per_year, one[0]))
    rows = [_drift_row(moon, mission, drift) for mission, drift in found]
    of = f" of {name_of(moon, 'programmes', programme)}" if programme else ""
    later = sum(row["days_per_year"] > 0 for row in rows)
    most = rows[0] if rows else None
    text = f"{times(len(rows), 'mission')}{of} whose plan was watched for half a year or more; "
    text += f"{later} of them moved to a later date."
    if most:
        text += (
            f" The fastest slip was that of {most['name']}: {most['days_per_year']} days per year, "
            f"from {most['first_planned']} to {most['last']}."
        )
    year = today(moon).year
    return Picture.of(
        moon,
        name="slips",
        title=f"How far planned dates{of} moved",
        text=text,
        counted=_COUNTED,
        rows=rows,
        spec=_overview_spec(rows, year, moving=False),
        moving=_overview_spec(rows, year, moving=True),
        hint="Hollow: first plan. Filled: last plan. Dot: the day on which it happened. Right: "
        "mean slip in days per year.",
    )


def _drift_row(moon: "Dataset", mission: str, drift: Drift) -> dict[str, Any]:
    claims = [drift.first.claim]
    if not drift.in_fact:
        statements = moon.slips(mission).statements
        claims += [
            one.claim
            for one in statements
            if one.field == drift.field and one.said and one.said.upper == drift.last_said
        ]
    sources = [claim.source for claim in claims]
    if drift.in_fact:
        sources += evidence(moon, "missions", mission, FACTS[drift.field])["sources"]
    assert drift.first.said is not None
    return {
        "table": "missions",
        "record": mission,
        "name": name_of(moon, "missions", mission),
        "plan": drift.field.replace("_", " "),
        "statements": drift.statements,
        "first_said": drift.first.said.text,
        "first_planned": drift.first.planned.text,
        **{f"first_{side}": day for side, day in bounds(drift.first.planned.text).items()},
        "last": drift.last.text,
        **{f"last_{side}": day for side, day in bounds(drift.last.text).items()},
        "last_said": drift.last_said.isoformat(),
        "in_fact": drift.in_fact,
        "moved": str(drift.moved),
        "days_per_year": round(drift.per_year),
        "verdict": evidence(moon, "missions", mission, drift.field)["verdict"],
        "sources": [*dict.fromkeys(sources)],
    }


def _overview_spec(rows: Sequence[Row], year: int, *, moving: bool) -> Spec:
    ends = [row[f"{end}_{side}"] for row in rows for end in ("first", "last") for side in _SIDES]
    first = min((int(end[:4]) for end in ends), default=year)
    last = max((int(end[:4]) for end in ends), default=year) + 1
    scale = time_scale(f"{first}-01-01", f"{last}-01-01", moving=moving)
    axis = {"title": None, "format": "%Y", "tickCount": 12, "orient": "top"}
    x = {"field": "from", "type": "temporal", "scale": scale, "axis": axis}
    labels = lane_axis({place: row["name"] for place, row in enumerate(rows)})
    y = {"field": "y", "type": "quantitative", "scale": lane_scale(len(rows)), "axis": labels}
    marks = [[*_pair(row, place, last)] for place, row in enumerate(rows)]
    pairs = [mark for of_row in marks for mark in of_row]
    joined = [
        {"y": of_row[0]["y"], "from": of_row[0]["middle"], "to": of_row[1]["middle"]}
        for of_row in marks
    ]
    points = [mark for mark in pairs if mark["shown"] == "point"]
    figures = [
        {
            "y": place,
            "from": f"{last}-01-01",
            "says": f"{row['days_per_year']:+d}".replace("-", "−").replace("+0", "0"),
        }
        for place, row in enumerate(rows)
    ]
    text = {"type": "text", "align": "right", "dx": 34, "fontSize": 11, "color": "$ink", **SILENT}
    edge: Spec = {"value": _WIDTH}
    rule = {"type": "rule", "color": "$muted", "strokeWidth": 1, "clip": True, **SILENT}
    dot = {"type": "point", "size": 50, "strokeWidth": 1.5, "opacity": 1, "clip": True}
    legend = looks("plan", PLANS, {row["plan"] for row in rows})
    layers = [
        bands([(place - 0.5, place + 0.5) for place in range(0, len(rows), 2)], y),
        {
            "data": values(joined),
            "mark": rule,
            "encoding": {"x": x, "x2": {"field": "to"}, "y": y},
        },
        *bars([mark for mark in pairs if mark["shown"] == "range"], x, y),
        {"data": values(points), "mark": dot, "encoding": {"x": x, "y": y, **legend, **told()}},
        {
            "data": values(figures),
            "mark": text,
            "encoding": {"x": edge, "y": y, "text": {"field": "says", "type": "nominal"}},
        },
    ]
    height = max(len(rows) + 1, 2) * _ROW
    spec = {"width": _WIDTH, "height": height, "layer": layers, "config": config()}
    return {**spec, "params": year_sliders(first, last)} if moving else spec


_SIDES = ("lower", "upper")


def _pair(row: Row, place: int, last: int) -> Iterator[dict[str, Any]]:
    """Yield the marks of the first plan and of the last."""
    look = PLANS[row["plan"]]
    for end, says in (("first", "first plan"), ("last", "in fact" if row["in_fact"] else "last")):
        text = row["first_planned"] if end == "first" else row["last"]
        mark = {
            "table": "missions",
            "record": row["record"],
            "plan": row["plan"],
            "y": place,
            "about": f"{row['name']}, {row['plan']}: {says} {text}; mean slip "
            f"{row['days_per_year']} days per year",
        }
        span = drawn(row[f"{end}_lower"], row[f"{end}_upper"], last + 1)
        fill = look.fill if end == "last" else "transparent"
        if end == "last" and UncertainDate(text).is_exact:
            yield {**mark, "shown": "point", "from": span["from"], "middle": span["from"]}
        else:
            yield {**mark, "shown": "range", **span, "fill": fill, "stroke": look.stroke}
