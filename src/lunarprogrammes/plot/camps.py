"""How both camps grew: the number of states on every day, and below it when each state joined."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lunarprogrammes.camps import ARTEMIS, BOTH, CAMPS, ILRS, Camps, Membership
from lunarprogrammes.plot._evidence import bounds, evidence, is_point, today
from lunarprogrammes.plot._marks import (
    SILENT,
    Look,
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
from lunarprogrammes.plot.theme import config

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

TITLES = {ARTEMIS: "Artemis Accords", ILRS: "ILRS", BOTH: "in both"}
COLOURS = {ARTEMIS: "blue", ILRS: "vermillion", BOTH: "purple"}
_DASHES = {ARTEMIS: [1, 0], ILRS: [7, 4], BOTH: [2, 3]}
LOOKS = {
    TITLES[ARTEMIS]: Look("blue", "circle"),
    TITLES[ILRS]: Look("vermillion", "diamond"),
    "ILRS, only said to have agreed": Look("vermillion", "diamond", filled=False),
}
_WIDTH, _HEIGHT, _ROW = 760, 260, 12
_START = "2020-07-01"
_COUNTED = (
    f"{CAMPS[ARTEMIS].title}: {CAMPS[ARTEMIS].says} {CAMPS[ILRS].title}: {CAMPS[ILRS].says} The "
    "lines count states alone; the pale band reaches from those that certainly belonged on a day "
    "to those that possibly did. Below, a mark is the day on which a state joined, a bar the time "
    "within which it did where no source gives the day: from the opening of the camp to the first "
    "document that shows the membership."
)


def camps(moon: "Dataset") -> Picture:
    """Return the picture of both camps over time, states alone."""
    found = moon.camps()
    day = today(moon)
    members = _in_order(found, day)
    rows = [row_of(moon, one) for one in members]
    last = {camp: found.tally(day, camp=camp) for camp in TITLES}
    said = ", ".join(f"{TITLES[camp]} {tally}" for camp, tally in last.items())
    return Picture.of(
        moon,
        name="camps",
        title="The two camps over time",
        text=f"On {day} states stood with each camp as follows: {said}. {_growth(found, day)}",
        counted=_COUNTED,
        rows=rows,
        spec=_spec(found, rows, day, moving=False),
        moving=_spec(found, rows, day, moving=True),
        hint="Band: states that possibly belonged. Bar: joined at some time within it.",
    )


def _in_order(found: Camps, day: datetime.date) -> list[Membership]:
    def key(one: Membership) -> tuple[str, str, str]:
        since = one.since
        first = since.upper if since and since.upper else datetime.date.max
        return (one.camp, first.isoformat(), one.name)

    return sorted(found.on(day), key=key)


def row_of(moon: "Dataset", one: Membership) -> dict[str, Any]:
    """Return the row of a membership."""
    table, _, record = one.record.partition("/")
    since = one.since.text if one.since else ""
    field = CAMPS[one.camp].since if one.dated else CAMPS[one.camp].term
    return {
        "table": table,
        "record": record,
        "actor": one.actor,
        "name": one.name,
        "camp": TITLES[one.camp],
        "standing": one.standing,
        "certain": one.certain,
        "since": since,
        "dated": one.dated,
        **bounds(since),
        "opened": one.opened and one.opened.isoformat(),
        **evidence(moon, table, record, field),
    }


def _growth(found: Camps, day: datetime.date) -> str:
    ends = [datetime.date(year, 12, 31) for year in range(2020, day.year)]
    counted = [
        f"{end.year}: {found.tally(end, camp=ARTEMIS)} and {found.tally(end, camp=ILRS)}"
        for end in ends
    ]
    if not counted:
        return ""
    return f"Artemis Accords and ILRS at the end of each year: {'; '.join(counted)}."


def _spec(found: Camps, rows: Sequence[Row], day: datetime.date, *, moving: bool) -> Spec:
    end = (day + datetime.timedelta(days=31)).isoformat()
    scale = time_scale(_START, end, moving=moving)
    axis = {"title": None, "format": "%Y", "tickCount": {"interval": "year", "step": 1}}
    x = {"field": "from", "type": "temporal", "scale": scale, "axis": axis}
    panels = [_lines(found, x, day), _joining(rows, x, day)]
    spec = {"vconcat": panels, "spacing": 26, "config": config()}
    return {**spec, "params": year_sliders(2020, day.year + 1)} if moving else spec


def _lines(found: Camps, x: Spec, day: datetime.date) -> Spec:
    counted = [*found.over_time(_days(found, day))]
    series = [
        {
            "from": end.isoformat(),
            "camp": TITLES[camp],
            "least": tallies[camp].least,
            "most": tallies[camp].most,
        }
        for end, tallies in counted
        for camp in TITLES
    ]
    ends = [
        {**one, "says": f"{one['camp']} {tally}"}
        for one, tally in zip(series[-3:], counted[-1][1].values(), strict=True)
    ]
    y = {"field": "least", "type": "quantitative", "axis": {"title": "States", "tickCount": 8}}
    titles = [*TITLES.values()]
    scale = {"domain": titles, "range": [f"${COLOURS[camp]}" for camp in TITLES]}
    colour = {"field": "camp", "type": "nominal", "legend": None, "scale": scale}
    dash = {**colour, "scale": {"domain": titles, "range": [*_DASHES.values()]}}
    step = {"interpolate": "step-after", "clip": True, **SILENT}
    band = {"type": "area", "opacity": 0.25, **step}
    text = {"type": "text", "align": "left", "dx": 6, "fontSize": 12, **SILENT}
    at_end = {"x": x, "y": y, "color": colour, "text": {"field": "says", "type": "nominal"}}
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "layer": [
            {
                "data": values(series),
                "mark": band,
                "encoding": {"x": x, "y": y, "y2": {"field": "most"}, "color": colour},
            },
            {
                "data": values(series),
                "mark": {"type": "line", "strokeWidth": 2.4, **step},
                "encoding": {"x": x, "y": y, "color": colour, "strokeDash": dash},
            },
            {"data": values(ends), "mark": text, "encoding": at_end},
        ],
    }


def _days(found: Camps, day: datetime.date) -> list[datetime.date]:
    """Return the days on which a number may change, the last day included."""
    moments = {datetime.date.fromisoformat(_START), day}
    for one in found.memberships:
        for date in (one.since, one.until):
            if date and one.level == "state":
                moments |= {end for end in (date.lower, date.upper) if end}
    return sorted(moment for moment in moments if moment <= day)


def _joining(rows: Sequence[Row], x: Spec, day: datetime.date) -> Spec:
    marks = [_mark(row, place, day) for place, row in enumerate(rows)]
    axis = lane_axis({place: row["name"] for place, row in enumerate(rows)})
    axis |= {"labelFontSize": 10}
    y = {"field": "y", "type": "quantitative", "scale": lane_scale(len(rows)), "axis": axis}
    points = [mark for mark in marks if mark["shown"] == "point"]
    legend = looks("kind", LOOKS, {mark["kind"] for mark in marks})
    dot = {"type": "point", "size": 46, "strokeWidth": 1.5, "opacity": 1, "clip": True}
    stripes = [(place - 0.5, place + 0.5) for place in range(0, len(rows), 2)]
    return {
        "width": _WIDTH,
        "height": max(len(rows) + 1, 2) * _ROW,
        "layer": [
            bands(stripes, y),
            *bars([mark for mark in marks if mark["shown"] == "range"], x, y),
            {
                "data": values(points),
                "mark": dot,
                "encoding": {"x": x, "y": y, **legend, **told()},
            },
        ],
    }


def _mark(row: Row, place: int, day: datetime.date) -> dict[str, Any]:
    kind = row["camp"] if row["certain"] else "ILRS, only said to have agreed"
    look = LOOKS[kind]
    when = f"since {row['since']}" if row["dated"] else f"by {row['upper'] or 'an unknown day'}"
    contested = ", contested" if row["verdict"] == "contested" else ""
    mark = {
        "record": row["actor"],
        "table": "actors",
        "kind": kind,
        "y": place,
        "about": f"{row['name']}: {kind}, {when}{contested}",
    }
    if row["since"] and is_point(row["since"]):
        return {**mark, "shown": "point", "from": row["lower"]}
    # Nobody belonged before the camp was opened: no side of the bar is open.
    span = drawn(
        row["lower"] or row["opened"] or _START, row["upper"] or day.isoformat(), day.year + 2
    )
    return {**mark, "shown": "range", **span, "fill": look.fill, "stroke": look.stroke}
