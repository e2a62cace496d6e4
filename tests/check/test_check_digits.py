"""The check digits of a ROR identifier: the registry's own hold, and no mistyped one passes."""

import csv
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lunarprogrammes.check.rules.check_digits import inspect
from lunarprogrammes.tables import get

ROR = get("actors").facts["ror"]
ADDRESS = "https://ror.org/"
REGISTRY = Path(__file__).parents[2] / "seeds" / "ror-2026-registry" / "actors.csv"
with REGISTRY.open(encoding="utf-8", newline="") as _file:
    REGISTERED = [row["ror"] for row in csv.DictReader(_file)]


def passes(identifier: str) -> bool:
    return not list(inspect(ROR, identifier))


def test_the_identifiers_of_the_registry_pass():
    assert len(REGISTERED) > 100
    assert all(passes(identifier) for identifier in REGISTERED)


@given(st.text("0123456789abcdefghjkmnpqrstvwxyz", min_size=6, max_size=6))
def test_each_body_has_one_pair_of_digits(body):
    pairs = [pair for pair in range(100) if passes(f"{ADDRESS}0{body}{pair:02d}")]
    assert len(pairs) == 1
    assert 2 <= pairs[0] <= 98


@given(st.sampled_from(REGISTERED), st.integers(17, 22), st.sampled_from("0123456789abcdefghjkmn"))
def test_no_single_mistyped_character_passes(identifier, at, character):
    mistyped = identifier[:at] + character + identifier[at + 1 :]
    assert passes(mistyped) is (mistyped == identifier)


@given(st.sampled_from(REGISTERED), st.integers(17, 21))
def test_no_two_swapped_characters_pass(identifier, at):
    swapped = identifier[:at] + identifier[at + 1] + identifier[at] + identifier[at + 2 :]
    assert passes(swapped) is (swapped == identifier)


def test_what_is_no_identifier_is_left_to_the_other_rules():
    assert passes("03yrm5c62")
    assert list(inspect(get("actors").facts["wikidata"], "https://ror.org/03yrm5c62")) == []
