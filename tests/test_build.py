"""The build: the same bytes every time, nothing without provenance, whole or not at all."""

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from folders import bytes_of, digests
from lunarprogrammes import build as building
from lunarprogrammes import tables
from lunarprogrammes.build import build, compile_edition, read_edition, schema_files
from lunarprogrammes.canonical import csv_text
from lunarprogrammes.check import check_seeds
from lunarprogrammes.errors import EditionError, SeedsError
from lunarprogrammes.evidence import Claim
from lunarprogrammes.evidence.seeds import read_seeds

ROOT = Path(__file__).parents[1]
REPORT = "unnamed-2024-prc-cislunar-report"
PAPER = "peoples-daily-2024-queqiao-2-orbit"


@pytest.fixture
def made(mini_seeds, tmp_path):
    """Build the seeds into `datasets` and `schemas` beside them."""

    def run(**options):
        return build(mini_seeds, tmp_path / "datasets", tmp_path / "schemas", **options)

    return run


@pytest.fixture(scope="module")
def seeds():
    """The committed seeds, read once: they are nine thousand files."""
    return read_seeds(ROOT / "seeds")


@pytest.fixture(scope="module")
def committed(seeds):
    """The edition as the committed seeds give it today."""
    return compile_edition(seeds)


# --- The committed edition is current ---------------------------------------------------------


def test_the_committed_datasets_are_current(committed):
    assert digests(committed.files) == digests(bytes_of(ROOT / "datasets"))


def test_the_committed_schemas_are_current(committed):
    on_disk = bytes_of(ROOT / "schemas")
    assert digests(committed.schemas) == digests(on_disk)
    assert set(on_disk) == {
        f"{name}{ending}" for name in tables.all_tables() for ending in (".json", ".schema.json")
    }


def test_the_committed_seeds_have_no_errors():
    errors = [
        problem for problem in check_seeds(ROOT / "seeds").problems if problem.severity == "error"
    ]
    assert errors == []


# --- The same bytes ---------------------------------------------------------------------------


def test_two_builds_are_byte_identical(made, tmp_path):
    made()
    before = {**bytes_of(tmp_path / "datasets"), **bytes_of(tmp_path / "schemas")}
    made()
    assert {**bytes_of(tmp_path / "datasets"), **bytes_of(tmp_path / "schemas")} == before


def test_hash_seed_locale_and_time_zone_do_not_show(mini_seeds, tmp_path):
    digests = set()
    for number, (seed, zone, locale) in enumerate(
        [("1", "UTC", "C"), ("2", "Asia/Shanghai", "C.UTF-8")]
    ):
        out = tmp_path / str(number)
        command = [sys.executable, "-X", "utf8=0", "-m", "lunarprogrammes", "build"]
        command += ["--seeds", mini_seeds, "--datasets", out / "d", "--schemas", out / "s"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        subprocess.run(command, check=True, env=environment, capture_output=True)
        digest = hashlib.sha256()
        for name, content in bytes_of(out).items():
            digest.update(name.encode() + content)
        digests.add(digest.hexdigest())
    assert len(digests) == 1


def test_files_are_canonical(committed):
    for name, text in {**committed.files, **committed.schemas}.items():
        assert text.endswith("\n"), name
        assert not text.endswith("\n\n"), name
        assert "\r" not in text, name
        assert not text.startswith("\ufeff"), name
        if name.endswith(".json"):
            assert json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n" == text


@pytest.mark.parametrize("name", [*tables.all_tables(), "decisions"])
def test_a_table_is_one_header_and_one_line_per_row(committed, name):
    text = committed.files[f"{name}.csv"]
    rows = [*csv.reader(io.StringIO(text, newline=""), strict=True)]
    assert text.count("\n") == len(rows)
    if name != "decisions":
        assert rows[0] == [*tables.get(name).fields]
        assert len(rows) - 1 == committed.counts[name]
        key = [rows[0].index(part) for part in tables.get(name).key]
        if name != "claims":
            keys = [":".join(row[place] for place in key) for row in rows[1:]]
            assert keys == sorted(keys)


def test_the_ledger_is_sorted_by_table_record_field_and_id(moon):
    ledger = [Claim.from_row(row) for row in moon.claims.rows()]
    assert ledger == sorted(ledger)


def test_csv_is_quoted_only_where_it_must_be():
    rows = [{"a": 'say "x"', "b": "1,5"}, {"a": "嫦娥", "b": ""}]
    assert csv_text(["b", "a"], rows) == 'b,a\n"1,5","say ""x"""\n,嫦娥\n'


# --- What the edition holds -------------------------------------------------------------------


def test_the_descriptor_says_bytes_hash_and_rows_of_every_file(committed):
    described = json.loads(committed.files["datapackage.json"])
    listed = {one["path"]: one for one in described["resources"]}
    assert set(listed) == set(committed.files) - {"datapackage.json", "manifest.json"}
    for path, one in listed.items():
        raw = committed.files[path].encode()
        assert one["bytes"] == len(raw)
        assert one["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
        if path.endswith(".csv"):
            assert one["rowCount"] == committed.files[path].count("\n") - 1
    assert described["version"] == read_edition(ROOT / "seeds")
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    assert len(described["sources"]) == committed.counts["sources"]


def test_the_schema_in_the_descriptor_is_the_one_in_the_folder(committed):
    described = json.loads(committed.files["datapackage.json"])
    for one in described["resources"]:
        if one["name"] in tables.all_tables():
            assert one["schema"] == json.loads(committed.schemas[f"{one['name']}.json"])


def test_every_claim_of_the_seeds_is_in_the_ledger_with_its_verdict(seeds, committed):
    rows = [*csv.DictReader(io.StringIO(committed.files["claims.csv"], newline=""))]
    assert [row["id"] for row in rows] == [claim.id for claim in seeds.claims()]
    assert all(row["verdict"] and row["standing"] for row in rows)
    chosen = [
        (row["table"], row["record"], row["field"]) for row in rows if row["standing"] == "chosen"
    ]
    assert len(chosen) == len(set(chosen))


def test_nested_json_carries_value_verdict_sources_and_claims(mini_edition):
    nested = json.loads((mini_edition / "json" / "missions.json").read_text(encoding="utf-8"))
    assert (nested["table"], nested["edition"]) == ("missions", "2026.11.22")
    (record,) = nested["records"]
    assert record["id"] == "queqiao-2"
    launch = record["launch_date"]
    assert (launch["value"], launch["verdict"]) == ("2024-03-20T00:31Z", "contested")
    assert launch["sources"] == [PAPER, "shine-2024-queqiao-2-launch", REPORT]
    assert "pvvehkl5h3kp" in launch["claims"]
    assert len(launch["claims"]) == 5
    assert "landing_date" not in record


def test_nested_json_and_csv_say_the_same(committed):
    for name in tables.all_tables():
        if name == "claims":
            continue
        rows = csv.DictReader(io.StringIO(committed.files[f"{name}.csv"], newline=""))
        records = json.loads(committed.files[f"json/{name}.json"])["records"]
        for row, record in zip(rows, records, strict=True):
            filled = {field for field in tables.get(name).facts if row[field]}
            assert filled == set(record) - {"sources"}
            for field in filled - set(tables.get(name).key):
                assert record[field]["value"] == row[field]


def test_the_edition_of_the_small_seeds_by_hand(mini_edition):
    with (mini_edition / "missions.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert {name: text for name, text in row.items() if text} == {
        "id": "queqiao-2",
        "name": "Queqiao-2",
        "country": "china",
        "mission_type": "relay",
        "launch_date": "2024-03-20T00:31Z",
        "launch_vehicle": "long-march-8",
        "launch_site": "wenchang",
        "status": "operating",
        "outcome": "success",
        "arrival_date": "2024-03-24",
        # Of two descriptions of one source the longer one.
        "objective": "Relay for Chang'e 6 first, for Chang'e 4 as before, and later for Chang'e 7 "
        "and 8 at the south pole.",
        "sources": f"{REPORT};{PAPER};shine-2024-queqiao-2-launch",
        "contested": "arrival_date;launch_date",
    }


def test_progress_names_each_step(made):
    steps = []
    made(progress=steps.append)
    assert steps == ["Checking the seeds", "Resolving the claims", "Writing the edition"]


# --- Provenance fails closed ------------------------------------------------------------------


def delete_source(seeds):
    (seeds / PAPER / "source.json").unlink()


def empty_source(seeds):
    (seeds / PAPER / "source.json").write_text("", encoding="utf-8")


def hollow_source(seeds):
    (seeds / PAPER / "source.json").write_text("{}", encoding="utf-8")


def rewrite(path, change):
    """Write a CSV file again after changing its rows; a column may vanish or come."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    change(rows)
    path.write_text(csv_text([*rows[0]], rows), encoding="utf-8")


def remove_locator_column(seeds):
    def change(rows):
        for row in rows:
            del row["locator"]

    rewrite(seeds / PAPER / "missions.csv", change)


def blank_locator(seeds):
    rewrite(seeds / PAPER / "missions.csv", lambda rows: rows[1].update(locator=""))


def name_unknown_record(seeds):
    rewrite(
        seeds / "shine-2024-queqiao-2-launch" / "missions.csv",
        lambda rows: rows[0].update(launch_vehicle="long-march-88"),
    )


def decide_without_effect(seeds):
    def change(rows):
        # What the claims give without any decision.
        rows.append({**rows[0], "table": "missions", "record": "queqiao-2", "reason": "Seen."})
        rows[-1].update(field="launch_date", value="2024-03-20T00:31Z")

    rewrite(seeds / "decisions.csv", change)


def decide_on_nothing(seeds):
    rewrite(seeds / "decisions.csv", lambda rows: rows[0].update(record="no-such-guide"))


def leave_source_unused(seeds):
    (seeds / PAPER / "missions.csv").unlink()


def misspell_column(seeds):
    path = seeds / PAPER / "missions.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("arrival_date", "arival_date", 1), "utf-8"
    )


def claim_a_date_as_editors(seeds):
    rewrite(
        seeds / "editors" / "missions.csv",
        lambda rows: [row.update(launch_date="2024") for row in rows],
    )


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (delete_source, "E101"),
        (empty_source, "E102"),
        (hollow_source, "E102"),
        (remove_locator_column, "E103"),
        (blank_locator, "E104"),
        (name_unknown_record, "S107"),
        (decide_without_effect, "E121"),
        (decide_on_nothing, "E119"),
        (leave_source_unused, "E118"),
        (misspell_column, "F114"),
        (claim_a_date_as_editors, "E107"),
    ],
)
def test_provenance_fails_closed(mini_seeds, made, tmp_path, damage, code):
    made()
    before = bytes_of(tmp_path / "datasets")
    damage(mini_seeds)
    found = {one.code for one in check_seeds(mini_seeds).problems if one.severity == "error"}
    assert found == {code}
    with pytest.raises(SeedsError, match=code) as caught:
        made()
    assert "Run `lunarprogrammes check` for the whole list. Nothing was written." in str(
        caught.value
    )
    assert bytes_of(tmp_path / "datasets") == before


def test_nothing_is_written_where_nothing_was(mini_seeds, made, tmp_path):
    delete_source(mini_seeds)
    with pytest.raises(SeedsError):
        made()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["seeds"]


def test_the_undamaged_seeds_are_without_fault(mini_seeds):
    assert check_seeds(mini_seeds).problems == ()


def test_the_first_errors_are_named_and_all_are_counted(mini_seeds, made):
    rewrite(
        mini_seeds / REPORT / "missions.csv", lambda rows: [row.update(locator="") for row in rows]
    )
    with pytest.raises(SeedsError) as caught:
        made()
    assert str(caught.value).startswith("The seeds have 7 error(s): ")
    assert str(caught.value).count("E104") == 5


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"edition"', None])
def test_an_edition_without_its_date_is_refused(mini_seeds, text):
    path = mini_seeds / "edition.json"
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    with pytest.raises(SeedsError) as caught:
        read_edition(mini_seeds)
    assert str(caught.value) == (
        f'{path} does not name the edition. Expected {{"edition": "2026.11.22"}}. Write the file.'
    )


def test_two_claims_with_one_id_are_refused():
    claim = Claim.of("missions", "luna-24", "launch_date", "1976", "a", "p. 1")
    other = claim._replace(record="luna-25")
    with pytest.raises(SeedsError, match=f"Two claims have the id {claim.id}"):
        building._refuse_collisions([claim, other])


# --- Whole or not at all ----------------------------------------------------------------------


class Cut(Exception):
    """The power goes."""


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("stop", [Cut, KeyboardInterrupt, OSError])
@pytest.mark.parametrize("after", [0, 1, 20, 39, 60])
def test_an_interrupted_write_leaves_the_old_edition(made, tmp_path, monkeypatch, stop, after):
    made()
    old = {name: bytes_of(tmp_path / name) for name in ("datasets", "schemas")}
    listed = names(tmp_path)
    (tmp_path / "seeds" / "edition.json").write_text('{"edition": "2027.01.01"}', encoding="utf-8")
    calls = 0
    write = Path.write_bytes

    def failing(path, data):
        nonlocal calls
        calls += 1
        if calls > after:
            raise stop
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", failing)
    with pytest.raises(stop):
        made()
    monkeypatch.undo()
    assert {name: bytes_of(tmp_path / name) for name in ("datasets", "schemas")} == old
    assert names(tmp_path) == listed
    assert names(tmp_path / "seeds") == sorted(os.listdir(Path(__file__).parent / "mini_seeds"))


@pytest.mark.parametrize("stop", [Cut, KeyboardInterrupt, OSError])
@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_an_interrupted_swap_brings_the_old_edition_back(made, tmp_path, monkeypatch, stop, after):
    made()
    old = {name: bytes_of(tmp_path / name) for name in ("datasets", "schemas")}
    (tmp_path / "seeds" / "edition.json").write_text('{"edition": "2027.01.01"}', encoding="utf-8")
    calls = 0
    rename = Path.rename

    def failing(path, target):
        nonlocal calls
        calls += 1
        if calls == after + 1:
            raise stop
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(stop):
        made()
    monkeypatch.undo()
    assert {name: bytes_of(tmp_path / name) for name in ("datasets", "schemas")} == old
    assert names(tmp_path) == ["datasets", "schemas", "seeds"]


def test_a_first_build_that_fails_leaves_nothing(made, tmp_path, monkeypatch):
    def failing(*_):
        raise Cut

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(Cut):
        made()
    assert names(tmp_path) == ["seeds"]


def test_files_of_an_older_edition_do_not_stay(made, tmp_path):
    made()
    (tmp_path / "datasets" / "retired.csv").write_text("id\n", encoding="utf-8")
    made()
    assert "retired.csv" not in names(tmp_path / "datasets")


def test_a_folder_with_other_things_is_not_replaced(mini_seeds, tmp_path):
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "moon.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(EditionError) as caught:
        build(mini_seeds, photos, tmp_path / "schemas")
    assert str(caught.value) == (
        f"{photos} holds other files, and a build replaces the whole folder. "
        "Choose an empty folder or an older edition. Nothing was written."
    )
    assert names(tmp_path) == ["photos", "seeds"]
    assert names(photos) == ["moon.jpg"]


def test_an_empty_folder_is_filled_and_can_be_read_by_all(mini_seeds, tmp_path):
    (tmp_path / "datasets").mkdir()
    build(mini_seeds, tmp_path / "datasets", tmp_path / "deep" / "schemas")
    assert (tmp_path / "datasets" / "datapackage.json").is_file()
    assert (tmp_path / "datasets").stat().st_mode & 0o777 == 0o755
    assert len(names(tmp_path / "deep" / "schemas")) == len(schema_files())


def test_an_unwritable_target_is_an_error_before_anything_moves(mini_seeds, made, tmp_path):
    made()
    old = bytes_of(tmp_path / "datasets")
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        build(mini_seeds, tmp_path / "datasets", blocked / "schemas")
    assert bytes_of(tmp_path / "datasets") == old
    shutil.rmtree(tmp_path / "datasets")
    assert names(tmp_path) == ["file", "schemas", "seeds"]
