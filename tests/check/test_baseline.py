"""Known problems: passed over until their day, wherever their rows have moved to."""

import datetime
import json

import pytest

from lunarprogrammes.check import Place, Report
from lunarprogrammes.check.baseline import BaselineError, day, read, written
from lunarprogrammes.check.selection import catalogue

TODAY = datetime.date(2026, 11, 22)
LATER, EARLIER = datetime.date(2027, 1, 1), datetime.date(2026, 11, 21)


def problem(line=2, code="S101", what="Wrong.", path="a/missions.csv", **words):
    place = Place(path, line, 1, "x")
    return catalogue()[code].at(place, what, record="missions/x", field="name", **words)


def report(*problems):
    return Report.of(problems, root="seeds", files=1, rows=2, claims=3)


@pytest.fixture
def known(tmp_path):
    def make(*problems, expires=LATER):
        path = tmp_path / "known.json"
        path.write_text(written(problems, expires), encoding="utf-8")
        return read(path)

    return make


def test_a_known_problem_is_passed_over_where_its_row_has_moved_to(known):
    left = known(problem(2)).of_report(report(problem(77)), today=TODAY)
    assert left.problems == ()
    assert left.root == "seeds"
    assert left.exit_code == 0


@pytest.mark.parametrize(
    "other",
    [
        problem(code="S102"),
        problem(what="Also wrong."),
        problem(path="b/missions.csv"),
    ],
)
def test_another_problem_is_not_known(known, other):
    left = known(problem()).of_report(report(problem(), other), today=TODAY)
    assert left.problems == (other,)


def test_one_more_of_the_same_is_not_known(known):
    left = known(problem(2), problem(3)).of_report(
        report(problem(5), problem(6), problem(7)), today=TODAY
    )
    assert left.problems == (problem(7),)


def test_the_last_day_still_counts(known):
    assert known(problem(), expires=TODAY).of_report(report(problem()), today=TODAY).problems == ()


def test_an_expired_entry_is_reported_beside_its_problem(known, tmp_path):
    left = known(problem(), expires=EARLIER).of_report(report(problem()), today=TODAY)
    first, second = sorted(left.problems, key=lambda one: one.code)
    assert first.code == "B101"
    assert first.what == (
        "The entry for S101, a/missions.csv, missions/x, name expired on 2026-11-21."
    )
    assert (first.path, first.line) == ((tmp_path / "known.json").as_posix(), 2)
    assert first.source_line.startswith('{"code": "S101"')
    # The baseline lies outside of the seeds: from then on all paths are whole.
    assert (left.root, second.path) == ("", "seeds/a/missions.csv")


def test_without_a_clock_nothing_expires(known):
    assert known(problem(), expires=EARLIER).of_report(report(problem()), today=None).problems == ()


def test_an_entry_to_which_nothing_answers_is_reported_at_its_line(known):
    left = known(problem(what="A."), problem(what="B.")).of_report(
        report(problem(what="A.")), today=TODAY
    )
    (one,) = left.problems
    assert (one.code, one.line, one.remedy) == ("B102", 3, "Delete the entry.")


def test_an_entry_outside_of_the_check_is_left_alone(known):
    left = known(problem()).of_report(report(), today=TODAY, covers=lambda _: False)
    assert left.problems == ()


def test_an_entry_for_a_file_that_cannot_be_read_is_left_alone(known):
    fault = problem(code="F108")
    assert known(problem()).of_report(report(fault), today=TODAY).problems == (fault,)


def test_what_is_written_is_one_entry_to_a_line_and_sorted():
    text = written([problem(9, what="Z."), problem(3, what="A."), problem(4, what="A.")], LATER)
    assert [entry["count"] for entry in json.loads(text)["entries"]] == [2, 1]
    assert text.count("\n") == 4
    assert text == written(
        [problem(4, what="A."), problem(1, what="A."), problem(what="Z.")], LATER
    )


def test_any_path_can_be_written(tmp_path):
    path = tmp_path / "known.json"
    path.write_text(written([problem(path="a/\udce4.csv")], LATER), encoding="utf-8")
    assert len(read(path).entries) == 1


def test_lines_are_found_in_any_layout(tmp_path):
    path = tmp_path / "known.json"
    path.write_text(
        json.dumps(json.loads(written([problem(), problem(what="B.")], LATER)), indent=1)
    )
    lines = path.read_text().split("\n")
    assert [lines[entry.line - 1].strip() for entry in read(path).entries] == ["{", "{"]


ENTRY = '{"code": "S101", "path": "p", "record": "", "field": "", "what": "W."'


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "The baseline is not valid JSON."),
        ("[" * 100_000, "The baseline is nested too deeply."),
        ("[]", "This is no baseline of version 1."),
        ('{"version": 2, "entries": []}', "This is no baseline of version 1."),
        ('{"version": 1, "entries": 5}', "This is no baseline of version 1."),
        (
            '{"version": 1, "entries": [{"code": "S101"}]}',
            "An entry is not an object with the texts code, path, record, field, what.",
        ),
        (f'{{"version": 1, "entries": [{ENTRY}}}]}}', "No day of expiry is given."),
        (
            f'{{"version": 1, "entries": [{ENTRY}, "expires": "2027"}}]}}',
            "'2027' is no day on which an entry expires.",
        ),
        (
            f'{{"version": 1, "entries": [{ENTRY}, "count": 0, "expires": "2027-01-01"}}]}}',
            "The count of an entry is not a whole number of 1 or more.",
        ),
    ],
)
def test_a_baseline_that_is_none_says_why(tmp_path, text, what):
    path = tmp_path / "known.json"
    path.write_text(text)
    with pytest.raises(BaselineError) as raised:
        read(path)
    assert raised.value.what == what
    assert raised.value.place.startswith(path.as_posix())


def test_a_baseline_that_is_not_there(tmp_path):
    with pytest.raises(BaselineError, match="cannot be read: No such file"):
        read(tmp_path / "nowhere.json")
    (tmp_path / "known.json").write_bytes(b"\xff")
    with pytest.raises(BaselineError, match="not UTF-8"):
        read(tmp_path / "known.json")


@pytest.mark.parametrize("text", ["", "2027", "20270101", "2027-W01-1", "2027-02-30", "soon"])
def test_only_a_day_is_a_day(text):
    with pytest.raises(BaselineError):
        day(text)
    assert day("2027-01-31") == datetime.date(2027, 1, 31)
