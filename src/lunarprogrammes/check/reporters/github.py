"""A report as GitHub annotations: workflow commands that mark lines in the view of a change.

GitHub shows ten errors and ten warnings of a step beside the lines, and the rest in the log alone.
"""

from lunarprogrammes.check.problems import ERROR, Problem, Report
from lunarprogrammes.check.reporters import View, brief, whole_path
from lunarprogrammes.check.reporters.text import visible
from lunarprogrammes.check.selection import catalogue


def present(report: Report, view: View) -> str:
    """Return one line for each problem, and nothing where there is none."""
    errors_first = sorted(report.problems, key=lambda problem: problem.severity != ERROR)
    return "".join(_annotation(report, problem, view) for problem in errors_first)


def _annotation(report: Report, problem: Problem, view: View) -> str:
    rule = catalogue().get(problem.code)
    level = "error" if problem.severity == ERROR or view.is_strict else "warning"
    properties = {
        "file": whole_path(report, problem.path),
        "line": str(problem.line),
        "col": str(problem.column),
        "title": f"{problem.code} {rule.name}" if rule else problem.code,
    }
    head = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    about = ", ".join(brief(part) for part in (problem.record, problem.field) if part)
    what, expected, remedy = map(brief, (problem.what, problem.expected, problem.remedy))
    lines = (what, about if problem.record else "", expected, remedy)
    return f"::{level} {head}::{_data(chr(10).join(line for line in lines if line))}\n"


def _data(text: str) -> str:
    """Escape a message; what cannot be seen is named, but for the ends of our lines."""
    shown = "\n".join(visible(line) for line in text.split("\n"))
    return shown.replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(escaped.replace(":", "%3A").replace(",", "%2C"))
