"""The server for assistants: the official client asks it over the standard streams of a process.

Every process is watched: it ends with code 97 at the first write to a file or word to a network.
"""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mcp.server.mcpserver")
from mcp import Client, MCPError, StdioServerParameters, stdio_client

import lunarprogrammes as lp
from lunarprogrammes import tables
from lunarprogrammes.cli import main
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import MissingExtra
from lunarprogrammes.mcp_server import serve
from lunarprogrammes.mcp_server.lookup import Lookup
from lunarprogrammes.mcp_server.readonly_sql import QueryRefused, ReadOnlySql
from lunarprogrammes.mcp_server.wire import server_for

ROOT = Path(__file__).parents[1]
TOOLS = {
    "find", "show", "why", "list", "known_on", "slips", "camps", "positions", "cite", "query",
    "describe",
}  # fmt: skip
WATCHED = """
import os, sys
NETWORK = {"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo",
           "socket.gethostbyname"}
CHANGES = {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.truncate", "os.link",
           "os.symlink", "os.system", "os.exec", "os.posix_spawn", "subprocess.Popen"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
def watch(event, told):
    bad = event in NETWORK or event in CHANGES
    if event == "open" and isinstance(told[0], (str, bytes)) and told[0] != os.devnull:
        bad = bool((told[2] or 0) & WRITING)
    if event == "sqlite3.connect":
        bad = told[0] != ":memory:"
    if bad:
        os.write(2, f"FORBIDDEN {event} {told}".encode())
        os._exit(97)
sys.addaudithook(watch)
from lunarprogrammes.cli import main
sys.exit(main(sys.argv[1:]))
"""


def watched(edition, *words):
    return ["-B", "-c", WATCHED, "mcp", "--edition", str(edition), *words]


def talk(edition, conversation, tmp_path, mode="auto"):
    """Let the official client speak with a server process; return what the conversation returns."""
    source = str(Path(lp.__file__).parents[1])
    server = StdioServerParameters(
        command=sys.executable, args=watched(edition), env={"PYTHONPATH": source}
    )

    async def run():
        with (tmp_path / "stderr").open("w+", encoding="utf-8") as errors:
            async with Client(
                stdio_client(server, errlog=errors), mode=mode, read_timeout_seconds=60
            ) as client:
                return await conversation(client)

    found = asyncio.run(run())
    assert (tmp_path / "stderr").read_text(encoding="utf-8") == ""
    return found


def asking(*questions):
    """Return a conversation of questions, each a tool with its arguments."""

    async def conversation(client):
        return [await client.call_tool(tool, arguments) for tool, arguments in questions]

    return conversation


def told(result):
    """Return an answer; text and structure say the same."""
    assert not result.is_error, result.content
    assert json.loads(result.content[0].text) == result.structured_content
    return result.structured_content


def mistaken(result):
    assert result.is_error
    assert "Traceback" not in result.content[0].text
    return result.structured_content["error"]


def test_it_says_what_it_offers_and_that_all_of_it_only_reads(mini_edition, tmp_path):
    async def conversation(client):
        return (
            (await client.list_tools()).tools,
            (await client.list_resources()).resources,
            (await client.list_resource_templates()).resource_templates,
            client.instructions,
        )

    tools, resources, templates, instructions = talk(mini_edition, conversation, tmp_path)
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
        assert tool.description.endswith(".")
        assert ">>>" not in tool.description
        for name, argument in tool.input_schema["properties"].items():
            assert argument.get("description") or argument.get("enum"), (tool.name, name)
    assert [one.uri for one in resources] == ["lunarprogrammes://dictionary"]
    assert [one.uri_template for one in templates] == ["lunarprogrammes://dictionary/{table}"]
    assert lp.load(mini_edition).edition in instructions


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_fact_is_looked_up_with_its_evidence(mode, mini_edition, tmp_path):
    """From a name to the testimony, in the newest protocol and by the older handshake."""
    cell = {"table": "missions", "record": "queqiao-2", "field": "launch_date"}
    questions = asking(
        ("find", {"text": "quequiao 2"}),
        ("show", {"table": "missions", "record": "queqiao-2"}),
        ("why", cell),
    )
    found, shown, why = map(told, talk(mini_edition, questions, tmp_path, mode))
    dataset = lp.load(mini_edition)
    evidence = dataset.why(*cell.values())
    assert {one["edition"] for one in (found, shown, why)} == {dataset.edition}
    assert (found["matches"][0]["table"], found["matches"][0]["record"]) == (
        "missions",
        "queqiao-2",
    )
    assert found["matches"][0]["sources"]
    date = shown["fields"]["launch_date"]
    assert (date["value"], date["verdict"]) == (evidence.value, "contested")
    assert (date["earliest"], date["latest"]) == ("2024-03-20", "2024-03-20")
    assert "launch_date" in shown["contested"]
    row = dataset.missions.row("queqiao-2")
    assert {name: one["value"] for name, one in shown["fields"].items()} == {
        name: text for name, text in row.items() if text and name not in {"sources", "contested"}
    }
    assert shown["sources"] == row["sources"].split(";")
    # The report contradicts itself: the table has 20 March, the text 19 March, at two places.
    said = {(one["source"], one["value"], one["locator"]) for one in why["claims"]}
    report = "unnamed-2024-prc-cislunar-report"
    assert said == {
        ("shine-2024-queqiao-2-launch", "2024-03-20T00:31Z", "¶2"),
        ("peoples-daily-2024-queqiao-2-orbit", "2024-03-20", "¶5"),
        (report, "2024-03-20", "Table 1, Queqiao-2"),
        (report, "2024-03-19", "§2.D.1 ¶2"),
        (report, "2024-03-19", "§2.D.1 ¶4"),
    }
    assert (why["verdict"], why["reason"]) == ("contested", evidence.reason)
    assert [one["claim"] for one in why["claims"]] == [claim.id for claim in evidence.claims]
    tiers = {one["source"]: one["tier"] for one in why["claims"]}
    assert tiers[report] == "scholarly"
    assert {one["standing"] for one in why["claims"]} >= {"chosen", "rejected"}
    assert all(one["published"] or one["accessed"] for one in why["claims"])


def test_what_was_published_later_is_not_known_before(mini_edition, tmp_path):
    cell = {"table": "missions", "record": "queqiao-2", "field": "launch_date"}
    questions = asking(
        ("why", {**cell, "known_on": "2024-03-21"}),
        ("known_on", {"day": "2024-03-21", "table": "missions"}),
        ("known_on", {"day": "2023", "table": "missions"}),
        ("list", {"table": "missions", "filters": {"launch_date": "2024", "crewed": None}}),
        ("list", {"table": "missions", "filters": {"launch_date": "2023"}}),
        ("list", {"table": "actors", "limit": 1}),
    )
    why, then, before, listed, none, few = map(told, talk(mini_edition, questions, tmp_path))
    assert {one["source"] for one in why["claims"]} == {"shine-2024-queqiao-2-launch"}
    assert (why["seen"], why["verdict"]) == ("as known on 2024-03-21", "single")
    assert then["records"][0]["launch_date"] == "2024-03-20T00:31Z"
    assert "arrival_date" not in then["records"][0]
    assert then["records"][0]["sources"] == ["shine-2024-queqiao-2-launch"]
    assert (before["seen"], before["records"]) == ("as known on 2023-12-31", [])
    assert [one["record"] for one in listed["records"]] == ["queqiao-2"]
    assert "launch_date" in listed["records"][0]["verdicts"]["contested"]
    assert none["records_in_all"] == 0
    assert few["truncated"]
    assert few["records_in_all"] == len(lp.load(mini_edition).actors)


def test_camps_and_positions_on_a_day(two_camps_edition, tmp_path):
    questions = asking(
        ("camps", {"day": "2023-02-27"}),
        ("camps", {"day": "2024-06-01", "camp": "ilrs"}),
        ("positions", {"sides": ["gammaland"], "year": 2023}),
        ("positions", {"sides": '["alphaland"]'}),
    )
    early, late, said, other = map(told, talk(two_camps_edition, questions, tmp_path))
    # Delta's agency signed on an unknown day: by then perhaps.
    assert early["tally"] == {
        "artemis": {"least": 2, "most": 2},
        "ilrs": {"least": 0, "most": 1},
        "both": {"least": 0, "most": 0},
    }
    belonged = {one["actor"]: one["belonged"] for one in early["members"]}
    assert belonged == {"alphaland": "yes", "betaland": "yes", "deltaland": "possibly"}
    delta = next(one for one in early["members"] if one["actor"] == "deltaland")
    assert (delta["since_is_stated"], delta["until"]) == (False, None)
    assert delta["sources"] == ["journal-2024-camps"]
    assert delta["verdicts"]["single"] == ["*"]
    assert {one["actor"] for one in late["members"]} == {
        "gammaland", "deltaland", "betaland", "etaland",
    }  # fmt: skip
    assert [one["id"] for one in said["positions"]] == ["b"]
    assert said["positions"][0]["verdicts"] == {"single": ["summary", "date"]}
    assert said["sources"] == ["journal-2024-camps"]
    # Some clients send a list as text; it is read, not taken for the name of a side.
    assert [one["id"] for one in other["positions"]] == ["a"]


def test_citations_are_those_of_the_package(mini_edition, tmp_path):
    fact = {"record": "missions/queqiao-2", "field": "launch_date"}
    styles = ("text", "bibtex", "csl-json")
    questions = asking(*(("cite", {**fact, "style": style}) for style in styles))
    dataset = lp.load(mini_edition)
    for style, result in zip(styles, talk(mini_edition, questions, tmp_path), strict=True):
        answer = told(result)
        assert answer["citation"] == dataset.cite(*fact.values(), style=style)
        assert (answer["verdict"], answer["value"]) == ("contested", "2024-03-20T00:31Z")
        assert answer["claim"] in answer["citation"]
        assert answer["sources"][0] in {claim.source for claim in dataset.claims}
    assert {one["type"] for one in json.loads(answer["citation"])} >= {"dataset"}


REFUSED = (
    "drop table missions",
    "select 1; drop table missions",
    "with a as (select 'x') insert into missions(id) select * from a",
    "with a as (select 1) delete from missions",
    "update missions set name = 'x'",
    "attach '/tmp/lunar.db' as x",
    "vacuum into '/tmp/lunar.db'",
    "pragma query_only = off",
    "select * from pragma_database_list",
    "select load_extension('x')",
    "explain select 1",
    "begin",
    "",
    "/**/" * 4000,
)


def test_a_query_reads_and_nothing_else(mini_edition, tmp_path):
    asked = "select id, launch_date, launch_date_lower, crewed, sources, contested from missions"
    questions = asking(
        ("query", {"sql": asked}),
        *(("query", {"sql": sql}) for sql in REFUSED),
        ("query", {"sql": asked}),
        ("query", {"sql": 'select "table", count(*) as n from claims group by 1'}),
        ("query", {"sql": "select id from actors order by id", "limit": 1}),
        ("query", {"sql": "select nme from missions"}),
        ("query", {"sql": "select x'00ff', 9e999, null, cast(x'ff' as text)"}),
    )
    first, *results = talk(mini_edition, questions, tmp_path)
    refused, (again, counts, few, wrong, odd) = results[: len(REFUSED)], results[len(REFUSED) :]
    row = lp.load(mini_edition).missions.row("queqiao-2")
    assert told(first)["rows"] == [
        ["queqiao-2", "2024-03-20T00:31Z", "2024-03-20", None, row["sources"], row["contested"]]
    ]
    assert told(first)["sources"] == row["sources"].split(";")
    assert "note" not in told(first)
    for sql, result in zip(REFUSED, refused, strict=True):
        assert mistaken(result) == {
            "code": "query",
            "what": "Only a SELECT is answered.",
            "expected": "Expected one statement that begins with SELECT, WITH or VALUES.",
            "remedy": "Nothing here can be changed; the tables are those of `describe`.",
        }, sql
    assert told(again) == told(first)
    held = {}
    for claim in lp.load(mini_edition).claims:
        held[claim.table] = held.get(claim.table, 0) + 1
    assert dict(told(counts)["rows"]) == held
    assert told(counts)["note"].startswith("These rows name no source and no verdict")
    assert (told(few)["truncated"], len(told(few)["rows"])) == (True, 1)
    assert mistaken(wrong)["what"] == "The query cannot be run: no such column: nme."
    assert "missions" in mistaken(wrong)["expected"]
    assert told(odd)["rows"] == [["00ff", "inf", None, "\ufffd"]]


def test_sql_holds_every_cell_with_the_bounds_of_dates_and_figures(two_camps_edition):
    """Nothing is dropped and nothing sharpened between the files and the tables of SQL."""
    dataset, asked = lp.load(two_camps_edition), ReadOnlySql(Edition.open(two_camps_edition))
    for table in tables.all_tables().values():
        answer = asked.query(f'select * from "{table.name}"', 1000)
        assert not answer["truncated"]
        made = [dict(zip(answer["columns"], row, strict=True)) for row in answer["rows"]]
        rows = dataset.table(table.name).rows()
        assert len(made) == len(rows)
        for cells, row in zip(made, rows, strict=True):
            for name, field in table.fields.items():
                value = field.parse(row[name]) if row[name] else None
                if field.kind in {"boolean", "integer"}:
                    assert cells[name] == value
                else:
                    assert (cells[name] or "") == row[name]
                if field.kind == "date":
                    for side in ("lower", "upper"):
                        bound = getattr(value, side, None)
                        assert cells[f"{name}_{side}"] == (bound and bound.isoformat())


@pytest.mark.parametrize("name", ["decisions", "redirects"])
def test_sql_knows_what_decides_and_what_redirects(name):
    edition = Edition.open()
    answer = ReadOnlySql(edition).query(f"select * from {name}", 1000)
    rows = [*edition.rows(name)]
    assert rows
    told = [[cell or "" for cell in row] for row in answer["rows"]]
    assert [dict(zip(answer["columns"], row, strict=True)) for row in told] == rows


def test_a_query_ends_by_the_clock_and_within_its_memory(mini_edition):
    asked = ReadOnlySql(Edition.open(mini_edition), seconds=0.2)
    endless = "with recursive c(x) as (select 1 union all select x + 1 from c) select {} from c"
    with pytest.raises(QueryRefused, match=r"longer than 0\.2 seconds and was stopped\. Filter"):
        asked.query(endless.format("count(*)"))
    answer = asked.query(endless.format("x"), limit=5)
    assert ([row[0] for row in answer["rows"]], answer["truncated"]) == ([1, 2, 3, 4, 5], True)
    wide = asked.query(endless.format("hex(zeroblob(50000))"), limit=1000)
    assert (len(wide["rows"]), wide["truncated"]) == (2, True)
    patient = ReadOnlySql(Edition.open(mini_edition), seconds=60)
    with pytest.raises(QueryRefused, match="needs more memory than it is given"):
        patient.query(endless.format("x, hex(randomblob(400000)) as h") + " order by h")
    assert patient.query("select count(*) from missions")["rows"] == [[1]]


@pytest.mark.parametrize(
    ("tool", "arguments", "code", "what", "helps"),
    [
        ("show", {"table": "mission", "record": "x"}, "unknown-table",
         "There is no table 'mission'.", "Did you mean missions?"),
        ("show", {"table": "missions", "record": "queqiao"}, "unknown-record",
         "There is no record 'queqiao' in missions.", "Did you mean queqiao-2?"),
        ("why", {"table": "missions", "record": "queqiao-2", "field": "launchdate"},
         "unknown-field", "missions has no field 'launchdate'.", "Did you mean launch_date"),
        ("why", {"table": "missions", "record": "queqiao-2", "field": "sample_mass_g"}, "no-value",
         "No source that is heard states sample_mass_g of missions/queqiao-2.", ""),
        ("list", {"table": "missions", "filters": {"crewed": "perhaps"}}, "invalid-value",
         "'perhaps' is not true or false.", ""),
        ("known_on", {"day": "late spring", "table": "missions"}, "invalid-date",
         "'late spring' is no uncertain date.", ""),
        ("known_on", {"day": "2026/..", "table": "missions"}, "error",
         "'2026/..' has no last day.", ""),
        ("list", {"table": "missions", "country": "china"}, "error",
         "list takes no 'country'.", "Fields of a table go in filters."),
        ("find", {"text": "luna", "limit": 1000}, "arguments",
         "The arguments do not fit: limit: Input should be less than or equal to 200.",
         "Correct the arguments and ask again."),
        ("find", {}, "arguments", "The arguments do not fit: text: Field required.",
         "Correct the arguments and ask again."),
        ("cite", {"record": "queqiao-2", "style": "apa"}, "arguments",
         "The arguments do not fit: style: Input should be 'text', 'bibtex' or 'csl-json'.",
         "Correct the arguments and ask again."),
        ("shwo", {}, "error", "There is no tool 'shwo'.", "Did you mean show?"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_so_that_it_can_be_repaired(
    tool, arguments, code, what, helps, mini_edition
):
    async def conversation():
        async with Client(server_for(Lookup(Edition.open(mini_edition)))) as client:
            return await client.call_tool(tool, arguments)

    error = mistaken(asyncio.run(conversation()))
    assert (error["code"], error["what"]) == (code, what)
    assert helps in error.get("remedy", "")
    assert error.get("expected") or error.get("remedy")


def test_after_mistakes_the_process_still_answers_and_its_log_is_empty(mini_edition, tmp_path):
    questions = asking(
        ("show", {"table": "missions", "record": "queqiao"}),
        ("shwo", {}),
        ("find", {"limit": "many"}),
        ("find", {"text": "queqiao"}),
    )
    *wrong, right = talk(mini_edition, questions, tmp_path)
    assert [mistaken(one)["code"] for one in wrong] == ["unknown-record", "error", "arguments"]
    assert told(right)["matches"][0]["record"] == "queqiao-2"


def test_questions_asked_at_once_get_the_answers_of_questions_asked_in_turn(mini_edition, tmp_path):
    asked = [
        ("show", {"table": "missions", "record": "queqiao-2"}),
        ("known_on", {"day": "2024-03-21", "table": "missions"}),
        ("query", {"sql": "select id, sources from actors order by id"}),
        ("query", {"sql": "select id, sources from missions order by id"}),
        ("why", {"table": "missions", "record": "queqiao-2", "field": "launch_date"}),
    ]

    async def at_once(client):
        return await asyncio.gather(*(client.call_tool(*one) for one in [*asked, *reversed(asked)]))

    in_turn = [*map(told, talk(mini_edition, asking(*asked), tmp_path))]
    both = [*map(told, talk(mini_edition, at_once, tmp_path))]
    assert both == [*in_turn, *reversed(in_turn)]


def test_what_nobody_foresaw_keeps_its_inner_parts_to_the_log(mini_edition, caplog):
    class Broken(Lookup):
        def find(self, text: str) -> dict[str, str]:
            raise RuntimeError(f"secret inner part, {text}")

    async def conversation():
        async with Client(server_for(Broken(Edition.open(mini_edition)))) as client:
            return await client.call_tool("find", {"text": "luna"})

    result = asyncio.run(conversation())
    assert mistaken(result)["what"] == "The server could not answer."
    assert "secret" not in result.content[0].text
    assert "secret inner part, luna" in caplog.text


def test_the_dictionary_is_a_resource_and_a_tool(mini_edition, tmp_path):
    async def conversation(client):
        whole = await client.read_resource("lunarprogrammes://dictionary")
        one = await client.read_resource("lunarprogrammes://dictionary/missions")
        with pytest.raises(MCPError, match=r"no table 'misions'.*Did you mean missions"):
            await client.read_resource("lunarprogrammes://dictionary/misions")
        asked = await client.call_tool("describe", {"table": "missions"})
        return json.loads(whole.contents[0].text), json.loads(one.contents[0].text), told(asked)

    whole, one, asked = talk(mini_edition, conversation, tmp_path)
    assert one == asked
    assert set(whole["tables"]) == set(tables.names_of_tables())
    dataset = lp.load(mini_edition)
    for name, table in tables.all_tables().items():
        assert list(whole["tables"][name]["fields"]) == list(table.fields)
        assert whole["tables"][name]["rows"] == len(dataset.table(name))
    assert set(whole["verdicts"]) == {"single", "agreed", "superseded", "contested", "denied"}
    mass = one["fields"]["sample_mass_g"]
    field = tables.get("missions").fields["sample_mass_g"]
    assert (mass["unit"], mass["meaning"]) == ("g", field.meaning)
    assert set(one["fields"]["outcome"]["terms"]) == set(
        tables.get("missions").fields["outcome"].vocabulary.terms
    )


def test_only_the_protocol_is_spoken_on_standard_output(mini_edition):
    """A line that is no message is survived; at the end of the input the server goes quietly."""
    hello = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18", "capabilities": {},
            "clientInfo": {"name": "by hand", "version": "1"},
        },
    }  # fmt: skip
    lines = ["no message", json.dumps(hello)]
    done = subprocess.run(
        [sys.executable, *watched(mini_edition)],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env={"PYTHONPATH": str(Path(lp.__file__).parents[1])},
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    answer = next(one for one in messages if one.get("id") == 1)
    assert answer["result"]["serverInfo"]["name"] == "lunarprogrammes"


def test_the_watch_would_have_seen_a_write(tmp_path):
    target = tmp_path / "written"
    code = WATCHED.replace("from lunarprogrammes.cli import main", f"open({str(target)!r}, 'w')")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, target.exists()) == (97, False)


def test_without_the_edition_or_the_extra_it_says_what_to_do(tmp_path, monkeypatch, capsys):
    assert main(["mcp", "--edition", str(tmp_path / "none")]) == 2
    assert (
        capsys.readouterr().err == f"error: {tmp_path / 'none'} does not exist. Check the path.\n"
    )
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    with pytest.raises(MissingExtra, match=r"pip install 'lunarprogrammes\[mcp\]'"):
        serve()
    assert main(["mcp"]) == 2


def test_the_committed_edition_answers(moon, tmp_path):
    """One conversation with the edition that users get: plans that moved, and a count."""
    questions = asking(
        ("slips", {"mission": "artemis-ii"}),
        ("query", {"sql": "select count(*) from claims"}),
        ("show", {"table": "missions", "record": "change-5"}),
    )
    slips, count, shown = map(told, talk(ROOT / "datasets", questions, tmp_path))
    stated = moon.slips("artemis-ii")
    assert [one["claim"] for one in slips["statements"]] == [
        one.claim.id for one in stated.statements
    ]
    drift = stated.drift("planned_launch")
    assert slips["drift"]["planned_launch"]["moved"] == str(drift.moved)
    assert slips["sources"]
    assert (
        slips["in_fact"]["launch_date"]["value"] == moon.missions.row("artemis-ii")["launch_date"]
    )
    assert {name for names in slips["verdicts"].values() for name in names} >= {
        "planned_launch", "launch_date",
    }  # fmt: skip
    assert count["rows"] == [[len(moon.claims)]]
    assert shown["fields"]["sample_mass_g"]["unit"] == "g"
    assert all(one["verdict"] for name, one in shown["fields"].items() if name != "id")
