"""How full every field is: a cell of the picture for each field of each table.

The figures are those of `completeness`. From a perspective other than the edition's own only the
share of filled cells is shown: the ledger's verdicts are those of the whole edition.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from lunarprogrammes import tables
from lunarprogrammes.completeness import Completeness, FieldCoverage
from lunarprogrammes.perspective import Perspective
from lunarprogrammes.plot._evidence import listed
from lunarprogrammes.plot._marks import SILENT, Spec, choice, told, values
from lunarprogrammes.plot.picture import Picture, Row
from lunarprogrammes.plot.theme import config

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

_STEPS = ("none", "under 20 %", "20 to 39 %", "40 to 59 %", "60 to 79 %", "80 % and more")
_COLUMNS, _CELL, _ROW = 7, 142, 22
_COUNTED = (
    "Each cell is one field of one table. Its shade and its figure are the share of records in "
    "which a document that was read states a value. A field may be empty because nothing can fill "
    "it, such as the landing date of an orbiter. Two sources means that two documents speak of a "
    "cell of which neither repeats the other; contested, that they contradict each other; both are "
    "shares of the filled cells."
)
_MEASURES = {"filled": "filled", "two sources": "two", "contested": "contested"}


def coverage(moon: "Dataset") -> Picture:
    """Return the heat map of all fields of all tables of facts."""
    own = moon.perspective == Perspective()
    found = [*Completeness(moon).fields()] if own else [*_filled(moon)]
    rows = [_row(one, own=own) for one in found]
    filled, cells = sum(one.filled for one in found), sum(one.rows for one in found)
    full = [f"{row['table']}.{row['field']}" for row in rows if row["filled_share"] == 100]
    empty = sum(row["filled"] == 0 for row in rows)
    two = sum(one.with_two for one in found)
    text = (
        f"{len(rows)} fields of {len({one.table for one in found})} tables, {cells:,} cells, of "
        f"which {filled:,} are filled ({_share(filled, cells)} %)"
    )
    text += f", {_share(two, filled)} % of these by two sources or more." if own else "."
    text += f" {len(full)} fields are filled in every record, {empty} in none."
    if rows:
        thin = sorted(rows, key=lambda row: (row["filled_share"], row["table"], row["field"]))
        names = listed(f"{row['table']}.{row['field']}" for row in thin if row["filled"])
        text += f" Emptiest but not empty: {names.split(',')[0]}." if names else ""
    return Picture.of(
        moon,
        name="coverage",
        title="How full every field is",
        text=text,
        counted=_COUNTED,
        rows=rows,
        spec=_spec(rows, own=own, moving=False),
        moving=_spec(rows, own=own, moving=True),
        hint="The figure: records in which the field is filled, in per cent.",
    )


def _filled(moon: "Dataset") -> list[FieldCoverage]:
    found = []
    for name, table in tables.all_tables().items():
        if name in {"sources", "claims"}:
            continue
        rows = moon.table(name).rows()
        for field in table.facts:
            if field not in table.key:
                number = sum(bool(row[field]) for row in rows)
                found.append(FieldCoverage(name, field, len(rows), number, 0, 0))
    return found


def _row(one: FieldCoverage, *, own: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "table": one.table,
        "field": one.field,
        "records": one.rows,
        "filled": one.filled,
        "filled_share": _share(one.filled, one.rows),
    }
    if own:
        row |= {
            "with_two": one.with_two,
            "two_share": _share(one.with_two, one.filled),
            "contested": one.contested,
            "contested_share": _share(one.contested, one.filled),
        }
    return row


def _share(part: int, whole: int) -> float:
    """Return a share in per cent with one decimal; 0 and 100 mean none and all."""
    if not part or not whole:
        return 0.0
    return 100.0 if part == whole else min(max(round(100 * part / whole, 1), 0.1), 99.9)


def _step(share: float) -> str:
    return _STEPS[0] if not share else _STEPS[min(int(share // 20), 4) + 1]


def _short(share: float) -> str:
    """Return a share for a cell: whole per cents, but never none for some, nor all for most."""
    if 0 < share < 1:
        return "<1"
    return ">99" if 99 < share < 100 else f"{share:.0f}"


def _spec(rows: Sequence[Row], *, own: bool, moving: bool) -> Spec:
    cells, heads, height = _cells(rows, own=own)
    measure = "measure" if moving and own else "'filled'"
    calculate = [
        {"calculate": f"datum[{measure} + ' step']", "as": "step"},
        {"calculate": f"datum.field + '  ' + datum[{measure} + ' text'] + ' %'", "as": "says"},
        {"calculate": f"indexof(['{_STEPS[4]}', '{_STEPS[5]}'], datum.step) >= 0", "as": "strong"},
    ]
    steps = [f"$step-{number}" for number in range(len(_STEPS))]
    legend = {"title": None, "columns": 6, "symbolType": "square", "symbolStrokeColor": "$muted"}
    fill = {
        "field": "step",
        "type": "nominal",
        "scale": {"domain": [*_STEPS], "range": steps},
        "legend": legend | {"symbolSize": 160, "symbolStrokeWidth": 1},
    }
    x = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, _COLUMNS]}}
    scale = {"domain": [0, height], "reverse": True, "nice": False}
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": scale}
    place = {"x": x, "y": y, "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    box = {"type": "rect", "stroke": "$paper", "strokeWidth": 2}
    text = {"type": "text", "align": "left", "baseline": "middle", "dx": 5, "dy": 11, **SILENT}
    says = {"text": {"field": "says", "type": "nominal"}}
    dark = {"condition": {"test": "datum.strong", "value": "$on-strong"}, "value": "$on-pale"}
    head = {**text, "fontSize": 12, "fontWeight": "bold", "color": "$ink", "dx": 0}
    spec: Spec = {
        "width": _COLUMNS * _CELL,
        "height": height * _ROW,
        "layer": [
            {
                "data": values(cells),
                "transform": calculate,
                "mark": box,
                "encoding": {**place, "fill": fill, **told()},
            },
            {
                "data": values(cells),
                "transform": calculate,
                "mark": {**text, "fontSize": 9.5, "limit": _CELL - 8},
                "encoding": {"x": x, "y": y, "color": dark, **says},
            },
            {"data": values(heads), "mark": head, "encoding": {"x": x, "y": y, **says}},
        ],
        "config": config(),
    }
    if moving and own:
        spec["params"] = [choice("measure", "Share of cells ", [*_MEASURES])]
    return spec


def _cells(
    rows: Sequence[Row], *, own: bool
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], float]:
    """Return a mark for each field, the heading of each table, and how many lines there are."""
    cells, heads = [], []
    top = 0.0
    for table, fields in groupby(rows, key=lambda row: row["table"]):
        of_table = list(fields)
        number = f"{of_table[0]['records']:,}"
        heads.append({"x": 0, "y": top, "says": f"{table} ({number} records)"})
        top += 1
        for place, row in enumerate(of_table):
            line, column = divmod(place, _COLUMNS)
            shares = {name: row.get(f"{key}_share", 0) for name, key in _MEASURES.items()}
            mark = {
                "table": row["table"],
                "field": row["field"],
                "x": column,
                "x2": column + 1,
                "about": _about(row, own),
            }
            mark |= {"y": top + line, "y2": top + line + 1, **shares}
            mark |= {f"{name} text": _short(share) for name, share in shares.items()}
            cells.append(mark | {f"{name} step": _step(share) for name, share in shares.items()})
        top += -(-len(of_table) // _COLUMNS) + 0.4
    return cells, heads, top


def _about(row: Row, own: bool) -> str:  # noqa: FBT001
    said = f"{row['table']}.{row['field']}: filled in {row['filled']:,} of {row['records']:,}"
    if not own:
        return f"{said} records ({row['filled_share']} %)"
    return (
        f"{said} records ({row['filled_share']} %), two sources {row['two_share']} %, "
        f"contested {row['contested_share']} %"
    )
