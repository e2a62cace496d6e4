"""Builds with worker processes: the same bytes, the same refusals, and nothing half done."""

import shutil
import threading
import time

import pytest

import lunarprogrammes.build
from folders import bytes_of, digests
from lunarprogrammes.build import build
from lunarprogrammes.cli import main
from lunarprogrammes.errors import SeedsError
from lunarprogrammes.partitions import WorkerError


def words(root, seeds, *more):
    where = ["--seeds", seeds, "--datasets", root / "datasets", "--schemas", root / "schemas"]
    return ["build", *map(str, where), *more]


def test_the_bytes_do_not_depend_on_the_number_of_jobs(founding_edition, founding_seeds, tmp_path):
    seeds = shutil.copytree(founding_seeds, tmp_path / "seeds")
    said = []
    build(seeds, tmp_path / "datasets", tmp_path / "schemas", jobs=3, progress=said.append)
    assert digests(bytes_of(tmp_path / "datasets")) == digests(bytes_of(founding_edition))
    assert said == ["Checking the seeds and resolving the claims", "Writing the edition"]


def test_the_command_takes_a_number_of_jobs(mini_seeds, mini_edition, tmp_path, capsys):
    assert main(words(tmp_path, mini_seeds, "--jobs", "2")) == 0
    assert bytes_of(tmp_path / "datasets") == bytes_of(mini_edition)
    assert main(words(tmp_path, mini_seeds, "--jobs", "-1")) == 2
    assert capsys.readouterr().err.endswith(
        "error: -1 jobs cannot be done. Expected 1 or more, or 0 for all processors.\n"
    )


def blank_date(seeds):
    path = next(seeds.glob("*/missions.csv"))
    path.write_text(path.read_text(encoding="utf-8").replace("2024", "x024"), encoding="utf-8")


def broken_sources(seeds):
    for path in seeds.glob("*/source.json"):
        path.write_text("{", encoding="utf-8")


@pytest.mark.parametrize("damage", [blank_date, broken_sources])
def test_unsound_seeds_are_refused_in_the_same_words(mini_seeds, mini_edition, tmp_path, damage):
    damage(mini_seeds)
    old = shutil.copytree(mini_edition, tmp_path / "datasets")
    before = bytes_of(old)
    told = []
    for jobs in (1, 2):
        with pytest.raises(SeedsError) as raised:
            build(mini_seeds, old, tmp_path / "schemas", jobs=jobs)
        told.append(str(raised.value))
    assert told[0] == told[1]
    assert "Nothing was written." in told[0]
    assert bytes_of(old) == before


def test_a_worker_that_is_killed_leaves_the_old_edition(
    mini_seeds, mini_edition, tmp_path, monkeypatch
):
    import multiprocessing

    before = {*multiprocessing.active_children()}
    killed = []

    def kill():
        for _ in range(600):
            if started := {*multiprocessing.active_children()} - before:
                killed.append([one.kill() for one in started])
                return
            time.sleep(0.01)

    old = shutil.copytree(mini_edition, tmp_path / "datasets")
    compiled = lunarprogrammes.build.compile_edition

    def slow(*arguments, **options):
        killer.join()
        return compiled(*arguments, **options)

    # The real worker is killed for real; only the caller waits for it.
    monkeypatch.setattr(lunarprogrammes.build, "compile_edition", slow)
    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(WorkerError, match="ended before its work was done"):
        build(mini_seeds, old, tmp_path / "schemas", jobs=2)
    assert killed
    assert bytes_of(old) == bytes_of(mini_edition)
    assert not (tmp_path / "schemas").exists()


def test_an_interruption_leaves_the_old_edition(mini_seeds, mini_edition, tmp_path, monkeypatch):
    import multiprocessing

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    old = shutil.copytree(mini_edition, tmp_path / "datasets")
    monkeypatch.setattr(lunarprogrammes.build, "compile_edition", interrupted)
    before = {*multiprocessing.active_children()}
    with pytest.raises(KeyboardInterrupt):
        build(mini_seeds, old, tmp_path / "schemas", jobs=2)
    assert bytes_of(old) == bytes_of(mini_edition)
    assert {*multiprocessing.active_children()} <= before
