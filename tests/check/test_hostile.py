"""Hostile contributions: a clear error, nothing written, nothing shown of what lies outside.

The cases are those of `benchmarks/hostile_cases.py`; how long they take and how much memory is
measured by `benchmarks/hostile.py`, because a time proves nothing in a test.
"""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from hostile_cases import CASES, SECRET, contribution  # noqa: E402

from lunarprogrammes.check import check_seeds  # noqa: E402
from lunarprogrammes.check.fixing.plan import plan  # noqa: E402
from lunarprogrammes.check.fixing.writing import write_change  # noqa: E402
from lunarprogrammes.check.reporters import View, formats, reporter  # noqa: E402
from lunarprogrammes.errors import LunarProgrammesError  # noqa: E402

# What takes more than a second to build or to check is left to the benchmark.
SLOW = {
    "folder of 5 000 sources",
    "folder of 5 000 files",
    "many unknown references",
    "long dates and figures",
    "many near ids",
    "long unknown references",
    "chain of copies",
    "circle of parents",
    "long terms",
    "source file of 60 MB",
}
FAST = [name for name in CASES if name not in SLOW]
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links of POSIX")


@pytest.fixture
def hostile(tmp_path, request):
    name = request.param
    if name.startswith("unreadable") and IS_ROOT:
        pytest.skip("nothing is unreadable to the administrator")
    try:
        seeds = contribution(tmp_path / "x", name)
    except OSError as error:
        pytest.skip(f"this file system refuses the case itself: {error.strerror}")
    yield seeds
    for path in tmp_path.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o700)


def everything(root: Path) -> dict[str, tuple[int, int]]:
    """Return what lies under a folder: kind and size, with links as they are."""
    found = {}
    for folder, folders, files in os.walk(root):
        for name in (*folders, *files):
            state = os.lstat(os.path.join(folder, name))  # noqa: PTH118  # names may be no Unicode
            found[os.path.join(folder, name)] = (state.st_mode, state.st_size)  # noqa: PTH118
    return found


def report_of(seeds: Path) -> dict[str, str]:
    """Return the report in every format, or the error."""
    try:
        report = check_seeds(seeds)
    except LunarProgrammesError as error:
        return {"text": str(error)}
    assert report.problems
    return {name: reporter(name)(report, View()) for name in formats()}


@pytest.mark.parametrize("hostile", FAST, indirect=True)
def test_it_is_refused_and_nothing_is_shown_or_written(hostile):
    before = everything(hostile.parent)
    for name, shown in report_of(hostile).items():
        assert SECRET not in shown
        assert "root:" not in shown
        assert "Traceback" not in shown
        assert not [c for c in shown if ord(c) < 32 and c not in "\n\t"]
        # What people see is short; what programs read holds some hundred characters of each text.
        assert len(shown.encode()) < (1_000_000 if name in {"text", "markdown"} else 5_000_000)
    assert everything(hostile.parent) == before


LINKED = [name for name in FAST if name.startswith(("link", "pipe", "folder as", "names", "paths"))]


@pytest.mark.parametrize("hostile", LINKED, indirect=True)
def test_a_repair_writes_nothing_outside(hostile):
    outside = hostile.parent / "outside"
    before = {path.name: path.read_bytes() for path in outside.iterdir()}
    links = [path for path in hostile.rglob("*") if path.is_symlink()]
    for change in plan(hostile):
        assert change.path.resolve().is_relative_to(hostile.resolve())
        write_change(change)
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == before
    assert all(path.is_symlink() for path in links)


def test_code_in_a_contribution_is_not_run(tmp_path, monkeypatch):
    seeds = contribution(tmp_path / "x", "descriptors of other tools")
    monkeypatch.chdir(seeds / "agency-2024-report")
    modules = set(sys.modules)
    assert report_of(Path())
    assert not {"conftest", "missions"} & (set(sys.modules) - modules)


def test_nothing_is_fetched(tmp_path, monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    seeds = contribution(tmp_path / "x", "paths in cells")
    assert report_of(seeds)
