"""Data frames: text beside bounds, types whatever the rows, metadata, missing extras."""

import datetime
import importlib
import sys

import pandas
import polars
import pyarrow
import pytest

from lunarprogrammes import tables
from lunarprogrammes.errors import MissingExtra
from lunarprogrammes.view import View

FORMS = ("to_pandas", "to_polars", "to_arrow")
MAKE = {form: lambda view, form=form: getattr(view, form)() for form in FORMS}


@pytest.fixture
def few(moon):
    described = tables.get("missions")
    rows = [
        {
            "id": "a", "launch_date": "2007-10-24", "crewed": "true", "sample_mass_g": "1731",
            "sources": "x;y",
        },
        {"id": "b", "launch_date": "2026/..", "crewed": "false", "sample_mass_g": ">800"},
        {"id": "c", "launch_date": "1610", "sample_mass_g": "~2000"},
        {"id": "d", "launch_date": "unknown", "sample_mass_g": "unknown"},
        {"id": "e"},
    ]  # fmt: skip
    whole = {row["id"]: {**dict.fromkeys(described.fields, ""), **row} for row in rows}
    return View(moon, described, whole)


def expected_columns(table):
    made = []
    for name, field in tables.get(table).fields.items():
        made.append(name)
        if field.kind in {"date", "quantity"}:
            made += [f"{name}_lower", f"{name}_upper"]
    return made


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("table", tables.names_of_tables())
def test_every_table_becomes_a_frame_with_all_rows_and_columns(moon, table, form):
    frame = MAKE[form](moon.table(table))
    columns = frame.column_names if form == "to_arrow" else [*frame.columns]
    assert columns == expected_columns(table)
    count = frame.num_rows if form == "to_arrow" else len(frame)
    assert count == len(moon.table(table))


def values(frame, name):
    """A column as Python values, None for what is missing."""
    if isinstance(frame, pandas.DataFrame):
        made = [None if pandas.isna(value) else value for value in frame[name]]
        return [value.date() if isinstance(value, datetime.datetime) else value for value in made]
    return frame[name].to_list() if isinstance(frame, polars.DataFrame) else frame[name].to_pylist()


@pytest.mark.parametrize("form", FORMS)
def test_text_stays_and_bounds_stand_beside_it(few, form):
    frame = MAKE[form](few)
    assert values(frame, "launch_date") == ["2007-10-24", "2026/..", "1610", "unknown", None]
    day = datetime.date(2007, 10, 24)
    assert values(frame, "launch_date_lower") == [
        day, datetime.date(2026, 1, 1), datetime.date(1610, 1, 1), None, None,
    ]  # fmt: skip
    assert values(frame, "launch_date_upper") == [
        day,
        None,
        datetime.date(1610, 12, 31),
        None,
        None,
    ]
    assert values(frame, "sample_mass_g") == ["1731", ">800", "~2000", "unknown", None]
    assert values(frame, "sample_mass_g_lower") == [1731, 800, 1800, None, None]
    assert values(frame, "sample_mass_g_upper") == [1731, None, 2200, None, None]
    assert values(frame, "crewed") == [True, False, None, None, None]
    assert values(frame, "sources") == ["x;y", None, None, None, None]


def types(frame):
    if isinstance(frame, pyarrow.Table):
        return {field.name: field.type for field in frame.schema}
    return dict(zip(frame.columns, frame.dtypes, strict=True))


@pytest.mark.parametrize("form", FORMS)
def test_the_types_do_not_depend_on_the_rows(moon, few, form):
    whole = types(MAKE[form](moon.missions))
    assert types(MAKE[form](few)) == whole
    assert types(MAKE[form](moon.missions.where(id="no such mission"))) == whole


def test_pandas_types(few):
    frame = few.to_pandas()
    assert str(frame["crewed"].dtype) == "boolean"
    assert str(frame["sample_mass_g_lower"].dtype) == "float64"
    assert frame["launch_date_lower"].dtype.kind == "M"
    assert [*frame.index] == [0, 1, 2, 3, 4]
    assert frame.attrs == {}


def test_polars_types(few):
    made = types(few.to_polars())
    assert made["launch_date_lower"] == polars.Date
    assert made["sample_mass_g_upper"] == polars.Float64
    assert made["crewed"] == polars.Boolean
    assert made["name"] == polars.String


def test_arrow_types_and_metadata(few, moon):
    table = few.to_arrow()
    made = types(table)
    assert made["launch_date_lower"] == pyarrow.date32()
    assert made["crewed"] == pyarrow.bool_()
    assert types(moon.programmes.to_arrow())["sequence"] == pyarrow.int64()
    told = {field.name: field.metadata for field in table.schema}
    assert told["sample_mass_g"] == {
        b"description": b"Mass of the lunar material brought to Earth.",
        b"unit": b"g",
    }
    assert told["launch_date"] == {b"description": b"Date of the launch in fact, UTC."}
    assert told["launch_date_lower"] == {b"description": b"Bound of launch_date."}


def test_a_frame_answers_a_question(moon):
    frame = moon.missions.where(programme="clep", outcome="success").to_pandas()
    early = frame[frame["launch_date_upper"] < pandas.Timestamp("2015-01-01")]
    assert [*early["id"]] == ["change-1", "change-2", "change-3", "change-5-t1"]


@pytest.mark.parametrize(
    ("form", "module", "extra"),
    [
        ("to_pandas", "pandas", "pandas"),
        ("to_polars", "polars", "polars"),
        ("to_arrow", "pyarrow", "arrow"),
    ],
)
def test_a_missing_extra_gives_one_line(few, monkeypatch, form, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra) as caught:
        MAKE[form](few)
    assert str(caught.value) == (
        f"{module} is not installed. Install it with: pip install 'lunarprogrammes[{extra}]'"
    )
    assert isinstance(caught.value, ImportError)
    monkeypatch.undo()
    assert importlib.import_module(module)
