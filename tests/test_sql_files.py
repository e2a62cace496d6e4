"""SQLite, DuckDB and Datasette: equal values read back, keys that hold, CHECKs that refuse."""

import asyncio
import datetime
import html
import importlib
import json
import re
import sqlite3
import sys

import duckdb
import pytest
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st

from lunarprogrammes import __version__, tables
from lunarprogrammes.cli import main
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import EditionError, MissingExtra
from lunarprogrammes.export import sqlite as sqlite_format
from lunarprogrammes.export.datasette import datasette_metadata
from lunarprogrammes.export.formats import write
from lunarprogrammes.export.sql_columns import columns_of, quoted, text_of, values_of
from lunarprogrammes.export.sql_tables import VIEWS, relations
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import InvalidValue

FORMS = ("sqlite", "duckdb")
FIELDS = {
    f"{table.name}.{name}": field
    for table in tables.all_tables().values()
    for name, field in table.fields.items()
}
BOUNDED = {"date", "quantity"}


@pytest.fixture(scope="module")
def files(two_camps_edition, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sql")
    edition = Edition.open(two_camps_edition)
    return {form: write(edition, form, folder / f"camps.{form}") for form in FORMS}


@pytest.fixture(scope="module")
def databases(files):
    opened = {
        "sqlite": sqlite3.connect(files["sqlite"]),
        "duckdb": duckdb.connect(str(files["duckdb"]), read_only=True),
    }
    yield opened
    for connection in opened.values():
        connection.close()


def columns(connection, form, table):
    if form == "sqlite":
        return [row[1] for row in connection.execute(f"PRAGMA table_info({quoted(table)})")]
    return [row[0] for row in connection.execute(f"DESCRIBE {quoted(table)}").fetchall()]


# --- Round trip -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", tables.names_of_tables())
def test_every_table_gives_back_its_cells_and_bounds(databases, two_camps_edition, form, name):
    connection, table = databases[form], tables.get(name)
    named = columns(connection, form, name)
    read = [
        dict(zip(named, row, strict=True))
        for row in connection.execute(f"SELECT * FROM {quoted(name)}").fetchall()
    ]
    expected = list(Edition.open(two_camps_edition).rows(name))
    texts = [{column: text_of(field, row[column]) for column, field in table.fields.items()}
             for row in read]  # fmt: skip
    assert texts == expected
    for row in read:
        for column, field in table.fields.items():
            if field.kind in BOUNDED and row[column] is not None:
                value = (UncertainDate if field.kind == "date" else Quantity)(row[column])
                assert str(row[f"{column}_lower"]) == str(as_bound(value.lower))
                assert str(row[f"{column}_upper"]) == str(as_bound(value.upper))


def as_bound(bound):
    return bound if bound is None or isinstance(bound, datetime.date) else float(bound)


@pytest.mark.parametrize("form", FORMS)
@given(st.data())
def test_no_value_is_lost_on_its_way_through_a_database(form, data):
    kind = data.draw(st.sampled_from(["date", "quantity"]))
    field = FIELDS["missions.launch_date" if kind == "date" else "missions.sample_mass_g"]
    text = data.draw(st.from_regex(field.regular_expression(), fullmatch=True))
    try:
        field.parse(text)
    except InvalidValue:
        return
    value, lower, upper = values_of(field, text, form)
    assert text_of(field, value) == text
    exact = (UncertainDate if kind == "date" else Quantity)(text)
    assert [lower, upper] == [
        None if bound is None else bound.isoformat() if kind == "date" else float(bound)
        for bound in (exact.lower, exact.upper)
    ]


@pytest.mark.parametrize("form", FORMS)
def test_decisions_edition_and_dictionary_are_there(databases, two_camps_edition, form):
    connection = databases[form]

    def ask(sql):
        return connection.execute(sql).fetchall()

    (row,) = ask("SELECT edition, package, schema FROM edition")
    assert row[:2] == (Edition.open(two_camps_edition).version, __version__)
    assert re.fullmatch("[0-9a-f]{16}", row[2])
    assert len(ask("SELECT * FROM decisions")) == len(
        list(Edition.open(two_camps_edition).rows("decisions"))
    )
    told = ask(
        'SELECT "column", unit, bound_of FROM dictionary WHERE "table" = \'spacecraft\' '
        "AND \"column\" LIKE 'launch_mass_kg%' ORDER BY 1"
    )
    assert told == [
        ("launch_mass_kg", "kg", None),
        ("launch_mass_kg_lower", "kg", "launch_mass_kg"),
        ("launch_mass_kg_upper", "kg", "launch_mass_kg"),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_the_dictionary_describes_every_column_of_every_table(databases, form):
    connection = databases[form]
    asked = 'SELECT "column" FROM dictionary WHERE "table" = ?'
    for name in tables.names_of_tables():
        told = {row[0] for row in connection.execute(asked, [name]).fetchall()}
        assert told == set(columns(connection, form, name))


# --- Keys, indexes, integrity -----------------------------------------------------------------


def test_sqlite_is_whole_and_no_key_dangles(databases):
    connection = databases["sqlite"]
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA application_id").fetchone() == (0x4C554E41,)
    keys = connection.execute("PRAGMA foreign_key_list(partners)").fetchall()
    assert {(row[3], row[2], row[4]) for row in keys} == {
        ("programme", "programmes", "id"),
        ("partner", "actors", "id"),
        ("agreement", "agreements", "id"),
    }


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("parties", ["agreement", "party"]),
        ("partners", ["programme", "partner"]),
        ("names", ["record", "name"]),
        ("missions", ["id"]),
    ],
)
def test_keys_are_primary_keys(databases, table, key):
    found = databases["sqlite"].execute(f"PRAGMA table_info({table})").fetchall()
    assert [row[1] for row in sorted(found, key=lambda row: row[5]) if row[5]] == key
    asked = "SELECT constraint_column_names FROM duckdb_constraints() WHERE table_name = ? AND "
    (row,) = databases["duckdb"].execute(
        asked + "constraint_type = 'PRIMARY KEY'", [table]
    ).fetchall()  # fmt: skip
    assert row[0] == key


def test_the_claims_of_a_cell_and_every_reference_are_indexed(databases):
    connection = databases["sqlite"]
    plan = connection.execute(
        "EXPLAIN QUERY PLAN SELECT * FROM claims "
        "WHERE \"table\" = 'missions' AND record = 'x' AND field = 'name'"
    ).fetchall()
    assert "claims_cell" in plan[0][3]
    leading = {
        (table, connection.execute(f"PRAGMA index_info({quoted(index[1])})").fetchone()[2])
        for table in relations("sqlite")
        for index in connection.execute(f"PRAGMA index_list({quoted(table)})").fetchall()
    }
    wanted = {(one.name, name) for one in relations("sqlite").values() for name in one.foreign}
    assert wanted <= leading


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("INSERT INTO people (id, name, country) VALUES ('wu', 'Wu', 'nowhere')", "FOREIGN KEY"),
        ("UPDATE actors SET kind = 'kingdom'", "kind"),
        ("UPDATE actors SET name = NULL", "NOT NULL"),
        ("UPDATE actors SET id = 'Alpha Land' WHERE id = 'alphaland'", "id"),
        ("UPDATE parties SET ordinal = 0", "ordinal"),
        ("UPDATE parties SET ordinal = 'first'", "ordinal"),
        ("UPDATE parties SET signed = 'about 2020'", "signed"),
        ("UPDATE parties SET signed_lower = '2024-5-3' WHERE signed = '2022-05'", "signed"),
        ("UPDATE parties SET signed_lower = '2030-01-01' WHERE signed = '2022-05'", "signed_lower"),
        ("UPDATE parties SET signed = NULL WHERE signed = '2022-05'", "signed"),
        ("INSERT INTO parties SELECT * FROM parties LIMIT 1", "UNIQUE"),
        ("INSERT INTO missions (id, name, crewed) VALUES ('m', 'M', 2)", "crewed"),
    ],
)
def test_sqlite_refuses_what_the_schema_forbids(files, statement, names):
    connection = sqlite3.connect(f"file:{files['sqlite']}?mode=ro", uri=True)
    copy = sqlite3.connect(":memory:")
    connection.backup(copy)
    copy.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match=names):
        copy.execute(statement)
    connection.close()
    copy.close()


# --- One field as a CHECK ---------------------------------------------------------------------

CORPUS = [
    "", " ", "a", "A", "change-5", "Change-5", "-a", "a-", "a--b", "a_b", "é", "a b", "a\nb", "a ",
    " a", "missions/change-5", "/a", "a/", "a/b/c", "missions/-x", "m1/x", "https://a.b/c",
    "http://", "https://a b", "ftp://x", "2018-103A", "2018-103", "2018-103ABCD", "3018-103A",
    "2018-103a", "zh-Hans", "en", "e", "engl", "zh-", "ZH", "Q1", "Q0", "Q", "q1", "Q12x", "12",
    "1234567890", "CHN", "CN", "CHNA", "chn", "*", "launch_date", "1a", "k3vq7m2xw5ta",
    "k3vq7m2xw5t1", "k3vq7m2xw5t", "a;b", "a;", ";a", "a;;b", "a;-b", "x;*", "press", "true",
    "2020-11-23", "2020", "2030~", "2026/..", "../2030", "unknown", "203X", "2024-5-3", "2024-5",
    "2024-13-01", "2024-00", "24-05", "about 2030", "2030/2025", "0999", "2020-11-23T20:30Z",
    "May 2024", "1731", "~2000", ">800", "22/24", "1,731", "1e3", "--5", "5%", "kg", "~", "-5",
    "5?",
]  # fmt: skip


def accepted_by_sql(connection, form, field, text):
    """Put one cell with its bounds, where it has any, into a table of that field alone."""
    made = columns_of("x", field, form)
    checks = [check for column in made for check in column.checks]
    condition = " AND ".join(f"coalesce({check}, true)" for check in checks) or "true"
    try:
        values = values_of(field, text, form) if text else (text, None, None)[: len(made)]
    except (InvalidValue, ValueError):
        values = (text, None, None)[: len(made)]
    row = ", ".join(f"CAST(? AS {c.type}) AS {quoted(c.name)}" if form == "duckdb"
                    else f"? AS {quoted(c.name)}" for c in made)  # fmt: skip
    return bool(connection.execute(f"SELECT {condition} FROM (SELECT {row})", values).fetchone()[0])


def accepted_by_field(field, text):
    try:
        field.parse(text)
    except InvalidValue:
        return False
    return bool(text)


TEXTUAL = {
    (field.kind, field.regular_expression(), field.vocabulary and field.vocabulary.name): name
    for name, field in FIELDS.items()
    if field.kind not in {"integer", "boolean"}
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", TEXTUAL.values())
def test_a_check_judges_like_the_field(form, name):
    field = FIELDS[name]
    connection = sqlite3.connect(":memory:") if form == "sqlite" else duckdb.connect(":memory:")
    samples = [*CORPUS, *(field.vocabulary.terms if field.vocabulary else ()), field.example]
    judged = {text: accepted_by_sql(connection, form, field, text) for text in samples}
    expected = {text: accepted_by_field(field, text) for text in samples}
    different = {text for text in samples if judged[text] is not expected[text]}
    assert not {text for text in different if expected[text]}, "refuses what the field admits"
    # A reversed interval has the form of a date or a range; in a row its bounds refuse it.
    assert different <= {"2030/2025"}, "admits what the field refuses"


@given(st.text(alphabet="ab-1/;*_ AZQ.:", max_size=12))
def test_sqlite_tells_slugs_records_and_lists_apart_exactly(text):
    connection = sqlite3.connect(":memory:")
    for name in ("missions.id", "names.record", "missions.sources", "claims.field", "sources.url",
                 "actors.wikidata", "actors.ror", "actors.iso_alpha3"):  # fmt: skip
        field = FIELDS[name]
        assert accepted_by_sql(connection, "sqlite", field, text) is accepted_by_field(field, text)
    connection.close()


@given(st.sampled_from(["missions.launch_date", "missions.sample_mass_g", "spacecraft.latitude_deg",
                        "sources.language", "missions.cospar_id", "actors.ror"]),
       st.data())  # fmt: skip
def test_sqlite_admits_every_value_that_the_field_admits(name, data):
    field = FIELDS[name]
    text = data.draw(st.from_regex(field.regular_expression(), fullmatch=True))
    if accepted_by_field(field, text):
        connection = sqlite3.connect(":memory:")
        assert accepted_by_sql(connection, "sqlite", field, text)
        connection.close()


# --- Views ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_the_view_of_contested_cells_is_that_of_the_dataset(mini_edition, tmp_path, form):
    import lunarprogrammes as lp

    expected = {
        (one.table, one.record, one.field): (
            one.value, len(one.claims), {claim.source for claim in one.claims},
            {claim.value for claim, standing in one.standings if standing == "rejected"},
        )
        for one in lp.load(mini_edition).contested()
    }  # fmt: skip
    path = write(Edition.open(mini_edition), form, tmp_path / "mini")
    connection = sqlite3.connect(path) if form == "sqlite" else duckdb.connect(str(path))
    asked = 'SELECT "table", record, field, value, claims, sources, others FROM contested'
    found = {
        tuple(row[:3]): (row[3], row[4], set(row[5].split(";")), set(row[6].split(";")))
        for row in connection.execute(asked).fetchall()
    }
    assert expected
    assert found == expected
    connection.close()


@pytest.mark.parametrize("form", FORMS)
def test_evidence_joins_each_claim_with_its_source(databases, form):
    ask = databases[form].execute
    assert ask("SELECT count(*) FROM evidence").fetchone() == (
        ask("SELECT count(*) FROM claims").fetchone()
    )
    row = ask(
        'SELECT value, title, tier, date, CAST(date_upper AS VARCHAR), standing, verdict '
        "FROM evidence WHERE record = 'artemis-accords:betaland' AND field = 'signed'"
    ).fetchone()  # fmt: skip
    assert row[0] == "2022-05"
    assert row[2:] == ("scholarly", "2024-04-30", "2024-04-30", "chosen", "single")


@pytest.mark.parametrize("form", FORMS)
def test_the_timeline_sorts_by_the_earliest_day(databases, form):
    rows = databases[form].execute(
        'SELECT date, CAST(date_lower AS VARCHAR), CAST(date_upper AS VARCHAR), happening, "table",'
        " record FROM timeline"
    ).fetchall()  # fmt: skip
    assert ("2022-05", "2022-05-01", "2022-05-31", "signed", "parties",
            "artemis-accords:betaland") in rows  # fmt: skip
    assert ("2025-02-01", "2025-02-01", "2025-02-01", "left", "partners", "ilrs:etaland") in rows
    known = [row[1] for row in rows if row[1]]
    assert known == sorted(known)
    assert {row[4] for row in rows} <= {"missions", "events", "agreements", "parties", "partners"}


# --- Files ------------------------------------------------------------------------------------


def test_the_same_edition_gives_the_same_sqlite_bytes(two_camps_edition, files, tmp_path):
    again = write(Edition.open(two_camps_edition), "sqlite", tmp_path / "again.sqlite")
    assert again.read_bytes() == files["sqlite"].read_bytes()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("parties", "alphaland", "nowhere", "parties"),
        ("actors", "country", "kingdom", "actors"),
    ],
)
def test_a_damaged_edition_leaves_nothing_behind(
    two_camps_edition, tmp_path, form, table, old, new, said
):
    whole = Edition.open(two_camps_edition)

    def read(name):
        text = whole.read_text(name)
        return (text.replace(f",{old},", f",{new},") if name == f"{table}.csv" else text).encode()

    target = tmp_path / "out" / "moon"
    target.parent.mkdir()
    target.write_text("an older file")
    with pytest.raises(EditionError, match=said) as caught:
        write(Edition(read, list, "damaged"), form, target)
    assert "lunarprogrammes check" in str(caught.value)
    assert [entry.name for entry in target.parent.iterdir()] == ["moon"]
    assert target.read_text() == "an older file"


def test_a_part_that_names_no_whole_is_found_in_duckdb_too(two_camps_edition, tmp_path):
    whole = Edition.open(two_camps_edition)
    header = whole.read_text("actors.csv").split("\n")[0].split(",")
    cells = {"id": "orphan", "name": "Orphan", "kind": "agency", "parent": "nobody"}
    row = ",".join(cells.get(name, "") for name in header)

    def read(name):
        text = whole.read_text(name)
        return (text + row + "\n" if name == "actors.csv" else text).encode()

    for form in FORMS:
        with pytest.raises(EditionError, match="actors orphan names"):
            write(Edition(read, list, "damaged"), form, tmp_path / form)
    assert not list(tmp_path.iterdir())


def test_without_duckdb_one_line_says_what_to_install(two_camps_edition, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtra, match=r"pip install 'lunarprogrammes\[duckdb\]'"):
        write(Edition.open(two_camps_edition), "duckdb", tmp_path / "moon.duckdb")
    assert not list(tmp_path.iterdir())
    monkeypatch.undo()
    assert importlib.import_module("duckdb")


@pytest.mark.parametrize("form", FORMS)
def test_the_command_writes_it(two_camps_edition, tmp_path, capsys, form):
    target = tmp_path / f"moon.{form}"
    assert main(["export", form, str(target), "--edition", str(two_camps_edition)]) == 0
    assert capsys.readouterr().out == f"{target}\n"
    assert target.stat().st_size > 100_000


def test_the_number_of_the_edition_is_in_the_header():
    assert sqlite_format._number("2026.11.22") == 20261122
    assert sqlite_format._number("unknown") == 0


# --- Datasette --------------------------------------------------------------------------------


def get(datasette, path):
    response = asyncio.run(datasette.client.get(path))
    assert response.status_code == 200, response.text
    return response


def test_datasette_serves_the_file_with_its_metadata(files, two_camps_edition, tmp_path):
    edition = Edition.open(two_camps_edition)
    path = write(edition, "datasette", tmp_path / "camps.datasette.json")
    metadata = json.loads(path.read_text(encoding="utf-8"))
    served = Datasette([], immutables=[str(files["sqlite"])], metadata=metadata)
    row = get(served, "/camps/parties/artemis-accords,betaland.json?_shape=array").json()[0]
    assert (row["role"], row["signed"], row["signed_lower"], row["signed_upper"]) == (
        "signatory", "2022-05", "2022-05-01", "2022-05-31",
    )  # fmt: skip
    page = html.unescape(get(served, "/camps/parties").text)
    assert tables.get("parties").meaning in page
    assert tables.get("parties").fields["signed"].meaning in page
    assert "Creative Commons Attribution 4.0" in page
    facets = get(served, "/camps/parties.json").json()["facet_results"]
    counted = {one["value"]: one["count"] for one in facets["role"]["results"]}
    assert (counted["signatory"], counted["former-party"]) == (5, 1)
    assert set(facets) == {"role", "level"}


def test_datasette_shows_every_table_and_view(files, two_camps_edition):
    metadata = datasette_metadata(Edition.open(two_camps_edition), "camps")
    served = Datasette([], immutables=[str(files["sqlite"])], metadata=metadata)
    shown = metadata["databases"]["camps"]["tables"]
    assert set(shown) == {*relations("sqlite"), *VIEWS}
    for name, told in shown.items():
        assert told["title"] in get(served, f"/camps/{name}").text


def test_datasette_gives_figures_their_units(tmp_path, moon):
    connection = sqlite3.connect(tmp_path / "one.sqlite")
    relation = relations("sqlite")["missions"]
    connection.execute(relation.ddl(foreign=()))
    field = FIELDS["missions.sample_mass_g"]
    values = values_of(field, "~2000", "sqlite")
    connection.execute(
        "INSERT INTO missions (id, name, sample_mass_g, sample_mass_g_lower, sample_mass_g_upper) "
        "VALUES ('m', 'M', ?, ?, ?)",
        values,
    )
    connection.commit()
    connection.close()
    metadata = datasette_metadata(moon._edition, "one")
    page = get(
        Datasette([], immutables=[str(tmp_path / "one.sqlite")], metadata=metadata), "/one/missions"
    ).text
    assert "~2000" in page
    # Datasette chooses the prefix itself.
    assert "1.8\N{NO-BREAK SPACE}kg" in html.unescape(page)
    assert "2.2\N{NO-BREAK SPACE}kg" in html.unescape(page)


def test_the_default_names_of_file_and_metadata_agree(two_camps_edition, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    edition = Edition.open(two_camps_edition)
    database, metadata = write(edition, "sqlite"), write(edition, "datasette")
    assert [*json.loads(metadata.read_text())["databases"]] == [database.stem]
