"""From a resolved record to the row of its table: the cells, the sources, what is contested."""

from collections.abc import Mapping

from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.evidence.witnesses import EDITORS, Witnesses
from lunarprogrammes.resolve import CHOSEN, CONTESTED, SUPPORTING, Resolved
from lunarprogrammes.tables import Table
from lunarprogrammes.tables._field import LIST_SEPARATOR


def row_of(resolved: Resolved, table: Table, witnesses: Witnesses) -> dict[str, str]:
    """Return the row of a record as cell texts, in the table's column order.

    `sources` names the documents that speak for the row, best tier first; the editors, who only
    order it, are not among them.
    """
    row = dict.fromkeys(table.fields, "")
    row.update(table.key_cells(resolved.record))
    for name, cell in resolved.cells.items():
        if name != EXISTENCE:
            row[name] = cell.value
    speaking = {
        claim.source
        for cell in resolved.cells.values()
        for claim, standing in cell.standings
        if standing in {CHOSEN, SUPPORTING} and claim.source != EDITORS
    }
    ranked = sorted(speaking, key=lambda source: (witnesses.tier_rank(source), source))
    contested = [name for name, cell in resolved.cells.items() if cell.verdict == CONTESTED]
    if "sources" in row:
        row["sources"] = LIST_SEPARATOR.join(ranked)
        row["contested"] = LIST_SEPARATOR.join(sorted(contested))
    return row


def verdicts_of(resolved: Resolved) -> Mapping[str, tuple[str, str]]:
    """Return verdict and standing of every claim of a record by the claim's id."""
    return {
        claim.id: (cell.verdict, standing)
        for cell in resolved.cells.values()
        for claim, standing in cell.standings
    }
