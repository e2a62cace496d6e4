"""SQL in the browser: its answers are SQLite's, its footnotes those of `moon.sql`."""

import gzip
import json
import sqlite3

import pytest

from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.site.explorer_sql import indexes

pytestmark = pytest.mark.browser

PAGE = "explorer/sql.html"
STATUS = ".explorer-status"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture(scope="module")
def database(explorer_files, tmp_path_factory):
    """The database that the browser loads, in Python's SQLite."""
    packed = explorer_files / "assets" / "data" / "ledger.sqlite.gz"
    path = tmp_path_factory.mktemp("sql") / "ledger.sqlite"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    connection = sqlite3.connect(path)
    for statement in (one for all in indexes().values() for one in all):
        connection.execute(statement)
    yield connection
    connection.close()


def ask(page, sql, *, footnotes=True):
    page.fill("#explorer-sql", sql)
    page.set_checked("#explorer-footnotes", footnotes)
    page.get_by_role("button", name="Run", exact=True).click()
    answered(page)


def answered(page):
    page.wait_for_selector("[data-answered]", timeout=90000)


def rows(page):
    """The texts of the answer, without the column of footnotes."""
    return page.eval_on_selector_all(
        ".explorer-scroll tbody tr", "all => all.map(row => [...row.cells].map(c => c.textContent))"
    )


def texts(answer):
    return [[text(value) for value in row] for row in answer]


def text(value):
    # SQLite has no truth values: it answers 1 and 0.
    return "" if value is None else str(int(value) if isinstance(value, bool) else value)


def annotated(result):
    """The rows of a Python answer as texts, each with its sources; the engines order ties alike."""
    pairs = zip(texts(result.rows), result.footnotes, strict=True)
    return sorted((row, sorted(notes)) for row, notes in pairs)


def annotated_in_json(made):
    split = [(row.pop("footnotes"), list(row.values())) for row in made["rows"]]
    return sorted((texts([row])[0], sorted(notes)) for notes, row in split)


def in_duckdb(sql):
    """The same question where DuckDB asks for another word."""
    return sql.replace("substr(signed_lower", "substr(CAST(signed_lower AS VARCHAR)").replace(
        "max(length", "greatest(length"
    )


def saved(page):
    """The whole answer as the page offers it in JSON."""
    with page.expect_download() as coming:
        page.get_by_role("button", name="JSON", exact=True).click()
    return json.loads(coming.value.path().read_text(encoding="utf-8"))


def test_each_example_answers_as_sqlite_does_with_the_sources_of_python(open_page, database, moon):
    page = open_page(PAGE)
    examples = page.evaluate("async () => (await import('./assets/examples.js')).EXAMPLES")
    assert len(examples) >= 8
    for example in examples:
        page.get_by_role("button", name=example["title"], exact=True).click()
        answered(page)
        assert page.input_value("#explorer-sql") == example["sql"]
        expected = texts(database.execute(example["sql"]).fetchall())
        assert expected, example["title"]
        assert [row[:-1] for row in rows(page)] == expected, example["title"]
        made = saved(page)
        if "ledger" in example["title"]:
            # DuckDB would take seconds to fill the ledger: it is asked here without an engine.
            wanted = sources_of_cells(moon, example["title"], made["rows"])
        else:
            python = moon.sql(in_duckdb(example["sql"]), footnotes=True)
            assert annotated_in_json(made) == annotated(python), example["title"]
            wanted = {one for notes in python.footnotes for one in notes}
        listed = page.eval_on_selector_all(
            "[data-source]", "all => all.map(one => one.dataset.source)"
        )
        assert set(listed) == wanted, example["title"]


def sources_of_cells(moon, title, shown):
    if "launch of Queqiao-2" in title:
        return {one.source for one in moon.why("missions", "queqiao-2", "launch_date").claims}
    cells = {(row["table"], row["field"]) for row in shown}
    return {
        row["source"]
        for row in moon.claims.rows()
        if row["verdict"] == "contested" and (row["table"], row["field"]) in cells
    }


QUERIES = [
    "SELECT count(*) FROM missions",
    "SELECT name FROM missions WHERE id = 'change-5';",
    "select m.name n, p.name from missions m join programmes p on m.programme=p.id order by 1, 2",
    'SELECT m."name" FROM "missions" AS m, actors a WHERE a.id = m.country AND a.id = \'india\'',
    "SELECT max(length(name), 3) AS long, id FROM missions WHERE crewed ORDER BY id",
    "SELECT id, launch_date IS DISTINCT FROM planned_launch AS moved FROM missions ORDER BY id",
    "SELECT country, max(name) FROM missions GROUP BY country HAVING count(*) > 3",
    "SELECT id FROM sources WHERE tier IN ('official', 'scholarly') ORDER BY id LIMIT 7",
    "SELECT p.id -- FROM x\nFROM programmes p LEFT JOIN missions m ON m.programme=p.id GROUP BY 1",
    "SELECT happening, count(DISTINCT record) FROM timeline GROUP BY happening ORDER BY 1",
]


def test_footnotes_are_those_of_python_for_any_plain_query(open_page, moon):
    page = open_page(PAGE)
    for query in QUERIES:
        ask(page, query)
        python = moon.sql(in_duckdb(query), footnotes=True)
        made = saved(page)
        assert set(made["sources"]) == {one for notes in python.footnotes for one in notes}, query
        assert made["rows"], query
        assert annotated_in_json(made) == annotated(python), query


REFUSED = {
    "WITH a AS (SELECT id FROM missions) SELECT id FROM a": "it is no plain SELECT",
    "SELECT DISTINCT country FROM missions": "it has a DISTINCT",
    "SELECT id FROM missions UNION SELECT id FROM programmes": "joins several queries",
    "SELECT id FROM missions WHERE id IN (SELECT mission FROM payloads)": "it has a sub-query",
    "SELECT id, row_number() OVER (ORDER BY id) FROM missions": "it has a window function",
    "SELECT edition FROM edition": "edition rests on no sources",
    "SELECT value FROM missions, json_each('[1]')": "its FROM holds something else than tables",
    "SELECT 1": "it reads no table",
}


def test_what_cannot_have_footnotes_says_why_and_is_answered_without(open_page, database, moon):
    page = open_page(PAGE)
    for query, why in REFUSED.items():
        ask(page, query)
        assert why in page.inner_text(".explorer-refused"), query
        assert sorted(rows(page)) == sorted(texts(database.execute(query).fetchall())), query
        with pytest.raises(LunarProgrammesError):
            moon.sql(query.replace("json_each('[1]')", "unnest([1])"), footnotes=True)
    # SQLite's own shorthand for a sub-query reads a table that FROM does not name.
    refusal = page.evaluate(
        """async () => {
          const { footnoted } = await import("./assets/footnotes.js");
          try {
            return footnoted("SELECT id FROM missions WHERE programme IN programmes", []);
          } catch (error) {
            return error.message;
          }
        }"""
    )
    assert refusal == "The rows can have no footnotes: it has a sub-query."


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("DELETE FROM missions", "The dataset can only be read."),
        ("WITH a AS (SELECT 1) DELETE FROM missions", "readonly database"),
        ("SELECT 1; SELECT 2", "These are several queries."),
        ("SELECT nonsense FROM missions", "no such column: nonsense"),
        ("  -- nothing", "There is no query."),
    ],
)
def test_what_is_no_query_is_refused_in_words(open_page, query, told):
    page = open_page(PAGE)
    ask(page, query)
    assert told in page.inner_text("[role=alert]")
    ask(page, "SELECT count(*) AS n FROM missions", footnotes=False)
    assert int(rows(page)[0][0]) > 100


def test_a_query_without_end_can_be_ended_and_the_page_goes_on(open_page):
    page = open_page(PAGE)
    page.fill("#explorer-sql", ENDLESS)
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_text("Asking…").wait_for()
    page.get_by_role("button", name="End the query").click()
    answered(page)
    assert page.inner_text(STATUS) == "The query was ended."
    ask(page, "SELECT count(*) AS n FROM programmes", footnotes=False)
    assert page.inner_text(STATUS) == "1 row."


def test_a_query_is_ended_when_its_time_is_over(open_page):
    page = open_page(PAGE)
    told = page.evaluate(
        """async (query) => {
          const { Engine } = await import("./assets/engine.js");
          const engine = new Engine({}, () => {}, 1);
          try {
            return await engine.run(query);
          } catch (error) {
            return error.message;
          }
        }""",
        ENDLESS,
    )
    assert told == "The query was ended after 1 seconds."


def test_an_address_asks_again(open_page, database):
    page = open_page(PAGE + "?sql=SELECT+id+FROM+places+ORDER+BY+id+LIMIT+3")
    answered(page)
    expected = database.execute("SELECT id FROM places ORDER BY id LIMIT 3").fetchall()
    assert [row[:1] for row in rows(page)] == texts(expected)


def test_the_browser_makes_the_indexes_of_the_export(open_page):
    page = open_page(PAGE)
    ask(page, "SELECT count(*) AS n FROM claims WHERE \"table\" = 'missions' AND record = 'luna-2'")
    ask(page, "SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name", footnotes=False)
    wanted = [one.split('"')[1] for all in indexes().values() for one in all]
    assert [row[0] for row in rows(page)] == sorted(wanted)
