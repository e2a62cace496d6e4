"""S106: an empty cell where the key of a row should be."""

from collections.abc import Iterator
from operator import not_

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.words import expects

EMPTY_KEY = Rule(
    code="S106",
    name="empty-key",
    severity=ERROR,
    reason="The key says of which record a row speaks; without it the row speaks of nothing.",
    bad=",Chang'e 5,p. 1",
    good="change-5,Chang'e 5,p. 1",
)
RULES = (EMPTY_KEY,)


def check(examination: Examination) -> Iterator[Problem]:
    """Report each key cell that is empty."""
    for sheet in examination.sheets:
        if not sheet.has_key:
            continue
        for name in sheet.key:
            expected = expects(sheet.columns[name])
            for row in sheet.rows_where(name, not_):
                yield EMPTY_KEY.at(
                    sheet.cell(row, name),
                    f"The cell {name} is empty.",
                    expected=expected,
                    remedy="Say of which record the row speaks.",
                    record=sheet.record(row),
                    field=name,
                )
