"""The built site in a real Chromium: it loads, asks nobody else, can be searched and moved."""

import gzip
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from browser.conftest import SITE, assert_fits_and_reads, lacking

# One page of each kind.
PAGES = {
    "home": "index.html",
    "records": "records/index.html",
    "list of missions": "records/missions/index.html",
    "list of sources": "records/sources/index.html",
    "sources of a letter": "records/sources/list/n.html",
    "mission": "records/missions/change-5.html",
    "programme": "records/programmes/ilrs.html",
    "actor": "records/actors/china.html",
    "agreement": "records/agreements/artemis-accords.html",
    "vehicle": "records/systems/long-march-5.html",
    "spacecraft": "records/spacecraft/luna-25.html",
    "site": "records/places/wenchang.html",
    "person": "records/people/wu-weiren.html",
    "source": "records/sources/gcat-2026-landercat.html",
    "dictionary": "dictionary/index.html",
    "table": "dictionary/missions.html",
    "rule": "checks/E101.html",
    "camps": "camps.html",
    "downloads": "downloads.html",
    "interface": "api.html",
    "guide": "cite.html",
}
LOOKS = [(1440, "light"), (1440, "dark"), (360, "light"), (360, "dark")]
MISSION = PAGES["mission"]


@pytest.mark.parametrize("kind", PAGES)
def test_every_kind_of_page_loads_without_errors_and_asks_nobody_else(visit, kind):
    tab = visit()
    page = tab.open(PAGES[kind])
    assert page.locator("h1").count() == 1
    assert tab.wrong == []
    assert tab.outside == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("kind", ["home", "mission", "table", "list of missions", "source"])
def test_a_page_fits_its_window_and_screen_readers(visit, kind, width, scheme):
    assert_fits_and_reads(visit(width, scheme=scheme).open(PAGES[kind]))


def test_the_heaviest_page_of_each_table_weighs_less_than_300_kb(visit):
    """Not compressed, with style sheets and scripts; compressed, as servers send it, a third."""
    for folder in sorted(one for one in (SITE / "records").iterdir() if one.is_dir()):
        pages = [page for page in folder.glob("*.html") if page.name != "index.html"]
        heaviest = max(pages, key=lambda page: page.stat().st_size)
        tab = visit()
        tab.open(heaviest.relative_to(SITE).as_posix())
        assert sum(tab.received.values()) < 300_000, heaviest
        paths = [SITE / unquote(urlsplit(url).path).lstrip("/") for url in tab.received]
        assert sum(len(gzip.compress(path.read_bytes())) for path in paths) < 100_000
        assert not [url for url in tab.received if "search" in url and "when-asked" not in url]


def test_what_a_page_leaves_out_is_a_link_away(visit, moon):
    page = visit().open(PAGES["programme"])
    relations = page.locator("#relations ~ ul", has=page.get_by_text(re.compile(r"^\d+ more$")))
    said = moon.statements.where(about="programmes/ilrs").ids
    link = relations.locator("a[href*='table=statements']")
    shown = link.locator("xpath=ancestor::ul[1]/li").count() - 1
    assert link.inner_text() == f"{len(said) - shown} more"
    link.click()
    page.wait_for_selector("tbody tr[data-record]")
    assert page.inner_text(".explorer-status").startswith(f"{len(said)} of ")


def test_the_slider_shows_what_was_known_then(visit):
    page = visit().open(MISSION)
    slider = page.get_by_role("slider", name="As it was known")
    row = page.get_by_role("row").filter(
        has=page.get_by_role("link", name="Launch date", exact=True)
    )
    today = row.inner_text()
    assert "23 November 2020" in today
    slider.focus()
    page.keyboard.press("Home")
    assert "not yet known" in row.inner_text()
    assert "today" not in page.locator(".known-on label span").inner_text()
    assert re.search(r"\d+ of \d+ facts", page.get_by_role("status").inner_text())
    page.keyboard.press("End")
    assert row.inner_text() == today


def test_without_scripts_a_page_shows_what_is_known_today(visit):
    page = visit(java_script_enabled=False).open(MISSION)
    assert page.locator(".known-on").is_hidden()
    assert "23 November 2020" in page.locator("table").first.inner_text()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("嫦娥五号", "change-5"),
        ("Chang'e 5", "change-5"),
        ("Chang’e-5", "change-5"),
        ("change 5", "change-5"),
        ("Луна-25", "luna-25"),
        ("luna 25", "luna-25"),
        ("apollo 11", "apollo-11"),
        ("luna 2", "luna-2"),
        ("ranger 7", "ranger-7"),
        ("CE-5", "change-5"),
        ("Чанъэ-5", "change-5"),
        ("嫦娥6号", "change-6"),
        ("アポロ11号", "apollo-11"),
        ("아르테미스 2호", "artemis-ii"),
        ("चंद्रयान-3", "chandrayaan-3"),
        ("أبولو 13", "apollo-13"),
        ("בראשית", "beresheet"),
    ],
)
def test_the_search_finds_missions_by_any_name_in_any_script(visit, typed, found):
    tab = visit()
    page = tab.open("index.html")
    page.locator("input.md-search__input").click()
    page.locator("input.md-search__input").type(typed, delay=20)
    # Playwright puts in what no keyboard has without a key; the theme listens to keys.
    page.keyboard.press("End")
    wanted = f".md-search-result__link[href*='missions/{found}.html']"
    page.locator(wanted).first.wait_for(timeout=15_000)
    best = page.locator(".md-search-result__item").evaluate_all(
        "items => items.slice(0, 3).map(one => one.querySelector('a').href)"
    )
    # Its craft, or its namesake, may be called the same.
    assert any(f"missions/{found}.html" in address for address in best), best
    assert tab.outside == []
    assert tab.wrong == []


@pytest.mark.parametrize("kind", ["mission", "source", "table", "guide"])
def test_pages_can_be_read_from_a_disk(visit, kind):
    tab = visit()
    page = tab.open(PAGES[kind], base=f"{SITE.resolve().as_uri()}/")
    assert page.locator("h1").is_visible()
    sheet = "getComputedStyle(document.querySelector('.md-header')).position"
    assert page.evaluate(sheet) == "sticky"
    link = page.locator("article a[href$='.html']:not([href^=http])").first
    with page.expect_navigation():
        link.click()
    assert page.url.startswith("file:")
    assert page.locator("h1").count() == 1
    assert tab.outside == []


def test_the_keyboard_reaches_content_and_slider(visit):
    page = visit().open(MISSION)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.md-skip')")
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "known-on":
            return
    pytest.fail("the slider was not reached")


class _Anchors(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.links = set(), []

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.ids |= {held[name] for name in ("id", "name") if held.get(name)}
        for name in ("href", "src"):
            if held.get(name) and tag in {"a", "link", "script", "img"}:
                self.links.append(held[name])


def _read(path, cache):
    if path not in cache:
        parser = _Anchors()
        parser.feed(path.read_text(encoding="utf-8"))
        cache[path] = parser
    return cache[path]


@pytest.mark.skipif(bool(lacking()), reason="needs a built site")
def test_links_and_anchors_resolve():
    """Every page but most of the source pages, which are alike: one in ten of those."""
    cache, broken = {}, []
    pages = sorted(SITE.rglob("*.html"))
    sources = [one for one in pages if one.parent.name == "sources"]
    skipped = set(sources) - set(sources[::10])
    for page in (one for one in pages if one not in skipped and one.name != "404.html"):
        for link in _read(page, cache).links:
            if urlsplit(link).scheme or link.startswith("//"):
                continue
            address, anchor = urldefrag(urljoin(page.as_uri(), link))
            target = SITE.resolve() / unquote(urlsplit(address).path).removeprefix(
                f"{SITE.resolve()}/"
            )
            if not target.exists():
                broken.append((page.name, link))
            elif anchor and target.suffix == ".html" and target not in skipped:
                known = _read(target, cache).ids
                broken += [(page.name, link)] if unquote(anchor) not in known else []
    assert broken == []
