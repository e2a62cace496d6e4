"""Who takes part in which programme: programmes in the middle, partners on both sides.

A line is a row of the table `partners`. States and bodies of states stand on the left, companies
and institutions on the right, each at the mean height of its programmes, so that
few lines cross.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lunarprogrammes.plot._evidence import evidence, listed, name_of, times
from lunarprogrammes.plot._marks import SILENT, Spec, choice, told, values
from lunarprogrammes.plot.picture import Picture, Row
from lunarprogrammes.plot.theme import config
from lunarprogrammes.tables import get

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

# How a partner stands, from the closest on: the colour of the line and its dashes.
_STANDINGS: Mapping[str, tuple[str, tuple[int, int]]] = {
    "leads": ("$ink", (1, 0)),
    "signed or active": ("$blue", (1, 0)),
    "said to have agreed": ("$orange", (6, 3)),
    "standing not stated": ("$muted", (2, 3)),
    "invited or intending": ("$green", (8, 2)),
    "not a member": ("$vermillion", (2, 2)),
}
_OF_STATUS = {
    "signed": "signed or active",
    "active": "signed or active",
    "inactive": "signed or active",
    "agreed": "said to have agreed",
    "": "standing not stated",
    "intended": "invited or intending",
    "invited": "invited or intending",
}
_LEFT = {"state", "intergovernmental"}
_WIDTH, _ROW, _ALL = 760, 13, "all programmes"
_COUNTED = (
    "Each line is one place in a programme: a row of the table partners, coloured and dashed by "
    "how the partner stands by the latest that was read. States and bodies of states are on the "
    "left, companies, institutions and others on the right. An agency that has a place of its own "
    "stands beside its state. Suppliers are partners here where sources name them so."
)


def partners(moon: "Dataset", programme: str | None = None) -> Picture:
    """Return the network of all partners, or that of a programme and its parts.

    Raises `UnknownRecord` if there is no programme of that id.
    """
    view = moon.partners.where(programme=programme) if programme else moon.partners
    key = get("partners").record_id
    rows = [_row(moon, key(row), row) for row in view.rows()]
    of = f" of {name_of(moon, 'programmes', programme)}" if programme else ""
    return Picture.of(
        moon,
        name="partners",
        title=f"Partners{of or ' of the programmes'}",
        text=_text(rows, of),
        counted=_COUNTED,
        rows=rows,
        spec=_spec(rows, moving=False),
        moving=_spec(rows, moving=True),
        hint="Left: states and bodies of states. Right: companies, institutions and others.",
    )


def _row(moon: "Dataset", record: str, row: Mapping[str, str]) -> dict[str, Any]:
    leads = row["role"] in {"lead", "co-founder"}
    standing = "leads" if leads else _OF_STATUS.get(row["status"], "not a member")
    return {
        "table": "partners",
        "record": record,
        "actor": row["partner"],
        "name": name_of(moon, "actors", row["partner"]),
        "programme": name_of(moon, "programmes", row["programme"]),
        "level": row["level"] or "level not stated",
        "role": row["role"],
        "status": row["status"],
        "standing": standing,
        "joined": row["joined"],
        "left": row["left"],
        **evidence(moon, "partners", record, "role", "status"),
    }


def _text(rows: Sequence[Row], of: str) -> str:
    sizes = Counter(row["programme"] for row in rows)
    most = listed(f"{name} {number}" for name, number in _ranked(sizes)[:4])
    actors: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        actors[row["name"]].add(row["programme"])
    many = {name: len(found) for name, found in actors.items() if len(found) > 2}
    said = (
        f"{times(len(rows), 'place')}{of} of {times(len(actors), 'partner')} in "
        f"{times(len(sizes), 'programme')}: {most}."
    )
    if many:
        ranked = listed(f"{name} {number}" for name, number in _ranked(many))
        said += f" In more than two programmes: {ranked}."
    return said


def _ranked(sizes: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(sizes.items(), key=lambda one: (-one[1], one[0]))


def _heights(rows: Sequence[Row]) -> tuple[dict[str, float], dict[str, float], float]:
    """Return the height of each programme and of each partner, and how tall the picture is."""
    sizes = Counter(row["programme"] for row in rows)
    # Big programmes alternate between top and bottom, so that their lines part.
    ranked = [name for name, _ in _ranked(sizes)]
    order = [*ranked[::2], *ranked[1::2][::-1]]
    columns = [
        {row["name"] for row in rows if (row["level"] in _LEFT) is side} for side in (True, False)
    ]
    # One who has places at two levels stands on the left.
    columns[1] -= columns[0]
    tall = float(max([*map(len, columns), 2 * len(order), 2]))
    shares = [sizes[name] ** 0.5 for name in order]
    heights: dict[str, float] = {}
    top = 0.0
    for name, share in zip(order, shares, strict=True):
        heights[name] = top + tall * share / sum(shares) / 2
        top += tall * share / sum(shares)
    places: dict[str, float] = {}
    for column in columns:
        means = {
            name: sum(heights[row["programme"]] for row in rows if row["name"] == name)
            / sum(row["name"] == name for row in rows)
            for name in column
        }
        sorted_names = sorted(column, key=lambda name: (means[name], name))
        step = tall / max(len(column), 1)
        places |= {name: (place + 0.5) * step for place, name in enumerate(sorted_names)}
    return heights, places, tall


def _spec(rows: Sequence[Row], *, moving: bool) -> Spec:
    heights, places, tall = _heights(rows)
    left = {row["name"] for row in rows if row["level"] in _LEFT}
    lines: list[dict[str, Any]] = [
        {
            "table": "actors",
            "record": row["actor"],
            "standing": row["standing"],
            "programme": row["programme"],
            "x": 0.0 if row["name"] in left else 1.0,
            "x2": 0.5,
            "y": places[row["name"]],
            "y2": heights[row["programme"]],
            "about": _about(row),
        }
        for row in rows
    ]
    x = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, 1]}}
    y = {
        "field": "y",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, tall], "reverse": True, "nice": False},
    }
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    layers = [
        {
            "data": values(lines),
            "mark": {"type": "rule", "strokeWidth": 1.4},
            "encoding": {"x": x, "y": y, **ends, **_looks(rows, moving=moving), **told()},
        },
        *_titles(heights, places, left, x, y),
    ]
    spec: Spec = {"width": _WIDTH, "height": tall * _ROW, "layer": layers, "config": config()}
    if moving:
        spec["params"] = [choice("programme", "Programme ", [_ALL, *sorted(heights)])]
    return spec


def _looks(rows: Sequence[Row], *, moving: bool) -> Spec:
    """Return the channels that draw a line by how the partner stands."""
    shown = f"programme == '{_ALL}' || datum.programme == programme"
    opacity: Spec = {"value": 0.75}
    if moving:
        opacity = {"condition": {"test": shown, "value": 0.85}, "value": 0.06}
    used = [name for name in _STANDINGS if any(row["standing"] == name for row in rows)]
    legend: Spec = {"title": None, "columns": 3, "symbolType": "stroke", "symbolSize": 300}
    legend |= {"symbolStrokeWidth": 2.5, "symbolOpacity": 1}
    colour = {
        "field": "standing",
        "type": "nominal",
        "scale": {"domain": used, "range": [_STANDINGS[name][0] for name in used]},
        "legend": legend if used else None,
    }
    dash = {**colour, "scale": {"domain": used, "range": [[*_STANDINGS[name][1]] for name in used]}}
    return {"color": colour, "strokeDash": dash, "opacity": opacity}


def _titles(
    heights: Mapping[str, float], places: Mapping[str, float], left: set[str], x: Spec, y: Spec
) -> list[Spec]:
    """Return the layers of the names of programmes and of partners."""
    middle: list[dict[str, Any]] = [
        {"x": 0.5, "y": height, "says": name} for name, height in heights.items()
    ]
    text = {"field": "says", "type": "nominal"}
    base = {"type": "text", "fontSize": 10, "color": "$ink", "baseline": "middle", **SILENT}
    # A paper-coloured edge keeps the name readable upon the lines.
    bold = {**base, "fontSize": 12, "fontWeight": "bold", "align": "center"}
    edge = {**bold, "stroke": "$paper", "strokeWidth": 4, "strokeJoin": "round"}
    encoding = {"x": x, "y": y, "text": text}
    layers: list[Spec] = [
        {"data": values(middle), "mark": mark, "encoding": encoding} for mark in (edge, bold)
    ]
    for side, align, away in ((0.0, "right", -6), (1.0, "left", 6)):
        names: list[dict[str, Any]] = [
            {"x": side, "y": height, "says": name}
            for name, height in places.items()
            if (name in left) is (side == 0.0)
        ]
        mark = {**base, "align": align, "dx": away}
        layers.append({"data": values(names), "mark": mark, "encoding": encoding})
    return layers


def _about(row: Row) -> str:
    role = f", {row['role']}" if row["role"] else ""
    status = f", {row['status']}" if row["status"] else ""
    contested = ", contested" if row["verdict"] == "contested" else ""
    return f"{row['name']} in {row['programme']}: {row['level']}{role}{status}{contested}"
