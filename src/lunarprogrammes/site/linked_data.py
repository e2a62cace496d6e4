"""A record as JSON-LD in the terms of schema.org, for search engines and reference managers."""

import json
from typing import Any

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.site.address import SITE, permanent
from lunarprogrammes.site.holdings import Holdings, Row

_TYPES = {
    "missions": "Event",
    "programmes": "Project",
    "actors": "Organization",
    "agreements": "Legislation",
    "systems": "Vehicle",
    "spacecraft": "Vehicle",
    "places": "Place",
    "people": "Person",
    "sources": "CreativeWork",
}
_COUNTRY = "Country"
_CODES = ("cospar_id", "satcat_id", "iso_alpha3")
_WIKIDATA = "https://www.wikidata.org/entity/"
# A page names the documents it rests on; a search engine needs no more than the best of them.
_CITED = 5


def linked_data(holdings: Holdings, table: str, record: str) -> str:
    """Return the JSON-LD block of a record's page as HTML."""
    text = json.dumps(_described(holdings, table, record), ensure_ascii=False)
    return f'<script type="application/ld+json">{in_script(text)}</script>\n'


def in_script(json_text: str) -> str:
    r"""Return JSON as a script element can hold it: no text in it may end the element.

    >>> in_script('"</b>"') == '"' + chr(92) + 'u003c/b>"'
    True
    """
    return json_text.replace("<", "\\u003c")


def _described(holdings: Holdings, table: str, record: str) -> dict[str, Any]:
    row = holdings.moon.table(table).row(record)
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _COUNTRY if row.get("kind") == "country" else _TYPES[table],
        "@id": permanent(table, record),
        "url": permanent(table, record),
        "name": holdings.label(table, record),
        "identifier": [f"{table}/{record}", *(row[one] for one in _CODES if row.get(one))],
        "isPartOf": {
            "@type": "Dataset",
            "@id": SITE,
            "name": "lunarprogrammes",
            "version": holdings.moon.edition,
        },
    }
    names = sorted(
        {one["name"] for one in holdings.names(table, record) if one["kind"] != "descriptive"}
    )
    described = row.get("summary") or row.get("objective") or row.get("note") or ""
    more = (
        ("alternateName", names),
        ("description", described if table != "sources" else ""),
        ("sameAs", _WIKIDATA + row["wikidata"] if row.get("wikidata") else ""),
        *_particular(table, row),
    )
    made |= {key: value for key, value in more if value}
    if table != "sources":
        cited = [one for one in row["sources"].split(";")[:_CITED] if one]
        made["citation"] = [_cited(holdings, one) for one in cited]
    return made


def _particular(table: str, row: Row) -> list[tuple[str, Any]]:
    match table:
        case "missions":
            return [("startDate", _day(row["launch_date"])), ("endDate", _day(row["end_date"]))]
        case "agreements":
            return [("legislationDate", _day(row["signed"] or row["adopted"]))]
        case "actors":
            return [("foundingDate", _day(row["founded"]))]
        case "places" if row["latitude_deg"]:
            return [("additionalProperty", _position(row))]
        case "sources":
            return [
                ("headline", row["title"]),
                ("datePublished", _day(row["issued_probable"] or row["issued"])),
                ("inLanguage", row["language"]),
                ("publisher", {"@type": "Organization", "name": row["publisher"]}),
                ("sameAs", row["url"]),
            ]
    return []


def _position(row: Row) -> list[dict[str, str]]:
    """Return coordinates as plain properties: schema.org's own are those of the Earth."""
    return [
        {"@type": "PropertyValue", "name": name, "value": row[name]}
        for name in ("latitude_deg", "longitude_deg")
    ]


def _day(text: str) -> str:
    """Return a date if it can be told in ISO 8601 without claiming more than it does."""
    if not text:
        return ""
    date = UncertainDate(text)
    plain = date.precision in {"day", "month", "year"}
    if not plain or date.is_approximate or date.is_uncertain or "/" in text:
        return text if date.precision in {"minute", "second"} else ""
    return text


def _cited(holdings: Holdings, source: str) -> dict[str, str]:
    row = holdings.moon.sources.row(source)
    made = {"@type": "CreativeWork", "@id": permanent("sources", source), "name": row["title"]}
    return {**made, "url": row["url"]} if row["url"] else made
