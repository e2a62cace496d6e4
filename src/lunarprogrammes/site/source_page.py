"""The page of one source: what it is, and what is known through it; lean, for there are many."""

from collections import Counter

from lunarprogrammes import tables
from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.export._markdown import grid
from lunarprogrammes.references import bibtex_of
from lunarprogrammes.site import values
from lunarprogrammes.site.address import permanent, proposal
from lunarprogrammes.site.holdings import Holdings, Row
from lunarprogrammes.site.linked_data import linked_data
from lunarprogrammes.site.record_page import folded, head

_FIELDS = (
    "type",
    "author",
    "publisher",
    "issued",
    "issued_probable",
    "accessed",
    "language",
    "tier",
    "derived_from",
    "url",
    "note",
)
_RECORDS = 40
_PARTS = "sources"


def source_page(holdings: Holdings, record: str) -> str:
    """Return the page of a source as Markdown; it is left out of the search."""
    row, fields = holdings.moon.sources.row(record), tables.get("sources").fields
    rows = [
        (values.label(name), values.marked(fields[name], row[name], holdings.link))
        for name in _FIELDS
        if row[name]
    ]
    copies = holdings.referring("sources", record).get(("sources", "derived_from"), [])
    if copies:
        rows.append(("Repeated by", ", ".join(holdings.link("sources", one) for one in copies)))
    link = proposal(_known(row), f"Fact from {row['title']}")
    return (
        head(holdings, "sources", record, searched=False)
        + grid(("Of the document", ""), rows)
        + f"\n## What it states\n\n{_stated(holdings, record)}\n"
        + f"## Cite and correct\n\nPermanent address: <{permanent('sources', record)}>\n\n"
        + folded("BibTeX", bibtex_of(row))
        + f"Does it say more, or something else? [Propose a fact from it]({link}); the form knows "
        "the document.\n\n" + linked_data(holdings, "sources", record)
    )


def _stated(holdings: Holdings, record: str) -> str:
    claims = [one for one in holdings.stated_by(record) if one["table"] != _PARTS]
    if not claims:
        return "Nothing but itself.\n"
    lost = sum(one["standing"] == "rejected" for one in claims)
    of: dict[str, Counter[str]] = {}
    for one in claims:
        facts = one["field"] != EXISTENCE
        of.setdefault(one["table"], Counter())[one["record"]] += facts
    total = sum(counts.total() for counts in of.values())
    text = f"{total:,} facts on {sum(map(len, of.values())):,} records"
    text += f"; on {lost} of them another source is followed.\n\n" if lost else ".\n\n"
    for table, records in of.items():
        shown = [_record(holdings, table, one) for one in [*records][:_RECORDS]]
        more = len(records) - len(shown)
        text += f"- **{table}**: {', '.join(shown)}{f', and {more} more' if more else ''}\n"
    return text


def _record(holdings: Holdings, table: str, record: str) -> str:
    if holdings.has_page(table, record):
        return holdings.link(table, record)
    return f"`{record}`"


def _known(row: Row) -> dict[str, str]:
    """Return what the form asks of the document, as far as it is known."""
    same = ("title", "type", "publisher", "author", "url", "issued", "tier", "language")
    return {name: row[name] for name in same if row[name]}
