"""The committed seeds, damaged in one place: found at the right file and line.

One mutant of each kind on a part of the seeds; `benchmarks/mutations/run.py` tries 25 on the whole
and prints the figures of `docs/checker-figures.md`.
"""

import pytest
from mutation_bench import KINDS, TO_BE_FOUND, corpus, mutants_of, trials
from mutations.corpus import Corpus, Spot, line_of
from mutations.kind import Kind
from mutations.kinds.characters import trailing

# Kinds that the checker does not find yet, with what is missing; see docs/checker-figures.md.
OPEN = {
    "plan a century earlier": "L130 leaves plans out whose document has no date",
}


def test_there_are_many_kinds_and_each_is_named_once():
    assert len(TO_BE_FOUND) >= 40
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert not OPEN.keys() - {kind.name for kind in TO_BE_FOUND}


def test_what_cannot_be_found_says_why():
    for kind in KINDS:
        assert not kind.reason or kind.reason.endswith(".")


@pytest.mark.parametrize("kind", TO_BE_FOUND, ids=lambda kind: kind.name)
def test_damage_is_found_where_it_was_done(kind):
    for mutant, finding, _ in trials(kind):
        if kind.name in OPEN and not finding.is_placed:
            pytest.xfail(OPEN[kind.name])
        elsewhere = [(problem.code, problem.path, problem.line) for problem in finding.problems]
        assert finding.is_placed, (mutant.spots, elsewhere)


def test_most_kinds_can_be_tried_on_the_part():
    tried = sum(bool(trials(kind)) for kind in TO_BE_FOUND)
    assert tried > 0.8 * len(TO_BE_FOUND)


def test_a_mutant_has_few_problems_and_not_fifty_consequences():
    counts = sorted(len(finding.problems) for kind in TO_BE_FOUND for _, finding, _ in trials(kind))
    assert counts[len(counts) // 2] == 1
    assert counts[len(counts) * 9 // 10] <= 5


# The bench itself: what it measures with has to be right.


@pytest.mark.parametrize("kind", KINDS[::9], ids=lambda kind: kind.name)
def test_the_seed_decides_the_mutants(kind):
    once, again = (mutants_of(kind, 3) for _ in range(2))
    assert [mutant.files for mutant in once] == [mutant.files for mutant in again]


def small(text: str) -> Corpus:
    return Corpus({"a-2024-b/missions.csv": text.encode()})


def test_a_damage_changes_one_cell_and_knows_its_line():
    cells = small("id,name,locator\nluna-2,Luna 2,p. 1\nluna-3,Luna 3,p. 2\n").cells
    cell = next(cell for cell in cells if cell.text == "Luna 3")
    mutant = cell.becomes("Luna, 3")
    assert mutant.files == {
        "a-2024-b/missions.csv": b'id,name,locator\nluna-2,Luna 2,p. 1\nluna-3,"Luna, 3",p. 2\n'
    }
    assert mutant.spots == (Spot("a-2024-b/missions.csv", frozenset({3})),)


def test_a_damage_that_changes_nothing_is_no_mutant():
    idle = Kind("idle", "x", lambda corpus: corpus.cells, lambda cell, _: cell.becomes(cell.text))
    assert idle.mutants(small("id,locator\nluna-2,p. 1\n"), 5, 1) == []


def test_each_mutant_is_another():
    kind = Kind("spaces", "x", lambda corpus: corpus.cells, trailing)
    assert len(kind.mutants(small("id,locator\nluna-2,p. 1\n"), 5, 1)) == 2


def test_a_spot_is_a_file_and_its_lines_or_a_folder():
    spot = Spot("a/missions.csv", frozenset({3}))
    assert spot.holds("a/missions.csv", 3)
    assert not spot.holds("a/missions.csv", 4)
    assert not spot.holds("b/missions.csv", 3)
    assert spot.is_named_in("It stands in a/missions.csv, line 3.")
    assert not spot.is_named_in("It stands in a/missions.csv, line 33.")
    assert Spot("a/").holds("a", 1)
    assert Spot("a/").holds("a/source.json", 9)


def test_the_seeds_are_written_as_the_bench_writes_them():
    for sheet in corpus().sheets:
        assert sheet.lines == [line_of(row) for row in sheet.rows], sheet.path
