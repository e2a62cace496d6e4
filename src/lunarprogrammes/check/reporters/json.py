"""A report as JSON, for programs: stable keys, one object per problem.

`report.schema.json` beside this module is the published JSON Schema. A key is added without
notice; `version` counts up when one is taken away or changes its meaning.
"""

import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from lunarprogrammes.check.problems import Problem, Report
from lunarprogrammes.check.reporters import View, brief, excerpt, exit_code

SCHEMA = "urn:lunarprogrammes:check-report:1"
VERSION = 1
_CUT = frozenset({"record", "field", "what", "expected", "remedy"})


def present(report: Report, view: View) -> str:
    """Return the report as a JSON document."""
    return render(report, strict=view.is_strict)


def render(report: Report, *, strict: bool = False) -> str:
    """Return the report as a JSON document that ends with a line feed.

    >>> print(render(Report.of([], root="seeds", files=1, rows=2, claims=3)), end="")
    {
      "$schema": "urn:lunarprogrammes:check-report:1",
      "version": 1,
      "root": "seeds",
      "exit_code": 0,
      "files": 1,
      "rows": 2,
      "claims": 3,
      "errors": 0,
      "warnings": 0,
      "problems": []
    }
    """
    return dumped(
        {
            "$schema": SCHEMA,
            "version": VERSION,
            "root": report.root,
            "exit_code": exit_code(report, strict=strict),
            "files": report.files,
            "rows": report.rows,
            "claims": report.claims,
            "errors": report.errors,
            "warnings": report.warnings,
            "problems": [_shown(problem) for problem in report.problems],
        }
    )


def _shown(problem: Problem) -> dict[str, Any]:
    """Return a problem as an object, with long texts cut: a row may be a megabyte long."""
    shown = {name: brief(text) if name in _CUT else text for name, text in asdict(problem).items()}
    shown["source_line"], shown["source_column"] = excerpt(problem)
    return shown


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the document.

    >>> schema()["$id"]
    'urn:lunarprogrammes:check-report:1'
    """
    text = files(__package__).joinpath("report.schema.json").read_text(encoding="utf-8")
    made: dict[str, Any] = json.loads(text)
    return made


def dumped(document: object) -> str:
    """Return JSON that any program can read, whatever stands in the report."""
    # A file name or an escape in source.json may hold half a character, which no encoding admits.
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"
