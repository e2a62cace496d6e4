"""L119: two records of one table under one name."""

from collections import Counter, defaultdict
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
    "tells apart, or two documents by different names, are two, and so are craft and instruments "
    "of two missions.",
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
                if one == other or _are_of_two_missions(examination, table, one, other):
                    continue
                if not are_told_apart(examination, table, one, other):
                    yield _problem(examination, table, first, claim)


def _bearers(examination: Examination) -> dict[str, dict[str, list[Claim]]]:
    found: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    shared = _shared(examination)
    for table, names in shared.items():
        seen: set[tuple[str, str]] = set()
        for claim in examination.by_field.get((table, "name"), ()):
            name = claim.value.casefold()
            is_new = name in names and (name, claim.record) not in seen
            if is_new and claim.certainty != DENIED:
                seen.add((name, claim.record))
                found[table][name].append(claim)
    for claim in examination.by_field.get(("names", EXISTENCE), ()) if shared else ():
        record, _, name = claim.record.partition(":")
        if name.casefold() not in shared.get(record.partition("/")[0], ()):
            continue
        kind = examination.chosen("names", claim.record, "kind")
        if kind and kind.value in _OWN:
            found[record.partition("/")[0]][name.casefold()].append(claim)
    return found


def _shared(examination: Examination) -> dict[str, set[str]]:
    """Return the names, in small letters, that are claimed of two records, by table."""
    borne: dict[str, set[tuple[str, str]]] = {
        table.name: {(one, name.casefold()) for one, name in examination.pairs(table.name, "name")}
        for table in all_tables().values()
        if table.key == ("id",) and "name" in table.facts
    }
    for key in examination.ids.get("names", ()):
        record, _, name = key.partition(":")
        table, _, one = record.partition("/")
        borne.setdefault(table, set()).add((one, name.casefold()))
    numbers = {table: Counter(name for _, name in names) for table, names in borne.items()}
    shared = {
        table: {name for name, number in of_table.items() if number > 1}
        for table, of_table in numbers.items()
    }
    return {table: names for table, names in shared.items() if names}


def _are_of_two_missions(examination: Examination, table: str, one: str, other: str) -> bool:
    """Say whether two records belong to different missions: many a flight has a Vikram."""
    missions = [examination.chosen(table, record, "mission") for record in (one, other)]
    values = {found.value for found in missions if found is not None}
    return len(values) > 1


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
