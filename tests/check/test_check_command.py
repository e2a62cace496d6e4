"""The command: its options one by one, its exit codes, what goes where."""

import io
import json
import shutil

import pytest

from lunarprogrammes.cli import main
from lunarprogrammes.cli._progress import Progress

SOURCE = {
    "type": "report",
    "title": "Moon Report",
    "accessed": {"date-parts": [[2026, 11, 1]]},
    "custom": {"tier": "official", "locator": "title page"},
}
HEAD = "id,name,launch_date,locator\n"


def write(root, source="a-2024-b", **tables):
    folder = root / source
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.json").write_text(json.dumps({**SOURCE, "title": source}) + "\n")
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")


@pytest.fixture(autouse=True)
def seeds(tmp_path, monkeypatch):
    """Work beside a folder `seeds` with two errors and, in another source, a warning."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    write(tmp_path / "seeds", missions=HEAD + "change-5,Chang'e 5 ,2020-11-31,p. 1\n")
    write(
        tmp_path / "seeds",
        "c-2025-d",
        missions="id,name,planned_launch,locator\nchange-8,Chang'e 8,2028,p. 1\n",
    )
    return tmp_path / "seeds"


@pytest.fixture
def check(capsys):
    def run(*words):
        code = main(["check", *map(str, words)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def codes(out):
    return [problem["code"] for problem in json.loads(out)["problems"]]


def test_problems_are_1(check):
    code, out, err = check()
    assert code == 1
    assert "seeds/a-2024-b/missions.csv:2:21 S101" in out
    assert out.endswith("--fix repairs one of these problems; --diff shows how.\n")
    assert "--diff shows" not in check("--quiet")[1]
    assert err == ""


def test_clean_is_0(seeds, check):
    write(seeds, missions=HEAD + "change-5,Chang'e 5,2020-11-23,p. 1\n")
    shutil.rmtree(seeds / "c-2025-d")
    assert check() == (0, "No problems: 2 files, 1 row, 3 claims.\n", "")
    assert check("--quiet") == (0, "", "")


@pytest.mark.parametrize(
    "words",
    [
        ("nowhere",),
        ("--select", "Z9"),
        ("--format", "yaml"),
        ("--baseline", "nowhere.json"),
        ("--write-baseline", "known.json"),
        ("--expires", "2027-01-01"),
        ("--write-baseline", "known.json", "--expires", "soon"),
        ("--write-baseline", "known.json", "--expires", "2027-01-01", "--baseline", "known.json"),
        ("--write-baseline", "known.json", "--expires", "2027-01-01", "--output", "report"),
        ("--strict", "--no-fail-on-warning"),
        ("--output", "no/such/folder/report.txt"),
    ],
)
def test_what_could_not_run_is_2_and_says_why(seeds, check, words):
    code, out, err = check(*words)
    assert (code, out) == (2, "")
    assert "error: " in err
    assert "Traceback" not in err
    assert [path.name for path in seeds.parent.iterdir()] == ["seeds"]


@pytest.mark.parametrize("name", ["text", "json", "sarif", "github", "junit", "markdown"])
def test_every_format(check, name):
    code, out, err = check("--format", name)
    assert (code, err) == (1, "")
    assert "missions.csv" in out


def test_output(check, tmp_path):
    code, out, err = check("--format", "json", "--output", "report.json")
    assert (code, out, err) == (1, "", "")
    assert sorted(codes((tmp_path / "report.json").read_text())) == ["L102", "S101", "S103"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json", "seeds"]


def test_select_and_ignore(check):
    assert codes(check("--format", "json", "--select", "S")[1]) == ["S103", "S101"]
    assert codes(check("--format", "json", "--select", "S", "--ignore", "spaces")[1]) == ["S101"]
    assert check("--ignore", "S1,L")[0] == 0


def test_warnings_alone(check):
    assert check("seeds/c-2025-d")[0] == 0
    assert check("seeds/c-2025-d", "--no-fail-on-warning")[0] == 0
    code, out, _ = check("seeds/c-2025-d", "--strict", "--format", "json")
    assert (code, json.loads(out)["exit_code"]) == (1, 1)


def test_several_paths_of_one_folder(seeds, check):
    write(seeds, "e-2026-f", missions=HEAD + "x,X ,,p. 1\n")
    code, out, _ = check("seeds/a-2024-b", "seeds/c-2025-d", "--format", "json")
    report = json.loads(out)
    assert (code, report["root"]) == (1, "seeds")
    assert {one["path"] for one in report["problems"]} == {
        "a-2024-b/missions.csv",
        "c-2025-d/missions.csv",
    }


def test_several_paths_of_several_folders(check, tmp_path):
    write(tmp_path / "others" / "seeds", missions=HEAD + "x,X ,,p. 1\n")
    code, out, _ = check("seeds/a-2024-b", "others/seeds", "--format", "json")
    report = json.loads(out)
    assert (code, report["root"], report["files"]) == (1, "", 4)
    assert {one["path"] for one in report["problems"]} == {
        "others/seeds/a-2024-b/missions.csv",
        "seeds/a-2024-b/missions.csv",
    }


def test_a_whole_path_is_written_from_here(seeds, check):
    _, out, _ = check(seeds, "--format", "github")
    assert "file=seeds/a-2024-b/missions.csv" in out


def test_statistics(check):
    _, out, _ = check("--statistics")
    assert "claims.\n1  L102  plan-stated\n1  S101  invalid-value\n1  S103  spaces\n--fix" in out
    _, out, err = check("--statistics", "--format", "json")
    assert json.loads(out)
    assert err.startswith("1  L102")


def test_baseline(seeds, check):
    code, out, _ = check("--write-baseline", "known.json", "--expires", "2099-01-01")
    assert (code, out) == (0, "known.json: 3 problems are known until 2099-01-01.\n")
    assert check("--baseline", "known.json", "--strict")[0] == 0
    # The rows move, and one of the problems goes.
    write(seeds, missions=HEAD + "a,A,2020,p. 1\nchange-5,Chang'e 5,2020-11-31,p. 1\n")
    code, out, _ = check("--baseline", "known.json", "--format", "json")
    assert (code, codes(out)) == (1, ["B102"])
    assert json.loads(out)["problems"][0]["path"] == "known.json"
    # What is outside of the check is neither missed nor reported.
    assert check("--baseline", "known.json", "seeds/c-2025-d", "--strict")[0] == 0
    assert check("--baseline", "known.json", "--ignore", "S103")[0] == 0
    assert check("--baseline", "known.json", "--ignore", "outlived-entry")[0] == 0


def test_an_expired_baseline(check):
    check("--write-baseline", "known.json", "--expires", "2020-01-01")
    code, out, _ = check("--baseline", "known.json", "--format", "json")
    assert (code, sorted(codes(out))) == (1, ["B101"] * 3 + ["L102", "S101", "S103"])


def test_diff_changes_nothing(seeds, check):
    before = (seeds / "a-2024-b" / "missions.csv").read_bytes()
    code, out, err = check("--diff")
    assert (code, err) == (1, "")
    assert out.startswith("--- seeds/a-2024-b/missions.csv\n+++ seeds/a-2024-b/missions.csv\n@@")
    assert out.endswith(
        "-change-5,Chang'e 5 ,2020-11-31,p. 1\n+change-5,Chang'e 5,2020-11-31,p. 1\n"
    )
    assert (seeds / "a-2024-b" / "missions.csv").read_bytes() == before
    assert check("--diff", "seeds/c-2025-d") == (0, "", "")


def test_fix_says_what_it_did_and_what_is_left(check):
    code, out, _ = check("--fix")
    assert code == 1
    assert out.startswith("seeds/a-2024-b/missions.csv: cells spelt\n")
    assert "S101" in out
    assert "S103" not in out
    assert check("--fix")[1].startswith("Nothing could be repaired for certain.\n")


def test_fix_with_diff_shows_the_difference_instead(check):
    _, out, _ = check("--fix", "--diff")
    assert out.startswith("--- seeds/")
    assert "cells spelt" not in out
    assert check("--diff") == (0, "", "")


def test_fix_keeps_the_report_of_other_formats_clean(check):
    _, out, err = check("--fix", "--format", "json")
    assert codes(out) == ["S101", "L102"]
    assert err == "seeds/a-2024-b/missions.csv: cells spelt\n"
    assert "--- seeds" not in check("--fix", "--diff", "--format", "json")[1]


def test_fix_repairs_what_is_selected(seeds, check):
    write(seeds, missions=HEAD + 'z,"Z",2024-5-3,p. 1\na,A ,,p. 1\n')
    check("--fix", "--select", "S101")
    text = (seeds / "a-2024-b" / "missions.csv").read_text()
    assert text == HEAD + 'z,"Z",2024-05-03,p. 1\na,A ,,p. 1\n'
    check("--fix", "--ignore", "S103")
    text = (seeds / "a-2024-b" / "missions.csv").read_text()
    assert text == HEAD + "a,A ,,p. 1\nz,Z,2024-05-03,p. 1\n"


def test_sarif_carries_the_repairs(seeds, check):
    write(seeds, missions=HEAD + "change-5,Chang'e 5 ,2024-5-3,p. 1\n")
    (run,) = json.loads(check("--format", "sarif", "seeds/a-2024-b")[1])["runs"]
    texts = [
        one["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"]
        for one in run["results"]
    ]
    assert texts == ["Chang'e 5", "2024-05-03"]


def test_against_an_edition(seeds, check, founding_edition):
    shutil.rmtree(seeds / "c-2025-d")
    text = "id,name,operator,locator\nchange-99,Chang'e 99,cnsa,p. 1\n"
    write(seeds, missions=text)
    write(seeds, "e-2026-f", missions=text.replace("99", "98"))
    for paths in (("seeds",), ("seeds/a-2024-b",), ("seeds/a-2024-b", "seeds/e-2026-f")):
        assert "S107" in codes(check("--format", "json", *paths)[1])
        code, out, _ = check("--format", "json", "--against", founding_edition, *paths)
        assert "S107" not in codes(out)
        assert json.loads(out)["root"] == "seeds"
        assert code == 0
    assert check("--against", "nowhere")[0] == 2


def test_against_the_edition_in_the_package(seeds, check):
    shutil.rmtree(seeds / "c-2025-d")
    write(seeds, missions="id,name,operator,locator\nchange-99,Chang'e 99,cnsa,p. 1\n")
    assert check("--against", "package") == (0, "No problems: 2 files, 1 row, 3 claims.\n", "")


# Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_shows_after_a_second_on_a_terminal_and_goes_away():
    now = [0.0]
    stream = Terminal()
    progress = Progress(stream, lambda: now[0])
    progress("rules", 1, 3)
    assert stream.getvalue() == ""
    now[0] = 1.5
    progress("rules", 2, 3)
    assert stream.getvalue() == "\r\x1b[KChecking: rules 2 of 3"
    progress.close()
    assert stream.getvalue().endswith("\r\x1b[K")


def test_progress_is_silent_in_a_pipe():
    stream = io.StringIO()
    progress = Progress(stream, iter((0.0, 9.0, 9.0)).__next__)
    progress("rules", 1, 3)
    progress.close()
    assert stream.getvalue() == ""
