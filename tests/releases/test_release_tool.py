"""The maintainers' command: what it compares, what it refuses, and the bill of materials."""

import datetime
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml

import lunarprogrammes as lp
from lunarprogrammes.edition import Edition
from lunarprogrammes.manifest import MANIFEST, read_manifest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import release  # noqa: E402
from sbom import sbom_text  # noqa: E402

DAY = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)


@pytest.fixture
def bill(mini_edition, tmp_path):
    wheel = tmp_path / "lunarprogrammes-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"a wheel")
    manifest = read_manifest(Edition.open(mini_edition).read_bytes(MANIFEST))
    return sbom_text(wheel, manifest, DAY), sbom_text(wheel, manifest, DAY), manifest


def test_the_bill_is_valid_cyclonedx_and_the_same_each_time(bill):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    first, again, _ = bill
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(first) is None
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str('{"bomFormat": "x"}')
    assert first == again


def test_the_bill_names_the_wheel_the_edition_and_what_is_needed(bill):
    told = json.loads(bill[0])
    ours = told["metadata"]["component"]
    assert (ours["name"], ours["version"]) == ("lunarprogrammes", lp.__version__)
    assert ours["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(b"a wheel").hexdigest()}]
    assert told["metadata"]["timestamp"].startswith("2026-11-22T00:00:00")
    parts = {one["name"]: one for one in told["components"]}
    edition = parts["lunarprogrammes-edition"]
    assert (edition["type"], edition["version"]) == ("data", bill[2].edition)
    assert edition["properties"][0]["value"] == bill[2].hash
    assert parts["pydantic"]["scope"] == parts["pydantic-core"]["scope"] == "required"
    assert parts["duckdb"]["scope"] == "optional"
    # What only developers install is nobody's risk who uses the package.
    assert not {"pytest", "mypy", "ruff", "hypothesis"} & parts.keys()


def folders(tmp_path, **files):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        for name, content in files.items():
            (folder / f"{name}.zip").write_bytes(content)
    return one, other


def test_two_runs_that_are_the_same_are_accepted(tmp_path):
    release.compare(*folders(tmp_path, moon=b"moon"))


def test_a_byte_that_differs_is_named(tmp_path):
    one, other = folders(tmp_path, moon=b"moon", mars=b"mars")
    (other / "moon.zip").write_bytes(b"Moon")
    with pytest.raises(release.ReleaseError, match=r"Two runs gave other bytes for moon\.zip\."):
        release.compare(one, other)
    (other / "moon.zip").unlink()
    with pytest.raises(release.ReleaseError, match=r"moon\.zip"):
        release.compare(one, other)


def test_duckdb_files_are_compared_by_their_rows(tmp_path):
    one, other = folders(tmp_path)
    for folder, value in ((one, 1), (other, 1), (tmp_path, 2)):
        with duckdb.connect(str(folder / "moon.duckdb")) as connection:
            connection.execute(f"CREATE TABLE missions AS SELECT {value} AS id")
    release.compare(one, other)
    (tmp_path / "moon.duckdb").replace(other / "moon.duckdb")
    with pytest.raises(release.ReleaseError, match=r"moon\.duckdb"):
        release.compare(one, other)


def test_the_checksums_are_those_that_sha256sum_checks(tmp_path):
    one, _ = folders(tmp_path, moon=b"moon", mars=b"mars")
    release.write_sums(one)
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", release.SUMS], cwd=one, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "mars.zip: OK\nmoon.zip: OK\n")


def test_a_tree_that_is_not_prepared_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(release, "unprepared", lambda: iter(["The notes are old."]))
    with pytest.raises(release.ReleaseError, match=r"The notes are old\."):
        release.refuse_unprepared(rehearse=False)
    release.refuse_unprepared(rehearse=True)
    assert capsys.readouterr().out == "== Passed over: The notes are old.\n"
    monkeypatch.setattr(release, "unprepared", lambda: iter([]))
    release.refuse_unprepared(rehearse=False)


def test_a_tag_of_another_version_is_refused(monkeypatch):
    version = lp.__version__
    monkeypatch.setattr(release, "git", lambda *_: b"")
    monkeypatch.setenv("RELEASE_TAG", "v99.0.0")
    told = f"The tag is v99.0.0, and the package has the version {version}."
    assert release.wrong_tag() == next(release.unprepared()) == told
    for right in (f"v{version}", ""):
        monkeypatch.setenv("RELEASE_TAG", right)
        assert release.wrong_tag() == ""


# --- The workflow, which can only run at its host ----------------------------------------------


def test_the_workflow_makes_the_release_with_the_documented_command():
    text = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
    told = yaml.safe_load(text)
    # YAML 1.1 reads the key `on` as true.
    assert told[True] == {"push": {"tags": ["v*"]}}
    assert "bash .ci/release make" in [one.get("run") for one in told["jobs"]["make"]["steps"]]
    assert "bash .ci/release make" in (ROOT / "docs" / "releasing.md").read_text("utf-8")
    assert (ROOT / ".ci" / "release").stat().st_mode & 0o111


def test_the_workflow_holds_no_secret_and_few_rights():
    text = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
    told = yaml.safe_load(text)
    assert "secrets." not in text
    assert told["permissions"] == {"contents": "read"}
    rights = {name: job.get("permissions", {}) for name, job in told["jobs"].items()}
    assert rights == {
        "make": {},
        "publish-files": {"contents": "write"},
        "publish-package": {"id-token": "write"},
    }
    assert told["jobs"]["publish-package"]["environment"] == "release"
