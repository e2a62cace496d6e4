"""Opening editions: the one in the package, a folder, a zip, and what is none."""

import csv
import json
import shutil
import zipfile
from pathlib import Path

import pytest

import lunarprogrammes as lp
from lunarprogrammes.changes import changes
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import EditionError
from lunarprogrammes.export.package_zip import write as write_zip

ROOT = Path(__file__).parents[1]


@pytest.fixture
def copy(mini_edition, tmp_path):
    return Path(shutil.copytree(mini_edition, tmp_path / "copy"))


def test_the_default_is_the_edition_in_the_package(moon):
    default = lp.load()
    assert default.edition == moon.edition
    assert default.missions.ids == moon.missions.ids


@pytest.mark.parametrize("path", [ROOT / "datasets", str(ROOT / "datasets"), ROOT])
def test_a_folder_or_the_one_above_it_opens(path, moon):
    assert lp.load(path).missions.ids == moon.missions.ids


def test_a_zip_opens_and_says_the_same_as_its_folder(mini_edition, tmp_path):
    write_zip(Edition.open(mini_edition), tmp_path / "edition.zip")
    folder, zipped = lp.load(mini_edition), lp.load(tmp_path / "edition.zip")
    assert zipped.missions.rows() == folder.missions.rows()
    assert zipped.edition == folder.edition == "2026.11.22"
    assert str(zipped.why("missions", "queqiao-2", "launch_date")) == str(
        folder.why("missions", "queqiao-2", "launch_date")
    )
    assert changes(Edition.open(mini_edition), Edition.open(tmp_path / "edition.zip")) == []


def test_a_zip_of_the_folder_itself_opens_too(mini_edition, tmp_path):
    shutil.copytree(mini_edition, tmp_path / "whole" / "datasets")
    made = shutil.make_archive(str(tmp_path / "whole"), "zip", tmp_path / "whole")
    assert lp.load(made).missions.ids == ("queqiao-2",)


def test_a_zip_has_the_same_bytes_whenever_it_is_written(mini_edition, tmp_path):
    for name in ("a.zip", "b.zip"):
        write_zip(Edition.open(mini_edition), tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "b.zip"]


def test_a_zip_holds_the_files_as_they_are_and_everybody_may_read_them(mini_edition, tmp_path):
    target = tmp_path / "a.zip"
    write_zip(Edition.open(mini_edition), target)
    assert target.stat().st_mode & 0o777 == 0o644
    with zipfile.ZipFile(target) as package:
        held = {entry.filename: entry for entry in package.infolist()}
        on_disk = {
            path.relative_to(mini_edition).as_posix()
            for path in mini_edition.rglob("*")
            if path.is_file()
        }
        assert set(held) == on_disk
        for name, entry in held.items():
            assert package.read(name) == (mini_edition / name).read_bytes()
            assert entry.external_attr >> 16 == 0o644
            assert entry.create_system == 3


def test_a_zip_is_not_written_over_a_folder_or_to_nowhere(mini_edition, tmp_path):
    with pytest.raises(EditionError) as caught:
        write_zip(Edition.open(mini_edition), tmp_path)
    assert str(caught.value) == f"{tmp_path} is a folder. Name a file, such as edition.zip."
    with pytest.raises(EditionError, match="cannot be written: No such file or directory"):
        write_zip(Edition.open(mini_edition), tmp_path / "none" / "a.zip")
    assert [*tmp_path.iterdir()] == []


def test_an_interrupted_zip_leaves_nothing(copy, tmp_path):
    (copy / "claims.csv").unlink()
    with pytest.raises(EditionError, match=r"no readable file claims\.csv"):
        write_zip(Edition.open(copy), tmp_path / "a.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["copy"]


# --- What is no edition -----------------------------------------------------------------------


def test_a_path_that_does_not_exist(tmp_path):
    with pytest.raises(EditionError) as caught:
        lp.load(tmp_path / "none")
    assert str(caught.value) == f"{tmp_path / 'none'} does not exist. Check the path."


def test_a_folder_without_an_edition(tmp_path):
    with pytest.raises(EditionError) as caught:
        lp.load(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path} holds no edition of the dataset. Expected a folder or zip with "
        "datapackage.json in it. Build one with `lunarprogrammes build`, or leave the path out."
    )


def test_a_file_that_is_no_zip(tmp_path):
    (tmp_path / "a.csv").write_text("id\n", encoding="utf-8")
    with pytest.raises(EditionError, match=r"a\.csv is neither a folder nor a zip\."):
        lp.load(tmp_path / "a.csv")


def test_a_zip_without_an_edition(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package:
        package.writestr("readme.txt", "x")
    with pytest.raises(EditionError, match="holds no edition"):
        lp.load(tmp_path / "a.zip")


def test_a_path_that_no_system_takes():
    with pytest.raises(EditionError, match=r"cannot be opened: File name too|does not exist"):
        lp.load("x" * 5000)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"resources": 5}'])
def test_a_broken_descriptor(copy, text):
    (copy / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(EditionError, match=r"datapackage\.json (is not valid JSON|holds no desc)"):
        print(lp.load(copy).edition)


def test_a_missing_table(copy):
    (copy / "missions.csv").unlink()
    with pytest.raises(EditionError) as caught:
        print(lp.load(copy).missions)
    assert str(caught.value) == (
        f"{copy} has no readable file missions.csv. Build or download the edition again."
    )


def test_a_table_that_is_not_utf_8(copy):
    (copy / "missions.csv").write_bytes(b"id\n\xff\n")
    with pytest.raises(EditionError, match=r"no readable file missions\.csv"):
        print(lp.load(copy).missions)


def test_a_zip_damaged_on_its_way(mini_edition, tmp_path):
    target = tmp_path / "a.zip"
    write_zip(Edition.open(mini_edition), target)
    with zipfile.ZipFile(target) as package:
        entry = package.getinfo("missions.csv")
    raw = bytearray(target.read_bytes())
    begin = entry.header_offset + 30 + len("missions.csv")
    for place in range(begin + 20, begin + 60):
        raw[place] ^= 0xFF
    target.write_bytes(raw)
    opened = lp.load(target)
    assert len(opened.actors) == 4
    with pytest.raises(EditionError, match=r"no readable file missions\.csv"):
        print(opened.missions)


def test_opening_reads_nothing(copy):
    opened = lp.load(copy)
    for path in copy.glob("*.csv"):
        if path.name != "actors.csv":
            path.unlink()
    assert len(opened.actors) == 4


# --- From one edition to another --------------------------------------------------------------


def test_changes_are_added_withdrawn_and_changed(mini_edition, mini_seeds, tmp_path):
    from lunarprogrammes.build import build

    path = mini_seeds / "shine-2024-queqiao-2-launch" / "missions.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2024-03-20T00:31Z", "2024-03-18"), encoding="utf-8")
    # The date in the table of the report loses both witnesses, and the one in its text gains one.
    paper = mini_seeds / "peoples-daily-2024-queqiao-2-orbit" / "missions.csv"
    paper.write_text(
        paper.read_text(encoding="utf-8").replace("2024-03-20,", "2024-03-19,"), encoding="utf-8"
    )
    build(mini_seeds, tmp_path / "new", tmp_path / "schemas")
    found = changes(Edition.open(mini_edition), Edition.open(tmp_path / "new"))
    launch = ("missions", "queqiao-2", "launch_date")
    shine, daily = "shine-2024-queqiao-2-launch", "peoples-daily-2024-queqiao-2-orbit"
    assert sorted(tuple(change) for change in found) == [
        ("added", *launch, "", "2024-03-18", shine),
        ("added", *launch, "", "2024-03-19", daily),
        ("changed", *launch, "2024-03-20T00:31Z", "2024-03-19", ""),
        ("withdrawn", *launch, "2024-03-20", "", daily),
        ("withdrawn", *launch, "2024-03-20T00:31Z", "", shine),
    ]


def test_a_changed_remark_is_no_change(mini_edition, copy):
    path = copy / "claims.csv"
    text = path.read_text(encoding="utf-8")
    assert "month first" in text
    path.write_text(text.replace("month first", "the month first"), encoding="utf-8")
    assert changes(Edition.open(mini_edition), Edition.open(copy)) == []


def test_the_version_is_the_date_of_the_edition(mini_edition):
    described = json.loads((mini_edition / "datapackage.json").read_text(encoding="utf-8"))
    assert Edition.open(mini_edition).version == described["version"] == "2026.11.22"


def test_an_edition_from_before_a_field_was_added_shows_it_empty(mini_edition, tmp_path):
    old = Path(shutil.copytree(mini_edition, tmp_path / "old"))
    path = old / "missions.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    place = rows[0].index("scope")
    kept = [[cell for at, cell in enumerate(row) if at != place] for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(kept)
    missions = lp.load(old).missions
    assert missions["queqiao-2"].scope is None
    assert missions["queqiao-2"].name == lp.load(mini_edition).missions["queqiao-2"].name
