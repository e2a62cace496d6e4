"""The dataset as users meet it: evidence for every cell, past states, search, slips, citations."""

import csv
import datetime
import json
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import pytest

import lunarprogrammes as lp
from lunarprogrammes import tables
from lunarprogrammes.canonical import csv_text
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import (
    InvalidDate,
    LunarProgrammesError,
    NoValue,
    UnknownField,
    UnknownRecord,
    UnknownTable,
)
from lunarprogrammes.evidence import EXISTENCE
from lunarprogrammes.find import closest, find, fold
from lunarprogrammes.slips import slips_of

ALL = tables.all_tables()
FACTS = [name for name in ALL if name != "claims"]
SEEDS = Path(__file__).parents[1] / "seeds"
REPORT = "unnamed-2024-prc-cislunar-report"


# --- Every value can testify ------------------------------------------------------------------


@pytest.mark.parametrize("table", FACTS)
def test_every_filled_cell_answers_why_with_the_value_it_shows(moon, table):
    view, key = moon.table(table), ALL[table].key
    for record, row in zip(view.ids, view.rows(), strict=True):
        existence = moon.why(table, record)
        assert existence.cell.chosen is not None
        contested = set(filter(None, row["contested"].split(";")))
        for name in ALL[table].facts:
            if not row[name] or name in key:
                continue
            evidence = moon.why(table, record, name)
            assert evidence.value == row[name], (table, record, name)
            assert evidence.cell.chosen.value == row[name]
            assert (evidence.verdict == "contested") == (name in contested)
            for claim in evidence.claims:
                assert claim.cell == (table, record, name)
                assert claim.locator
                assert claim.source in evidence.sources


def test_every_claim_answers_why_and_stands_as_the_ledger_says(moon):
    asked = {}
    for row in moon.claims.rows():
        cell = (row["table"], row["record"], row["field"])
        if cell not in asked:
            evidence = moon.why("claims", row["id"])
            asked[cell] = (evidence.verdict, {c.id: s for c, s in evidence.standings})
        verdict, standings = asked[cell]
        assert (verdict, standings[row["id"]]) == (row["verdict"], row["standing"])


@pytest.mark.parametrize("table", FACTS)
def test_empty_cells_rest_on_no_claim_that_affirms_anything(moon, table):
    affirmed = {
        (row["record"], row["field"])
        for row in moon.claims.where(table=table).rows()
        if row["certainty"] != "denied"
    }
    view = moon.table(table)
    empty = {
        (record, name)
        for record, row in zip(view.ids, view.rows(), strict=True)
        for name in ALL[table].facts
        if not row[name]
    }
    left_empty = {
        (row["record"], row["field"])
        for row in moon._edition.rows("decisions")
        if row["table"] == table and not row["value"]
    }
    assert affirmed & empty == left_empty


def test_the_first_question_and_the_next_find_the_same(moon):
    fresh = lp.load(Path(__file__).parents[1] / "datasets")
    first = str(fresh.why("missions", "queqiao-2", "launch_date"))
    assert first == str(fresh.why("missions", "queqiao-2", "launch_date"))
    assert first == str(moon.why("missions", "queqiao-2", "launch_date"))


def test_why_word_for_word(mini_edition):
    def known(day, source, place):
        return lp.Claim.of("missions", "queqiao-2", "arrival_date", day, source, place).id

    chosen = known("2024-03-24", REPORT, "§2.D.1 ¶2")
    supporting = known("2024-03-24", "peoples-daily-2024-queqiao-2-orbit", "¶2")
    rejected = known("2024-03-25", REPORT, "Table 1, Queqiao-2")
    title = "[Report on the cislunar space activities of the People's Republic of China]"
    told = str(lp.load(mini_edition).why("missions", "queqiao-2", "arrival_date"))
    assert told == (
        "missions/queqiao-2: arrival_date = 2024-03-24\n"
        "verdict: contested. Of statements of equal rank, more independent sources agree with this "
        "one.\n"
        "\n"
        f"  chosen: 2024-03-24  [{chosen}]\n"
        f"    {REPORT}: {title} (scholarly)\n"
        "    at §2.D.1 ¶2, published 2024-04\n"
        "    citing Jones 2024d\n"
        "    remark: Table 1, Queqiao-2 has launch 20 March and lunar orbit 25 March: one day "
        "later in both.\n"
        "\n"
        f"  supporting: 2024-03-24  [{supporting}]\n"
        "    peoples-daily-2024-queqiao-2-orbit: China's Queqiao-2 relay satellite enters orbit "
        "around the moon (press)\n"
        "    at ¶2, published 2024-03-26\n"
        "    remark: Braking began at 00:46 Beijing Time on 25 March and put it into orbit around "
        "the Moon 19 minutes later, which is still 24 March in UTC.\n"
        "\n"
        f"  rejected: 2024-03-25  [{rejected}]\n"
        f"    {REPORT}: {title} (scholarly)\n"
        "    at Table 1, Queqiao-2, published 2024-04\n"
        "    citing Jones 2024\n"
        "    remark: 'March 25', the year from the launch date of the same row; §2.D.1 ¶2 has 24 "
        "March; cited without the letter that the text elsewhere uses"
    )


def test_why_tells_of_a_decision_and_of_existence(founding):
    decided = founding.why("agreements", "ilrs-guide-for-partnership", "issuer")
    assert decided.reason.startswith("Decided by the editors on 2026-11-22: One paragraph has ")
    assert decided.value == "cnsa"
    exists = str(founding.why("missions", "change-5")).split("\n")
    assert exists[0] == "missions/change-5: exists"


@pytest.mark.parametrize(
    ("cell", "error", "message"),
    [
        (
            ("missions", "chang-5", "name"),
            UnknownRecord,
            "There is no record 'chang-5' in missions. Did you mean change-5 or ",
        ),
        (
            ("mission", "change-5", "name"),
            UnknownTable,
            "There is no table 'mission'. The tables are actors, ",
        ),
        (
            ("missions", "change-5", "launched"),
            UnknownField,
            "missions has no field 'launched'. Its fields are id, name, programme, ",
        ),
        (
            ("missions", "change-5", "sources"),
            UnknownField,
            "missions.sources is derived and rests on no claim. Its fields are id, ",
        ),
        (
            ("missions", "change-5", "landing_date"),
            NoValue,
            "No source that is heard states landing_date of missions/change-5. Stated are ",
        ),
        (("claims", "aaaaaaaaaaaa"), UnknownRecord, "There is no record 'aaaaaaaaaaaa' in claims."),
    ],
)
def test_why_of_what_is_not_there(founding, cell, error, message):
    with pytest.raises(error) as caught:
        founding.why(*cell)
    assert str(caught.value).startswith(message)


def test_a_past_state_does_not_tell_of_later_fields(founding):
    then = founding.known_on("2023-02-27")
    with pytest.raises(NoValue) as caught:
        then.why("programmes", "ilrs", "lead")
    later = {claim.field for claim in founding.claims.where(table="programmes", record="ilrs")}
    told = set(re.findall(r"\w+", caught.value.expected))
    assert "lead" in later
    assert "lead" not in told
    assert "announced" in told


# --- Known on, and at -------------------------------------------------------------------------

EIGHT = {
    "russia", "azerbaijan", "belarus", "egypt", "pakistan", "south-africa", "thailand", "venezuela",
}  # fmt: skip


def test_the_partners_of_the_station_as_known_in_february_2023(founding):
    ilrs = founding.known_on("2023-02-27").partners.where(programme="ilrs")
    assert ilrs.ids == ("ilrs:china", "ilrs:russia")
    assert {partner.role for partner in ilrs} == {"co-founder"}


def test_a_day_earlier_the_news_was_not_out(founding):
    before = founding.known_on("2023-02-26")
    assert "bloomberg-2023-china-russia-alliance" not in before.sources
    assert "bloomberg-2023-china-russia-alliance" in founding.known_on("2023-02-27").sources


def test_the_partners_of_the_station_as_known_in_april_2024(founding):
    ilrs = founding.known_on("2024-04-30").partners.where(programme="ilrs")
    assert {partner.partner for partner in ilrs if partner.counted_as == "country"} == {
        "china", *EIGHT,
    }  # fmt: skip
    assert ilrs["ilrs:china"].role == "lead"
    assert (ilrs["ilrs:russia"].role, ilrs["ilrs:russia"].status) == ("partner", "signed")
    others = {partner.partner for partner in ilrs if partner.counted_as == "non-governmental"}
    assert others == {"apsco", "iloa"}
    # The university of one bloc's state is a member; its state is not.
    assert "ilrs:united-arab-emirates" not in ilrs
    assert ilrs["ilrs:unnamed-uae-university"].level == "institution"


def test_a_vague_day_counts_to_its_end_and_a_vague_publication_too(founding):
    assert founding.known_on("2024-04").partners.ids == founding.known_on("2024-04-30").partners.ids
    assert REPORT not in founding.known_on("2024-04-29").sources


@pytest.mark.parametrize("day", ["2023-02-27", datetime.date(2023, 2, 27)])
def test_a_day_may_be_given_in_any_form(moon, day):
    assert moon.known_on(day).perspective.known_on == datetime.date(2023, 2, 27)
    at_noon = datetime.datetime(2023, 2, 27, 12, tzinfo=datetime.UTC)
    assert moon.known_on(at_noon).perspective == moon.known_on(day).perspective
    assert moon.known_on(lp.UncertainDate("2023-02-27")).perspective.known_on is not None


@pytest.mark.parametrize("day", ["2023-02-30", "yesterday", "27.02.2023"])
def test_a_wrong_day_is_an_error(moon, day):
    with pytest.raises(InvalidDate, match=re.escape(day)):
        moon.known_on(day)


@pytest.mark.parametrize("day", ["2026/..", "unknown"])
def test_a_day_without_end_is_an_error(moon, day):
    with pytest.raises(LunarProgrammesError) as caught:
        moon.at(day)
    assert str(caught.value) == f"'{day}' has no last day. Expected a day such as 2023-02-27."


def test_who_was_a_partner_on_a_day(founding):
    def on(day, **how):
        return set(founding.at(day, **how).partners.where(programme="ilrs").ids)

    assert on("2020-12-31") == set()
    assert on("2021-12-31") == {"ilrs:china", "ilrs:russia"}
    # The eight are partners for certain on the day of which the report speaks, and perhaps before.
    assert {f"ilrs:{country}" for country in EIGHT} <= on("2024-04-30")
    assert {f"ilrs:{country}" for country in EIGHT - {"russia"}} & on("2024-04-29") == set()
    assert {f"ilrs:{country}" for country in EIGHT - {"russia"}} <= on("2023-06-01", possibly=True)
    # Joined in 2021: on a day of that year perhaps.
    assert "ilrs:russia" not in on("2021-06-30")
    assert "ilrs:russia" in on("2021-06-30", possibly=True)
    assert "ilrs:russia" not in on("2020-12-31", possibly=True)


def test_a_view_may_be_seen_at_a_day_too(founding):
    ilrs = founding.partners.where(programme="ilrs")
    assert ilrs.at("2021-12-31").ids == ("ilrs:china", "ilrs:russia")
    assert set(ilrs.at("2021-12-31").ids) <= set(ilrs.ids)


def test_what_changes_is_as_it_was_and_what_lasts_is_as_we_know(founding):
    before = founding.at("2023-12-31").missions
    assert before["change-6"].planned_launch == lp.UncertainDate("2024")
    assert founding.at("2024-04-30").missions["change-6"].planned_launch == lp.UncertainDate(
        "2024-05"
    )
    assert before["queqiao-2"].launch_date == founding.missions["queqiao-2"].launch_date
    assert before["queqiao-2"].status is None


def test_perspectives_combine_and_leave_the_dataset_as_it_was(moon):
    then = moon.known_on("2023-02-27").at("2022")
    assert then.perspective.known_on == datetime.date(2023, 2, 27)
    assert then.perspective.at == datetime.date(2022, 12, 31)
    assert moon.perspective == lp.load().perspective
    assert repr(then).startswith(
        f"<lunarprogrammes edition {moon.edition}, as known on 2023-02-27, as it was on "
        "2022-12-31: "
    )


def test_known_on_the_last_day_is_everything_again(moon):
    now = moon.known_on("2100-01-01")
    for table in FACTS:
        assert now.table(table).rows() == moon.table(table).rows(), table


def test_the_past_only_grows(moon):
    days = ["2019-01-01", "2021-12-31", "2023-02-27", "2024-04-30", "2026-11-22"]
    worlds = [moon.known_on(day) for day in days]
    for table in FACTS:
        seen = [set(world.table(table).ids) for world in worlds]
        assert all(early <= late for early, late in pairwise(seen)), table


# --- Policies ---------------------------------------------------------------------------------


def test_policies_by_name_and_by_function(founding):
    assert founding.resolved_by("by-field").missions.rows() == founding.missions.rows()
    assert founding.programmes["ilrs"].announced == lp.UncertainDate("2019")
    press = lp.Policy("press", tiers=("press",))
    only = founding.resolved_by(press).programmes["ilrs"]
    assert only.announced == lp.UncertainDate("2021")
    assert REPORT not in only.sources
    assert "bloomberg-2023-china-russia-alliance" in only.sources
    last = founding.resolved_by(lp.Policy("worst", choose=lambda ranked: ranked[-1]))
    assert last.programmes["ilrs"].announced == lp.UncertainDate("2021")
    assert repr(last).split(":")[0].endswith("resolved by worst")


def test_an_unknown_policy(moon):
    with pytest.raises(LunarProgrammesError) as caught:
        moon.resolved_by("officials")
    assert str(caught.value) == (
        "There is no policy 'officials'. There are by-field, official-first, most-recent, majority."
    )


# --- Contradictions ---------------------------------------------------------------------------

# Found by reading the documents and their seeds, not by running the resolver.
BOTH_SIDES = {
    ("missions", "queqiao-2", "launch_date"): {
        ("2024-03-20", "Table 1, Queqiao-2"),
        ("2024-03-19", "§2.D.1 ¶2"),
        ("2024-03-19", "§2.D.1 ¶4"),
    },
    ("missions", "queqiao-2", "arrival_date"): {
        ("2024-03-25", "Table 1, Queqiao-2"),
        ("2024-03-24", "§2.D.1 ¶2"),
    },
    ("missions", "change-4", "launch_date"): {
        ("2018-12-07", "Table 1, Chang'e-4"),
        ("2019-01", "§2.A ¶1"),
    },
    ("programmes", "ilrs", "announced"): {("2019", "§2.C ¶1"), ("2021", "¶3")},
    ("agreements", "ilrs-guide-for-partnership", "issuer"): {
        ("cnsa", "§2.C ¶1"),
        ("roscosmos", "§2.C ¶1"),
        ("china", "§2.C ¶2"),
    },
    ("partners", "ilrs:russia", "role"): {
        ("partner", "§2.C ¶4"),
        ("co-founder", "¶8"),
        ("junior-partner", "¶3"),
    },
}


@pytest.mark.parametrize("cell", BOTH_SIDES)
def test_contested_cells_show_both_sides_with_their_places(founding, cell):
    found = {(one.table, one.record, one.field): one for one in founding.contested()}
    said = {(claim.value, claim.locator) for claim in found[cell].claims}
    assert BOTH_SIDES[cell] <= said


def test_contested_cells_are_those_where_the_seeds_differ_and_are_dated_facts(moon):
    """Exact days that differ, found in the seeds without the package, are all contested."""
    said = defaultdict(set)
    for path in sorted(SEEDS.glob("*/*.csv")):
        table = ALL[path.stem]
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for name, text in row.items():
                    dated = name in table.facts and table.facts[name].kind == "date"
                    rule = table.facts[name].rule if dated else ""
                    if re.fullmatch(r"\d{4}-\d\d-\d\d", text or "") and rule == "authority":
                        record = ":".join(row[part] for part in table.key)
                        said[path.stem, record, name].add(text)
    differing = {cell for cell, days in said.items() if len(days) > 1}
    contested = {(one.table, one.record, one.field) for one in moon.contested()}
    assert ("missions", "queqiao-2", "launch_date") in differing
    assert differing <= contested


def test_contested_is_what_the_rows_say(moon):
    listed = {
        (table, record, name)
        for table in FACTS
        for record, row in zip(moon.table(table).ids, moon.table(table).rows(), strict=True)
        for name in row["contested"].split(";")
        if name
    }
    assert {(one.table, one.record, one.field) for one in moon.contested()} == listed
    assert {(one.table, one.record) for one in moon.contested("partners")} == {
        (table, record) for table, record, _ in listed if table == "partners"
    }


def test_superseded_cells_were_replaced_and_not_contradicted(moon, founding):
    found = moon.superseded()
    assert ("missions", "artemis-crewed-landing", "planned_landing") in {
        (one.table, one.record, one.field) for one in founding.superseded()
    }
    for one in found:
        standings = {standing for _, standing in one.standings}
        assert "superseded" in standings
        assert "rejected" not in standings


def test_contested_of_an_unknown_table(moon):
    with pytest.raises(UnknownTable):
        moon.contested("mission")


def test_contradictions_pair_records_that_both_exist(moon):
    pairs = moon.contradictions()
    stated = [
        (table, record, row["contradicts"])
        for table in FACTS
        if "contradicts" in ALL[table].fields
        for record, row in zip(moon.table(table).ids, moon.table(table).rows(), strict=True)
        if row["contradicts"]
    ]
    found = [
        (pair.one.table, pair.one.record, f"{pair.other.table}/{pair.other.record}")
        for pair in pairs
    ]
    assert sorted(found) == sorted(stated)
    assert len(found) > 20
    for pair in pairs:
        assert pair.verdict in {"contested", "superseded"}
        for side in (pair.one, pair.other):
            assert side.record in moon.table(side.table)
            assert side.claims
            assert all(claim.locator for claim in side.claims)
            assert side.says


def test_contradictions_of_two_times_are_superseded(moon):
    for pair in moon.contradictions():
        spans = []
        for side in (pair.one, pair.other):
            dates = [moon._court.statement_date(claim) for claim in side.claims]
            if all(date and date.lower and date.upper for date in dates):
                spans.append((min(d.lower for d in dates), max(d.upper for d in dates)))
        apart = len(spans) == 2 and (spans[0][1] < spans[1][0] or spans[1][1] < spans[0][0])
        assert (pair.verdict == "superseded") == apart, str(pair)


def test_a_past_state_has_only_the_contradictions_of_its_time(founding):
    then = founding.known_on("2023-02-27").contradictions()
    assert len(then) < len(founding.contradictions())
    assert REPORT not in {
        claim.source for pair in then for side in (pair.one, pair.other) for claim in side.claims
    }


# --- Slips ------------------------------------------------------------------------------------


def test_slips_in_the_order_of_the_statements(founding):
    slips = founding.slips("change-6")
    assert repr(slips) == "<Slips of missions/change-6: 2 statement(s)>"
    first, then = slips.statements
    assert (first.said.text, first.planned.text, first.moved) == ("2023-04-23", "2024", None)
    assert (then.said.text, then.planned.text) == ("2024-04", "2024-05")
    # May 2024 says more sharply what 2024 said: the plan has not moved.
    assert then.moved is None
    assert slips.happened == {}


def test_slips_tell_the_date_in_fact(founding):
    slips = founding.slips("change-5")
    assert str(slips) == (
        "missions/change-5: 1 dated statement(s) of its plan\n"
        f"  ../2017: planned_launch 2017 ({REPORT}, Table 1, Chang'e-5-T1)\n"
        "  in fact: planned_launch 2020-11-23"
    )


def test_slips_of_a_past_state_and_of_other_tables(founding):
    assert len(founding.slips("china-crewed-lunar-mission")) == 2
    assert len(founding.known_on("2023-02-27").slips("china-crewed-lunar-mission")) == 1
    of_programme = founding.slips("programmes/ilrs-construction")
    assert of_programme.table == "programmes"
    assert {one.field for one in of_programme.statements} <= {"planned_start", "planned_end"}
    assert len(of_programme) > 0


def test_slips_keep_fields_apart_and_skip_denials():
    claims = [
        lp.Claim.of("missions", "x", field, value, "a", f"p. {place}", as_of, certainty)
        for place, (field, value, as_of, certainty) in enumerate(
            [
                ("planned_launch", "2026", "2024", ""),
                ("planned_launch", "2025", "2023", ""),
                ("planned_launch", "2030", "2025", "denied"),
                ("planned_launch", "unknown", "2025", ""),
                ("planned_landing", "2027", "2022", ""),
            ]
        )
    ]
    from lunarprogrammes.evidence import Witness
    from lunarprogrammes.evidence.witnesses import Witnesses

    witnesses = Witnesses({"a": Witness("a", "press", "2020")})
    slips = slips_of("missions", "x", claims, witnesses, {"a": "The Paper"}, {})
    assert [(one.field, one.planned.text, one.moved is None) for one in slips.statements] == [
        ("planned_landing", "2027", True),
        ("planned_launch", "2025", True),
        ("planned_launch", "2026", False),
        ("planned_launch", "unknown", True),
    ]


def test_slips_of_nothing(founding):
    assert len(founding.slips("change-1")) == 0
    with pytest.raises(UnknownRecord, match="Did you mean change-6"):
        founding.slips("chang-6")
    with pytest.raises(UnknownTable):
        founding.slips("mission/change-6")


# --- Find -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("Chang'e 5", "missions/change-5"),
        ("Chang’e-5", "missions/change-5"),
        ("CHANGE 5", "missions/change-5"),
        ("chnage-5", "missions/change-5"),
        ("change-5", "missions/change-5"),
        ("嫦娥三号", "missions/change-3"),
        ("嫦娥", "missions/change-3"),
        ("Rumker", "places/mons-rumker"),
        ("Mons Rümker", "places/mons-rumker"),
        ("CLEP", "programmes/clep"),
        ("Internation Lunar Reserch Station", "programmes/ilrs"),
        ("china national space administration", "actors/cnsa"),
        ("Artemis Acords", "agreements/artemis-accords"),
    ],
)
def test_find_in_any_script_and_with_typing_errors(founding, text, record):
    best = founding.find(text)[0]
    assert f"{best.table}/{best.record}" == record


def test_find_ranks_the_same_before_the_beginning_before_the_part(moon):
    found = moon.find("artemis", limit=50)
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)
    same = [match.record for match in found if fold(match.matched) == "artemis"]
    assert "artemis" in same
    assert same == [match.record for match in found[: len(same)]]
    begins = [fold(match.matched).startswith("artemis") for match in found]
    assert begins == sorted(begins, reverse=True)


def test_find_says_by_which_name(founding):
    best = founding.find("嫦娥三号")[0]
    assert str(best) == "missions/change-3: Chang'e 3 (as 嫦娥三号)"
    assert str(founding.find("Mons Rümker")[0]) == "places/mons-rumker: Mons Rümker"
    assert founding.find("Chinese Lunar Exploration Program")[0].matched == (
        "Chinese Lunar Exploration Program"
    )


def test_find_names_a_record_once_and_obeys_its_limit(moon):
    found = moon.find("a", limit=1000)
    named = [(match.table, match.record) for match in found]
    assert len(named) == len(set(named)) > 100
    assert moon.find("a", limit=3) == found[:3]
    assert moon.find("a", limit=0) == moon.find("a", limit=-1) == []


@pytest.mark.parametrize("text", ["", "  ", "’-'", "qqqqqqqqqqqq", "\u0301"])
def test_find_nothing(moon, text):
    assert moon.find(text) == []


def lost_names(dataset, names):
    """Those of some names by which their records are not among the first ten found."""
    return [
        name
        for record, name in names
        if fold(name)
        and record not in {f"{one.table}/{one.record}" for one in dataset.find(name, limit=10)}
    ]


def test_every_name_of_the_founding_edition_finds_its_record(founding):
    names = [(row["record"], row["name"]) for row in founding.names.rows()]
    assert lost_names(founding, names) == []


def test_a_name_in_the_edition_finds_its_record(moon):
    # To find one of a thousand names among 7,000 takes 0.15 s: one in twenty is tried, and which
    # ones is decided by the names themselves.
    names = [(row["record"], row["name"]) for row in moon.names.rows()]
    sample = [one for one in names if crc32(one[1].encode()) % 20 == 0]
    assert len(sample) > 30
    assert lost_names(moon, sample) == []


def test_a_past_state_finds_what_was_known_and_as_many(moon):
    then = moon.known_on("2023-02-27")
    found = then.find("china", limit=5)
    assert len(found) == 5
    assert all(match.record in then.table(match.table) for match in found)


def test_suggestions():
    assert closest(["missions", "partners"], "mission") == ["missions"]
    assert closest(["missions"], "qqq") == []
    assert closest(["missions"], "???") == []
    # Two letters that changed places spoil every pair of a short word.
    assert closest(["ilrs", "iloa", "csu"], "irls")[0] == "ilrs"
    assert find(Edition.open(), "Chnage 6")[0].record == "change-6"


# --- Locate and cite --------------------------------------------------------------------------


def test_a_record_is_located_by_id_or_by_table_and_id(founding):
    assert founding.locate("change-5") == ("missions", "change-5")
    assert founding.locate("ilrs:russia") == ("partners", "ilrs:russia")
    assert founding.locate("spacecraft/queqiao-2") == ("spacecraft", "queqiao-2")
    # Missions first; but only a table that has the field.
    assert founding.locate("queqiao-2") == ("missions", "queqiao-2")
    assert founding.locate("queqiao-2", "orbit") == ("spacecraft", "queqiao-2")
    name = founding.names.ids[0]
    assert founding.locate(f"names/{name}") == ("names", name)


def test_a_record_that_is_nowhere_gets_suggestions(founding):
    with pytest.raises(UnknownRecord) as caught:
        founding.locate("chang-e-5")
    assert str(caught.value).startswith(
        "No table has a record 'chang-e-5'. Did you mean missions/change-5 or "
    )
    with pytest.raises(UnknownRecord, match="with a field 'orbit'"):
        founding.locate("change-99", "orbit")


def test_cite_as_text(founding):
    assert founding.cite("change-5", "sample_mass_g") == (
        "missions/change-5 sample_mass_g: 1731 (single). Source: “[Report on the cislunar space "
        "activities of the People's Republic of China]”, [content of 2024-04], Table 1, Chang'e-5. "
        f"In: lunarprogrammes, edition {founding.edition}, claim 54ehyitmpe67."
    )
    assert "“China-Russia Space Alliance Stumbles in Bid to Surpass US”, Bloomberg, 2023-02-27" in (
        founding.cite("ilrs:russia", "joined")
    )


def bibtex(text):
    """A small strict reader of BibTeX: entries with their type, key and braced fields."""
    found = {}
    for kind, key, body in re.findall(r"@(\w+)\{([^,\s]+),\n(.*?)\n\}", text, re.DOTALL):
        fields = {}
        for line in body.split("\n"):
            name, value = re.fullmatch(r"  (\w+) = \{(.*)\},", line).groups()
            assert value.count("{") == value.count("}")
            assert not re.search(r"(?<!\\)[%&#$]", value) or name == "url"
            fields[name] = value
        found[key] = (kind, fields)
    return found


def test_cite_as_bibtex(founding):
    entries = bibtex(founding.cite("ilrs:russia", "joined", style="bibtex"))
    source, dataset = entries
    assert source == "bloomberg-2023-china-russia-alliance"
    kind, fields = entries[source]
    assert kind == "article"
    assert (fields["year"], fields["journal"]) == ("2023", "Bloomberg")
    assert fields["note"].startswith("¶")
    kind, fields = entries[dataset]
    assert (kind, fields["year"]) == ("misc", "2026")
    assert "partners/ilrs:russia joined: 2021" in fields["note"]


def test_cite_as_csl_json(founding):
    source, dataset = json.loads(founding.cite("change-5", "sample_mass_g", style="csl-json"))
    assert (source["id"], source["type"]) == (REPORT, "report")
    assert source["issued"] == {"date-parts": [[2024, 4]]}
    assert source["locator"].startswith(("Table 1, Chang'e-5", "§2.A"))
    assert dataset["type"] == "dataset"
    assert dataset["version"] == founding.edition
    assert dataset["id"].removeprefix("lunarprogrammes-") in founding.claims


def test_every_source_can_be_cited_in_every_style(moon):
    for record in moon.sources.ids:
        source, _ = json.loads(moon.cite(f"sources/{record}", "title", style="csl-json"))
        assert source["title"] == moon.sources[record].title
        assert record in bibtex(moon.cite(f"sources/{record}", "title", style="bibtex"))
        assert moon.sources[record].title in moon.cite(f"sources/{record}", "title")


def test_cite_what_cannot_be_cited(founding):
    with pytest.raises(LunarProgrammesError) as caught:
        founding.cite("change-5", "sample_mass_g", style="apa")
    assert str(caught.value) == (
        "'apa' is not a citation style. Expected one of: text, bibtex, csl-json."
    )
    with pytest.raises(NoValue):
        founding.cite("change-5", "landing_date")


def test_a_denied_cell_cannot_be_cited(mini_seeds, tmp_path):
    from lunarprogrammes.build import build

    path = mini_seeds / REPORT / "missions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{**row, "landing_date": ""} for row in csv.DictReader(file)]
    rows.append({**dict.fromkeys(rows[0], ""), "id": "queqiao-2", "landing_date": "2024"})
    rows[-1].update(locator="§9", certainty="denied")
    path.write_text(csv_text([*rows[0]], rows), encoding="utf-8")
    build(mini_seeds, tmp_path / "datasets", tmp_path / "schemas")
    denied = lp.load(tmp_path / "datasets")
    assert denied.missions["queqiao-2"].landing_date is None
    evidence = denied.why("missions", "queqiao-2", "landing_date")
    assert evidence.reason == "Every source that speaks denies it, so the cell stays empty."
    assert "supporting: 2024 (denied)" in str(evidence)
    with pytest.raises(LunarProgrammesError, match="Nothing is stated here that could be cited"):
        denied.cite("queqiao-2", "landing_date")


# --- Looks ------------------------------------------------------------------------------------


def test_reprs_word_for_word(mini_edition):
    mini = lp.load(mini_edition)
    assert (
        repr(mini) == "<lunarprogrammes edition 2026.11.22: 1 missions, 0 programmes, 109 claims>"
    )
    assert repr(mini.missions) == "<1 missions: queqiao-2>"
    assert repr(mini.actors) == "<4 actors: china, cnsa, roscosmos, russia>"
    assert repr(mini.programmes) == "<0 programmes: >"
    assert repr(mini.why("missions", "queqiao-2", "launch_date")) == (
        "<Evidence missions queqiao-2 launch_date: 2024-03-20T00:31Z (contested, 5 claim(s))>"
    )
    assert repr(mini.slips("queqiao-2")) == "<Slips of missions/queqiao-2: 0 statement(s)>"
    assert repr(mini.places["wenchang"]) == (
        "Place(id='wenchang', name='Wenchang Space Launch Site', body='earth', kind='launch-site', "
        "country='china', sources=('shine-2024-queqiao-2-launch',))"
    )


def test_the_overview_in_html(moon):
    shown = moon._repr_html_()
    for table in ALL:
        assert f"<td>{table}</td><td>{len(moon.table(table))}</td>" in shown
    assert shown.count("<table>") == shown.count("</table>") == 1
    assert f"<b>lunarprogrammes edition {moon.edition}: " in shown


def test_every_table_is_an_attribute(moon):
    for table in ALL:
        assert getattr(moon, table).table is ALL[table]
    assert Dataset.missions.name == "missions"
    with pytest.raises(AttributeError):
        _ = moon.mission


def test_the_public_surface():
    import lunarprogrammes

    for name in lunarprogrammes.__all__:
        assert getattr(lunarprogrammes, name) is not None
    assert set(lunarprogrammes.__all__) < set(dir(lunarprogrammes))
    with pytest.raises(AttributeError, match="lunarprogrammes has no public name 'Loda'"):
        _ = lunarprogrammes.Loda
    assert EXISTENCE == "*"


# --- Where tiers disagree ---------------------------------------------------------------------


def test_cells_on_which_one_tier_contradicts_another(founding):
    found = founding.contested(between=("scholarly", "press"))
    everywhere = founding.contested()
    assert 0 < len(found) < len(everywhere)
    for one in found:
        tiers = {standing in {"chosen", "supporting"}: set[str]() for _, standing in one.standings}
        for claim, standing in one.standings:
            tiers[standing in {"chosen", "supporting"}].add(one.sources[claim.source]["tier"])
        assert ("scholarly" in tiers[True] and "press" in tiers[False]) or (
            "press" in tiers[True] and "scholarly" in tiers[False]
        )
    swapped = founding.contested(between=("press", "scholarly"))
    assert [repr(one) for one in swapped] == [repr(one) for one in found]
    with pytest.raises(lp.LunarProgrammesError, match="There is no tier 'pres'"):
        founding.contested(between=("pres", "official"))


# --- How fast plans move ----------------------------------------------------------------------


def _watched(*told, happened=""):
    """The slips of a mission from (said, planned) pairs, each from its own source."""
    from lunarprogrammes.evidence import Witness
    from lunarprogrammes.evidence.witnesses import Witnesses

    names = [f"paper-{place}" for place in range(len(told))]
    claims = [
        lp.Claim.of("missions", "x", "planned_launch", planned, name, "p. 1", said, "planned")
        for name, (said, planned) in zip(names, told, strict=True)
    ]
    witnesses = Witnesses({name: Witness(name, "press", "", undated=True) for name in names})
    return slips_of("missions", "x", claims, witnesses, {}, {"launch_date": happened})


def test_mean_slip_from_the_first_plan_to_the_last():
    # In four years of 365.25 days the plan moved from a day of 2024 to that of 2026: 731 days.
    drift = _watched(("2020-01-01", "2024-05-01"), ("2024-01-01", "2026-05-02")).drift(
        "planned_launch"
    )
    assert (drift.statements, drift.in_fact) == (2, False)
    assert str(drift.moved) == "731 days"
    assert drift.per_year == pytest.approx(731 / 4)
    assert drift.least == drift.most == drift.per_year


def test_mean_slip_against_what_happened_and_with_vague_dates():
    # From some day of 2024 to 31 December 2025: by 365 to 730 days, watched for exactly one year.
    drift = _watched(("2024-12-31", "2024"), happened="2025-12-31").drift("planned_launch")
    assert (drift.in_fact, str(drift.moved)) == (True, "between 365 and 730 days")
    assert (drift.least, drift.most) == (pytest.approx(365.25), pytest.approx(730.5))


def test_what_is_not_measured():
    assert (
        _watched(("2024-01-01", "2024-03"), ("2024-04-01", "2025")).drift("planned_launch") is None
    )
    assert _watched(("2020", "2024/.."), ("2024", "2026/..")).drift("planned_launch") is None
    assert _watched(("", "2024"), ("", "2026")).drift("planned_launch") is None


def test_a_plan_told_again_has_not_moved():
    told = _watched(("2020", "2024"), ("2021", "2024-05"), ("2022", "2024"), ("2023", "2025"))
    assert [str(one.moved) if one.moved else "" for one in told.statements] == [
        "",
        "",
        "",
        # From a day of May 2024, the sharpest that was told, to a day of 2025.
        "between 215 and 609 days",
    ]


def test_a_deadline_moves_by_its_end_and_an_earliest_day_by_its_beginning():
    told = _watched(("2020", "../2025"), ("2022", "../2028"), ("2023", "../2028"))
    # From the end of 2025 to the end of 2028: three years, one of them a leap year.
    assert [str(one.moved or "") for one in told.statements] == ["", "1096 days", ""]
    told = _watched(("2020", "2026/.."), ("2022", "2025/.."))
    assert [str(one.moved or "") for one in told.statements] == ["", "-365 days"]


def test_drifts_of_a_programme_take_in_its_parts(moon):
    from lunarprogrammes.slips import drifts, means

    found = dict(drifts(moon, "clep"))
    assert found.keys() <= set(moon.missions.where(programme="clep").ids)
    told = means(moon, found)
    assert told["clep"].missions == len(found)
    assert told["clep"].smallest <= told["clep"].per_year <= told["clep"].greatest
