"""Camps, commitments, positions, profiles and comparisons, on a small world of two camps."""

import datetime

import pytest

import lunarprogrammes as lp
from lunarprogrammes.answers import Answer
from lunarprogrammes.camps import Tally
from lunarprogrammes.commitments import commitments_of
from lunarprogrammes.comparison import compare
from lunarprogrammes.completeness import Completeness, Wanted
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.export.camps_page import camps_text
from lunarprogrammes.positions import common_ground, positions_of
from lunarprogrammes.profile import profile_of


@pytest.fixture(scope="module")
def world(two_camps_edition):
    return lp.load(two_camps_edition)


# --- Who belongs, and since when --------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "artemis", "ilrs", "both"),
    [
        ("2020-10-12", (0, 0), (0, 0), (0, 0)),
        ("2020-10-13", (1, 1), (0, 0), (0, 0)),
        # Delta's agency signed between the announcement and the article of 30 April 2024.
        ("2021-06-16", (1, 1), (0, 1), (0, 0)),
        ("2022-05-15", (1, 2), (0, 1), (0, 0)),
        ("2023-06-01", (2, 2), (2, 3), (0, 0)),
        # Gamma in both; beta is only said to have agreed to join the station.
        ("2024-04-30", (3, 3), (3, 4), (1, 2)),
        ("2025-01-31", (3, 3), (3, 4), (1, 2)),
        ("2025-02-01", (3, 3), (2, 3), (1, 2)),
    ],
)
def test_numbers_of_states_on_a_day(world, day, artemis, ilrs, both):
    camps = world.camps()
    counted = [camps.tally(day, camp=camp) for camp in ("artemis", "ilrs", "both")]
    assert counted == [Tally(*artemis), Tally(*ilrs), Tally(*both)]


def test_an_agency_stands_for_its_state_and_a_university_for_itself(world):
    camps = world.camps()
    states = {one.actor for one in camps.on(camp="ilrs")}
    assert states == {"gammaland", "deltaland", "betaland"}
    others = [one.actor for one in camps.on(camp="ilrs", level=None) if one.level != "state"]
    assert others == ["university-of-epsilon"]


def test_a_membership_without_a_day_begins_before_the_document_that_shows_it(world):
    delta = next(one for one in world.camps().memberships if one.actor == "deltaland")
    assert (delta.since.text, delta.dated) == ("2021-06-16/2024-04-30", False)
    assert [delta.on(day) for day in ("2021-01-01", "2022", "2024-04-30")] == [
        Answer.NO,
        Answer.POSSIBLY,
        Answer.YES,
    ]


def test_who_only_agreed_is_never_certain(world):
    beta = next(one for one in world.camps().on(camp="ilrs") if one.actor == "betaland")
    assert (beta.certain, beta.on("2026-01-01")) == (False, Answer.POSSIBLY)


def test_who_did_not_join_is_named_apart(world):
    camps = world.camps()
    assert [(one.actor, one.standing) for one in camps.others] == [("zetaland", "not-joined")]
    assert "zetaland" not in {one.actor for one in camps.memberships}


def test_who_left_is_no_longer_counted_but_was(world):
    eta = next(one for one in world.camps().memberships if one.actor == "etaland")
    assert str(eta) == "Etaland: ilrs, withdrawn, since 2023-06-01"
    assert (eta.on("2024"), eta.on("2025-02-01")) == (Answer.YES, Answer.NO)
    assert eta not in world.camps().on()


def test_which_camp_came_first(world):
    first = {one.actor: one.first for one in world.camps().aligned() if one.camp == "both"}
    assert first == {"gammaland": "ilrs", "betaland": "artemis"}


def test_what_was_known_on_a_day_is_what_had_been_published(world):
    assert world.known_on("2024-04-29").camps().memberships == ()
    known = world.known_on("2024-05-01").camps()
    # That eta had left was not known yet, and no word of its status but the later one was read.
    assert known.tally(camp="artemis") == Tally(3, 3)
    assert [one.actor for one in known.others] == ["etaland", "zetaland"]


def test_over_time(world):
    days = [datetime.date(year, 12, 31) for year in (2020, 2024)]
    counted = dict(world.camps().over_time(days))
    assert [str(counted[day]["artemis"]) for day in days] == ["1", "3"]
    assert [str(counted[day]["ilrs"]) for day in days] == ["0", "3 to 4"]


def test_the_page_shows_members_bodies_and_who_does_not_belong(world):
    page = camps_text(world)
    assert "| Gammaland | `2024-03-10` | 3 | `2023-06-01` | International Lunar" in page
    assert "| Deltaland |  |  | by `2024-04-30` |  |" in page
    assert "| University Of Epsilon | institution | `2024-01-01` | signed |" in page
    assert "| Zetaland | International Lunar Research Station | not-joined |" in page
    assert "on 2026-11-22 the Artemis Accords have 3, the ILRS 2 to 3, both 1 to 2." in page


# --- What binds whom --------------------------------------------------------------------------


def test_what_binds_a_state_and_since_when(world):
    found = [
        (one.agreement, one.force, one.since.text) for one in commitments_of(world, "alphaland")
    ]
    assert found == [
        ("moon-treaty", "binding", "1984-07-11"),
        ("artemis-accords", "political", "2020-10-13"),
        # Its agency signed; the pact's own date counts.
        ("lunar-pact", "political", "2022-01-05"),
        ("alpha-space-act", "own law or policy", "2015"),
    ]


def test_signed_is_not_ratified_and_outside_is_nothing(world):
    beta = {one.agreement: one.force for one in commitments_of(world, "betaland")}
    assert beta["moon-treaty"] == "signed, not ratified"
    assert beta["alpha-space-act"] == "addressed"
    assert "moon-treaty" not in {one.agreement for one in commitments_of(world, "gammaland")}


def test_a_treaty_binds_from_its_force_for_the_state(world):
    moon = next(one for one in commitments_of(world, "etaland") if one.agreement == "moon-treaty")
    assert (moon.on("2012-08-16"), moon.on("2012-08-17")) == (Answer.NO, Answer.YES)


# --- Who said what ----------------------------------------------------------------------------


def test_positions_by_the_country_for_which_somebody_speaks(world):
    found = positions_of(world, ["alphaland", "gammaland"], topic="law")
    assert [(one.id, one.side, one.year) for one in found] == [
        ("a", "alphaland", "2023"),
        ("b", "gammaland", "2023"),
        # Not dated itself: it counts for the year of the document that reports it.
        ("c", "gammaland", "2024"),
    ]
    assert (found[2].date, found[2].reported) == ("", "2024-04-30")
    assert [one.id for one in positions_of(world, ["gammaland"], year=2023)] == ["b"]


def test_where_both_sides_spoke(world):
    found = positions_of(world, ["alphaland", "gammaland"])
    assert common_ground(found) == {("2023", "law"): {"alphaland": 1, "gammaland": 1}}


def test_positions_of_nobody(world):
    with pytest.raises(LunarProgrammesError, match="alphaland"):
        positions_of(world, ["alphalan"])


# --- Profiles and comparisons -----------------------------------------------------------------


def test_what_a_state_brings_to_a_programme(world):
    profile = profile_of(world, "deltaland")
    assert [(one.kind, one.what) for one in profile.to("ilrs", world)] == [
        ("membership", "partner"),
        ("tracking", "A dish."),
        ("instrument", "Lens"),
    ]
    assert profile.to("artemis", world) == []
    assert [one.actor for one in profile.memberships] == ["deltaland"]


def test_programmes_side_by_side(world):
    compared = compare(world, "artemis", "ilrs")
    assert compared["name"] == ("Artemis", "Station")
    assert compared["announced"] == ("2019-05", "2021-06-16")
    assert compared["member states"] == ("3", "2 to 3")
    assert compared["contributions"] == ("", "tracking 1")
    assert compared["foreign instruments"] == ("", "1 (1 country)")
    with pytest.raises(LunarProgrammesError, match="artemis"):
        compare(world, "artemi")


def test_signatures_and_memberships_are_among_the_essential_cells(world):
    found = Completeness(world)
    assert [*found.signatures()] == [
        "artemis-accords:alphaland",
        "artemis-accords:betaland",
        "artemis-accords:gammaland",
    ]
    assert [*found.memberships()] == [
        "ilrs:agency-of-deltaland",
        "ilrs:betaland",
        "ilrs:gammaland",
    ]
    covered = {(one.table, one.field): (one.rows, one.filled) for one in found.essentials()}
    assert covered["parties", "signed"] == (3, 3)
    assert covered["parties", "signed_by"] == (3, 0)
    # No document dates the signature of delta's agency.
    assert covered["partners", "joined"] == (3, 2)
    assert Wanted("partners", "ilrs:agency-of-deltaland", "joined", "") in found.wanted()
