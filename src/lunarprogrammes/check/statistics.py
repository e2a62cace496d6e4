"""How many problems there are of each rule, the most frequent first."""

from collections import Counter

from lunarprogrammes.check.problems import Report
from lunarprogrammes.check.selection import catalogue


def statistics(report: Report) -> str:
    """Return one line for each rule that is broken: how often, its code and its name.

    >>> statistics(Report.of([], root="seeds", files=1, rows=2, claims=3))
    ''
    """
    counts = Counter(problem.code for problem in report.problems)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    width = max((len(f"{count:,}") for count in counts.values()), default=0)
    rules = catalogue()
    return "".join(
        f"{count:>{width},}  {code}  {rules[code].name if code in rules else ''}".rstrip() + "\n"
        for code, count in ordered
    )
