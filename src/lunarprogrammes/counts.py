"""Counts of flights and landings with their published definitions, members and swing cases.

How many soft landings there have been depends on what is counted. Each count here says what it
takes, which records it took, and which of them another reasonable definition would treat otherwise.
It decides nothing about values: it reads the resolved tables of a dataset.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from lunarprogrammes.errors import LunarProgrammesError

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

Row = Mapping[str, str]
_IMPAIRED = "Sent data from the surface, but on its side, damaged or unable to begin its work."
_LANDED = {"soft-landing", "impaired-landing"}


class Definition(NamedTuple):
    """What a count takes: `counts` gives a row's membership, `swings` the reason why it may differ.

    Both see a row of `table` and the dataset. A swing case may be a member or not.
    """

    id: str
    title: str
    says: str
    table: str
    counts: Callable[[Row, "Dataset"], bool]
    swings: Callable[[Row, "Dataset"], str]


@dataclass(frozen=True)
class Counted:
    """One count of a dataset: its definition, the ids it took, and the swing cases with reasons."""

    definition: Definition
    members: tuple[str, ...]
    swing: Mapping[str, str]
    by_country: Mapping[str, int]
    stated: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many were counted."""
        return len(self.members)

    @property
    def least(self) -> int:
        """How many would remain if every swing case among them were left out."""
        return sum(member not in self.swing for member in self.members)

    @property
    def most(self) -> int:
        """How many there would be if every swing case were counted."""
        return len({*self.members, *self.swing})


def _is_flight(row: Row, _: "Dataset") -> bool:
    return row["scope"] == "lunar" and bool(row["launch_date"])


def _doubtful_success(row: Row, moon: "Dataset") -> str:
    if not _is_flight(row, moon):
        return ""
    if row["outcome"] == "partial-success":
        return "Part of the objective was met."
    landed = (craft for craft in moon.table("spacecraft").rows() if craft["mission"] == row["id"])
    if row["outcome"] == "success" and any(_impaired(craft, moon) for craft in landed):
        return "Called a success, though its lander came down on its side or damaged."
    return ""


def _flight_swings(row: Row, _: "Dataset") -> str:
    flown = bool(row["launch_date"])
    if flown and row["scope"] == "companion":
        return "Flew with a lunar mission, to another goal or none at the Moon."
    if flown and row["scope"] == "test" and row["launch_vehicle"] == "n1":
        return "A test of a Moon rocket."
    return ""


def _landed(row: Row, _: "Dataset") -> bool:
    return row["surface_contact"] in _LANDED and stands_alone(row)


def stands_alone(row: Row) -> bool:
    """Say whether a craft's landing is its own: a rover or an ascender rides down on another."""
    return row["kind"] not in {"rover", "ascender", "hopper", "robot", "return-capsule"}


def _impaired(row: Row, _: "Dataset") -> str:
    if not stands_alone(row):
        return ""
    return _IMPAIRED if row["surface_contact"] == "impaired-landing" else ""


def _landed_on_far_side(row: Row, moon: "Dataset") -> bool:
    return _landed(row, moon) and _is_far(row, moon)


def _is_far(row: Row, moon: "Dataset") -> bool:
    from lunarprogrammes.quantities import Quantity

    if row["longitude_deg"]:
        east = Quantity(row["longitude_deg"]).value
        return east is not None and abs(east) > 90
    places = moon.table("places")
    place = row["site"]
    while place in places:
        if places.row(place)["far_side"] == "true" or place == "moon-far-side":
            return True
        place = places.row(place)["parent"]
    return False


def _crewed(row: Row, moon: "Dataset") -> bool:
    return _landed(row, moon) and _mission(row, moon).get("mission_type") == "crewed-landing"


def _never(_: Row, __: "Dataset") -> str:
    return ""


_DEFINITIONS = (
    Definition(
        "lunar-flights",
        "Flights to the Moon",
        "Launches of missions that were meant to reach the Moon or its vicinity and to work there, "
        "launch failures included. Flights that passed the Moon on their way elsewhere, tests of "
        "lunar equipment near Earth, and companions with another goal are not counted.",
        "missions",
        _is_flight,
        _flight_swings,
    ),
    Definition(
        "successful-flights",
        "Successful flights to the Moon",
        "Flights to the Moon whose primary objective was met in whole.",
        "missions",
        lambda row, moon: _is_flight(row, moon) and row["outcome"] == "success",
        _doubtful_success,
    ),
    Definition(
        "launch-failures",
        "Flights lost with their rocket",
        "Flights to the Moon which the launch vehicle did not deliver to the intended path.",
        "missions",
        lambda row, moon: _is_flight(row, moon) and row["outcome"] == "launch-failure",
        _never,
    ),
    Definition(
        "soft-landings",
        "Soft landings on the Moon",
        "Craft that came down at a speed that they survived and sent data from the surface, in any "
        "position. What rides down on another craft, such as a rover, is not counted by itself.",
        "spacecraft",
        _landed,
        _impaired,
    ),
    Definition(
        "far-side-landings",
        "Soft landings on the far side",
        "Soft landings at a longitude beyond 90 degrees east or west.",
        "spacecraft",
        _landed_on_far_side,
        lambda row, moon: _impaired(row, moon) if _is_far(row, moon) else "",
    ),
    Definition(
        "crewed-landings",
        "Crewed landings",
        "Soft landings of craft with people on board.",
        "spacecraft",
        _crewed,
        _never,
    ),
    Definition(
        "crashes",
        "Craft lost on the surface",
        "Craft that struck the surface while they were to land, to pass or to stay in orbit. "
        "Intended impacts are not counted.",
        "spacecraft",
        lambda row, _: row["surface_contact"] == "crash" and stands_alone(row),
        lambda row, _: (
            "Fell from its orbit after it was given up."
            if row["surface_contact"] == "decay"
            else ""
        ),
    ),
    Definition(
        "rovers",
        "Rovers that drove on the Moon",
        "Rovers, with and without people, that came down intact and moved.",
        "spacecraft",
        lambda row, _: row["kind"] == "rover" and row["surface_contact"] == "soft-landing",
        lambda row, _: (
            "Came down, but did not move or not as intended."
            if row["kind"] == "rover" and row["surface_contact"] == "impaired-landing"
            else ""
        ),
    ),
    Definition(
        "sample-returns",
        "Flights that brought lunar samples to Earth",
        "Flights to the Moon of which a source gives a mass of lunar material brought to Earth.",
        "missions",
        lambda row, _: row["sample_mass_g"] not in {"", "0"},
        _never,
    ),
)
DEFINITIONS: Mapping[str, Definition] = {one.id: one for one in _DEFINITIONS}


def count(moon: "Dataset", name: str) -> Counted:
    """Return one count of a dataset; raise `LunarProgrammesError` where there is no such count.

    >>> import lunarprogrammes as lp
    >>> found = count(lp.load(), "sample-returns")
    >>> "change-5" in found.members
    True
    """
    if name not in DEFINITIONS:
        raise LunarProgrammesError(
            f"There is no count '{name}'.", expected=f"There are {', '.join(DEFINITIONS)}."
        )
    definition = DEFINITIONS[name]
    table = moon.table(definition.table)
    members, swing = [], {}
    countries: Counter[str] = Counter()
    for record, row in table.items():
        if definition.counts(row, moon):
            members.append(record)
            countries[_country(row, moon) or "not stated"] += 1
        if reason := definition.swings(row, moon):
            swing[record] = reason
    return Counted(
        definition,
        tuple(sorted(members, key=lambda record: (_date(table.row(record), moon), record))),
        swing,
        dict(countries.most_common()),
        tuple(_stated(moon, name)),
    )


def _mission(row: Row, moon: "Dataset") -> Row:
    missions = moon.table("missions")
    if "mission" in row and row["mission"] in missions:
        return missions.row(row["mission"])
    return row


def _country(row: Row, moon: "Dataset") -> str:
    return _mission(row, moon).get("country", "")


def _date(row: Row, moon: "Dataset") -> str:
    return row.get("landing_date") or _mission(row, moon).get("launch_date", "")


def _stated(moon: "Dataset", name: str) -> list[str]:
    """Return the ids of figures that sources state for the same count."""
    rows = moon.table("indicators").items()
    return [record for record, row in rows if row["indicator"] == name]
