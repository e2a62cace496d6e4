"""The calendar of plans: read back by `icalendar`, no day that nobody named, no plan lost."""

import datetime

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lunarprogrammes as lp
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import EditionError
from lunarprogrammes.export._icalendar import Component, Property, as_bytes, folded
from lunarprogrammes.export.formats import write
from lunarprogrammes.export.ics import plans_of
from small import edition_of, write_source

TODAY = datetime.date(2026, 11, 22)
EDITORS_AT = "docs/definitions.md#"
# Mission, status, launch in fact, planned launch, planned landing.
MISSIONS = [
    ("month", "planned", "", "2028-09", ""),
    ("day", "planned", "", "2027-03-04", "2027-03-09/2027-03-11"),
    ("minute", "planned", "", "2027-05-01T12:30Z", ""),
    ("this-month", "planned", "", "2026-11", ""),
    ("january", "planned", "", "2027-01", ""),
    ("wide", "planned", "", "2027-01-01/2027-02-01", ""),
    ("about", "planned", "", "2027-03-04~", ""),
    ("about-month", "planned", "", "2027-03~", ""),
    ("year", "proposed", "", "2028", ""),
    ("early", "planned", "", "2026/..", ""),
    ("late", "", "", "", "../2030"),
    ("passed", "planned", "", "2025", ""),
    ("yesterday", "planned", "", "2026-11-21", ""),
    ("given-up", "cancelled", "", "2028-01", ""),
    ("flown", "completed", "2020-01-01", "2028-01", "2028-02"),
    ("in-flight", "operating", "2026-08-01", "2026-12", "2026-12-24"),
    ("untold", "planned", "", "unknown", ""),
]


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """A small edition of plans of every sort, one of them contested, as of 22 November 2026."""
    root = tmp_path_factory.mktemp("plans")
    missions = [
        {
            "id": name, "name": f"{name.title()}; a, b\\c", "status": status, "launch_date": flown,
            "planned_launch": launch, "planned_landing": landing, "locator": "Table 1, «é»",
            "certainty": "stated",
        }
        for name, status, flown, launch, landing in MISSIONS
    ]  # fmt: skip
    events = [
        {"id": "meeting", "planned_date": "2026-12-01", "summary": "They meet.", "locator": "¶2"},
        {"id": "base", "planned_date": "../2035", "summary": "A base stands.", "locator": "¶2"},
        {"id": "met", "date": "2026-09-01", "planned_date": "2026", "summary": "Met.",
         "locator": "¶2"},
        {"id": "dropped", "planned_date": "2028-02", "mission": "given-up", "summary": "No.",
         "locator": "¶2"},
    ]  # fmt: skip
    tables = {"missions": missions, "events": events}
    write_source(root / "seeds", "agency-2026-plans", "Agency, “A”; B", tables, (2026, 9, 13))
    rival = {"missions": [{"id": "month", "planned_launch": "2029", "locator": "p. 7"}]}
    write_source(root / "seeds", "paper-2026-rival", "Paper", rival, (2026, 9, 13), tier="press")
    older = {"missions": [{"id": "month", "planned_launch": "2024", "locator": "p. 8"}]}
    write_source(root / "seeds", "paper-2020-older", "Paper", older, (2020, 1, 1))
    edition_of(root)
    return root / "datasets"


@pytest.fixture
def written(plans, tmp_path):
    return write(Edition.open(plans), "ics", tmp_path / "s.ics")


@pytest.fixture
def calendar(written):
    return icalendar.Calendar.from_ical(written.read_bytes())


def short(component):
    return component["UID"].removesuffix("@lunarprogrammes")


def events(calendar):
    return {short(one): one for one in calendar.walk("VEVENT")}


def journals(calendar):
    return {short(one): one for one in calendar.walk("VJOURNAL")}


def test_a_plan_within_a_month_is_an_event_over_all_of_its_days(calendar):
    shown = {
        name: (one["DTSTART"].dt.isoformat(), one["DTEND"].dt.isoformat())
        for name, one in events(calendar).items()
    }
    # The end is the day after the last.
    assert shown == {
        "missions-month-planned_launch": ("2028-09-01", "2028-10-01"),
        "missions-day-planned_launch": ("2027-03-04", "2027-03-05"),
        "missions-day-planned_landing": ("2027-03-09", "2027-03-12"),
        "missions-minute-planned_launch": ("2027-05-01", "2027-05-02"),
        "missions-this-month-planned_launch": ("2026-11-01", "2026-12-01"),
        "missions-january-planned_launch": ("2027-01-01", "2027-02-01"),
        "missions-about-planned_launch": ("2027-03-03", "2027-03-06"),
        "missions-in-flight-planned_landing": ("2026-12-24", "2026-12-25"),
        "events-meeting-planned_date": ("2026-12-01", "2026-12-02"),
    }
    for one in events(calendar).values():
        assert one["DTSTART"].params["VALUE"] == "DATE"
        assert (one["STATUS"], one["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")


def test_a_vaguer_plan_is_a_journal_entry_without_a_day(calendar):
    assert journals(calendar).keys() == {
        "missions-wide-planned_launch",
        "missions-about-month-planned_launch",
        "missions-year-planned_launch",
        "missions-early-planned_launch",
        "missions-late-planned_landing",
        "events-base-planned_date",
    }
    for one in journals(calendar).values():
        assert "DTSTART" not in one


def test_the_calendar_counts_what_it_shows_and_what_it_leaves_out(calendar):
    # The reader leaves texts with names of X as they stand in the file.
    older = calendar["X-WR-CALDESC"].replace("\\,", ",").replace("\\;", ";")
    assert calendar["DESCRIPTION"] == older
    assert calendar["DESCRIPTION"].startswith(
        "lunarprogrammes, edition 2026.11.22, CC-BY-4.0: 15 plans ahead. 9 are planned to the month"
    )
    assert "; 6 are vaguer and stand here as journal entries" in calendar["DESCRIPTION"]
    assert "Left out: 2 plans whose time has passed" in calendar["DESCRIPTION"]
    assert calendar["X-LUNARPROGRAMMES-EDITION"] == "2026.11.22"
    assert calendar["PRODID"] == f"-//lunarprogrammes//lunarprogrammes {lp.__version__}//EN"
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")


def test_every_entry_keeps_the_date_as_it_is_written_and_its_bounds(calendar, plans):
    rows = {name: lp.load(plans).table(name) for name in ("missions", "events")}
    for name, one in (events(calendar) | journals(calendar)).items():
        table, _, rest = name.partition("-")
        record, _, field = rest.rpartition("-")
        date = lp.UncertainDate(rows[table].row(record)[field])
        assert one["X-LUNARPROGRAMMES-DATE"] == date.text
        for side in ("lower", "upper"):
            told, bound = one.get(f"X-LUNARPROGRAMMES-DATE-{side.upper()}"), getattr(date, side)
            assert (told and told.dt) == bound
        assert f"({date.describe()})" in one["SUMMARY"]
        assert one["DTSTAMP"].dt == datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)


def test_the_text_of_an_entry_word_for_word(calendar, plans):
    one = events(calendar)["missions-month-planned_launch"]
    assert one["SUMMARY"] == "Month; a, b\\c: launch planned (September 2028)"
    chosen, rejected = (
        claim.id for claim in lp.load(plans).why("missions", "month", "planned_launch").claims
        if claim.source != "paper-2020-older"
    )  # fmt: skip
    assert one["DESCRIPTION"].split("\n") == [
        "Planned for: September 2028 (2028-09; from 2028-09-01 to 2028-09-30).",
        "Status of the mission: planned.",
        "Verdict: contested. A reference source goes before the others.",
        (
            "Stated: 2028-09, by Agency, “A”; B, as of 2026-09-13: “Report of Agency, “A”; B” "
            f"(agency-2026-plans), Table 1, «é» [{chosen}]"
        ),
        (
            "Rejected: 2029, by Paper, as of 2026-09-13: “Report of Paper” "
            f"(paper-2026-rival), p. 7 [{rejected}]"
        ),
    ]
    assert journals(calendar)["events-base-planned_date"]["SUMMARY"] == (
        "Planned: A base stands (by 2035)"
    )
    late = journals(calendar)["missions-late-planned_landing"]["DESCRIPTION"]
    assert "from open to 2030-12-31" in late
    assert "Status of the mission: not stated." in late


def test_ids_are_unique_and_lines_are_short_and_end_as_they_should(written, calendar):
    ids = [one["UID"] for one in calendar.walk() if "UID" in one]
    assert len(ids) == len(set(ids)) == 15
    content = written.read_bytes()
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode("utf-8")


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=200)


@given(st.lists(TEXT, min_size=1, max_size=3))
def test_any_text_comes_back(pieces):
    text = "\n".join(pieces)
    properties = (
        Property.text("UID", "a"),
        Property.midnight("DTSTAMP", TODAY),
        Property.text("SUMMARY", text),
    )
    content = as_bytes(Component("VCALENDAR", (), (Component("VEVENT", properties),)))
    assert icalendar.Calendar.from_ical(content).walk("VEVENT")[0]["SUMMARY"] == text
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_control_signs_do_not_reach_the_file():
    assert Property.text("SUMMARY", "a\x00b\x07\r\nc\x7f\td") == ("SUMMARY", "ab\\nc\td")


def test_folding_parts_no_sign():
    line = "SUMMARY:" + "é" * 40 + "月" * 40
    assert folded(line).replace(b"\r\n ", b"").decode() == line
    for piece in folded(line).split(b"\r\n"):
        piece.decode("utf-8")


def test_an_edition_without_a_date_is_refused(tmp_path):
    folder = tmp_path / "undated"
    folder.mkdir()
    (folder / "datapackage.json").write_text('{"version": "3", "resources": []}', encoding="utf-8")
    with pytest.raises(EditionError) as caught:
        write(Edition.open(folder), "ics", tmp_path / "s.ics")
    assert str(caught.value) == (
        f"{folder} has the version '3', which is no date. Expected a date such as 2026.11.22. "
        "Build or download the edition again."
    )
    assert [one.name for one in tmp_path.iterdir()] == ["undated"]


def test_the_committed_edition(moon, tmp_path):
    calendar = icalendar.Calendar.from_ical(
        write(Edition.open(), "ics", tmp_path / "s.ics").read_bytes()
    )
    known = [plan for plan in plans_of(moon) if plan.date.is_known]
    ahead = {
        f"{plan.table}-{plan.record}-{plan.field}"
        for plan in known
        if plan.date.not_before(TODAY) is not lp.Answer.NO
    }
    assert events(calendar).keys() | journals(calendar).keys() == ahead
    for one in events(calendar).values():
        assert (one["DTEND"].dt - one["DTSTART"].dt).days <= 31
        assert "Stated: " in one["DESCRIPTION"]


def test_the_same_bytes_twice(plans, written, tmp_path):
    assert write(Edition.open(plans), "ics", tmp_path / "b").read_bytes() == written.read_bytes()
