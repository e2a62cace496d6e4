"""From claims to facts: the only place that decides what a cell says.

`resolve` is one pure function of claims, decisions, witnesses, `known_on`, `at` and policy. It
streams: claims come sorted by (table, record, field, id), one record is in memory at a time, and
nothing is kept between records. What it owns: the order of preference, compatibility, verdicts and
the standing of every claim. What it does not: reading, checking, wording (see `why`).
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from lunarprogrammes import tables
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.evidence.claims import DENIED, EXISTENCE, Claim
from lunarprogrammes.evidence.decisions import Decision
from lunarprogrammes.evidence.witnesses import TIERS, Witnesses
from lunarprogrammes.ranking import (
    CRITERIA,
    WEAKNESS,
    compatible,
    date_of,
    rank,
    vagueness,
    values_said,
)
from lunarprogrammes.tables import Field

SINGLE, AGREED, SUPERSEDED, CONTESTED = "single", "agreed", "superseded", "contested"
CHOSEN, SUPPORTING, REJECTED = "chosen", "supporting", "rejected"

# The weakest tiers that may state more precisely what a better one states vaguely: alone, and where
# nothing that is as precise says otherwise.
_SHARPENING = TIERS.index("reference")
_SHARPENING_UNDISPUTED = TIERS.index("press")


class Policy(NamedTuple):
    """How contradictions are settled: one rule for all fields, some tiers only, or a function.

    With `rule` None each field's own rule holds. `tiers`, when given, are the only ones heard.
    `choose`, when given, receives the claims of one cell, best first, and returns the one to show.
    """

    name: str
    rule: str | None = None
    tiers: tuple[str, ...] | None = None
    choose: Callable[[Sequence[Claim]], Claim] | None = None


BY_FIELD = Policy("by-field")
POLICIES = {
    policy.name: policy
    for policy in (
        BY_FIELD,
        Policy("official-first", rule="authority"),
        Policy("most-recent", rule="latest"),
        Policy("majority", rule="majority"),
    )
}


class Cell(NamedTuple):
    """What one cell says: value, verdict, the chosen claim, every claim's standing, and the reason.

    `reason` is the criterion that decided, `only` where nothing had to be decided, or `decision`.
    `chosen` is None where all claims are denials, or the editors let none of them stand.
    """

    field: str
    value: str
    verdict: str
    chosen: Claim | None
    standings: tuple[tuple[Claim, str], ...]
    reason: str


class Resolved(NamedTuple):
    """One record: its cells by field, the existence of the record among them under `*`."""

    table: str
    record: str
    cells: dict[str, Cell]

    @property
    def exists(self) -> bool:
        """Whether any source that is heard says that there is such a record."""
        existence = self.cells.get(EXISTENCE)
        return existence is not None and existence.chosen is not None


class Court(NamedTuple):
    """Everything that a resolution depends on besides the claims themselves."""

    witnesses: Witnesses
    decisions: Mapping[tuple[str, str, str], Decision] = MappingProxyType({})
    lineage: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    known_on: datetime.date | None = None
    at: datetime.date | None = None
    policy: Policy = BY_FIELD

    def statement_date(self, claim: Claim) -> UncertainDate | None:
        """Return the date for which a claim holds: its own, or that of its source if it has one."""
        if claim.as_of:
            return date_of(claim.as_of)
        return self.witnesses.dated(claim.source)

    def hears(self, claim: Claim, rule: str) -> bool:
        """Say whether a claim was published by `known_on`, holds by `at`, and has a heard tier."""
        if self.policy.tiers is not None:
            witness = self.witnesses.by_id.get(claim.source)
            if witness is None or witness.tier not in self.policy.tiers:
                return False
        if self.known_on is not None and not self._known(claim, self.known_on):
            return False
        if self.at is not None and rule == "latest":
            statement = self.statement_date(claim)
            return statement is None or statement.lower is None or statement.lower <= self.at
        return True

    def _known(self, claim: Claim, day: datetime.date) -> bool:
        published = self.witnesses.published(claim.source)
        # The editors' word is no news, unless they date it; anything else counts from its end.
        if published is None:
            published = date_of(claim.as_of) if claim.as_of else None
        return published is None or (published.upper is not None and published.upper <= day)

    def is_within(self, table: str, child: str, ancestor: str) -> bool:
        """Say whether one record is another or one of its parts."""
        parents = self.lineage.get(table, {})
        seen = set()
        while child != ancestor:
            seen.add(child)
            child = parents.get(child, "")
            if not child or child in seen:
                return False
        return True


def resolve(claims: Iterable[Claim], court: Court) -> Iterator[Resolved]:
    """Resolve claims that are sorted by table, record, field and id, one record at a time.

    Records of which no claim is heard are left out; records that are only denied are returned, with
    `exists` false.

    >>> from lunarprogrammes.evidence import Witness
    >>> court = Court(Witnesses({"a": Witness("a", "press", "2021")}))
    >>> claim = Claim.of("missions", "luna-24", "launch_date", "1976", "a", "p. 1")
    >>> next(resolve([claim], court)).cells["launch_date"].verdict
    'single'
    """
    for (table, record), of_record in groupby(claims, key=attrgetter("table", "record")):
        fields = tables.get(table).fields
        cells = {}
        for name, of_cell in groupby(of_record, key=attrgetter("field")):
            cell = resolve_cell(list(of_cell), fields.get(name), court)
            if cell is not None:
                cells[name] = cell
        if cells:
            yield Resolved(table, record, cells)


def resolve_cell(claims: Sequence[Claim], field: Field | None, court: Court) -> Cell | None:
    """Resolve the claims of one cell; `field` is None for the existence of the record."""
    rule = court.policy.rule or (field.rule if field else "authority")
    heard = [claim for claim in claims if court.hears(claim, field.rule if field else rule)]
    if not heard:
        return None
    affirmed = [claim for claim in heard if claim.certainty != DENIED]
    if not affirmed:
        standings = tuple((claim, SUPPORTING) for claim in heard)
        return Cell(heard[0].field, "", DENIED, None, standings, "only")
    decision = court.decisions.get(heard[0].cell)
    if decision is not None and decision.leaves_empty:
        standings = tuple((claim, REJECTED) for claim in heard)
        return Cell(heard[0].field, "", CONTESTED, None, standings, "decision")
    if len(heard) == 1:
        claim = heard[0]
        return Cell(claim.field, claim.value, SINGLE, claim, ((claim, CHOSEN),), "only")
    chosen, decided = _choose(affirmed, field, rule, court)
    standings = tuple(
        (claim, CHOSEN if claim is chosen else _standing(claim, chosen, field, rule, court))
        for claim in heard
    )
    reason = decided or _reason(chosen, standings, field, rule, court)
    return Cell(chosen.field, chosen.value, _verdict(standings, court), chosen, standings, reason)


def lineage_of(claims: Iterable[Claim], court: Court) -> dict[str, dict[str, str]]:
    """Return each record's parent by table and id, resolved like any other cell.

    `claims` are in the order of the ledger; `court` knows no lineage yet.
    """
    lineage: dict[str, dict[str, str]] = {}
    parents = (claim for claim in claims if claim.field == "parent")
    for (table, record), of_cell in groupby(parents, key=attrgetter("table", "record")):
        cell = resolve_cell(list(of_cell), tables.get(table).fields.get("parent"), court)
        if cell is not None and cell.value:
            lineage.setdefault(table, {})[record] = cell.value
    return lineage


def _choose(claims: list[Claim], field: Field | None, rule: str, court: Court) -> tuple[Claim, str]:
    said = values_said(claims, court)
    ranked = sorted(claims, key=lambda claim: rank(claim, said, field, rule, court))
    if court.policy.choose is not None:
        return court.policy.choose(ranked), "policy"
    decision = court.decisions.get(ranked[0].cell)
    leader = ranked[0]
    if decision is not None:
        leader = next((claim for claim in ranked if claim.value == decision.value), leader)
        if leader.value == decision.value:
            return leader, "decision"
    if field is None or field.complementary:
        return leader, ""
    if rule == "latest":
        # What was once said more sharply still stands when it is told again more vaguely.
        return min(
            (claim for claim in ranked if _sharpens(claim, leader, field)),
            key=lambda claim: vagueness(claim, field, court),
        ), ""
    return _sharpest(leader, ranked, field, court), ""


def _sharpest(leader: Claim, ranked: Sequence[Claim], field: Field, court: Court) -> Claim:
    """Return the most precise word on the same thing.

    A catalogue or a scholar may sharpen what an agency says vaguely; the press only where all that
    it and the better sources say is compatible with the sharper word; blogs never.
    """
    mine = court.witnesses.tier_rank(leader.source)
    same = [
        (court.witnesses.tier_rank(claim.source), claim)
        for claim in ranked
        if WEAKNESS[claim.certainty] <= WEAKNESS[leader.certainty]
        and compatible(leader, claim, field, court)
    ]
    heard = [claim for tier, claim in same if tier <= max(mine, _SHARPENING_UNDISPUTED)]
    sharpest = min(heard, key=lambda claim: vagueness(claim, field, court))
    if all(compatible(sharpest, claim, field, court) for claim in heard):
        return sharpest
    equals = [claim for tier, claim in same if tier <= max(mine, _SHARPENING)]
    return min(equals, key=lambda claim: vagueness(claim, field, court))


def _sharpens(claim: Claim, leader: Claim, field: Field) -> bool:
    """Say whether a claim's term is the leader's, or one that stands over it."""
    over = field.vocabulary is not None and leader.value in field.vocabulary.below(claim.value)
    return claim is leader or (over and WEAKNESS[claim.certainty] <= WEAKNESS[leader.certainty])


def _standing(claim: Claim, chosen: Claim, field: Field | None, rule: str, court: Court) -> str:
    agrees = compatible(claim, chosen, field, court)
    if (claim.certainty == DENIED) != agrees:
        return SUPPORTING
    if rule == "latest" and _is_older(claim, chosen, court):
        return SUPERSEDED
    return REJECTED


def _is_older(claim: Claim, chosen: Claim, court: Court) -> bool:
    """Say whether a claim was certainly made for an earlier time; overlapping dates are not."""
    mine, theirs = court.statement_date(claim), court.statement_date(chosen)
    if mine is None or theirs is None or mine.upper is None or theirs.lower is None:
        return False
    return mine.upper < theirs.lower


def _verdict(standings: Sequence[tuple[Claim, str]], court: Court) -> str:
    kinds = {standing for _, standing in standings}
    if REJECTED in kinds:
        return CONTESTED
    if SUPERSEDED in kinds:
        return SUPERSEDED
    witnesses = {court.witnesses.origin(claim.source) for claim, _ in standings}
    return AGREED if len(witnesses) > 1 else SINGLE


def _reason(
    chosen: Claim,
    standings: Sequence[tuple[Claim, str]],
    field: Field | None,
    rule: str,
    court: Court,
) -> str:
    """Name the first criterion on which the chosen claim beats its best rival."""
    claims = [claim for claim, _ in standings if claim.certainty != DENIED]
    rivals = [
        claim
        for claim, standing in standings
        if standing in {REJECTED, SUPERSEDED} and claim.certainty != DENIED
    ]
    if not rivals:
        return "only"
    said = values_said(claims, court)
    mine = rank(chosen, said, field, rule, court)
    best = min(rank(rival, said, field, rule, court) for rival in rivals)
    if best < mine:
        # It does not outrank its rival: it sharpens a leader that does.
        return "precision"
    pairs = zip(CRITERIA[rule], mine, best, strict=True)
    # The checker resolves claims that have no id yet: nothing but their order tells them apart.
    return next((name for name, a, b in pairs if a != b), "id")
