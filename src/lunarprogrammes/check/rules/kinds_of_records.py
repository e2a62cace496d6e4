"""S110: a cell that names a record of another sort than the field is for."""

from collections.abc import Iterator
from typing import NamedTuple

from lunarprogrammes.check.contrast import at_claim, where
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import Claim
from lunarprogrammes.tables import all_tables

WRONG_KIND = Rule(
    code="S110",
    name="wrong-kind-of-record",
    severity=ERROR,
    reason="A country is an actor of the kind country, and a rocket leaves from a launch site: a "
    "record of another sort in such a cell is mostly that of the neighbouring column.",
    bad="country: cnsa",
    good="country: china",
)
RULES = (WRONG_KIND,)


class _Demand(NamedTuple):
    """What a record must be that some field names: the table, its field, and its admitted terms."""

    table: str
    kind: str
    admitted: frozenset[str]
    words: str


_COUNTRY = _Demand("actors", "kind", frozenset({"country"}), "an actor of the kind country")
_ROCKETS = frozenset({"launch-vehicle", "launch-vehicle-family", "shuttle"})
_DEMANDS = {
    ("missions", "launch_vehicle"): _Demand("systems", "kind", _ROCKETS, "a launch vehicle"),
    ("missions", "launch_site"): _Demand(
        "places", "kind", frozenset({"launch-site"}), "a place of the kind launch-site"
    ),
    ("missions", "target_site"): _Demand(
        "places", "body", frozenset({"moon", "space", "asteroid"}), "a place away from Earth"
    ),
}


def check(examination: Examination) -> Iterator[Problem]:
    """Look at the fields that demand a sort of record; what has no kind yet is left alone."""
    for (table, name), demand in _DEMANDS.items():
        yield from _field(examination, table, name, demand)
    for one in all_tables().values():
        if "country" in one.facts:
            yield from _field(examination, one.name, "country", _COUNTRY)


def _field(examination: Examination, table: str, name: str, demand: _Demand) -> Iterator[Problem]:
    kinds = examination.told(demand.table, demand.kind)
    named = examination.values(table, name)
    wrong = {one for one in named if kinds.get(one, "") not in {"", *demand.admitted}}
    found: dict[str, Claim | None] = {}
    for claim in examination.by_field.get((table, name), ()) if wrong else ():
        if claim.value not in found:
            found[claim.value] = examination.chosen(demand.table, claim.value, demand.kind)
        sort = found[claim.value]
        if sort and sort.value not in demand.admitted:
            yield at_claim(
                examination,
                WRONG_KIND,
                claim,
                f"The {demand.kind} of {claim.value} is {sort.value}.",
                expected=f"Expected in {name} {demand.words}.",
                remedy=f"Name another record, or correct the {demand.kind}, which stands in "
                f"{where(examination, sort)}.",
            )
