"""S109, S111, S114: codes of other systems and countries, on the wrong record."""

from collections.abc import Iterator

from lunarprogrammes.check.contrast import at_claim, look_up, where
from lunarprogrammes.check.days import date
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import Claim
from lunarprogrammes.tables import all_tables

TWICE = Rule(
    code="S109",
    name="code-twice",
    severity=ERROR,
    reason="ISO, Wikidata, the Research Organization Registry and the satellite catalogues give "
    "each thing a code of its own. Two records of a table with one code are one thing, or one of "
    "them has another's code.",
    bad="austria and australia, both with the iso_alpha2 AU",
    good="austria with AT, australia with AU",
)
NO_COUNTRY = Rule(
    code="S111",
    name="code-of-no-country",
    severity=ERROR,
    reason="ISO 3166 has codes for countries, and none for agencies or companies.",
    bad="cnsa, of the kind agency, with the iso_alpha3 CHN",
    good="china, of the kind country, with the iso_alpha3 CHN",
)
OF_COUNTRY = Rule(
    code="S114",
    name="country-of-a-country",
    severity=WARNING,
    reason="The country of an actor is the one in which it is established; a country has none. A "
    "warning, because the territories that sources name for themselves count as countries.",
    bad="china, of the kind country, with the country china",
    good="cnsa, of the kind agency, with the country china",
)
RULES = (TWICE, NO_COUNTRY, OF_COUNTRY)

_ONE_EACH = ("iso_alpha2", "iso_alpha3", "ror", "wikidata")
_DESIGNATORS = ("cospar_id", "satcat_id")


def check(examination: Examination) -> Iterator[Problem]:
    """Look for codes with two bearers, then at the actors that cannot bear one."""
    for table in all_tables().values():
        for name in (*_ONE_EACH, *_DESIGNATORS):
            if name in table.facts:
                yield from _twice(examination, table.name, name)
    for name in ("iso_alpha2", "iso_alpha3"):
        for claim in _chosen(examination, "actors", name):
            kind = examination.chosen("actors", claim.record, "kind")
            if kind and kind.value != "country":
                yield at_claim(
                    examination,
                    NO_COUNTRY,
                    claim,
                    f"{claim.record} is of the kind {kind.value} and has the country code "
                    f"{claim.value}.",
                    expected="Expected country codes only of countries.",
                    remedy=f"Give it to the country; kind stands in {where(examination, kind)}.",
                )
    kinds = examination.told("actors", "kind")
    countries = {actor for actor, kind in kinds.items() if kind == "country"}
    for claim in _chosen(examination, "actors", "country", countries):
        kind = examination.chosen("actors", claim.record, "kind")
        if kind and kind.value == "country":
            yield at_claim(
                examination,
                OF_COUNTRY,
                claim,
                f"{claim.record} is a country and has the country {claim.value}.",
                expected="Expected no country of a country.",
                remedy=f"Leave the cell empty, or correct the kind, which stands in "
                f"{where(examination, kind)}.",
            )


def _chosen(
    examination: Examination, table: str, name: str, among: set[str] | None = None
) -> Iterator[Claim]:
    told = examination.told(table, name).keys()
    for record in sorted(told if among is None else told & among):
        chosen = examination.chosen(table, record, name)
        if chosen:
            yield chosen


def _twice(examination: Examination, table: str, name: str) -> Iterator[Problem]:
    seen: dict[str, Claim] = {}
    for claim in _chosen(examination, table, name):
        first = seen.setdefault(claim.value, claim)
        if first is claim or (name in _DESIGNATORS and _may_share(examination, first, claim)):
            continue
        yield at_claim(
            examination,
            TWICE,
            claim,
            f"Both {first.record} and {claim.record} have the {name} {claim.value}.",
            expected="Expected a code for one record alone.",
            remedy=look_up(examination, first),
        )


def _may_share(examination: Examination, one: Claim, other: Claim) -> bool:
    """Say whether two objects may go by one designator: launched together, or as one body."""
    if one.table == "spacecraft":
        missions = [examination.chosen(one.table, it.record, "mission") for it in (one, other)]
        return all(missions) and len({mission.value for mission in missions if mission}) == 1
    if one.table == "missions":
        days = [examination.chosen(one.table, it.record, "launch_date") for it in (one, other)]
        given = [day.value for day in days if day]
        return len(given) < len(days) or date(given[0]).is_compatible(given[1])
    return False
