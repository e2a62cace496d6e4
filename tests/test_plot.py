"""The pictures show what the dataset says: every mark, no more, and no sharper than it was said."""

import csv
import datetime
import io
import json
import os
import re
import struct
import subprocess
import sys
import zlib

import jsonschema
import pytest

import lunarprogrammes as lp
from drawn import data_of, layers, marks, sampled
from lunarprogrammes.camps import ARTEMIS, BOTH, ILRS
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import LunarProgrammesError, MissingExtra, NoValue, UnknownRecord
from lunarprogrammes.export.geojson import position_of
from lunarprogrammes.plot import NAMES, make
from lunarprogrammes.plot._hemispheres import SIDES
from lunarprogrammes.plot.camps_map import _world
from lunarprogrammes.plot.theme import DARK, LIGHT, TOKENS

pytest.importorskip("vl_convert")
ADDRESS = re.compile(r"(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s\"'<]*")
NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


@pytest.fixture(scope="module")
def pictures(moon):
    """Every picture of the committed edition, and one staircase."""
    made = {name: make(moon, name) for name in NAMES}
    return made | {"artemis-iii": moon.plot.slips("artemis-iii")}


@pytest.fixture(scope="module")
def drawn(pictures):
    """Every picture as SVG."""
    return {name: picture.svg() for name, picture in pictures.items()}


ALL = [*NAMES, "artemis-iii"]


# What each picture shows


def test_the_timeline_has_one_mark_per_mission(moon, pictures, drawn):
    told = [label for _, label, *_ in marks(drawn["timeline"])]
    assert len(told) == len(moon.missions) == len(pictures["timeline"].rows)
    assert len(set(told)) == len(told)
    names = [row["name"] for row in moon.missions.rows()]
    assert all(sum(label.startswith(f"{name},") for label in told) >= 1 for name in names)


def test_a_launch_of_a_stated_day_is_a_dot_and_a_vague_plan_a_bar(moon, pictures):
    spec = pictures["timeline"].spec
    dots = {mark["record"]: mark for mark in data_of(spec, "point")}
    bars = {mark["record"]: mark for mark in data_of(spec, "rect")}
    assert dots["apollo-11"]["from"] == "1969-07-16"
    assert dots["apollo-11"]["kind"] == "success"
    for mission, row in moon.missions.items():
        text = row["launch_date"] or row["planned_launch"]
        date = UncertainDate(text or "unknown")
        if not date.is_known:
            continue
        assert (mission in dots) is date.is_exact, mission
        if mission in bars and date.lower and date.upper:
            assert bars[mission]["from"] == date.lower.isoformat()
            day_after = date.upper + datetime.timedelta(days=1)
            assert bars[mission]["to"] == day_after.isoformat()
            assert bars[mission]["open"] == ""
        if mission in bars and date.upper is None:
            assert bars[mission]["open"] == "right"


def test_no_two_dots_of_the_timeline_hide_each_other(drawn):
    dots = [(x, y) for kind, _, x, y in marks(drawn["timeline"]) if kind == "point"]
    for number, (x, y) in enumerate(dots):
        for other_x, other_y in dots[number + 1 :]:
            assert abs(x - other_x) > 7 or abs(y - other_y) > 7


def test_the_lane_is_the_country_of_the_mission_or_of_its_operator(moon, pictures):
    rows = {row["record"]: row for row in pictures["timeline"].rows}
    assert rows["luna-9"]["lane"] == "Soviet Union"
    assert moon.missions["artemis-iii"].country is None
    assert rows["artemis-iii"]["lane"] == "United States"
    assert rows["smart-1"]["lane"] == "European Space Agency"


def test_the_moon_has_every_craft_with_a_position_in_every_panel_that_holds_it(moon, drawn):
    stated = [position for row in moon.spacecraft.rows() if (position := position_of(row))]
    shown = sum(side.holds(*position) for side in SIDES for position in stated)
    assert len(marks(drawn["moon-map"])) == shown > len(stated) > 90


def test_apollo_11_stands_right_of_the_middle_of_the_near_side(drawn):
    (spot,) = [mark for mark in marks(drawn["moon-map"]) if "Apollo 11 Lunar Module" in mark[1]]
    _, label, x, y = spot
    assert "latitude 0.67, longitude 23.47" in label
    # The panel's own corner follows from a craft at the middle of the disc's central meridian.
    luna = next(mark for mark in marks(drawn["moon-map"]) if mark[1].startswith("Luna 2 "))
    near = SIDES[0]
    expected = near.project(23.47314, 0.67)
    beside = near.project(0, 29.10)
    assert x - luna[2] > 60
    assert x - luna[2] == pytest.approx(expected[0] - beside[0], abs=0.1)
    assert y - luna[3] == pytest.approx(expected[1] - beside[1], abs=0.1)


def test_every_landing_of_apollo_is_named_once_and_no_name_hides_another(pictures, drawn):
    for mission in (11, 12, 14, 15, 16, 17):
        assert len(re.findall(rf">Apollo {mission}<", drawn["moon-map"])) == 1, mission
    near = pictures["moon-map"].spec["concat"][0]
    (names,) = [
        layer["data"]["values"]
        for layer in layers(near)
        if layer["mark"]["type"] == "text" and "align" in layer["data"]["values"][0]
    ]
    boxes = []
    for name in names:
        size = 5.2 * len(name["says"])
        left = name["x"] - {"left": 0, "center": size / 2, "right": size}[name["align"]]
        boxes.append((left, name["y"] - 5, left + size, name["y"] + 5))
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0]
            assert apart or one[3] <= other[1] or other[3] <= one[1]
    # A name that does not stand beside its mark has a line to it.
    (lines,) = [
        layer["data"]["values"] for layer in layers(near) if layer["mark"]["type"] == "rule"
    ]
    led = [
        name
        for name in names
        if abs(name["x"] - name["at_x"]) > 7.1 or abs(name["y"] - name["at_y"]) > 9.1
    ]
    assert [name["says"] for name in led] == [line["says"] for line in lines] != []


def test_far_and_polar_sites_stand_where_they_belong(moon, pictures):
    rows = {row["record"]: row for row in pictures["moon-map"].rows}
    assert rows["change-4-lander"]["side"] == "far"
    assert rows["change-6-lander"]["side"] == "far"
    assert rows["change-3-lander"]["side"] == "near"
    panels = pictures["moon-map"].spec["concat"]
    inside = [{row["record"] for row in data_of(panel, "point")} for panel in panels]
    assert "change-4-lander" in inside[1] - inside[0]
    assert "vikram-3" in inside[3] & inside[0]
    assert inside[2] == {
        key
        for key, row in moon.spacecraft.items()
        if (position := position_of(row)) and position[1] >= 60
    }


def test_what_has_no_position_is_counted(moon, pictures):
    lacking = [
        row
        for row in moon.spacecraft.rows()
        if row["surface_contact"] and not (row["latitude_deg"] and row["longitude_deg"])
    ]
    assert f"{len(lacking)} more that met the surface have no stated position" in (
        pictures["moon-map"].text
    )


def test_the_camps_have_one_mark_per_membership_and_the_numbers_of_the_api(moon, pictures, drawn):
    picture, day = pictures["camps"], moon.edition.replace(".", "-")
    camps = moon.camps()
    assert len(marks(drawn["camps"])) == len(picture.rows) == len(camps.on(day))
    for camp, title in ((ARTEMIS, "Artemis Accords"), (ILRS, "ILRS"), (BOTH, "in both")):
        assert f"{title} {camps.tally(day, camp=camp)}" in picture.text
    lines = data_of_lines(picture.spec)
    end = [row for row in lines if row["camp"] == "Artemis Accords" and row["from"] <= "2023-02-27"]
    tally = camps.tally("2023-02-27", camp=ARTEMIS)
    assert (end[-1]["least"], end[-1]["most"]) == tuple(tally)


def data_of_lines(spec):
    """Return the rows of the lines of the camps."""
    (line,) = [layer for layer in layers(spec) if layer["mark"]["type"] == "line"]
    return line["data"]["values"]


def test_a_state_whose_day_of_joining_is_unknown_is_a_bar(moon, pictures):
    shown = {row["record"]: row for row in data_of(pictures["camps"].spec, "rect")}
    for one in moon.camps().on(camp=ARTEMIS):
        assert (one.actor in shown) is not (one.dated and one.since.is_exact) or one.actor == (
            "serbia"
        )
    assert shown["mexico"]["about"].startswith("Mexico: Artemis Accords, by 2021-12-11")


def test_pictures_honour_the_perspective(moon):
    then = moon.known_on("2023-02-27")
    picture = then.plot.camps()
    members = then.camps().on("2023-02-27")
    assert len(picture.rows) == len(members) < len(moon.plot.camps().rows)
    assert picture.perspective == "as known on 2023-02-27"
    assert "2023-02-27" in picture.text
    india = [row for row in then.plot.camps_map().rows if row["record"] == "india"]
    assert india == []
    assert {row["first_said"] for row in then.plot.slips().rows if row["first_said"] > "2024"} == (
        set()
    )


def test_every_member_of_both_camps_is_on_the_map(moon, pictures, drawn):
    members = {one.actor for one in moon.camps().aligned(moon.edition.replace(".", "-"))}
    rows = pictures["camps-map"].rows
    assert {row["record"] for row in rows} == members
    assert all(row["drawn"] for row in rows)
    assert len(marks(drawn["camps-map"])) == len(members)
    assert "Not on the map" not in pictures["camps-map"].text
    small = {row["iso_alpha3"] for row in rows if row["drawn"] == "symbol"}
    assert {"SGP", "BHR", "MLT", "MUS", "LIE"} <= small


def test_a_state_is_filled_by_its_camp_and_others_are_neutral(pictures):
    spec = pictures["camps-map"].spec
    world = spec["layer"][0]["data"]["values"]["objects"]["states"]["geometries"]
    fills = {state.get("id"): state["properties"]["fill"] for state in world}
    assert fills["FRA"] == fills["USA"] == fills["NOR"] == "$pale-blue"
    assert fills["CHN"] == fills["RUS"] == "$pale-vermillion"
    assert fills["THA"] == "$pale-purple"
    # Kosovo, Northern Cyprus and Somaliland have no code; Taiwan has one and is no member.
    assert fills[None] == fills["TWN"] == fills["IRN"] == "$land"


def test_the_outlines_bear_iso_codes_and_their_points_lie_where_the_states_do():
    world = _world()
    codes = [
        state["id"]
        for state in world["outlines"]["objects"]["states"]["geometries"]
        if "id" in state
    ]
    assert len(codes) == len(set(codes)) > 170
    assert set(codes) <= set(world["points"])
    for code, (longitude, latitude) in {
        "RUS": (100, 61),
        "USA": (-99, 40),
        "AUS": (134, -26),
        "SGP": (104, 1),
        "CHL": (-71, -35),
    }.items():
        assert world["points"][code] == pytest.approx([longitude, latitude], abs=6)


def test_the_staircase_has_a_box_per_dated_statement_as_wide_and_high_as_it_was_said(
    moon, pictures
):
    picture = pictures["artemis-iii"]
    statements = moon.slips("artemis-iii").statements
    dated = [
        one
        for one in statements
        if one.said and one.said.upper and (one.planned.lower or one.planned.upper)
    ]
    boxes = [row for row in data_of(picture.spec, "rect") if "about" in row]
    assert len(picture.rows) == len(statements)
    assert len(boxes) == len(dated) > 60
    for box, one in zip(boxes, dated, strict=True):
        if one.planned.lower and one.planned.upper:
            day_after = one.planned.upper + datetime.timedelta(days=1)
            assert (box["low"], box["high"]) == (
                one.planned.lower.isoformat(),
                day_after.isoformat(),
            )
            assert box["open"] == ""
        else:
            assert box["open"] == ("up" if one.planned.lower else "down")


def test_the_staircase_of_artemis_iii_holds_what_the_documents_say(pictures):
    told = {(row["said"], row["plan"], row["planned"]) for row in pictures["artemis-iii"].rows}
    # Known statements: 2024 in 2019, 2025 announced in November 2021, September 2026 in January
    # 2024, mid-2027 in December 2024.
    assert ("2019-10-24", "planned landing", "2024") in told
    assert any(said.startswith("2021-11") and plan.startswith("2025") for said, _, plan in told)
    assert any(said.startswith("2024-01") and plan.startswith("2026-09") for said, _, plan in told)
    assert any(said.startswith("2024-12") and plan.startswith("2027") for said, _, plan in told)


def test_what_happened_is_a_line_across_the_staircase(moon):
    spec = moon.plot.slips("change-5").spec
    rules = [layer for layer in layers(spec) if layer["mark"]["type"] == "rule"]
    days = {row["low"] for layer in rules for row in layer["data"]["values"]}
    assert days == {"2020-11-23", "2020-12-01"}


def test_the_overview_of_slips_has_the_drifts_of_the_api(moon, pictures):
    from lunarprogrammes.slips import drifts

    found = dict(drifts(moon))
    rows = {row["record"]: row for row in pictures["slips"].rows}
    assert rows.keys() == found.keys()
    assert rows["artemis-i"]["days_per_year"] == round(found["artemis-i"].per_year)
    few = moon.plot.slips(programme="clep").rows
    assert {row["record"] for row in few} == {key for key, _ in drifts(moon, "clep")}


def test_the_phases_hold_the_missions_of_both_programmes(moon, pictures, drawn):
    rows = pictures["phases"].rows
    both = [
        *moon.missions.where(programme="clep").ids,
        *moon.missions.where(programme="artemis").ids,
    ]
    assert sorted(row["record"] for row in rows) == sorted(both)
    dated = [row for row in rows if row["date"]]
    told = [label for _, label, *_ in marks(drawn["phases"])]
    assert len(told) == len(rows) > len(dated)
    assert sum(label.endswith("no date stated") for label in told) == len(rows) - len(dated)
    order = [row["sequence"] for row in rows if row["programme"] == "clep" and row["sequence"]]
    assert order == sorted(order)
    assert {row["phase"] for row in rows if row["record"] == "change-5"} == {
        moon.programmes["clep-phase-3"].name
    }


def test_the_network_has_a_line_per_place_in_a_programme(moon, pictures, drawn):
    assert len(marks(drawn["partners"])) == len(moon.partners) == len(pictures["partners"].rows)
    ends = {(row["name"], row["programme"]) for row in pictures["partners"].rows}
    assert ("European Space Agency", "International Lunar Research Station") in ends
    few = moon.plot.partners("ilrs").rows
    assert len(few) == len(moon.partners.where(programme="ilrs"))


def test_the_coverage_has_a_cell_per_field_with_the_figures_of_the_tables(moon, pictures, drawn):
    rows = {(row["table"], row["field"]): row for row in pictures["coverage"].rows}
    assert len(marks(drawn["coverage"])) == len(rows)
    filled = sum(bool(row["launch_date"]) for row in moon.missions.rows())
    row = rows["missions", "launch_date"]
    assert (row["filled"], row["records"]) == (filled, len(moon.missions))
    assert row["filled_share"] == pytest.approx(100 * filled / len(moon.missions), abs=0.05)
    then = moon.known_on("2010").plot.coverage().rows
    assert all("with_two" not in row for row in then)
    assert sum(row["filled"] for row in then) < sum(row["filled"] for row in rows.values())


def test_what_sources_contradict_each_other_on_is_marked(moon, pictures):
    rows = {row["record"]: row for row in pictures["timeline"].rows}
    evidence = moon.why("missions", "queqiao-2", "launch_date")
    assert evidence.verdict == rows["queqiao-2"]["verdict"] == "contested"
    assert set(rows["queqiao-2"]["sources"]) <= set(evidence.sources)
    (label,) = [
        mark["about"]
        for mark in data_of(pictures["timeline"].spec, "point")
        if mark["record"] == "queqiao-2"
    ]
    assert label.endswith(", contested")
    contested = [row for row in pictures["timeline"].rows if row["verdict"] == "contested"]
    rings = [
        layer
        for layer in layers(pictures["timeline"].spec)
        if layer["mark"].get("stroke") == "$ink" and layer["mark"]["type"] == "point"
    ]
    assert len(rings[0]["data"]["values"]) == len([row for row in contested if row["date"]])


# What every picture keeps to


@pytest.mark.parametrize("name", ALL)
def test_the_text_alternative_is_a_sentence_with_numbers(name, pictures, drawn):
    picture = pictures[name]
    assert re.search(r"\d", picture.text)
    assert picture.text.endswith(".")
    assert len(picture.counted) > 100
    head = drawn[name].partition("<metadata>")[0]
    assert f'<title id="title">{picture.title.replace("&", "&amp;")}</title>' in head.replace(
        "&#x27;", "'"
    )
    assert 'aria-describedby="description"' in head


@pytest.mark.parametrize("name", ALL)
def test_a_picture_is_light_enough_and_names_no_other_site(name, pictures, drawn):
    assert len(drawn[name].encode()) < 400_000
    texts = [drawn[name], pictures[name].csv(), json.dumps(pictures[name].vega_lite())]
    assert {address for text in texts for address in ADDRESS.findall(text)} <= NAMESPACES


@pytest.mark.parametrize("name", ALL)
def test_the_specification_is_vega_lite(name, pictures):
    """Altair holds the JSON Schema of Vega-Lite, and refuses what is not of it."""
    altair = pytest.importorskip("altair")
    spec = pictures[name].moving or pictures[name].spec
    chart = altair.Chart.from_dict(sampled(json.loads(json.dumps(spec))))
    assert chart.to_dict(validate=False)["config"]["background"] == "$paper"


def test_the_oracle_refuses_what_is_not_vega_lite(pictures):
    altair = pytest.importorskip("altair")
    spec = sampled(json.loads(json.dumps(pictures["artemis-iii"].spec)))
    spec["layer"][0]["mark"]["type"] = "squiggle"
    with pytest.raises(jsonschema.ValidationError):
        altair.Chart.from_dict(spec)


@pytest.mark.parametrize("name", ALL)
def test_the_rows_carry_their_record_and_their_sources(name, moon, pictures):
    picture = pictures[name]
    document = json.loads(picture.json())
    assert len(document["rows"]) == len(picture.rows) > 10
    cited = {source for row in picture.rows for source in row.get("sources", ())}
    assert document["sources"].keys() == cited
    for row in picture.rows:
        if name != "coverage":
            assert row["record"] in moon.table(row["table"])
            assert row["verdict"] in {"single", "agreed", "superseded", "contested"}
            assert row["sources"]
    read = list(csv.DictReader(io.StringIO(picture.csv())))
    assert len(read) == len(picture.rows)


def test_dark_pictures_keep_no_light_colour(pictures, drawn):
    dark = pictures["timeline"].svg(DARK)
    light = {pair[0] for pair in TOKENS.values()}
    assert set(re.findall(r'"(#[0-9a-f]{6})"', drawn["timeline"])) <= light
    assert set(re.findall(r'"(#[0-9a-f]{6})"', dark)) & light == set()


@pytest.mark.parametrize("theme", [0, 1])
def test_marks_stand_out_and_differ_for_colour_blind_eyes(theme):
    for pair in zip(*TOKENS.values(), strict=True):
        assert len(set(pair)) == len(pair)
    for token in ("ink", "muted", "blue", "vermillion", "green", "purple", "orange"):
        for ground in ("paper", "band"):
            assert contrast(TOKENS[token][theme], TOKENS[ground][theme]) >= 3, (token, ground)
    for step in range(6):
        text = TOKENS["on-pale" if step < 4 else "on-strong"][theme]
        assert contrast(TOKENS[f"step-{step}"][theme], text) >= 4.5, step
    # The camps are told apart by colour and by shape: for eyes without red or green too.
    for matrix in BLIND:
        camps = [seen(TOKENS[token][theme], matrix) for token in ("blue", "vermillion")]
        assert sum((a - b) ** 2 for a, b in zip(*camps, strict=True)) ** 0.5 > 0.3


# Viénot, Brettel and Mollon 1999: linear RGB as protanopes and deuteranopes see it.
BLIND = (
    ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
)


def linear(colour: str) -> list[float]:
    values = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in values]


def seen(colour: str, matrix) -> list[float]:
    given = linear(colour)
    return [sum(a * b for a, b in zip(row, given, strict=True)) for row in matrix]


def contrast(one: str, other: str) -> float:
    weights = (0.2126, 0.7152, 0.0722)
    light = sorted(
        sum(a * b for a, b in zip(weights, linear(colour), strict=True)) for colour in (one, other)
    )
    return (light[1] + 0.05) / (light[0] + 0.05)


# Files and errors


def test_the_same_bytes_in_another_time_zone_and_process(drawn, tmp_path):
    code = (
        "import sys, lunarprogrammes as lp; moon = lp.load(); moon.plot.camps();"
        "sys.stdout.buffer.write(moon.plot.partners().svg().encode());"
        "sys.stdout.buffer.write(moon.plot.slips('artemis-iii').svg().encode())"
    )
    environment = {**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    found = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, check=True
    )
    assert found.stdout.decode() == drawn["partners"] + drawn["artemis-iii"]


def test_every_format_is_written(pictures, tmp_path):
    picture = pictures["artemis-iii"]
    for form in ("svg", "png", "csv", "json", "html"):
        picture.save(tmp_path / f"x.{form}")
        picture.save(str(tmp_path / f"y.{form}"))
        assert (tmp_path / f"x.{form}").read_bytes() == (tmp_path / f"y.{form}").read_bytes()
    png = (tmp_path / "x.png").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    assert width > 1500 > height > 900
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert picture.text.replace("'", "&#x27;") in page
    assert {one for one in ADDRESS.findall(page) if one.startswith("http")} <= {
        *NAMESPACES,
        "http://www.w3.org/2000/xmlns/",
        "http://www.w3.org/1999/xhtml",
    }
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_png_is_sound(pictures):
    """Every chunk has its sum, and the pixels are as many as the head says."""
    png, start, pixels = pictures["artemis-iii"].png(scale=1), 8, b""
    while start < len(png):
        size, kind = struct.unpack(">I4s", png[start : start + 8])
        body = png[start + 4 : start + 8 + size]
        assert zlib.crc32(body) == int.from_bytes(png[start + 8 + size : start + 12 + size], "big")
        pixels += body[4:] if kind == b"IDAT" else b""
        start += size + 12
    width, height = struct.unpack(">II", png[16:24])
    assert len(zlib.decompress(pixels)) == height * (width * 4 + 1)


def test_another_suffix_writes_nothing(pictures, tmp_path):
    with pytest.raises(LunarProgrammesError, match="No picture is written as 'gif'"):
        pictures["camps"].save(tmp_path / "x.gif")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(LunarProgrammesError, match="There is no theme 'sepia'"):
        pictures["camps"].vega_lite("sepia")


def test_without_the_extra_words_and_rows_remain(moon, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    picture = moon.plot.phases()
    picture.save(tmp_path / "x.csv")
    picture.save(tmp_path / "x.json")
    for form in ("svg", "png", "html"):
        with pytest.raises(MissingExtra, match=r"pip install 'lunarprogrammes\[plot\]'"):
            picture.save(tmp_path / f"x.{form}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.csv", "x.json"]


def test_a_wrong_request_is_told(moon):
    with pytest.raises(LunarProgrammesError, match="Did you mean timeline"):
        make(moon, "timelin")
    with pytest.raises(LunarProgrammesError, match="camps is not drawn for one mission"):
        make(moon, "camps", mission="apollo-11")
    with pytest.raises(UnknownRecord, match="Did you mean artemis-i or"):
        moon.plot.slips("artemis-3i")
    with pytest.raises(UnknownRecord):
        moon.plot.timeline("no-programme")
    with pytest.raises(NoValue, match="No dated statement plans a date of missions/luna-2"):
        moon.plot.slips("luna-2")
    assert make(moon, "slips", mission="artemis-i").name == "slips-artemis-i"


@pytest.mark.parametrize("name", [name for name in NAMES if name != "phases"])
def test_an_edition_that_holds_next_to_nothing_is_drawn_too(name, mini_edition):
    picture = make(lp.load(mini_edition), name)
    assert picture.svg().startswith("<svg")
    assert "NaN" not in picture.svg()
    width, height = struct.unpack(">II", picture.png(scale=1)[16:24])
    assert min(width, height) > 20
    assert picture.text.endswith(".")


def test_phases_of_programmes_that_an_edition_does_not_hold(mini_edition):
    with pytest.raises(UnknownRecord, match="There is no record 'clep' in programmes"):
        lp.load(mini_edition).plot.phases()


def test_a_notebook_shows_it(pictures):
    picture = pictures["artemis-iii"]
    bundle = picture._repr_mimebundle_()
    assert bundle["image/svg+xml"] == picture.svg() == picture._repr_svg_()
    assert bundle["text/plain"].startswith("Artemis III: planned dates")
    assert "$ink" not in json.dumps(bundle["application/vnd.vegalite.v5+json"])


def test_naming_a_picture_costs_no_renderer():
    code = (
        "import sys, lunarprogrammes as lp; lp.load().plot.timeline();"
        "sys.exit('vl_convert' in sys.modules or 'altair' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert repr(lp.load().plot).startswith("<pictures: timeline, moon_map")
    assert LIGHT == "light"
