"""The command `plot`: lists, writes, refuses. What is drawn is the matter of `test_plot`."""

import json
from xml.etree import ElementTree

import pytest

from lunarprogrammes.cli import main
from lunarprogrammes.plot import NAMES

pytest.importorskip("vl_convert")


@pytest.fixture
def plot(two_camps_edition):
    """Run `plot` on a small edition of two camps."""

    def run(*words):
        return main(["plot", *map(str, words), "--edition", str(two_camps_edition)])

    return run


def test_without_a_name_it_lists_the_pictures(plot, capsys):
    assert plot() == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in NAMES)
    assert "--mission --programme" in listed


def test_it_prints_svg_or_what_is_asked_for(plot, capsys):
    assert plot("camps") == 0
    printed = capsys.readouterr()
    assert ElementTree.fromstring(printed.out).tag.endswith("svg")
    assert printed.err.startswith("The two camps over time. On 2026-11-22 states stood")
    assert plot("camps", "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["camp"] for row in rows} == {"Artemis Accords", "ILRS"}


def test_one_mission_and_another_day(capsys):
    assert main(["plot", "slips", "--mission", "artemis-i", "--format", "json"]) == 0
    assert {row["record"] for row in json.loads(capsys.readouterr().out)["rows"]} == {"artemis-i"}
    assert main(["plot", "camps", "--known-on", "2023-02-27", "--format", "csv"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("table,record,actor,name,camp")
    assert "2023-02-27" in printed.err


def test_it_writes_the_file_as_it_is_named(plot, tmp_path):
    dark = tmp_path / "camps.svg"
    assert plot("camps", "--theme", "dark", "--output", dark) == 0
    assert '"#1e2129"' in dark.read_text(encoding="utf-8")
    named = tmp_path / "map"
    assert plot("camps-map", "--format", "png", "--output", named) == 0
    assert named.read_bytes()[:4] == b"\x89PNG"


def test_what_cannot_be_drawn_is_told_without_a_traceback(plot, tmp_path, capsys):
    assert plot("camps", "--output", tmp_path / "x.gif") == 2
    assert capsys.readouterr().err == (
        "error: No picture is written as 'gif'. There are svg, png, csv, json, html.\n"
    )
    assert plot("camp") == 2
    assert "There is no picture 'camp'." in capsys.readouterr().err
    assert plot("timeline", "--mission", "apollo-11") == 2
    assert capsys.readouterr().err == (
        "error: The picture timeline is not drawn for one mission. Those that are: slips.\n"
    )
    assert plot("camps", "--output", tmp_path / "no-folder" / "x.csv") == 2
    assert "cannot be written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_draw_is_exit_code_1(plot, capsys):
    assert plot("partners", "--known-on", "1990", "--format", "csv") == 1
    assert "0 places" in capsys.readouterr().err
