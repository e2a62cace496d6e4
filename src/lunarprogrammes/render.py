"""How views look: aligned tables on a terminal, clean CSV and JSON in pipes, HTML in notebooks.

Turns rows into text and never reads or decides anything.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset
    from lunarprogrammes.view import View

_HTML_ROWS = 50


def width_of(text: str) -> int:
    """Return the number of terminal columns that a text takes; Chinese characters take two."""
    return sum(
        2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
        if not unicodedata.combining(letter)
    )


def shorten(text: str, width: int) -> str:
    """Return a text cut to a width, with an ellipsis where something was cut.

    >>> shorten("Chinese Lunar Exploration Program", 12)
    'Chinese Lun…'
    """
    if width_of(text) <= width:
        return text
    kept = ""
    for letter in text:
        if width_of(kept + letter) > width - 1:
            break
        kept += letter
    return kept + "…"


def text_table(columns: Sequence[str], rows: Iterable[Mapping[str, str]], width: int) -> str:
    """Return rows as an aligned table no wider than `width`; wide columns give way first."""
    listed = [[row.get(name) or "" for name in columns] for row in rows]
    widths = [
        max([width_of(name), *(width_of(line[place]) for line in listed)])
        for place, name in enumerate(columns)
    ]
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    lines = [list(columns), ["─" * size for size in widths], *listed]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    shown = (shorten(cell, size) for cell, size in zip(cells, widths, strict=True))
    padded = (
        cell + " " * (size - width_of(cell)) for cell, size in zip(shown, widths, strict=True)
    )
    return "  ".join(padded).rstrip()


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Return rows as CSV with LF line ends."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(name) or "" for name in columns] for row in rows)
    return out.getvalue().removesuffix("\n")


def json_text(value: Any) -> str:
    """Return JSON as people read it: indented, UTF-8."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=2)


def filled_columns(view: "View[Any]") -> list[str]:
    """Return the columns of a view that hold anything."""
    return [name for name in view.columns if any(row[name] for row in view.rows())]


def html_table(view: "View[Any]") -> str:
    """Return a view as an HTML table of its filled columns, the first rows of it."""
    import html

    columns = filled_columns(view)
    head = "".join(f"<th>{html.escape(name)}</th>" for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(row[name])}</td>" for name in columns) + "</tr>"
        for row in view.rows()[:_HTML_ROWS]
    )
    more = len(view) - _HTML_ROWS
    foot = f"<p>… and {more} more</p>" if more > 0 else ""
    caption = f"<caption>{len(view)} {html.escape(view.table.name)}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{foot}"


def html_overview(dataset: "Dataset") -> str:
    """Return what an edition holds as an HTML table."""
    import html

    from lunarprogrammes.tables import all_tables

    rows = "".join(
        f"<tr><td>{name}</td><td>{len(dataset.table(name))}</td>"
        f"<td>{html.escape(table.meaning)}</td></tr>"
        for name, table in all_tables().items()
    )
    return f"<p><b>{html.escape(repr(dataset)[1:-1])}</b></p><table>{rows}</table>"
