"""Two versions, never confused: the edition's date for the data, the SemVer for schema and API.

Every export names both, each read by its own reader; the descriptor, the Python API and the command
line do too.
"""

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

import lunarprogrammes as lp
from lunarprogrammes.build import compile_edition
from lunarprogrammes.cli import main
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.edition import Edition
from lunarprogrammes.evidence.seeds import read_seeds
from lunarprogrammes.export.formats import FORMATS, write

MINI_SEEDS = Path(__file__).parent / "mini_seeds"


@pytest.fixture(scope="module")
def edition():
    made = compile_edition(read_seeds(MINI_SEEDS))
    files = {name: text.encode() for name, text in made.files.items()}
    return Edition(files.__getitem__, lambda: [*files], "a small edition")


def of_zip(path):
    with zipfile.ZipFile(path) as package:
        held = json.loads(package.read("datapackage.json"))
    return held["version"], held["schemaVersion"]


def of_parquet(path):
    from pyarrow.parquet import read_schema

    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.endswith(".parquet")]
        for name in names:
            with package.open(name) as file:
                held = read_schema(file).metadata
            assert held[b"edition"], name
    return held[b"edition"].decode(), held[b"schema_version"].decode()


def of_xlsx(path):
    from openpyxl import load_workbook

    rows = load_workbook(path)["about"].iter_rows(values_only=True)
    held = {row[0]: row[2] for row in rows}
    return held["Edition"], held["Schema version"]


def of_sqlite(path):
    connection = sqlite3.connect(path)
    (found,) = connection.execute("SELECT edition, package FROM edition")
    connection.close()
    return found


def of_duckdb(path):
    import duckdb

    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute("SELECT edition, package FROM edition").fetchone()


def of_datasette(path):
    name, _, edition = json.loads(path.read_text("utf-8"))["source"].partition(", edition ")
    return edition, name.removeprefix("lunarprogrammes ")


def of_geojson(path):
    import geojson

    held = geojson.loads(path.read_text("utf-8"))
    return held["edition"], held["schemaVersion"]


def of_ics(path):
    from icalendar import Calendar

    held = Calendar.from_ical(path.read_bytes())
    return str(held["X-LUNARPROGRAMMES-EDITION"]), str(held["X-LUNARPROGRAMMES-SCHEMA"])


def of_bibtex(path):
    from pybtex.database import parse_string

    held = parse_string(path.read_text("utf-8"), "bibtex").entries["lunarprogrammes"].fields
    edition = held["title"].partition("edition ")[2]
    return edition, held["note"].partition("written by lunarprogrammes ")[2].split(";")[0]


def of_csl_json(path):
    (held,) = (one for one in json.loads(path.read_text("utf-8")) if one["id"] == "lunarprogrammes")
    return held["version"], held["note"].partition("written by lunarprogrammes ")[2].split(";")[0]


READERS = {
    "zip": of_zip,
    "parquet": of_parquet,
    "xlsx": of_xlsx,
    "sqlite": of_sqlite,
    "duckdb": of_duckdb,
    "datasette": of_datasette,
    "geojson": of_geojson,
    "ics": of_ics,
    "bibtex": of_bibtex,
    "csl-json": of_csl_json,
}


def as_bytes(path):
    """Everything in a file, or in each file of a zip: for a format without a reader here."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        return b"".join(package.read(name) for name in package.namelist())


@pytest.mark.parametrize("form", FORMATS)
def test_every_export_names_both_versions(form, edition, tmp_path):
    path = write(edition, form, tmp_path / f"moon{FORMATS[form].suffix}")
    if path.is_dir():
        path = path / "shards.json"
    if form in READERS:
        assert READERS[form](path) == (edition.version, lp.__version__)
    else:
        content = as_bytes(path)
        assert edition.version.encode() in content
        assert lp.__version__.encode() in content


def test_the_two_are_told_apart(edition):
    dataset = Dataset(edition)
    assert dataset.edition == edition.descriptor["version"] == "2026.11.22"
    assert dataset.schema_version == edition.descriptor["schemaVersion"] == lp.__version__
    assert dataset.edition != dataset.schema_version


def test_an_edition_from_before_schema_versions_names_none():
    files = {"datapackage.json": b'{"version": "2026.01.01", "resources": []}'}
    assert Dataset(Edition(files.__getitem__, lambda: [*files], "old")).schema_version == ""


def test_the_command_line_names_both(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == (
        f"lunarprogrammes {lp.__version__}, edition {lp.load().edition}\n"
    )
