"""The tables and their keys as one picture: an inline SVG in the colours of the page.

Laid out by the references alone: what only refers stands on the left, what is only referred to on
the right. The lines of a table stand out while it is pointed at or has the focus (see `extra.css`).
"""

from collections.abc import Mapping
from html import escape

from lunarprogrammes import tables
from lunarprogrammes.tables import Table

_WIDTH, _BOX, _HIGH, _GAP, _TOP = 720, 170, 38, 16, 10
_ANY = " → any table"
_COLUMNS = (0, (_WIDTH - _BOX) // 2, _WIDTH - _BOX)


def diagram() -> str:
    """Return the picture with a text that says what it shows; each box links to its page."""
    found = tables.all_tables()
    targets = {name: _targets(name, table) for name, table in found.items()}
    places = _places(targets)
    height = max(y for _, y in places.values()) + _HIGH + _TOP
    # Drawn from left to right, so that boxes cover the lines that pass behind them.
    order = sorted(found, key=lambda name: places[name])
    boxes = "\n".join(_table(found[name], targets[name], places) for name in order)
    said = f"{len(found)} tables and the references between them, told in words below."
    return (
        f'<figure markdown="0" class="tables-diagram">\n<svg viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" role="group" aria-label="{said}" font-size="13">\n'
        '<defs><marker id="to" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>'
        f"\n{boxes}\n</svg>\n<figcaption>{said}</figcaption>\n</figure>\n"
    )


def _targets(name: str, table: Table) -> dict[str, list[str]]:
    """Return the fields by which a table refers to each other table."""
    found: dict[str, list[str]] = {}
    for key, field in table.facts.items():
        for target in field.references:
            if target != name:
                found.setdefault(target, []).append(key)
    return found


def _places(targets: Mapping[str, Mapping[str, object]]) -> dict[str, tuple[int, int]]:
    """Return the corner of each table's box."""
    wanted = {target for of in targets.values() for target in of}
    columns: tuple[list[str], ...] = ([], [], [])
    for name, of in targets.items():
        refers = of or _ANY in _keys(tables.get(name))
        columns[0 if name not in wanted and refers else 1 if len(of) > 1 else 2].append(name)
    longest = max(map(len, columns))
    step = _HIGH + _GAP
    return {
        name: (
            _COLUMNS[at],
            round(_TOP + (place + 0.5) * step * longest / len(column) - step / 2),
        )
        for at, column in enumerate(columns)
        for place, name in enumerate(column)
    }


def _table(
    table: Table, targets: Mapping[str, list[str]], places: Mapping[str, tuple[int, int]]
) -> str:
    x, y = places[table.name]
    lines = "".join(
        f'<path d="{_curve((x, y), places[target])}"><title>{table.name}: '
        f"{escape(', '.join(fields))} → {target}</title></path>"
        for target, fields in targets.items()
    )
    key = _keys(table)
    return (
        f'<g>{lines}<a href="{table.name}.html"><rect x="{x}" y="{y}" width="{_BOX}" '
        f'height="{_HIGH}" rx="3"/><text x="{x + 8}" y="{y + 16}" font-weight="700">{table.name}'
        f'</text><text x="{x + 8}" y="{y + 31}" font-size="11">{key}</text></a></g>'
    )


def _keys(table: Table) -> str:
    """Return the key of a table in words, and whether it points at records of any table."""
    points = any(field.kind == "record" and field.required for field in table.facts.values())
    return ", ".join(table.key) + (_ANY if points else "")


def _curve(start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return a line from one box to another, leaving and entering at the sides that face."""
    (x, y), (to_x, to_y) = start, end
    y, to_y = y + _HIGH // 2, to_y + _HIGH // 2
    if x == to_x:
        # Within a column the line bows out on the right.
        edge = x + _BOX
        bow = edge + 24 if edge < _WIDTH else x - 24
        edge = edge if edge < _WIDTH else x
        return f"M{edge} {y}C{bow} {y} {bow} {to_y} {edge} {to_y}"
    x, to_x = (x + _BOX, to_x) if x < to_x else (x, to_x + _BOX)
    middle = (x + to_x) // 2
    return f"M{x} {y}C{middle} {y} {middle} {to_y} {to_x} {to_y}"
