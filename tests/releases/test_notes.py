"""What is told of an edition: the note, the changelog's data section, the feed, how to cite it."""

import datetime
import json
import re
from pathlib import Path

import feedparser
import pytest
import yaml
from lxml import etree

import lunarprogrammes as lp
from lunarprogrammes.build import build
from lunarprogrammes.changes import changes, counted
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import EditionError
from lunarprogrammes.releases.citation import citation_text, zenodo_text
from lunarprogrammes.releases.feed import feed_text
from lunarprogrammes.releases.notes import (
    BEGIN,
    END,
    Note,
    data_section,
    note_of,
    read_notes,
    with_data_section,
)

ROOT = Path(__file__).resolve().parents[2]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def editions(mini_edition, tmp_path_factory):
    """The mini edition, and a later one: a date read anew, a record that came and one that went."""
    root = tmp_path_factory.mktemp("later")
    seeds = root / "seeds"
    for path in sorted((Path(__file__).parents[1] / "mini_seeds").rglob("*.*")):
        target = seeds / path.relative_to(Path(__file__).parents[1] / "mini_seeds")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    launch = seeds / "shine-2024-queqiao-2-launch"
    missions = launch / "missions.csv"
    missions.write_text(missions.read_text("utf-8").replace("2024-03-20T00:31Z", "2024-03-18"))
    (launch / "people.csv").write_text("id,name,locator\nwu-weiren,Wu Weiren,p. 1\n")
    (seeds / "edition.json").write_text('{"edition": "2026.12.01"}\n')
    build(seeds, root / "datasets", root / "schemas")
    return Edition.open(mini_edition), Edition.open(root / "datasets")


@pytest.fixture(scope="module")
def notes(editions):
    old, new = editions
    return [note_of(new, old), note_of(old)]


def test_a_note_counts_what_diff_finds(editions, notes):
    old, new = editions
    found = changes(old, new)
    assert notes[0].changes == counted(found)
    assert (notes[0].edition, notes[0].previous, notes[1].previous) == (
        "2026.12.01",
        "2026.11.22",
        "",
    )
    assert notes[0].records["new"] == {"people": ["wu-weiren"]}
    assert notes[0].record_counts["gone"] == {}
    assert {*notes[0].shown} <= {*found}


def test_a_note_is_read_as_it_was_written(notes, tmp_path):
    for note in notes:
        assert Note.parse(note.text()) == note
        (tmp_path / f"{note.edition}.json").write_text(note.text(), "utf-8")
    (tmp_path / "released.json").write_text("{}")
    assert read_notes(tmp_path) == notes


def test_editions_are_told_in_order(editions):
    old, new = editions
    with pytest.raises(EditionError, match=r"which is not before 2026\.11\.22"):
        note_of(old, new)
    with pytest.raises(EditionError, match="which is not before"):
        note_of(new, new)


def test_the_changelog_keeps_what_people_wrote(notes):
    written = f"# Changelog\n\n## Package\n\nBy hand.\n\n{BEGIN}\n\nold\n\n{END}\n\n## Below\n"
    made = with_data_section(written, notes)
    assert made.startswith(f"# Changelog\n\n## Package\n\nBy hand.\n\n{BEGIN}\n\n### Edition 2026")
    assert made.endswith(f"\n\n{END}\n\n## Below\n")
    assert "\nold\n" not in made
    assert with_data_section(made, notes) == made


@pytest.mark.parametrize("text", ["", BEGIN, f"{END}{BEGIN}", f"{BEGIN}{END}{BEGIN}{END}"])
def test_a_changelog_without_its_markers_is_left_alone(text, notes):
    with pytest.raises(EditionError, match="no place for what is generated"):
        with_data_section(text, notes)


def test_the_data_section_tells_counts_and_examples(notes):
    section = data_section(notes)
    assert "- Since edition 2026.11.22: 3 claims added, 1 claims withdrawn" in section
    assert "New records: people wu-weiren." in section
    assert "- The first edition: there is none to compare it with." in section
    assert section.index("### Edition 2026.12.01") < section.index("### Edition 2026.11.22")
    assert notes[0].hash in section


# --- The feed ----------------------------------------------------------------------------------


def test_a_reader_of_feeds_understands_it(notes):
    read = feedparser.parse(feed_text(notes))
    assert not read.bozo
    assert read.version == "atom10"
    assert [entry.title for entry in read.entries] == ["Edition 2026.12.01", "Edition 2026.11.22"]
    assert read.feed.updated == read.entries[0].updated == "2026-12-01T00:00:00Z"
    assert "3 claims added" in read.entries[0].content[0].value


def test_it_has_what_rfc_4287_demands(notes):
    feed = etree.fromstring(feed_text(notes).encode())
    assert feed.tag == f"{ATOM}feed"
    (author,) = feed.findall(f"{ATOM}author")
    assert author.findtext(f"{ATOM}name")
    assert [one.get("rel") for one in feed.findall(f"{ATOM}link")] == ["self", "alternate"]
    ids = [one.text for one in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == 1 + len(notes)
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1
        assert datetime.datetime.fromisoformat(part.findtext(f"{ATOM}updated")).tzinfo
        assert re.fullmatch("urn:uuid:[0-9a-f-]{36}", part.findtext(f"{ATOM}id"))


def test_its_ids_stay_when_an_edition_is_added(notes):
    def ids(text):
        return {entry.title: entry.id for entry in feedparser.parse(text).entries}

    before, after = ids(feed_text(notes[1:])), ids(feed_text(notes))
    assert before.items() <= after.items()
    assert feed_text(notes) == feed_text(notes)


def test_without_editions_there_is_no_feed():
    with pytest.raises(ValueError, match="no edition to tell of"):
        feed_text([])


# --- How to cite it ----------------------------------------------------------------------------


def test_the_citation_file_says_what_the_descriptor_says(editions):
    edition = editions[0]
    said, held = yaml.safe_load(citation_text(edition.version)), edition.descriptor
    assert said["cff-version"] == "1.2.0"
    assert (said["title"], said["keywords"]) == (held["title"], held["keywords"])
    assert (said["version"], said["date-released"]) == ("2026.11.22", "2026-11-22")
    assert said["license"] == ["CC-BY-4.0", "MIT"]
    assert [one["name"] for one in said["authors"]] == [
        one["title"] for one in held["contributors"]
    ]


def test_the_deposit_says_what_the_descriptor_says(editions):
    edition = editions[0]
    said, held = json.loads(zenodo_text(edition.version)), edition.descriptor
    assert said["title"] == f"{held['title']}, edition 2026.11.22"
    assert (said["version"], said["publication_date"]) == ("2026.11.22", "2026-11-22")
    assert said["upload_type"] == "dataset"
    assert said["license"] == "cc-by-4.0"
    assert lp.__version__ in said["notes"]


# --- What is committed -------------------------------------------------------------------------


def test_what_is_committed_follows_from_the_notes():
    notes = read_notes(ROOT / "editions")
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    committed = {
        "CHANGELOG.md": with_data_section(changelog, notes),
        "docs/editions.atom": feed_text(notes),
        "CITATION.cff": citation_text(notes[0].edition),
        ".zenodo.json": zenodo_text(notes[0].edition),
    }
    stale = [name for name, made in committed.items() if (ROOT / name).read_text("utf-8") != made]
    assert stale == [], "run bash .ci/release notes"
