"""A report as JUnit XML: one test case for each rule, those that hold among them."""

import re
from collections import defaultdict
from xml.etree import ElementTree

from lunarprogrammes.check.problems import ERROR, Problem, Report
from lunarprogrammes.check.reporters import View, brief, whole_path
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.selection import catalogue

# Everything outside of what XML 1.0 admits; not even escaped may it stand in a document.
_forbidden = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]").sub


def present(report: Report, view: View) -> str:
    """Return an XML document; warnings are written out and fail only where they are to fail."""
    by_code: dict[str, list[Problem]] = defaultdict(list)
    for problem in report.problems:
        by_code[problem.code].append(problem)
    cases = [_case(rule, by_code[rule.code], report, view) for rule in catalogue().values()]
    failures = sum(case.find("failure") is not None for case in cases)
    counts = {"tests": str(len(cases)), "failures": str(failures), "errors": "0"}
    root = ElementTree.Element("testsuites", {"name": "lunarprogrammes check", **counts})
    suite = {"name": _clean(report.root) or "check", **counts, "skipped": "0"}
    ElementTree.SubElement(root, "testsuite", suite).extend(cases)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _case(rule: Rule, problems: list[Problem], report: Report, view: View) -> ElementTree.Element:
    names = {"classname": f"lunarprogrammes.check.{rule.code[0]}"}
    case = ElementTree.Element("testcase", {"name": f"{rule.code} {rule.name}", **names})
    if not problems:
        return case
    said = "\n".join(_said(problem, report) for problem in problems)
    if view.is_strict or any(problem.severity == ERROR for problem in problems):
        count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}: "
        message = {"message": _clean(count + brief(problems[0].what)), "type": rule.severity}
        ElementTree.SubElement(case, "failure", message).text = said
    else:
        ElementTree.SubElement(case, "system-out").text = said
    return case


def _said(problem: Problem, report: Report) -> str:
    place = f"{whole_path(report, problem.path)}:{problem.line}:{problem.column}"
    parts = (place, problem.record, problem.field, problem.what, problem.expected, problem.remedy)
    return _clean(" ".join(brief(part) for part in parts if part))


def _clean(text: str) -> str:
    return _forbidden("\N{REPLACEMENT CHARACTER}", text)
