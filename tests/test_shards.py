"""Shards: every claim in one of them, sorted, with what a worker needs; whole or not at all."""

import csv
import hashlib
import json

import pytest

from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import EditionError, LunarProgrammesError
from lunarprogrammes.evidence import Claim
from lunarprogrammes.export.formats import write
from lunarprogrammes.ledger import Ledger
from lunarprogrammes.partitions import examine_parts, portable, shard_of
from lunarprogrammes.perspective import Perspective
from lunarprogrammes.resolve import resolve
from lunarprogrammes.shards import read_shards


@pytest.fixture
def edition(mini_edition):
    return Edition.open(mini_edition)


def as_it_is(one, _court):
    return one


@pytest.mark.parametrize("file_type", ["csv", "parquet"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_shards_resolve_to_what_the_edition_says(edition, tmp_path, file_type, jobs):
    write(edition, "shards", tmp_path / "shards", shards=3, file_type=file_type)
    shards = read_shards(tmp_path / "shards")
    ledger = Ledger(edition)
    court = portable(ledger.court(Perspective()))
    assert shards.court.decisions == court.decisions
    assert shards.court.lineage == {name: held for name, held in court.lineage.items() if held}
    assert shards.court.witnesses.by_id == court.witnesses.by_id
    found = examine_parts(shards.parts, shards.court, as_it_is, jobs=jobs)
    resolved = [one for part in found for one in part]
    assert sorted(resolved, key=lambda one: one[:2]) == [*resolve(ledger.claims, court)]


def test_each_claim_lies_in_the_shard_of_its_record(edition, tmp_path):
    write(edition, "shards", tmp_path / "shards", shards=4)
    held = []
    for number, path in enumerate(sorted((tmp_path / "shards" / "claims").iterdir())):
        assert path.name == f"part-{number:05}-of-00004.csv"
        with path.open(encoding="utf-8", newline="") as file:
            claims = [Claim.from_row(row) for row in csv.DictReader(file)]
        assert claims == sorted(claims)
        assert {shard_of(claim.table, claim.record, 4) for claim in claims} <= {number}
        held += claims
    assert sorted(held) == Ledger(edition).claims


def test_the_manifest_says_what_lies_there(edition, tmp_path):
    folder = write(edition, "shards", tmp_path / "shards", shards=2)
    described = json.loads((folder / "shards.json").read_text(encoding="utf-8"))
    listed = {one["path"]: one for one in described["shards"] + described["files"]}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert listed.keys() | {"shards.json"} == there
    for name, one in listed.items():
        content = (folder / name).read_bytes()
        assert one["sha256"] == hashlib.sha256(content).hexdigest()
        assert one["bytes"] == len(content)
        if "claims" in one:
            assert one["claims"] == content.count(b"\n") - 1
    assert described["claims"] == sum(one["claims"] for one in described["shards"])


def test_the_same_edition_gives_the_same_bytes(edition, tmp_path):
    one, other = (write(edition, "shards", tmp_path / name) for name in ("one", "other"))
    for path in one.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (other / path.relative_to(one)).read_bytes()


def test_nothing_is_written_over(edition, tmp_path):
    (tmp_path / "mine").mkdir()
    with pytest.raises(EditionError, match="mine is there already"):
        write(edition, "shards", tmp_path / "mine")
    with pytest.raises(EditionError, match="cannot be written"):
        write(edition, "shards", tmp_path / "no" / "such" / "folder")
    assert [*tmp_path.iterdir()] == [tmp_path / "mine"]


def test_a_write_that_fails_leaves_nothing(edition, tmp_path, monkeypatch):
    from pathlib import Path

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write(edition, "shards", tmp_path / "shards")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("number", [0, -1, 10_001])
def test_a_number_of_shards_that_makes_no_sense_is_refused(edition, tmp_path, number):
    with pytest.raises(LunarProgrammesError, match="shards cannot be made"):
        write(edition, "shards", tmp_path / "shards", shards=number)


def test_what_is_no_folder_of_shards_is_refused(edition, tmp_path):
    with pytest.raises(EditionError, match=r"Expected a folder with shards\.json"):
        read_shards(tmp_path)
    folder = write(edition, "shards", tmp_path / "shards", shards=2)
    (folder / "claims" / "part-00001-of-00002.csv").unlink()
    with pytest.raises(EditionError, match=r"part-00001-of-00002\.csv is missing"):
        read_shards(folder)


def test_a_shard_with_other_columns_is_refused(edition, tmp_path):
    folder = write(edition, "shards", tmp_path / "shards", shards=1)
    (folder / "claims" / "part-00000-of-00001.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    shards = read_shards(folder)
    with pytest.raises(EditionError, match="has other columns"):
        [*examine_parts(shards.parts, shards.court, as_it_is)]
