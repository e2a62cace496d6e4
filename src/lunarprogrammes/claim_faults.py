"""What is wrong with claims that come from a file or an engine, before they are resolved.

Seeds are checked by `check`, with the place in the file; here is what can be said of a claim by
itself and beside those of its record: a table, field, source and certainty that there are, a value
of the field's form, an id that says what the claim says, and no id twice. All claims with one id
speak of one record, so that this needs no look at other partitions. What is not asked: whether the
record that a value names exists. Costs about 6 µs a claim, half of it for the id.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from lunarprogrammes import tables
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import LunarProgrammesError, UnknownTable, quoted
from lunarprogrammes.evidence.claims import EXISTENCE, Claim, claim_id
from lunarprogrammes.evidence.witnesses import Witnesses
from lunarprogrammes.tables.claims import CERTAINTY


class ClaimFault(NamedTuple):
    """One thing that is wrong with a claim, which is left out of the resolution.

    `code` is one of unknown-table, no-record, unknown-field, bad-value, bad-date,
    unknown-certainty, unknown-source, no-locator, wrong-id, repeated-id.
    """

    code: str
    table: str
    record: str
    field: str
    claim: str
    what: str
    expected: str

    @classmethod
    def of(cls, claim: Claim, code: str, what: str, expected: str) -> "ClaimFault":
        """Make the fault of a claim."""
        return cls(code, claim.table, claim.record, claim.field, claim.id, what, expected)


def sound_claims(
    rows: Iterable[Sequence[str | None]], witnesses: Witnesses, faults: list[ClaimFault]
) -> Iterator[Claim]:
    """Yield the claims that are sound, and add what is wrong with the others to `faults`.

    A row holds the cells of `Claim` in its order; None is an empty cell. The claims of a record
    stand together.

    >>> from lunarprogrammes.evidence import Witness
    >>> faults = []
    >>> claim = Claim.of("missions", "luna-24", "launch_date", "1976-8", "a", "p. 1")
    >>> [*sound_claims([claim], Witnesses({"a": Witness("a", "press", "2021")}), faults)]
    []
    >>> faults[0].code, faults[0].what
    ('bad-value', "'1976-8' is no uncertain date.")
    """
    record, seen = ("", ""), set[str]()
    for row in rows:
        claim = Claim(*("" if cell is None else cell for cell in row))
        if (claim.table, claim.record) != record:
            record, seen = (claim.table, claim.record), set()
        fault = fault_of(claim, witnesses)
        if fault is None and claim.id in seen:
            told = "Another claim of this record has the same id."
            fault = ClaimFault.of(claim, "repeated-id", told, "Expected each claim once.")
        if fault is None:
            seen.add(claim.id)
            yield claim
        else:
            faults.append(fault)


def fault_of(claim: Claim, witnesses: Witnesses) -> ClaimFault | None:
    """Return the first thing that is wrong with a claim, or None."""
    wrong = _wrong_cell(claim.table, claim.field, claim.value) or _wrong_evidence(claim, witnesses)
    if wrong is None and not claim.record:
        wrong = "no-record", "The claim names no record.", "Expected the id of a record."
    if wrong is None:
        said = claim.table, claim.record, claim.field, claim.value, claim.source
        made = claim_id(*said, claim.locator, claim.as_of, claim.certainty)
        if made != claim.id:
            wrong = "wrong-id", "The id is not that of what the claim says.", f"Expected {made}."
    return None if wrong is None else ClaimFault.of(claim, *wrong)


_Wrong = tuple[str, str, str]


@lru_cache(maxsize=65536)
def _wrong_cell(table: str, name: str, value: str) -> _Wrong | None:
    try:
        facts = tables.get(table).facts
    except UnknownTable as error:
        return "unknown-table", error.what, error.expected
    if name == EXISTENCE:
        told = f"The claim that a record exists has the value {quoted(value)}."
        return ("bad-value", told, "Expected no value.") if value else None
    if name not in facts:
        told = f"{table} has no field {quoted(name)} that a claim can fill."
        return "unknown-field", told, f"Expected one of: {', '.join(facts)}."
    if not value:
        return "bad-value", "The value is empty.", facts[name].expectation()
    try:
        facts[name].parse(value)
    except LunarProgrammesError as error:
        return "bad-value", error.what, error.expected
    return None


def _wrong_evidence(claim: Claim, witnesses: Witnesses) -> _Wrong | None:
    if claim.certainty not in CERTAINTY.terms:
        told = f"There is no certainty {quoted(claim.certainty)}."
        return "unknown-certainty", told, f"Expected one of: {', '.join(CERTAINTY.terms)}."
    if claim.source not in witnesses.by_id:
        told = f"No source is called {quoted(claim.source)}."
        return "unknown-source", told, "Expected the id of a source."
    if not claim.locator:
        return "no-locator", "The claim has no locator.", "Expected the place in the document."
    return _wrong_date(claim.as_of) if claim.as_of else None


@lru_cache(maxsize=65536)
def _wrong_date(text: str) -> _Wrong | None:
    try:
        UncertainDate(text)
    except LunarProgrammesError as error:
        return "bad-date", error.what, error.expected
    return None
