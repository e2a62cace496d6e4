"""E119 to E123: decisions of the editors that decide nothing or do not say why."""

from collections.abc import Iterator
from typing import NamedTuple

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.ledger import identified
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.sheets import Sheet
from lunarprogrammes.check.suggestions import suggestion
from lunarprogrammes.check.words import did_you_mean
from lunarprogrammes.evidence.claims import DENIED
from lunarprogrammes.evidence.decisions import Decision
from lunarprogrammes.evidence.tabular import Row
from lunarprogrammes.resolve import resolve_cell
from lunarprogrammes.tables import all_tables

NO_CELL = Rule(
    code="E119",
    name="decision-without-cell",
    severity=ERROR,
    reason="A decision chooses among claims; where no document claims anything there is no choice.",
    bad="missions,change-55,launch_date,2020-11-23,…",
    good="missions,change-5,launch_date,2020-11-23,…",
)
NO_CLAIM = Rule(
    code="E120",
    name="decision-without-claim",
    severity=ERROR,
    reason="The editors choose what a document says, or leave the cell empty; they never give a "
    "value of their own.",
    bad="2020-11-25, where the documents say 2020-11-23 and 2020-11-24",
    good="2020-11-24",
)
NO_EFFECT = Rule(
    code="E121",
    name="decision-without-effect",
    severity=ERROR,
    reason="A decision that no longer changes anything hides that its occasion has gone: the "
    "source was corrected, or a better one was read.",
    bad="a decision for the value that is chosen without it",
    good="no such decision",
)
INCOMPLETE = Rule(
    code="E122",
    name="decision-incomplete",
    severity=ERROR,
    reason="A decision is believed for its reason and weighed by its date.",
    bad="missions,change-5,launch_date,2020-11-24,,",
    good="missions,change-5,launch_date,2020-11-24,The other date is local.,2026-11-22",
)
TWICE = Rule(
    code="E123",
    name="decided-twice",
    severity=ERROR,
    reason="Of two decisions on one cell only one can hold.",
    bad="two rows for missions,change-5,launch_date",
    good="the later of the two",
)
RULES = (NO_CELL, NO_CLAIM, NO_EFFECT, INCOMPLETE, TWICE)


class _Found(NamedTuple):
    """What is wrong with a decision: the rule, the cell at which it shows, and the words."""

    rule: Rule
    column: str
    what: str
    expected: str
    remedy: str


def check(examination: Examination) -> Iterator[Problem]:
    """Judge each decision with and without itself; one problem for each is enough."""
    sheet = examination.decisions
    if sheet is None or not sheet.has_key:
        return
    spoiled = {blemish.row.line for blemish in examination.blemishes[sheet]}
    lines: dict[tuple[str, str, str], int] = {}
    for row in sheet.file.rows:
        decision = Decision.from_row(row.cells)
        if row.line in spoiled or not all(row.cells[name] for name in sheet.key):
            continue
        first = lines.setdefault(decision.cell, row.line)
        found = _twice(first) if first != row.line else _judge(examination, sheet, row, decision)
        if found:
            yield found.rule.at(
                sheet.cell(row, found.column),
                found.what,
                expected=found.expected,
                remedy=found.remedy,
                record=sheet.record(row),
                field=decision.field,
            )


def _twice(first: int) -> _Found:
    what = f"The cell is already decided in line {first}."
    return _Found(TWICE, "table", what, "", "Keep the decision that holds.")


def _judge(examination: Examination, sheet: Sheet, row: Row, decision: Decision) -> _Found | None:
    for name, meaning in (("reason", "why the value prevails"), ("decided", "when it was decided")):
        if name in sheet.columns and not row.cells[name]:
            what = f"The cell {name} is empty."
            remedy = f"Fill it, such as {sheet.columns[name].example.removesuffix('.')}."
            return _Found(INCOMPLETE, name, what, f"Expected {meaning}.", remedy)
    if decision.cell in examination.spoiled:
        return None
    claims = examination.by_cell.get(decision.cell, [])
    if not claims:
        return (
            None
            if decision.table in examination.incomplete_tables
            else _no_cell(examination, decision)
        )
    values = sorted({claim.value for claim in claims if claim.certainty != DENIED})
    if not decision.leaves_empty and decision.value not in values:
        what = f"No document gives the value '{decision.value}'."
        expected = (
            f"The documents say {'; '.join(values)}." if values else "The documents deny all."
        )
        remedy = suggestion(examination, NO_CLAIM.code, decision.value, values)
        return _Found(NO_CLAIM, "value", what, expected, remedy)
    field = all_tables()[decision.table].fields.get(decision.field)
    cell = resolve_cell(sorted(map(identified, claims)), field, examination.undecided)
    if cell is not None and cell.value == decision.value:
        what = (
            "The cell is empty without the decision."
            if decision.leaves_empty
            else "The value is chosen without the decision."
        )
        return _Found(NO_EFFECT, "value", what, "", "Delete the decision.")
    return None


def _no_cell(examination: Examination, decision: Decision) -> _Found:
    tables = all_tables()
    if decision.table not in tables:
        what = f"There is no table '{decision.table}'."
        return _Found(NO_CELL, "table", what, "", did_you_mean(decision.table, tables))
    if decision.field not in tables[decision.table].fields:
        what = f"The table {decision.table} has no field '{decision.field}'."
        remedy = did_you_mean(decision.field, tables[decision.table].facts)
        return _Found(NO_CELL, "field", what, "", remedy)
    records = examination.records[decision.table]
    if decision.record not in records:
        what = f"No document speaks of {decision.table}/{decision.record}."
        remedy = suggestion(examination, NO_CELL.code, decision.record, sorted(records))
        return _Found(NO_CELL, "record", what, "", remedy)
    what = f"No document gives the field {decision.field} of this record."
    return _Found(NO_CELL, "field", what, "", "Delete the decision.")
