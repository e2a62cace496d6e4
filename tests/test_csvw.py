"""CSV on the Web, judged by `csvw`: accepted whole, refused damaged, read back as written.

csvw passes whatever it does not look at, so every run is asked what it has read, and every kind of
constraint has a damaged copy that must be refused for its reason.
"""

import csv
import io
import json
import re
import warnings
import zipfile
from pathlib import Path

import pytest
from csvw import CSVW, TableGroup
from csvw.metadata import Column
from hypothesis import given, settings
from hypothesis import strategies as st

from exported import csv_rows, export_elsewhere, in_memory, text_of
from lunarprogrammes import __version__
from lunarprogrammes.canonical import csv_text
from lunarprogrammes.cli import main
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import EditionError
from lunarprogrammes.export.csvw import (
    METADATA,
    PROPERTIES,
    VALUES,
    metadata_text,
    table_group,
    table_schema,
)
from lunarprogrammes.export.formats import write
from lunarprogrammes.export.tabular import exported_tables
from lunarprogrammes.tables import InvalidValue

ALL = exported_tables()
FIELDS = [(name, column) for name, table in ALL.items() for column in table.fields]
# csvw takes 136 µs for a row of the claims and reads each row thrice: 70 s for all 171,029, which
# `csvwvalidate --lax datasets/csv-metadata.json` accepts. Here every five-hundredth, like and like.
NTH_CLAIM = 500


def complaints(folder):
    """What csvw says against a folder; with `strict` it would refuse every empty foreign key."""
    try:
        judged = CSVW(str(folder / METADATA), validate=True, strict=False)
        _ = judged.is_valid
    except ValueError as error:
        return [str(error)]
    return [str(one.message) for one in judged.warnings]


def unzipped(path, folder):
    with zipfile.ZipFile(path) as package:
        package.extractall(folder)
    return folder


def cell_text(value):
    """The CSV text of a cell that csvw has read."""
    return ";".join(value) if isinstance(value, list) else text_of(value)


# --- The whole edition ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def committed():
    return Edition.open(Path(__file__).parents[1] / "datasets")


@pytest.fixture(scope="module")
def real(committed, tmp_path_factory):
    """The committed edition as CSVW, with every five-hundredth of its claims."""
    root = tmp_path_factory.mktemp("csvw")
    folder = unzipped(write(committed, "csvw", root / "moon.csvw.zip"), root / "moon")
    header, rows = csv_rows(folder, "claims")
    kept = [dict(zip(header, row, strict=True)) for row in rows[::NTH_CLAIM]]
    (folder / "claims.csv").write_text(csv_text(header, kept), encoding="utf-8")
    return folder


def test_csvw_accepts_the_committed_edition(real):
    assert complaints(real) == []


def test_csvw_reads_back_every_cell_of_the_committed_edition(real):
    group = TableGroup.from_file(str(real / METADATA))
    assert [table.local_name for table in group.tables] == [f"{name}.csv" for name in ALL]
    for table in group.tables:
        header, rows = csv_rows(real, table.local_name.removesuffix(".csv"))
        read = [[cell_text(row[name]) for name in header] for row in table.iterdicts()]
        assert read == rows
    assert table.local_name == "redirects.csv"  # the last table has rows too
    assert rows


def test_the_zip_holds_the_files_of_the_edition_and_nothing_else(committed, tmp_path):
    path = write(committed, "csvw", tmp_path / "moon.csvw.zip")
    with zipfile.ZipFile(path) as package:
        assert package.namelist() == [METADATA, *(f"{name}.csv" for name in ALL)]
        for name in package.namelist():
            same = package.read(name) == committed.read_bytes(name)
            assert same, f"{name}: run lunarprogrammes build"


def test_the_raw_folder_is_csvw_as_it_stands(mini_edition):
    assert complaints(mini_edition) == []


# --- Damaged copies ---------------------------------------------------------------------------


@pytest.fixture
def copy(mini_edition, tmp_path):
    edition = Edition.open(mini_edition)
    return unzipped(write(edition, "csvw", tmp_path / "mini.csvw.zip"), tmp_path / "mini")


def edit(folder, table, change):
    header, rows = csv_rows(folder, table)
    whole = [dict(zip(header, row, strict=True)) for row in rows]
    change(whole)
    (folder / f"{table}.csv").write_text(csv_text(header, whole), encoding="utf-8", newline="")


def put(record, **cells):
    def change(rows):
        next(row for row in rows if row["id"] == record).update(cells)

    return change


def programme(**cells):
    def change(rows):
        columns = ALL["programmes"].fields
        rows.append({**dict.fromkeys(columns, ""), "id": "clep", "name": "CLEP", **cells})

    return change


def first(**cells):
    return lambda rows: rows[0].update(cells)


def again(rows):
    rows.append(dict(rows[-1]))


DAMAGES = [
    ("missions", put("queqiao-2", name=""), "required column value is missing"),
    ("missions", put("queqiao-2", id=""), "required column value is missing"),
    ("missions", put("queqiao-2", outcome="sucess"), "invalid lexical value for string: sucess"),
    ("missions", put("queqiao-2", status="Operating"), "for string: Operating"),
    ("missions", put("queqiao-2", crewed="yes"), "for boolean: yes"),
    ("missions", put("queqiao-2", crewed="1"), "for boolean: 1"),
    ("missions", put("queqiao-2", launch_date="2024-3-20"), "for string: 2024-3-20"),
    ("missions", put("queqiao-2", launch_date="2023-02-29"), "for string: 2023-02-29"),
    ("missions", put("queqiao-2", launch_date="x2024"), "for string: x2024"),
    ("missions", put("queqiao-2", launch_date="2024 or so"), "for string: 2024 or so"),
    ("missions", put("queqiao-2", sample_mass_g="1,731"), "for string: 1,731"),
    ("missions", put("queqiao-2", sample_mass_g="-5"), "for string: -5"),
    ("missions", put("queqiao-2", name=" Queqiao-2"), "for string:  Queqiao-2"),
    ("missions", put("queqiao-2", cospar_id="2024-51A"), "for string: 2024-51A"),
    ("missions", put("queqiao-2", sources="a,b"), "for string: a,b"),
    ("missions", put("queqiao-2", sources="a;"), "invalid lexical value for string: "),
    ("missions", put("queqiao-2", launch_site="baikonur"), "Key `baikonur` not found in table"),
    ("actors", put("cnsa", parent="prc"), "Key `prc` not found in table"),
    ("actors", again, "duplicate primary key"),
    ("programmes", programme(id="CLEP"), "for string: CLEP"),
    ("programmes", programme(sequence="four"), "for decimal: four"),
    ("programmes", programme(sequence="1.5"), "for decimal"),
    ("programmes", programme(sequence="0"), "value must be >= 1"),
    ("sources", put("editors", url="www.example.org"), "for string: www.example.org"),
    ("claims", first(source="nobody"), "Key `nobody` not found in table"),
    ("claims", first(locator=""), "required column value is missing"),
    ("claims", first(verdict="settled"), "for string: settled"),
    ("decisions", first(reason=""), "required column value is missing"),
    ("decisions", again, "duplicate primary key"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "change", "reason"), DAMAGES, ids=[f"{one[0]}-{one[2]}" for one in DAMAGES]
)
def test_csvw_refuses(copy, table, change, reason):
    edit(copy, table, change)
    assert any(reason in complaint for complaint in complaints(copy)), complaints(copy)


def test_csvw_accepts_what_is_as_good_as_before(copy):
    edit(copy, "programmes", programme(sequence="1"))
    edit(copy, "missions", put("queqiao-2", crewed="true", launch_date="2024-03~", programme=""))
    assert complaints(copy) == []


@pytest.mark.parametrize("change", ["a column more", "another name"])
def test_csvw_refuses_another_header(copy, change):
    header, rows = csv_rows(copy, "places")
    renamed = [*header, "more"] if change == "a column more" else ["identifier", *header[1:]]
    path = copy / "places.csv"
    path.write_text(csv_text(renamed, [dict.fromkeys(renamed, "a") for _ in rows or [1]]))
    assert complaints(copy)


def test_csvw_refuses_metadata_that_it_does_not_know(copy):
    described = json.loads((copy / METADATA).read_text(encoding="utf-8"))
    described["tables"][0]["tableSchema"]["columns"][0]["requird"] = True
    (copy / METADATA).write_text(json.dumps(described), encoding="utf-8")
    assert complaints(copy) == ["Invalid property requird for Column"]


# --- Round trip -------------------------------------------------------------------------------


def texts_of(field):
    """Texts that the field admits, of every form that its schema allows."""
    if field.vocabulary is not None:
        return st.sampled_from([*field.vocabulary.terms])
    if field.kind == "boolean":
        return st.sampled_from(["true", "false"])
    if field.kind == "integer":
        return st.integers(int(field.minimum or 0), 10**17).map(str)
    if field.kind == "text" and not field.pattern:
        letters = st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")
        return st.text(letters, min_size=1, max_size=12).filter(lambda text: admits(field, text))
    one = st.from_regex(field.regular_expression(), fullmatch=True, alphabet=st.characters(
        max_codepoint=0x2FF)).filter(lambda text: admits(field, text))  # fmt: skip
    return st.lists(one, min_size=1, max_size=3).map(";".join) if field.kind == "list" else one


def admits(field, text):
    try:
        field.parse(text)
    except InvalidValue:
        return False
    return True


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("round-trip") / "row.csv"


@settings(max_examples=60)
@given(data=st.data())
def test_csvw_reads_back_what_was_written(scratch, data):
    table = ALL[data.draw(st.sampled_from([*ALL]))]
    # To fill every column takes hypothesis a second for each row.
    filled = data.draw(st.sets(st.sampled_from([*table.fields]), max_size=3))
    row = {
        name: data.draw(texts_of(field))
        if field.required or name in table.key or name in filled
        else ""
        for name, field in table.fields.items()
    }
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (read,) = TableGroup.fromvalue(table_group({}, [table])).tables
        scratch.write_bytes(csv_text(table.fields, [row]).encode())
        (back,) = read.iterdicts(fname=scratch)
    assert {name: cell_text(back[name]) for name in table.fields} == row


# --- What the metadata says -------------------------------------------------------------------


def column_of(table, name):
    described = table_schema(ALL[table])["columns"]
    return next(one for one in described if one["name"] == name)


def test_both_versions_licence_and_title_are_stated(committed):
    said = json.loads(metadata_text(committed.descriptor))
    assert (said["schema:version"], said["schema:schemaVersion"]) == (
        committed.version,
        __version__,
    )
    assert said["dc:license"] == [{"@id": "https://creativecommons.org/licenses/by/4.0/"}]
    assert said["dc:title"].startswith("lunarprogrammes: ")


@pytest.mark.parametrize(("table", "name"), FIELDS)
def test_every_column_has_meaning_example_and_a_type_that_accepts_the_example(table, name):
    field, described = ALL[table].fields[name], column_of(table, name)
    assert described["dc:description"] == field.meaning
    assert described.get("schema:unitText", "") == field.unit
    assert name in described["titles"]
    read = Column.fromvalue({key: value for key, value in described.items() if ":" not in key})
    value = read.read(described["skos:example"])
    assert cell_text(value) == field.example
    assert described.get("required", False) is (field.required or name in ALL[table].key)


def test_every_format_is_anchored_with_one_outer_group():
    formats = {
        one["datatype"]["format"]
        for table in ALL.values()
        for one in table_schema(table)["columns"]
        if one.get("datatype", {}).get("base") == "string" and "format" in one["datatype"]
    }
    assert len(formats) > 20
    for pattern in formats:
        assert (pattern[0], pattern[-1]) == ("^", "$")
        # An alternative outside of a group would escape one of the anchors.
        grouped = re.sub(r"\\.|\[[^]]*\]", "", pattern)
        while (inner := re.sub(r"\([^()]*\)", "", grouped)) != grouped:
            grouped = inner
        assert "|" not in grouped, pattern
    texts = [column_of(table, name) for table, name in FIELDS]
    assert all("format" in one["datatype"] for one in texts)


def test_a_date_is_a_string_that_says_why():
    described = column_of("missions", "launch_date")
    assert described["datatype"]["base"] == "string"
    assert described["datatype"]["dc:title"] == "uncertain date"
    assert "2030~ about 2030" in described["datatype"]["dc:description"]


def test_a_figure_has_its_unit_and_its_limits():
    described = column_of("spacecraft", "latitude_deg")
    assert described["schema:unitText"] == "degrees"
    assert (described["schema:minValue"], described["schema:maxValue"]) == (-90, 90)
    assert described["datatype"]["dc:title"] == "uncertain figure"


def test_every_reference_is_a_foreign_key_that_allows_for_an_empty_cell():
    for name, table in ALL.items():
        emitted = {
            (key["columnReference"][0], key["reference"]["resource"])
            for key in table_schema(table).get("foreignKeys", [])
        }
        wanted = {
            (column, f"{target}.csv")
            for column, field in table.fields.items()
            for target in field.references
        }
        assert emitted == wanted, name


def test_no_term_is_kept_for_a_column_that_no_table_has():
    columns = {name for table in ALL.values() for name in table.fields}
    assert columns >= {*PROPERTIES, *VALUES}


def test_records_claims_and_references_name_each_other(tmp_path):
    edition = in_memory(
        actors=[{"id": "cnsa", "name": "CNSA", "wikidata": "Q1091341"}],
        missions=[{"id": "change-5", "name": "Chang'e 5", "operator": "cnsa"}],
        names=[{"record": "missions/change-5", "name": "嫦娥五号"}],
        partners=[{"programme": "ilrs", "partner": "cnsa"}],
        claims=[
            {"id": "k3vq7m2xw5ta", "table": "partners", "record": "ilrs:cnsa", "field": "*",
             "source": "s", "locator": "p. 1", "certainty": "stated"},
            {"id": "k3vq7m2xw5tb", "table": "missions", "record": "change-5", "field": "name",
             "source": "s", "locator": "p. 1", "certainty": "stated"},
        ],
    )  # fmt: skip
    folder = unzipped(write(edition, "csvw", tmp_path / "x.zip"), tmp_path / "x")
    described = json.loads((folder / METADATA).read_text(encoding="utf-8"))
    described["@context"][1]["@base"] = "http://moon.example/"
    described["@base"] = "http://moon.example/"
    wanted = {"actors", "missions", "names", "partners", "claims"}
    triples = {}
    for table in TableGroup.fromvalue(described).tables:
        name = table.local_name.removesuffix(".csv")
        if name in wanted:
            for row in table.iterdicts(fname=folder / f"{name}.csv"):
                about = table.expand(table.tableSchema.aboutUrl, row, None)
                for column in table.tableSchema.columns:
                    if column.valueUrl and row.get(column.header):
                        value = table.expand(column.valueUrl, row, None)
                        triples[str(about), column.header] = str(value)
    base = "http://moon.example/"
    assert triples == {
        (f"{base}actors/cnsa", "wikidata"): "http://www.wikidata.org/entity/Q1091341",
        (f"{base}missions/change-5", "operator"): f"{base}actors/cnsa",
        (f"{base}names/missions/change-5:%E5%AB%A6%E5%A8%A5%E4%BA%94%E5%8F%B7", "record"): (
            f"{base}missions/change-5"
        ),
        (f"{base}partners/ilrs:cnsa", "programme"): f"{base}programmes/ilrs",
        (f"{base}partners/ilrs:cnsa", "partner"): f"{base}actors/cnsa",
        (f"{base}claims/k3vq7m2xw5ta", "source"): f"{base}sources/s",
        (f"{base}claims/k3vq7m2xw5ta", "about"): f"{base}partners/ilrs:cnsa",
        (f"{base}claims/k3vq7m2xw5tb", "source"): f"{base}sources/s",
        (f"{base}claims/k3vq7m2xw5tb", "about"): f"{base}missions/change-5",
    }


# --- Writing ----------------------------------------------------------------------------------


def test_the_same_edition_gives_the_same_bytes_everywhere(mini_edition, tmp_path):
    here = write(Edition.open(mini_edition), "csvw", tmp_path / "here.zip")
    export_elsewhere("csvw", mini_edition, tmp_path / "there.zip")
    assert here.read_bytes() == (tmp_path / "there.zip").read_bytes()


def test_an_edition_without_a_table_leaves_the_old_file(tmp_path):
    held = {METADATA: b"{}", "datapackage.json": b'{"resources": []}', "missions.csv": b"id\n"}
    broken = Edition(held.__getitem__, lambda: [*held], "x")
    target = tmp_path / "moon.csvw.zip"
    target.write_bytes(b"old")
    with pytest.raises(EditionError, match=r"x has no readable file programmes\.csv"):
        write(broken, "csvw", target)
    assert (target.read_bytes(), [*tmp_path.iterdir()]) == (b"old", [target])


def test_the_command_writes_it(mini_edition, tmp_path, capsys):
    target = tmp_path / "moon.csvw.zip"
    assert main(["export", "csvw", str(target), "--edition", str(mini_edition)]) == 0
    assert capsys.readouterr().out == f"{target}\n"
    with zipfile.ZipFile(target) as package:
        header = next(csv.reader(io.TextIOWrapper(package.open("missions.csv"), "utf-8")))
    assert header == [*ALL["missions"].fields]
