"""Completeness: every entry of every list of flights, parties and partners read has a record.

`lists/<source>.csv` holds the entries of one document, as far as it was read and concerns the Moon,
with the record that each of them is. A list is added by adding a file.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from lunarprogrammes.answers import Answer

LISTS = sorted((Path(__file__).parent / "lists").glob("*.csv"))


def _entries(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_entry_of_the_list_has_a_record(moon, path):
    lacking = [
        row["entry"]
        for row in _entries(path)
        if row["record"].partition("/")[2] not in moon.table(row["record"].partition("/")[0])
    ]
    assert lacking == []


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_the_list_is_one_of_the_sources_and_has_no_entry_twice(moon, path):
    assert path.stem in moon.sources
    # One announcement may be of several flights.
    entries = Counter((row["entry"], row["record"]) for row in _entries(path))
    assert entries
    assert max(entries.values()) == 1


def test_every_flight_that_took_place_stands_in_a_list(moon):
    """What no list knows deserves a second look: it may be no flight, or two ids of one."""
    listed = {row["record"] for path in LISTS for row in _entries(path)}
    crafts = {f"missions/{row['mission']}" for row in _rows_of(moon, listed)}
    flown = {
        f"missions/{record}"
        for record, row in moon.missions.items()
        if row["launch_date"] and row["scope"] == "lunar"
    }
    assert flown - listed - crafts == set()


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("state-gov-2022-saudi-arabia-accords", "2022-07-14"),
        ("state-gov-2022-nigeria-rwanda-accords", "2022-12-13"),
        ("state-gov-2024-switzerland-sweden-accords", "2024-04-16"),
        ("us-department-of-state-2025-finland-accords", "2025-01-21"),
        ("us-department-of-state-2025-bangladesh-accords", "2025-04-08"),
    ],
)
def test_the_signatories_on_a_day_are_those_of_the_official_list(moon, name, day):
    """Each list names whoever had signed when its latest signatory did."""
    path = next(path for path in LISTS if path.stem == name)
    listed = {row["record"].partition(":")[2] for row in _entries(path)}
    assert _members(moon, "artemis", day) == listed


def test_the_members_of_the_station_in_july_2024_are_those_of_the_press_list(moon):
    path = next(path for path in LISTS if path.stem == "spacenews-2024-ilrs-50-countries")
    listed = {row["record"].partition(":")[2] for row in _entries(path)} | {"china", "russia"}
    assert _members(moon, "ilrs", "2024-08-31") == listed


def _members(moon, camp, day):
    """The states that certainly belonged to a camp on a day."""
    states = moon.camps().on(day, camp=camp)
    return {one.actor for one in states if one.on(day) is Answer.YES}


def _rows_of(moon, listed):
    craft = moon.spacecraft
    names = (record.partition("/") for record in listed)
    return [craft.row(name) for table, _, name in names if table == "spacecraft"]
