"""Why a cell says what it says: its claims, their sources and places, the verdict, the reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.evidence.claims import DENIED, EXISTENCE, Claim
from lunarprogrammes.evidence.decisions import Decision
from lunarprogrammes.evidence.witnesses import EDITORS, TIERS
from lunarprogrammes.resolve import CHOSEN, SINGLE, SUPPORTING, Cell

_REASONS = {
    "known": "A stated value goes before one that the source calls unknown.",
    "tier": "{tier} source goes before the others.",
    "recency": "It is the latest statement.",
    "certainty": "What a source states goes before what it reports, estimates or holds.",
    "precision": "Of statements of equal rank the more precise one stands.",
    "witnesses": "Of statements of equal rank, more independent sources agree with this one.",
    "source": "Nothing ranks one above the other; the order of source ids decides, for lack of a "
    "better reason.",
    "id": "Nothing ranks one above the other; the order of claim ids decides, for lack of "
    "a better reason.",
    "policy": "The policy that was asked for chose it.",
}


@dataclass(frozen=True)
class Evidence:
    """The whole evidence for one cell, in the order: chosen, supporting, superseded, rejected.

    `sources` holds the rows of the table `sources` that the claims name. Printing it gives the
    account that `lunarprogrammes why` shows.
    """

    table: str
    cell: Cell
    record: str
    sources: Mapping[str, Mapping[str, str]]
    decision: Decision | None = None

    @property
    def field(self) -> str:
        """The field of the cell; `*` for the existence of the record."""
        return self.cell.field

    @property
    def value(self) -> str:
        """What the cell says, as text."""
        return self.cell.value

    @property
    def verdict(self) -> str:
        """One of single, agreed, superseded, contested, denied."""
        return self.cell.verdict

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, best standing first."""
        return tuple(claim for claim, _ in self.standings)

    @property
    def standings(self) -> tuple[tuple[Claim, str], ...]:
        """All claims with their standings, best first."""
        order = {CHOSEN: 0, "supporting": 1, "superseded": 2, "rejected": 3}
        return tuple(
            sorted(self.cell.standings, key=lambda one: (order[one[1]], one[0].source, one[0].id))
        )

    @property
    def reason(self) -> str:
        """Why this value stands, in a sentence."""
        reason = self.cell.reason
        if reason == "decision" and self.decision is not None:
            return f"Decided by the editors on {self.decision.decided}: {self.decision.reason}"
        if self.verdict == DENIED:
            return "Every source that speaks denies it, so the cell stays empty."
        if reason == "only":
            if any(standing in {"rejected", "superseded"} for _, standing in self.standings):
                return "A source denies it, and none other offers another value."
            if self.verdict == SINGLE:
                return "One source speaks, and nothing contradicts it."
            return "All sources that speak are compatible."
        chosen = self.cell.chosen
        tier = self.sources.get(chosen.source, {}).get("tier", "") if chosen else ""
        return _REASONS[reason].format(tier=f"{'An' if tier[:1] in 'aeiou' else 'A'} {tier}")

    def divides(self, one: str, other: str) -> bool:
        """Say whether a source of one tier upholds the value and one of the other rejects it.

        Either tier may be on either side. Raises `LunarProgrammesError` for a word that is no tier.
        """
        for tier in (one, other):
            if tier not in TIERS:
                raise LunarProgrammesError(
                    f"There is no tier '{tier}'.", expected=f"There are {', '.join(TIERS)}."
                )
        upheld, rejected = set[str](), set[str]()
        for claim, standing in self.standings:
            side = upheld if standing in {CHOSEN, SUPPORTING} else rejected
            side.add(self.sources.get(claim.source, {}).get("tier", ""))
        return (one in upheld and other in rejected) or (other in upheld and one in rejected)

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def __repr__(self) -> str:
        what = f"{self.table} {self.record} {self.field}"
        return f"<Evidence {what}: {self.value} ({self.verdict}, {len(self.claims)} claim(s))>"

    def _lines(self) -> list[str]:
        what = "exists" if self.field == EXISTENCE else f"{self.field} = {self.value or '(empty)'}"
        lines = [f"{self.table}/{self.record}: {what}", f"verdict: {self.verdict}. {self.reason}"]
        for claim, standing in self.standings:
            lines.extend(("", *self._account(claim, standing)))
        return lines

    def _account(self, claim: Claim, standing: str) -> list[str]:
        source = self.sources.get(claim.source, {})
        says = claim.value or ("no such record" if claim.certainty == DENIED else "exists")
        certainty = "" if claim.certainty == "stated" else f" ({claim.certainty})"
        lines = [f"  {standing}: {says}{certainty}  [{claim.id}]"]
        title = source.get("title", "")
        lines.append(f"    {claim.source}: {title} ({source.get('tier', 'no tier')})")
        lines.append(f"    at {claim.locator}" + _when(claim, source))
        if claim.cites:
            lines.append(f"    citing {claim.cites}")
        if claim.remark:
            lines.append(f"    remark: {claim.remark}")
        return lines


def _when(claim: Claim, source: Mapping[str, str]) -> str:
    if claim.as_of:
        return f", as of {claim.as_of}"
    if claim.source == EDITORS:
        return ""
    issued = source.get("issued_probable") or source.get("issued")
    return f", published {issued}" if issued else f", read {source.get('accessed', '')}"
