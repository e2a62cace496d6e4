"""Planned dates against the dates of their statements: the staircase of a plan that moves.

Each dated statement is a box as wide as the date of the statement and as high as
the date that it plans, so that nothing looks sharper than it was said.
"""

import datetime
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import NoValue
from lunarprogrammes.plot._evidence import bounds, evidence, name_of, times
from lunarprogrammes.plot._marks import (
    SILENT,
    Look,
    Spec,
    looks,
    time_scale,
    told,
    values,
)
from lunarprogrammes.plot._spans import after, days
from lunarprogrammes.plot.picture import Picture, Row
from lunarprogrammes.plot.theme import config
from lunarprogrammes.slips import PlannedDate, Slips

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

PLANS = {
    "planned launch": Look("blue", "circle"),
    "planned landing": Look("vermillion", "diamond"),
    "planned start": Look("green", "up"),
    "planned end": Look("purple", "down"),
    "planned date": Look("orange", "square"),
    "planned first flight": Look("blue", "square"),
    "planned retirement": Look("purple", "square"),
}
_PALE = {"planned launch": "$pale-blue", "planned landing": "$pale-vermillion"}
_HAPPENED = {"planned launch": "launched", "planned landing": "landed"}
_WIDTH, _HEIGHT = 780, 430
_COUNTED = (
    "Each mark is one dated statement in one document: it stands at the date of the statement and "
    "reaches over all days that the planned date may mean; an arrow shows a plan with one end only "
    '("no earlier than", "by"). The pale steps are the plan that stood until the next statement '
    "moved or sharpened it; a plan told again more vaguely leaves the sharper one standing. On the "
    "slanting line a plan would be for the day of its statement. Statements without a date, and "
    "those that give no planned date, are in the table only."
)


def slips(moon: "Dataset", record: str) -> Picture:
    """Return the staircase of a mission, or of a record named as `programmes/ilrs-construction`.

    Raises `UnknownRecord`, and `NoValue` where no dated plan is known.
    """
    found = moon.slips(record)
    verdicts = {
        field: evidence(moon, found.table, found.record, field)["verdict"]
        for field in dict.fromkeys(one.field for one in found.statements)
    }
    rows = [_row(found, one, verdicts[one.field]) for one in found.statements]
    shown = [row for row in rows if row["shown"]]
    if not shown:
        raise NoValue(
            f"No dated statement plans a date of {found.table}/{found.record}.",
            expected="A staircase needs one.",
            remedy="`lunarprogrammes slips` lists the missions whose plans moved.",
        )
    name = name_of(moon, found.table, found.record)
    return Picture.of(
        moon,
        name=f"slips-{found.record}",
        title=f"{name}: planned dates and when they were stated",
        text=_text(name, found, rows),
        counted=_COUNTED,
        rows=rows,
        spec=_spec(found, rows),
        hint="Box: all days that a stated plan may mean. Pale steps: the plan that stood.",
    )


def _row(found: Slips, one: PlannedDate, verdict: str) -> dict[str, Any]:
    said = one.said.text if one.said else ""
    planned = one.planned
    some = planned.lower or planned.upper
    dated = one.said and one.said.upper
    return {
        "table": found.table,
        "record": found.record,
        "plan": one.field.replace("_", " "),
        "said": said,
        "said_lower": bounds(said)["lower"],
        "said_upper": bounds(said)["upper"],
        "planned": planned.text,
        **bounds(planned.text),
        "by": one.by,
        "certainty": one.claim.certainty,
        "moved": str(one.moved) if one.moved else "",
        "claim": one.claim.id,
        "locator": one.claim.locator,
        "shown": bool(some and dated),
        "verdict": verdict,
        "sources": [one.claim.source],
    }


def _text(name: str, found: Slips, rows: Sequence[Row]) -> str:
    shown = [row for row in rows if row["shown"]]
    first, last = shown[0], shown[-1]
    said = [f"{times(len(rows), 'statement')} of a planned date of {name}"]
    if len(shown) < len(rows):
        said.append(f"{len(shown)} of them dated and drawn")
    for plan in dict.fromkeys(row["plan"] for row in shown):
        of_plan = [row for row in shown if row["plan"] == plan]
        first, last = of_plan[0], of_plan[-1]
        said.append(
            f"{plan} first stated {first['said']} for {first['planned']}, "
            f"last stated {last['said']} for {last['planned']}"
        )
    for field, day in found.happened.items():
        plan = field.replace("_", " ")
        if any(row["plan"] == plan for row in shown):
            said.append(f"{_HAPPENED.get(plan, 'it happened')} {day.text}")
    drift = found.main_drift
    if drift:
        said.append(f"mean slip {drift.per_year:.0f} days per year")
    return "; ".join(said) + "."


def _spec(found: Slips, rows: Sequence[Row]) -> Spec:
    shown = [row for row in rows if row["shown"]]
    facts = {field.replace("_", " "): day for field, day in found.happened.items()}
    facts = {
        plan: day
        for plan, day in facts.items()
        if day.lower and any(row["plan"] == plan for row in shown)
    }
    ends = [row[side] for row in shown for side in ("lower", "upper") if row[side]]
    ends += [day.lower.isoformat() for day in facts.values() if day.lower]
    saids = [row[side] for row in shown for side in ("said_lower", "said_upper") if row[side]]
    left, right = _widened(min(saids), max([*saids, *_fact_days(facts)]), 0.03)
    bottom, top = _widened(min(ends), max(ends), 0.05)
    x = _scale("from", left, right, "Date of the statement")
    y = _scale("low", bottom, top, "Planned date")
    boxes = [_box(row, bottom, top) for row in shown]
    plans = {row["plan"] for row in shown}
    layers = [
        # First, for a legend takes its opacity from the first layer.
        _diagonal(x, y, (left, right), (bottom, top)),
        *_steps(found, x, y, right, facts),
        *_facts(facts, x, y, left, right),
        *_boxes(boxes, x, y, plans),
    ]
    return {"width": _WIDTH, "height": _HEIGHT, "layer": layers, "config": config()}


def _fact_days(facts: dict[str, UncertainDate]) -> list[str]:
    return [day.lower.isoformat() for day in facts.values() if day.lower]


def _widened(first: str, last: str, share: float) -> tuple[str, str]:
    """Return two days somewhat further apart, by a month and a half at least on either side."""
    low, high = days(first), days(last)
    room = max(round((high - low) * share), 45)
    return _day(low - room), _day(high + room)


def _day(number: int) -> str:
    return datetime.date.fromordinal(number).isoformat()


def _scale(field: str, first: str, last: str, title: str) -> Spec:
    years = int(last[:4]) - int(first[:4])
    unit = {"interval": "year", "step": max(1, years // 12)} if years > 2 else 8
    shown = "%Y" if years > 2 else "%b %Y"
    axis = {"title": title, "format": shown, "tickCount": unit, "grid": True, "labelFlush": False}
    scale = time_scale(first, last)
    return {"field": field, "type": "temporal", "scale": scale, "axis": axis, "bandPosition": 0}


def _box(row: Row, bottom: str, top: str) -> dict[str, Any]:
    look = PLANS[row["plan"]]
    room = max((days(top) - days(bottom)) // 9, 30)
    low, high = row["lower"], row["upper"]
    openness = "up" if high is None else "down" if low is None else ""
    low = low or datetime.date.fromordinal(days(high) - room).isoformat()
    high = high or datetime.date.fromordinal(days(low) + room).isoformat()
    by = f" by {row['by']}" if row["by"] else ""
    moved = f", moved by {row['moved']}" if row["moved"] else ""
    return {
        "table": row["table"],
        "record": row["record"],
        "plan": row["plan"],
        "from": row["said_lower"] or row["said_upper"],
        "to": after(row["said_upper"]),
        "at": row["said_upper"],
        "low": low,
        "high": after(high),
        "open": openness,
        "stroke": look.stroke,
        "about": f"Stated {row['said']}{by}: {row['plan']} {row['planned']}{moved} "
        f"({row['sources'][0]}, {row['locator']})",
    }


def _boxes(boxes: Sequence[dict[str, Any]], x: Spec, y: Spec, plans: set[str]) -> Iterator[Spec]:
    frame = {"type": "rect", "fillOpacity": 0.15, "strokeOpacity": 0.85}
    colour = {"field": "stroke", "type": "nominal", "scale": None}
    place = {"x": x, "x2": {"field": "to"}, "y": y, "y2": {"field": "high"}}
    yield {
        "data": values(boxes),
        "mark": {**frame, "strokeWidth": 1.5, "strokeJoin": "round", "clip": True},
        "encoding": {**place, "fill": colour, "stroke": colour, **told()},
    }
    # What the legend names stands at both ends of the plan, or at its only one.
    caps = [
        {**box, "low": box[end]}
        for box in boxes
        for end in ("low", "high")
        if box["open"] != {"low": "down", "high": "up"}[end]
    ]
    dot = {"type": "point", "size": 26, "strokeWidth": 1.2, "opacity": 1, "clip": True}
    yield {
        "data": values(caps),
        "mark": {**dot, **SILENT},
        "encoding": {"x": {**x, "field": "at"}, "y": y, **looks("plan", PLANS, plans)},
    }
    for side, end in (("up", "high"), ("down", "low")):
        if arrows := [{**box, "low": box[end]} for box in boxes if box["open"] == side]:
            arrow = {"type": "point", "shape": f"triangle-{side}", "size": 55, "filled": True}
            yield {
                "data": values(arrows),
                "mark": {**arrow, "opacity": 1, "clip": True, **SILENT},
                "encoding": {"x": {**x, "field": "at"}, "y": y, "color": colour},
            }


def _steps(
    found: Slips, x: Spec, y: Spec, right: str, facts: dict[str, UncertainDate]
) -> Iterator[Spec]:
    """Yield the layer of the plans that stood, each from its statement to the next one."""
    steps = []
    fields = dict.fromkeys(one.field for one in found.statements)
    for field in fields:
        standing = [*_standing(one for one in found.statements if one.field == field)]
        fact = facts.get(field.replace("_", " "))
        end = fact.lower.isoformat() if fact and fact.lower else right
        ends = [one.said.upper.isoformat() for one in standing[1:] if one.said and one.said.upper]
        # Where no plan stood, the end stands alone.
        for one, until in zip(standing, [*ends, end], strict=False):
            low, high = one.planned.lower, one.planned.upper
            if low and high and one.said and one.said.upper:
                begin = one.said.upper.isoformat()
                span = {"from": begin, "to": max(begin, until), "low": low.isoformat()}
                pale = _PALE.get(field.replace("_", " "), "$pale-purple")
                steps.append({**span, "high": after(high.isoformat()), "fill": pale})
    if steps:
        fill = {"field": "fill", "type": "nominal", "scale": None}
        place = {"x": x, "x2": {"field": "to"}, "y": y, "y2": {"field": "high"}}
        yield {
            "data": values(steps),
            "mark": {"type": "rect", "fillOpacity": 0.45, "clip": True, **SILENT},
            "encoding": {**place, "fill": fill},
        }


def _standing(statements: Iterator[PlannedDate]) -> Iterator[PlannedDate]:
    """Yield the statements that set the plan: the first, and each that moved or sharpened it."""
    stood: PlannedDate | None = None
    for one in statements:
        if not (one.said and one.said.upper and one.planned.is_known):
            continue
        if stood is None or one.moved or one.planned.is_more_precise_than(stood.planned):
            stood = one
            yield one


def _diagonal(x: Spec, y: Spec, across: tuple[str, str], upwards: tuple[str, str]) -> Spec:
    """Return the line on which the plan is for the day of the statement."""
    first, last = max(across[0], upwards[0]), min(across[1], upwards[1])
    ends = [{"from": day, "low": day} for day in (first, last)] if first < last else []
    line = {"type": "line", "color": "$muted", "strokeDash": [3, 3], "strokeWidth": 1}
    return {
        "data": values(ends),
        "mark": {**line, "clip": True, **SILENT},
        "encoding": {"x": x, "y": y},
    }


def _facts(
    facts: dict[str, UncertainDate], x: Spec, y: Spec, left: str, right: str
) -> Iterator[Spec]:
    """Yield the layers of what happened in fact: a line, and the day in words."""
    lines = [
        {
            "from": left,
            "to": right,
            "low": day.lower.isoformat(),
            "says": f"{_HAPPENED.get(plan, 'happened')} {day.text[:10]}",
            "dx": 4 + 130 * place,
        }
        for place, (plan, day) in enumerate(facts.items())
        if day.lower
    ]
    if not lines:
        return
    yield {
        "data": values(lines),
        "mark": {"type": "rule", "color": "$ink", "strokeWidth": 1.2, **SILENT},
        "encoding": {"x": x, "x2": {"field": "to"}, "y": y},
    }
    text = {"type": "text", "align": "left", "dy": -6, "fontSize": 11, "color": "$ink"}
    yield {
        "data": values(lines),
        "mark": {**text, "dx": {"expr": "datum.dx"}, **SILENT},
        "encoding": {"x": x, "y": y, "text": {"field": "says", "type": "nominal"}},
    }
