"""Camps: which states and bodies stood with the Artemis Accords and with the ILRS, and since when.

A camp is read from the resolved tables `parties` and `partners` by the definition that it states;
nothing is decided here. Where no source gives the day of joining, the earliest date for which one
states the membership is the latest day on which it can have begun (`2021/2024-04-30`).
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from lunarprogrammes.answers import Answer
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.evidence.claims import DENIED
from lunarprogrammes.perspective import Day, last_day
from lunarprogrammes.tables import get
from lunarprogrammes.tables._field import LIST_SEPARATOR

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

ARTEMIS, ILRS, BOTH = "artemis", "ilrs", "both"
STATE = "state"


class Camp(NamedTuple):
    """What makes an actor a member: the table, the whole that it belongs to, the telling terms.

    A term of `members` is membership, one of `doubtful` possibly so, one of `left` ended it. Nobody
    belongs before `opened`: table, record and field of a date.
    """

    id: str
    title: str
    says: str
    table: str
    whole: tuple[str, str]
    member: str
    term: str
    members: frozenset[str]
    doubtful: frozenset[str]
    left: frozenset[str]
    since: str
    until: str
    opened: tuple[str, str, str]


CAMPS: Mapping[str, Camp] = {
    ARTEMIS: Camp(
        ARTEMIS,
        "Artemis Accords",
        "Signatories of the Artemis Accords, from the day of signature.",
        table="parties",
        whole=("agreement", "artemis-accords"),
        member="party",
        term="role",
        members=frozenset({"signatory", "party"}),
        doubtful=frozenset(),
        left=frozenset({"former-party"}),
        since="signed",
        until="withdrawn",
        opened=("agreements", "artemis-accords", "signed"),
    ),
    ILRS: Camp(
        ILRS,
        "International Lunar Research Station",
        "Partners in the International Lunar Research Station that have signed an instrument of "
        "participation, lead it or take part in fact. Who is only said to have agreed counts as "
        "possible.",
        table="partners",
        whole=("programme", "ilrs"),
        member="partner",
        term="status",
        members=frozenset({"lead", "signed", "active", "inactive"}),
        doubtful=frozenset({"agreed"}),
        left=frozenset({"withdrawn"}),
        since="joined",
        until="left",
        opened=("agreements", "ilrs-memorandum-2021", "signed"),
    ),
}


@dataclass(frozen=True)
class Membership:
    """One actor's place in one camp.

    `since` is a date, or where only a later statement shows that it had joined, the time from the
    camp's opening to that statement (`dated` is then false); `certain` is false where no source
    states a signature or a part taken in fact.
    """

    camp: str
    actor: str
    name: str
    level: str
    standing: str
    opened: datetime.date | None
    since: UncertainDate | None
    until: UncertainDate | None
    dated: bool
    certain: bool
    ordinal: int | None
    record: str
    sources: tuple[str, ...]

    def on(self, day: Day) -> Answer:
        """Say whether the actor belonged to the camp on a day."""
        moment = last_day(day)
        if self.opened and moment < self.opened:
            return Answer.NO
        began = self.since.not_after(moment) if self.since else Answer.POSSIBLY
        ended = self.until.not_after(moment) if self.until else Answer.NO
        answer = began & ~ended
        return answer if self.certain or answer is Answer.NO else Answer.POSSIBLY

    def __str__(self) -> str:
        since = self.since.text if self.since else "unknown"
        place = f" (number {self.ordinal})" if self.ordinal else ""
        return f"{self.name}: {self.camp}, {self.standing}, since {since}{place}"


@dataclass(frozen=True)
class Alignment:
    """One actor with its places in the camps on the day asked for; `first` is where it began.

    `first` is empty where it belongs to one camp only or the dates leave the order open.
    """

    actor: str
    name: str
    memberships: Mapping[str, Membership]

    @property
    def camp(self) -> str:
        """`artemis`, `ilrs` or `both`."""
        return BOTH if len(self.memberships) > 1 else next(iter(self.memberships))

    @property
    def first(self) -> str:
        """The camp that it joined first, if it belongs to both and the dates tell."""
        if self.camp != BOTH:
            return ""
        ours, theirs = self.memberships[ARTEMIS].since, self.memberships[ILRS].since
        if ours is None or theirs is None:
            return ""
        if ours.before(theirs) is Answer.YES:
            return ARTEMIS
        return ILRS if theirs.before(ours) is Answer.YES else ""


class Tally(NamedTuple):
    """How many belonged to a camp on a day: certainly (`least`) and possibly (`most`)."""

    least: int
    most: int

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least} to {self.most}"


@dataclass(frozen=True)
class Camps:
    """All memberships that a dataset holds, and those who are spoken of without belonging.

    >>> import lunarprogrammes as lp
    >>> camps = lp.load().camps()
    >>> [one.actor for one in camps.on("2020-10-13", camp="artemis")][:2]
    ['australia', 'canada']
    """

    memberships: tuple[Membership, ...]
    others: tuple[Membership, ...]

    def on(
        self, day: Day | None = None, *, camp: str | None = None, level: str | None = STATE
    ) -> tuple[Membership, ...]:
        """Return who belonged to a camp on a day, those included who only possibly did.

        Without a day: everybody who has not left. `level` None takes states and all other bodies.
        """
        return tuple(
            one
            for one in self.memberships
            if camp in {None, one.camp}
            and level in {None, one.level}
            and (one.until is None if day is None else one.on(day) is not Answer.NO)
        )

    def aligned(self, day: Day | None = None, *, level: str | None = STATE) -> list[Alignment]:
        """Return every actor with its places in the camps on a day, by name."""
        by_actor: dict[str, dict[str, Membership]] = {}
        for one in self.on(day, level=level):
            by_actor.setdefault(one.actor, {})[one.camp] = one
        found = [
            Alignment(actor, next(iter(places.values())).name, places)
            for actor, places in by_actor.items()
        ]
        return sorted(found, key=lambda one: one.name)

    def tally(self, day: Day | None = None, *, camp: str, level: str | None = STATE) -> Tally:
        """Count the members of a camp, or of `both`, on a day."""
        if camp == BOTH:
            places = [one.memberships for one in self.aligned(day, level=level)]
            groups = [list(place.values()) for place in places if len(place) > 1]
        else:
            groups = [[one] for one in self.on(day, camp=camp, level=level)]
        return Tally(sum(_surely(group, day) for group in groups), len(groups))

    def over_time(
        self, days: Iterable[datetime.date], *, level: str | None = STATE
    ) -> Iterator[tuple[datetime.date, dict[str, Tally]]]:
        """Count each camp and both together on each of the days."""
        for day in days:
            yield (
                day,
                {camp: self.tally(day, camp=camp, level=level) for camp in (ARTEMIS, ILRS, BOTH)},
            )

    def __repr__(self) -> str:
        sizes = ", ".join(f"{camp} {self.tally(camp=camp)}" for camp in (ARTEMIS, ILRS, BOTH))
        return f"<Camps of states: {sizes}>"


def _surely(group: list[Membership], day: Day | None) -> bool:
    if day is None:
        return all(one.certain for one in group)
    return all(one.on(day) is Answer.YES for one in group)


def camps_of(dataset: "Dataset") -> Camps:
    """Read both camps from a dataset, as known on its day and by its policy.

    An agency that signed for its state stands for the state, unless that has a row of its own.
    """
    found = [one for camp in CAMPS.values() for one in _read(dataset, camp)]
    return Camps(
        tuple(one for one in found if one.standing in _telling(CAMPS[one.camp])),
        tuple(one for one in found if one.standing not in _telling(CAMPS[one.camp])),
    )


def _telling(camp: Camp) -> frozenset[str]:
    return camp.members | camp.doubtful | camp.left


def _read(dataset: "Dataset", camp: Camp) -> Iterator[Membership]:
    of, whole = camp.whole
    rows = [row for row in dataset.table(camp.table).rows() if row[of] == whole]
    states: dict[str, Membership] = {}
    actors = dataset.actors
    for row in rows:
        actor = row[camp.member]
        known = actors.row(actor) if actor in actors else {}
        one = _membership(dataset, camp, row, known.get("name") or actor)
        if one.level != STATE:
            yield one
            continue
        stands_for = actor if known.get("kind") == "country" else known.get("country", "")
        if not stands_for:
            yield one
        elif stands_for == actor or stands_for not in states:
            states[stands_for] = _as_state(dataset, stands_for, one)
    yield from states.values()


def _as_state(dataset: "Dataset", state: str, one: Membership) -> Membership:
    row = dataset.actors.row(state) if state in dataset.actors else {}
    return replace(one, actor=state, name=row.get("name") or state)


def _membership(dataset: "Dataset", camp: Camp, row: Mapping[str, str], name: str) -> Membership:
    record = get(camp.table).record_id(row)
    standing = "lead" if row["role"] in {"lead", "co-founder"} else row[camp.term]
    since = UncertainDate(row[camp.since]) if row[camp.since] else None
    until = UncertainDate(row[camp.until]) if row[camp.until] else None
    dated = since is not None
    if since is None and standing in _telling(camp):
        shown = camp.doubtful if standing in camp.doubtful else camp.members
        since = _shown_by(dataset, camp, record, shown)
    if until is None and standing in camp.left:
        until = _shown_by(dataset, camp, record, camp.left)
    return Membership(
        camp=camp.id,
        actor=row[camp.member],
        name=name,
        level=row["level"],
        standing=standing,
        opened=_opened(dataset, camp),
        since=since,
        until=until,
        dated=dated,
        certain=standing not in camp.doubtful,
        ordinal=int(row["ordinal"]) if row.get("ordinal") else None,
        record=f"{camp.table}/{record}",
        sources=tuple(row["sources"].split(LIST_SEPARATOR)) if row["sources"] else (),
    )


def _shown_by(
    dataset: "Dataset", camp: Camp, record: str, terms: frozenset[str]
) -> UncertainDate | None:
    """Return the time from the camp's opening to the earliest date for which a term is stated."""
    stated = [
        date.upper
        for date, claim in dataset.dated_claims(camp.table, record, camp.term)
        if claim.value in terms and claim.certainty != DENIED and date and date.upper
    ]
    if not stated:
        return None
    return UncertainDate(f"{_opened(dataset, camp) or '..'}/{min(stated)}")


def _opened(dataset: "Dataset", camp: Camp) -> datetime.date | None:
    table, record, field = camp.opened
    view = dataset.table(table)
    text = view.row(record)[field] if record in view else ""
    return UncertainDate(text).lower if text else None
