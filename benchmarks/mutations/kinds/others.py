"""Damage to codes and units, to names of files, and to what lies beside the sources."""

import json
import random
from collections.abc import Sequence

from mutations.corpus import Cell, Corpus, Mutant, Sheet, Spot, line_of, together
from mutations.kind import kind
from mutations.kinds.evidence import one
from mutations.kinds.files import sheets
from mutations.kinds.sense import documents, fill

COVERAGE, EDITION = "coverage.csv", "edition.json"


def actors(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in documents(corpus) if cell.sheet.table == "actors"]


def countries(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in actors(corpus) if _kinds(cell) == {"country"}]


def agencies(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in actors(corpus) if _kinds(cell) & {"agency", "company"}]


def _kinds(cell: Cell) -> set[str]:
    return {other.text for other in cell.corpus.values("actors", cell.record, "kind")}


@kind("code of another country", countries, relation=True)
def twice(cell: Cell, chance: random.Random) -> Mutant:
    others = [other for other in countries(cell.corpus) if other.text != cell.text]
    return together([(cell, {"iso_alpha3": "CHN"}), (chance.choice(others), {"iso_alpha3": "CHN"})])


@kind("code of a country for an agency", agencies, relation=True)
def agency_code(cell: Cell, _: random.Random) -> Mutant:
    return fill(cell, iso_alpha3="CHN")


@kind("country of a country", countries, relation=True)
def country(cell: Cell, _: random.Random) -> Mutant | None:
    return fill(cell, country="france") if cell.text != "france" else None


@kind("agency in a cell for a country", lambda c: c.in_field("missions.country", "systems.country"))
def wrong_kind(cell: Cell, _: random.Random) -> Mutant:
    return cell.becomes("cnsa")


@kind(
    "unit of an indicator spelt otherwise", lambda c: c.in_field("indicators.unit"), relation=True
)
def unit(cell: Cell, chance: random.Random) -> Mutant | None:
    said = cell.corpus.values("indicators", cell.record, "indicator")
    mates = [
        other
        for other in cell.corpus.in_field("indicators.indicator")
        if other.text in {o.text for o in said} and other.record != cell.record
    ]
    units = {o.text for m in mates for o in cell.corpus.values("indicators", m.record, "unit")}
    if cell.text not in units:
        return None
    return cell.becomes(cell.text + chance.choice(["s", " (number)", "."]))


@kind("file name that leads astray", sheets)
def unsafe(sheet: Sheet, chance: random.Random) -> Mutant:
    name = chance.choice(
        ["..\\missions.csv", "con.csv", "a:b.csv", "mis\u202esions.csv", "..x..csv"]
    )
    path = f"{sheet.source}/{name}"
    return Mutant({path: sheet.text.encode()}, (Spot(path),))


@kind("folder in the place of a file", sheets)
def folder(sheet: Sheet, _: random.Random) -> Mutant:
    inside = f"{sheet.path}/{sheet.table}.csv"
    return Mutant({sheet.path: None, inside: sheet.text.encode()}, (Spot(sheet.path),))


@kind("row of the coverage damaged", one)
def coverage(corpus: Corpus, chance: random.Random) -> Mutant:
    sheet = Sheet(COVERAGE, corpus.files[COVERAGE].decode())
    number = chance.randrange(1, len(sheet.rows))
    row = list(sheet.rows[number])
    wrong = chance.choice([(0, "nobody-2024"), (1, "§99 ¶99"), (2, "17-1"), (2, "")])
    row[wrong[0]] = wrong[1]
    lines = [line_of(row) if n == number else line for n, line in enumerate(sheet.lines)]
    spot = Spot(COVERAGE, frozenset({number + 1}))
    return Mutant({COVERAGE: ("\n".join(lines) + "\n").encode()}, (spot,))


@kind("edition under another name", one)
def edition(_: Corpus, chance: random.Random) -> Mutant:
    wrong = chance.choice(["22.11.2026", "2026-11-22", "2126.11.22", "2026.13.1", "v1"])
    return Mutant({EDITION: json.dumps({"edition": wrong}).encode()}, (Spot(EDITION),))
