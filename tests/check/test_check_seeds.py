"""What a check looks at: a whole folder, one source against its siblings, or nothing readable."""

import datetime
import json
import shutil
from pathlib import Path

import pytest

from lunarprogrammes.check import CheckError, check_seeds

SOURCE = {
    "type": "report",
    "title": "Moon Report",
    "accessed": {"date-parts": [[2026, 11, 1]]},
    "custom": {"tier": "official", "locator": "title page"},
}


def write(folder: Path, **tables: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.json").write_text(json.dumps(SOURCE), encoding="utf-8")
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")


@pytest.fixture
def seeds(tmp_path):
    root = tmp_path / "seeds"
    write(
        root / "old-2020-actors",
        actors="id,name,locator\ncnsa,CNSA,p. 1\nnasa,,p. 2\n",
    )
    write(
        root / "new-2024-missions",
        missions="id,name,operator,locator\nchange-5,Chang'e 5,cnsa,p. 1\n"
        "change-6,Chang'e 6,esa,p. 2\n",
    )
    return root


def codes(report):
    return [(problem.path, problem.code) for problem in report.problems]


def test_a_whole_folder(seeds):
    report = check_seeds(seeds)
    assert codes(report) == [
        ("new-2024-missions/missions.csv", "S107"),
        ("old-2020-actors/actors.csv", "S108"),
    ]
    assert (report.files, report.rows, report.claims) == (4, 4, 9)
    assert report.exit_code == 1


def test_one_source_against_its_siblings(seeds):
    report = check_seeds(seeds / "new-2024-missions")
    assert codes(report) == [("new-2024-missions/missions.csv", "S107")]
    assert (report.files, report.rows, report.claims) == (2, 2, 6)
    assert report.root == seeds.as_posix()


def test_one_source_named_by_where_we_are(seeds, monkeypatch):
    monkeypatch.chdir(seeds / "old-2020-actors")
    assert codes(check_seeds(Path())) == [("old-2020-actors/actors.csv", "S108")]


def test_one_source_without_its_source_file(seeds):
    (seeds / "new-2024-missions" / "source.json").unlink()
    report = check_seeds(seeds / "new-2024-missions")
    assert ("new-2024-missions/source.json", "E101") in codes(report)


def test_one_source_does_not_read_what_is_no_source(seeds):
    write(seeds / "new-2024-missions")
    (seeds / "holiday").mkdir()
    (seeds / "holiday" / "photo.jpg").write_bytes(b"\xff")
    assert codes(check_seeds(seeds / "new-2024-missions")) == [
        ("new-2024-missions/missions.csv", "S107")
    ]


@pytest.mark.parametrize("name", ["nowhere", "file.txt", "empty"])
def test_what_cannot_be_checked_says_what_to_do(tmp_path, name):
    (tmp_path / "file.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CheckError) as raised:
        check_seeds(tmp_path / name)
    assert raised.value.remedy.startswith("Name a seeds folder")
    assert str(tmp_path / name) in str(raised.value)


def test_the_clock_is_an_argument(seeds):
    today = datetime.date(2026, 10, 1)
    assert "E116" not in {code for _, code in codes(check_seeds(seeds))}
    assert "E116" in {code for _, code in codes(check_seeds(seeds, today=today))}


def test_the_first_cause_and_not_its_consequences(seeds):
    actors = seeds / "old-2020-actors" / "actors.csv"
    actors.write_bytes(actors.read_bytes().replace(b"CNSA", b"\xff"))
    assert codes(check_seeds(seeds)) == [("old-2020-actors/actors.csv", "F101")]


def test_a_misspelt_key_is_one_problem(seeds):
    missions = seeds / "new-2024-missions" / "missions.csv"
    missions.write_text(missions.read_text().replace("id,name", "Id,name"))
    (seeds / "old-2020-actors" / "actors.csv").write_text(
        "id,name,locator\ncnsa,CNSA,p. 1\nesa,ESA,p. 1\n"
    )
    assert codes(check_seeds(seeds)) == [("new-2024-missions/missions.csv", "F114")]


def test_warnings_alone_are_no_failure(seeds):
    shutil.rmtree(seeds / "old-2020-actors")
    write(
        seeds / "new-2024-missions",
        missions="id,name,planned_launch,locator\nchange-8,Chang'e 8,2028,p. 1\n",
    )
    report = check_seeds(seeds)
    assert (report.errors, report.warnings, report.exit_code) == (0, 1, 0)


def test_progress_is_told(seeds):
    told = []
    check_seeds(seeds, progress=lambda *step: told.append(step))
    assert told[-1][1] == told[-1][2] == len(told)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "null",
        '{"custom": 5, "author": 5, "issued": {"date-parts": [[1e999]]}, "title": null}',
        '{"title": "\\ud800", "URL": "http://[", "custom": {"tier": ["press"]}}',
        "[" * 100_000,
        '{"issued": {"raw": 5}, "accessed": {"date-parts": [["x", {}]]}, "type": {}}',
    ],
)
def test_no_source_file_makes_it_fail(seeds, text):
    (seeds / "new-2024-missions" / "source.json").write_text(text, encoding="utf-8")
    report = check_seeds(seeds, today=datetime.date(2026, 11, 22))
    assert any(problem.path.endswith("source.json") for problem in report.problems)


@pytest.mark.parametrize(
    "text",
    [
        "\n",
        ",\n,\n",
        "id\n",
        "id,locator,locator\nx,p,p\n",
        '"id,name\n',
        "id,name,locator\n::,/,p\n",
        "locator\n\n\n",
        "id;name\nx;y\n",
        "id,name,launch_date,locator\nx,y,2024-13-45T99,p. 1\n",
    ],
)
def test_no_table_makes_it_fail(seeds, text):
    (seeds / "new-2024-missions" / "missions.csv").write_text(text, encoding="utf-8", newline="")
    (seeds / "decisions.csv").write_text(text, encoding="utf-8", newline="")
    assert check_seeds(seeds).problems


def test_a_file_of_another_kind_is_not_compared_for_ever(seeds):
    header = ",".join(["id", *(f"column {number}" for number in range(3_000))])
    (seeds / "new-2024-missions" / "missions.csv").write_text(f"{header}\n")
    problems = check_seeds(seeds).problems
    assert 100 <= sum(problem.code == "F114" for problem in problems) <= 101


def test_a_misspelt_locator_is_one_problem(seeds):
    missions = seeds / "new-2024-missions" / "missions.csv"
    missions.write_text("id,name,Locator\nchange-5,Chang'e 5,p. 1\n")
    (seeds / "old-2020-actors" / "actors.csv").write_text("id,name,locator\ncnsa,CNSA,p. 1\n")
    assert codes(check_seeds(seeds)) == [("new-2024-missions/missions.csv", "F114")]


def test_a_bad_key_hides_its_consequences(seeds):
    (seeds / "new-2024-missions" / "missions.csv").write_text(
        "id,name,operator,locator\nchange-5,Chang'e 5,cnsa,p. 1\n"
    )
    (seeds / "old-2020-actors" / "actors.csv").write_text("id,name,locator\nCNSA,CNSA,p. 1\n")
    assert codes(check_seeds(seeds)) == [("old-2020-actors/actors.csv", "S101")]
