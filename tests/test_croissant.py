"""Croissant: `mlcroissant` finds it valid, and reads from it the rows that the CSV files hold."""

import hashlib
import json
import zipfile
from itertools import islice
from pathlib import Path

import mlcroissant
import pytest

from exported import export_elsewhere, in_memory
from lunarprogrammes.edition import Edition
from lunarprogrammes.export.formats import write
from lunarprogrammes.export.tabular import exported_tables
from lunarprogrammes.tables import all_tables

DATASETS = Path(__file__).parents[1] / "datasets"
HOME = "https://github.com/lunarprogrammes/lunarprogrammes"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The committed edition as Croissant, unpacked."""
    root = tmp_path_factory.mktemp("croissant")
    with zipfile.ZipFile(write(Edition.open(DATASETS), "croissant", root / "c.zip")) as package:
        package.extractall(root / "c")
    return root / "c"


@pytest.fixture(scope="module")
def described(folder):
    return json.loads((folder / "croissant.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def dataset(folder):
    """What the reference reader makes of it; loading it is what this file's time goes to."""
    return mlcroissant.Dataset(str(folder / "croissant.json"))


def rows_of(table):
    return [*Edition.open(DATASETS).rows(table)]


def texts(table, record):
    """The CSV texts that a record of the reader stands for."""
    made = {}
    for name, field in all_tables()[table].fields.items():
        value = record[f"{table}/{name}"]
        if value is None:
            made[name] = ""
        elif field.kind == "list":
            made[name] = ";".join(one.decode() for one in value)
        elif field.kind == "boolean":
            made[name] = "true" if value else "false"
        else:
            made[name] = value.decode() if isinstance(value, bytes) else str(value)
    return made


def test_it_is_valid_for_the_reference_reader_as_version_1_1(dataset):
    issues = dataset.metadata.ctx.issues
    assert not issues.errors, issues.report()
    assert not issues.warnings, issues.report()
    assert dataset.metadata.ctx.conforms_to.value == "http://mlcommons.org/croissant/1.1"


def test_it_says_which_edition_it_is_and_how_to_cite_it(dataset, moon):
    told = dataset.metadata
    assert told.version == moon.edition
    assert told.date_modified.date().isoformat() == moon.edition.replace(".", "-")
    assert told.date_published == told.date_modified
    assert told.license == ["https://creativecommons.org/licenses/by/4.0/"]
    assert told.cite_as.startswith("@misc{lunarprogrammes,")
    assert moon.edition in told.cite_as
    assert told.url == HOME


# Between them: every kind of field, the code of Namibia, years alone, degrees that end in zero.
@pytest.mark.parametrize("table", ["actors", "agreements", "missions", "parties", "spacecraft"])
def test_the_reader_gives_the_rows_of_the_csv(dataset, table):
    records = [texts(table, record) for record in dataset.records(table)]
    assert records == rows_of(table)


def test_the_reader_gives_the_claims(dataset):
    records = islice(dataset.records("vocabulary/certainty"), 3)
    assert [one["vocabulary/certainty/name"] for one in records] == [
        "stated",
        "planned",
        "reported",
    ]


def test_what_the_csv_would_lose_is_there():
    """Why the rows are JSON: these are what a reader that guesses types changes."""
    codes = {row["id"]: row["iso_alpha2"] for row in rows_of("actors")}
    assert codes["namibia"] == "NA"
    assert any(row["longitude_deg"].endswith("0") for row in rows_of("spacecraft"))


def test_bounds_are_typed_beside_the_text_on_a_second_reading_too(dataset):
    records = {one["missions/id"]: one for one in dataset.records("missions")}
    flown = records[b"change-5"]
    assert flown["missions/launch_date"] == b"2020-11-23T20:30:12Z"
    assert flown["missions/launch_date_lower"].date().isoformat() == "2020-11-23"
    assert flown["missions/sample_mass_g"] == b"1731"
    assert flown["missions/sample_mass_g_upper"] == 1731.0


def test_files_are_as_they_are_described(folder, described):
    for file in described["distribution"]:
        content = (folder / file["contentUrl"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["contentSize"] == f"{len(content)} B"
    names = {file["contentUrl"] for file in described["distribution"]} | {"croissant.json"}
    assert {one.name for one in folder.iterdir()} == names


def record_sets(described):
    return {one["@id"]: one for one in described["recordSet"]}


def test_every_column_is_a_field_with_its_meaning(described):
    sets = record_sets(described)
    for name, table in exported_tables().items():
        fields = {one["@id"]: one for one in sets[name]["field"]}
        assert sets[name]["key"] == [{"@id": f"{name}/{part}"} for part in table.key]
        for column, field in table.fields.items():
            made = fields[f"{name}/{column}"]
            assert made["description"].startswith(field.meaning)
            assert made["description"].endswith(f"Unit: {field.unit}.") is bool(field.unit)


def test_terms_are_enumerations_and_columns_name_their_vocabulary(described):
    sets = record_sets(described)
    for table in exported_tables().values():
        for column, field in table.fields.items():
            if field.vocabulary is None:
                continue
            slug = field.vocabulary.name.replace(" ", "-")
            name, scheme = f"vocabulary/{slug}", f"lp:term/{slug}"
            assert sets[name]["dataType"] == ["sc:Enumeration", scheme]
            told = {one[f"{name}/name"]: one[f"{name}/description"] for one in sets[name]["data"]}
            assert told == field.vocabulary.terms
            urls = {one[f"{name}/url"] for one in sets[name]["data"]}
            assert urls == {f"{HOME}#term/{slug}.{term}" for term in told}
            fields = {one["@id"]: one for one in sets[table.name]["field"]}
            assert fields[f"{table.name}/{column}"]["dataType"] == ["sc:Text", scheme]


def test_a_column_that_names_a_record_says_of_what_class(described):
    fields = {one["@id"]: one for one in record_sets(described)["missions"]["field"]}
    assert fields["missions/operator"]["dataType"] == ["sc:Text", "lp:Actor"]
    assert fields["missions/operator"]["equivalentProperty"] == "lp:missions.operator"
    assert fields["missions/id"]["dataType"] == "sc:Text"


def test_every_value_leads_to_its_claims(folder, described, moon):
    """The annotation is where the specification puts the provenance of single values."""
    fields = {one["@id"]: one for one in record_sets(described)["missions"]["field"]}
    annotation = fields["missions/sample_mass_g"]["annotation"]
    assert annotation["equivalentProperty"] == "prov:wasDerivedFrom"
    assert annotation["source"]["extract"] == {"jsonPath": "$[*].claims['sample_mass_g']"}
    rows = json.loads((folder / "missions.json").read_text(encoding="utf-8"))
    for row in rows:
        for field, claims in row["claims"].items():
            if field == "*" or (row[field] is not None and field != "id"):
                assert claims, (row["id"], field)
    [flown] = [row for row in rows if row["id"] == "change-5"]
    evidence = moon.why("missions", "change-5", "sample_mass_g")
    carriers = {
        one.id for one, standing in evidence.standings if standing in {"chosen", "supporting"}
    }
    assert {*flown["claims"]["sample_mass_g"]} == carriers
    assert flown["claims"]["sample_mass_g"][0] == evidence.cell.chosen.id


def test_hostile_texts_stay_what_they_are(tmp_path):
    text = 'a "quoted" \\ 嫦娥\n\u2028,NA'
    edition = in_memory(missions=[{"id": "a", "name": text, "crewed": "false"}])
    with zipfile.ZipFile(write(edition, "croissant", tmp_path / "c.zip")) as package:
        [row] = json.loads(package.read("missions.json"))
        assert json.loads(package.read("people.json")) == []
    assert row["name"] == text
    assert row["crewed"] is False
    assert row["launch_date"] is None
    assert row["sources"] == []


def test_the_same_bytes_in_any_process(two_camps_edition, tmp_path):
    here = write(Edition.open(two_camps_edition), "croissant", tmp_path / "here.zip")
    export_elsewhere("croissant", two_camps_edition, tmp_path / "there.zip")
    assert here.read_bytes() == (tmp_path / "there.zip").read_bytes()
