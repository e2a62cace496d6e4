"""The pictures of the site: a page for each, with its rows, its words and its files.

It owns everything below `pictures/`; what is drawn, and how, is that of `lunarprogrammes.plot`. A
page holds the still picture, which needs no script, and the data of the living one, which the one
script of all pages wakes. Needs the extra `plot`; costs 17 s on two processors and 17 MB, most of
the seconds for drawing: two processes draw, since in one the renderer draws one after the other.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from lunarprogrammes.dataset import Dataset
from lunarprogrammes.errors import NoValue, UnknownRecord
from lunarprogrammes.export._markdown import escape
from lunarprogrammes.partitions import hand_over, result_of, workers
from lunarprogrammes.plot import Picture, Plots
from lunarprogrammes.plot.page import figure, script
from lunarprogrammes.plot.theme import DARK, LIGHT
from lunarprogrammes.site.picture_rows import Pages, rows_block

# Dated statements from which on the plan of a mission makes a staircase worth a page.
_STATEMENTS = 4
_RUNTIME = "pictures.js"
# Pixels to the unit: the staircases are many, and plain enough to be read at one.
_LARGE, _SMALL = 1.5, 1.0
_PROCESSES = 2
# The files of each picture: the end of the name, and what a page calls it.
_FILES: Mapping[str, str] = {
    ".svg": "SVG",
    "-dark.svg": "SVG for dark pages",
    ".png": "PNG",
    ".csv": "CSV",
    ".json": "JSON with sources",
}
# The pages of tables about what a picture shows, and how they name it.
_FINDINGS = ("camps.md", "slips.md", "coverage.md")
_COMMAND = re.compile(r"`lunarprogrammes plot ([\w-]+)`")
# A page over the whole width: a picture is read across.
_HEAD = "---\nhide:\n  - navigation\n  - toc\n---\n\n"
# The link is one that MkDocs leads right from wherever the page lies, and checks.
_WAKE = """
<script>(function () {
const link = document.querySelector('a.lp-runtime');
const script = document.createElement('script');
script.src = link.href;
document.body.appendChild(script);
})();</script>
"""


class _Page(NamedTuple):
    title: str
    drawn: tuple[Callable[[Plots], Picture], ...]
    # Pictures of another name that this page shows too.
    also: tuple[str, ...] = ()


_PAGES: Mapping[str, _Page] = {
    "timeline": _Page("Timeline of all missions", (Plots.timeline,)),
    "moon-map": _Page("The Moon: landing and impact sites", (Plots.moon_map,)),
    "camps": _Page(
        "Camps over time and on the map", (Plots.camps, Plots.camps_map), ("camps-map",)
    ),
    "slips": _Page("Slips: how far planned dates moved", (Plots.slips,)),
    "phases": _Page("CLEP and Artemis by phase", (Plots.phases,)),
    "partners": _Page("Network of partners", (Plots.partners,)),
    "coverage": _Page("Coverage: how full every field is", (Plots.coverage,)),
}


def write(moon: Dataset, target: Path) -> None:
    """Write `pictures/` below `target`: pages, `slips/` with the staircases, and `assets/`.

    Pages of tables that lie there already are linked to the pictures of the same, rows to the
    record pages that do. Raises `MissingExtra` without the extra `plot`.
    """
    folder = target / "pictures"
    pages = Pages(moon, target)
    _put(folder / "assets" / _RUNTIME, script().encode())
    _put(folder / "index.md", _index(moon).encode())
    _link_findings(target)
    # The renderer draws one picture at a time in a process, and that is what takes the time.
    with workers(_PROCESSES) as pool:
        drawn = [
            hand_over(pool, _write_files, picture, folder / "assets", scale)
            for picture, scale in _write_pages(moon, folder, pages)
        ]
        for one in drawn:
            result_of(one)


def _write_pages(moon: Dataset, folder: Path, pages: Pages) -> Iterator[tuple[Picture, float]]:
    """Write the pages and yield each picture with the scale of its pixels."""
    stairs = _staircases(moon)
    for name, page in _PAGES.items():
        body = ""
        for drawn in page.drawn:
            try:
                picture = drawn(moon.plot)
            except (NoValue, UnknownRecord):
                # A cut of the dataset need not hold what a picture is about.
                body += "This edition holds nothing to draw here.\n"
                continue
            yield picture, _LARGE
            # The first has the heading of the page, each further one its own.
            body += f"\n## {escape(picture.title)}\n\n" if body else ""
            body += _shown(picture, pages, "")
        if name == "slips":
            body += _staircase_list(moon, stairs)
        _put(folder / f"{name}.md", _page(page.title, body, "").encode())
    for mission, picture in stairs.items():
        yield picture, _SMALL
        text = _staircase(picture, mission, pages)
        _put(folder / "slips" / f"{mission}.md", text.encode())


def _link_findings(target: Path) -> None:
    """Turn the commands that draw a picture into links, in the pages of tables about the same."""
    for page in _FINDINGS:
        path = target / page
        if path.is_file():
            path.write_text(
                _COMMAND.sub(_linked, path.read_text(encoding="utf-8")),
                encoding="utf-8",
                newline="\n",
            )


def _linked(command: re.Match[str]) -> str:
    place = next((page for page, held in _PAGES.items() if command[1] in (page, *held.also)), "")
    return f"[{command[0]}](pictures/{place}.md)" if place else command[0]


def _staircases(moon: Dataset) -> Mapping[str, Picture]:
    """Return the staircases of the missions of which enough dated statements are drawn."""
    found = {}
    for mission in moon.missions.ids:
        try:
            picture = moon.plot.slips(mission)
        except NoValue:
            continue
        if sum(row["shown"] for row in picture.rows) >= _STATEMENTS:
            found[mission] = picture
    return found


def _staircase(picture: Picture, mission: str, pages: Pages) -> str:
    up = "../"
    name = _name(pages.moon, mission)
    record = f"The record of {name}"
    link = pages.link("missions", mission, record, f"{up}../")
    links = [link] if link.startswith("[") else []
    links.append(f"[The slips of all missions]({up}slips.md)")
    body = _shown(picture, pages, up)
    body += "\n" + "".join(f"- {one}\n" for one in links)
    return _page(f"{name}: planned dates", body, up)


def _staircase_list(moon: Dataset, stairs: Mapping[str, Picture]) -> str:
    names = sorted((_name(moon, mission).casefold(), mission) for mission in stairs)
    links = "".join(
        f"- [{escape(_name(moon, mission))}](slips/{mission}.md)\n" for _, mission in names
    )
    return (
        "\n## Staircases\n\nThe plan of each mission of which four dated statements or more were "
        f'read, statement by statement.\n\n<div class="lp-columns" markdown>\n\n{links}\n</div>\n'
    )


def _name(moon: Dataset, mission: str) -> str:
    return moon.missions.row(mission)["name"] or mission


def _index(moon: Dataset) -> str:
    links = "".join(f"- [{page.title}]({name}.md)\n" for name, page in _PAGES.items())
    return (
        f"# Pictures\n\nMade from edition {moon.edition} when this site was built. Each page has "
        "the picture, what it shows in words, how it was counted, the rows behind it with links to "
        "their records, and the files to download: SVG, PNG, CSV, JSON with the sources of every "
        "mark. A mark leads to the page of its record, by a click or, reached with the arrow keys, "
        "by Enter; maps and axes of time can be enlarged and moved. The same pictures come from "
        "`lunarprogrammes plot` and from Python: `moon.plot.timeline()`, also as of another day: "
        f'`moon.known_on("2023-02-27").plot.camps()`.\n\n{links}\n'
        "Uncertain dates are drawn as the ranges that they are, and what sources contradict each "
        "other on is marked. No picture tells anything by colour alone.\n"
    )


def _page(title: str, body: str, up: str) -> str:
    link = f"[The script of this picture]({up}assets/{_RUNTIME}){{ .lp-runtime hidden=hidden }}\n"
    return f"{_HEAD}# {escape(title)}\n\n{body}\n{link}{_WAKE}"


def _shown(picture: Picture, pages: Pages, up: str) -> str:
    """Return all that a page says of one picture; `up` leads to the folder `pictures`."""
    assets = f"{up}assets/{picture.name}"
    # Material shows one of the two by the colours of the page; the script takes both away.
    stills = "".join(
        f"![{escape(picture.text)}]({assets}{tail}.svg#only-{scheme})"
        f'{{ data-picture="{picture.name}" }}\n'
        for tail, scheme in (("", "light"), ("-dark", "dark"))
    )
    hint = f"{escape(picture.hint)}\n\n" if picture.hint else ""
    downloads = " · ".join(f"[{says}]({assets}{tail})" for tail, says in _FILES.items())
    return (
        f"{figure(picture)}\n{stills}\n**{escape(picture.text)}**\n\n{hint}"
        f"Download: {downloads}\n\n"
        f"*What this shows and how it is counted.* {escape(picture.counted.strip())}\n\n"
        f"{rows_block(picture, pages, f'{up}../')}\n"
    )


def _write_files(picture: Picture, assets: Path, scale: float) -> None:
    for tail in _FILES:
        stem, _, form = tail.partition(".")
        theme = DARK if stem else LIGHT
        pixels = form == "png"
        content = picture.png(scale=scale) if pixels else picture.content(form, theme=theme)
        _put(assets / f"{picture.name}{tail}", content)


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
