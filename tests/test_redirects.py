"""A retired id leads to the record that is meant now, wherever it is asked for, with a note."""

import shutil
import warnings
from pathlib import Path

import pytest

import lunarprogrammes as lp
from lunarprogrammes.build import build, compile_edition
from lunarprogrammes.check import check_seeds
from lunarprogrammes.check.fixing.plan import plan
from lunarprogrammes.check.fixing.writing import write_change
from lunarprogrammes.cli import main
from lunarprogrammes.dataset import Dataset, load
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import UnknownRecord
from lunarprogrammes.evidence.seeds import read_seeds

MINI_SEEDS = Path(__file__).parent / "mini_seeds"
EXAMPLES = Path(__file__).parent / "examples"
HEADER = "table,old_id,new_id,retired,reason\n"
ROWS = (
    "missions,luna-nine,change-5,2026-11-20,One spelling.\n"
    "missions,no-such-flight,,2026-11-20,There was no such flight.\n"
)
NOTE = "missions/luna-nine was retired on 2026-11-20 and is missions/change-5 now: One spelling."


def mission(seeds):
    return compile_edition(read_seeds(seeds)).files["missions.csv"].splitlines()[1].split(",")[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small built edition in which two ids of missions are retired."""
    root = tmp_path_factory.mktemp("redirects")
    shutil.copytree(MINI_SEEDS, root / "seeds")
    rows = ROWS.replace("change-5", mission(root / "seeds"))
    (root / "seeds" / "redirects.csv").write_text(HEADER + rows)
    build(root / "seeds", root / "datasets", root / "schemas")
    return root / "datasets"


@pytest.fixture(scope="module")
def moon(folder):
    return load(folder)


@pytest.fixture(scope="module")
def current(moon):
    return moon.missions.ids[0]


def test_a_retired_id_is_followed_with_a_note(moon, current):
    note = NOTE.replace("change-5", current)
    with pytest.warns(lp.RetiredId, match=note.replace("(", "[(]")) as told:
        assert moon.missions["luna-nine"] == moon.missions[current]
    assert told[0].filename == __file__ or "view.py" in told[0].filename


@pytest.mark.parametrize(
    "ask",
    [
        lambda moon, one: moon.missions.get(one),
        lambda moon, one: moon.missions.row(one),
        lambda moon, one: moon.why("missions", one).cell,
        lambda moon, one: moon.locate(one),
        lambda moon, one: moon.locate(f"missions/{one}"),
        lambda moon, one: moon.cite(one),
        lambda moon, one: moon.slips(one),
        lambda moon, one: moon.current("missions", one),
        lambda moon, one: moon.spacecraft.where(mission=one).ids,
        lambda moon, one: moon.known_on("2026-11-22").missions[one],
    ],
)
def test_every_question_gets_the_answer_of_the_current_id(moon, current, ask):
    with pytest.warns(lp.RetiredId):
        found = ask(moon, "luna-nine")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert found == ask(moon, current)


def test_it_is_found_by_its_old_id(moon, current):
    best = moon.find("luna-nine")[0]
    assert (best.table, best.record, best.matched) == ("missions", current, "luna-nine")


def test_it_is_no_record_of_its_own(moon):
    assert "luna-nine" not in moon.missions
    assert "luna-nine" not in moon.missions.ids


def test_a_withdrawn_record_says_why(moon):
    with pytest.raises(UnknownRecord, match="withdrawn on 2026-11-20: There was no such flight"):
        moon.missions["no-such-flight"]
    with pytest.raises(UnknownRecord, match="There was no such flight"):
        moon.why("missions", "no-such-flight")
    assert moon.missions.get("no-such-flight") is None


@pytest.mark.parametrize("command", ["show", "why", "cite"])
def test_the_commands_follow_with_one_note_on_standard_error(command, folder, current, capsys):
    assert main([command, "luna-nine", "--edition", str(folder)]) == 0
    told = capsys.readouterr()
    assert told.err == f"note: {NOTE.replace('change-5', current)}\n"
    assert main([command, current, "--edition", str(folder)]) == 0
    plain = capsys.readouterr()
    assert (plain.out, plain.err) == (told.out, "")


def test_the_edition_holds_them_and_an_older_one_has_none(folder):
    held = Edition.open(folder)
    assert [row["old_id"] for row in held.rows("redirects")] == ["luna-nine", "no-such-flight"]
    (resource,) = (one for one in held.descriptor["resources"] if one["name"] == "redirects")
    assert resource["schema"]["primaryKey"] == ["table", "old_id"]
    assert resource["rowCount"] == 2
    older = Edition(lambda name: {}[name], list, "an older edition")
    assert list(older.rows("redirects")) == []


def test_parts_of_a_key_are_followed(moon):
    edition = moon._edition
    files = {name: edition.read_bytes(name) for name in edition.names()}
    actor = moon.actors.ids[0]
    files["redirects.csv"] = f"{HEADER}actors,old-actor,{actor},2026-11-20,One name.\n".encode()
    renamed = Dataset(Edition(files.__getitem__, lambda: [*files], "renamed"))
    with pytest.warns(lp.RetiredId):
        assert renamed.current("parties", "moon-agreement:old-actor") == f"moon-agreement:{actor}"


# --- Readings that still use one ---------------------------------------------------------------


@pytest.mark.parametrize("name", ["S115-key", "S115-reference"])
def test_the_repair_puts_the_new_id(name, tmp_path):
    seeds = tmp_path / "seeds"
    shutil.copytree(EXAMPLES / "rejected" / name / "seeds", seeds)
    before = check_seeds(seeds).problems
    for change in plan(seeds):
        write_change(change)
    after = check_seeds(seeds).problems
    # What was withdrawn has no new id: that is left to a person.
    left = [one.what for one in before if "Did you mean" not in one.remedy]
    assert [one.what for one in after] == left
    assert {one.code for one in before} == {"S115"}


def test_a_rule_that_is_not_asked_for_repairs_nothing(tmp_path):
    seeds = tmp_path / "seeds"
    shutil.copytree(EXAMPLES / "rejected" / "S115-key" / "seeds", seeds)
    assert plan(seeds, admits=lambda code: code not in {"S115", ""}) == []


def test_every_redirect_of_the_repository_leads_to_a_record():
    moon = load()
    rows = list(moon._edition.rows("redirects"))
    assert rows
    for row in rows:
        assert row["old_id"] not in moon.table(row["table"])
        assert not row["new_id"] or row["new_id"] in moon.table(row["table"])
