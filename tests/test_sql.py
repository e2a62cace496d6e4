"""SQL on a dataset: rows as seen from its perspective, footnotes, and nothing but reading."""

import datetime
import json
import sys

import duckdb
import pytest

import lunarprogrammes as lp
from lunarprogrammes.cli import main
from lunarprogrammes.errors import LunarProgrammesError, MissingExtra, UnknownTable
from lunarprogrammes.sql import InvalidQuery, Result


@pytest.fixture(scope="module")
def camps(two_camps_edition):
    return lp.load(two_camps_edition)


def test_rows_columns_and_types(camps):
    found = camps.sql(
        "SELECT party, signed, signed_upper, ordinal FROM parties "
        "WHERE agreement = 'artemis-accords' ORDER BY ordinal"
    )
    assert found.columns == ("party", "signed", "signed_upper", "ordinal")
    assert found.rows == (
        ("alphaland", "2020-10-13", datetime.date(2020, 10, 13), 1),
        ("betaland", "2022-05", datetime.date(2022, 5, 31), 2),
        ("gammaland", "2024-03-10", datetime.date(2024, 3, 10), 3),
    )
    assert found.footnotes is None
    assert len(found) == 3
    assert next(iter(found)) == found.rows[0]


def test_a_with_and_a_join_and_a_view(camps):
    found = camps.sql(
        "WITH joined AS (SELECT partner, joined FROM partners WHERE joined_lower < '2024-01-01') "
        "SELECT a.name FROM joined JOIN actors a ON a.id = joined.partner ORDER BY 1"
    )
    assert [row[0] for row in found] == [
        camps.actors[name].name for name in ("etaland", "gammaland")
    ]
    (count,) = camps.sql("SELECT count(*) FROM evidence").rows[0]
    assert count == len(camps.claims)


def test_every_table_has_the_rows_of_the_dataset(camps):
    from lunarprogrammes.tables import names_of_tables

    for name in names_of_tables():
        assert camps.sql(f"SELECT count(*) FROM {name}").rows == ((len(camps.table(name)),),)


# --- Perspectives -----------------------------------------------------------------------------


def test_sql_sees_what_its_dataset_sees(camps):
    asked = "SELECT status, \"left\" FROM partners WHERE partner = 'etaland'"
    assert camps.sql(asked).rows == (("withdrawn", "2025-02-01"),)
    before = camps.known_on("2024-12-31")
    assert before.sql(asked).rows != camps.sql(asked).rows
    row = before.partners.row("ilrs:etaland")
    assert before.sql(asked).rows == ((row["status"] or None, row["left"] or None),)
    then = camps.at("2021-01-01")
    assert {row[0] for row in then.sql("SELECT agreement || ':' || party FROM parties")} == {
        *then.parties.ids
    }
    assert len(then.parties) < len(camps.parties)


def test_the_ledger_holds_what_was_heard_with_the_verdicts_of_then(mini_edition):
    now = lp.load(mini_edition)
    asked = "SELECT id, standing, verdict FROM claims WHERE \"table\" = 'missions'"
    perspectives = [
        now,
        now.resolved_by("official-first"),
        now.known_on("2024-04-01"),
        now.at("2024-01-01"),
    ]
    for seen in perspectives:
        expected = {
            (claim.id, standing, told.verdict)
            for mission in seen.missions.ids
            for field in ("*", *seen.missions.columns)
            if (told := evidence(seen, mission, field))
            for claim, standing in told.standings
        }
        assert expected
        assert set(seen.sql(asked).rows) == expected


def evidence(seen, mission, field):
    try:
        return seen.why("missions", mission, field)
    except LookupError:
        return None


def test_the_views_follow_the_perspective(mini_edition):
    now = lp.load(mini_edition)
    for seen in (now, now.known_on("2024-04-01")):
        cells = {(one.table, one.record, one.field) for one in seen.contested()}
        assert set(seen.sql('SELECT "table", record, field FROM contested').rows) == cells


# --- Footnotes --------------------------------------------------------------------------------


def test_each_row_names_the_sources_of_its_record(camps):
    found = camps.sql("SELECT partner, status FROM partners ORDER BY partner", footnotes=True)
    assert found.columns == ("partner", "status")
    for (partner, _), notes in zip(found.rows, found.footnotes, strict=True):
        assert notes == camps.partners[f"ilrs:{partner}"].sources
    assert {"journal-2024-camps", "paper-2025-etaland"} <= {one for row in found.footnotes
                                                           for one in row}  # fmt: skip


def test_a_join_names_the_sources_of_both_and_a_missing_side_none(mini_edition):
    moon = lp.load(mini_edition)
    (row,) = moon.sql(
        "SELECT m.name, s.name FROM missions m LEFT JOIN systems s ON s.id = m.launch_vehicle",
        footnotes=True,
    ).footnotes
    both = (*moon.missions["queqiao-2"].sources, *moon.systems["long-march-8"].sources)
    assert row == tuple(dict.fromkeys(both))
    (alone,) = moon.sql(
        "SELECT m.name FROM missions m LEFT JOIN systems s ON s.id = 'none'", footnotes=True
    ).footnotes
    assert alone == moon.missions["queqiao-2"].sources


def test_a_count_rests_on_all_that_it_counts(camps):
    found = camps.sql(
        "SELECT status, count(*) AS n FROM partners GROUP BY ALL ORDER BY n DESC, status",
        footnotes=True,
    )
    for (status, count), notes in zip(found.rows, found.footnotes, strict=True):
        counted = [one for one in camps.partners if one.status == status]
        assert count == len(counted)
        assert notes == tuple(sorted({source for one in counted for source in one.sources}))
    (all_of_them,) = camps.sql("SELECT count(*) FROM partners", footnotes=True).footnotes
    assert all_of_them == ("journal-2024-camps", "paper-2025-etaland")
    assert camps.sql("SELECT count(*) FROM partners WHERE false", footnotes=True).footnotes == ((),)


@pytest.mark.parametrize(
    ("query", "column"),
    [
        ("SELECT source FROM claims LIMIT 5", "source"),
        ("SELECT source, tier FROM evidence LIMIT 5", "source"),
        ("SELECT id FROM sources", "id"),
        ("FROM claims SELECT source LIMIT 3", "source"),
        ("SELECT DATE_UPPER, sources FROM Timeline AS t LIMIT 3", "sources"),
    ],
)
def test_a_claim_rests_on_its_source_and_a_source_on_itself(camps, query, column):
    found = camps.sql(query, footnotes=True)
    place = found.columns.index(column)
    assert found.rows
    for row, notes in zip(found.rows, found.footnotes, strict=True):
        assert notes == tuple(row[place].split(";"))


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("SELECT DISTINCT partner FROM partners", "it has a DISTINCT"),
        ("WITH a AS (SELECT * FROM partners) SELECT * FROM a", "it has a WITH"),
        ("SELECT partner FROM partners UNION SELECT party FROM parties", "several queries"),
        ("SELECT partner FROM partners WHERE partner IN (SELECT party FROM parties)", "sub-query"),
        ("SELECT * FROM (SELECT partner FROM partners)", "sub-query"),
        ("SELECT rank() OVER (ORDER BY joined_lower) FROM partners", "a window function"),
        ("SELECT reason FROM decisions", "decisions rests on no sources"),
        ("SELECT 1", "it reads no table"),
        ("SELECT * FROM range(3)", "something else than tables"),
        ("SELECT a.id FROM actors a SEMI JOIN partners p ON p.partner = a.id", "a SEMI join"),
        ("SELECT x FROM partners AS p(x)", "other names"),
    ],
)
def test_footnotes_are_refused_where_they_would_not_be_exact(camps, query, why):
    with pytest.raises(InvalidQuery, match=why) as caught:
        camps.sql(query, footnotes=True)
    assert "Expected one SELECT over tables and views joined in FROM." in str(caught.value)
    assert camps.sql(query).columns, "without footnotes it is answered"


# --- Nothing but reading ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "DROP TABLE missions",
        "INSERT INTO missions (id) VALUES ('x')",
        "COPY (SELECT 1) TO 'out.csv'",
        "ATTACH 'other.db'",
        "SET threads = 1",
        "INSTALL httpfs",
        "PRAGMA version",
        "CREATE TABLE t AS SELECT 1",
        "EXPLAIN SELECT 1",
    ],
)
def test_what_does_not_read_is_refused(camps, query, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidQuery) as caught:
        camps.sql(query)
    assert str(caught.value) == "The dataset can only be read. Expected SELECT or WITH."
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('{0}')",
        "SELECT * FROM read_text('{0}')",
        "SELECT * FROM '{0}'",
        "SELECT * FROM glob('{1}/*')",
        "SELECT * FROM read_csv('https://example.org/a.csv')",
        "SELECT * FROM frame",
        "SELECT * FROM query('SELECT * FROM frame')",
    ],
)
def test_files_network_and_the_callers_variables_are_out_of_reach(camps, tmp_path, query):
    secret = tmp_path / "secret.csv"
    secret.write_text("word\nhidden\n")
    frame = duckdb.sql("SELECT 'hidden' AS word").df()
    assert len(frame) == 1
    with pytest.raises(LunarProgrammesError):
        camps.sql(query.format(secret, tmp_path))


@pytest.mark.parametrize(
    ("query", "error", "said"),
    [
        ("SELECT * FROM mission", UnknownTable, "There is no table 'mission'. The tables and"),
        ("SELECT * FROM mission", UnknownTable, "Did you mean missions?"),
        ("SELECT nme FROM missions", InvalidQuery, 'Referenced column "nme" not found'),
        ("SELECT 1; SELECT 2", InvalidQuery, "These are 2 queries. Expected one."),
        ("", InvalidQuery, "These are 0 queries. Expected one."),
        ("SELEC 1", InvalidQuery, 'no SQL that DuckDB reads: syntax error at or near "SELEC"'),
        ("SELECT 'a'::INTEGER", InvalidQuery, "Could not convert string 'a' to INT32"),
    ],
)
def test_mistakes_are_told_in_one_line(camps, query, error, said):
    with pytest.raises(error) as caught:
        camps.sql(query)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_table_named_only_when_the_query_runs_is_full(camps):
    hidden = "SELECT * FROM query('SELECT count(*) FROM par' || 'ties')"
    fresh = lp.load(camps._edition.name)
    assert fresh.sql(hidden).rows == ((len(camps.parties),),)
    assert ("parties",) in lp.load(camps._edition.name).sql(
        "SELECT table_name FROM information_schema.tables"
    ).rows


# --- Shapes -----------------------------------------------------------------------------------


def test_a_result_prints_as_a_table_with_numbered_footnotes():
    result = Result(
        ("name", "mass"),
        (("嫦娥五号", 1731.0), ("Luna 24", None)),
        (("a", "b"), ("b", "c")),
        {"a": "First", "b": "Second", "c": "Third"},
    )
    assert str(result) == (
        "name      mass    footnotes\n"
        "────────  ──────  ─────────\n"
        "嫦娥五号  1731.0  1-2\n"
        "Luna 24           2-3\n"
        "\n"
        "1. a: First\n2. b: Second\n3. c: Third"
    )


def test_columns_of_one_name_stay_apart(camps):
    found = camps.sql("SELECT party, agreement, party FROM parties LIMIT 1")
    assert found.columns == ("party", "agreement", "party_1")
    assert len(found.records()[0]) == 3


def test_to_pandas(camps):
    frame = camps.sql(
        "SELECT party, ordinal FROM parties ORDER BY 1, 2", footnotes=True
    ).to_pandas()
    assert [*frame.columns] == ["party", "ordinal", "footnotes"]
    assert len(frame) == len(camps.parties)
    assert frame["footnotes"][0] == ["journal-2024-camps"]
    assert [*camps.sql("SELECT id FROM missions WHERE false").to_pandas().columns] == ["id"]


def test_without_duckdb_one_line_says_what_to_install(two_camps_edition, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtra) as caught:
        lp.load(two_camps_edition).sql("SELECT 1")
    assert str(caught.value) == (
        "duckdb is not installed. Install it with: pip install 'lunarprogrammes[duckdb]'"
    )


# --- The command ------------------------------------------------------------------------------

ASKED = "SELECT party, signed_lower FROM parties WHERE ordinal = 2"


@pytest.fixture
def run(two_camps_edition, capsys):
    def run(*words):
        code = main(["sql", *words, "--edition", str(two_camps_edition)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_the_command_in_each_format(run):
    assert run(ASKED, "--format", "csv") == (0, "party,signed_lower\nbetaland,2022-05-01\n", "")
    code, out, _ = run(ASKED, "--footnotes", "--format", "json")
    assert (code, json.loads(out)) == (
        0,
        [{"party": "betaland", "signed_lower": "2022-05-01", "footnotes": ["journal-2024-camps"]}],
    )
    assert run(ASKED, "--footnotes", "--format", "csv")[1] == (
        "party,signed_lower,footnotes\nbetaland,2022-05-01,journal-2024-camps\n"
    )
    code, out, _ = run(ASKED, "--footnotes")
    assert code == 0
    assert out.splitlines()[2].split() == ["betaland", "2022-05-01", "1"]
    assert out.splitlines()[4].startswith("1. journal-2024-camps: ")


def test_the_command_says_when_nothing_is_found_and_when_nothing_can_be_asked(run):
    assert run("SELECT id FROM missions WHERE false") == (
        1, "id\n──\n", "The query gives no row.\n",
    )  # fmt: skip
    code, out, err = run("DELETE FROM missions")
    assert (code, out) == (2, "")
    assert err == "error: The dataset can only be read. Expected SELECT or WITH.\n"


def test_the_command_takes_a_perspective(run):
    asked = "SELECT count(*) AS n FROM parties"
    now, then = run(asked, "--format", "csv")[1], run(asked, "--format", "csv", "--at", "2021")[1]
    assert int(then.split()[1]) < int(now.split()[1])
