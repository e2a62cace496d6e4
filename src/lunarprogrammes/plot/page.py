"""A picture in a browser: the piece of HTML that lives, the script that wakes it, its own page.

The script carries Vega, so that no page asks another site for anything; it weighs 0.9 MB and is the
same for all pictures. Without scripts a page shows the still picture and the table.
"""

import json
from html import escape
from typing import TYPE_CHECKING

from lunarprogrammes.plot.theme import CSS, FONT, coloured, style_sheet

if TYPE_CHECKING:
    from lunarprogrammes.plot.picture import Picture

_STYLE = """
.lp-picture { margin: 1em 0; }
.lp-live { overflow-x: auto; }
.lp-live:focus-visible { outline: 2px solid var(--lp-blue); }
.lp-live svg { max-width: 100%; height: auto; }
.lp-live [role="graphics-symbol"] { cursor: default; }
.lp-controls { display: flex; flex-wrap: wrap; gap: 0.4em 1.6em; padding: 0.6em 0; }
.lp-controls label { display: flex; align-items: center; gap: 0.5em; }
.lp-controls input, .lp-controls select { font: inherit;
  accent-color: var(--lp-blue); }
.lp-controls select { max-width: 60vw; color: var(--lp-ink); background: var(--lp-paper);
  border: 1px solid var(--lp-muted); border-radius: 3px; padding: 0.1em 0.3em; }
#vg-tooltip-element { position: fixed; z-index: 1000; visibility: hidden; max-width: 24em;
  padding: 0.4em 0.6em; font-size: 13px; line-height: 1.35; border-radius: 4px;
  pointer-events: none;
  color: var(--lp-paper); background: var(--lp-ink); }
#vg-tooltip-element.visible { visibility: visible; }
"""
# Marks lead to their record through the table of the page, whose links are right wherever the page
# lies. Dragging with a mouse turns what can be turned; the sliders say the same for a keyboard.
_SCRIPT = """
const style = document.createElement("style");
style.textContent = STYLE;
document.head.appendChild(style);
const linkOf = (datum) => {
  const end = new RegExp(`records/${datum.table}/${datum.record}(/|/index.html|.html)?$`);
  return [...document.querySelectorAll("a[href]")].find((link) => end.test(link.href));
};
const turning = (view, place) => {
  const known = (name) => { try { return view.signal(name); } catch { return undefined; } };
  if (known("turn") === undefined) return;
  let last = null;
  const clamp = (value, most) => Math.max(-most, Math.min(most, value));
  place.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.target.closest("svg")) {
      last = [event.clientX, event.clientY];
      event.preventDefault();
    }
  });
  window.addEventListener("pointerup", () => { last = null; });
  window.addEventListener("pointermove", (event) => {
    if (!last) return;
    const step = 0.3 / known("zoom");
    const turned = known("turn") - (event.clientX - last[0]) * step;
    const round = (value) => Math.round(value * 10) / 10;
    view.signal("turn", round(((turned + 540) % 360) - 180));
    view.signal("tilt", round(clamp(known("tilt") + (event.clientY - last[1]) * step, 90)));
    last = [event.clientX, event.clientY];
    view.runAsync();
  });
};
const wake = async (figure) => {
  const place = figure.querySelector(".lp-live");
  const spec = JSON.parse(figure.querySelector("script").textContent);
  const options = {
    mode: "vega-lite", renderer: "svg", actions: false, tooltip: { disableDefaultStyle: true },
    bind: figure.querySelector(".lp-controls"),
  };
  const { view } = await vegaEmbed(place, spec, options);
  // On a narrow screen a picture is moved across rather than made too small to read.
  const svg = place.querySelector("svg");
  svg.style.minWidth = `${Math.min(svg.width.baseVal.value, 860)}px`;
  const stills = document.querySelectorAll(`[data-picture="${figure.id}"]`);
  for (const still of stills) still.style.display = "none";
  turning(view, place);
  view.addEventListener("click", (event, item) => {
    const link = item && item.datum && item.datum.record ? linkOf(item.datum) : null;
    if (link) link.click();
  });
};
document.querySelectorAll(".lp-picture").forEach(wake);
"""


def script() -> str:
    """Return the script that wakes every picture of a page. Needs the extra `plot`."""
    from lunarprogrammes.plot._drawing import runtime

    style = json.dumps(style_sheet() + _STYLE)
    return runtime(_SCRIPT.replace("STYLE", style))


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
