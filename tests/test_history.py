"""The history of a record is what `known_on` shows day by day, and nothing else."""

import datetime

import pytest

from lunarprogrammes import tables
from lunarprogrammes.errors import UnknownRecord
from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.history import ALWAYS
from small import edition_of, write_source

DAY = datetime.timedelta(days=1)


def states(moon, table, record, day):
    """Return what the history says was known on a day, by field."""
    known = {}
    for one in moon.history(table, record):
        if one.day <= day:
            known[one.field] = one.value
    return known


@pytest.mark.parametrize(
    ("table", "record"),
    [("missions", "queqiao-2"), ("programmes", "ilrs"), ("agreements", "artemis-accords")],
)
def test_each_day_agrees_with_known_on(founding, table, record):
    changes = founding.history(table, record)
    days = sorted({one.day for one in changes} - {ALWAYS})
    assert days
    for day in {days[0], days[len(days) // 2], days[-1]}:
        seen = founding.known_on(day).table(table).row(record)
        known = states(founding, table, record, day)
        for name in tables.get(table).facts:
            if name not in {"id", "name"}:
                assert known.get(name, "") == seen[name], (day, name)


def test_the_last_day_is_today(moon):
    for record in ("change-5", "artemis-iii", "luna-25"):
        known = states(moon, "missions", record, datetime.date.max)
        row = moon.missions.row(record)
        facts = tables.get("missions").facts
        assert {name: known.get(name, "") for name in facts if name not in {"id", "name"}} == {
            name: row[name] for name in facts if name not in {"id", "name"}
        }


@pytest.fixture(scope="module")
def slipped(tmp_path_factory):
    """A mission whose plan moves once, is told again, and is denied by a better source."""
    root = tmp_path_factory.mktemp("slipped")
    seeds = root / "seeds"

    def said(value, locator="p. 1", **more):
        row = {"id": "probe", "name": "Probe", "planned_launch": value, "locator": locator}
        return {"missions": [{**row, "certainty": "planned", **more}]}

    write_source(seeds, "first-2020-plan", "First", said("2024"), (2020, 3, 1))
    write_source(seeds, "second-2021-plan", "Second", said("2025"), (2021, 5))
    write_source(seeds, "third-2021-plan", "Third", said("2025"), (2021, 8, 9))
    return edition_of(root)


def test_only_changes_are_told_with_their_day_and_source(slipped):
    plans = [one for one in slipped.history("missions", "probe") if one.field == "planned_launch"]
    assert [(str(one.day), one.value, one.source) for one in plans] == [
        ("2020-03-01", "2024", "first-2020-plan"),
        # A vague date of publication counts from its end.
        ("2021-05-31", "2025", "second-2021-plan"),
    ]


def test_existence_is_known_from_the_first_document_on(slipped):
    known = [one for one in slipped.history("missions", "probe") if one.field == EXISTENCE]
    assert [str(one.day) for one in known] == ["2020-03-01"]


def test_the_day_before_the_first_nothing_is_known(slipped):
    assert "probe" not in slipped.known_on(datetime.date(2020, 3, 1) - DAY).missions
    assert states(slipped, "missions", "probe", datetime.date(2020, 2, 29)) == {}


def test_a_record_that_is_not_there_has_no_history(slipped):
    with pytest.raises(UnknownRecord):
        slipped.history("missions", "no-probe")
