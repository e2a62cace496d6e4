"""The commands on camps, slips and positions, on the small world of two camps."""

import csv
import io
import json

import pytest

from lunarprogrammes.cli import main


@pytest.fixture
def ask(capsys, two_camps_edition):
    def run(*words):
        code = main([*map(str, words), "--edition", str(two_camps_edition)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


def rows_of(text):
    return [*csv.DictReader(io.StringIO(text, newline=""), strict=True)]


def test_camps_on_a_day(ask):
    code, out, err = ask("camps", "--at", "2024-04-30", "--format", "csv")
    rows = {row["name"]: row for row in rows_of(out)}
    assert code == 0
    assert list(rows) == ["Alphaland", "Betaland", "Deltaland", "Etaland", "Gammaland"]
    assert rows["Gammaland"] == {
        "name": "Gammaland",
        "camp": "both",
        "artemis": "2024-03-10",
        "number": "3",
        "ilrs": "2023-06-01",
        "first": "ilrs",
        "certain": "yes",
    }
    assert (rows["Deltaland"]["ilrs"], rows["Betaland"]["certain"]) == ("by 2024-04-30", "possibly")
    assert err.split("\n")[2] == "On 2024-04-30: Both 1 to 2"


def test_camps_of_both_of_bodies_and_of_others(ask):
    both = rows_of(ask("camps", "--camp", "both", "--format", "csv")[1])
    assert [row["name"] for row in both] == ["Betaland", "Gammaland"]
    bodies = rows_of(ask("camps", "--level", "institution", "--format", "csv")[1])
    assert [row["name"] for row in bodies] == ["University Of Epsilon"]
    others = json.loads(ask("camps", "--others", "--format", "json")[1])
    assert [(one["name"], one["standing"]) for one in others] == [("Zetaland", "not-joined")]
    assert ask("camps", "--at", "2020-01-01")[0] == 1


def test_camps_over_time_as_a_chart(ask):
    code, out, _ = ask("camps", "--over-time")
    lines = out.strip().split("\n")
    assert code == 0
    assert [line.split()[0] for line in lines[2:]] == [
        "2020-12-31",
        "2021-12-31",
        "2022-12-31",
        "2023-12-31",
        "2024-12-31",
        "2025-12-31",
        "2026-11-22",  # the day of the edition
    ]
    assert lines[-1].count("█") > lines[2].count("█")
    until = ("--at", "2024-04-30")
    quarters = rows_of(ask("camps", "--over-time", "quarter", *until, "--format", "csv")[1])
    assert [row["date"] for row in quarters[:2]] == ["2020-12-31", "2021-03-31"]
    assert quarters[-1] == {
        "date": "2024-04-30",
        "artemis": "3",
        "ilrs": "3 to 4",
        "both": "1 to 2",
    }


def test_compare(ask):
    code, out, _ = ask("compare", "artemis", "ilrs", "--format", "csv")
    rows = {row["aspect"]: (row["artemis"], row["ilrs"]) for row in rows_of(out)}
    assert (code, rows["member states"]) == (0, ("3", "2 to 3"))
    assert ask("compare", "artemis", "irls")[0] == 2


def test_commitments(ask):
    rows = rows_of(ask("commitments", "alphaland", "--binding", "--format", "csv")[1])
    assert [(row["agreement"], row["since"]) for row in rows] == [("moon-treaty", "1984-07-11")]
    before = rows_of(ask("commitments", "alphaland", "--at", "2016", "--format", "csv")[1])
    assert [row["agreement"] for row in before] == ["moon-treaty", "alpha-space-act"]
    code, _, err = ask("commitments", "alphaland")
    assert code == 0
    assert err.startswith("binding: A treaty or intergovernmental agreement")


def test_positions(ask):
    code, out, err = ask("positions", "alphaland", "gammaland", "--topic", "law")
    assert code == 0
    assert out.split("\n")[:4] == [
        "2023, law",
        "  alphaland: Ann Alpha (2023-05-01): A.",
        "    a; journal-2024-camps",
        "  gammaland: Gammaland (2023): B.",
    ]
    assert err == "Statements: 3.\n"
    common = rows_of(ask("positions", "alphaland", "gammaland", "--common", "--format", "csv")[1])
    assert common == [{"year": "2023", "topic": "law", "alphaland": "1", "gammaland": "1"}]
    assert ask("positions", "alphaland", "--topic", "lore")[0] == 2


def test_profile(ask):
    code, out, _ = ask("profile", "deltaland")
    assert code == 0
    assert "A dish." in out
    told = json.loads(ask("profile", "deltaland", "--format", "json")[1])
    assert [one["record"] for one in told["brought"] if one["programme"] == "ilrs"] == [
        "partners/ilrs:agency-of-deltaland",
        "contributions/delta-dish",
        "payloads/delta-lens",
    ]


def test_slips_of_all_missions_where_none_were_watched(ask):
    assert ask("slips")[0] == 1
    assert ask("slips", "--means")[0] == 1
