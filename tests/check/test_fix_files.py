"""Which files are touched, and how: no link, no stranger, never half a file."""

import os
import stat
import sys
from pathlib import Path

import pytest

from lunarprogrammes.check import check_seeds
from lunarprogrammes.check.fixing import diff as differences
from lunarprogrammes.check.fixing import plan as planning
from lunarprogrammes.check.fixing.diff import summary, unified
from lunarprogrammes.check.fixing.plan import corrections_of, plan, repairable
from lunarprogrammes.check.fixing.writing import (
    FixError,
    write_atomically,
    write_change,
    write_out,
)

HEAD = "id,name,launch_date,locator\n"
BAD = HEAD + "x,X ,2024-5-3,p. 1\n"
GOOD = HEAD + "x,X,2024-05-03,p. 1\n"


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "seeds" / "a-2024-b"
    folder.mkdir(parents=True)
    (folder / "missions.csv").write_text(BAD)
    return tmp_path / "seeds"


def table(root):
    return root / "a-2024-b" / "missions.csv"


def apply(root, only=None):
    for change in plan(root, only):
        write_change(change)


def test_planning_writes_nothing(root):
    (change,) = plan(root)
    assert (change.path, change.before, change.after) == (table(root), BAD.encode(), GOOD.encode())
    assert table(root).read_text() == BAD


def test_writing_writes_what_was_planned_and_leaves_nothing_behind(root):
    apply(root)
    assert table(root).read_text() == GOOD
    assert [path.name for path in table(root).parent.iterdir()] == ["missions.csv"]
    assert plan(root) == []


def test_one_source_alone(root):
    (root / "b-2025-c").mkdir()
    (root / "b-2025-c" / "missions.csv").write_text(BAD)
    (root / "decisions.csv").write_text("table,record,field,value,reason,decided\na, b,c,d,e,f\n")
    apply(root, {"b-2025-c"})
    assert table(root).read_text() == BAD
    assert (root / "b-2025-c" / "missions.csv").read_text() == GOOD
    assert " b" in (root / "decisions.csv").read_text()
    apply(root)
    assert " b" not in (root / "decisions.csv").read_text()


@pytest.mark.parametrize(
    "name", ["notes.csv", "claims.csv", "missions.txt", "Missions.csv", "README.md"]
)
def test_strangers_are_not_touched(root, name):
    path = root / "a-2024-b" / name
    path.write_bytes(BAD.encode() + b"\r\n")
    apply(root)
    assert path.read_bytes() == BAD.encode() + b"\r\n"


def test_links_are_not_followed(root, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("actors.csv", "missions.csv", "source.json"):
        (outside / name).write_bytes(b"id,name\r\nx , X\r\n")
    (root / "linked-2024-folder").symlink_to(outside)
    (root / "a-2024-b" / "actors.csv").symlink_to(outside / "actors.csv")
    (root / "a-2024-b" / "source.json").symlink_to(outside / "source.json")
    (root / "decisions.csv").symlink_to(outside / "missions.csv")
    apply(root)
    assert {path.read_bytes() for path in outside.iterdir()} == {b"id,name\r\nx , X\r\n"}
    assert table(root).read_text() == GOOD


def test_a_link_put_there_meanwhile_is_not_followed(root, tmp_path):
    (change,) = plan(root)
    other = tmp_path / "other.csv"
    other.write_text(BAD)
    table(root).unlink()
    table(root).symlink_to(other)
    with pytest.raises(FixError, match="changed meanwhile"):
        write_change(change)
    assert other.read_text() == BAD


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_does_not_stop_it(root):
    os.mkfifo(root / "a-2024-b" / "actors.csv")
    assert [change.path for change in plan(root)] == [table(root)]


def test_a_file_that_changed_meanwhile_is_not_overwritten(root):
    (change,) = plan(root)
    table(root).write_text("something else\n")
    with pytest.raises(FixError, match="changed meanwhile"):
        write_change(change)
    assert table(root).read_text() == "something else\n"


def test_files_that_cannot_be_read_are_not_touched(root, monkeypatch):
    for name, raw in (
        ("actors.csv", b"id,name\r\nx,\xff \r\n"),
        ("people.csv", b"\xff\xfei\x00d\x00\r\x00\n\x00"),
        ("places.csv", b'id,name\r\nx," y\r\n'),
    ):
        (root / "a-2024-b" / name).write_bytes(raw)
    assert [change.path for change in plan(root)] == [table(root)]
    monkeypatch.setattr(planning, "MAX_BYTES", 10)
    assert plan(root) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_permissions_are_kept(root, mode):
    table(root).chmod(mode)
    apply(root)
    assert stat.S_IMODE(table(root).stat().st_mode) == mode


def test_what_a_user_names_is_written_through_links_and_devices(tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_out(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"
    write_out(Path(os.devnull), b"new")
    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_new_file_has_the_usual_permissions(tmp_path):
    (tmp_path / "usual").write_text("x")
    write_atomically(tmp_path / "new", b"x")
    modes = {path.stat().st_mode for path in tmp_path.iterdir()}
    assert len(modes) == 1


def test_a_file_that_could_not_be_written_is_the_old_one(root, monkeypatch):
    (change,) = plan(root)
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(OSError, match="No space left"):
        write_change(change)
    assert table(root).read_text() == BAD
    assert [path.name for path in table(root).parent.iterdir()] == ["missions.csv"]


def test_what_is_repaired_is_no_problem_any_more(root):
    broken = {problem.code for problem in check_seeds(root).problems}
    assert {"S101", "S103"} <= broken
    apply(root)
    assert {problem.code for problem in check_seeds(root).problems} == broken - {"S101", "S103"}


def test_corrections_belong_to_the_problems_that_they_end(root):
    report = check_seeds(root)
    found = corrections_of(report, plan(root))
    assert {(one.code, correction.after) for one, correction in found.items()} == {
        ("S101", "2024-05-03"),
        ("S103", "X"),
    }


def test_repairs_of_whole_files_are_counted_too(root):
    table(root).write_bytes(b"\xef\xbb\xbf" + BAD.encode() + b",,,\n")
    report = check_seeds(root)
    assert repairable(report, plan(root)) == 4
    apply(root)
    assert repairable(check_seeds(root), plan(root)) == 0


# What people see


def test_a_diff_is_one_that_patch_can_apply(root):
    name = table(root).as_posix()
    assert unified(plan(root)) == (
        f"--- {name}\n+++ {name}\n@@ -1,2 +1,2 @@\n id,name,launch_date,locator\n"
        "-x,X ,2024-5-3,p. 1\n+x,X,2024-05-03,p. 1\n"
    )


def test_a_diff_of_a_last_line_says_that_it_does_not_end(root):
    table(root).write_text(GOOD.rstrip("\n"))
    assert unified(plan(root)).endswith(
        "-x,X,2024-05-03,p. 1\n\\ No newline at end of file\n+x,X,2024-05-03,p. 1\n"
    )


def test_a_diff_does_not_command_the_terminal(root):
    table(root).write_bytes((HEAD + "x,X\x1b[2J,2024-5-3,p. 1\n").encode())
    shown = unified(plan(root), for_terminal=True)
    assert "X<U+001B>[2J" in shown
    assert "\x1b[2J" not in shown
    assert "\x1b[31m-x" in shown


@pytest.mark.parametrize(("first", "last"), [(0, 9), (3, 5), (9, 9)])
def test_a_long_diff_is_one_block(root, monkeypatch, first, last):
    rows = [f"m-{number},M,2024-05-03,p. {number}\n" for number in range(10)]
    for number in range(first, last + 1):
        rows[number] = rows[number].replace("-05-", "-5-")
    table(root).write_text(HEAD + "".join(rows))
    usual = unified(plan(root))
    monkeypatch.setattr(differences, "MOST_LINES", 1)
    block = unified(plan(root))
    assert block.count("@@") == 2
    assert [line for line in block.splitlines() if line[:2] == "-m"] == [
        line for line in usual.splitlines() if line[:2] == "-m"
    ]
    assert block.splitlines()[2] == usual.splitlines()[2]


def test_the_summary_says_what_was_done(root):
    table(root).write_bytes(b"\xef\xbb\xbf" + BAD.replace("\n", "\r\n").encode())
    assert summary(plan(root)) == (
        f"{table(root).as_posix()}: byte order mark removed, cells spelt (2), line ends made LF\n"
    )
