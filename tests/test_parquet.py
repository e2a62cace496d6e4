"""Parquet: every value, qualifier, bound and unit as the CSV has it, to three other readers."""

import io
import json
import shutil
import sys
import zipfile

import duckdb
import polars
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lunarprogrammes
from exported import csv_rows, export_elsewhere, in_memory, text_of
from lunarprogrammes import tables
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import EditionError, MissingExtra
from lunarprogrammes.export.formats import write
from lunarprogrammes.export.parquet import table_bytes
from lunarprogrammes.export.tabular import exported_tables
from lunarprogrammes.quantities import Quantity
from test_dates import texts as dates
from test_quantities import texts as quantities

NAMES = [*exported_tables()]
TYPES = {"boolean": "bool", "integer": "int64"}


@pytest.fixture(scope="session")
def package(founding_edition, tmp_path_factory):
    """The founding edition as Parquet, unpacked."""
    folder = tmp_path_factory.mktemp("parquet")
    with zipfile.ZipFile(write(Edition.open(founding_edition), "parquet", folder / "p.zip")) as one:
        one.extractall(folder)
    return folder


def read_with_pyarrow(path):
    return pyarrow.parquet.read_table(path).to_pydict()


def read_with_duckdb(path):
    found = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)])
    names = [one[0] for one in found.description]
    return dict(zip(names, map(list, zip(*found.fetchall(), strict=True)), strict=True))


def read_with_polars(path):
    return polars.read_parquet(path).to_dict(as_series=False)


READERS = [read_with_pyarrow, read_with_duckdb, read_with_polars]


def bounds_of(field, texts):
    """The bounds of a column's texts, as lists of Python values."""
    made = UncertainDate if field.kind == "date" else Quantity
    values = [made(text) if text else None for text in texts]
    return [[getattr(one, side, None) for one in values] for side in ("lower", "upper")]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("name", NAMES)
def test_every_value_is_that_of_the_csv(package, founding_edition, name, read):
    header, rows = csv_rows(founding_edition, name)
    if not rows:
        assert pyarrow.parquet.read_table(package / f"{name}.parquet").num_rows == 0
        return
    columns = read(package / f"{name}.parquet")
    assert [one for one in columns if one in header] == header
    assert [*zip(*(map(text_of, columns[one]) for one in header), strict=True)] == [
        tuple(row) for row in rows
    ]
    for place, (column, field) in enumerate(exported_tables()[name].fields.items()):
        if field.kind in {"date", "quantity"}:
            lower, upper = bounds_of(field, [row[place] for row in rows])
            assert (columns.pop(f"{column}_lower"), columns.pop(f"{column}_upper")) == (
                lower,
                upper,
            )
    assert [*columns] == header


def test_the_founding_edition_has_what_is_to_be_proved(founding_edition):
    """Else the test above would compare nothing of the kind."""
    kinds = {"~": 0, "/": 0, ">": 0, "true": 0}
    for name in NAMES:
        for row in csv_rows(founding_edition, name)[1]:
            for cell in row:
                kinds["~"] += cell[-1:] == "~" or cell[:1] == "~"
                kinds["/"] += cell[-3:] == "/.."
                kinds[">"] += cell[:1] == ">"
                kinds["true"] += cell == "true"
    assert min(kinds.values()) > 0
    assert csv_rows(founding_edition, "decisions")[1]


@pytest.mark.parametrize("name", NAMES)
def test_types_units_and_meanings(package, name):
    schema = pyarrow.parquet.read_schema(package / f"{name}.parquet")
    for column, field in exported_tables()[name].fields.items():
        unit = {b"unit": field.unit.encode()} if field.unit else {}
        described = {b"description": field.meaning.encode(), **unit}
        assert _without_ids(schema.field(column).metadata) == described
        assert str(schema.field(column).type) == TYPES.get(field.kind, "string")
        for side in ("lower", "upper") if field.kind in {"date", "quantity"} else ():
            bound = schema.field(f"{column}_{side}")
            assert str(bound.type) == ("date32[day]" if field.kind == "date" else "double")
            told = {b"description": f"Bound of {column}.".encode(), **unit}
            assert _without_ids(bound.metadata) == told


def _without_ids(metadata):
    return {key: value for key, value in metadata.items() if not key.startswith(b"PARQUET:")}


def test_a_unit_can_be_read_without_arrow(package):
    """DuckDB knows nothing of Arrow's field metadata: the file's own has edition and units."""
    found = duckdb.connect().execute(
        "SELECT key, value FROM parquet_kv_metadata(?)", [str(package / "spacecraft.parquet")]
    )
    told = {bytes(key).decode(): bytes(value).decode() for key, value in found.fetchall()}
    assert told["edition"] == lunarprogrammes.load().edition
    assert told["schema_version"] == lunarprogrammes.__version__
    assert (told["table"], told["licence"], told["primary_key"]) == (
        "spacecraft",
        "CC-BY-4.0",
        "id",
    )
    fields = {one["name"]: one for one in json.loads(told["table_schema"])["fields"]}
    assert fields["launch_mass_kg"]["unit"] == "kg"


def test_the_zip_holds_each_table_once_and_says_what_it_is(package):
    with zipfile.ZipFile(package / "p.zip") as one:
        assert one.namelist() == ["README.txt", *(f"{name}.parquet" for name in NAMES)]
        readme = one.read("README.txt").decode()
    for said in ("Edition\n    2026.", "CC-BY-4.0", "How to cite\n    The lunarprogrammes maint"):
        assert said in readme
    for name in NAMES:
        assert f"{name}.parquet: " in readme


rows = st.lists(
    st.fixed_dictionaries(
        {
            "launch_date": st.one_of(dates, st.just("")),
            "planned_launch": st.one_of(dates, st.just("")),
            "sample_mass_g": st.one_of(quantities, st.just("")),
            "crewed": st.sampled_from(["true", "false", ""]),
            "name": st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
        }
    ),
    max_size=8,
)


@settings(max_examples=60)
@given(rows)
def test_what_is_generated_comes_back(generated):
    table = tables.get("missions")
    given_rows = [{**row, "id": f"m{place}"} for place, row in enumerate(generated)]
    content = table_bytes(in_memory(missions=given_rows), table)
    back = polars.read_parquet(io.BytesIO(content))
    assert back.height == len(given_rows)
    for name in ("id", "launch_date", "planned_launch", "sample_mass_g", "crewed", "name"):
        texts = [row[name] for row in given_rows]
        assert [text_of(value) for value in back[name].to_list()] == texts
        if table.fields[name].kind in {"date", "quantity"}:
            lower, upper = bounds_of(table.fields[name], texts)
            assert back[f"{name}_lower"].to_list() == lower
            assert back[f"{name}_upper"].to_list() == upper


def test_the_same_bytes_in_any_process(package, founding_edition, tmp_path):
    target = tmp_path / "again.zip"
    assert export_elsewhere("parquet", founding_edition, target).stdout == f"{target}\n"
    assert target.read_bytes() == (package / "p.zip").read_bytes()


def test_the_committed_edition(moon, tmp_path):
    with zipfile.ZipFile(write(Edition.open(), "parquet", tmp_path / "p.zip")) as one:
        one.extractall(tmp_path)
    count = duckdb.connect().execute(
        "SELECT count(*), count(DISTINCT c.source), count(s.id) FROM read_parquet(?) c "
        "LEFT JOIN read_parquet(?) s ON s.id = c.source",
        [str(tmp_path / "claims.parquet"), str(tmp_path / "sources.parquet")],
    )
    sources = {row["source"] for row in moon.claims.rows()}
    named = sum(row["source"] in moon.sources for row in moon.claims.rows())
    assert count.fetchone() == (len(moon.claims), len(sources), named)


def test_a_damaged_edition_leaves_the_old_file(mini_edition, tmp_path):
    damaged = tmp_path / "datasets"
    shutil.copytree(mini_edition, damaged)
    (damaged / "decisions.csv").unlink()
    target = tmp_path / "p.zip"
    target.write_text("old")
    with pytest.raises(EditionError, match=r"no readable file decisions\.csv"):
        write(Edition.open(damaged), "parquet", target)
    assert target.read_text() == "old"
    assert {one.name for one in tmp_path.iterdir()} == {"datasets", "p.zip"}


def test_without_pyarrow(mini_edition, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra) as caught:
        write(Edition.open(mini_edition), "parquet", tmp_path / "p.zip")
    assert str(caught.value) == (
        "pyarrow is not installed. Install it with: pip install 'lunarprogrammes[arrow]'"
    )
    assert [*tmp_path.iterdir()] == []
