"""The schemas, judged by independent tools: frictionless for the package, jsonschema for records.

A green light proves nothing by itself (frictionless passes an empty package), so every run is asked
what it has read, and every constraint has a damaged copy that must be rejected for its reason.
"""

import csv
import hashlib
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from frictionless import Package, validate
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from lunarprogrammes import tables
from lunarprogrammes.canonical import csv_text
from lunarprogrammes.tables import InvalidValue

ROOT = Path(__file__).parents[1]
ALL = tables.all_tables()


def schema_of(name, kind=""):
    return json.loads((ROOT / "schemas" / f"{name}{kind}.json").read_text(encoding="utf-8"))


def report_on(folder):
    """Validate a package as a package, whatever its files are called."""
    return validate(str(folder / "datapackage.json"), type="package")


@pytest.fixture
def copy(mini_edition, tmp_path):
    """A copy of the small edition, to be damaged."""
    return Path(shutil.copytree(mini_edition, tmp_path / "datasets"))


def edit(folder, table, change, *, sealed=True):
    """Change the rows of one table; `sealed` mends bytes and hash, so that only rows are wrong."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, columns = [*reader], reader.fieldnames
    change(rows)
    raw = csv_text(columns, rows).encode()
    path.write_bytes(raw)
    if sealed:
        descriptor = folder / "datapackage.json"
        described = json.loads(descriptor.read_text(encoding="utf-8"))
        for one in described["resources"]:
            if one["name"] == table:
                one["bytes"] = len(raw)
                one["hash"] = f"sha256:{hashlib.sha256(raw).hexdigest()}"
        descriptor.write_text(json.dumps(described), encoding="utf-8")


def narrow(folder, table, *, references=False):
    """Leave only one table in the package, and if asked those that it refers to: all takes long."""
    descriptor = folder / "datapackage.json"
    described = json.loads(descriptor.read_text(encoding="utf-8"))
    by_name = {one["name"]: one for one in described["resources"]}
    keys = by_name[table]["schema"].get("foreignKeys", []) if references else []
    kept = {table, *(key["reference"]["resource"] for key in keys)} - {""}
    for name in kept - ({table} if references else set()):
        by_name[name].get("schema", {}).pop("foreignKeys", None)
    described["resources"] = [by_name[name] for name in sorted(kept)]
    descriptor.write_text(json.dumps(described), encoding="utf-8")


def errors_of(report):
    """What is wrong, as (table, kind of error, field)."""
    return {
        (task.name, error.type, getattr(error, "field_name", ""))
        for task in report.tasks
        for error in task.errors
    } | {("", error.type, "") for error in report.errors}


# --- The committed package --------------------------------------------------------------------


def test_frictionless_accepts_the_committed_package_and_has_read_all_of_it():
    report = report_on(ROOT / "datasets")
    assert errors_of(report) == set()
    assert report.valid
    # A header without rows has no count.
    read = {task.name: task.stats.get("rows") or 0 for task in report.tasks if task.type == "table"}
    counted = {}
    for name in [*ALL, "decisions", "redirects"]:
        with (ROOT / "datasets" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            counted[name] = sum(1 for _ in csv.DictReader(file))
    assert read == counted
    assert read["claims"] > 5000
    others = {task.name for task in report.tasks if task.type != "table"}
    assert others == {"csv-metadata", *(f"{name}-json" for name in ALL if name != "claims")}
    assert [warning for task in report.tasks for warning in task.warnings] == []


def test_the_descriptor_has_an_explicit_dialect_and_declares_every_type():
    described = json.loads((ROOT / "datasets" / "datapackage.json").read_text(encoding="utf-8"))
    for one in described["resources"]:
        if one["type"] == "table":
            assert one["dialect"]["delimiter"] == ","
            assert one["encoding"] == "utf-8"
            assert all("type" in field for field in one["schema"]["fields"])
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"


def test_the_package_opens_as_typed_rows():
    package = Package(str(ROOT / "datasets" / "datapackage.json"))
    rows = {row["id"]: row for row in package.get_resource("missions").read_rows()}
    assert rows["change-5"]["launch_date"].startswith("2020-11-23")
    assert rows["change-5"]["crewed"] in {None, True, False}
    sequence = {
        row["id"]: row["sequence"] for row in package.get_resource("programmes").read_rows()
    }
    assert sequence["clep-phase-4"] == 4


def constraints():
    """Every constraint that any schema emits, by its kind."""
    found = {}
    for name in ALL:
        for field in schema_of(name)["fields"]:
            for kind in field.get("constraints", {}):
                found.setdefault(kind, []).append((name, field["name"]))
    return found


def test_only_constraints_that_frictionless_enforces_are_emitted():
    assert set(constraints()) == {"required", "enum", "pattern", "minimum"}
    keys = {key for name in ALL for key in schema_of(name)}
    allowed = {"$schema", "name", "description", "fields", "missingValues", "primaryKey"}
    assert keys == {*allowed, "foreignKeys"}
    properties = {key for name in ALL for field in schema_of(name)["fields"] for key in field}
    shared = {"name", "type", "description", "example", "unit", "constraints"}
    assert properties <= {*shared, "trueValues", "falseValues"}
    types = {field["type"] for name in ALL for field in schema_of(name)["fields"]}
    assert types == {"string", "integer", "boolean"}


def test_patterns_are_anchored_and_their_alternatives_enclosed():
    for name, field in constraints()["pattern"]:
        described = next(one for one in schema_of(name)["fields"] if one["name"] == field)
        pattern = described["constraints"]["pattern"]
        assert pattern.startswith("^")
        assert pattern.endswith("$")
        depth = 0
        for place, letter in enumerate(pattern):
            escaped = place and pattern[place - 1] == "\\"
            depth += (letter == "(") - (letter == ")") if not escaped else 0
            assert not (letter == "|" and depth == 0), f"{name}.{field}"


# --- Damaged copies ---------------------------------------------------------------------------


def put(record, **cells):
    """A change that writes cells into the row of one record."""

    def change(rows):
        row = next(row for row in rows if row.get("id", row.get("record")) == record)
        row.update(cells)

    return change


def test_the_small_edition_is_accepted(copy):
    report = report_on(copy)
    # Each table as CSV and, but for the claims, as JSON; decisions, redirects, the CSVW metadata.
    assert (report.valid, report.stats["tasks"]) == (True, 2 * len(ALL) - 1 + 3)


@pytest.mark.parametrize("references", [False, True])
@pytest.mark.parametrize("table", ["missions", "programmes", "actors", "sources", "claims"])
def test_the_part_of_the_small_edition_that_is_damaged_below_is_accepted(copy, table, references):
    narrow(copy, table, references=references)
    assert errors_of(report_on(copy)) == set()


def new_programme(**cells):
    def change(rows):
        rows.append(
            {**dict.fromkeys(ALL["programmes"].fields, ""), "id": "clep", "name": "CLEP", **cells}
        )

    return change


@pytest.mark.parametrize(
    ("table", "change", "error", "field"),
    [
        pytest.param(
            "missions", put("queqiao-2", name=""), "constraint-error", "name", id="required"
        ),
        pytest.param(
            "missions", put("queqiao-2", outcome="sucess"), "constraint-error", "outcome", id="enum"
        ),
        pytest.param(
            "missions",
            put("queqiao-2", status="Operating"),
            "constraint-error",
            "status",
            id="case",
        ),
        *[
            pytest.param(
                "missions",
                put("queqiao-2", launch_date=bad),
                "constraint-error",
                "launch_date",
                id=f"date-{bad}",
            )
            for bad in (
                "20 March 2024",
                "2024-3-20",
                "2024-13",
                "2024-03-20~x",
                "20.03.2024",
                "x2024",
            )
        ],
        *[
            pytest.param(
                "missions",
                put("queqiao-2", sample_mass_g=bad),
                "constraint-error",
                "sample_mass_g",
                id=f"quantity-{bad}",
            )
            for bad in ("1,731", "1e3", "1731 g", "> 800", "trillions", "١٢")
        ],
        pytest.param("programmes", new_programme(id="CLEP"), "constraint-error", "id", id="slug"),
        pytest.param(
            "missions",
            put("queqiao-2", cospar_id="2024-51A"),
            "constraint-error",
            "cospar_id",
            id="code",
        ),
        pytest.param(
            "missions",
            put("queqiao-2", cospar_id="2024-051A or so"),
            "constraint-error",
            "cospar_id",
            id="code-with-more",
        ),
        pytest.param(
            "sources", put("editors", url="www.example.org"), "constraint-error", "url", id="url"
        ),
        pytest.param(
            "missions",
            put("queqiao-2", contested="launch_date; status"),
            "constraint-error",
            "contested",
            id="list",
        ),
        pytest.param(
            "missions",
            put("queqiao-2", sources="a,b"),
            "constraint-error",
            "sources",
            id="list-of-slugs",
        ),
        pytest.param(
            "missions", put("queqiao-2", crewed="yes"), "type-error", "crewed", id="boolean"
        ),
        pytest.param(
            "missions", put("queqiao-2", crewed="1"), "type-error", "crewed", id="boolean-1"
        ),
        pytest.param(
            "programmes", new_programme(sequence="four"), "type-error", "sequence", id="integer"
        ),
        pytest.param(
            "programmes", new_programme(sequence="0"), "constraint-error", "sequence", id="minimum"
        ),
        pytest.param(
            "actors", lambda rows: rows.append(dict(rows[-1])), "primary-key", "", id="primary-key"
        ),
        pytest.param(
            "missions",
            put("queqiao-2", launch_site="baikonur"),
            "foreign-key",
            "",
            id="foreign-key",
        ),
        pytest.param(
            "actors", put("cnsa", parent="prc"), "foreign-key", "", id="foreign-key-itself"
        ),
        pytest.param(
            "claims",
            lambda rows: rows[0].update(source="nobody"),
            "foreign-key",
            "",
            id="foreign-key-source",
        ),
        pytest.param(
            "claims",
            lambda rows: rows[0].update(locator=""),
            "constraint-error",
            "locator",
            id="locator",
        ),
        pytest.param(
            "claims",
            lambda rows: rows[0].update(verdict="settled"),
            "constraint-error",
            "verdict",
            id="verdict",
        ),
        pytest.param(
            "decisions",
            lambda rows: rows[0].update(reason=""),
            "constraint-error",
            "reason",
            id="reason",
        ),
    ],
)
def test_frictionless_rejects(copy, table, change, error, field):
    narrow(copy, table, references=error == "foreign-key")
    edit(copy, table, change)
    assert errors_of(report_on(copy)) == {(table, error, field)}


def test_frictionless_rejects_an_empty_key(copy):
    narrow(copy, "missions")
    edit(copy, "missions", put("queqiao-2", id=""))
    assert errors_of(report_on(copy)) == {
        ("missions", "constraint-error", "id"),
        ("missions", "primary-key", ""),
    }


@pytest.mark.parametrize(("table", "field"), constraints()["enum"])
def test_every_vocabulary_is_enforced(table, field):
    described = {one["name"]: one for one in schema_of(table)["fields"]}[field]
    assert described["constraints"]["enum"] == [*ALL[table].fields[field].vocabulary.terms]


def test_every_foreign_key_of_the_tables_is_in_the_schemas():
    for name, table in ALL.items():
        emitted = {
            (key["fields"][0], key["reference"]["resource"] or name)
            for key in schema_of(name).get("foreignKeys", [])
        }
        wanted = {
            (field, target) for field, one in table.fields.items() for target in one.references
        }
        assert emitted == wanted


def test_frictionless_rejects_changed_bytes(copy):
    narrow(copy, "actors")
    edit(copy, "actors", put("china", name="PR China"), sealed=False)
    kinds = {kind for table, kind, _ in errors_of(report_on(copy)) if table == "actors"}
    assert kinds == {"hash-count", "byte-count"}


def test_frictionless_rejects_changed_json(copy):
    narrow(copy, "missions-json")
    path = copy / "json" / "missions.json"
    path.write_bytes(path.read_bytes().replace(b"2024-03-20", b"2024-03-21"))
    assert errors_of(report_on(copy)) == {("missions-json", "hash-count", "")}


def test_frictionless_rejects_a_missing_file(copy):
    narrow(copy, "names")
    (copy / "names.csv").unlink()
    assert not report_on(copy).valid


def test_frictionless_rejects_a_missing_column(copy):
    narrow(copy, "places")
    path = copy / "places.csv"
    rows = [*csv.reader(io.StringIO(path.read_text(encoding="utf-8")))]
    path.write_text("\n".join(",".join(row[:-1]) for row in rows) + "\n", encoding="utf-8")
    assert not report_on(copy).valid


# --- JSON Schema ------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ALL)
def test_json_schemas_are_valid_and_forbid_unknown_keys(table):
    schema = schema_of(table, ".schema")
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    assert [*schema["properties"]] == [*ALL[table].fields]


@pytest.mark.parametrize("table", ALL)
def test_json_schemas_accept_every_record_of_the_edition(moon, table):
    validator = Draft202012Validator(schema_of(table, ".schema"))
    adapter = TypeAdapter(ALL[table].record)
    # The claims are all alike, and long: every fiftieth.
    rows = moon.table(table).rows()[:: 50 if table == "claims" else 1]
    records = [adapter.dump_python(ALL[table].make(row), mode="json") for row in rows]
    wrong = [error.message for record in records for error in validator.iter_errors(record)]
    assert wrong == []
    assert records or table == "payloads"


@pytest.fixture(scope="module")
def validators():
    return {name: Draft202012Validator(schema_of(name, ".schema")) for name in ALL}


GOOD = {"id": "change-5", "name": "Chang'e 5"}


@pytest.mark.parametrize(
    ("table", "record", "path", "rule"),
    [
        ("missions", {**GOOD, "launhc_date": "2020"}, [], "additionalProperties"),
        ("missions", {"name": "Chang'e 5"}, [], "required"),
        ("missions", {**GOOD, "id": "Chang'e 5"}, ["id"], "pattern"),
        ("missions", {**GOOD, "name": 5}, ["name"], "type"),
        ("missions", {**GOOD, "outcome": "sucess"}, ["outcome"], "anyOf"),
        ("missions", {**GOOD, "launch_date": "23 November 2020"}, ["launch_date"], "anyOf"),
        ("missions", {**GOOD, "launch_date": 2020}, ["launch_date"], "anyOf"),
        ("missions", {**GOOD, "sample_mass_g": "1,731"}, ["sample_mass_g"], "anyOf"),
        ("missions", {**GOOD, "crewed": "true"}, ["crewed"], "anyOf"),
        ("missions", {**GOOD, "sources": "a;b"}, ["sources"], "type"),
        ("missions", {**GOOD, "sources": ["A"]}, ["sources", 0], "pattern"),
        ("programmes", {"id": "clep", "name": "CLEP", "sequence": 0}, ["sequence"], "anyOf"),
        ("programmes", {"id": "clep", "name": "CLEP", "sequence": 1.5}, ["sequence"], "anyOf"),
        ("sources", {"id": "x", "type": "report", "title": "X"}, [], "required"),
    ],
)
def test_json_schemas_reject(validators, table, record, path, rule):
    errors = [*validators[table].iter_errors(record)]
    assert [([*error.absolute_path], error.validator) for error in errors] == [(path, rule)]


def test_json_schemas_accept_an_empty_cell_as_null(validators):
    assert validators["missions"].is_valid({**GOOD, "launch_date": None, "crewed": None})
    assert not validators["missions"].is_valid({"id": "change-5", "name": None})


@pytest.mark.parametrize("table", ALL)
def test_the_two_schemas_have_not_drifted(table):
    frictionless, json_schema = schema_of(table), schema_of(table, ".schema")
    assert frictionless["description"] == json_schema["description"]
    required = [
        field["name"]
        for field in frictionless["fields"]
        if field.get("constraints", {}).get("required")
    ]
    assert json_schema["required"] == required
    for field in frictionless["fields"]:
        other = json_schema["properties"][field["name"]]
        other = other["anyOf"][0] if "anyOf" in other else other
        assert other["description"] == field["description"]
        assert other.get("enum") == field.get("constraints", {}).get("enum")
        assert other.get("x-unit") == field.get("unit")
        if other["type"] == "string":
            assert other.get("pattern") == field.get("constraints", {}).get("pattern")


# --- Patterns ---------------------------------------------------------------------------------


def admits(field, text):
    try:
        field.parse(text)
    except InvalidValue:
        return False
    return True


@given(st.text(max_size=6) | st.text(alphabet="a \t\n\r\u00a0\u2003", max_size=4))
def test_the_pattern_of_a_free_text_is_what_the_field_admits(text):
    field = ALL["missions"].fields["summary"]
    assert bool(re.fullmatch(field.regular_expression(), text)) is (
        bool(text) and admits(field, text)
    )


@given(st.data())
def test_a_figure_from_zero_on_is_one_without_a_minus_sign(data):
    mass, value = ALL["missions"].fields["sample_mass_g"], ALL["indicators"].fields["value"]
    text = data.draw(st.from_regex(value.regular_expression(), fullmatch=True))
    unsigned = bool(re.fullmatch(mass.regular_expression(), text))
    assert unsigned is ("-" not in text)
    # Only ranges that run back are refused besides.
    assert admits(mass, text) is (unsigned and admits(value, text))
