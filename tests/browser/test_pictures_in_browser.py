"""The living pictures in a real Chromium: walked by keyboard, zoomed, and every mark leads on."""

import itertools
import re

import pytest

from browser.conftest import assert_fits_and_reads
from lunarprogrammes.plot import NAMES

# Where a mark leads: the page of a record, or what the dictionary says of a field.
LEADS = re.compile(r"/records/\w+/[\w-]+\.html$|/dictionary/\w+\.html#\w+$")
# Each mark that says something: its sentence, and where its middle is.
TOLD = """figure => [...figure.querySelectorAll(".lp-live svg [aria-label]")]
  .filter(mark => mark.__data__?.datum?.about)
  .map(mark => {
    const { x, y, width, height } = mark.getBoundingClientRect();
    return { says: mark.__data__.datum.about, x: x + width / 2, y: y + height / 2 };
  })"""
FOCUS = """() => {
  const mark = document.activeElement;
  const { x, y, width, height } = mark.getBoundingClientRect();
  const [role, says] = ["role", "aria-label"].map((name) => mark.getAttribute(name));
  return { tag: mark.tagName, role, says, x: x + width / 2, y: y + height / 2,
    within: Boolean(mark.closest(".lp-live svg")) };
}"""
# The page of each picture, where it is not named after it.
PAGES = {"camps-map": "camps", "slips-artemis-iii": "slips/artemis-iii"}
ALL = [*NAMES, "slips-artemis-iii"]


@pytest.fixture
def picture(visit):
    """Open the page of a picture and return the tab, the page and the living figure."""

    def opened(name, **looks):
        tab = visit(**looks)
        page = tab.open(f"pictures/{PAGES.get(name, name)}.html")
        figure = page.locator(f"#{name}")
        figure.locator(".lp-keys").wait_for(timeout=20_000)
        return tab, page, figure

    return opened


def enter(page, figure):
    """Press Tab from what stands before the marks until one of them has the focus."""
    figure.locator(".lp-live svg [tabindex='0']").wait_for(state="attached")
    controls = figure.locator(".lp-controls :is(input, select, button)")
    if controls.count():
        controls.last.focus()
    else:
        figure.evaluate("figure => { figure.tabIndex = -1; figure.focus(); }")
    page.keyboard.press("Tab")
    return page.evaluate(FOCUS)


def told(figure):
    return figure.evaluate(TOLD)


@pytest.mark.parametrize("name", ALL)
def test_keys_walk_the_marks_of_a_picture_and_enter_opens_the_page(picture, name):
    tab, page, figure = picture(name)
    marks = [mark["says"] for mark in told(figure)]
    first = enter(page, figure)
    assert first["within"]
    assert first["role"] == "link"
    assert first["says"] in marks
    page.keyboard.press("ArrowRight")
    second = page.evaluate(FOCUS)
    assert second["within"]
    assert second["says"] in [says for says in marks if says != first["says"]]
    # Told to the eye as well: the sentence in the tip, a ring or a thicker line.
    tip = page.locator("#vg-tooltip-element.visible")
    assert tip.inner_text() == second["says"]
    if second["tag"] == "line":
        width = "getComputedStyle(document.activeElement).strokeWidth"
        assert page.evaluate(width) == "5px"
    else:
        box = figure.locator(".lp-ring").bounding_box()
        assert box["x"] < second["x"] < box["x"] + box["width"]
        assert box["y"] < second["y"] < box["y"] + box["height"]
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(FOCUS)["says"] == first["says"]
    page.keyboard.press("End")
    last = page.evaluate(FOCUS)
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUS)["says"] == last["says"] != first["says"]
    page.keyboard.press("Home")
    assert page.evaluate(FOCUS)["says"] == first["says"]
    assert figure.evaluate("one => one.querySelectorAll('svg .lp-leads').length") == len(marks)
    page.keyboard.press("Enter")
    page.wait_for_url(LEADS)
    assert page.locator("h1").count() == 1
    assert tab.wrong == []


def test_tab_enters_a_picture_once_and_escape_leaves_it(picture):
    _, page, figure = picture("timeline")
    assert figure.locator(".lp-live [tabindex='0'], .lp-live[tabindex='0']").count() == 1
    entered = enter(page, figure)
    page.keyboard.press("ArrowDown")
    moved = page.evaluate(FOCUS)
    page.keyboard.press("Tab")
    assert not page.evaluate(FOCUS)["within"]
    # Who comes back finds the mark that was left.
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUS)["says"] == moved["says"] != entered["says"]
    page.keyboard.press("Escape")
    left = page.evaluate(FOCUS)
    assert (left["tag"], left["within"]) == ("P", False)
    assert figure.locator(".lp-ring").is_hidden()
    page.keyboard.press("Tab")
    assert not page.evaluate(FOCUS)["within"]


def test_keys_walk_only_what_is_in_sight_of_a_zoomed_picture(picture):
    _, page, figure = picture("camps-map")
    zoom_in = figure.get_by_role("button", name="Zoom in")
    for _ in range(2):
        zoom_in.click()
    page.wait_for_timeout(150)
    seen = [enter(page, figure)]
    for _ in range(len(told(figure))):
        page.keyboard.press("ArrowRight")
        seen.append(page.evaluate(FOCUS))
    frame = figure.locator("svg path.background").first.bounding_box()
    assert 5 < len({mark["says"] for mark in seen}) < len(told(figure)) / 2
    for mark in seen[-3:]:
        assert frame["x"] - 5 < mark["x"] < frame["x"] + frame["width"] + 5
        assert frame["y"] - 5 < mark["y"] < frame["y"] + frame["height"] + 5


def test_marks_of_a_picture_are_read_line_by_line(picture):
    _, page, figure = picture("timeline")
    seen = [enter(page, figure)]
    for _ in range(25):
        page.keyboard.press("ArrowRight")
        seen.append(page.evaluate(FOCUS))
    lines = [round(mark["y"] / 8) for mark in seen]
    assert lines == sorted(lines)
    assert all(
        one["x"] <= other["x"]
        for one, other in itertools.pairwise(seen)
        if round(one["y"]) == round(other["y"])
    )


@pytest.mark.parametrize("name", ["timeline", "camps", "partners"])
def test_a_click_on_a_mark_of_a_picture_opens_its_page(picture, name):
    _, page, figure = picture(name, height=2600)
    marks = told(figure)
    # Marks with a ring around them too, where the picture has such.
    spot = next((one for one in marks if one["says"].endswith(", contested")), marks[-1])
    page.mouse.click(spot["x"], spot["y"])
    page.wait_for_url(LEADS)


def test_a_click_on_a_cell_of_the_coverage_picture_opens_the_dictionary(picture):
    _, page, figure = picture("coverage")
    spot = next(one for one in told(figure) if one["says"].startswith("missions.launch_date:"))
    page.mouse.click(spot["x"], spot["y"])
    page.wait_for_url(re.compile(r"/dictionary/missions\.html#launch_date$"))


def test_a_picture_in_a_file_of_its_own_is_walked_too(visit, moon, tmp_path):
    moon.plot.phases().save(tmp_path / "phases.html")
    tab = visit()
    page = tab.open("phases.html", base=f"{tmp_path.as_uri()}/")
    figure = page.locator("#phases")
    first = enter(page, figure)
    page.keyboard.press("End")
    last = page.evaluate(FOCUS)
    assert (first["role"], last["role"]) == ("img", "img")
    assert first["says"] != last["says"]
    # No page of its record is at hand, and nothing pretends so.
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUS)["says"] == last["says"]
    assert tab.wrong == tab.outside == []


def apart(figure, one, other):
    at = {mark["says"].partition(":")[0]: mark for mark in told(figure)}
    ends = [
        next(mark for says, mark in at.items() if says.startswith(name)) for name in (one, other)
    ]
    return ((ends[0]["x"] - ends[1]["x"]) ** 2 + (ends[0]["y"] - ends[1]["y"]) ** 2) ** 0.5


PAIRS = {
    "moon-map": ("Apollo 11 Lunar Module", "Luna 2 "),
    "camps-map": ("France", "Germany"),
    "timeline": ("Chang'e 1,", "Chang'e 2,"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_buttons_zoom_a_picture_and_reset_restores_it(picture, name):
    _, page, figure = picture(name)
    before = apart(figure, *PAIRS[name])
    count = len(told(figure))
    zoom_in = figure.get_by_role("button", name="Zoom in")
    zoom_in.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(150)
    larger = apart(figure, *PAIRS[name])
    assert larger > before * 1.2
    figure.get_by_role("button", name="Zoom out").click()
    page.wait_for_timeout(150)
    assert apart(figure, *PAIRS[name]) == pytest.approx(before, rel=0.12)
    zoom_in.click()
    zoom_in.click()
    figure.get_by_role("button", name="Reset zoom").click()
    page.wait_for_timeout(150)
    assert apart(figure, *PAIRS[name]) == pytest.approx(before, abs=0.5)
    assert len(told(figure)) == count


# The names that are shown on the globe, with their boxes.
NAMED = """figure => [...figure.querySelectorAll(".lp-live svg g.names text")]
  .filter(name => name.getAttribute("opacity") !== "0" && name.textContent)
  .map(name => {
    const { left, top, right, bottom } = name.getBoundingClientRect();
    return { says: name.textContent, left, top, right, bottom };
  })"""


def test_names_on_the_globe_of_the_picture_hide_no_other_name(picture):
    _, page, figure = picture("moon-map")
    for clicks in range(3):
        named = figure.evaluate(NAMED)
        says = [name["says"] for name in named]
        if not clicks:
            landings = {f"Apollo {number}" for number in (11, 12, 14, 15, 16, 17)}
            assert landings <= set(says)
        for number, one in enumerate(named):
            for other in named[number + 1 :]:
                # Boxes of letters are higher than the letters: a few pixels may be shared.
                apart = one["right"] <= other["left"] + 2 or other["right"] <= one["left"] + 2
                assert apart or abs(one["top"] - other["top"]) > 7, (one, other)
        figure.get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(150)
        # Around the middle there is more room now; Apollo 16 lies there.
        assert "Apollo 16" in {name["says"] for name in figure.evaluate(NAMED)}


def test_the_wheel_zooms_a_picture_with_ctrl_alone(picture):
    _, page, figure = picture("moon-map")
    figure.locator(".lp-live svg").scroll_into_view_if_needed()
    box = figure.locator(".lp-live svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 200)
    zoom = figure.get_by_role("slider", name="Zoom")
    scrolled = page.evaluate("scrollY")
    page.mouse.wheel(0, 60)
    page.wait_for_function(f"scrollY > {scrolled}")
    assert zoom.input_value() == "1"
    page.keyboard.down("Control")
    page.mouse.wheel(0, -120)
    page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    page.wait_for_timeout(150)
    assert float(zoom.input_value()) > 1.5


def test_dragging_moves_a_picture_and_is_no_click(picture):
    _, page, figure = picture("moon-map")
    place = {mark["says"]: mark for mark in told(figure)}
    says = next(one for one in place if one.startswith("Apollo 11 Lunar Module"))
    spot = place[says]
    page.mouse.move(spot["x"], spot["y"])
    page.mouse.down()
    page.mouse.move(spot["x"] - 30, spot["y"] + 20)
    page.mouse.move(spot["x"] - 60, spot["y"] + 40)
    page.mouse.up()
    page.wait_for_timeout(150)
    assert "moon-map" in page.url
    moved = {mark["says"]: mark for mark in told(figure)}[says]
    # A globe turns under the hand: less near its edge than in its middle.
    assert -62 < moved["x"] - spot["x"] < -45
    assert 30 < moved["y"] - spot["y"] < 42


def test_two_fingers_zoom_a_picture(picture):
    _, page, figure = picture("moon-map", width=360, has_touch=True, is_mobile=True)
    figure.locator(".lp-live svg").scroll_into_view_if_needed()
    before = apart(figure, *PAIRS["moon-map"])
    box = figure.locator(".lp-live svg").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    session = page.context.new_cdp_session(page)

    def fingers(kind, half):
        points = [{"x": middle[0] + side * half, "y": middle[1]} for side in (-1, 1)]
        touch = {"type": kind, "touchPoints": [] if kind == "touchEnd" else points}
        session.send("Input.dispatchTouchEvent", touch)

    fingers("touchStart", 30)
    for half in (40, 50, 60):
        fingers("touchMove", half)
    fingers("touchEnd", 60)
    page.wait_for_timeout(150)
    assert apart(figure, *PAIRS["moon-map"]) > before * 1.6


def test_the_zoom_of_a_picture_stays_when_a_filter_changes(picture):
    _, page, figure = picture("moon-map")
    figure.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(150)
    before = apart(figure, "Apollo 11 Lunar Module", "Apollo 16 Lunar Module")
    figure.get_by_role("combobox", name="Programme").select_option("Apollo")
    page.wait_for_timeout(150)
    assert apart(figure, "Apollo 11 Lunar Module", "Apollo 16 Lunar Module") == before
    assert all("Luna 2 " not in mark["says"] for mark in told(figure))
    # The order of the Tab key has lost no mark that is gone, and gained one that is there.
    assert enter(page, figure)["within"]


FITS = [(name, 360, "light") for name in ALL if name != "camps-map"]
FITS += [("moon-map", 1440, "dark")]


@pytest.mark.parametrize(("name", "width", "scheme"), FITS)
def test_a_picture_fits_its_window_and_screen_readers(picture, name, width, scheme):
    tab, page, _ = picture(name, width=width, scheme=scheme)
    assert_fits_and_reads(page)
    assert tab.wrong == []
    assert tab.outside == []
