"""Two programmes side by side: who leads and takes part, by what instruments, how far they are."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lunarprogrammes.answers import Answer
from lunarprogrammes.camps import CAMPS, Camps, camps_of
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.slips import drifts

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset


@dataclass(frozen=True)
class Aspect:
    """One thing compared: its name, what it is for each programme, where to look further."""

    name: str
    values: tuple[str, ...]
    see: str


@dataclass(frozen=True)
class Comparison:
    """Programmes by aspect; an aspect of which nothing was read is empty for that programme."""

    programmes: tuple[str, ...]
    aspects: tuple[Aspect, ...]

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return next(one.values for one in self.aspects if one.name == name)


def compare(dataset: "Dataset", *programmes: str) -> Comparison:
    """Compare programmes by everything that the tables hold of them, their parts included.

    Raises `UnknownRecord` for an id that is none.
    """
    for programme in programmes:
        dataset.programmes.row(programme)
    seen = [_Seen(dataset, programme, camps_of(dataset)) for programme in programmes]
    aspects = [
        Aspect(name, tuple(tell(one) for one in seen), see)
        for name, (tell, see) in _ASPECTS.items()
    ]
    kept = [one for one in aspects if any(one.values)]
    return Comparison(programmes, tuple(kept))


class _Seen:
    """One programme with its parts, and what several aspects ask of it."""

    def __init__(self, dataset: "Dataset", programme: str, camps: Camps) -> None:
        self.dataset = dataset
        self.id = programme
        self.row = dataset.programmes.row(programme)
        self.parts = dataset.with_parts("programmes", programme)
        self.camps = camps
        self.missions = [row for row in dataset.missions.rows() if row["programme"] in self.parts]

    def of(self, table: str) -> list[Mapping[str, str]]:
        """Return the rows of a table that name the programme or one of its parts."""
        return [row for row in self.dataset.table(table).rows() if row["programme"] in self.parts]

    def cell(self, field: str) -> str:
        """Return a cell of the programme itself."""
        return self.row[field]

    def members(self, level: str) -> str:
        """Count the members of the camp that the programme stands for, or its partners."""
        if self.id in CAMPS:
            tally = self.camps.tally(camp=self.id, level=level)
            return str(tally) if tally.most else ""
        found = {row["partner"] for row in self.of("partners") if row["level"] == level}
        return str(len(found)) if found else ""


def _named(seen: _Seen, table: str, key: str) -> str:
    if not key:
        return ""
    view = seen.dataset.table(table)
    return view.row(key)["name"] or key if key in view else key


def _instruments(seen: _Seen) -> str:
    rows = [row for row in seen.of("agreements") if row["id"] not in {seen.id}]
    listed = {row["id"]: row for row in rows}
    if seen.id in CAMPS and CAMPS[seen.id].whole[0] == "agreement":
        accords = CAMPS[seen.id].whole[1]
        if accords in seen.dataset.agreements:
            listed[accords] = seen.dataset.agreements.row(accords)
    kinds = Counter(row["kind"] for row in listed.values() if row["kind"])
    return _counted(kinds)


def _counted(kinds: Mapping[str, int]) -> str:
    ranked = sorted(kinds.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{kind} {number}" for kind, number in ranked)


def _partners(seen: _Seen) -> str:
    active = {"signed", "active", "agreed"}
    rows = [row for row in seen.of("partners") if row["status"] in active or row["role"] == "lead"]
    return _counted(Counter(row["level"] or "level not stated" for row in rows))


def _flown(seen: _Seen) -> str:
    flown = [row for row in seen.missions if row["launch_date"]]
    outcomes = Counter(row["outcome"] or "outcome not stated" for row in flown)
    return f"{len(flown)} ({_counted(outcomes)})" if flown else ""


def _ahead(seen: _Seen) -> str:
    ahead = [
        row
        for row in seen.missions
        if not row["launch_date"] and row["status"] not in {"cancelled", "proposed"}
    ]
    return str(len(ahead)) if ahead else ""


def _next(seen: _Seen) -> str:
    return _first(seen, "planned_launch", seen.missions)


def _crewed_landing(seen: _Seen) -> str:
    crewed = [row for row in seen.missions if row["crewed"] == "true"]
    return _first(seen, "planned_landing", crewed)


def _first(seen: _Seen, field: str, missions: list[Mapping[str, str]]) -> str:
    """Return the first plan that the day of the edition has not overtaken."""
    today = seen.dataset.edition.replace(".", "-")
    plans = [
        (UncertainDate(row[field]), row["name"] or row["id"])
        for row in missions
        if row[field] and not row["launch_date"] and row["status"] != "cancelled"
    ]
    ahead = [one for one in plans if one[0].is_known and one[0].before(today) is not Answer.YES]
    if not ahead:
        return ""
    date, name = min(ahead, key=lambda one: one[0].sort_key)
    return f"{name}, {date.text}"


def _contributions(seen: _Seen) -> str:
    missions = {row["id"] for row in seen.missions}
    rows = [
        row
        for row in seen.dataset.contributions.rows()
        if row["programme"] in seen.parts or row["mission"] in missions
    ]
    return _counted(Counter(row["kind"] for row in rows if row["kind"]))


def _foreign_instruments(seen: _Seen) -> str:
    home = {row["id"]: row["country"] for row in seen.missions}
    rows = [
        row
        for row in seen.dataset.payloads.rows()
        if row["mission"] in home and row["country"] and row["country"] != home[row["mission"]]
    ]
    countries = len({row["country"] for row in rows})
    noun = "country" if countries == 1 else "countries"
    return f"{len(rows)} ({countries} {noun})" if rows else ""


def _mean_slip(seen: _Seen) -> str:
    rates = [drift.per_year for _, drift in drifts(seen.dataset, seen.id)]
    if not rates:
        return ""
    return f"{sum(rates) / len(rates):.0f} days per year ({len(rates)} missions)"


def _in_both(seen: _Seen) -> str:
    both = [one for one in seen.camps.aligned() if one.camp == "both"]
    return ", ".join(one.name for one in both) if seen.id in CAMPS else ""


def _statements(seen: _Seen) -> str:
    wanted = {f"programmes/{part}" for part in seen.parts}
    rows = [row for row in seen.dataset.statements.rows() if row["about"] in wanted]
    return _counted(Counter(row["topic"] for row in rows if row["topic"]))


def _since(seen: _Seen) -> str:
    return seen.cell("announced") or seen.cell("approved")


_ASPECTS: Mapping[str, tuple[Callable[[_Seen], str], str]] = {
    "name": (lambda seen: seen.cell("name"), "show programmes/ID"),
    "lead": (lambda seen: _named(seen, "actors", seen.cell("lead")), "why programmes/ID lead"),
    "announced": (_since, "why programmes/ID announced"),
    "status": (lambda seen: seen.cell("status"), "why programmes/ID status"),
    "objective": (lambda seen: seen.cell("objective"), "why programmes/ID objective"),
    "planned end": (lambda seen: seen.cell("planned_end"), "slips programmes/ID"),
    "member states": (lambda seen: seen.members("state"), "camps"),
    "member bodies of states": (
        lambda seen: seen.members("intergovernmental"),
        "camps --level intergovernmental",
    ),
    "member institutions": (
        lambda seen: seen.members("institution"),
        "camps --level institution",
    ),
    "states in both": (_in_both, "camps --camp both"),
    "partners by level": (_partners, "list partners --programme ID"),
    "instruments": (_instruments, "list agreements --programme ID"),
    "missions flown": (_flown, "list missions --programme ID"),
    "missions ahead": (_ahead, "list missions --programme ID"),
    "next planned": (_next, "list missions --programme ID"),
    "first crewed landing": (_crewed_landing, "slips MISSION"),
    "mean slip": (_mean_slip, "slips --programme ID"),
    "contributions": (_contributions, "list contributions --programme ID"),
    "foreign instruments": (_foreign_instruments, "list payloads"),
    "statements about it": (_statements, "positions"),
}
