"""The page of one record: facts with footnotes, disputes, time, relations, how to cite it."""

from collections.abc import Iterator
from html import escape as html

from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.export._markdown import escape
from lunarprogrammes.references import dataset_bibtex
from lunarprogrammes.site.address import permanent, pointing_at, proposal
from lunarprogrammes.site.facts import disputed_section, facts_section
from lunarprogrammes.site.footnotes import Footnotes
from lunarprogrammes.site.holdings import Holdings
from lunarprogrammes.site.linked_data import linked_data
from lunarprogrammes.site.relations import relations_section, slips_section
from lunarprogrammes.site.slider import slider_block
from lunarprogrammes.site.timeline import timeline_section

SINGULAR = {
    "missions": "Mission",
    "programmes": "Programme",
    "actors": "Actor",
    "agreements": "Agreement",
    "systems": "Vehicle or system",
    "spacecraft": "Spacecraft",
    "places": "Site or place",
    "people": "Person",
    "sources": "Source",
}
# What somebody who types a name most likely means, before its parts.
_BOOST = {"missions": 8, "programmes": 6, "agreements": 3, "systems": 2, "actors": 2}
# So many names stand under the title, those in its own script and abbreviations first.
_NAMES = 6
# So many stand in the table of names with language, kind and source.
_IN_TABLE = 12
_FIRST = ("original-script", "official", "abbreviation")
_PLANNED = {"missions", "programmes", "systems"}


def record_page(holdings: Holdings, table: str, record: str) -> str:
    """Return the page of a record of any table but `sources` as Markdown."""
    notes = Footnotes(holdings)
    parts = [head(holdings, table, record), _lead(holdings, table, record)]
    sections = (
        ("Facts", slider_block(holdings, table, record), facts_section),
        ("Timeline", "", timeline_section),
    )
    for title, before, section in sections:
        text = section(holdings, table, record, notes)
        parts.append(_section(title, before + text if text else ""))
        if title == "Facts":
            disputed = disputed_section(holdings, table, record)
            parts.append(_section("Disputed", disputed))
    if table in _PLANNED:
        parts.append(
            _section("How the plan moved", "".join(slips_section(holdings, table, record)))
        )
    parts += [
        _section("Relations", relations_section(holdings, table, record)),
        _section("Names", _names(holdings, table, record)),
        _section("Cite and correct", "".join(citing(holdings, table, record))),
        notes.text() + "\n",
        linked_data(holdings, table, record),
    ]
    return "".join(parts)


def head(holdings: Holdings, table: str, record: str, *, searched: bool = True) -> str:
    """Return front matter, title, and the line that says what the page is about."""
    label = holdings.label(table, record)
    matter = f"---\ntitle: {_quoted(label)}\nhide:\n  - navigation\n"
    if not searched:
        matter += "search:\n  exclude: true\n"
    elif table in _BOOST:
        matter += f"search:\n  boost: {_BOOST[table]}\n"
    kind = holdings.moon.table(table).row(record).get("kind", "")
    what = f"{SINGULAR[table]}{f', {kind}' if kind else ''}"
    return (
        f"{matter}---\n\n# {escape(label)}\n\n[{escape(what)}](index.md) · `{table}/{record}`\n\n"
    )


def _lead(holdings: Holdings, table: str, record: str) -> str:
    row = holdings.moon.table(table).row(record)
    names = _own_names(holdings, table, record)
    said = f"<p><em>{' · '.join(names[:_NAMES])}</em></p>\n\n" if names else ""
    if further := names[_NAMES:]:
        # The search finds the page by these too; the table of names is not in its index.
        said += (
            f'<details class="further"><summary>{len(further)} more names</summary>'
            f"<p>{' · '.join(further)}</p></details>\n\n"
        )
    text = row.get("summary") or row.get("objective") or ""
    return said + (f"{escape(text)}\n\n" if text else "")


def _own_names(holdings: Holdings, table: str, record: str) -> list[str]:
    """Return the other names of a record as HTML, the most telling first, each once."""
    rows = sorted(
        holdings.names(table, record),
        key=lambda one: (_rank(one["kind"]), one["language"], one["name"]),
    )
    found: dict[str, str] = {}
    label = holdings.label(table, record)
    for row in rows:
        # "The landing" in one article is listed below with the names, but nobody's title for it.
        if row["name"] == label or row["kind"] == "descriptive":
            continue
        lang = row["language"]
        said = html(row["name"], quote=False)
        found.setdefault(row["name"], f'<span lang="{lang}">{said}</span>' if lang else said)
    return list(found.values())


def _rank(kind: str) -> int:
    return _FIRST.index(kind) if kind in _FIRST else len(_FIRST)


def _names(holdings: Holdings, table: str, record: str) -> str:
    rows = holdings.names(table, record)
    if not rows:
        return ""
    # Those that tell what they mean are for people; the rest is for the search, and stands above.
    ordered = sorted(rows, key=lambda one: (not one["meaning"], _rank(one["kind"])))
    lines = ["| Name | Language | Kind | Meaning | Source |\n| --- | --- | --- | --- | --- |\n"]
    for row in ordered[:_IN_TABLE]:
        sources = row["sources"].split(";")
        first = holdings.link("sources", sources[0]) if sources[0] else ""
        more = f" +{len(sources) - 1}" if len(sources) > 1 else ""
        cells = (escape(row["name"]), row["language"], row["kind"], escape(row["meaning"]))
        lines.append(f"| {' | '.join(cells)} | {first}{more} |\n")
    if (left := len(ordered) - _IN_TABLE) > 0:
        lines.append(f"\n[{left} more]({pointing_at(table, record, 'names', 'record')})\n")
    return "".join(lines)


def _section(title: str, text: str) -> str:
    """Return a section; the search index takes names and leads alone, or it would be 10 MB."""
    anchor = title.lower().replace(" ", "-")
    return f"## {title} {{ #{anchor} data-search-exclude }}\n\n{text}\n" if text else ""


def citing(holdings: Holdings, table: str, record: str) -> Iterator[str]:
    """Yield how to cite a record, its permanent address, and the way to correct it."""
    edition, address = holdings.moon.edition, permanent(table, record)
    label = holdings.label(table, record)
    yield f"Permanent address: <{address}>\n\n"
    yield (
        f"> The lunarprogrammes maintainers, “{escape(label)}” ({table}/{record}), in: "
        f"lunarprogrammes, edition {edition}, {address}\n\n"
    )
    note = f"{table}/{record}, {address}"
    entry = dataset_bibtex(f"lunarprogrammes-{table}-{record}", edition, note)
    yield folded("BibTeX", entry)
    if table != "sources":
        field = _first_filled(holdings, table, record)
        yield (
            "A single fact is cited with the document that states it; any field can be named, and "
            "`why` shows all its claims:\n\n"
            f"    lunarprogrammes cite {table} {record} {field}\n"
            f"    lunarprogrammes why {table} {record} {field}\n\n"
        )
    link = proposal({"record": f"{table}/{record}"}, f"Fact: {label}")
    yield (
        f"Something is wrong or missing? [Propose a correction]({link}); the form knows the "
        "record.\n"
    )


def folded(title: str, text: str) -> str:
    """Return a text to copy, folded away; as HTML, since highlighting it would cost 5 ms a page."""
    return (
        f"<details><summary>{html(title)}</summary><pre><code>{html(text)}</code></pre></details>"
        "\n\n"
    )


def _first_filled(holdings: Holdings, table: str, record: str) -> str:
    cells = holdings.cells(table, record)
    return next((name for name in cells if name not in {EXISTENCE, "name"}), "name")


def _quoted(text: str) -> str:
    """Return a text as a YAML scalar in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
