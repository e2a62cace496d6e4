"""Suggestions cost a bounded time, and the sections that editors may cite are in the docs."""

from pathlib import Path

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.rules import locators, near_duplicates
from lunarprogrammes.check.suggestions import MOST_SEARCHES, near
from lunarprogrammes.check.words import LONGEST_WORD, nearest
from lunarprogrammes.evidence.seeds import Seeds
from lunarprogrammes.export.dictionary import definitions_text


def examination() -> Examination:
    return Examination(Seeds(Path(), {}, (), None))


def test_nobody_misspells_a_very_long_word():
    word = "x" * LONGEST_WORD
    assert nearest(word[1:], [word]) == word
    assert nearest(word + "x", [word]) is None


def test_after_so_many_searches_nothing_is_suggested():
    one = examination()
    found = [near(one, "S107", f"change-{n}x", [f"change-{n}"]) for n in range(MOST_SEARCHES + 5)]
    assert sum(word is not None for word in found) == MOST_SEARCHES
    assert near(one, "E108", "chang-5", ["change-5"]) == "change-5"
    assert near(examination(), "S107", "chang-5", ["change-5"]) == "change-5"


def test_near_ids_are_compared_a_limited_number_of_times():
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"moon-{a}{b}{c}" for a in letters for b in letters for c in letters]
    assert len(near_duplicates._pairs(names)) <= near_duplicates._MOST_COMPARED
    assert near_duplicates._pairs(["roscosmos", "roskosmos"]) == [("roscosmos", "roskosmos")]


def test_the_editors_sections_are_in_the_definitions():
    text = definitions_text()
    assert {"actor-kind", "parent", "sequence", "contradicts", "tier"} <= locators._sections()
    for section in locators._sections():
        assert f"{{#{section}}}" in text
