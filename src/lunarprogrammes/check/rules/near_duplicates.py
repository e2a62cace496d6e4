"""L111: two ids of one table that differ by one letter, or by two that are swapped."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, islice

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.screening import LONGEST_ID
from lunarprogrammes.tables import all_tables

NEAR = Rule(
    code="L111",
    name="near-duplicate-id",
    severity=WARNING,
    reason="Two ids that differ by one letter, or by two swapped ones, are mostly one record under "
    "a misprint, whose facts are then torn apart. Numbers are left alone: change-5 and "
    "change-6 are two missions. So are two records that two documents give different names.",
    bad="roscosmos and roskosmos",
    good="roscosmos in both places",
)
RULES = (NEAR,)

_SHORTEST_ID = 6
_MOST_LETTERS = 400_000
_MOST_COMPARED = 100_000
_SHORTEST_PART = 4
_no_figures = re.compile("[^0-9]+").sub
_is_roman = re.compile("[ivx]+").fullmatch


def check(examination: Examination) -> Iterator[Problem]:
    """Find pairs of ids in every table; the later one is reported."""
    for table, names in examination.ids.items():
        if all_tables()[table].key != ("id",):
            continue
        for one, other in _pairs(names):
            if _is_suspicious(one, other) and not are_told_apart(examination, table, one, other):
                yield _problem(examination, table, one, other)


def _pairs(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pairs that one slip of the keyboard tells apart, without comparing each with each.

    Two such words become equal when one letter is taken out of one of them, or of both. Figures
    stay in: numbers tell things apart. Where very many ids are alike by design, not all are looked
    at.
    """
    shortened: dict[str, list[str]] = defaultdict(list)
    letters = 0
    for name in _with_equal_figures(names):
        letters += len(name)
        if letters > _MOST_LETTERS:
            break
        forms = [name]
        forms += (
            name[:at] + name[at + 1 :] for at, letter in enumerate(name) if not letter.isdigit()
        )
        for form in dict.fromkeys(forms):
            shortened[form].append(name)
    candidates = (
        (one, other) if one < other else (other, one)
        for group in shortened.values()
        if len(group) > 1
        for one, other in combinations(group, 2)
    )
    compared = dict.fromkeys(islice(candidates, _MOST_COMPARED))
    return sorted(pair for pair in compared if _differ_by_one(*pair))


def _with_equal_figures(names: Iterable[str]) -> Iterator[str]:
    """Yield the names that share their figures with another one: no others can be a pair."""
    by_figures: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if _SHORTEST_ID <= len(name) <= LONGEST_ID:
            by_figures[_no_figures("", name)].append(name)
    for group in by_figures.values():
        if len(group) > 1:
            yield from group


def _differ_by_one(one: str, other: str) -> bool:
    if len(one) == len(other):
        differing = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        first, last = differing[0], differing[-1]
        swapped = last == first + 1 and one[first : last + 1] == other[last] + other[first]
        return first == last or swapped
    return abs(len(one) - len(other)) == 1


def _is_suspicious(one: str, other: str) -> bool:
    parts, others = one.split("-"), other.split("-")
    if len(parts) != len(others):
        return True
    differing = next((a, b) for a, b in zip(parts, others, strict=True) if a != b)
    # Roman numbers, single letters and short given names tell things apart on purpose.
    return min(map(len, differing)) >= _SHORTEST_PART and not all(map(_is_roman, differing))


def are_told_apart(examination: Examination, table: str, one: str, other: str) -> bool:
    """Say whether a code tells them apart, or two documents that name both: Iceland, Ireland."""
    if len(_naming_both(examination, table, one, other)) > 1:
        return True
    for name, field in all_tables()[table].facts.items():
        if field.kind == "code":
            a = examination.chosen(table, one, name)
            b = examination.chosen(table, other, name)
            if a and b and a.value != b.value:
                return True
    return False


def _naming_both(examination: Examination, table: str, one: str, other: str) -> set[str]:
    """Return the documents that give two records different names: one slip is not made twice."""
    named = {
        (claim.source, claim.value.casefold())
        for claim in examination.by_cell.get((table, one, "name"), ())
    }
    return {
        claim.source
        for claim in examination.by_cell.get((table, other, "name"), ())
        if any(source == claim.source and name != claim.value.casefold() for source, name in named)
    }


def _problem(examination: Examination, table: str, one: str, other: str) -> Problem:
    standings = {
        name: examination.first_standing(examination.by_record[table, name])
        for name in (one, other)
    }
    first, second = sorted(
        standings, key=lambda name: (standings[name].sheet.path, standings[name].row.line)
    )
    sheet, row = standings[second]
    before = standings[first]
    return NEAR.at(
        sheet.first_key(row),
        f"The id {second} is almost the same as {first}.",
        expected="Expected one id for one record.",
        remedy=f"Write {first} if it is meant; it stands in {before.sheet.path}, "
        f"line {before.row.line}.",
        record=f"{table}/{second}",
    )
