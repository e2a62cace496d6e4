"""The JSON that programs read: its keys are stable."""

import json

from lunarprogrammes.check import Place, Report, Rule
from lunarprogrammes.check.reporters import json as reporter

RULE = Rule(code="S999", name="test", severity="warning", reason="Why.", bad="a", good="b")


def test_keys_are_stable():
    place = Place("a/missions.csv", 2, 10, "change-5,嫦娥")
    made = RULE.at(place, "Wrong.", expected="E.", remedy="R.", record="missions/change-5")
    report = Report.of([made], root="seeds", files=2, rows=1, claims=3)
    document = reporter.render(report)
    assert document.endswith("}\n")
    assert json.loads(document) == {
        "$schema": "urn:lunarprogrammes:check-report:1",
        "version": 1,
        "root": "seeds",
        "exit_code": 0,
        "files": 2,
        "rows": 1,
        "claims": 3,
        "errors": 0,
        "warnings": 1,
        "problems": [
            {
                "code": "S999",
                "severity": "warning",
                "path": "a/missions.csv",
                "line": 2,
                "column": 10,
                "record": "missions/change-5",
                "field": "",
                "what": "Wrong.",
                "expected": "E.",
                "remedy": "R.",
                "source_line": "change-5,嫦娥",
                "source_column": 10,
            }
        ],
    }


def test_a_long_line_is_cut_around_the_problem():
    line = "a" * 50_000 + "b" + "c" * 50_000
    made = RULE.at(Place("a/missions.csv", 2, 50_001, line), f"'{line}' is wrong.")
    report = Report.of([made], root="seeds", files=1, rows=1, claims=0)
    (problem,) = json.loads(reporter.render(report))["problems"]
    shown = problem["source_line"]
    assert len(shown) <= 402
    assert shown[0] == shown[-1] == "…"
    assert shown[problem["source_column"] - 1] == "b"
    assert problem["column"] == 50_001
    assert len(problem["what"]) <= 400
    assert problem["what"].endswith("' is wrong.")


def test_half_a_character_does_not_stop_it():
    made = RULE.at(Place("a/\udce4.csv"), "Wrong.")
    document = reporter.render(Report.of([made], root="seeds", files=1, rows=0, claims=0))
    document.encode("utf-8")
