"""The files of the explorer hold what the CSV files hold: no cell, claim or bound more or less."""

import gzip
import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lunarprogrammes as lp
from exported import csv_rows
from lunarprogrammes import tables
from lunarprogrammes.export.sqlite import write as write_sqlite
from lunarprogrammes.site import explorer
from lunarprogrammes.site.explorer_data import bounds_of, table_content
from lunarprogrammes.site.explorer_files import column, json_bytes, packed
from lunarprogrammes.site.explorer_sql import LARGE, SMALL, indexes

TABLES = [name for name in tables.all_tables() if name != "claims"]


def unpacked(path):
    return json.loads(gzip.decompress(path.read_bytes()))


def cells(of_column):
    """The texts of a column as the browser unfolds it."""
    if isinstance(of_column, list):
        return of_column
    return [of_column["texts"][place] for place in of_column["at"]]


def csv_of(content):
    """Header and rows that a file of the explorer stands for."""
    columns = [cells(one) for one in content["columns"].values()]
    return list(content["columns"]), [list(row) for row in zip(*columns, strict=True)]


@pytest.fixture(scope="module")
def data(founding, tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    explorer.write(founding, folder)
    return folder / "explorer" / "assets" / "data"


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_committed_edition_is_its_csv_file(moon, tmp_path, name):
    view = moon.table(name)
    content = json.loads(json_bytes(table_content(view.table, view.rows(), {}, {})))
    folder = tmp_path
    (folder / f"{name}.csv").write_text(moon._edition.read_text(f"{name}.csv"), encoding="utf-8")
    header, rows = csv_rows(folder, name)
    assert csv_of(content) == (header, rows)
    assert content["records"] == list(view.ids)
    assert len(content["pieces"]) == content["rows"] == len(rows)


def test_the_written_tables_are_those_of_the_edition(founding, data):
    for name in TABLES:
        view = founding.table(name)
        expected = [list(row.values()) for row in view.rows()]
        assert csv_of(unpacked(data / "tables" / f"{name}.json.gz"))[1] == expected


def test_no_claim_is_missing_and_each_row_finds_its_own(founding, data):
    pieces = [unpacked(path) for path in sorted((data / "claims").iterdir())]
    assert len(pieces) == unpacked(data / "manifest.json.gz")["pieces"] > 1
    rows = [row for piece in pieces for row in csv_of(piece)[1]]
    assert rows == [list(row.values()) for row in founding.claims.rows()]
    held = [
        Counter(zip(*(cells(piece["columns"][name]) for name in ("table", "record")), strict=True))
        for piece in pieces
    ]
    # No record is cut in two, so that one piece holds all that is said of it.
    assert all(one.keys().isdisjoint(other) for one, other in combinations(held, 2))
    claimed = set().union(*held)
    for name in TABLES:
        content = unpacked(data / "tables" / f"{name}.json.gz")
        for record, number in zip(content["records"], content["pieces"], strict=True):
            if number is None:
                assert (name, record) not in claimed
            else:
                assert (name, record) in held[number]


def test_the_reason_of_every_cell_is_that_of_why(founding, data):
    for path in sorted((data / "claims").iterdir()):
        piece = unpacked(path)
        columns = [cells(piece["columns"][one]) for one in ("table", "record", "field", "verdict")]
        reasons = piece["reasons"]
        for *cell, verdict in list(dict.fromkeys(zip(*columns, strict=True)))[::7]:
            told = reasons["own"].get(" ".join(cell), reasons["usual"][verdict])
            assert told == founding.why(*cell).reason


def test_the_manifest_says_what_the_tables_are(founding, data):
    manifest = unpacked(data / "manifest.json.gz")
    assert manifest["edition"] == founding.edition
    assert [one["name"] for one in manifest["tables"]] == list(tables.all_tables())
    for one in manifest["tables"]:
        table = tables.get(one["name"])
        assert one["rows"] == len(founding.table(one["name"]))
        assert list(one["fields"]) == list(table.fields)
        assert one["fields"].keys() >= {*one["headline"], *one["key"], one["label"]}
        for name, field in table.fields.items():
            terms = field.vocabulary.terms if field.vocabulary else None
            assert one["fields"][name].get("terms") == terms
            assert one["fields"][name]["meaning"] == field.meaning


def test_labels_and_parents_are_those_of_the_tables(founding, data):
    made = unpacked(data / "labels.json.gz")
    assert made["labels"]["programmes"]["clep"] == founding.programmes["clep"].name
    for name, parents in made["parents"].items():
        rows = founding.table(name).items()
        assert parents == {record: row["parent"] for record, row in rows if row["parent"]}
    assert made["parents"]["programmes"]


def test_other_names_are_searched_with_their_record(founding, data):
    content = unpacked(data / "tables" / "missions.json.gz")
    for record, aliases in zip(content["records"], content["aliases"], strict=True):
        names = [row["name"] for row in founding.names_of("missions", record)]
        assert aliases.split("\n") == (names or [""])
    assert any(content["aliases"])


def test_the_databases_hold_the_tables_of_the_sqlite_export(founding, data, tmp_path):
    write_sqlite(founding._edition, tmp_path / "whole.sqlite")
    (tmp_path / "large.sqlite").write_bytes(gzip.decompress((data / LARGE).read_bytes()))
    (tmp_path / "small.sqlite").write_bytes(gzip.decompress((data / SMALL).read_bytes()))
    whole, large, small = (
        sqlite3.connect(tmp_path / f"{name}.sqlite") for name in ("whole", "large", "small")
    )
    asked = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name"
    names = [name for (name,) in whole.execute(asked).fetchall() if not name.startswith("sqlite_")]
    assert [name for (name,) in large.execute(asked)] == names
    lacking = {"claims", "contested", "evidence"}
    assert {name for (name,) in small.execute(asked)} == set(names) - lacking
    for name in names:
        everything = f'SELECT * FROM "{name}" ORDER BY 1, 2, 3'
        if name == "contested":
            continue  # Needs the index that the browser makes; its claims are compared.
        rows = whole.execute(everything).fetchall()
        assert large.execute(everything).fetchall() == rows
        if name not in lacking:
            assert small.execute(everything).fetchall() == rows
    for connection in (whole, large, small):
        connection.close()


def test_the_indexes_are_those_of_the_export(data, tmp_path):
    path = tmp_path / "large.sqlite"
    path.write_bytes(gzip.decompress((data / LARGE).read_bytes()))
    connection = sqlite3.connect(path)
    for statement in (one for all in indexes().values() for one in all):
        connection.execute(statement)
    assert connection.execute("SELECT count(*) FROM contested").fetchone()[0] > 0
    connection.close()


def test_the_same_edition_gives_the_same_files_anywhere(mini_edition, tmp_path):
    def digests(folder):
        files = sorted(one for one in folder.rglob("*") if one.is_file())
        return {
            str(one.relative_to(folder)): hashlib.sha256(one.read_bytes()).hexdigest()
            for one in files
        }

    explorer.write(lp.load(mini_edition), tmp_path / "here")
    code = (
        "import sys, pathlib, lunarprogrammes as lp; from lunarprogrammes.site import explorer; "
        "explorer.write(lp.load(sys.argv[1]), pathlib.Path(sys.argv[2]))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run(
        [sys.executable, "-c", code, str(mini_edition), str(tmp_path / "there")],
        env=environment,
        check=True,
    )
    assert len(digests(tmp_path / "here")) > 30
    assert digests(tmp_path / "here") == digests(tmp_path / "there")


def test_files_of_an_older_explorer_are_gone_and_others_stay(mini_edition, tmp_path):
    old = tmp_path / "explorer" / "assets" / "data" / "claims" / "999.json.gz"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    other = tmp_path / "explorer" / "own.md"
    other.write_text("mine", encoding="utf-8")
    explorer.write(lp.load(mini_edition), tmp_path)
    assert not old.exists()
    assert other.read_text(encoding="utf-8") == "mine"


def test_pages_find_their_scripts(mini_edition, tmp_path):
    explorer.write(lp.load(mini_edition), tmp_path)
    page = (tmp_path / "explorer" / "sql.md").read_text(encoding="utf-8")
    assert 'src="assets/sql.js"' in page
    assert 'src="assets/explorer.js"' in (tmp_path / "explorer" / "index.md").read_text("utf-8")
    assert "{" not in page


def test_sqlite_is_the_version_that_its_readme_names():
    folder = explorer.ASSETS / "sqlite"
    stated = dict(
        re.findall("`(sql-wasm[^`]*)` [|] `([0-9a-f]{64})`", (folder / "README.md").read_text())
    )
    held = {one.name for one in folder.iterdir()} - {"README.md", "LICENSE"}
    assert stated.keys() == held == {"sql-wasm-browser.js", "sql-wasm-browser.wasm"}
    for name, digest in stated.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_scripts_name_no_other_host_and_evaluate_no_text():
    for path in [*explorer.ASSETS.glob("*.js"), *explorer.ASSETS.glob("*.css")]:
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path.name
        assert not re.search(r"innerHTML|insertAdjacent|\beval\b|new Function", text), path.name


@given(st.lists(st.text(max_size=3)))
def test_a_column_gives_its_texts_back(texts):
    assert cells(json.loads(json_bytes(column(texts)))) == texts


@given(st.binary(max_size=200))
def test_packed_bytes_are_unpacked_by_any_gzip(content):
    assert gzip.decompress(packed(content)) == content


def test_bounds_and_ranks_are_those_of_the_dates(moon):
    for table, name in (("missions", "planned_launch"), ("missions", "sample_mass_g")):
        field = tables.get(table).fields[name]
        texts = [row[name] for row in moon.table(table).rows()]
        made = bounds_of(field, texts)
        filled = [(rank, text) for rank, text in zip(made["rank"], texts, strict=True) if text]
        ordered = [
            field.parse(text) for _, text in sorted(one for one in filled if one[0] is not None)
        ]
        assert len(ordered) > 5
        assert all(not later < one for one, later in pairwise(ordered))
        for text, lower, upper in zip(texts, made["lower"], made["upper"], strict=True):
            value = field.parse(text) if text else None
            assert lower == (None if value is None or value.lower is None else plain(value.lower))
            assert upper == (None if value is None or value.upper is None else plain(value.upper))


def plain(bound):
    return bound.isoformat() if hasattr(bound, "isoformat") else bound
