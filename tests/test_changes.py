"""From one edition to the next: each kind of change, told once and told as what it is."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunarprogrammes.build import build
from lunarprogrammes.canonical import csv_text
from lunarprogrammes.changes import KINDS, Change, changes, counted
from lunarprogrammes.cli import main
from lunarprogrammes.edition import Edition
from lunarprogrammes.evidence.claims import Claim
from lunarprogrammes.export.changes_text import as_markdown, as_text

MINI_SEEDS = Path(__file__).parent / "mini_seeds"
COLUMNS = ("id", *(name for name in Claim._fields if name != "id"), "verdict", "standing")
CELL = ("missions", "luna-9", "launch_date")


def row(value, source, locator="p. 1", as_of="", verdict="single", standing="chosen"):
    claim = Claim.of(*CELL, value, source, locator, as_of)
    return {**claim._asdict(), "verdict": verdict, "standing": standing}


def edition(*rows, redirects=""):
    """Return an edition of nothing but a ledger, and what it redirects."""
    held = {"claims.csv": csv_text(COLUMNS, rows).encode()}
    if redirects:
        held["redirects.csv"] = f"table,old_id,new_id,retired,reason\n{redirects}\n".encode()
    return Edition(held.__getitem__, lambda: [*held], "a ledger")


def told(old, new):
    return [(one.change, one.old, one.new, one.source) for one in changes(old, new)]


# --- Each kind --------------------------------------------------------------------------------


def test_a_claim_in_an_empty_cell_fills_it_and_without_it_the_cell_is_empty():
    one = edition(row("1966", "tass"))
    assert told(edition(), one) == [("added", "", "1966", "tass"), ("filled", "", "1966", "")]
    assert told(one, edition()) == [("withdrawn", "1966", "", "tass"), ("emptied", "1966", "", "")]


def test_the_same_said_as_of_another_date_is_re_dated():
    old, new = (edition(row("1966", "tass", as_of=day)) for day in ("1965", "1966"))
    assert told(old, new) == [("re-dated", "1965", "1966", "tass")]


def test_the_same_said_by_another_source_is_re_sourced():
    old, new = (edition(row("1966", source)) for source in ("tass", "nssdca"))
    assert told(old, new) == [("re-sourced", "tass", "nssdca", "nssdca")]


def test_the_same_at_another_place_of_the_document_is_read_anew():
    old, new = (edition(row("1966", "tass", place)) for place in ("p. 1", "p. 2"))
    assert told(old, new) == [("re-read", "p. 1", "p. 2", "tass")]


def test_another_value_of_the_same_source_is_no_new_date():
    old, new = (edition(row(value, "tass")) for value in ("1965", "1966"))
    assert told(old, new) == [
        ("added", "", "1966", "tass"),
        ("withdrawn", "1965", "", "tass"),
        ("changed", "1965", "1966", ""),
    ]


def test_the_closest_pair_goes_first():
    old = edition(row("1966", "tass", "p. 1", "1965"), row("1966", "tass", "p. 1", "1966"))
    new = edition(row("1966", "tass", "p. 9", "1966"), row("1966", "nssdca"))
    assert told(old, new) == [
        ("re-sourced", "tass", "nssdca", "nssdca"),
        ("re-read", "p. 1", "p. 9", "tass"),
    ]


def test_a_claim_that_a_later_one_replaced_is_superseded():
    old = edition(row("1966", "tass"))
    new = edition(
        row("1966", "tass", verdict="superseded", standing="superseded"),
        row("1967", "nssdca", verdict="superseded"),
    )
    assert told(old, new) == [
        ("added", "", "1967", "nssdca"),
        ("superseded", "1966", "1966", "tass"),
        ("changed", "1966", "1967", ""),
    ]
    assert "superseded" not in {one.change for one in changes(new, new)}


def test_a_cell_is_newly_contested_and_no_longer():
    calm = edition(row("1966", "tass"))
    contested = edition(
        row("1966", "tass", verdict="contested"),
        row("1967", "x", verdict="contested", standing="rejected"),
    )
    assert told(calm, contested) == [
        ("added", "", "1967", "x"),
        ("contested", "single", "contested", ""),
    ]
    assert told(contested, calm) == [
        ("withdrawn", "1967", "", "x"),
        ("uncontested", "contested", "single", ""),
    ]


def of(record, field, value, table="missions"):
    claim = Claim.of(table, record, field, value, "tass", "p. 1")
    return {**claim._asdict(), "verdict": "single", "standing": "chosen"}


def test_a_renamed_record_is_neither_withdrawn_nor_added():
    old = edition(
        of("luna-nine", "name", "Luna 9"), of("lander", "mission", "luna-nine", "spacecraft")
    )
    now = (of("luna-9", "name", "Luna 9"), of("lander", "mission", "luna-9", "spacecraft"))
    renamed = edition(*now, redirects="missions,luna-nine,luna-9,2026-12-01,One spelling.")
    assert told(old, renamed) == [
        ("renamed", "luna-nine", "luna-9", "tass"),
        ("renamed", "luna-nine", "luna-9", "tass"),
    ]
    # Without the redirect nobody can know that it is the same record.
    assert {one.change for one in changes(old, edition(*now))} == {
        "added", "withdrawn", "filled", "emptied", "changed",
    }  # fmt: skip


def test_a_record_taken_into_another_changes_nothing_of_that_one():
    kept = of("luna-9", "name", "Luna 9")
    old = edition(of("luna-nine", "name", "Lunik"), kept)
    merged = edition(kept, redirects="missions,luna-nine,luna-9,2026-12-01,Recorded twice.")
    found = changes(old, merged)
    assert [(one.change, one.record) for one in found] == [("withdrawn", "luna-nine")]


def test_a_withdrawn_record_is_withdrawn():
    gone = edition(redirects="missions,luna-9,,2026-12-01,There was none.")
    assert told(edition(row("1966", "tass")), gone) == [
        ("withdrawn", "1966", "", "tass"),
        ("emptied", "1966", "", ""),
    ]


# --- What holds for any two editions ----------------------------------------------------------

_ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(["1965", "1966"]),
        st.sampled_from(["nssdca", "tass"]),
        st.sampled_from(["p. 1", "p. 2"]),
        st.sampled_from(["", "1966"]),
        # One cell has one verdict and one value, which lines in any order must not decide here.
        st.just("single"),
        st.just("supporting"),
    ),
    max_size=8,
    unique_by=lambda one: one["id"],
)


@given(_ROWS, _ROWS)
def test_every_claim_that_came_or_went_is_told_once_and_the_way_back_is_the_mirror(old, new):
    counts = counted(changes(edition(*old), edition(*new)))
    back = counted(changes(edition(*new), edition(*old)))
    moved = sum(counts.get(kind, 0) for kind in ("re-read", "re-dated", "re-sourced"))
    was, now = ({one["id"] for one in rows} for rows in (old, new))
    assert counts.get("added", 0) + moved == len(now - was)
    assert counts.get("withdrawn", 0) + moved == len(was - now)
    assert counts.get("added", 0) == back.get("withdrawn", 0)
    assert {kind: counts.get(kind) for kind in ("re-read", "re-dated", "re-sourced")} == {
        kind: back.get(kind) for kind in ("re-read", "re-dated", "re-sourced")
    }
    assert changes(edition(*old), edition(*reversed(old))) == []


# --- Two built editions, on the command line --------------------------------------------------


@pytest.fixture
def newer(mini_seeds, tmp_path):
    """The mini edition after a source was read again: another date and another place."""
    path = mini_seeds / "shine-2024-queqiao-2-launch" / "missions.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2024-03-20T00:31Z", "2024-03-18"), encoding="utf-8")
    (mini_seeds / "edition.json").write_text('{"edition": "2026.12.01"}\n', encoding="utf-8")
    build(mini_seeds, tmp_path / "newer", tmp_path / "schemas")
    return tmp_path / "newer"


def test_text_says_the_counts_first(mini_edition, newer, capsys):
    assert main(["diff", str(mini_edition), str(newer)]) == 0
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert lines[0] == "Changes from edition 2026.11.22 to 2026.12.01"
    assert lines[1:3] == ["      1  claims added", "      1  claims withdrawn"]
    assert (
        "\nClaims added\n"
        "  missions/queqiao-2 launch_date: 2024-03-18  (shine-2024-queqiao-2-launch)\n" in out
    )


def test_json_has_summary_and_every_change(mini_edition, newer, capsys):
    assert main(["diff", str(mini_edition), str(newer), "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    found = changes(Edition.open(mini_edition), Edition.open(newer))
    assert (said["old"], said["new"]) == ("2026.11.22", "2026.12.01")
    assert [Change(**one) for one in said["changes"]] == found
    assert said["summary"] == counted(found)
    assert sum(said["summary"].values()) == len(found)


def test_markdown_has_a_table_of_counts_and_one_of_each_kind(mini_edition, newer, capsys):
    assert main(["diff", str(mini_edition), str(newer), "--format", "markdown"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "## Changes from edition 2026.11.22 to 2026.12.01\n\n"
        "| Changes | Count |\n| --- | --: |\n| Claims added | 1 |\n| Claims withdrawn | 1 |\n"
    )
    assert (
        "### Claims added\n\n| Table | Record | Field | Old | New | Source |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| missions | queqiao-2 | launch\\_date |  | 2024-03-18 | shine-2024-queqiao-2-launch |\n"
    ) in out


def test_the_same_edition_has_no_changes(mini_edition, tmp_path, capsys):
    copy = shutil.copytree(mini_edition, tmp_path / "copy")
    assert main(["diff", str(mini_edition), str(copy)]) == 0
    assert capsys.readouterr().out == (
        "Changes from edition 2026.11.22 to 2026.11.22\nNo claim and no cell changed.\n"
    )


def test_a_statement_without_a_date_of_its_own_has_that_of_its_source():
    found = changes(edition(row("1966", "tass")), edition(row("1966", "tass", as_of="1966")))
    assert as_text("1", "2", found).endswith(
        "  missions/luna-9 launch_date: (the source's date) → 1966  (tass)"
    )


def test_every_kind_can_be_written():
    found = [Change(kind, *CELL, "a|b", "c", "tass") for kind in KINDS]
    text, markdown = as_text("1", "2", found), as_markdown("1", "2", found)
    for says in KINDS.values():
        heading = says[0].upper() + says[1:]
        assert f"\n      1  {says}\n" in text
        assert f"\n{heading}\n" in text
        assert f"### {heading}\n" in markdown
    assert markdown.count("a\\|b") == len(KINDS)
