"""What Datasette shows of the SQLite file: titles, meanings, licence, units, facets, as its JSON.

    lunarprogrammes export sqlite
    lunarprogrammes export datasette
    datasette lunarprogrammes-*.sqlite --metadata lunarprogrammes-*.datasette.json

A unit stands with the bounds of a figure and in words with the figure itself: Datasette multiplies
what it gives a unit, and `~2000` is a text.
"""

import json
from pathlib import Path
from typing import Any

from lunarprogrammes import __version__, tables
from lunarprogrammes.edition import Edition
from lunarprogrammes.export.files import whole
from lunarprogrammes.export.frictionless import HOME
from lunarprogrammes.export.sql_columns import Column
from lunarprogrammes.export.sql_tables import VIEWS, Relation, relations

_MOST_FACETS = 4
# The words of Pint, by which Datasette knows units.
_UNITS = {"degrees": "degree", "days": "day"}
_FACETS = {
    "claims": ["table", "certainty", "standing", "verdict"],
    "evidence": ["table", "tier", "standing", "verdict"],
    "contested": ["table", "field"],
    "timeline": ["table", "happening", "planned"],
    "decisions": ["table"],
    "redirects": ["table"],
    "dictionary": ["table", "kind"],
}


def datasette_metadata(edition: Edition, database: str = "") -> dict[str, Any]:
    """Return the metadata for the SQLite file of an edition.

    `database` is the file's name without its suffix, by which Datasette knows it; by default the
    one that `export sqlite` gives.

    >>> told = datasette_metadata(Edition.open(), "moon")["databases"]["moon"]["tables"]
    >>> told["spacecraft"]["units"]["launch_mass_kg_lower"]
    'kg'
    """
    descriptor = edition.descriptor
    licence = (descriptor.get("licenses") or [{}])[0]
    shown: dict[str, Any] = {name: _table(one) for name, one in relations("sqlite").items()}
    for name, meaning in VIEWS.items():
        shown[name] = {"title": name, "description": meaning, "facets": _FACETS[name]}
    told = {
        "title": descriptor.get("title", "lunarprogrammes"),
        "description": descriptor.get("description", ""),
        "license": licence.get("title", ""),
        "license_url": licence.get("path", ""),
        "source": f"lunarprogrammes {__version__}, edition {edition.version}",
        "source_url": descriptor.get("homepage", HOME),
    }
    name = database or f"lunarprogrammes-{edition.version}"
    return {**told, "databases": {name: {**told, "tables": shown}}}


def write(edition: Edition, target: Path) -> None:
    """Write the metadata as JSON; `moon.datasette.json` speaks of `moon.sqlite`."""
    stem = target.name.removesuffix(".json").removesuffix(".datasette")
    text = json.dumps(datasette_metadata(edition, stem), ensure_ascii=False, indent=2)
    with whole(target) as fresh:
        fresh.write_text(text + "\n", encoding="utf-8", newline="\n")


def _table(relation: Relation) -> dict[str, Any]:
    made: dict[str, Any] = {
        "title": relation.name,
        "description": relation.meaning,
        "columns": {one.name: _said(one) for one in relation.columns if one.meaning},
    }
    units = {
        one.name: _UNITS.get(one.unit, one.unit)
        for one in relation.columns
        if one.unit and one.bound_of
    }
    if units:
        made["units"] = units
    facets = _FACETS.get(relation.name)
    if relation.name in tables.names_of_tables():
        table = tables.get(relation.name)
        made["label_column"] = table.label
        facets = facets or [
            name
            for name, field in table.fields.items()
            if field.vocabulary is not None or field.kind == "boolean"
        ]
    if facets:
        made["facets"] = facets[:_MOST_FACETS]
    return made


def _said(column: Column) -> str:
    return column.meaning + (f" Unit: {column.unit}." if column.unit else "")
