"""What makes one claim better than another: the criteria, and which claims can both be true.

Owns the order of the criteria, how a claim is measured by each, and compatibility. What follows
from it (the claim that is shown, standings, verdicts) is decided in `resolve`.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.evidence.claims import UNKNOWN, Claim
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import Field

if TYPE_CHECKING:
    from lunarprogrammes.resolve import Court

# The criteria of each rule in order; the reason of a choice is the first that tells two apart.
CRITERIA = {
    "authority": (
        "known",
        "tier",
        "recency",
        "certainty",
        "precision",
        "witnesses",
        "source",
        "id",
    ),
    "latest": ("recency", "known", "tier", "certainty", "precision", "witnesses", "source", "id"),
    "majority": ("witnesses", "known", "tier", "recency", "certainty", "precision", "source", "id"),
}
_SAME_FOR_EQUALS = {"known", "precision", "witnesses", "id"}
# A view is weaker than a report, and a report than a statement; a plan is stated as such.
WEAKNESS = {"stated": 0, "planned": 0, "reported": 1, "estimated": 1, "opinion": 2, "denied": 3}
_Measures = tuple[object, ...]
_IN_ORDER: dict[str, Callable[[_Measures], _Measures]] = {
    rule: itemgetter(*map(CRITERIA["authority"].index, names)) for rule, names in CRITERIA.items()
}


class Value(NamedTuple):
    """One of the values of a cell: a claim that says so, and the independent sources that do."""

    claim: Claim
    origins: set[str]


def values_said(claims: Iterable[Claim], court: "Court") -> dict[str, Value]:
    """Return the different values of a cell: hundreds of sources may say the same of one record."""
    said: dict[str, Value] = {}
    for claim in claims:
        one = said.get(claim.value)
        if one is None:
            one = said[claim.value] = Value(claim, set())
        one.origins.add(court.witnesses.origin(claim.source))
    return said


def rank(
    claim: Claim, said: Mapping[str, Value], field: Field | None, rule: str, court: "Court"
) -> tuple[object, ...]:
    """Rank a claim among the values `said` of its cell by a rule; the smaller, the better."""
    return _IN_ORDER[rule](_measures(claim, said, field, court))


def preference(claim: Claim, rule: str, court: "Court") -> tuple[object, ...]:
    """Rank a claim among claims of other sources that say the same; the smaller, the better.

    The other criteria cannot tell such claims apart. It depends on source, as_of and certainty.
    """
    pairs = zip(CRITERIA[rule], rank(claim, {}, None, rule, court), strict=True)
    return tuple(measure for criterion, measure in pairs if criterion not in _SAME_FOR_EQUALS)


def _measures(
    claim: Claim, said: Mapping[str, Value], field: Field | None, court: "Court"
) -> tuple[object, ...]:
    """Measure a claim by all criteria, in the order of `authority`; the smaller, the better."""
    statement = court.statement_date(claim)
    differ = len(said) > 1
    return (
        claim.value == UNKNOWN,
        court.witnesses.tier_rank(claim.source),
        # An undated source may be of any age: it never counts as the latest word.
        -statement.upper.toordinal() if statement and statement.upper else 0,
        WEAKNESS.get(claim.certainty, 3),
        # Where all say the same, neither of these two can tell them apart.
        vagueness(claim, field, court) if differ else (0.0, 0),
        -_witnesses(claim, said, field, court) if differ else 0,
        claim.source,
        claim.id,
    )


def _witnesses(claim: Claim, said: Mapping[str, Value], field: Field | None, court: "Court") -> int:
    """Count the independent sources of claims that agree with one."""
    # Different texts complement each other; only the same one is said again.
    same = field is not None and field.complementary
    agreeing = (
        one.origins
        for value, one in said.items()
        if value == claim.value or (not same and compatible(claim, one.claim, field, court))
    )
    return len(set().union(*agreeing))


def vagueness(claim: Claim, field: Field | None, court: "Court") -> tuple[float, int]:
    """Measure how much room a claim leaves: days, span of the figure, distance to the leaf."""
    if field is None:
        return (0.0, 0)
    if field.kind == "date":
        date = date_of(claim.value)
        _, first, last, _ = date.sort_key
        return (float(last - first), date.is_approximate + date.is_uncertain)
    if field.kind == "quantity":
        figure = quantity_of(claim.value)
        if figure.lower is None or figure.upper is None:
            return (float("inf"), 0)
        return (float(figure.upper) - float(figure.lower), int(not figure.is_exact))
    if field.kind == "reference":
        parents = court.lineage.get(field.references[0], {})
        depth, at = 0, claim.value
        while (at := parents.get(at, "")) and depth < len(parents):
            depth += 1
        return (-float(depth), 0)
    if field.vocabulary is not None:
        return (-float(len(field.vocabulary.below(claim.value))), 0)
    return (-float(len(claim.value)), 0) if field.complementary else (0.0, 0)


def compatible(one: Claim, other: Claim, field: Field | None, court: "Court") -> bool:
    """Say whether two claims can both be true of the cell; denials are not asked here."""
    if one.value == other.value or field is None or field.complementary:
        return True
    # "Not disclosed" and a date contradict each other, unless one of them is merely older.
    if UNKNOWN in {one.value, other.value}:
        return False
    if field.kind == "date":
        return date_of(one.value).agrees_with(date_of(other.value))
    if field.kind == "quantity":
        return quantity_of(one.value).agrees_with(quantity_of(other.value))
    if field.vocabulary is not None:
        below = field.vocabulary.below
        return one.value in below(other.value) or other.value in below(one.value)
    if field.kind == "reference":
        table = field.references[0]
        return court.is_within(table, one.value, other.value) or court.is_within(
            table, other.value, one.value
        )
    return False


@lru_cache(maxsize=65536)
def date_of(text: str) -> UncertainDate:
    """Return the date of a text; the same few are asked for again and again."""
    return UncertainDate(text)


@lru_cache(maxsize=65536)
def quantity_of(text: str) -> Quantity:
    """Return the figure of a text."""
    return Quantity(text)
