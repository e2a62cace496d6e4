"""E131: an id in coverage.csv that no claim of the part has any more."""

from collections import defaultdict
from collections.abc import Iterator

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.sidecars import COVERAGE, coverage_sheet
from lunarprogrammes.evidence.claims import EXISTENCE, Claim, claim_id
from lunarprogrammes.tables import get

STALE = Rule(
    code="E131",
    name="stale-claim-id",
    severity=WARNING,
    reason="The ids in coverage.csv are filled by the build, so that anybody can follow a part to "
    "its claims. An id that no claim of the part has is left from a cell that was changed, or was "
    "written by hand. A warning: the build mends it.",
    bad="agency-2024-report,p. 1,1-9,aaaaaaaaaaaa,",
    good="agency-2024-report,p. 1,1-9,pz5k6ycq6mzh,",
)
RULES = (STALE,)

_MOST_SHOWN = 3


def check(examination: Examination) -> Iterator[Problem]:
    """Look up the ids of every row; claims that are not listed yet are nobody's mistake."""
    sheet = coverage_sheet(examination)
    if sheet is None or not sheet.has_key or "claims" not in sheet.columns:
        return
    if examination.focus is not None and examination.focus != COVERAGE:
        return
    listing = [row for row in sheet.file.rows if row.cells["claims"]]
    alive = _alive(examination, {row.cells["source"] for row in listing} - _doubtful(examination))
    for row in listing:
        source, part = row.cells["source"], row.cells["part"]
        known = alive.get(source, {}).get(part, set())
        # Where no claim cites the part and no reason is given, that is the cause.
        if source not in alive or not (known or row.cells.get("reason")):
            continue
        stale = [name for name in row.cells["claims"].split() if name not in known]
        if stale:
            listed = ", ".join(stale[:_MOST_SHOWN])
            more = f" and {len(stale) - _MOST_SHOWN} more" if len(stale) > _MOST_SHOWN else ""
            ids = "id" if len(stale) == 1 else "ids"
            offset = row.cells["claims"].index(stale[0])
            yield STALE.at(
                sheet.cell(row, "claims", offset),
                f"No claim of {source} at '{part}' has the {ids} {listed}{more}.",
                expected="Expected the ids that the build fills in.",
                remedy="Run lunarprogrammes build, which writes them anew.",
                field="claims",
            )


def _doubtful(examination: Examination) -> set[str]:
    """Return the sources of which some claims could not be understood: others than these may."""
    spoiled = {sheet.source for sheet, found in examination.blemishes.items() if found}
    spoiled |= {sheet.source for sheet in examination.readings if not sheet.is_whole}
    spoiled |= {name for name, remarks in examination.entry_remarks.items() if remarks}
    return spoiled | {entry.id for entry in examination.entries.values() if not entry.is_read}


def _alive(examination: Examination, sources: set[str]) -> dict[str, dict[str, set[str]]]:
    """Return the ids of the claims of some sources, by source and locator."""
    found: dict[str, dict[str, set[str]]] = {
        source: defaultdict(set) for source in sources if source in examination.entries
    }
    for parts in examination.ledger.parts.values():
        for part in parts:
            if part.source in found:
                for field in (EXISTENCE, *part.facts):
                    for claim in part.claims(field):
                        found[part.source][claim.locator].add(_id(claim))
    for field in (EXISTENCE, *get("sources").facts):
        for claims in examination.ledger.cells("sources", field).values():
            for claim in claims:
                if claim.source in found:
                    found[claim.source][claim.locator].add(_id(claim))
    return found


def _id(claim: Claim) -> str:
    said = claim.table, claim.record, claim.field, claim.value, claim.source
    return claim_id(*said, claim.locator, claim.as_of, claim.certainty)
