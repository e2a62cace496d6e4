"""L119: two records of one table under one name."""

from collections import defaultdict
from collections.abc import Iterator

from lunarprogrammes.check.contrast import at_claim, where
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.rules.near_duplicates import are_told_apart
from lunarprogrammes.evidence.claims import DENIED, EXISTENCE, Claim
from lunarprogrammes.tables import all_tables

SAME_NAME = Rule(
    code="L119",
    name="same-name",
    severity=WARNING,
    reason="Two records with one name are mostly one thing that two people have entered under two "
    "ids. Descriptions, abbreviations and by-names may be shared; records that somebody's code "
    "tells apart are two.",
    bad="tiangong and chinese-space-station, both named Tiangong",
    good="tiangong in both places",
)
RULES = (SAME_NAME,)

# Names that a record has for itself; Queqiao is another name of two satellites.
_OWN = {"official", "original-script", "transliteration"}


def check(examination: Examination) -> Iterator[Problem]:
    """Gather the names of every table and look for those with two bearers."""
    for table, bearers in _bearers(examination).items():
        for claims in bearers.values():
            records = list(dict.fromkeys(claim.record for claim in claims))
            if len(records) < 2:
                continue
            first = min(claims, key=lambda claim: _order(examination, claim))
            for claim in claims:
                one, other = _record(first), _record(claim)
                if one != other and not are_told_apart(examination, table, one, other):
                    yield _problem(examination, table, first, claim)


def _bearers(examination: Examination) -> dict[str, dict[str, list[Claim]]]:
    found: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for table in all_tables().values():
        if table.key == ("id",) and "name" in table.facts:
            seen: set[tuple[str, str]] = set()
            for claim in examination.by_field.get((table.name, "name"), ()):
                name = claim.value.casefold()
                if claim.certainty != DENIED and (name, claim.record) not in seen:
                    seen.add((name, claim.record))
                    found[table.name][name].append(claim)
    for claim in examination.by_field.get(("names", EXISTENCE), ()):
        record, _, name = claim.record.partition(":")
        kind = examination.chosen("names", claim.record, "kind")
        if kind and kind.value in _OWN:
            found[record.partition("/")[0]][name.casefold()].append(claim)
    return found


def _record(claim: Claim) -> str:
    """Return the id of the record that bears the name."""
    if claim.table != "names":
        return claim.record
    return claim.record.partition(":")[0].partition("/")[2]


def _order(examination: Examination, claim: Claim) -> tuple[str, int]:
    place = examination.place(claim)
    return place.path, place.line


def _problem(examination: Examination, table: str, first: Claim, claim: Claim) -> Problem:
    one, other = _record(first), _record(claim)
    name = claim.record.partition(":")[2] if claim.table == "names" else claim.value
    return at_claim(
        examination,
        SAME_NAME,
        claim,
        f"Both {one} and {other} of {table} have the name '{name}'.",
        expected="Expected one id for one thing.",
        remedy=f"Write {one} if it is the same; its name stands in {where(examination, first)}.",
    )
