"""The lists of records: one page per table, grouped as a reader would look for a record."""

import datetime
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.export._markdown import escape, grid
from lunarprogrammes.site.holdings import PAGED, Holdings, Row, title_of

_OTHER = "Others"
_PASSED = "Planned for a time that has passed"
_SOURCES = "sources"


def index_files(holdings: Holdings) -> dict[str, str]:
    """Return every list of records by its path below the site's folder."""
    pages = {"records/index.md": _all(holdings)}
    for table in PAGED:
        if table == _SOURCES:
            pages |= _source_lists(holdings)
        else:
            pages[f"records/{table}/index.md"] = _list(holdings, table)
    return pages


def _all(holdings: Holdings) -> str:
    rows = [
        (f"[{title_of(table)}]({table}/index.md)", f"{len(holdings.moon.table(table)):,}")
        for table in PAGED
    ]
    return (
        "# Records\n\nA page for every record: its facts with the documents that state them, what "
        "they dispute, how plans moved, and how to cite it. The search above finds them by any "
        "name in any script.\n\n" + grid(("List", "Records"), rows, numbers=1)
    )


def _list(holdings: Holdings, table: str) -> str:
    view = holdings.moon.table(table)
    order = partial(_by_launch, holdings) if table == "missions" else _ORDERS[table]
    group, cells, header = _SHAPES[table]
    groups: dict[str, list[tuple[str, ...]]] = {}
    for record, row in sorted(view.items(), key=lambda one: order(*one)):
        line = (_named(holdings, table, record), *cells(holdings, row))
        groups.setdefault(group(holdings, row) or _OTHER, []).append(line)
    said = f"{len(view):,} records in edition {holdings.moon.edition}.\n\n"
    jump = " · ".join(f"[{escape(name)}](#{_anchor(name)})" for name in groups)
    text = f"# {title_of(table)}\n\n{said}{jump}\n\n"
    for name, lines in groups.items():
        text += f"## {escape(name)} {{ #{_anchor(name)} data-search-exclude }}\n\n"
        text += grid(("Name", *header), lines) + "\n"
    return text


def _named(holdings: Holdings, table: str, record: str) -> str:
    native = sorted(
        {
            one["name"]
            for one in holdings.names(table, record)
            if one["kind"] == "original-script" and one["language"]
        }
    )
    shown = escape(holdings.label(table, record))
    if holdings.has_page(table, record):
        shown = f"[{shown}]({record}.md)"
    return shown + (f" {escape(native[0])}" if native else "")


def _source_lists(holdings: Holdings) -> dict[str, str]:
    """Return the list of sources by publisher in several pages: in one it would weigh 1 MB."""
    groups: dict[str, list[tuple[str, Row]]] = {}
    for record, row in holdings.moon.sources.items():
        groups.setdefault(_letter(row["publisher"]), []).append((record, row))
    pages, listed = {}, []
    for letter in sorted(groups):
        rows = sorted(groups[letter], key=lambda one: (one[1]["publisher"].casefold(), one[0]))
        lines = [
            (_titled(holdings, record, row), escape(row["publisher"]), row["issued"])
            for record, row in rows
        ]
        shown = _OTHER if letter == "0" else letter
        name = letter.lower()
        pages[f"records/sources/list/{name}.md"] = (
            f"---\nsearch:\n  exclude: true\n---\n\n# Sources: {shown}\n\n"
            f"By publisher. [All letters](../index.md)\n\n"
            + grid(("Title", "Publisher", "Issued"), lines)
        )
        listed.append((f"[{shown}](list/{name}.md)", f"{len(rows):,}"))
    tiers: dict[str, int] = {}
    for row in holdings.moon.sources.rows():
        tiers[row["tier"]] = tiers.get(row["tier"], 0) + 1
    ranked = sorted(tiers.items(), key=lambda one: -one[1])
    pages["records/sources/index.md"] = (
        f"# Sources\n\n{len(holdings.moon.sources):,} documents in edition "
        f"{holdings.moon.edition}. "
        "What each tier is worth stands under [Definitions](../../definitions.md#tier).\n\n"
        + grid(("Tier", "Sources"), [(tier, f"{n:,}") for tier, n in ranked], numbers=1)
        + "\n## By publisher { #publishers data-search-exclude }\n\n"
        + grid(("Publisher begins with", "Sources"), listed, numbers=1)
    )
    return pages


def _titled(holdings: Holdings, record: str, row: Row) -> str:
    shown = escape(row["title"])
    return f"[{shown}](../{record}.md)" if holdings.has_page(_SOURCES, record) else shown


def _letter(name: str) -> str:
    """Return the Latin letter under which a name is filed; 0 for those with another script."""
    first = unicodedata.normalize("NFKD", name.removeprefix("The ").strip("“\"'«[("))[:1].upper()
    return first if "A" <= first <= "Z" else "0"


def _anchor(name: str) -> str:
    return "g-" + "".join(sign if sign.isalnum() else "-" for sign in name.lower())


def _decade(holdings: Holdings, row: Row) -> str:
    if row["status"] == "cancelled":
        return "Cancelled"
    first = UncertainDate(row["launch_date"]).lower if row["launch_date"] else None
    if first:
        return f"{first.year // 10 * 10}s"
    return _PASSED if _has_passed(holdings, row) else "To come"


def _has_passed(holdings: Holdings, row: Row) -> bool:
    """Say whether the time of a plan was over on the day of the edition; of no plan, it was."""
    text = row["planned_launch"] or row["planned_landing"]
    last = UncertainDate(text).upper if text else datetime.date.min
    return last is not None and last.isoformat() < holdings.moon.edition.replace(".", "-")


def _said(text: str) -> str:
    return escape(UncertainDate(text).describe()) if text else ""


def _mission(holdings: Holdings, row: Row) -> tuple[str, ...]:
    when = _said(row["launch_date"])
    if not when and row["planned_launch"]:
        when = f"*planned:* {_said(row['planned_launch'])}"
    country = holdings.link("actors", row["country"]) if row["country"] else ""
    return when, country, row["outcome"] or row["status"]


def _country(holdings: Holdings, row: Row) -> tuple[str, ...]:
    return (holdings.link("actors", row["country"]) if row["country"] else "",)


def _agreement(holdings: Holdings, row: Row) -> tuple[str, ...]:
    programme = holdings.link("programmes", row["programme"]) if row["programme"] else ""
    return _said(row["signed"] or row["adopted"] or row["published"]), row["status"], programme


def _craft(holdings: Holdings, row: Row) -> tuple[str, ...]:
    return (holdings.link("missions", row["mission"]) if row["mission"] else "", row["status"])


def _programme(holdings: Holdings, row: Row) -> tuple[str, ...]:
    return (holdings.link("actors", row["lead"]) if row["lead"] else "", row["status"])


def _none(_: Holdings, __: Row) -> tuple[str, ...]:
    return ()


def _kind(_: Holdings, row: Row) -> str:
    return row["kind"].replace("-", " ").capitalize()


def _initial(_: Holdings, row: Row) -> str:
    letter = _letter(row["name"])
    return _OTHER if letter == "0" else letter


Group = Callable[[Holdings, Row], str]
Cells = Callable[[Holdings, Row], tuple[str, ...]]
_SHAPES: Mapping[str, tuple[Group, Cells, tuple[str, ...]]] = {
    "missions": (_decade, _mission, ("Launch", "Country", "Outcome or status")),
    "programmes": (_kind, _programme, ("Lead", "Status")),
    "actors": (_kind, _country, ("Country",)),
    "agreements": (_kind, _agreement, ("Date", "Status", "Programme")),
    "systems": (_kind, _country, ("Country",)),
    "spacecraft": (_kind, _craft, ("Mission", "Status")),
    "places": (_kind, _country, ("Country",)),
    "people": (_initial, _none, ()),
}


def _by_name(record: str, row: Row) -> tuple[object, ...]:
    kind = row.get("kind", "")
    return (kind == "", kind, unicodedata.normalize("NFKD", row["name"]).casefold(), record)


def _by_launch(holdings: Holdings, record: str, row: Row) -> tuple[object, ...]:
    """Put the next ones first, then go back in time; what did not fly comes last."""
    text = row["launch_date"] or row["planned_launch"] or row["planned_landing"]
    first = UncertainDate(text).lower if text else None
    day = first.toordinal() if first else 10**7
    if row["status"] == "cancelled":
        return (3, day, record)
    if row["launch_date"]:
        return (1, -day, record)
    return (2 if _has_passed(holdings, row) else 0, day, record)


def _by_letter(record: str, row: Row) -> tuple[object, ...]:
    letter = _letter(row["name"])
    return (letter == "0", letter, row["name"].casefold(), record)


_ORDERS: Mapping[str, Callable[[str, Row], tuple[object, ...]]] = {
    **dict.fromkeys(("programmes", "actors", "agreements", "systems", "spacecraft"), _by_name),
    "places": _by_name,
    "people": _by_letter,
}
