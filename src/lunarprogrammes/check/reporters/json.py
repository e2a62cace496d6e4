"""A report as JSON, for programs: stable keys, one object per problem."""

import json
from dataclasses import asdict

from lunarprogrammes.check.problems import Report


def render(report: Report) -> str:
    """Return the report as a JSON document that ends with a line feed.

    >>> print(render(Report.of([], root="seeds", files=1, rows=2, claims=3)), end="")
    {
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
    document = {
        "root": report.root,
        "exit_code": report.exit_code,
        "files": report.files,
        "rows": report.rows,
        "claims": report.claims,
        "errors": report.errors,
        "warnings": report.warnings,
        "problems": [asdict(problem) for problem in report.problems],
    }
    # A file name or an escape in source.json may hold half a character, which no encoding admits.
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"
