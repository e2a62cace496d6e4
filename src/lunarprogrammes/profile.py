"""A profile: what an actor is to the camps, what it brings to each programme, what it said.

Gathers rows of the resolved tables that name an actor or, for a country, the bodies and enterprises
established in it. Decides nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lunarprogrammes.camps import Membership, camps_of
from lunarprogrammes.commitments import Commitment, commitments_of
from lunarprogrammes.positions import Position, positions_of

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

_INSTRUMENT = "instrument"
_MISSION = "mission"
_MEMBER = "membership"


@dataclass(frozen=True)
class Brought:
    """One thing that an actor brings to a programme: a contribution, an instrument, a mission.

    `programme` is empty where neither the record nor its mission names one.
    """

    programme: str
    mission: str
    kind: str
    what: str
    by: str
    to: str
    since: str
    status: str
    record: str


@dataclass(frozen=True)
class Profile:
    """What an edition holds of one actor's part in lunar affairs."""

    actor: str
    name: str
    memberships: tuple[Membership, ...]
    commitments: tuple[Commitment, ...]
    brought: tuple[Brought, ...]
    positions: tuple[Position, ...]

    def to(self, programme: str, dataset: "Dataset") -> list[Brought]:
        """Return what it brings to a programme and its parts."""
        parts = dataset.with_parts("programmes", programme)
        return [one for one in self.brought if one.programme in parts]


def profile_of(dataset: "Dataset", actor: str) -> Profile:
    """Return the profile of an actor; raise `UnknownRecord` if there is none of that id."""
    row = dataset.actors.row(actor)
    established = _established(dataset, actor)
    camps = camps_of(dataset)
    places = (*camps.memberships, *camps.others)
    brought = sorted(
        _brought(dataset, established),
        key=lambda one: (one.programme, one.mission, one.kind, one.record),
    )
    return Profile(
        actor=actor,
        name=row["name"] or actor,
        memberships=tuple(one for one in places if one.actor in established),
        commitments=tuple(commitments_of(dataset, actor)),
        brought=tuple(brought),
        positions=tuple(positions_of(dataset, [actor])),
    )


def _established(dataset: "Dataset", actor: str) -> frozenset[str]:
    """Return an actor, its parts, and for a country all that are established in it."""
    found = set(dataset.with_parts("actors", actor))
    found |= {key for key, row in dataset.actors.items() if row["country"] in found}
    for one in tuple(found):
        found |= dataset.with_parts("actors", one)
    return frozenset(found)


def _brought(dataset: "Dataset", actors: frozenset[str]) -> Iterator[Brought]:
    yield from _contributions(dataset, actors)
    yield from _instruments(dataset, actors)
    yield from _missions(dataset, actors)
    yield from _partnerships(dataset, actors)


def _programme_of(dataset: "Dataset", mission: str) -> str:
    return dataset.missions.row(mission)["programme"] if mission in dataset.missions else ""


def _contributions(dataset: "Dataset", actors: frozenset[str]) -> Iterator[Brought]:
    for key, row in dataset.contributions.items():
        if row["contributor"] in actors:
            yield Brought(
                programme=row["programme"] or _programme_of(dataset, row["mission"]),
                mission=row["mission"],
                kind=row["kind"],
                what=row["summary"],
                by=row["contributor"],
                to=row["recipient"],
                since=row["agreed"],
                status=row["status"],
                record=f"contributions/{key}",
            )


def _instruments(dataset: "Dataset", actors: frozenset[str]) -> Iterator[Brought]:
    for key, row in dataset.payloads.items():
        if row["provider"] in actors or row["country"] in actors:
            yield Brought(
                programme=_programme_of(dataset, row["mission"]),
                mission=row["mission"],
                kind=_INSTRUMENT,
                what=row["name"] or key,
                by=row["provider"] or row["country"],
                to="",
                since="",
                status="",
                record=f"payloads/{key}",
            )


def _missions(dataset: "Dataset", actors: frozenset[str]) -> Iterator[Brought]:
    for key, row in dataset.missions.items():
        if row["operator"] in actors or row["country"] in actors:
            yield Brought(
                programme=row["programme"],
                mission=key,
                kind=_MISSION,
                what=row["name"] or key,
                by=row["operator"] or row["country"],
                to="",
                since=row["launch_date"],
                status=row["outcome"] or row["status"],
                record=f"missions/{key}",
            )


def _partnerships(dataset: "Dataset", actors: frozenset[str]) -> Iterator[Brought]:
    for key, row in dataset.partners.items():
        if row["partner"] in actors:
            yield Brought(
                programme=row["programme"],
                mission="",
                kind=_MEMBER,
                what=row["summary"] or row["role"],
                by=row["partner"],
                to="",
                since=row["joined"],
                status=row["status"] or row["role"],
                record=f"partners/{key}",
            )
