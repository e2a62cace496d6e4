"""A report as SARIF 2.1.0 (OASIS), which code scanning and editors read.

Columns count Unicode code points, as our problems do. A path is relative to %SRCROOT%, the folder
in which the check was started. Certain repairs go along as fixes.
"""

import hashlib
import os
from collections import Counter
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from lunarprogrammes import __version__
from lunarprogrammes.check.fixing.corrections import Correction
from lunarprogrammes.check.problems import Problem, Report
from lunarprogrammes.check.reporters import View, brief, excerpt, exit_code, whole_path
from lunarprogrammes.check.reporters.json import dumped
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.selection import catalogue

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_BASE = "%SRCROOT%"
_FINGERPRINT = "lunarprogrammes/v1"


def present(report: Report, view: View) -> str:
    """Return the report as a SARIF log of one run."""
    codes = {code: number for number, code in enumerate(catalogue())}
    seen: Counter[str] = Counter()
    results = [_result(report, one, codes, seen, view) for one in report.problems]
    driver = {
        "name": "lunarprogrammes",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in catalogue().values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": True,
                "exitCode": exit_code(report, strict=view.is_strict),
            }
        ],
        "originalUriBaseIds": {
            _BASE: {"description": {"text": "The folder in which the check was started."}}
        },
        "results": results,
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def docs_page(code: str) -> str:
    """Return the address of a rule's explanation, from the folder of the documentation.

    >>> docs_page("X101")
    'checks/X101.md'
    """
    return f"checks/{code}.md"


def _rule(rule: Rule) -> dict[str, Any]:
    """Describe a rule; `helpUri` has to be absolute, so the page stands in the help and apart."""
    page = docs_page(rule.code)
    example = f"Breaks it: {rule.bad}\nKeeps it: {rule.good}"
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": f"{rule.name.replace('-', ' ').capitalize()}."},
        "fullDescription": {"text": rule.reason},
        "help": {
            "text": f"{rule.reason}\n\n{example}\n\nSee docs/{page}.",
            "markdown": f"{rule.reason}\n\n- Breaks it: {rule.bad}\n- Keeps it: {rule.good}\n\n"
            f"See [{rule.code}](docs/{page}).",
        },
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"docs": page, "tags": [rule.family]},
    }


def _result(
    report: Report, problem: Problem, codes: dict[str, int], seen: Counter[str], view: View
) -> dict[str, Any]:
    path = whole_path(report, problem.path)
    said = (problem.what, problem.expected, problem.remedy)
    words = " ".join(brief(part) for part in said if part)
    # A problem is the same one when its row has moved; the second of two alike is another.
    parts = (problem.code, problem.path, problem.record, problem.field, problem.what)
    content = "\x1f".join(parts).encode("utf-8", "replace")
    mark = hashlib.sha256(content).hexdigest()[:32]
    seen[mark] += 1
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "level": problem.severity,
        "message": {"text": words},
        "locations": [_location(path, problem)],
        "partialFingerprints": {_FINGERPRINT: f"{mark}:{seen[mark]}"},
    }
    if problem.code in codes:
        result["ruleIndex"] = codes[problem.code]
    if problem in view.corrections:
        result["fixes"] = [_fix(path, view.corrections[problem])]
    return result


def _location(path: str, problem: Problem) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": problem.line, "startColumn": problem.column}
    if problem.source_line:
        region["snippet"] = {"text": excerpt(problem)[0]}
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": _artifact(path), "region": region}
    }
    about = "/".join(brief(part) for part in (problem.record, problem.field) if part)
    if about:
        location["logicalLocations"] = [{"fullyQualifiedName": about, "kind": "member"}]
    return location


def _artifact(path: str) -> dict[str, Any]:
    # A file name may hold bytes that are no text: they are escaped as they are.
    try:
        escaped = quote(os.fsencode(path))
    except UnicodeEncodeError:
        escaped = quote(path, errors="replace")
    if PurePosixPath(path).is_absolute():
        return {"uri": f"file://{escaped}"}
    return {"uri": escaped, "uriBaseId": _BASE}


def _fix(path: str, correction: Correction) -> dict[str, Any]:
    region = {
        "startLine": correction.line,
        "startColumn": correction.column,
        "endColumn": correction.end,
    }
    replacement = {"deletedRegion": region, "insertedContent": {"text": correction.after}}
    return {
        "description": {"text": f"Write {correction.after or 'nothing'}."},
        "artifactChanges": [{"artifactLocation": _artifact(path), "replacements": [replacement]}],
    }
