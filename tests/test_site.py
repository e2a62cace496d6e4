"""The source of the site: a page for every record, written whole, the same bytes twice."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from folders import bytes_of, digests
from lunarprogrammes.cli import main
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import EditionError, LunarProgrammesError
from lunarprogrammes.export._markdown import escape
from lunarprogrammes.manifest import sha256
from lunarprogrammes.site import parts
from lunarprogrammes.site.footnotes import Footnotes
from lunarprogrammes.site.holdings import PAGED, Holdings
from lunarprogrammes.site.home import PLACE, home_text
from lunarprogrammes.site.index_pages import index_files
from lunarprogrammes.site.linked_data import linked_data
from lunarprogrammes.site.record_page import record_page
from lunarprogrammes.site.slider import slider_block
from lunarprogrammes.site.source_page import source_page
from lunarprogrammes.site.writing import write_site

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def held(founding):
    return Holdings(founding)


@pytest.fixture(scope="module")
def written(two_camps_edition, tmp_path_factory):
    """The source folder of a small edition."""
    target = tmp_path_factory.mktemp("site") / "source"
    write_site(Edition.open(two_camps_edition), DOCS, target)
    return target


def test_every_record_has_a_page_and_a_place_in_a_list(written, two_camps_edition):
    edition = Edition.open(two_camps_edition)
    listed = "".join(
        path.read_text(encoding="utf-8") for path in (written / "records").rglob("**/*.md")
    )
    for table in PAGED:
        for row in edition.rows(table):
            assert (written / "records" / table / f"{row['id']}.md").is_file()
            assert f"{row['id']}.md)" in listed


def test_the_same_edition_gives_the_same_bytes(written, two_camps_edition, tmp_path):
    write_site(Edition.open(two_camps_edition), DOCS, tmp_path / "again")
    assert digests(bytes_of(tmp_path / "again")) == digests(bytes_of(written))


def test_an_older_source_is_replaced_and_nothing_else_is_touched(two_camps_edition, tmp_path):
    edition, target = Edition.open(two_camps_edition), tmp_path / "source"
    write_site(edition, DOCS, target, paged=["programmes"])
    (target / "old.md").write_text("old", encoding="utf-8")
    write_site(edition, DOCS, target, paged=["programmes"])
    assert not (target / "old.md").exists()
    assert [one.name for one in tmp_path.iterdir()] == ["source"]


def test_a_folder_of_somebody_else_is_left_alone(two_camps_edition, tmp_path):
    (tmp_path / "thesis.md").write_text("mine", encoding="utf-8")
    with pytest.raises(EditionError, match="holds other things"):
        write_site(Edition.open(two_camps_edition), DOCS, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["thesis.md"]


def test_what_fails_leaves_the_older_source(two_camps_edition, tmp_path, monkeypatch):
    edition, target = Edition.open(two_camps_edition), tmp_path / "source"
    write_site(edition, DOCS, target, paged=["programmes"])
    before = bytes_of(target)

    def broken(*_):
        raise OSError("no space left")

    monkeypatch.setattr("lunarprogrammes.site.writing.write_downloads", broken)
    with pytest.raises(OSError, match="no space left"):
        write_site(edition, DOCS, target, paged=["programmes"])
    assert bytes_of(target) == before
    assert [one.name for one in tmp_path.iterdir()] == ["source"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--tables", "moons"], "'moons' is no table whose records have pages."),
        (["--docs", "nowhere"], "nowhere holds no index.md."),
    ],
)
def test_the_command_says_what_is_wrong(words, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["site", "out", *words]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_record_page_traces_every_fact_to_its_place(held):
    page = record_page(held, "missions", "queqiao-2")
    fact = next(line for line in page.splitlines() if line.startswith("| [Launch date]"))
    number = re.search(r"\[\^(\d+)\]", fact)[1]
    note = next(line for line in page.splitlines() if line.startswith(f"[^{number}]:"))
    chosen = held.moon.why("missions", "queqiao-2", "launch_date").claims[0]
    assert f"(../sources/{chosen.source}.md)" in note
    assert chosen.locator.replace("*", "\\*") in note
    used, noted = (set(re.findall(p, page)) for p in (r"(?<!^)\[\^(\d+)\]", r"(?m)^\[\^(\d+)\]:"))
    assert noted <= used | noted
    assert not used - noted


def test_a_dispute_shows_both_sides_and_the_reason(held):
    page = record_page(held, "missions", "queqiao-2")
    evidence = held.moon.why("missions", "queqiao-2", "launch_date")
    section = page.split("## Disputed")[1].split("## ")[0]
    sides = {claim.value for claim in evidence.claims}
    assert f"Launch date: {len(sides)} readings" in section
    assert evidence.reason in section
    for claim in evidence.claims[:2]:
        assert claim.id in section


def test_names_in_other_scripts_stand_where_the_search_reads_them(moon):
    page = record_page(Holdings(moon), "missions", "change-5")
    searched = page.split("## Facts")[0]
    assert '<span lang="zh">嫦娥五号</span>' in searched
    assert "`missions/change-5`" in searched
    assert all("data-search-exclude" in line for line in page.splitlines() if line[:3] == "## ")


def test_a_description_in_an_article_is_no_name_of_a_record(moon):
    holdings = Holdings(moon)
    described = [one for one in moon.names if one.record == "missions/artemis-iii"]
    head, _, rest = record_page(holdings, "missions", "artemis-iii").partition("## Facts")
    assert {one.kind for one in described} > {"variant", "descriptive"}
    for one in described:
        assert (f">{one.name}<" in head) == (one.kind != "descriptive")
    table = rest.split("## Names")[1].split("\n## ")[0]
    shown = [one for one in described if f"| {escape(one.name)} |" in table]
    left = len(described) - len(shown)
    assert left > 0
    assert f"[{left} more](../../explorer/index.md?table=names&record=missions" in table


def test_the_slider_holds_what_was_known(held):
    block = slider_block(held, "missions", "queqiao-2")
    data = json.loads(re.search(r"<script[^>]*>(.*)</script>", block)[1])
    assert data["days"] == sorted(set(data["days"]))
    for changes in data["fields"].values():
        places = [place for place, _, _ in changes]
        assert places == sorted(set(places))
        assert places[-1] < len(data["days"])
    changed = {name for name, changes in data["fields"].items() if len(changes) > 1}
    known = held.moon.history("missions", "queqiao-2")
    assert changed <= {one.field for one in known}


@pytest.mark.parametrize("table", PAGED)
def test_linked_data_is_json_of_a_suitable_type(moon, table):
    held = Holdings(moon)
    for record in moon.table(table).ids[:40]:
        block = linked_data(held, table, record)
        assert block.count("</") == 1
        made = json.loads(re.search(r"<script[^>]*>(.*)</script>", block)[1])
        assert made["@context"] == "https://schema.org"
        assert made["identifier"][0] == f"{table}/{record}"
        assert made["@id"].endswith(f"records/{table}/{record}.html")
        for name in ("startDate", "datePublished", "legislationDate", "foundingDate"):
            assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2}(T[\d:]+Z)?)?)?", made.get(name, "2020"))


def test_the_form_knows_every_field_that_a_link_fills(held):
    form = (ROOT / ".github/ISSUE_TEMPLATE/propose-a-fact.yml").read_text(encoding="utf-8")
    ids = set(re.findall(r"^    id: (\w+)$", form, re.MULTILINE))
    source = next(iter(held.moon.sources.ids))
    for page in (record_page(held, "missions", "queqiao-2"), source_page(held, source)):
        address = re.search(r"\((https://github.com/[^)]*/issues/new[^)]*)\)", page)[1]
        asked = parse_qs(urlsplit(address).query)
        assert asked.pop("template") == ["propose-a-fact.yml"]
        assert asked.pop("title")
        assert asked
        assert set(asked) <= ids


def test_the_home_page_tells_what_is_so_today(moon):
    home = home_text(Holdings(moon), f"# Home\n\n{PLACE}")
    assert PLACE not in home
    evidence = moon.why("missions", "queqiao-2", "arrival_date")
    assert all(claim.locator in home for claim in evidence.claims)
    tally = moon.camps().tally("2026-11-22", camp="artemis")
    assert f"**{tally}** states have signed" in home
    assert f"{len(moon.claims):,} claims" in home
    launches = home.split("Next launches")[1].split("How plans moved")[0]
    flown = [one for one in moon.missions.ids if moon.missions.row(one)["launch_date"]]
    assert not [one for one in flown if f"/{one}.md" in launches]


def test_a_home_page_without_the_place_is_refused(held):
    with pytest.raises(LunarProgrammesError, match="has no place"):
        home_text(held, "# Home\n")


def test_downloads_state_the_hash_of_what_they_offer(written):
    page = (written / "downloads.md").read_text(encoding="utf-8")
    offered = sorted((written / "downloads").iterdir())
    assert len(offered) > 15
    for path in offered:
        assert f"(downloads/{path.name})" in page
        assert sha256(path.read_bytes()) in page


def test_without_a_page_a_record_is_named_and_not_linked(founding):
    held = Holdings(founding, ["missions"])
    assert "](../programmes/" not in record_page(held, "missions", "queqiao-2")
    assert "](../missions/" in Holdings(founding).link("missions", "queqiao-2")
    assert "index.md)" not in index_files(held)["records/programmes/index.md"]


def test_a_footnote_is_given_once_for_a_place(held):
    notes = Footnotes(held)
    claim = held.cells("missions", "queqiao-2")["launch_date"][0]
    assert notes.mark(claim) == notes.mark(claim) == "[^1]"
    assert notes.text().count("[^1]:") == 1


def test_an_edition_in_memory_gets_the_same_site(two_camps_edition, written, tmp_path):
    """No other process can open it, so that nothing is written meanwhile."""
    files = bytes_of(two_camps_edition)
    edition = Edition(files.__getitem__, lambda: [*files], "an edition in memory")
    assert edition.path is None
    write_site(edition, DOCS, tmp_path / "source")
    assert digests(bytes_of(tmp_path / "source")) == digests(bytes_of(written))


def test_what_fails_meanwhile_is_told(two_camps_edition, tmp_path):
    edition = Edition.open(two_camps_edition)
    (tmp_path / "explorer").write_text("in the way", encoding="utf-8")
    with pytest.raises(FileExistsError), parts.meanwhile(edition, tmp_path):
        pass
