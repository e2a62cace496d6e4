"""The formats in which an edition can be written: their names, files and writers.

A format is one module of this folder with a function `write(edition, target)`; it is listed here
and nowhere else. The module is imported when its format is asked for, so that no extra is needed
before.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from lunarprogrammes.edition import Edition


class Format(NamedTuple):
    """One format: the suffix of its file, what it holds, the module that writes it, its extra."""

    name: str
    suffix: str
    says: str
    module: str
    extra: str = ""


FORMATS: Mapping[str, Format] = {
    one.name: one
    for one in (
        Format(
            "zip",
            ".zip",
            "The Data Package in one file: CSV and JSON with their descriptor.",
            "package_zip",
        ),
        Format(
            "csvw",
            ".csvw.zip",
            "CSV on the Web: the CSV files with the W3C's metadata of every column and key.",
            "csvw",
        ),
        Format(
            "parquet",
            ".parquet.zip",
            "One Parquet file per table in a zip, dates and figures with their bounds.",
            "parquet",
            "arrow",
        ),
        Format(
            "xlsx",
            ".xlsx",
            "One workbook: a sheet per table, the dictionary, the vocabularies.",
            "workbook",
            "xlsx",
        ),
        Format(
            "sqlite",
            ".sqlite",
            "SQLite: keys, constraints, indexes, and views of evidence, contests and dates.",
            "sqlite",
        ),
        Format(
            "datasette",
            ".datasette.json",
            "What Datasette shows of the SQLite file: meanings, units, licence, facets.",
            "datasette",
        ),
        Format("duckdb", ".duckdb", "DuckDB: the tables and views of SQLite.", "duckdb", "duckdb"),
        Format("geojson", ".geojson", "Landing sites and impacts, with the lunar CRS.", "geojson"),
        Format("ics", ".ics", "Planned launches, landings and events, for calendars.", "ics"),
        Format("bibtex", ".bib", "All sources, for LaTeX and reference managers.", "bibtex"),
        Format("csl-json", ".csl.json", "All sources, for Zotero and pandoc.", "csl_json"),
        Format("rdf", ".ttl", "RDF in Turtle: records, vocabulary, every claim in PROV-O.", "rdf"),
        Format(
            "croissant",
            ".croissant.zip",
            "Croissant 1.1 for machine learning, with the claims behind every value.",
            "croissant",
        ),
        Format(
            "schema-org", ".schema-org.json", "schema.org Dataset, for web pages.", "schema_org"
        ),
        Format("dcat", ".dcat.ttl", "DCAT 3 record in Turtle, for data portals.", "dcat"),
        Format(
            "shards",
            ".shards",
            "A folder: the claims in shards for Spark and other workers, with their court.",
            "shards",
        ),
    )
}


def write(edition: Edition, form: str, target: Path | None = None, **options: Any) -> Path:
    """Write an edition in a format and return where it is; by default in the working folder.

    The file appears whole or not at all. `options` are those of the format's own `write`. Raises
    `EditionError`, and `MissingExtra` where a library is not installed.
    """
    described = FORMATS[form]
    path = target or Path(f"lunarprogrammes-{edition.version}{described.suffix}")
    import_module(f"lunarprogrammes.export.{described.module}").write(edition, path, **options)
    return path
