"""A picture in a browser: the piece of HTML that lives, the script that wakes it, its own page.

The script is `living.js` with Vega, so that no page asks another site for anything; it weighs
0.9 MB and is the same for all pictures. Without scripts a page shows the still picture and the
table.
"""

import json
from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from lunarprogrammes.plot.theme import CSS, FONT, coloured, style_sheet

if TYPE_CHECKING:
    from lunarprogrammes.plot.picture import Picture


def _text(name: str) -> str:
    return resources.files("lunarprogrammes.plot").joinpath(name).read_text("utf-8")


def script() -> str:
    """Return the script that wakes every picture of a page. Needs the extra `plot`."""
    from lunarprogrammes.plot._drawing import runtime

    style = json.dumps(style_sheet() + _text("living.css"))
    return runtime(_text("living.js").replace("STYLE;", f"{style};"))


def figure(picture: "Picture") -> str:
    """Return the HTML of a picture that the script wakes, in one line each of tag and data."""
    spec = {"description": picture.text, **(picture.moving or picture.spec)}
    data = json.dumps(coloured(spec, CSS), ensure_ascii=False, separators=(",", ":"))
    # Within a script nothing but its end tag has a meaning.
    data = data.replace("</", "<\\/")
    label = escape(f"{picture.title}, interactive")
    return (
        f'<figure class="lp-picture" id="{picture.name}">\n'
        '<div class="lp-controls"></div>\n'
        f'<div class="lp-live" role="region" tabindex="0" aria-label="{label}"></div>\n'
        f'<script type="application/json">{data}</script>\n'
        "</figure>\n"
    )


def standalone(picture: "Picture") -> str:
    """Return a page that holds the picture, its words and its rows, and needs no network."""
    columns = list(dict.fromkeys(name for row in picture.rows for name in row))
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(row.get(name))}</td>" for name in columns) + "</tr>\n"
        for row in picture.rows
    )
    still = picture.svg()
    still = still.replace("<svg ", f'<svg data-picture="{picture.name}" ', 1)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(picture.title)}</title>\n<style>{style_sheet()}"
        f"body{{font-family:{FONT};color:var(--lp-ink);background:var(--lp-paper);margin:2em}}"
        "table{border-collapse:collapse;font-size:13px}td,th{border:1px solid var(--lp-grid);"
        "padding:3px 7px;text-align:left;vertical-align:top}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(picture.title)}</h1>\n<p>{escape(picture.text)}</p>\n"
        f"{figure(picture)}{still}"
        f"<p>{escape(picture.counted)}</p>\n<p>{escape(picture.notice)}</p>\n"
        f'<details><summary>Data</summary><div role="region" tabindex="0" aria-label="Data">'
        f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table></div></details>\n"
        f"</main>\n<script>{script()}</script>\n</body>\n</html>\n"
    )


def _cell(value: object) -> str:
    if isinstance(value, list | tuple):
        return escape(", ".join(map(str, value)))
    return "" if value is None else escape(str(value))
