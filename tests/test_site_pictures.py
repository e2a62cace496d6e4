"""The pages of the pictures: whole without scripts, without network, each row with its links."""

import json
import re
from pathlib import Path

import pytest

from lunarprogrammes.plot import NAMES
from lunarprogrammes.site import pictures

pytest.importorskip("vl_convert")
DOCS = Path(__file__).parents[1] / "docs"
LINK = re.compile(r"\]\(([^)#\s]+)")


@pytest.fixture(scope="module")
def site(moon, tmp_path_factory):
    """The pages of a site whose records are the missions, with a few staircases."""
    target = tmp_path_factory.mktemp("site")
    for table in ("missions", "actors"):
        (target / "records" / table).mkdir(parents=True)
        for record in moon.table(table).ids:
            (target / "records" / table / f"{record}.md").write_text("# Record\n", encoding="utf-8")
    # A page of tables that the pictures find there, as `build` has written it.
    (target / "camps.md").write_text("`lunarprogrammes plot camps-map`, `lunarprogrammes list`.")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "_STATEMENTS", 50)
        # The pixels are proved where they are drawn, and cost ten seconds.
        patch.setattr(pictures.Picture, "png", lambda *_, **__: b"PNG")
        pictures.write(moon, target)
    return target


def test_every_picture_has_a_page_and_all_its_files(site):
    names = {path.name for path in (site / "pictures").iterdir()}
    assert names == {
        "index.md",
        "timeline.md",
        "moon-map.md",
        "camps.md",
        "slips.md",
        "phases.md",
        "partners.md",
        "coverage.md",
        "slips",
        "assets",
    }
    assets = {path.name for path in (site / "pictures" / "assets").iterdir()}
    tails = (".svg", "-dark.svg", ".png", ".csv", ".json")
    for name in ("timeline", "camps-map", "slips-artemis-iii"):
        assert {f"{name}{tail}" for tail in tails} <= assets
    stairs = {f"slips-{path.stem}" for path in (site / "pictures" / "slips").iterdir()}
    assert {one for one in assets if one.endswith(".png")} == {
        f"{name}.png" for name in {*NAMES, *stairs}
    }
    assert (site / "pictures" / "slips" / "artemis-iii.md").is_file()
    assert "pictures.js" in assets


def test_every_link_of_every_page_leads_to_a_file(site):
    for path in (site / "pictures").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        links = LINK.findall(text)
        assert links, path
        for link in links:
            # The dictionary is written by `build`, with an anchor for each field.
            generated = link.startswith("../dictionary/")
            found = DOCS / link.removeprefix("../") if generated else path.parent / link
            assert found.resolve().is_file(), (path.name, link)


def test_a_row_links_its_record_where_that_has_a_page(site):
    text = (site / "pictures" / "timeline.md").read_text(encoding="utf-8")
    assert "| [Apollo 11](../records/missions/apollo-11.md) | United States |" in text
    camps = (site / "pictures" / "camps.md").read_text(encoding="utf-8")
    assert "[India](../records/actors/india.md)" in camps
    # Sources have no pages here: their ids stand as text.
    assert "records/sources" not in text
    stairs = (site / "pictures" / "slips" / "artemis-iii.md").read_text(encoding="utf-8")
    assert "[The record of Artemis III](../../records/missions/artemis-iii.md)" in stairs


def test_a_page_of_tables_leads_to_the_picture_of_the_same(site):
    text = (site / "camps.md").read_text(encoding="utf-8")
    assert text == "[`lunarprogrammes plot camps-map`](pictures/camps.md), `lunarprogrammes list`."


def test_a_cell_of_the_coverage_leads_to_what_the_dictionary_says_of_its_field(site):
    text = (site / "pictures" / "coverage.md").read_text(encoding="utf-8")
    assert "[`launch_date`](../dictionary/missions.md#launch_date)" in text
    spec = json.loads(re.findall(r'<script type="application/json">(.*)</script>', text)[0])
    cells = spec["layer"][0]["data"]["values"]
    links = set(re.findall(r"\.\./dictionary/(\w+)\.md#(\w+)\)", text))
    assert {(cell["table"], cell["field"]) for cell in cells} == links


def test_the_living_picture_is_in_the_page_and_the_still_one_beside_it(site, moon):
    text = (site / "pictures" / "timeline.md").read_text(encoding="utf-8")
    (data,) = re.findall(r'<script type="application/json">(.*)</script>', text)
    spec = json.loads(data)
    assert spec["description"] == moon.plot.timeline().text
    assert [one["name"] for one in spec["params"]] == ["from", "to"]
    assert "var(--lp-ink)" in data
    assert "</" not in data
    assert "assets/timeline.svg#only-light" in text
    assert "assets/timeline-dark.svg#only-dark" in text
    assert '??? note "Data: 311 rows"' in text


def test_the_moon_can_be_turned_enlarged_and_filtered(site):
    text = (site / "pictures" / "moon-map.md").read_text(encoding="utf-8")
    spec = json.loads(re.findall(r'<script type="application/json">(.*)</script>', text)[0])
    bound = {one["name"] for one in spec["params"] if "bind" in one}
    assert bound == {"view", "zoom", "turn", "tilt", "programme", "from", "to"}
    programmes = next(one for one in spec["params"] if one["name"] == "programme")
    assert {"Apollo", "Chinese Lunar Exploration Program"} <= set(programmes["bind"]["options"])


def test_nothing_is_asked_of_another_site(site):
    address = re.compile(r"(?:https?:)?//[\w-]+\.[\w.-]+")
    script = (site / "pictures" / "assets" / "pictures.js").read_text(encoding="utf-8")
    assert {one for one in address.findall(script) if one.startswith("http")} == {
        "http://www.w3.org"
    }
    for path in (site / "pictures").rglob("*.md"):
        found = address.findall(path.read_text(encoding="utf-8"))
        assert found == [], path


def test_mission_pages_are_linked_from_the_overview(site):
    text = (site / "pictures" / "slips.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\(slips/([\w-]+)\.md\)", text))
    there = {path.stem for path in Path(site / "pictures" / "slips").iterdir()}
    assert linked == there >= {"artemis-ii", "artemis-iii"}
