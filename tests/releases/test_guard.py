"""The guard: each kind of change needs its version, an edition moves on with its data, ids stay."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lunarprogrammes as lp
from lunarprogrammes.build import build
from lunarprogrammes.cli import main
from lunarprogrammes.edition import Edition
from lunarprogrammes.releases.guard import guard
from lunarprogrammes.releases.state import State, read_state, state_of
from lunarprogrammes.releases.surface import api_of, tables_of
from lunarprogrammes.releases.version import Level, Version, VersionError
from lunarprogrammes.tables import all_tables

DATE = {"kind": "date", "required": True}
TERM = {"kind": "term", "terms": ["flown", "failed"]}
MASS = {"kind": "quantity", "unit": "kg", "minimum": 0.0}
TABLE = {"key": ["id"], "fields": {"launch": DATE, "outcome": TERM, "mass": MASS}, "words": "a"}
API = {"load": ["path="], "$ lunarprogrammes show": ["record", "--format=", "--format json="]}
OLD = State("1.4.2", "2026.11.22", "h", "d", {"missions": TABLE}, API, {"missions": ["luna-9"]})


def with_fields(**fields):
    """The state after a change of the fields of missions; None takes one away."""
    made = {**TABLE["fields"], **fields}
    made = {name: field for name, field in made.items() if field is not None}
    return replace(OLD, tables={"missions": {**TABLE, "fields": made}})


REORDERED = dict(reversed(TABLE["fields"].items()))
RENAMED = {"launch_date": DATE, "outcome": TERM, "mass": MASS}
MAJOR = {
    "a field renamed": (
        replace(OLD, tables={"missions": {**TABLE, "fields": RENAMED}}),
        "the field missions.launch is gone, or renamed to launch_date (major)",
    ),
    "a field removed": (with_fields(mass=None), "the field missions.mass is gone (major)"),
    "a table removed": (replace(OLD, tables={}), "the table missions is gone (major)"),
    "another type": (with_fields(mass={**MASS, "kind": "integer"}), "kind of missions.mass"),
    "another unit": (with_fields(mass={**MASS, "unit": "g"}), "unit of missions.mass"),
    "no longer filled": (with_fields(launch={"kind": "date"}), "required of missions.launch"),
    "a term removed": (
        with_fields(outcome={"kind": "term", "terms": ["flown"]}),
        "the term failed of missions.outcome is gone",
    ),
    "a list closed": (
        with_fields(launch={**DATE, "terms": ["x"]}),
        "the term x of missions.launch is new (major)",
    ),
    "a narrower range": (with_fields(mass={**MASS, "minimum": 5.0}), "minimum of missions.mass"),
    "another key": (
        replace(OLD, tables={"missions": {**TABLE, "key": ["launch"]}}),
        "the key of missions",
    ),
    "another order": (
        replace(OLD, tables={"missions": {**TABLE, "fields": REORDERED}}),
        "the fields of missions are in another order",
    ),
    "a function removed": (replace(OLD, api={**API, "load": []}), "load takes no path any more"),
    "a parameter demanded": (replace(OLD, api={**API, "load": ["path"]}), "load demands path"),
    "a new demand": (replace(OLD, api={**API, "load": ["path=", "day"]}), "load takes day (major)"),
    "an option's choice removed": (
        replace(OLD, api={**API, "$ lunarprogrammes show": ["record", "--format="]}),
        "$ lunarprogrammes show takes no --format json any more",
    ),
}  # fmt: skip
MINOR = {
    "a field added": with_fields(crewed={"kind": "boolean"}),
    "a term added": with_fields(outcome={"kind": "term", "terms": ["flown", "failed", "lost"]}),
    "a wider range": with_fields(mass={**MASS, "minimum": -5.0}),
    "no bound": with_fields(mass={"kind": "quantity", "unit": "kg"}),
    "a table added": replace(OLD, tables={**OLD.tables, "sites": TABLE}),
    "a function added": replace(OLD, api={**API, "verify": []}),
    "an option added": replace(OLD, api={**API, "load": ["path=", "day="]}),
}
PATCH = {"other words": replace(OLD, tables={"missions": {**TABLE, "words": "b"}})}


def refused(new, old=OLD):
    with pytest.raises(VersionError) as caught:
        guard(old, new)
    return caught.value


@pytest.mark.parametrize("what", MAJOR)
def test_what_breaks_a_reader_is_no_patch_and_no_minor(what):
    new, told = MAJOR[what]
    for version in ("1.4.2", "1.4.3", "1.5.0"):
        error = refused(replace(new, package=version))
        assert told in error.what
        assert error.expected == "Expected 2.0.0 or later."
        assert error.what.startswith(f"The package's version {version} is too small for what ")
    assert guard(OLD, replace(new, package="2.0.0"))[0].level is Level.MAJOR


@pytest.mark.parametrize("what", MINOR)
def test_what_adds_is_no_patch(what):
    new = MINOR[what]
    assert refused(replace(new, package="1.4.3")).expected == "Expected 1.5.0 or later."
    assert guard(OLD, replace(new, package="1.5.0"))[0].level is Level.MINOR


@pytest.mark.parametrize("what", PATCH)
def test_words_alone_are_a_patch(what):
    new = PATCH[what]
    assert refused(new).expected == "Expected 1.4.3 or later."
    assert guard(OLD, replace(new, package="1.4.3"))[0].level is Level.PATCH


def test_before_1_0_what_breaks_and_what_adds_need_a_new_minor():
    old = replace(OLD, package="0.4.2")
    for new in (with_fields(mass=None), with_fields(crewed={"kind": "boolean"})):
        assert refused(replace(new, package="0.4.3"), old).expected == "Expected 0.5.0 or later."
        assert guard(old, replace(new, package="0.5.0"))


def test_nothing_changed_needs_nothing():
    assert guard(OLD, OLD) == []
    assert guard(OLD, replace(OLD, package="1.4.3", edition="2026.12.01")) == []


def test_a_version_never_goes_back():
    error = refused(replace(OLD, package="1.4.1"))
    assert error.what == "The package's version 1.4.1 is smaller than 1.4.2, which was released."
    error = refused(replace(OLD, edition="2026.11.21"))
    assert error.what == "The edition 2026.11.21 is older than 2026.11.22, which was released."
    assert error.expected == "Expected a date after 2026.11.22."


def test_other_data_need_a_later_date():
    new = replace(OLD, data="other")
    assert "holds other data than the one that was released under that date" in refused(new).what
    assert guard(OLD, replace(new, edition="2026.11.23")) == []


def test_an_id_is_never_lost():
    new = replace(OLD, ids={"missions": []})
    error = refused(new)
    assert error.what == "An id of the edition 2026.11.22 is gone: missions/luna-9."
    assert "missions,luna-9,NEW-ID,2026-12-01,REASON" in error.remedy
    assert guard(OLD, replace(OLD, ids={"missions": ["luna-10", "luna-9"]})) == []


def test_many_changes_are_counted():
    error = refused(with_fields(**{f"field_{n}": {"kind": "text"} for n in range(9)}))
    assert error.what.endswith("; and 4 more.")


@given(st.tuples(*[st.integers(0, 20)] * 3), st.sampled_from(list(Level)))
def test_the_needed_version_is_later_and_the_more_the_larger_the_change(parts, level):
    version = Version(*parts)
    assert version < version.after(level)
    assert version.after(Level.PATCH) < version.after(Level.MINOR) <= version.after(Level.MAJOR)
    assert Version.parse(str(version)) == version


@pytest.mark.parametrize("text", ["1.2", "v1.2.3", "1.2.3rc1", "01.2.3", ""])
def test_what_is_no_version_is_refused(text):
    with pytest.raises(VersionError, match="no version of the package"):
        Version.parse(text)


# --- The real tables, the real build -----------------------------------------------------------


@pytest.fixture
def released(mini_edition, tmp_path):
    """The record of a release of the mini edition."""
    edition = Edition.open(mini_edition)
    state = state_of({name: edition.read_bytes(name) for name in edition.names()})
    (tmp_path / "editions").mkdir()
    path = tmp_path / "editions" / "released.json"
    path.write_text(state.text())
    return path


def changed(path, change):
    held = json.loads(path.read_text())
    change(held)
    path.write_text(json.dumps(held))


def test_a_record_is_read_as_it_was_written(released):
    state = read_state(released)
    assert state.text() == released.read_text()
    assert state.package == lp.__version__
    assert state.tables == json.loads(json.dumps(tables_of()))
    assert state.api == api_of()


def test_every_table_and_field_is_recorded():
    made = tables_of()
    assert set(made) == {*all_tables(), "decisions", "redirects"}
    for name, table in all_tables().items():
        assert list(made[name]["fields"]) == list(table.fields)
    assert api_of()["Dataset.why"] == ["table", "record", "field="]
    assert "form zip=" in api_of()["$ lunarprogrammes export"]


def test_the_build_refuses_a_renamed_field_and_writes_nothing(mini_seeds, released, tmp_path):
    def rename(held):
        fields = held["tables"]["missions"]["fields"]
        fields["flight_date"] = fields.pop("launch_date")

    changed(released, rename)
    with pytest.raises(VersionError, match=r"the field missions.flight_date is gone") as caught:
        build(mini_seeds, tmp_path / "made", tmp_path / "schemas", released=released)
    assert caught.value.expected == "Expected 0.2.0 or later."
    assert not (tmp_path / "made").exists()


def test_the_build_refuses_other_data_under_the_same_date(mini_seeds, released, tmp_path, capsys):
    words = ["build", "--seeds", str(mini_seeds), "--datasets", str(tmp_path / "made")]
    words += ["--schemas", str(tmp_path / "schemas"), "--released", str(released)]
    assert main(words) == 0
    path = mini_seeds / "shine-2024-queqiao-2-launch" / "missions.csv"
    path.write_text(path.read_text("utf-8").replace("2024-03-20T00:31Z", "2024-03-18"), "utf-8")
    capsys.readouterr()
    assert main(words) == 2
    assert "holds other data than the one that was released" in capsys.readouterr().err
    (mini_seeds / "edition.json").write_text('{"edition": "2026.11.23"}')
    assert main(words) == 0


def test_the_build_refuses_to_lose_an_id_unless_it_is_retired(mini_seeds, released, tmp_path):
    changed(released, lambda held: held["ids"]["missions"].append("luna-nine"))
    arguments = (mini_seeds, tmp_path / "made", tmp_path / "schemas")
    with pytest.raises(VersionError, match="missions/luna-nine"):
        build(*arguments, released=released)
    row = "missions,luna-nine,queqiao-2,2026-11-20,One spelling.\n"
    (mini_seeds / "redirects.csv").write_text(f"table,old_id,new_id,retired,reason\n{row}")
    (mini_seeds / "edition.json").write_text('{"edition": "2026.11.23"}')
    build(*arguments, released=released)


def test_where_nothing_was_released_the_build_says_so(mini_seeds, tmp_path, capsys):
    words = ["build", "--seeds", str(mini_seeds), "--datasets", str(tmp_path / "made")]
    assert main([*words, "--schemas", str(tmp_path / "schemas")]) == 0
    assert "Nothing has been released yet" in capsys.readouterr().out


def test_a_damaged_record_is_no_release(released):
    released.write_text('{"package": "0.1.0"')
    with pytest.raises(VersionError, match="does not say what was released"):
        read_state(released)


def test_the_repository_keeps_its_promises():
    root = Path(__file__).resolve().parents[2]
    last = read_state(root / "editions" / "released.json")
    edition = Edition.open(root / "datasets")
    now = state_of({name: edition.read_bytes(name) for name in edition.names()})
    # Before the first release nothing is promised, and no record may stand there.
    assert guard(last or now, now) is not None
