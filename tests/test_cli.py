"""The command line: every command, exit codes, clean pipes, no traceback for a mistake."""

import csv
import io
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from lunarprogrammes import __version__, tables
from lunarprogrammes.cli import commands, main
from lunarprogrammes.cli._common import bold

ROOT = Path(__file__).parents[1]
MINI_SEEDS = Path(__file__).parent / "mini_seeds"


@pytest.fixture
def cli(capsys):
    """Run a command line in this process; return exit code, standard output and standard error."""

    def run(*words):
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run


@pytest.fixture
def ask(cli, founding_edition):
    """Run a command line on the founding edition, where the words of an answer are known."""

    def run(*words):
        return cli(*words, "--edition", founding_edition)

    return run


def shell(*words, stdin=None, check=False, cwd=ROOT, **environment):
    """Run a command line in another process."""
    return subprocess.run(
        [sys.executable, "-m", "lunarprogrammes", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        input=stdin,
        check=check,
        cwd=cwd,
        env={**os.environ, **environment},
    )


def rows_of(text):
    return [*csv.DictReader(io.StringIO(text, newline=""), strict=True)]


# --- What it says of itself -------------------------------------------------------------------

# Those that the design names; a later command is one more module.
DESIGNED = {
    "build", "check", "cite", "contested", "diff", "export", "find", "list", "new-source", "show",
    "slips", "why",
}  # fmt: skip


def test_the_commands_are_those_of_the_design():
    assert set(commands()) >= DESIGNED


def test_help_documents_every_command_and_the_exit_codes(cli):
    code, out, _ = cli("--help")
    assert code == 0
    listed = {
        line.split()[0] for line in out.split("\n") if line.startswith("    ") and line.split()
    }
    assert listed >= set(commands())
    assert "exit codes: 0 done; 1 problems or nothing found; 2 the request could not be" in out


@pytest.mark.parametrize("command", commands())
def test_each_command_has_help_with_every_option_explained(cli, command):
    from importlib import import_module

    code, out, _ = cli(command, "--help")
    assert code == 0
    summary = import_module(f"lunarprogrammes.cli.{commands()[command]}").SUMMARY
    assert " ".join(summary.split()) in " ".join(out.split())
    assert summary.endswith(".")
    assert "exit codes:" in out


@pytest.mark.parametrize("table", tables.names_of_tables())
def test_list_offers_every_field_of_its_table_as_an_option(cli, table):
    code, out, _ = cli("list", table, "--help")
    assert code == 0
    for name, field in tables.get(table).fields.items():
        if not field.derived:
            assert f"--{name.replace('_', '-')} " in out


def test_version(cli, moon):
    both = f"lunarprogrammes {__version__}, edition {moon.edition}\n"
    assert cli("--version") == (0, both, "")


def test_without_a_command_it_says_what_it_holds_and_what_to_try(cli, moon):
    code, out, err = cli()
    assert (code, err) == (0, "")
    assert out.startswith(f"lunarprogrammes, edition {moon.edition}\n")
    assert f"{len(moon.missions):>7,}  missions\n" in out
    assert f"{len(moon.claims):>7,}  claims\n" in out
    tried = [line.split("#")[0].split() for line in out.split("\n") if line.startswith("  lunar")]
    assert len(tried) == 3
    for _, *words in tried:
        assert cli(*words)[0] == 0


# --- Each command -----------------------------------------------------------------------------


def test_list_as_csv_json_and_table(cli, moon):
    code, out, err = cli("list", "missions", "--programme", "clep", "--format", "csv")
    assert (code, err) == (0, "")
    expected = moon.missions.where(programme="clep").rows()
    assert rows_of(out) == [dict(row) for row in expected]
    code, out, err = cli("list", "missions", "--programme", "clep", "--format", "json")
    assert json.loads(out) == [dict(row) for row in expected]
    code, out, err = cli("list", "missions", "--programme", "clep", "--columns", "id,launch_date")
    lines = out.split("\n")
    assert lines[0].split() == ["id", "launch_date"]
    assert [line.split()[0] for line in lines[2:-1]] == [row["id"] for row in expected]


def test_list_partners_as_known_on_two_days(ask):
    question = ("list", "partners", "--programme", "ilrs", "--format", "csv", "--known-on")
    early, late = (rows_of(ask(*question, day)[1]) for day in ("2023-02-27", "2024-04-30"))
    assert [(row["partner"], row["role"]) for row in early] == [
        ("china", "co-founder"),
        ("russia", "co-founder"),
    ]
    roles = {row["partner"]: row["role"] for row in late}
    assert (roles["china"], roles["russia"]) == ("lead", "partner")
    assert len(late) > 10


def test_list_at_a_day_and_possibly(ask):
    question = ("list", "partners", "--programme", "ilrs", "--format", "csv", "--at", "2021-06-30")
    assert ask(*question)[0] == 1
    code, out, _ = ask(*question, "--possibly")
    assert code == 0
    assert "russia" in {row["partner"] for row in rows_of(out)}


def test_list_of_nothing(cli):
    code, out, err = cli("list", "missions", "--launch-date", "1850", "--format", "csv")
    assert (code, err) == (1, "No record of missions meets the conditions.\n")
    assert rows_of(out) == []


@pytest.mark.parametrize("table", tables.names_of_tables())
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_list_shows_every_table(cli, ask, moon, founding, table, form):
    # All rows that there are as CSV. A table of 71,000 claims takes 12 s to lay out: the other
    # forms are asked of the founding edition.
    dataset, list_ = (moon, cli) if form == "csv" else (founding, ask)
    code, out, _ = list_("list", table, "--format", form)
    count = len(dataset.table(table))
    assert code == (0 if count else 1)
    if form == "csv":
        assert len(rows_of(out)) == count
    elif form == "json":
        assert len(json.loads(out)) == count
    else:
        assert out.count("\n") == count + 2


def test_show(cli):
    code, out, err = cli("show", "missions", "queqiao-2")
    assert (code, err) == (0, "")
    lines = out.split("\n")
    assert lines[0] == "missions/queqiao-2"
    shown = {line.split()[0]: line for line in lines[1:] if line.startswith("  ")}
    assert shown["launch_date"].endswith(
        "2024-03-20T00:31Z (20 March 2024, 00:31 UTC)  [contested]"
    )
    assert "unnamed-2024-prc-cislunar-report" in out
    assert "Why: lunarprogrammes why missions queqiao-2 arrival_date" in out
    assert cli("show", "missions/queqiao-2")[1] == cli("show", "queqiao-2")[1] == out


def test_show_figures_in_words(cli):
    out = cli("show", "change-5")[1]
    assert "1,731 g" in out


def test_show_as_json(cli, moon):
    code, out, _ = cli("show", "change-5", "--format", "json")
    shown = json.loads(out)
    assert code == 0
    assert shown.pop("table") == "missions"
    assert shown == {name: text for name, text in moon.missions.row("change-5").items() if text}


@pytest.mark.parametrize("table", [name for name in tables.names_of_tables() if name != "payloads"])
def test_show_any_record_of_any_table(cli, moon, table):
    for record in moon.table(table).ids[:5]:
        code, out, _ = cli("show", table, record)
        assert code == 0
        assert out.startswith(f"{table}/{record}\n")


def test_why(cli, moon):
    code, out, err = cli("why", "missions", "queqiao-2", "launch_date")
    assert (code, err) == (0, "")
    assert out == f"{moon.why('missions', 'queqiao-2', 'launch_date')}\n"
    for part in ("2024-03-19", "2024-03-20", "§2.D.1 ¶2", "Table 1, Queqiao-2", "contested"):
        assert part in out
    assert cli("why", "queqiao-2", "launch_date")[1] == out
    assert cli("why", "missions", "change-5")[1].startswith("missions/change-5: exists\n")
    assert cli("why", "claims", "pvvehkl5h3kp")[1] == out


def test_why_as_json(ask, founding):
    code, out, _ = ask("why", "missions", "queqiao-2", "launch_date", "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert (told["value"], told["verdict"]) == ("2024-03-20T00:31Z", "contested")
    assert [claim["standing"] for claim in told["claims"]] == [
        "chosen", "supporting", "supporting", "rejected", "rejected",
    ]  # fmt: skip
    assert all(claim["locator"] and claim["id"] in founding.claims for claim in told["claims"])


def test_why_in_the_past(ask):
    code, out, _ = ask("why", "programmes", "ilrs", "announced", "--known-on", "2023-02-27")
    assert code == 0
    assert out.startswith("programmes/ilrs: announced = 2021\n")
    code, _, err = ask("why", "missions", "queqiao-2", "launch_date", "--known-on", "2023-02-27")
    assert code == 2
    assert err.startswith(
        "error: No source that is heard states launch_date of missions/queqiao-2."
    )


def test_find(cli):
    code, out, err = cli("find", "嫦娥三号", "--format", "csv")
    assert (code, err) == (0, "")
    assert rows_of(out)[0] == {
        "record": "missions/change-3",
        "name": "Chang'e 3",
        "matched": "嫦娥三号",
    }
    # Words need no quotation marks, and the options may stand anywhere.
    assert cli("find", "--limit", "1", "mons", "rumker")[1].count("\n") == 3
    assert json.loads(cli("find", "Rümker", "--format", "json")[1])[0]["record"] == (
        "places/mons-rumker"
    )


def test_find_nothing(cli):
    assert cli("find", "qqqqqqqqq") == (1, "", "No record has a name like 'qqqqqqqqq'.\n")


def test_contested(ask, founding):
    code, out, err = ask("contested")
    assert code == 0
    assert "contested: missions/queqiao-2 launch_date = 2024-03-20T00:31Z\n" in out
    assert "2024-03-19  (unnamed-2024-prc-cislunar-report, §2.D.1 ¶2" in out
    cells = len(founding.contested()) + len(founding.superseded())
    assert err == (
        f"Cells: {cells}; pairs of records: {len(founding.contradictions())}.\n"
        "All places: `why` for one cell, `--format csv` for every cell.\n"
    )


def test_contested_tells_once_what_many_say(cli, moon):
    _, out, _ = cli("contested", "agreements")
    cell = moon.why("agreements", "artemis-accords", "issuer")
    for standing, value in dict.fromkeys((one, claim.value) for claim, one in cell.standings):
        same = [c for c, one in cell.standings if (one, c.value) == (standing, value)]
        places = {(c.source, c.locator, c.as_of) for c in same}
        (line,) = (
            line
            for line in out.split("\n\n")[0].splitlines()
            if line.startswith(f"  {standing:<10}  {value}  (")
        )
        assert line.count("; ") == min(len(places), 4) - 1
        assert line.endswith(f"; and {len(places) - 3} more)") == (len(places) > 3)


def test_contested_as_csv_has_each_side_with_its_place(ask, founding):
    code, out, _ = ask("contested", "--format", "csv")
    rows = rows_of(out)
    assert code == 0
    assert all(row["locator"] and row["source"] for row in rows)
    in_cells = {row["cell"] for row in rows if row["standing"] == "rejected"}
    assert in_cells == {f"{one.table}/{one.record} {one.field}" for one in founding.contested()}
    only = json.loads(ask("contested", "partners", "--format", "json")[1])
    assert {row["cell"].split("/")[0] for row in only} <= {"partners", "statements", "events"}


def test_slips(ask):
    code, out, err = ask("slips", "change-6", "--format", "csv")
    assert code == 0
    assert err.startswith("planned_launch: from 2024 (said 2023-04-23) to 2024-05 (2024-04-30)")
    assert [(row["said"], row["planned"], row["moved"]) for row in rows_of(out)] == [
        ("2023-04-23", "2024", ""),
        ("2024-04", "2024-05", ""),
    ]
    # Told by 2017 of a launch in 2017, which took place in November 2020.
    assert ask("slips", "change-5")[2].split("\n")[0] == "In fact: launch 2020-11-23."
    code, _, err = ask("slips", "change-1")
    assert (code, err) == (1, "No source that was read states a planned date of change-1.\n")


@pytest.mark.parametrize("style", ["text", "bibtex", "csl-json"])
def test_cite(cli, moon, style):
    code, out, err = cli("cite", "change-5", "sample_mass_g", "--style", style)
    assert (code, err) == (0, "")
    assert out == moon.cite("change-5", "sample_mass_g", style=style) + "\n"


def test_export_and_read_it_back(cli, tmp_path):
    target = tmp_path / "edition.zip"
    assert cli("export", "zip", target) == (0, f"{target}\n", "")
    code, out, _ = cli("list", "missions", "--edition", target, "--format", "csv")
    assert code == 0
    assert out == cli("list", "missions", "--format", "csv")[1]


def test_export_names_the_file_after_the_edition(cli, tmp_path, monkeypatch, moon):
    monkeypatch.chdir(tmp_path)
    assert cli("export", "zip")[1] == f"lunarprogrammes-{moon.edition}.zip\n"
    assert [path.name for path in tmp_path.iterdir()] == [f"lunarprogrammes-{moon.edition}.zip"]


def test_diff(cli, mini_edition, founding_edition, founding):
    code, out, _ = cli("diff", ROOT / "datasets", "--format", "csv")
    assert (code, rows_of(out)) == (0, [])
    rows = rows_of(cli("diff", mini_edition, founding_edition, "--format", "csv")[1])
    added = sum(row["change"] == "added" for row in rows)
    withdrawn = sum(row["change"] == "withdrawn" for row in rows)
    assert added - withdrawn == len(founding.claims) - 109
    assert rows_of(cli("diff", mini_edition, mini_edition, "--format", "csv")[1]) == []


def test_check(cli, mini_seeds):
    code, out, err = cli("check", mini_seeds)
    assert (code, err) == (0, "")
    (mini_seeds / "shine-2024-queqiao-2-launch" / "source.json").unlink()
    code, out, _ = cli("check", mini_seeds)
    assert code == 1
    assert "E101" in out
    code, out, _ = cli("check", mini_seeds, "--format", "json")
    assert code == 1
    assert "E101" in {one["code"] for one in json.loads(out)["problems"]}


def test_build(cli, mini_seeds, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, _ = cli("build")
    assert code == 0
    assert out.startswith("Edition 2026.11.22: 109 claims of 4 sources on 1 missions")
    assert cli("list", "missions", "--edition", "datasets", "--columns", "id")[1].split()[-1] == (
        "queqiao-2"
    )
    (mini_seeds / "shine-2024-queqiao-2-launch" / "source.json").unlink()
    code, out, err = cli("build")
    assert (code, out) == (2, "")
    assert err.split("error: ")[-1].startswith("The seeds have 1 error(s): shine-2024-")


NEW = (
    "new-source", "nasa-2026-artemis-ii", "--title", "Artemis II", "--type", "webpage", "--tier",
    "official", "--accessed", "2026-11-22", "--seeds",
)  # fmt: skip


def test_new_source_makes_what_the_check_accepts_once_it_has_facts(cli, mini_seeds):
    code, out, _ = cli(
        *NEW, mini_seeds, "--issued", "2026-04~", "--author", "NASA", "--publisher", "NASA"
    )
    folder = mini_seeds / "nasa-2026-artemis-ii"
    assert code == 0, out
    assert str(folder / "source.json") in out
    described = json.loads((folder / "source.json").read_text(encoding="utf-8"))
    assert described["issued"] == {"raw": "2026-04~"}
    assert described["accessed"] == {"date-parts": [[2026, 11, 22]]}
    assert described["custom"] == {"tier": "official", "locator": "Title"}
    assert "E118" in cli("check", mini_seeds)[1]
    (folder / "missions.csv").write_text(
        "id,name,locator\nartemis-ii,Artemis II,¶1\n", encoding="utf-8"
    )
    code, out, _ = cli("check", mini_seeds)
    assert code == 0, out


def test_new_source_replaces_nothing(cli, mini_seeds):
    assert cli(*NEW, mini_seeds)[0] == 0
    code, _, err = cli(*NEW, mini_seeds)
    assert code == 2
    assert err.startswith("error: ")
    assert "exists already" in err


# --- A user's mistakes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["lst"], "error: There is no command 'lst'. The commands are build, "),
        (["list", "mission"], "error: There is no table 'mission'. "),
        (["list", "missions", "--programme", "clap"], "error: There is no record 'clap' in "),
        (["list", "missions", "--outcome", "sucess"], "error: missions.outcome: 'sucess' is not "),
        (["list", "missions", "--launch-date", "soon"], "error: 'soon' "),
        (["list", "missions", "--known-on", "2023-02-30"], "error: '2023-02-30' "),
        (["list", "missions", "--at", "2026/.."], "error: '2026/..' has no last day. "),
        (["list", "missions", "--policy", "best"], "error: There is no policy 'best'. "),
        (
            ["list", "missions", "--columns", "id,launch"],
            "error: missions has no column 'launch'. ",
        ),
        (["list", "missions", "--edition", "/none"], "error: /none does not exist. "),
        (
            ["list", "missions", "--edition", __file__],
            f"error: {__file__} is neither a folder nor ",
        ),
        (["list", "missions", "--edition", "x" * 5000], "error: xxx"),
        (["show", "chang-5"], "error: No table has a record 'chang-5'. Did you mean missions/"),
        (["show", "missions", "chang-5"], "error: There is no record 'chang-5' in missions. "),
        (["show", "mission", "change-5"], "error: There is no table 'mission'. "),
        (["why", "missions"], "error: 'missions' is a table. Expected TABLE RECORD FIELD."),
        (["why", "missions", "change-5", "launch"], "error: missions has no field 'launch'. "),
        (["why", "a", "b", "c", "d"], "error: 4 words name no cell. Expected TABLE RECORD FIELD."),
        (["why", "mission", "change-5", "name"], "error: There is no table 'mission'. "),
        (["why", "missions", "change-5", "sources"], "error: missions.sources is derived and "),
        (["why", "change-99", "launch_date"], "error: No table has a record 'change-99' with "),
        (["slips", "chang-6"], "error: There is no record 'chang-6' in missions. "),
        (["slips", "mission/change-6"], "error: There is no table 'mission'. "),
        (["cite", "ilrs:russia", "left"], "error: No source that is heard states left of partners"),
        (["contested", "mission"], "error: There is no table 'mission'. "),
        (["diff", "/none"], "error: /none does not exist. "),
        (["export", "zip", "/none/x.zip"], "error: /none/x.zip cannot be written: "),
        (["export", "zip", "/"], "error: / is a folder. "),
        (["check", "/none"], "error: /none: There is no such folder. "),
        (["check", "/proc/version"], "error: /proc/version: This is a file. "),
        (["build", "--seeds", "/none"], "error: /none: There is no such folder. "),
        ([*NEW, __file__], f"error: {__file__}"),
        (["new-source", "Nasa 2026", *NEW[2:], "seeds"], "error: 'Nasa 2026' "),
        ([*NEW, "/tmp/none", "--issued", "spring"], "error: --issued: 'spring' "),
        (["new-source", "x", "--seeds", "/tmp/none"], "error: Not all is known of the document: "),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_a_mistake_is_one_line_and_exit_code_2(cli, words, message):
    code, out, err = cli(*words)
    assert code == 2
    assert out == ""
    assert err.startswith(message)
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["--nonsense"],
        ["--"],
        ["list"],
        ["show"],
        ["find"],
        ["list", "missions", "--format", "xml"],
        ["list", "missions", "--lunch", "2020"],
        ["cite", "change-5", "--style", "apa"],
        ["find", "x", "--limit", "many"],
        ["export", "pdf"],
    ],
    ids=" ".join,
)
def test_a_wrong_option_is_usage_and_exit_code_2(cli, words):
    code, out, err = cli(*words)
    assert (code, out) == (2, "")
    assert err.startswith("usage: lunarprogrammes")


def test_suggestions_are_made(cli):
    assert cli("lst")[2].endswith("Did you mean list?\n")
    assert "Did you mean outcome?" in cli("list", "missions", "--columns", "outcom")[2]
    assert "Did you mean success" in cli("list", "missions", "--outcome", "sucess")[2]


def test_a_build_into_somebody_elses_folder_is_refused(cli, mini_seeds, tmp_path):
    code, _, err = cli("build", "--seeds", mini_seeds, "--datasets", tmp_path, "--schemas", "s")
    assert code == 2
    assert err.split("error: ")[-1].startswith(f"{tmp_path} holds other files")
    assert mini_seeds.is_dir()


def test_a_damaged_edition_is_one_line(cli, mini_edition, tmp_path):
    copy = Path(shutil.copytree(mini_edition, tmp_path / "copy"))
    (copy / "claims.csv").unlink()
    code, out, err = cli("why", "missions", "queqiao-2", "--edition", copy)
    assert (code, out) == (2, "")
    assert err == (
        f"error: {copy} has no readable file claims.csv. Build or download the edition again.\n"
    )


def test_interruption(cli, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("lunarprogrammes.cli._run", interrupt)
    assert cli("list", "missions") == (130, "", "interrupted\n")


def test_one_command_after_another_in_one_process(cli):
    # The module of the command `list` must not hide the builtin from the next call.
    for _ in range(2):
        assert cli("list", "missions")[0] == 0
        assert cli("--help")[0] == 0


# --- Pipes, colour, encoding, other processes -------------------------------------------------


def test_python_m(moon):
    done = shell("list", "missions", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert [row["id"] for row in rows_of(done.stdout)] == [*moon.missions.ids]
    assert shell("list", "mission").returncode == 2
    assert shell("find", "qqqqqqqqq").returncode == 1


def test_it_runs_from_any_folder(tmp_path):
    done = shell("show", "change-5", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("missions/change-5\n")
    done = shell("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [["list", "claims", "--format", "csv"], ["list", "missions"], ["--help"], ["contested"]],
)
def test_a_closed_pipe_is_no_error(words, founding_edition):
    edition = [] if words == ["--help"] else ["--edition", founding_edition]
    with subprocess.Popen(
        [sys.executable, "-m", "lunarprogrammes", *words, *edition],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        # The reader goes before a line is written, as `| head -0` does.
        process.stdout.close()
        err = process.stderr.read().decode()
        code = process.wait()
    assert "Traceback" not in err
    assert "BrokenPipeError" not in err
    assert code == 0


def test_head_takes_a_line():
    command = f"{sys.executable} -m lunarprogrammes list claims --format csv | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("id,table,record,field,value,")


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("environment", "text"),
    [
        ({"TERM": "xterm"}, "\x1b[1mx\x1b[0m"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "x"),
        ({"TERM": "dumb"}, "x"),
    ],
)
def test_bold_on_a_terminal_unless_forbidden(monkeypatch, environment, text):
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert bold("x") == text


def test_a_pipe_has_no_colour(cli, ask):
    for words in (["list", "missions"], ["show", "change-5"], ["contested"]):
        assert "\x1b" not in ask(*words)[1]
    assert "\x1b" not in cli()[1]


def test_a_terminal_has_narrow_tables_and_says_what_is_left_out(monkeypatch, capsys):
    from lunarprogrammes.render import width_of

    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["list", "missions"]) == 0
    assert all(width_of(line) <= 80 for line in terminal.getvalue().split("\n"))
    told = capsys.readouterr().err
    assert told.endswith(" more filled columns do not fit; see --columns or --format csv.\n")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_a_terminal_that_cannot_show_a_letter_is_no_error(encoding):
    done = subprocess.run(
        [sys.executable, "-m", "lunarprogrammes", "find", "嫦娥三号"],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"missions/change-3" in done.stdout
    assert ("嫦娥三号".encode() in done.stdout) == (encoding == "utf-8")


def test_a_pipe_is_utf_8_whatever_the_locale():
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONIOENCODING"}
    environment |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "lunarprogrammes", "list", "names", "--format", "csv"],
        capture_output=True,
        cwd=ROOT,
        env=environment,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "嫦娥三号" in done.stdout.decode("utf-8")
    # A word that is no text in this locale is a name that nothing has, and no traceback.
    command = [sys.executable, "-m", "lunarprogrammes", "find", b"\xff\xfe\xfd"]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"No record has a name like '")


def test_the_command_that_is_installed_is_this_one():
    script = Path(sys.executable).with_name("lunarprogrammes")
    if not script.exists():
        pytest.skip("The package is not installed beside this interpreter.")
    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"lunarprogrammes {__version__}, edition ")


# --- What it does not need --------------------------------------------------------------------


def test_everything_works_without_a_network(
    cli, monkeypatch, mini_seeds, founding_edition, tmp_path
):
    def refuse(*_args, **_options):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    out = tmp_path / "out"
    for words in (
        [],
        ["list", "missions"],
        ["show", "change-5"],
        ["why", "queqiao-2", "launch_date"],
        ["find", "嫦娥"],
        ["contested", "--edition", founding_edition],
        ["slips", "change-6"],
        ["cite", "change-5", "sample_mass_g"],
        ["check", mini_seeds],
        ["build", "--seeds", mini_seeds, "--datasets", out / "d", "--schemas", out / "s"],
        ["export", "zip", out / "a.zip", "--edition", out / "d"],
        ["diff", out / "d", out / "a.zip"],
    ):
        assert cli(*words)[0] == 0, words


HEAVY = ("pydantic", "pandas", "polars", "pyarrow", "frictionless", "jsonschema", "hypothesis")


@pytest.mark.parametrize(
    "code",
    [
        "import lunarprogrammes",
        "import lunarprogrammes as lp; lp.load().missions['change-5']",
        "from lunarprogrammes.cli import main; main(['show', 'missions', 'change-5'])",
        "from lunarprogrammes.cli import main; main(['why', 'queqiao-2', 'launch_date'])",
        "from lunarprogrammes.cli import main; main(['find', 'rumker'])",
        "from lunarprogrammes.cli import main; main(['list', 'missions'])",
        "from lunarprogrammes.cli import main; main([])",
        "import lunarprogrammes as lp; lp.load().known_on('2023').partners.where(programme='ilrs')",
    ],
)
def test_reading_imports_nothing_but_the_standard_library(code):
    told = "import sys, json; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{told}"], capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in json.loads(done.stderr.strip().split("\n")[-1])}
    assert "lunarprogrammes" in loaded
    assert loaded & set(HEAVY) == set()
    # What an editable install or coverage puts in is no import of ours.
    strangers = {
        name
        for name in loaded - set(sys.stdlib_module_names) - {"lunarprogrammes", "__main__"}
        if not name.startswith(("_", "a1_coverage", "distutils", "sitecustomize"))
    }
    assert strangers == set()


def test_the_import_alone_loads_one_module():
    code = (
        "import sys, lunarprogrammes; "
        "print([name for name in sys.modules if name.startswith('lunarprogrammes')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['lunarprogrammes']"
