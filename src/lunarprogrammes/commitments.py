"""Commitments: which agreements bind an actor, or are signed by it, and since when.

Read from the resolved tables `parties` and `agreements`. What binds and what does not is told apart
by the kind of the agreement and by what the actor did; nothing is decided about values here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lunarprogrammes.answers import Answer
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.perspective import Day, last_day
from lunarprogrammes.tables import get

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

BINDING = "binding"
SIGNED = "signed, not ratified"
POLITICAL = "political"
OWN = "own law or policy"
ADDRESSED = "addressed"
FORCES: Mapping[str, str] = {
    BINDING: "A treaty or intergovernmental agreement that the actor has ratified, acceded to or "
    "that is in force for it.",
    SIGNED: "A treaty or intergovernmental agreement that it has signed; no ratification or force "
    "is stated.",
    POLITICAL: "Accords, a memorandum or another instrument that it has signed without being "
    "bound by treaty.",
    OWN: "A law, directive, plan or paper that it, or one of its bodies, has issued.",
    ADDRESSED: "An instrument of another that is addressed to it.",
}

_TREATIES = {"treaty", "intergovernmental-agreement"}


@dataclass(frozen=True)
class Commitment:
    """One agreement with what an actor is to it.

    `since` is the date from which it holds for the actor in the sense of `force`: its own force or
    ratification, else its signature, else the date of the instrument. None where no source dates
    it.
    """

    agreement: str
    name: str
    kind: str
    force: str
    role: str
    since: UncertainDate | None
    signed: str
    ratified: str
    in_force: str
    until: UncertainDate | None
    party: str
    record: str

    def on(self, day: Day) -> Answer:
        """Say whether it held for the actor on a day."""
        moment = last_day(day)
        began = self.since.not_after(moment) if self.since else Answer.POSSIBLY
        ended = self.until.not_after(moment) if self.until else Answer.NO
        return began & ~ended


def commitments_of(dataset: "Dataset", actor: str) -> list[Commitment]:
    """Return what an actor and its bodies are committed to, binding agreements first.

    For a country those of its agencies, ministries and other bodies of the state count too.
    Raises `UnknownRecord`.
    """
    found = list(_commitments(dataset, actor))
    order = list(FORCES)
    return sorted(
        found,
        key=lambda one: (order.index(one.force), one.since is None, _day(one), one.agreement),
    )


def _day(one: Commitment) -> tuple[object, ...]:
    return one.since.sort_key if one.since else ()


def bodies_of(dataset: "Dataset", actor: str) -> frozenset[str]:
    """Return an actor and, for a country, the bodies through which its state acts."""
    state = dataset.actors.row(actor)
    bodies = set(dataset.with_parts("actors", actor))
    if state["kind"] == "country":
        acting = {"agency", "ministry", "government-body", "military"}
        bodies |= {
            key
            for key, row in dataset.actors.items()
            if row["country"] == actor and row["kind"] in acting
        }
    return frozenset(bodies)


def _commitments(dataset: "Dataset", actor: str) -> Iterator[Commitment]:
    bodies = bodies_of(dataset, actor)
    table = get("parties")
    seen = set()
    for row in dataset.parties.rows():
        if row["party"] not in bodies or row["agreement"] not in dataset.agreements:
            continue
        agreement = dataset.agreements.row(row["agreement"])
        seen.add(row["agreement"])
        if (one := _commitment(agreement, row, table.record_id(row))) is not None:
            yield one
    for key, agreement in dataset.agreements.items():
        if agreement["issuer"] in bodies and key not in seen:
            issued = {"party": agreement["issuer"], "role": "issuer"}
            if (one := _commitment(agreement, issued, "")) is not None:
                yield one


def _commitment(
    agreement: Mapping[str, str], party: Mapping[str, str], record: str
) -> Commitment | None:
    force = _force(agreement["kind"], party)
    if not force:
        return None
    own = [party.get(name, "") for name in ("in_force", "ratified", "signed")]
    whole = [agreement[name] for name in ("in_force", "adopted", "signed", "published")]
    # A treaty binds from the actor's own act; an instrument of two or of one from its own date.
    dates = own if force in {BINDING, SIGNED} and agreement["kind"] == "treaty" else own + whole
    since = next((text for text in dates if text), "")
    until = party.get("withdrawn", "") or agreement["ended"]
    return Commitment(
        agreement=agreement["id"],
        name=agreement["name"] or agreement["id"],
        kind=agreement["kind"],
        force=force,
        role=party["role"],
        since=UncertainDate(since) if since else None,
        signed=party.get("signed", ""),
        ratified=party.get("ratified", ""),
        in_force=party.get("in_force", ""),
        until=UncertainDate(until) if until else None,
        party=party["party"],
        record=f"parties/{record}" if record else f"agreements/{agreement['id']}",
    )


def _force(kind: str, party: Mapping[str, str]) -> str:
    role = party["role"]
    if role == "outside":
        return ""
    if role == "addressee":
        return ADDRESSED
    if role == "issuer":
        return OWN
    if kind in _TREATIES:
        bound = party.get("in_force") or party.get("ratified") or role in {"party", "former-party"}
        if bound:
            return BINDING
        return SIGNED if role or party.get("signed") else ""
    return POLITICAL if role or party.get("signed") else ""
