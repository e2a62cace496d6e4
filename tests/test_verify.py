"""Verifying: whatever was changed in an edition is named, and nothing else is."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from folders import bytes_of
from lunarprogrammes import __version__, tables
from lunarprogrammes.build import read_edition
from lunarprogrammes.cli import main
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import EditionError, UnknownRecord
from lunarprogrammes.export.package_zip import write as write_zip
from lunarprogrammes.lines import Sums, changed_line, sums_of
from lunarprogrammes.manifest import manifest_text, read_manifest
from lunarprogrammes.verify import verify, verify_claim

ROOT = Path(__file__).parents[1]


@pytest.fixture
def copy(mini_edition, tmp_path):
    return Path(shutil.copytree(mini_edition, tmp_path / "copy"))


@pytest.fixture
def cli(capsys):
    def run(*words):
        code = main([str(word) for word in words])
        return code, *capsys.readouterr()

    return run


def in_memory(files):
    return Edition(files.__getitem__, lambda: [*files], "an edition in memory")


def flipped(content, place, mask):
    return content[:place] + bytes([content[place] ^ mask]) + content[place + 1 :]


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def found_in(folder):
    return [tuple(one[:3]) for one in verify(Edition.open(folder)).findings]


# --- The manifest -----------------------------------------------------------------------------


def test_the_manifest_lists_every_other_file_with_its_bytes_and_hash(mini_edition):
    files = bytes_of(mini_edition)
    manifest = json.loads(files.pop("manifest.json"))
    assert [one["path"] for one in manifest["files"]] == sorted(files)
    for one in manifest["files"]:
        assert one["bytes"] == len(files[one["path"]])
        assert one["sha256"] == hashlib.sha256(files[one["path"]]).hexdigest()


def test_the_manifest_has_both_versions_and_never_confuses_them(mini_edition):
    manifest = json.loads((mini_edition / "manifest.json").read_text(encoding="utf-8"))
    described = json.loads((mini_edition / "datapackage.json").read_text(encoding="utf-8"))
    dated = read_edition(mini_edition.parent / "seeds")
    assert (manifest["edition"], manifest["schema"]) == (dated, __version__)
    assert (described["version"], described["schemaVersion"]) == (dated, __version__)
    assert Edition.open(mini_edition).schema_version == __version__


def test_the_manifest_counts_the_rows_of_every_table(mini_edition):
    edition = Edition.open(mini_edition)
    counts = json.loads(edition.read_text("manifest.json"))["counts"]
    assert set(counts) == {*tables.names_of_tables(), "decisions", "redirects"}
    assert counts == {name: len([*edition.rows(name)]) for name in counts}
    assert counts["claims"] == 109


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum of coreutils is the oracle")
def test_the_hash_of_the_whole_is_what_sha256sum_makes(mini_edition):
    command = (
        "find . -type f ! -name manifest.json -printf '%P\\n' | xargs sha256sum"
        " | LC_ALL=C sort | sha256sum"
    )
    done = subprocess.run(
        ["sh", "-c", command], cwd=mini_edition, capture_output=True, text=True, check=True
    )
    expected = f"sha256:{done.stdout.split()[0]}"
    manifest = json.loads((mini_edition / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["hash"] == verify(Edition.open(mini_edition)).hash == expected


def test_the_seal_is_the_hash_of_what_stands_above_it(mini_edition):
    content = (mini_edition / "manifest.json").read_bytes()
    above = content[: content.index(b'  "seal"')]
    assert json.loads(content)["seal"] == f"sha256:{hashlib.sha256(above).hexdigest()}"


def test_a_manifest_made_again_is_the_same(mini_edition):
    files = bytes_of(mini_edition)
    was = files.pop("manifest.json")
    assert manifest_text(files).encode() == was
    assert read_manifest(was).counts["claims"] == 109


# --- A sound edition --------------------------------------------------------------------------


def test_the_edition_in_the_package_holds():
    found = verify(Edition.open())
    assert found.findings == ()
    assert found.claims == sum(1 for _ in Edition.open().rows("claims"))
    assert found.files == len(bytes_of(ROOT / "datasets"))


def test_folder_and_zip_have_one_hash(mini_edition, tmp_path):
    write_zip(Edition.open(mini_edition), tmp_path / "a.zip")
    folder, zipped = (verify(Edition.open(one)) for one in (mini_edition, tmp_path / "a.zip"))
    assert folder.holds
    assert zipped.holds
    assert (zipped.hash, zipped.size, zipped.files) == (folder.hash, folder.size, folder.files)


def test_a_zip_of_the_folder_above_holds_too(mini_edition, tmp_path):
    shutil.copytree(mini_edition, tmp_path / "whole" / "datasets")
    (tmp_path / "whole" / "README").write_text("not of the edition", encoding="utf-8")
    made = shutil.make_archive(str(tmp_path / "whole"), "zip", tmp_path / "whole")
    assert verify(Edition.open(made)).holds
    assert verify(Edition.open(tmp_path / "whole")).holds


# --- Damage -----------------------------------------------------------------------------------


@settings(max_examples=300)
@given(data=st.data())
def test_a_flipped_byte_is_named_with_its_file_and_line(mini_edition, data):
    files = bytes_of(mini_edition)
    path = data.draw(st.sampled_from(sorted(files)), label="file")
    place = data.draw(st.integers(0, len(files[path]) - 1), label="place")
    if data.draw(st.integers(0, 9), label="a line's end") == 0:
        ends = [at for at, byte in enumerate(files[path]) if byte == 10]
        place = data.draw(st.sampled_from(ends), label="end")
    mask = data.draw(st.integers(1, 255), label="bits")
    line = files[path][:place].count(b"\n") + 1
    found = verify(in_memory(files | {path: flipped(files[path], place, mask)})).findings
    assert {(one.path, one.line) for one in found if one.kind == "differs"} == {(path, line)}
    assert {one.path for one in found} == {path}


@settings(max_examples=100)
@given(data=st.data())
def test_a_byte_flipped_in_a_zip_is_found_or_changes_no_file(mini_edition, tmp_path_factory, data):
    target = tmp_path_factory.mktemp("zip") / "a.zip"
    write_zip(Edition.open(mini_edition), target)
    raw = target.read_bytes()
    headers = raw.index(b"PK\x01\x02")
    first = data.draw(st.sampled_from([0, 0, headers]), label="the directory only")
    last = data.draw(st.sampled_from([64, len(raw) - 1]), label="the first header only")
    place = data.draw(st.integers(first, max(first, last)), label="place")
    target.write_bytes(flipped(raw, place, data.draw(st.integers(1, 255), label="bits")))
    try:
        found = verify(Edition.open(target))
    except EditionError:
        return
    if found.holds:
        opened = Edition.open(target)
        assert {name: opened.read_bytes(name) for name in opened.names()} == bytes_of(mini_edition)


def test_a_missing_and_an_extra_file_are_named(copy):
    (copy / "claims.csv").unlink()
    (copy / "json" / "missions.json").unlink()
    (copy / "json" / "notes.json").write_text("{}", encoding="utf-8")
    assert found_in(copy) == [
        ("missing", "claims.csv", None),
        ("missing", "json/missions.json", None),
        ("extra", "json/notes.json", None),
    ]


def test_several_changed_lines_are_no_line(copy):
    edit(copy / "sources.csv", "2024", "2023")
    text = (copy / "sources.csv").read_text(encoding="utf-8")
    (copy / "sources.csv").write_text(text[:-3] + "\n", encoding="utf-8", newline="")
    assert found_in(copy) == [("differs", "sources.csv", None)]


def test_changed_line_ends_are_said_to_be_just_that(copy):
    content = (copy / "missions.csv").read_bytes()
    (copy / "missions.csv").write_bytes(content.replace(b"\n", b"\r\n"))
    (found,) = verify(Edition.open(copy)).findings
    assert str(found) == (
        "missions.csv: differs: line ends were changed to CR LF; nothing else was"
    )


def test_without_a_manifest_the_descriptor_serves(copy):
    sound = verify(Edition.open(copy)).hash
    (copy / "manifest.json").unlink()
    edit(copy / "missions.csv", "queqiao-2", "queqiao-3")
    found = verify(Edition.open(copy))
    assert found.against == "datapackage.json"
    assert [(one.kind, one.path) for one in found.findings] == [
        ("missing", "manifest.json"),
        ("differs", "missions.csv"),
    ]
    edit(copy / "missions.csv", "queqiao-3", "queqiao-2")
    assert verify(Edition.open(copy)).hash == sound


def test_neither_manifest_nor_descriptor(copy):
    (copy / "manifest.json").unlink()
    (copy / "datapackage.json").write_text('{"resources": [{}]}', encoding="utf-8")
    with pytest.raises(EditionError) as caught:
        verify(Edition.open(copy))
    assert str(caught.value) == (
        f"{copy}: neither manifest.json nor datapackage.json says what the files must be. "
        "Build or download the edition again."
    )


def test_a_sealed_manifest_must_be_true(copy):
    files = bytes_of(copy)
    del files["manifest.json"]
    for old, new in (('"claims": 109', '"claims": 110'), ('"hash": "sha256:', '"hash": "sha256:0')):
        head = manifest_text(files).replace(old, new).partition('  "seal"')[0].encode()
        seal = f'  "seal": "sha256:{hashlib.sha256(head).hexdigest()}"\n}}\n'
        found = verify(in_memory(files | {"manifest.json": head + seal.encode()}))
        assert [one.path for one in found.findings] == ["manifest.json"]
        assert "is not true" in str(found.findings[0])


def test_a_claim_changed_together_with_the_manifest_is_found_by_its_id(copy):
    edit(copy / "claims.csv", "2024-03-20T00:31Z", "2024-03-21T00:31Z")
    sound = verify(Edition.open(copy)).hash
    files = bytes_of(copy)
    del files["manifest.json"]
    (copy / "manifest.json").write_text(manifest_text(files), encoding="utf-8", newline="")
    found = verify(Edition.open(copy), published=sound)
    lines = (copy / "claims.csv").read_text(encoding="utf-8").split("\n")
    line = next(at for at, text in enumerate(lines, 1) if "2024-03-21T00:31Z" in text)
    assert [tuple(one[:3]) for one in found.findings] == [("claim", "claims.csv", line)]


def test_another_edition_sound_in_itself_is_not_the_published_one(mini_edition, two_camps_edition):
    published = verify(Edition.open(two_camps_edition)).hash
    assert verify(Edition.open(two_camps_edition), published=published.upper()[7:]).holds
    found = verify(Edition.open(mini_edition), published=published)
    assert [str(one) for one in found.findings] == [
        f"{mini_edition}: is not the edition {published}"
    ]
    with pytest.raises(EditionError, match=r"'abc' is no SHA-256\. Expected 64 hexadecimal digits"):
        verify(Edition.open(mini_edition), published="abc")


def test_a_file_name_does_not_command_the_terminal(copy):
    (copy / "a\x1b[2Jb").write_text("", encoding="utf-8")
    (found,) = verify(Edition.open(copy)).findings
    assert str(found) == "a\ufffd[2Jb: is extra: the edition was built without it"


# --- One claim --------------------------------------------------------------------------------


def test_every_claim_holds_and_one_that_was_changed_does_not(copy):
    rows = [*Edition.open(copy).rows("claims")]
    assert all(verify_claim(Edition.open(copy), row["id"]).holds for row in rows[::10])
    row = next(row for row in rows if row["value"] == "2024-03-20T00:31Z")
    edit(copy / "claims.csv", "2024-03-20T00:31Z", "2024-03-21T00:31Z")
    found = verify_claim(Edition.open(copy), row["id"])
    assert not found.holds
    assert found.recomputed != row["id"]
    assert found.line == rows.index(row) + 2
    with pytest.raises(UnknownRecord, match=r"There is no claim 'aaaaaaaaaaaa' in "):
        verify_claim(Edition.open(copy), "aaaaaaaaaaaa")


# --- The command ------------------------------------------------------------------------------


def test_the_command_on_a_sound_edition(cli, mini_edition):
    code, out, err = cli("verify", mini_edition)
    found = verify(Edition.open(mini_edition))
    assert (code, err) == (0, "")
    assert out == (
        f"Edition 2026.11.22, schema {__version__}: 42 files, {found.size:,} bytes, 109 claims\n"
        f"{found.hash}  (all files)\n"
        "Every file is as manifest.json has it, and every claim says what its id says.\n"
    )
    assert cli("verify", mini_edition, "--hash", found.hash)[0] == 0


def test_the_command_names_what_differs(cli, copy):
    sound = verify(Edition.open(copy)).hash
    edit(copy / "actors.csv", "china", "chinb")
    code, out, _ = cli("verify", copy)
    assert code == 1
    assert "\nactors.csv:2: differs: this line was changed; same size, SHA-256 " in out
    assert out.endswith("\n1 file is not as built.\n")
    code, out, _ = cli("verify", copy, "--format", "json", "--hash", sound)
    told = json.loads(out)
    assert (code, told["holds"], told["against"]) == (1, False, "manifest.json")
    assert [one["path"] for one in told["findings"]] == [str(copy), "actors.csv"]
    assert told["findings"][1]["line"] == 2


def test_the_command_on_a_claim(cli, copy):
    row = next(
        row for row in Edition.open(copy).rows("claims") if row["value"] == "2024-03-20T00:31Z"
    )
    code, out, _ = cli("verify", row["id"], "--edition", copy)
    assert code == 0
    assert out.startswith("missions/queqiao-2 launch_date: 2024-03-20T00:31Z\n")
    assert out.endswith(f"{row['id']} holds: the id follows from what the claim says and where.\n")
    edit(copy / "claims.csv", "2024-03-20T00:31Z", "2024-03-21T00:31Z")
    code, out, _ = cli("verify", row["id"], "--edition", copy, "--format", "json")
    told = json.loads(out)
    assert (code, told["holds"], told["id"]) == (1, False, row["id"])
    assert told["recomputed"] != row["id"]
    assert told["claim"]["value"] == "2024-03-21T00:31Z"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["/none"], "error: /none does not exist. "),
        (["aaaaaaaaaaaa"], "error: There is no claim 'aaaaaaaaaaaa' in the edition in the pack"),
        (["--hash", "abc"], "error: 'abc' is no SHA-256. Expected 64 hexadecimal digits"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(cli, words, message):
    code, out, err = cli("verify", *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(message)


# --- Where a text was changed -----------------------------------------------------------------

_LINES = st.lists(st.sampled_from([b"", b"a", b"Luna 9,1966", "嫦娥".encode()]), min_size=1)


@given(_LINES, st.data())
def test_any_change_within_one_place_is_placed(lines, data):
    place = data.draw(st.integers(0, len(lines) - 1))
    gone, come = data.draw(st.sampled_from([(1, 1), (0, 1), (1, 0), (1, 2), (2, 1)]))
    fresh = [b"fresh %d" % number for number in range(come)]
    new = lines[:place] + fresh + lines[place + gone :]
    found = changed_line(b"\n".join(new), sums_of(b"\n".join(lines)))
    assume(len(lines) >= place + gone and new)
    # One of several equal lines that is gone may be any of them.
    same = [at + 1 for at, line in enumerate(lines) if line == lines[place]]
    assert found in ([place + 1] if come else same)


def test_the_same_text_has_no_changed_line():
    assert changed_line(b"a\na", sums_of(b"a\na")) is None


@given(st.binary())
def test_sums_survive_their_text(content):
    assert Sums.parse(sums_of(content).text()) == sums_of(content)
