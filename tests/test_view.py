"""Views: iterate, index, filter by every kind of field, parts of a whole, suggestions, HTML."""

import datetime

import pytest

import lunarprogrammes as lp
from lunarprogrammes import tables
from lunarprogrammes.errors import InvalidDate, UnknownField, UnknownRecord
from lunarprogrammes.render import html_table, shorten, text_table, width_of
from lunarprogrammes.tables import InvalidValue
from lunarprogrammes.view import View


def view_of(moon, *rows, table="missions"):
    """A view of hand-made rows, beside the tables of the edition."""
    described = tables.get(table)
    whole = [{**dict.fromkeys(described.fields, ""), **row} for row in rows]
    return View(moon, described, {described.record_id(row): row for row in whole})


@pytest.fixture
def few(moon):
    return view_of(
        moon,
        {"id": "a", "launch_date": "2007-10-24", "crewed": "true", "sample_mass_g": "1731"},
        {"id": "b", "launch_date": "2007", "crewed": "false", "outcome": "success"},
        {"id": "c", "launch_date": "2007~", "programme": "clep-phase-4", "sources": "x;y"},
        {"id": "d", "launch_date": "2007/2008", "programme": "clep", "sample_mass_g": "~2000"},
        {"id": "e", "launch_date": "../2007"},
        {"id": "f", "launch_date": "unknown", "name": "Surveyor"},
        {"id": "g"},
    )


# --- Looking at it ----------------------------------------------------------------------------


def test_a_view_iterates_indexes_and_counts(founding):
    missions = founding.missions
    assert len(missions) == len([*missions]) == len(missions.ids) == len(missions.rows())
    assert [mission.id for mission in missions] == [*missions.ids]
    assert missions["change-5"] == next(one for one in missions if one.id == "change-5")
    assert "change-5" in missions
    assert "chang-5" not in missions
    assert 5 not in missions
    assert missions.get("chang-5") is None
    assert missions.get("change-5") == missions["change-5"]
    assert missions.columns[:2] == ("id", "name")
    assert missions.row("change-5")["launch_date"] == "2020-11-23"


def test_records_are_typed(founding):
    mission = founding.missions["change-5"]
    assert mission.launch_date == lp.UncertainDate("2020-11-23")
    assert mission.sample_mass_g == lp.Quantity("1731")
    assert isinstance(mission.sources, tuple)
    assert founding.programmes["clep-phase-4"].sequence == 4


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("chang-5", "There is no record 'chang-5' in missions. Did you mean change-5 or "),
        (
            "zzzzzz",
            (
                "There is no record 'zzzzzz' in missions. `lunarprogrammes find zzzzzz` searches "
                "all "
                "names."
            ),
        ),
        ("", "There is no record '' in missions. "),
        (5, "There is no record '5' in missions. "),
        (None, "There is no record 'None' in missions. "),
    ],
)
def test_an_unknown_record_is_an_error_with_suggestions(moon, record, message):
    with pytest.raises(UnknownRecord) as caught:
        moon.missions[record]
    assert str(caught.value).startswith(message)
    assert isinstance(caught.value, KeyError)


def test_the_empty_id_gets_no_suggestion(moon):
    with pytest.raises(UnknownRecord) as caught:
        moon.missions[""]
    assert "Did you mean" not in str(caught.value)


# --- Where ------------------------------------------------------------------------------------


def test_no_condition_is_everything(few):
    assert few.where().ids == few.ids


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        # A date meets a date that certainly falls within it, and nothing that may.
        ("2007", "ab"),
        (2007, "ab"),
        ("2007-10", "a"),
        ("2007-10-24", "a"),
        (datetime.date(2007, 10, 24), "a"),
        (lp.UncertainDate("2006/2009"), "abcd"),
        ("../2007", "abe"),
        ("2007/..", "abd"),
        ("2006", ""),
        ("2006/..", "abcd"),
        ("unknown", "f"),
        (None, "g"),
    ],
)
def test_where_by_date(few, wanted, ids):
    assert few.where(launch_date=wanted).ids == tuple(ids)


@pytest.mark.parametrize(
    ("conditions", "ids"),
    [
        ({"crewed": True}, "a"),
        ({"crewed": "false"}, "b"),
        ({"crewed": None}, "cdefg"),
        ({"outcome": "success"}, "b"),
        ({"name": "Surveyor"}, "f"),
        ({"name": "surveyor"}, ""),
        ({"sample_mass_g": 1731}, "a"),
        ({"sample_mass_g": "~2000"}, "d"),
        ({"sample_mass_g": lp.Quantity("~2000")}, "d"),
        ({"sample_mass_g": lambda mass: mass.greater_than(1000) is lp.Answer.YES}, "ad"),
        ({"launch_date": lambda date: date.before("2007-10-25") is lp.Answer.YES}, "a"),
        ({"sources": "x"}, "c"),
        ({"sources": lambda sources: len(sources) == 2}, "c"),
        ({"sources": "z"}, ""),
        ({"programme": "clep-phase-4"}, "c"),
        ({"programme": "clep"}, "cd"),
        ({"programme": "artemis"}, ""),
        ({"programme": "clep", "sample_mass_g": None}, "c"),
        ({"id": "a"}, "a"),
    ],
)
def test_where(few, conditions, ids):
    assert few.where(**conditions).ids == tuple(ids)


def test_conditions_may_follow_each_other(few):
    assert few.where(launch_date="2007").where(crewed=True).ids == ("a",)


def test_whole_numbers(moon):
    phases = moon.programmes.where(parent="clep")
    assert phases.where(sequence=4).ids == phases.where(sequence="4").ids == ("clep-phase-4",)


def test_a_programme_includes_its_phases_and_theirs(moon):
    whole = set(moon.missions.where(programme="clep").ids)
    phases = [row["id"] for row in moon.programmes.rows() if row["parent"] == "clep"]
    assert len(phases) >= 4
    for phase in phases:
        assert set(moon.missions.where(programme=phase).ids) <= whole
    assert {"change-1", "change-4", "change-5", "change-6", "change-8", "queqiao-2"} <= whole
    assert "artemis-i" not in whole
    assert moon.with_parts("programmes", "clep") >= {"clep", *phases}
    assert moon.with_parts("missions", "change-5") == {"change-5"}


def test_parts_of_parts(moon):
    parents = {row["id"]: row["parent"] for row in moon.programmes.rows()}

    def within(record):
        while record:
            yield record
            record = parents[record]

    for root in parents:
        by_hand = {record for record in parents if root in within(record)}
        assert moon.with_parts("programmes", root) == by_hand


def test_where_in_the_ledger(founding):
    found = founding.claims.where(table="missions", record="queqiao-2", standing="rejected")
    assert {claim.field for claim in found} == {"launch_date", "arrival_date"}


@pytest.mark.parametrize(
    ("conditions", "error", "message"),
    [
        (
            {"launch_dat": "2007"},
            UnknownField,
            "missions has no field 'launch_dat'. Its fields are id, name, ",
        ),
        (
            {"outcome": "sucess"},
            InvalidValue,
            "missions.outcome: 'sucess' is not a term of the vocabulary outcome. Expected one of: ",
        ),
        (
            {"crewed": 1},
            InvalidValue,
            "missions.crewed: '1' is not true or false. Expected true or false. Did you mean true?",
        ),
        ({"programme": "clap"}, UnknownRecord, "There is no record 'clap' in programmes."),
        ({"launch_date": "in 2007"}, InvalidDate, "'in 2007' "),
    ],
)
def test_wrong_conditions_are_errors_with_suggestions(moon, conditions, error, message):
    with pytest.raises(error) as caught:
        moon.missions.where(**conditions)
    assert str(caught.value).startswith(message)
    if error is not InvalidDate:
        assert "Did you mean" in str(caught.value)


@pytest.mark.parametrize("table", tables.names_of_tables())
def test_every_filled_cell_is_found_by_itself(moon, table):
    """Each field of each table can be filtered by the text that its first filled cell shows."""
    view = moon.table(table)
    for name, field in view.table.fields.items():
        record = next((one for one in view.ids if view.row(one)[name]), None)
        if record is None:
            continue
        text = (
            view.row(record)[name].split(";")[0] if field.kind == "list" else view.row(record)[name]
        )
        found = view.where(**{name: text})
        assert record in found


# --- Looks ------------------------------------------------------------------------------------


def test_reprs(few):
    assert repr(few) == "<7 missions: a, b, c, d, and 3 more>"
    assert repr(few.where(crewed=True)) == "<1 missions: a>"
    assert repr(few.where(id="z")) == "<0 missions: >"


def test_html_escapes_what_documents_say(moon):
    evil = view_of(
        moon, {"id": "x", "name": '<script>alert("1")</script> & co', "outcome": "success"}
    )
    assert evil._repr_html_() == (
        "<table><caption>1 missions</caption><thead><tr><th>id</th><th>name</th><th>outcome</th>"
        "</tr></thead><tbody><tr><td>x</td>"
        "<td>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; co</td><td>success</td></tr>"
        "</tbody></table>"
    )


def test_html_shows_the_first_rows_and_counts_the_rest(moon):
    shown = html_table(moon.statements)
    assert shown.count("<tr>") == 51
    assert shown.endswith(f"<p>… and {len(moon.statements) - 50} more</p>")


def test_text_tables_keep_to_their_width_in_any_script():
    rows = [{"name": "嫦娥五号", "summary": "x" * 90}, {"name": "Kármán", "summary": ""}]
    lines = text_table(["name", "summary"], rows, 40).split("\n")
    assert all(width_of(line) <= 40 for line in lines)
    assert lines[0] == "name      summary"
    assert lines[2].startswith("嫦娥五号  xxx")
    assert lines[2].endswith("…")
    assert lines[3] == "Kármán"


def test_shorten():
    assert shorten("嫦娥五号", 8) == "嫦娥五号"
    assert shorten("嫦娥五号", 7) == "嫦娥五…"
    assert width_of("e\u0301") == 1
