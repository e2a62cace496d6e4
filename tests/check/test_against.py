"""Readings of another repository, checked as if they stood beside a published edition."""

import shutil

import pytest

from lunarprogrammes.check import CheckError, check_seeds
from lunarprogrammes.check.against import beside, check_against, write_seeds
from lunarprogrammes.edition import Edition
from lunarprogrammes.evidence.seeds import read_seeds

SOURCE = """{"type": "report", "title": "Plans", "accessed": {"date-parts": [[2026, 11, 20]]},
 "custom": {"tier": "press", "locator": "Title"}}
"""


@pytest.fixture(scope="module")
def edition(founding_edition):
    # To write 71,000 claims out again and check them takes 15 s, and here it is done ten times.
    return Edition.open(founding_edition)


@pytest.fixture
def theirs(tmp_path):
    folder = tmp_path / "readings" / "example-2026-plans"
    folder.mkdir(parents=True)
    (folder / "source.json").write_text(SOURCE, encoding="utf-8")
    return folder


def codes(report):
    return [(one.code, one.path) for one in report.problems]


def test_the_edition_is_written_out_as_the_readings_that_made_it(request, tmp_path):
    edition = Edition.open(request.config.rootpath / "datasets")
    written = write_seeds(edition, tmp_path)
    ledger = {row["id"] for row in edition.rows("claims")}
    made = read_seeds(tmp_path).claims()
    assert {claim.id for claim in made} == ledger
    assert len(made) == len(ledger)
    assert written.claims == sum(claim.table != "sources" for claim in made)
    # What was published passes as it did when it was built.
    assert check_seeds(tmp_path).errors == 0


def test_references_resolve_to_published_records(edition, theirs):
    text = "id,launch_vehicle,locator\nchange-5,long-march-5,p. 1\n"
    (theirs / "missions.csv").write_text(text, encoding="utf-8")
    alone = {code for code, _ in codes(check_seeds(theirs))}
    assert alone >= {"S107", "S108"}
    assert codes(check_against(theirs, edition)) == []
    report = check_against(theirs.parent, edition)
    assert codes(report) == []
    assert (report.root, report.files, report.rows) == (theirs.parent.as_posix(), 2, 1)
    assert report.claims == 2


def test_what_nobody_published_is_still_unknown(edition, theirs):
    text = "id,launch_vehicle,locator\nchange-5,long-mach-5,p. 1\n"
    (theirs / "missions.csv").write_text(text, encoding="utf-8")
    (found,) = check_against(theirs, edition).problems
    assert (found.code, found.path, found.line) == ("S107", "example-2026-plans/missions.csv", 2)
    assert "Did you mean long-march-5?" in found.remedy


def test_a_new_record_beside_the_published_ones(edition, theirs):
    text = "id,name,launch_vehicle,locator\nexample-1,Example 1,long-march-5,p. 1\n"
    (theirs / "missions.csv").write_text(text, encoding="utf-8")
    (theirs / "payloads.csv").write_text("id,name,mission,locator\nx,X,example-1,p. 2\n")
    assert codes(check_against(theirs.parent, edition)) == []


def test_a_folder_of_theirs_replaces_the_published_one(edition, mini_seeds):
    with_ours, alone = check_against(mini_seeds, edition), check_seeds(mini_seeds)
    assert with_ours.problems == alone.problems == ()
    assert (with_ours.files, with_ours.rows, with_ours.claims) == (
        alone.files, alone.rows, alone.claims,
    )  # fmt: skip


def test_nothing_of_the_edition_is_reported(edition, theirs):
    shutil.rmtree(theirs)
    theirs.mkdir()
    (theirs / "missions.csv").write_text("id,locator\nchange-5,p. 1\n", encoding="utf-8")
    assert {path.split("/")[0] for _, path in codes(check_against(theirs.parent, edition))} == {
        theirs.name
    }


def test_links_are_reported_and_never_followed(edition, theirs, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("id,name,locator\nsecret-record,Secret,p. 1\n", encoding="utf-8")
    (theirs / "missions.csv").symlink_to(secret)
    report = check_against(theirs, edition)
    assert ("X104", "example-2026-plans/missions.csv") in codes(report)
    assert "secret-record" not in repr(report)
    with beside(edition, theirs.parent, [theirs.name]) as (folder, _):
        assert (folder / theirs.name / "missions.csv").is_symlink()
    assert not folder.exists()


@pytest.mark.parametrize("name", ["none", "empty"])
def test_where_there_is_nothing_to_check_the_words_are_the_checkers(edition, tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CheckError) as ours:
        check_against(tmp_path / name, edition)
    with pytest.raises(CheckError) as checkers:
        check_seeds(tmp_path / name)
    assert str(ours.value) == str(checkers.value)
