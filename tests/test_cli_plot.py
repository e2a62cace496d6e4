"""The command `plot`: lists, writes, refuses."""

import json
from xml.etree import ElementTree

import pytest

from lunarprogrammes.cli import main
from lunarprogrammes.plot import NAMES

pytest.importorskip("vl_convert")


def test_without_a_name_it_lists_the_pictures(capsys):
    assert main(["plot"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in NAMES)
    assert "--mission --programme" in listed


def test_it_prints_svg_or_what_is_asked_for(capsys):
    assert main(["plot", "phases"]) == 0
    printed = capsys.readouterr()
    assert ElementTree.fromstring(printed.out).tag.endswith("svg")
    assert "Chinese Lunar Exploration Program and Artemis side by side" in printed.err
    assert main(["plot", "slips", "--mission", "artemis-i", "--format", "json"]) == 0
    assert {row["record"] for row in json.loads(capsys.readouterr().out)["rows"]} == {"artemis-i"}


def test_it_writes_the_file_as_it_is_named(tmp_path, capsys):
    target = tmp_path / "camps.csv"
    assert main(["plot", "camps", "--known-on", "2023-02-27", "--output", str(target)]) == 0
    assert target.read_text(encoding="utf-8").startswith("table,record,actor,name,camp")
    assert "2023-02-27" in capsys.readouterr().err
    dark = tmp_path / "slips.svg"
    words = ["plot", "slips", "--mission", "viper", "--theme", "dark", "--output", str(dark)]
    assert main(words) == 0
    assert '"#1e2129"' in dark.read_text(encoding="utf-8")
    named = tmp_path / "map"
    assert (
        main(["plot", "slips", "--mission", "viper", "--format", "png", "--output", str(named)])
        == 0
    )
    assert named.read_bytes()[:4] == b"\x89PNG"


def test_what_cannot_be_drawn_is_told_without_a_traceback(tmp_path, capsys):
    target = tmp_path / "x.gif"
    assert main(["plot", "camps", "--output", str(target)]) == 2
    assert capsys.readouterr().err == (
        "error: No picture is written as 'gif'. There are svg, png, csv, json, html.\n"
    )
    assert main(["plot", "camp"]) == 2
    assert "There is no picture 'camp'." in capsys.readouterr().err
    assert main(["plot", "timeline", "--mission", "apollo-11"]) == 2
    assert capsys.readouterr().err == (
        "error: The picture timeline is not drawn for one mission. Those that are: slips.\n"
    )
    assert list(tmp_path.iterdir()) == []
