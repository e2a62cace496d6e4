"""The resolver: criteria, verdicts and standings by hand, laws by hypothesis, SQL as oracle."""

import datetime
import random
import sqlite3
from itertools import groupby

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lunarprogrammes import tables
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.evidence import EDITORS, EXISTENCE, Claim, Decision, Witness
from lunarprogrammes.evidence.witnesses import TIERS, Witnesses
from lunarprogrammes.ranking import CRITERIA, compatible
from lunarprogrammes.resolve import (
    POLICIES,
    Court,
    Policy,
    lineage_of,
    resolve,
    resolve_cell,
)
from lunarprogrammes.rows import row_of
from lunarprogrammes.why import Evidence

# Two of most tiers, so that equals can meet; `agency` is official and the oldest.
WITNESSES = {
    "agency": Witness("agency", "official", "2019-05-01"),
    "agency-late": Witness("agency-late", "official", "2023-05-01"),
    "journal": Witness("journal", "scholarly", "2021-03-10"),
    "journal-late": Witness("journal-late", "scholarly", "2024-04"),
    "catalogue": Witness("catalogue", "reference", "2022-01-01"),
    "paper": Witness("paper", "press", "2023-02-27"),
    "paper-b": Witness("paper-b", "press", "2023-02-27"),
    "paper-copy": Witness("paper-copy", "press", "2023-03-01", "paper-b"),
    "blog": Witness("blog", "community", "2026-11-22", "", undated=True),
    EDITORS: Witness(EDITORS, "editors", ""),
}


def court(**options):
    return Court(Witnesses(WITNESSES), **options)


def claims_of(table, field, *said):
    """Claims on one cell, each as (value, source) with as_of and certainty where they matter."""
    made = []
    for place, (value, source, *more) in enumerate(said, 1):
        evidence = more[0] if more else {}
        made.append(Claim.of(table, "x", field, value, source, f"p. {place}", **evidence))
    return sorted(made)


def judge(field, *said, table="missions", **options):
    """Resolve one cell of hand-made claims."""
    made = claims_of(table, field, *said)
    return resolve_cell(made, tables.get(table).fields.get(field), court(**options))


def standings(cell):
    return {(claim.value, claim.source): standing for claim, standing in cell.standings}


def told(cell):
    """Value, verdict and reason."""
    return cell.value, cell.verdict, cell.reason


DENIED = {"certainty": "denied"}


# --- Verdicts ---------------------------------------------------------------------------------


def test_single():
    cell = judge("launch_date", ("2020-11-23", "paper"))
    assert told(cell) == ("2020-11-23", "single", "only")
    assert standings(cell) == {("2020-11-23", "paper"): "chosen"}


def test_single_where_one_source_says_it_twice():
    cell = judge("launch_date", ("2020-11-23", "paper"), ("2020-11", "paper"))
    assert told(cell) == ("2020-11-23", "single", "only")


def test_agreed_where_two_sources_are_compatible():
    cell = judge("launch_date", ("2020-11", "agency"), ("2020-11-23", "agency-late"))
    assert told(cell) == ("2020-11-23", "agreed", "only")
    assert standings(cell) == {
        ("2020-11-23", "agency-late"): "chosen",
        ("2020-11", "agency"): "supporting",
    }


def test_a_copy_is_no_second_witness():
    cell = judge("launch_date", ("2020", "paper-b"), ("2020", "paper-copy"))
    assert cell.verdict == "single"
    independent = judge("launch_date", ("2020", "paper-b"), ("2020", "paper"))
    assert independent.verdict == "agreed"


def test_superseded_where_a_later_statement_replaces_a_plan():
    cell = judge("planned_launch", ("2024", "journal"), ("2025", "paper"))
    assert told(cell) == ("2025", "superseded", "recency")
    assert standings(cell)["2024", "journal"] == "superseded"


def test_contested_where_sources_differ_on_a_fact():
    cell = judge("launch_date", ("2024-03-19", "paper"), ("2024-03-20", "journal"))
    assert told(cell) == ("2024-03-20", "contested", "tier")
    assert standings(cell)["2024-03-19", "paper"] == "rejected"


def test_a_fact_that_a_later_source_corrects_is_contested_and_not_superseded():
    cell = judge("launch_date", ("2024-03-19", "journal"), ("2024-03-20", "journal-late"))
    assert told(cell) == ("2024-03-20", "contested", "recency")


def test_a_plan_of_an_overlapping_time_is_contested():
    # Both statements may be of the same day: neither is certainly the older.
    cell = judge("planned_launch", ("2025", "journal-late"), ("2026", "paper", {"as_of": "2024"}))
    assert told(cell) == ("2026", "contested", "recency")


def test_one_older_and_one_simultaneous_rival_make_it_contested():
    cell = judge("planned_launch", ("2024", "journal"), ("2025", "paper"), ("2026", "paper-b"))
    assert cell.verdict == "contested"
    assert sorted(standings(cell).values()) == ["chosen", "rejected", "superseded"]


def test_denied_where_nobody_affirms():
    cell = judge("landing_date", ("2023", "paper", DENIED), ("2024", "journal", DENIED))
    assert told(cell) == ("", "denied", "only")
    assert cell.chosen is None
    assert set(standings(cell).values()) == {"supporting"}


def test_a_denial_of_what_is_chosen_contests_it():
    cell = judge("launch_date", ("2024", "paper"), ("2024", "journal", DENIED))
    assert told(cell) == ("2024", "contested", "only")
    assert standings(cell)["2024", "journal"] == "rejected"


def test_a_denial_is_never_chosen_however_good_its_source():
    cell = judge("launch_date", ("2024", "blog"), ("2023", "agency-late", DENIED))
    assert cell.chosen.source == "blog"


def test_a_denial_of_another_value_supports():
    cell = judge("launch_date", ("2024", "paper"), ("2023", "journal", DENIED))
    assert told(cell) == ("2024", "agreed", "only")
    assert Evidence("missions", cell, "x", {}).reason == "All sources that speak are compatible."


def test_an_older_denial_of_a_status_is_superseded():
    cell = judge("status", ("operating", "paper"), ("operating", "agency", DENIED))
    assert told(cell) == ("operating", "superseded", "only")


def test_nothing_heard_is_no_cell():
    assert judge("launch_date", ("2024", "paper"), known_on=datetime.date(2020, 1, 1)) is None


# --- Criteria, each where all before it are equal ---------------------------------------------


def test_known_goes_before_unknown_even_of_a_better_source():
    cell = judge("launch_date", ("unknown", "agency"), ("2024", "blog"))
    assert told(cell) == ("2024", "contested", "known")


def test_unknown_stands_where_nobody_knows():
    cell = judge("sample_mass_g", ("unknown", "agency"), ("unknown", "paper"))
    assert told(cell) == ("unknown", "agreed", "only")


def test_a_later_unknown_replaces_an_older_plan():
    cell = judge("planned_launch", ("2024", "journal"), ("unknown", "paper"))
    assert told(cell) == ("unknown", "superseded", "recency")


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("agency", "journal"),
        ("journal", "catalogue"),
        ("catalogue", "paper"),
        ("paper", "blog"),
        ("blog", EDITORS),
    ],
)
def test_the_tiers_in_order(better, worse):
    cell = judge("cospar_id", ("2020-002A", worse), ("2020-001A", better))
    assert told(cell) == ("2020-001A", "contested", "tier")


def test_as_of_goes_before_the_date_of_the_source():
    cell = judge("outcome", ("success", "paper", {"as_of": "2020"}), ("failure", "paper-b"))
    assert told(cell) == ("failure", "contested", "recency")
    cell = judge("outcome", ("success", "paper", {"as_of": "2024"}), ("failure", "paper-b"))
    assert told(cell) == ("success", "contested", "recency")


def test_a_vague_statement_date_counts_from_its_end():
    late = {"as_of": "2024"}
    cell = judge("outcome", ("success", "paper", {"as_of": "2024-06"}), ("failure", "paper", late))
    assert told(cell) == ("failure", "contested", "recency")


def test_an_undated_source_is_never_the_latest():
    # The blog was read in 2026, but may be of any age: it does not outdate the paper of 2023.
    cell = judge("status", ("planned", "blog"), ("operating", "paper"))
    assert told(cell) == ("operating", "contested", "recency")
    assert standings(cell)["planned", "blog"] == "rejected"


def test_an_open_statement_date_is_never_the_latest():
    cell = judge("status", ("planned", "paper", {"as_of": "2023/.."}), ("operating", "agency"))
    assert cell.value == "operating"


def test_the_editors_word_is_timeless():
    cell = judge("mission_type", ("relay", EDITORS), ("orbiter", "paper"))
    assert told(cell) == ("orbiter", "contested", "tier")
    early = datetime.date(1990, 1, 1)
    assert judge("mission_type", ("relay", EDITORS), known_on=early).value == "relay"
    assert judge("mission_type", ("relay", EDITORS), at=early).value == "relay"


def test_a_dated_word_of_the_editors_waits_for_its_date():
    said = ("success", EDITORS, {"as_of": "2024-04"})
    assert judge("outcome", said, known_on=datetime.date(2024, 4, 29)) is None
    assert judge("outcome", said, known_on=datetime.date(2024, 4, 30)).value == "success"


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [("stated", "reported"), ("planned", "estimated"), ("reported", "opinion")],
)
def test_certainty_decides_between_equals(stronger, weaker):
    cell = judge(
        "outcome",
        ("failure", "paper", {"certainty": weaker}),
        ("success", "paper-b", {"certainty": stronger}),
    )
    assert told(cell) == ("success", "contested", "certainty")


@pytest.mark.parametrize(
    ("field", "vague", "precise"),
    [
        ("launch_date", "2019-01", "2018-12-07"),
        ("launch_date", "2019~", "2016"),
        ("sample_mass_g", ">1000", "500"),
        ("sample_mass_g", "~1731", "2000"),
        ("sample_mass_g", "100/200", "300/350"),
    ],
)
def test_precision_decides_between_equals(field, vague, precise):
    cell = judge(field, (vague, "paper"), (precise, "paper-b"))
    assert told(cell) == (precise, "contested", "precision")


def test_witnesses_decide_between_equals_and_copies_do_not_count():
    said = [("2024-03-19", "paper"), ("2024-03-20", "paper-b"), ("2024-03-20", "blog")]
    assert told(judge("launch_date", *said)) == ("2024-03-20", "contested", "witnesses")
    said = [("2024-03-19", "paper"), ("2024-03-20", "paper-b"), ("2024-03-20", "paper-copy")]
    # The copy is later, but by the date of the source alone; give all one date.
    dated = [(value, source, {"as_of": "2023"}) for value, source in said]
    assert told(judge("launch_date", *dated)) == ("2024-03-19", "contested", "source")


def test_denials_are_no_witnesses_of_what_they_deny():
    # Two affirm one value each, a third denies the second: only the source id tells them apart.
    cell = judge(
        "cospar_id",
        ("2020-001A", "paper"),
        ("2020-002A", "paper-b"),
        ("2020-002A", "journal", DENIED),
    )
    assert told(cell) == ("2020-001A", "contested", "source")


def test_the_claim_id_decides_in_the_end():
    cell = judge("launch_date", ("2024-03-19", "paper"), ("2024-03-20", "paper"))
    assert cell.reason == "id"
    assert cell.chosen.id == min(claim.id for claim, _ in cell.standings)


def test_every_reason_has_its_sentence():
    from lunarprogrammes.why import _REASONS

    assert set(_REASONS) == {name for names in CRITERIA.values() for name in names} | {"policy"}


# --- Compatible claims ------------------------------------------------------------------------


def test_a_more_precise_date_of_the_same_tier_refines_the_leader():
    cell = judge("launch_date", ("2020", "journal-late"), ("2020-11-23", "journal"))
    assert told(cell) == ("2020-11-23", "agreed", "only")


def test_the_press_refines_what_is_better_where_nothing_is_said_against_it():
    cell = judge("launch_date", ("2020-11", "journal"), ("2020-11-23", "paper"))
    assert told(cell) == ("2020-11-23", "agreed", "only")


def test_the_press_does_not_refine_where_it_contradicts_itself():
    days = ("2020-11-23", "paper"), ("2020-11-24", "paper-b")
    cell = judge("launch_date", ("2020-11", "journal"), *days)
    assert told(cell) == ("2020-11", "agreed", "only")


def test_blogs_never_refine_what_is_better():
    cell = judge("launch_date", ("2020-11", "paper"), ("2020-11-23", "blog"))
    assert told(cell) == ("2020-11", "agreed", "only")


@pytest.mark.parametrize(
    ("vague", "precise"),
    [("2007", "2007-10-24"), ("2007-10-24", "2007-10-24T10:05Z"), ("2007-10", "2007-10-24")],
)
def test_a_catalogue_refines_an_agency(vague, precise):
    cell = judge("launch_date", (vague, "agency"), (precise, "catalogue"))
    assert told(cell) == (precise, "agreed", "only")


def test_a_refined_choice_shows_who_contradicts_it():
    # Both hours suit the agency's day; that they do not suit each other must not stay hidden.
    hours = ("2007-10-24T10:05Z", "journal"), ("2007-10-24T11:00Z", "catalogue")
    cell = judge("launch_date", ("2007-10-24", "agency"), *hours)
    assert (cell.value, cell.verdict) == ("2007-10-24T10:05Z", "contested")


def test_a_weaker_certainty_never_refines():
    weak = {"certainty": "reported"}
    cell = judge("launch_date", ("2020-11", "paper"), ("2020-11-23", "paper-b", weak))
    assert cell.value == "2020-11"


def test_a_plan_is_not_refined_by_an_older_plan():
    cell = judge("planned_launch", ("2026", "paper"), ("2026-05", "journal"))
    assert told(cell) == ("2026", "agreed", "only")


def test_a_refined_choice_is_not_called_the_latest():
    # The latest leads with a year; an older equal sharpens it, but outranks no rival itself.
    cell = judge(
        "launch_date",
        ("2020", "agency-late"),
        ("2020-11-23", "agency", {"as_of": "2019"}),
        ("2021", "agency", {"as_of": "2022"}),
    )
    assert told(cell) == ("2020-11-23", "contested", "precision")


def test_compatible_figures_agree():
    cell = judge("sample_mass_g", ("~2000", "paper"), ("1935.3", "paper-b"))
    assert told(cell) == ("1935.3", "agreed", "only")
    assert judge("sample_mass_g", (">800", "paper"), ("700", "paper-b")).verdict == "contested"


def test_references_up_and_down_a_hierarchy_agree_and_the_part_is_shown():
    lineage = {"programmes": {"clep-phase-3": "clep", "clep-phase-4": "clep"}}
    cell = judge("programme", ("clep", "paper"), ("clep-phase-3", "paper-b"), lineage=lineage)
    assert told(cell) == ("clep-phase-3", "agreed", "only")
    cell = judge(
        "programme", ("clep-phase-4", "paper"), ("clep-phase-3", "paper-b"), lineage=lineage
    )
    assert cell.verdict == "contested"


def test_a_hierarchy_that_runs_in_a_circle_ends():
    lineage = {"programmes": {"a": "b", "b": "a"}}
    assert court(lineage=lineage).is_within("programmes", "a", "b")
    assert not court(lineage=lineage).is_within("programmes", "a", "c")
    cell = judge("programme", ("a", "paper"), ("c", "paper-b"), lineage=lineage)
    assert cell.verdict == "contested"


def test_lineage_is_read_from_affirmed_parents():
    made = [
        *claims_of("programmes", "parent", ("clep", EDITORS)),
        Claim.of("programmes", "y", "parent", "ilrs", "paper", "p. 1", certainty="denied"),
    ]
    assert lineage_of(made, Court(Witnesses({}))) == {"programmes": {"x": "clep"}}


def test_prose_is_complementary():
    cell = judge("summary", ("Flew.", "paper"), ("Flew, and came back with soil.", "paper-b"))
    assert told(cell) == ("Flew, and came back with soil.", "agreed", "only")


def test_existence_is_agreed_or_contested_by_denial():
    assert judge(EXISTENCE, ("", "paper"), ("", "journal")).verdict == "agreed"
    cell = judge(EXISTENCE, ("", "paper"), ("", "journal", DENIED))
    assert cell.verdict == "contested"


# --- Decisions --------------------------------------------------------------------------------


def decide(field, value, table="missions"):
    decision = Decision(table, "x", field, value, "Because.", "2026-11-22")
    return {decision.cell: decision}


def test_a_decision_overrides_every_criterion():
    said = [("2024-03-19", "blog"), ("2024-03-20", "agency")]
    cell = judge("launch_date", *said, decisions=decide("launch_date", "2024-03-19"))
    assert told(cell) == ("2024-03-19", "contested", "decision")
    assert standings(cell)["2024-03-20", "agency"] == "rejected"


def test_a_decision_for_a_value_that_is_not_heard_changes_nothing():
    said = [("2024-03-19", "blog"), ("2024-03-20", "agency")]
    cell = judge(
        "launch_date",
        *said,
        decisions=decide("launch_date", "2024-03-19"),
        known_on=datetime.date(2024, 4, 1),
    )
    assert told(cell) == ("2024-03-20", "single", "only")


def test_a_decision_never_brings_a_denied_value_back():
    said = [("2024-03-19", "blog", DENIED), ("2024-03-20", "agency"), ("2024-03-20", "paper")]
    cell = judge("launch_date", *said, decisions=decide("launch_date", "2024-03-19"))
    assert cell.value == "2024-03-20"


def test_a_decision_speaks_of_its_own_cell_only():
    said = [("2024-03-19", "paper"), ("2024-03-20", "agency")]
    cell = judge("launch_date", *said, decisions=decide("landing_date", "2024-03-19"))
    assert cell.value == "2024-03-20"


@pytest.mark.parametrize("said", [[("signed", "paper")], [("signed", "paper"), ("agreed", "blog")]])
def test_a_decision_may_leave_a_cell_empty(said):
    cell = judge("status", *said, table="partners", decisions=decide("status", "", "partners"))
    assert told(cell) == ("", "contested", "decision")
    assert cell.chosen is None
    assert set(standings(cell).values()) == {"rejected"}


def test_the_existence_of_a_record_is_not_left_empty():
    cell = judge(EXISTENCE, ("", "paper"), ("", "blog"), decisions=decide(EXISTENCE, ""))
    assert (cell.verdict, cell.chosen.source) == ("agreed", "paper")


# --- Terms that take in others ----------------------------------------------------------------


def test_what_was_signed_is_not_undone_by_a_later_word_that_it_was_agreed():
    said = [("signed", "journal"), ("agreed", "journal-late")]
    cell = judge("status", *said, table="partners")
    assert told(cell) == ("signed", "agreed", "only")
    assert standings(cell) == {
        ("signed", "journal"): "chosen",
        ("agreed", "journal-late"): "supporting",
    }


def test_a_later_term_that_takes_nothing_in_supersedes():
    said = [("signed", "journal"), ("withdrawn", "journal-late")]
    assert told(judge("status", *said, table="partners"))[:2] == ("withdrawn", "superseded")


def test_of_the_terms_that_take_in_the_latest_the_strongest_stands():
    said = [("active", "agency"), ("signed", "journal"), ("agreed", "journal-late")]
    assert judge("status", *said, table="partners").value == "active"


def test_a_weaker_certainty_does_not_sharpen():
    said = [("signed", "journal", {"certainty": "reported"}), ("agreed", "journal-late")]
    assert judge("status", *said, table="partners").value == "agreed"


# --- Policies ---------------------------------------------------------------------------------

PLANS = [("2024", "agency"), ("2025", "paper"), ("2024", "journal")]


@pytest.mark.parametrize(
    ("policy", "value", "reason"),
    [
        ("by-field", "2025", "recency"),
        ("official-first", "2024", "tier"),
        ("most-recent", "2025", "recency"),
        ("majority", "2024", "witnesses"),
    ],
)
def test_named_policies(policy, value, reason):
    cell = judge("planned_launch", *PLANS, policy=POLICIES[policy])
    assert (cell.value, cell.reason) == (value, reason)


def test_most_recent_makes_corrections_supersede():
    said = [("2024-03-19", "agency"), ("2024-03-20", "paper")]
    cell = judge("launch_date", *said, policy=POLICIES["most-recent"])
    assert told(cell) == ("2024-03-20", "superseded", "recency")


def test_a_majority_is_of_independent_sources():
    said = [("failure", "paper-b"), ("failure", "paper-copy"), ("success", "paper")]
    same = [(value, source, {"as_of": "2023"}) for value, source in said]
    cell = judge("outcome", *same, policy=POLICIES["majority"])
    assert (cell.value, cell.reason) == ("success", "source")
    cell = judge("outcome", *same, ("failure", "blog"), policy=POLICIES["majority"])
    assert (cell.value, cell.reason) == ("failure", "witnesses")


def test_a_tier_filter_hears_nobody_else():
    only = Policy("press", tiers=("press",))
    assert told(judge("planned_launch", *PLANS, policy=only)) == ("2025", "single", "only")
    assert judge("planned_launch", ("2024", "agency"), policy=only) is None
    assert judge("planned_launch", ("2024", "stranger"), policy=only) is None


def test_a_function_receives_the_affirmed_claims_best_first():
    seen = []

    def last(ranked):
        seen.extend(claim.source for claim in ranked)
        return ranked[-1]

    said = [*PLANS, ("2030", "blog", DENIED)]
    cell = judge("planned_launch", *said, policy=Policy("last", choose=last))
    assert seen == ["paper", "journal", "agency"]
    assert told(cell) == ("2024", "contested", "policy")
    assert cell.chosen.source == "agency"


# --- The two times ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "day", "heard"),
    [
        ("paper", "2023-02-26", False),
        ("paper", "2023-02-27", True),
        # A vague date of publication counts from its end.
        ("journal-late", "2024-04-29", False),
        ("journal-late", "2024-04-30", True),
        # An undated source is known from the day on which it was read.
        ("blog", "2026-11-21", False),
        ("blog", "2026-11-22", True),
    ],
)
def test_known_on(source, day, heard):
    # What a statement holds for does not matter to what was known.
    said = ("2024", source, {"as_of": "2020"})
    cell = judge("launch_date", said, known_on=datetime.date.fromisoformat(day))
    assert (cell is not None) == heard


@pytest.mark.parametrize(
    ("day", "value"), [("2019-04-30", None), ("2019-05-01", "planned"), ("2023-02-27", "operating")]
)
def test_at_hears_statements_of_changing_fields_up_to_the_day(day, value):
    said = [("planned", "agency"), ("operating", "paper")]
    cell = judge("status", *said, at=datetime.date.fromisoformat(day))
    assert (cell.value if cell else None) == value


def test_at_hears_every_statement_of_a_lasting_fact():
    day = datetime.date(1970, 1, 1)
    assert judge("launch_date", ("1976", "paper"), at=day).value == "1976"
    # And under a policy too: it is the field's own rule that says whether it changes.
    cell = judge("launch_date", ("1976", "paper"), at=day, policy=POLICIES["most-recent"])
    assert cell.value == "1976"


def test_at_counts_a_vague_statement_from_its_beginning():
    said = ("operating", "paper", {"as_of": "2021"})
    assert judge("status", said, at=datetime.date(2021, 1, 1)).value == "operating"
    assert judge("status", said, at=datetime.date(2020, 12, 31)) is None


def test_at_hears_an_undated_source_at_any_time():
    assert judge("status", ("operating", "blog"), at=datetime.date(1970, 1, 1)) is not None


# --- Records ----------------------------------------------------------------------------------


def test_a_record_exists_if_somebody_who_is_heard_says_so():
    made = [
        *claims_of("missions", EXISTENCE, ("", "paper")),
        *claims_of("missions", "launch_date", ("1976", "agency")),
    ]
    now = next(resolve(made, court()))
    assert now.exists
    before = next(resolve(made, court(known_on=datetime.date(2020, 1, 1))))
    assert (before.exists, set(before.cells)) == (False, {"launch_date"})
    assert [*resolve(made, court(known_on=datetime.date(2000, 1, 1)))] == []


def test_a_record_that_is_only_denied_does_not_exist():
    resolved = next(resolve(claims_of("missions", EXISTENCE, ("", "paper", DENIED)), court()))
    assert not resolved.exists


def test_the_row_shows_values_sources_best_first_and_what_is_contested():
    made = sorted(
        [
            *claims_of("missions", EXISTENCE, ("", "paper"), ("", "agency")),
            *claims_of("missions", "launch_date", ("1976", "blog"), ("1977", "agency")),
            *claims_of("missions", "mission_type", ("relay", EDITORS)),
            *claims_of("missions", "landing_date", ("1978", "journal", DENIED)),
        ]
    )
    row = row_of(next(resolve(made, court())), tables.get("missions"), Witnesses(WITNESSES))
    filled = {name: text for name, text in row.items() if text}
    assert [*row] == [*tables.get("missions").fields]
    assert filled == {
        "id": "x",
        "launch_date": "1977",
        "mission_type": "relay",
        "sources": "agency;journal;paper",
        "contested": "launch_date",
    }


# --- Witnesses --------------------------------------------------------------------------------


def test_a_chain_of_copies_ends_at_its_origin_and_a_circle_ends():
    chain = {
        name: Witness(name, "press", "2020", origin)
        for name, origin in [("a", "b"), ("b", "c"), ("c", ""), ("d", "e"), ("e", "d")]
    }
    seen = Witnesses(chain)
    assert [seen.origin(name) for name in "abc"] == ["c", "c", "c"]
    assert seen.origin("d") in {"d", "e"}
    assert seen.origin("stranger") == "stranger"


def test_what_a_source_shows_of_its_date():
    def witness(**row):
        return Witness.from_row({"id": "a", "tier": "press", **row})

    read = {"accessed": "2026-11-22"}
    assert witness(issued="2021", issued_probable="2022", **read)[2:] == ("2022", "", False)
    assert witness(issued="2021", **read)[2:] == ("2021", "", False)
    assert witness(**read)[2:] == ("2026-11-22", "", True)
    editors = Witness.from_row({"id": EDITORS, "tier": "editors", "issued": "2026", **read})
    assert editors.published == ""
    assert Witnesses({EDITORS: editors}).published(EDITORS) is None


# --- Laws -------------------------------------------------------------------------------------

VALUES = {
    "launch_date": ["2020", "2020-11", "2020-11-23", "2021", "2020~", "2019/2021", "unknown"],
    "planned_launch": ["2024", "2024-05", "2025", "2025/..", "unknown"],
    "status": ["planned", "operating", "ended"],
    "outcome": ["success", "failure", "unknown"],
    "sample_mass_g": ["1731", "~1700", ">1000", "2000", "unknown"],
    "programme": ["clep", "clep-phase-3", "clep-phase-4", "ilrs"],
    "summary": ["Flew.", "Flew far."],
    EXISTENCE: [""],
}
LINEAGE = {"programmes": {"clep-phase-3": "clep", "clep-phase-4": "clep"}}
CERTAINTIES = ["stated", "stated", "stated", "planned", "reported", "opinion", "denied"]
AS_OF = ["", "", "", "2018", "2022-06", "2024-04-16", "2023/.."]


@st.composite
def cells(draw, fields=tuple(VALUES)):
    field = draw(st.sampled_from(fields))
    one = st.tuples(
        st.sampled_from(VALUES[field]),
        st.sampled_from([*WITNESSES]),
        st.sampled_from(AS_OF),
        st.sampled_from(CERTAINTIES),
        st.integers(1, 3),
    )
    said = draw(st.lists(one, min_size=1, max_size=7, unique=True))
    return [
        Claim.of("missions", "x", field, value, source, f"p. {page}", as_of, certainty)
        for value, source, as_of, certainty, page in said
    ]


days = st.dates(datetime.date(2017, 1, 1), datetime.date(2027, 1, 1))
policies = st.sampled_from([*POLICIES.values(), Policy("good", tiers=("official", "scholarly"))])
courts = st.builds(
    Court,
    st.just(Witnesses(WITNESSES)),
    lineage=st.just(LINEAGE),
    known_on=st.one_of(st.none(), days),
    at=st.one_of(st.none(), days),
    policy=policies,
)


def resolved(claims, where):
    return resolve_cell(claims, tables.get("missions").fields.get(claims[0].field), where)


@settings(max_examples=300)
@given(cells(), courts, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(claims, where, rng):
    mixed = [*claims]
    rng.shuffle(mixed)
    one, other = resolved(claims, where), resolved(mixed, where)
    assert (one is None) == (other is None)
    if one is not None:
        assert told(one) == told(other)
        assert one.chosen == other.chosen
        assert set(one.standings) == set(other.standings)


@settings(max_examples=300)
@given(cells(), courts)
def test_exactly_one_claim_is_chosen_where_any_is_affirmed(claims, where):
    cell = resolved(claims, where)
    if cell is None:
        return
    heard = [claim for claim, _ in cell.standings]
    affirmed = [claim for claim in heard if claim.certainty != "denied"]
    chosen = [claim for claim, standing in cell.standings if standing == "chosen"]
    assert chosen == ([cell.chosen] if affirmed else [])
    assert (cell.verdict == "denied") == (not affirmed)
    assert cell.value == (cell.chosen.value if cell.chosen else "")
    assert cell.chosen is None or cell.chosen.certainty != "denied"
    found = {standing for _, standing in cell.standings}
    assert ("rejected" in found) == (cell.verdict == "contested")
    if cell.verdict in {"single", "agreed"}:
        assert found <= {"chosen", "supporting"}


@settings(max_examples=200)
@given(cells(), days, days, policies)
def test_what_was_known_stays_known(claims, one, other, policy):
    early, late = sorted((one, other))
    field = tables.get("missions").fields.get(claims[0].field)
    rule = field.rule if field else "authority"
    before, after = court(known_on=early, policy=policy), court(known_on=late, policy=policy)
    for claim in claims:
        assert not before.hears(claim, rule) or after.hears(claim, rule)


@settings(max_examples=200)
@given(cells(), days)
def test_known_on_is_the_same_as_not_having_the_later_sources(claims, day):
    def published(claim):
        said = WITNESSES[claim.source].published or claim.as_of
        return not said or (UncertainDate(said).upper or datetime.date.max) <= day

    had = [claim for claim in claims if published(claim)]
    then = resolved(claims, court(known_on=day, lineage=LINEAGE))
    if not had:
        assert then is None
    else:
        assert then == resolved(had, court(lineage=LINEAGE))


@settings(max_examples=300)
@given(cells(fields=[name for name in VALUES if name not in {"planned_launch", "status"}]))
def test_without_the_rejected_claims_authority_says_the_same(claims):
    cell = resolved(claims, court(lineage=LINEAGE))
    kept = [claim for claim, standing in cell.standings if standing != "rejected"]
    assume(cell.chosen is not None)
    where = court(lineage=LINEAGE)
    again = resolved(kept, where)
    assert again.verdict in {"single", "agreed"}
    if again.value != cell.value:
        # What was rejected had kept the press from sharpening: a year, a day of that year from a
        # newspaper, and another year that suits what leads (2020~), but not the day.
        field = tables.get("missions").fields[cell.field]
        assert WITNESSES[again.chosen.source].tier == "press"
        assert compatible(cell.chosen, again.chosen, field, where)


@st.composite
def ledgers(draw):
    made = {}
    for number in range(draw(st.integers(1, 4))):
        for cell in draw(st.lists(cells(), min_size=1, max_size=3)):
            for claim in cell:
                moved = claim._replace(record=f"m-{number}")
                made[moved.record, moved.field, moved.id] = moved
    return sorted(made.values())


@settings(max_examples=60)
@given(ledgers(), courts)
def test_streaming_is_the_same_as_one_record_at_a_time(ledger, where):
    streamed = [*resolve(iter(ledger), where)]
    single = [
        one
        for _, of_record in groupby(ledger, key=lambda claim: claim.record)
        for one in resolve([*of_record], where)
    ]
    assert streamed == single
    assert all(
        cell == resolve_cell(of_cell, tables.get("missions").fields.get(cell.field), where)
        for one in streamed
        for cell in one.cells.values()
        for of_cell in [
            [claim for claim in ledger if (claim.record, claim.field) == (one.record, cell.field)]
        ]
    )


# --- The oracle: the same rule for terms and texts, written independently in SQL ---------------

ORACLE = """
with recursive origin(source, root, next) as (
    select id, id, derived_from from witness
    union all
    select origin.source, witness.id, witness.derived_from
    from origin join witness on witness.id = origin.next
),
root as (select source, root from origin where next = ''),
spoken as (
    select claim.*, root.root, tier.rank as tier,
        -- The last day of the statement; nothing for a source without a date.
        case when claim.as_of <> '' then claim.as_of
             when witness.undated or witness.published = '' then null
             else witness.published end as said
    from claim join witness on witness.id = claim.source
    join tier on tier.name = witness.tier join root on root.source = claim.source
),
dated as (
    select *, case length(said)
        when 4 then julianday(said || '-12-31')
        when 7 then julianday(said || '-01', '+1 month', '-1 day')
        else julianday(said) end as day
    from spoken
),
affirmed as (
    select *, (
        select count(distinct other.root) from dated other
        where other.record = dated.record and other.field = dated.field
        and other.value = dated.value and other.certainty <> 'denied'
    ) as witnesses
    from dated where certainty <> 'denied'
),
ranked as (
    select *, row_number() over (
        partition by record, field
        order by value = 'unknown', tier, coalesce(day, 0) desc,
            case certainty when 'stated' then 0 when 'planned' then 0
                when 'opinion' then 2 else 1 end,
            witnesses desc, source, id
    ) as place
    from affirmed
),
best as (select * from ranked where place = 1)
select dated.record, dated.field, coalesce(best.value, ''), best.id,
    case
        when best.id is null then 'denied'
        when sum((dated.value = best.value) = (dated.certainty = 'denied')) > 0 then 'contested'
        when count(distinct dated.root) > 1 then 'agreed'
        else 'single' end
from dated left join best on best.record = dated.record and best.field = dated.field
group by dated.record, dated.field
"""


def asked_of_sqlite(ledger, witnesses):
    base = sqlite3.connect(":memory:")
    base.execute("create table claim (record, field, id, value, source, as_of, certainty)")
    base.execute("create table witness (id, tier, published, derived_from, undated)")
    base.execute("create table tier (name, rank)")
    base.executemany("insert into tier values (?, ?)", [*zip(TIERS, range(6), strict=True)])
    base.executemany("insert into witness values (?, ?, ?, ?, ?)", witnesses.values())
    columns = ("record", "field", "id", "value", "source", "as_of", "certainty")
    base.executemany(
        "insert into claim values (?, ?, ?, ?, ?, ?, ?)",
        [[getattr(claim, name) for name in columns] for claim in ledger],
    )
    found = {(row[0], row[1]): row[2:] for row in base.execute(ORACLE)}
    base.close()
    return found


TERM_FIELDS = {"mission_type": "relay orbiter unknown", "outcome": "success failure unknown"}
TEXT_FIELDS = {"cospar_id": "2020-001A 2020-002A 2020-003A"}


def random_ledger(rng, size):
    witnesses = {
        f"s{number}": Witness(
            f"s{number}",
            rng.choice(TIERS[:5]),
            rng.choice(["2019", "2021-03", "2021-02", "2022-01-31", "2024-02-29"]),
            rng.choice(["", "", "", f"s{number + 1}" if number < 11 else ""]),
            rng.random() < 0.2,
        )
        for number in range(12)
    }
    witnesses[EDITORS] = Witness(EDITORS, "editors", "")
    fields = {**TERM_FIELDS, **TEXT_FIELDS}
    made = {}
    for _ in range(size):
        field = rng.choice([*fields])
        claim = Claim.of(
            "missions",
            f"m{rng.randrange(size // 8)}",
            field,
            rng.choice(fields[field].split()),
            rng.choice([*witnesses]),
            f"p. {rng.randrange(9)}",
            rng.choice(["", "", "2020", "2021-03", "2023-12-31"]),
            rng.choice(CERTAINTIES),
        )
        made[claim.id] = claim
    return sorted(made.values()), witnesses


@pytest.mark.parametrize("seed", range(8))
def test_sql_finds_the_same_in_every_cell(seed):
    rng = random.Random(seed)
    ledger, witnesses = random_ledger(rng, 1500)
    where = Court(Witnesses(witnesses))
    mine = {
        (one.record, cell.field): (
            cell.value,
            cell.chosen.id if cell.chosen else None,
            cell.verdict,
        )
        for one in resolve(ledger, where)
        for cell in one.cells.values()
    }
    assert mine == asked_of_sqlite(ledger, witnesses)
    assert {verdict for _, _, verdict in mine.values()} == {
        "single",
        "agreed",
        "contested",
        "denied",
    }
    assert len(mine) > 400


def test_sql_finds_the_same_in_the_committed_edition(moon):
    plain = {
        (name, field)
        for name, table in tables.all_tables().items()
        for field, one in table.fields.items()
        if one.kind in {"term", "text", "code", "slug"}
        and one.rule == "authority"
        and not one.complementary
    }
    ledger = [Claim.from_row(row) for row in moon.claims.rows()]
    ledger = [
        claim._replace(record=f"{claim.table}/{claim.record}")
        for claim in ledger
        if (claim.table, claim.field) in plain
    ]
    witnesses = {row["id"]: Witness.from_row(row) for row in moon.sources.rows()}
    decided = {
        (f"{row['table']}/{row['record']}", row["field"]) for row in moon._edition.rows("decisions")
    }
    found = asked_of_sqlite(ledger, witnesses)
    shown = {}
    for record, field in found:
        table, _, name = record.partition("/")
        row = moon.table(table).get(name)
        if row is not None and (record, field) not in decided:
            shown[record, field] = moon.table(table).row(name)[field]
    assert shown == {cell: found[cell][0] for cell in shown}
    assert len(shown) > 500
