"""Counts by their published definitions, and how full an edition is, on six small flights."""

import pytest

from lunarprogrammes.completeness import Completeness, Wanted
from lunarprogrammes.counts import DEFINITIONS, count
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.export.counts_page import counts_text
from lunarprogrammes.export.coverage_page import coverage_text
from small import edition_of, write_source

FLIGHTS = {
    # Scope, outcome and launch of each mission.
    "far-lander": ("lunar", "success", "2019-01-02"),
    "tipped-lander": ("lunar", "partial-success", "2020-01-02"),
    "crasher": ("lunar", "failure", "2021-01-02"),
    "lost-with-rocket": ("lunar", "launch-failure", "2018-01-02"),
    "passer": ("passing", "success", "2017-01-02"),
    "companion": ("companion", "success", "2020-01-02"),
    "to-come": ("lunar", "", ""),
}
CRAFT = {
    # Mission, kind, meeting with the surface, and longitude of each craft.
    "far-lander": ("far-lander", "lander", "soft-landing", "177.5"),
    "far-rover": ("far-lander", "rover", "soft-landing", "177.5"),
    "tipped-lander": ("tipped-lander", "lander", "impaired-landing", "25.2"),
    "crasher": ("crasher", "lander", "crash", "-10"),
    "old-orbiter": ("tipped-lander", "orbiter", "decay", ""),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    root = tmp_path_factory.mktemp("counts")
    seeds = root / "seeds"
    missions = [
        {"id": key, "name": key.title(), "launch_date": launch, "locator": "p. 1"}
        for key, (_, _, launch) in FLIGHTS.items()
    ]
    craft = [
        {"id": key, "name": key.title(), "mission": mission, "longitude_deg": east, "locator": "1"}
        for key, (mission, _, _, east) in CRAFT.items()
    ]
    write_source(
        seeds, "catalogue-nd-flights", "Catalogue", {"missions": missions, "spacecraft": craft}
    )
    again = [{"id": "crasher", "launch_date": "2021-01-02", "locator": "p. 9"}]
    write_source(seeds, "archive-nd-crasher", "Archive", {"missions": again})
    copied = [{"id": "far-lander", "launch_date": "2019-01-02", "locator": "p. 9"}]
    write_source(
        seeds, "copy-nd-far", "Copy", {"missions": copied}, derived_from="catalogue-nd-flights"
    )
    definition = "docs/definitions.md#"
    ordered = [
        {"id": key, field: value, "locator": definition + field}
        for key, (scope, outcome, _) in FLIGHTS.items()
        for field, value in (("scope", scope), ("outcome", outcome))
        if value
    ]
    parts = [
        {"id": key, field: value, "locator": definition + anchor}
        for key, (_, kind, contact, _) in CRAFT.items()
        for field, value, anchor in (
            ("kind", kind, "spacecraft-kind"),
            ("surface_contact", contact, "surface-contact"),
        )
    ]
    write_source(seeds, "editors", "Editors", {"missions": ordered, "spacecraft": parts})
    return edition_of(root)


@pytest.mark.parametrize(
    ("name", "members", "least", "most"),
    [
        ("lunar-flights", ["lost-with-rocket", "far-lander", "tipped-lander", "crasher"], 4, 5),
        ("successful-flights", ["far-lander"], 1, 2),
        ("launch-failures", ["lost-with-rocket"], 1, 1),
        ("soft-landings", ["far-lander", "tipped-lander"], 1, 2),
        ("far-side-landings", ["far-lander"], 1, 1),
        ("crewed-landings", [], 0, 0),
        ("crashes", ["crasher"], 1, 2),
        ("rovers", ["far-rover"], 1, 1),
        ("sample-returns", [], 0, 0),
    ],
)
def test_each_count_takes_what_its_definition_says(small, name, members, least, most):
    found = small.count(name)
    assert list(found.members) == members
    assert (found.number, found.least, found.most) == (len(members), least, most)


def test_every_count_is_tested_here():
    marks = test_each_count_takes_what_its_definition_says.pytestmark
    assert {case[0] for case in marks[0].args[1]} == set(DEFINITIONS)


def test_swing_cases_say_why(small):
    assert small.count("soft-landings").swing.keys() == {"tipped-lander"}
    assert "companion" in small.count("lunar-flights").swing
    assert all(reason.endswith(".") for reason in small.count("crashes").swing.values())


def test_an_unknown_count_names_those_there_are(small):
    with pytest.raises(LunarProgrammesError, match="soft-landings"):
        count(small, "landings")


def test_every_count_of_the_edition_has_members(moon):
    assert all(count(moon, name).number for name in DEFINITIONS)


def test_two_sources_count_only_if_neither_repeats_the_other(small):
    found = Completeness(small)
    of_launch = next(one for one in found.essentials() if one.field == "launch_date")
    assert (of_launch.rows, of_launch.filled, of_launch.with_two) == (4, 4, 1)
    assert found.sources_of("missions", "far-lander", "launch_date") == {"catalogue-nd-flights"}


def test_wanted_are_empty_essential_cells_and_those_with_onewrite_source(small):
    wanted = Completeness(small).wanted()
    assert Wanted("missions", "crasher", "launch_site", "") in wanted
    assert Wanted("missions", "far-lander", "launch_date", "catalogue-nd-flights") in wanted
    assert Wanted("missions", "crasher", "launch_date", "archive-nd-crasher") not in wanted
    assert not any(one.record in {"passer", "to-come"} for one in wanted)
    # A rover rides down on its lander, and an orbiter that decayed has no place to be known.
    landed = {one.record for one in wanted if one.table == "spacecraft"}
    assert landed == {"far-lander", "tipped-lander", "crasher"}


def test_pages_say_what_was_counted(small):
    page = counts_text(small)
    assert "| [Soft landings on the Moon](#soft-landings) | 2 | 1 to 2 |" in page
    assert "| Tipped-Lander | yes | Sent data from the surface" in page
    assert "`missions/crasher`" in coverage_text(small)
