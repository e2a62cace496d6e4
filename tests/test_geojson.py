"""GeoJSON of the Moon: valid for its own readers, lunar in words, as vague as the sources."""

import json
import struct

import geojson
import pyogrio
import pytest
from geojson_pydantic import FeatureCollection
from hypothesis import given
from hypothesis import strategies as st

import lunarprogrammes as lp
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import EditionError
from lunarprogrammes.export.formats import write
from lunarprogrammes.export.geojson import LUNAR_CRS, position_of
from small import edition_of, write_source

DEFINITIONS = "docs/definitions.md#"


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Craft and places with positions that are plain, vague, half stated, contested, or none."""
    root = tmp_path_factory.mktemp("sites")
    craft = [
        ("plain", "-45.50", "177.60", "2019-01-03T02:26Z"),
        ("vague", "~12.5", "-60.0?", "1976-08~"),
        ("spanning", "10/12", "30", "2021/2022"),
        ("bounded", ">80", "30", ""),
        ("halved", "5.5", "", ""),
        ("unlocated", "", "", "unknown"),
    ]
    rows = [
        {
            "id": name, "name": f"Craft “{name}” é", "mission": "voyage", "latitude_deg": latitude,
            "longitude_deg": longitude, "landing_date": date, "locator": "Table 1",
        }
        for name, latitude, longitude, date in craft
    ]  # fmt: skip
    rows.append({"id": "in-orbit", "name": "In orbit", "mission": "voyage", "locator": "Table 2"})
    tables = {
        "spacecraft": rows,
        "missions": [
            {"id": "voyage", "name": "Voyage", "country": "alphaland", "launch_date": "1970-01-01",
             "locator": "p. 1"}
        ],
        "actors": [{"id": "alphaland", "name": "Alphaland", "locator": "p. 1"}],
        "places": [
            {"id": "mons-a", "name": "Mons A", "latitude_deg": "-88.8", "longitude_deg": "123.4",
             "far_side": "true", "locator": "p. 2"},
            {"id": "port-b", "name": "Port B", "latitude_deg": "19.6", "longitude_deg": "110.9",
             "locator": "p. 2"},
            {"id": "mare-c", "name": "Mare C", "locator": "p. 2"},
        ],
    }  # fmt: skip
    write_source(root / "seeds", "catalogue-2024-sites", "Catalogue", tables, (2024, 1, 1))
    other = [{"id": "plain", "latitude_deg": "-44.8", "locator": "¶1"}]
    write_source(
        root / "seeds", "paper-2023-site", "Paper", {"spacecraft": other}, (2023,), tier="press"
    )
    editors = {
        "spacecraft": [
            {
                "id": "unlocated",
                "surface_contact": "crash",
                "locator": f"{DEFINITIONS}surface-contact",
            },
            {"id": "plain", "kind": "lander", "locator": f"{DEFINITIONS}spacecraft-kind"},
        ],
        "missions": [{"id": "voyage", "outcome": "success", "locator": f"{DEFINITIONS}outcome"}],
        "places": [
            {"id": "mons-a", "body": "moon", "kind": "mountain", "locator": f"{DEFINITIONS}body"},
            {"id": "port-b", "body": "earth", "locator": f"{DEFINITIONS}body"},
            {"id": "mare-c", "body": "moon", "locator": f"{DEFINITIONS}body"},
        ],
    }
    write_source(root / "seeds", "editors", "Editors", editors)
    edition_of(root)
    return root / "datasets"


@pytest.fixture
def written(sites, tmp_path):
    return write(Edition.open(sites), "geojson", tmp_path / "s.geojson")


@pytest.fixture
def collection(written):
    return json.loads(written.read_text(encoding="utf-8"))


def by_id(collection):
    return {one["id"]: one for one in collection["features"]}


def test_it_is_valid_for_two_readers_of_geojson(written):
    text = written.read_text(encoding="utf-8")
    read = geojson.loads(text)
    assert read.is_valid, read.errors()
    strict = FeatureCollection.model_validate_json(text)
    assert [*by_id(read)] == [one.id for one in strict.features]
    assert len(read["features"]) == 7


def test_gdal_puts_it_on_the_moon_and_not_on_earth(written, collection):
    meta, _, shapes, columns = pyogrio.raw.read(written)
    assert meta["crs"].startswith('GEOGCS["Moon (2015) - Sphere / Ocentric"')
    assert 'SPHEROID["Moon (2015) - Sphere",1737400,0' in meta["crs"]
    names = columns[[*meta["fields"]].index("id")]
    found = {
        # Well-known binary: a byte for the order, four for the type, then x and y.
        name: shape and [*struct.unpack("<dd", shape[5:])]
        for name, shape in zip(names, shapes, strict=True)
    }
    assert found == {
        one["properties"]["id"]: one["geometry"] and one["geometry"]["coordinates"]
        for one in collection["features"]
    }


def test_it_says_that_it_lies_on_the_moon(collection):
    assert collection["coordRefSys"] == f"[{LUNAR_CRS}]" == "[IAU_2015:30100]"
    assert "They are not WGS 84 and no place on Earth" in collection["description"]
    # RFC 7946 has taken this member away; a reader of the old standard would be misled by it.
    assert "crs" not in collection
    assert collection["edition"] == "2026.11.22"
    assert collection["generator"] == f"lunarprogrammes {lp.__version__}"
    assert collection["units"] == {"longitude_deg": "degrees", "latitude_deg": "degrees"}


def test_what_came_down_is_there_and_nothing_on_earth_or_in_orbit(collection):
    assert [*by_id(collection)] == [
        "spacecraft/bounded", "spacecraft/halved", "spacecraft/plain", "spacecraft/spanning",
        "spacecraft/unlocated", "spacecraft/vague", "places/mons-a",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("record", "position", "latitude", "bounds"),
    [
        ("plain", [177.6, -45.5], "-45.50", (-45.5, -45.5)),
        ("vague", [-60.0, 12.5], "~12.5", (11.25, 13.75)),
        ("spanning", None, "10/12", (10, 12)),
        ("bounded", None, ">80", (80, None)),
        ("halved", None, "5.5", (5.5, 5.5)),
        ("unlocated", None, None, (None, None)),
    ],
)
def test_a_point_only_where_a_position_is_stated(collection, record, position, latitude, bounds):
    feature = by_id(collection)[f"spacecraft/{record}"]
    expected = position and {"type": "Point", "coordinates": position}
    assert feature["geometry"] == expected
    told = feature["properties"]
    assert told["latitude_deg"] == latitude
    assert (told["latitude_deg_lower"], told["latitude_deg_upper"]) == pytest.approx(bounds)


@pytest.mark.parametrize(
    ("record", "date", "lower", "upper"),
    [
        ("plain", "2019-01-03T02:26Z", "2019-01-03", "2019-01-03"),
        ("vague", "1976-08~", "1976-07-01", "1976-09-30"),
        ("spanning", "2021/2022", "2021-01-01", "2022-12-31"),
        ("unlocated", "unknown", None, None),
        ("bounded", None, None, None),
    ],
)
def test_dates_stay_text_with_bounds_beside(collection, record, date, lower, upper):
    told = by_id(collection)[f"spacecraft/{record}"]["properties"]
    names = ("landing_date", "landing_date_lower", "landing_date_upper")
    assert tuple(told[name] for name in names) == (date, lower, upper)


def test_the_properties_of_a_craft(collection):
    told = by_id(collection)["spacecraft/plain"]["properties"]
    wanted = ("id", "name", "mission", "mission_name", "country", "kind", "outcome", "contested")
    assert [told[name] for name in wanted] == [
        "plain", "Craft “plain” é", "voyage", "Voyage", "alphaland", "lander", "success",
        ["latitude_deg"],
    ]  # fmt: skip
    assert told["sources"] == ["catalogue-2024-sites", "paper-2023-site"]
    assert told["surface_contact"] is None
    place = by_id(collection)["places/mons-a"]["properties"]
    assert (place["kind"], place["far_side"], place["table"]) == ("mountain", True, "places")


def test_the_losing_claim_and_the_places_in_the_documents_are_kept(collection, sites):
    evidence = by_id(collection)["spacecraft/plain"]["properties"]["evidence"]
    latitude = evidence["latitude_deg"]
    assert latitude["verdict"] == "contested"
    assert [(one["value"], one["locator"], one["standing"]) for one in latitude["claims"]] == [
        ("-45.50", "Table 1", "chosen"),
        ("-44.8", "¶1", "rejected"),
    ]
    known = lp.load(sites).claims
    for field in evidence.values():
        for claim in field["claims"]:
            assert known[claim["claim"]].value == claim["value"]
    assert [*evidence] == ["longitude_deg", "latitude_deg", "landing_date"]
    # Of a craft whose place nobody states the sources of its being there are named.
    lost = by_id(collection)["spacecraft/unlocated"]["properties"]["evidence"]
    assert lost["landing_date"]["claims"][0]["source"] == "catalogue-2024-sites"


@given(
    st.sampled_from(["", "~", ">", "<", ">=", "<=", "<~", ">~"]),
    st.decimals(-89, 89, places=3).map(str),
    st.sampled_from(["", "?"]),
)
def test_the_point_is_the_number_of_the_text_or_none(sign, digits, doubt):
    text = f"{sign}{digits}{doubt}".replace("-0.000", "0.000")
    figure = lp.Quantity(text)
    position = position_of({"longitude_deg": text, "latitude_deg": "1"})
    if sign in {">", "<", ">=", "<="}:
        assert position is None
    else:
        assert position == [figure.value, 1]
        assert position[0] == float(text.strip("<>~?"))


def test_the_committed_edition(moon, tmp_path):
    path = write(Edition.open(), "geojson", tmp_path / "s.geojson")
    read = geojson.loads(path.read_text(encoding="utf-8"))
    assert read.is_valid, read.errors()
    found = by_id(read)
    for record, row in moon.spacecraft.items():
        stated = row["latitude_deg"] and row["longitude_deg"]
        assert (f"spacecraft/{record}" in found) == bool(stated or row["surface_contact"])
    assert found["spacecraft/change-3-lander"]["geometry"]["coordinates"] == [-19.51, 44.12]
    assert found["spacecraft/change-6-ascender"]["properties"]["landing_date"] == "2024-06-08~"


def test_the_same_bytes_twice_and_no_half_file(sites, written, tmp_path):
    again = write(Edition.open(sites), "geojson", tmp_path / "again.geojson")
    assert again.read_bytes() == written.read_bytes()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "datapackage.json").write_text('{"resources": []}', encoding="utf-8")
    before = written.read_bytes()
    with pytest.raises(EditionError, match=r"no readable file spacecraft\.csv"):
        write(Edition.open(tmp_path / "broken"), "geojson", written)
    assert written.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "again.geojson", "broken", "s.geojson",
    ]  # fmt: skip
