"""CSV on the Web: the metadata of an edition's CSV files, and both in one zip.

The W3C's Metadata Vocabulary for Tabular Data, derived from the table definitions: types, formats,
keys, units and meanings. `lunarprogrammes build` writes it beside the CSV files, so that the folder
and the raw download are CSVW as they stand; the zip holds the same and nothing else.

A date or a figure is a string with a format, because CSVW's own dates and numbers would drop the
qualifier; so is an address, which readers of `anyURI` may normalise. A record's IRI is relative to
its file (`missions/change-5`), the spelling that the tables themselves use for any record.
"""

import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lunarprogrammes.edition import Edition
from lunarprogrammes.export.files import whole
from lunarprogrammes.export.frictionless import HOME, package_descriptor
from lunarprogrammes.export.package_zip import add
from lunarprogrammes.export.tabular import exported_tables
from lunarprogrammes.tables import KEY_SEPARATOR, Field, Table
from lunarprogrammes.tables._field import LIST_SEPARATOR

METADATA = "csv-metadata.json"
"""The name under which the W3C's rules look for the metadata of every CSV file of a folder."""

CONTEXT = ("http://www.w3.org/ns/csvw", {"@language": "en"})
# The prefixes that need no declaration in CSVW are schema, dc (terms), prov and skos.
PROPERTIES: Mapping[str, str] = MappingProxyType(
    {
        "id": "dc:identifier",
        "name": "schema:name",
        "title": "dc:title",
        "summary": "dc:description",
        "url": "schema:url",
        "wikidata": "schema:sameAs",
        "iso_alpha2": "http://www.wikidata.org/prop/direct/P297",
        "iso_alpha3": "http://www.wikidata.org/prop/direct/P298",
        "cospar_id": "http://www.wikidata.org/prop/direct/P247",
        "satcat_id": "http://www.wikidata.org/prop/direct/P377",
        "sources": "dc:source",
        "source": "dc:source",
    }
)
"""Terms of other vocabularies that mean what a column of this name means, in every table."""
VALUES: Mapping[str, str] = MappingProxyType(
    {"wikidata": "http://www.wikidata.org/entity/{wikidata}", "url": "{+url}"}
)
"""What the values of a column of this name identify elsewhere, as templates of an IRI."""

_DATE = (
    "A date exactly as precise as its source, in UTC; EDTF (ISO 8601-2) with extensions: 2026 is "
    "the whole year, 2030~ about 2030, 2028-10? uncertain, 2030/2035 some time between, 2026/.. "
    "no earlier than, ../2030 by, unknown where the source says so. Not a calendar date: a reader "
    "that makes one of it invents what the source does not say."
)
_FIGURE = (
    "A figure exactly as its source states it: ~2000 about, >800 more than, 22/24 between, 5? "
    "doubtful, unknown where the source says so. Not a number: a reader that makes one of it "
    "drops the qualifier."
)
_TEXTS: Mapping[str, tuple[str, str]] = {
    "date": ("uncertain date", _DATE),
    "quantity": ("uncertain figure", _FIGURE),
}
_EMPTY = (
    "An empty cell means that no source that was read states the value; not zero, no, or not "
    "applicable."
)
_EVIDENCE = (
    "Every cell rests on claims: claims.csv holds each with its source, the place in it and the "
    "verdict; its columns table, record and field name the cell. Here, sources names the documents "
    "that speak for a row, and contested the fields on which they contradict each other."
)


def column(name: str, field: Field, *, key: bool = False) -> dict[str, Any]:
    """Return the description of one column.

    >>> from lunarprogrammes import tables
    >>> mass = column("dry_mass_kg", tables.get("spacecraft").fields["dry_mass_kg"])
    >>> mass["titles"], mass["datatype"]["base"], mass["schema:unitText"]
    (['dry_mass_kg', 'dry mass kg'], 'string', 'kg')
    """
    titles = list(dict.fromkeys((name, name.replace("_", " "))))
    made: dict[str, Any] = {
        "name": name,
        # The header itself comes first: a validator compares it with the titles.
        "titles": titles if len(titles) > 1 else name,
        "dc:description": field.meaning,
        "skos:example": field.example,
        "datatype": _datatype(field),
    }
    if field.required or key:
        made["required"] = True
    if field.kind == "list":
        # An empty item is a mistake and not a null; an empty cell is an empty list all the same.
        made |= {"separator": LIST_SEPARATOR, "null": []}
    if field.unit:
        made["schema:unitText"] = field.unit
    if field.kind == "quantity":
        # A string has no minimum; said all the same, for people and for programs that look.
        limits = (("schema:minValue", field.minimum), ("schema:maxValue", field.maximum))
        made |= {term: int(limit) for term, limit in limits if limit is not None}
    if name in PROPERTIES:
        made["propertyUrl"] = PROPERTIES[name]
    if (value := _value_url(name, field)) is not None:
        made["valueUrl"] = value
    return made


def _datatype(field: Field) -> dict[str, Any]:
    if field.kind == "boolean":
        return {"base": "boolean", "format": "true|false"}
    if field.kind == "integer":
        # As text, because readers parse a limit like a cell of this format.
        low, high = field.minimum, field.maximum
        limits = {"minimum": low, "maximum": high}
        said = {name: f"{limit:g}" for name, limit in limits.items() if limit is not None}
        return {"base": "integer", "format": "0", **said}
    made: dict[str, Any] = {"base": "string"}
    if field.kind in _TEXTS:
        made["dc:title"], made["dc:description"] = _TEXTS[field.kind]
    if field.vocabulary is not None:
        # The terms are slugs: nothing in them needs an escape.
        made["format"] = f"^(?:{'|'.join(field.vocabulary.terms)})$"
    elif pattern := field.regular_expression():
        # Anchored and with one outer group, for readers that anchor a format and those that do not.
        made["format"] = pattern
    return made


def _value_url(name: str, field: Field) -> str | None:
    if field.kind == "reference":
        return f"{field.references[0]}/{{{name}}}"
    # `missions/change-5` is the IRI of the record already.
    return f"{{+{name}}}" if field.kind == "record" else VALUES.get(name)


def table_schema(table: Table) -> dict[str, Any]:
    """Return the schema of one table, foreign keys included.

    >>> from lunarprogrammes import tables
    >>> made = table_schema(tables.get("partners"))
    >>> made["primaryKey"], made["aboutUrl"]
    (['programme', 'partner'], 'partners/{+programme}:{+partner}')
    """
    columns = [column(name, one, key=name in table.key) for name, one in table.fields.items()]
    if table.name == "claims":
        columns.append(
            {
                "name": "about",
                "virtual": True,
                "dc:description": "The record of which the claim speaks.",
                "propertyUrl": "schema:about",
                "valueUrl": "{table}/{+record}",
            }
        )
    about = KEY_SEPARATOR.join(f"{{+{part}}}" for part in table.key)
    made: dict[str, Any] = {
        "aboutUrl": f"{table.name}/{about}",
        "columns": columns,
        "primaryKey": list(table.key),
    }
    if table.label in table.fields:
        made["rowTitles"] = [table.label]
    foreign = [
        {
            "columnReference": [name],
            "reference": {"resource": f"{field.references[0]}.csv", "columnReference": ["id"]},
        }
        for name, field in table.fields.items()
        if field.references
    ]
    return made | ({"foreignKeys": foreign} if foreign else {})


def table_group(
    described: Mapping[str, Any], tables: Iterable[Table] | None = None
) -> dict[str, Any]:
    """Return the metadata of an edition, whose Data Package descriptor says title and versions.

    `tables` are all that an export holds unless some are given.
    """
    # What an edition does not say of itself is what every edition says.
    head = {**package_descriptor("", (), ()), **described}
    return {
        "@context": list(CONTEXT),
        "dc:title": head["title"],
        "dc:description": head["description"],
        "dc:publisher": [one["title"] for one in head["contributors"]],
        "dc:license": [{"@id": one["path"]} for one in head["licenses"]],
        "schema:url": {"@id": HOME},
        # Two versions, never confused: the data's date, the SemVer of tables and fields.
        "schema:version": head["version"],
        "schema:schemaVersion": head["schemaVersion"],
        "schema:keywords": head["keywords"],
        "dialect": {
            "encoding": "utf-8",
            "delimiter": ",",
            "lineTerminators": ["\n"],
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
            "headerRowCount": 1,
            "skipInitialSpace": False,
            "trim": "false",
        },
        "null": "",
        "notes": [{"dc:description": _EMPTY}],
        "tables": [_table(one) for one in tables or exported_tables().values()],
    }


def _table(table: Table) -> dict[str, Any]:
    made: dict[str, Any] = {
        "url": f"{table.name}.csv",
        "dc:title": table.name,
        "dc:description": table.meaning,
        "tableSchema": table_schema(table),
    }
    if "contested" in table.fields:
        made["prov:wasDerivedFrom"] = {"@id": "claims.csv"}
        made["notes"] = [{"dc:description": _EVIDENCE, "dc:source": {"@id": "claims.csv"}}]
    return made


def metadata_text(described: Mapping[str, Any]) -> str:
    """Return `csv-metadata.json` of an edition as canonical JSON."""
    return json.dumps(table_group(described), ensure_ascii=False, indent=2) + "\n"


def write(edition: Edition, target: Path) -> None:
    """Write the CSV files of an edition and their metadata into one zip, whole or not at all."""
    with whole(target) as fresh, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as package:
        add(package, METADATA, metadata_text(edition.descriptor).encode())
        for name in exported_tables():
            add(package, f"{name}.csv", edition.read_bytes(f"{name}.csv"))
