"""L124, L133: the places of parts in their series: each once, and in the order of their dates."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from lunarprogrammes.answers import Answer
from lunarprogrammes.check.contrast import at_claim, look_up, where
from lunarprogrammes.check.days import date
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import Claim

TWICE = Rule(
    code="L124",
    name="sequence-twice",
    severity=ERROR,
    reason="The sequence orders the parts of a programme or the papers of a series; two parts of "
    "one kind and one whole cannot stand in one place.",
    bad="clep-phase-3 and clep-phase-4 of clep, both with the sequence 4",
    good="clep-phase-3 with the sequence 3, clep-phase-4 with 4",
)
ORDER = Rule(
    code="L133",
    name="sequence-order",
    severity=WARNING,
    reason="What comes later in a series is mostly published or begun later. A warning, because "
    "phases may be begun in another order than they are counted.",
    bad="the white paper of 2016 with the sequence 5, that of 2022 with 4",
    good="the white paper of 2016 with the sequence 4, that of 2022 with 5",
)
RULES = (TWICE, ORDER)

_DATES = {"agreements": ("published", "adopted"), "programmes": ("started", "planned_start")}


def check(examination: Examination) -> Iterator[Problem]:
    """Look at the sequences within each parent."""
    for table, names in _DATES.items():
        for (parent, _), places in _series(examination, table).items():
            places.sort(key=lambda place: (int(place.value), place.record))
            for one, other in pairwise(places):
                if one.value == other.value:
                    yield _twice(examination, parent, one, other)
            for name in names:
                yield from _order(examination, places, name)


def _series(examination: Examination, table: str) -> dict[tuple[str, str], list[Claim]]:
    """Return the places by parent and kind: a programme's phases and stations are two series."""
    found: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    claims = examination.by_field.get((table, "sequence"), ())
    for record in sorted({claim.record for claim in claims}):
        place = examination.chosen(table, record, "sequence")
        parent = examination.chosen(table, record, "parent")
        kind = examination.chosen(table, record, "kind")
        if place and parent:
            found[parent.value, kind.value if kind else ""].append(place)
    return found


def _twice(examination: Examination, parent: str, one: Claim, other: Claim) -> Problem:
    return at_claim(
        examination,
        TWICE,
        other,
        f"Both {one.record} and {other.record} have the sequence {one.value} in {parent}.",
        expected="Expected each place within a parent once.",
        remedy=f"Look up both; {one.record} stands in {where(examination, one)}.",
    )


def _order(examination: Examination, places: list[Claim], name: str) -> Iterator[Problem]:
    dated = [
        (place, day)
        for place in places
        if (day := examination.chosen(place.table, place.record, name))
    ]
    for (place, day), (next_place, next_day) in pairwise(dated):
        if place.value == next_place.value:
            continue
        if date(next_day.value).before(date(day.value)) is Answer.YES:
            yield at_claim(
                examination,
                ORDER,
                next_place,
                f"{next_place.record} has the sequence {next_place.value} and {name} "
                f"{next_day.value}; {place.record} has {place.value} and {day.value}.",
                expected="Expected the later date in the later place.",
                remedy=look_up(examination, day),
            )
