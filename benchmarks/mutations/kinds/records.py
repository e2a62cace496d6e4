"""Damage to where things lie, and to records as wholes: names, ids, order, parents."""

import random
from collections.abc import Sequence

from mutations.corpus import Cell, Corpus, Mutant, together
from mutations.kind import kind
from mutations.kinds.sense import documents, fill, parties, spacecraft


def sites(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in documents(corpus) if cell.sheet.table == "places"]


@kind("latitude and longitude swapped, longitude over 90", sites)
def swapped(cell: Cell, chance: random.Random) -> Mutant:
    latitude, longitude = chance.choice([("45.4", "177.6"), ("-41.6", "-153.9"), ("44", "-130")])
    return fill(cell, latitude_deg=longitude, longitude_deg=latitude)


@kind("coordinates out of range", sites)
def out_of_range(cell: Cell, chance: random.Random) -> Mutant:
    latitude, longitude = chance.choice([("91", "0"), ("-90.5", "3"), ("12", "361"), ("1", "-181")])
    return fill(cell, latitude_deg=latitude, longitude_deg=longitude)


@kind("far side with coordinates of the near one", sites)
def wrong_side(cell: Cell, chance: random.Random) -> Mutant | None:
    said = cell.corpus.values("places", cell.text, "far_side")
    bodies = {other.text for other in cell.corpus.values("places", cell.text, "body")}
    if said or bodies - {"moon"}:
        return None
    longitude, far = chance.choice([("19.5", "true"), ("-51.9", "true"), ("177.6", "false")])
    return fill(cell, latitude_deg="10", longitude_deg=longitude, far_side=far)


@kind("coordinates in degrees and minutes", sites)
def minutes(cell: Cell, chance: random.Random) -> Mutant:
    wrong = chance.choice(["45°27'S", "45.4 S", "S45.4", "45,4", "45.4°"])
    return fill(cell, latitude_deg=wrong, longitude_deg="19.5")


# Records.


@kind("record again under another id", documents, relation=True)
def another_id(cell: Cell, _: random.Random) -> Mutant | None:
    """Give a row that names its record an id of its own: one record under two ids."""
    sheet = cell.sheet
    if sheet.key != ("id",) or sheet.table not in {"actors", "people", "missions", "systems"}:
        return None
    names = cell.corpus.values(sheet.table, cell.text, "name")
    rows_of = {(other.sheet.path, other.row) for other in names}
    if len(rows_of) < 2 or (sheet.path, cell.row) not in rows_of:
        return None
    same = {other.text for other in names if other.text == sheet.get(cell.row, "name")}
    twice = sum(other.text in same for other in names) > 1
    return fill(cell, id=f"the-{cell.text}-itself") if twice else None


@kind("order of two phases the same", lambda corpus: corpus.of_kind("integer"), relation=True)
def sequence(cell: Cell, chance: random.Random) -> Mutant | None:
    # Where two documents number a part, the other number may prevail.
    if len(cell.corpus.values(cell.sheet.table, cell.record, "sequence")) > 1:
        return None
    parents = {o.text for o in cell.corpus.values(cell.sheet.table, cell.record, "parent")}
    others = [
        other
        for other in cell.corpus.of_kind("integer")
        if other.sheet.table == cell.sheet.table
        and other.text != cell.text
        and parents
        & {o.text for o in cell.corpus.values(other.sheet.table, other.record, "parent")}
    ]
    return cell.becomes(chance.choice(others).text) if others else None


@kind("name of a record left out everywhere", lambda corpus: corpus.in_field("people.name"))
def nameless(cell: Cell, _: random.Random) -> Mutant | None:
    names = cell.corpus.values("people", cell.record, "name")
    return cell.becomes("") if len(names) == 1 else None


@kind("ordinal of two parties the same", parties)
def ordinal(cell: Cell, chance: random.Random) -> Mutant | None:
    sheet = cell.sheet
    mates = [
        n
        for n in range(1, len(sheet.rows))
        if sheet.get(n, "agreement") == cell.text
        and sheet.get(n, "party") != sheet.get(cell.row, "party")
    ]
    if not mates or "ordinal" in sheet.header:
        return None
    number = str(chance.randrange(2, 30))
    return sheet.with_rows(
        {cell.row: {"ordinal": number}, chance.choice(mates): {"ordinal": number}}
    )


@kind("ordinals against the days of signature", parties)
def order(cell: Cell, chance: random.Random) -> Mutant | None:
    sheet, said = cell.sheet, cell.corpus.values
    mates = [
        n
        for n in range(1, len(sheet.rows))
        if sheet.get(n, "agreement") == cell.text
        and not sheet.get(n, "signed")
        and sheet.get(n, "party") != sheet.get(cell.row, "party")
        and not said("parties", f"{cell.text}:{sheet.get(n, 'party')}", "signed")
    ]
    free = not said("parties", cell.record, "signed") and "ordinal" not in sheet.header
    if not mates or not free or said("agreements", cell.text, "adopted"):
        return None
    first = {"ordinal": "3", "signed": "2020-02-03"}
    return sheet.with_rows(
        {cell.row: first, chance.choice(mates): {"ordinal": "4", "signed": "2020-01-02"}}
    )


@kind("ordinal left out of a full series", parties)
def gap(cell: Cell, chance: random.Random) -> Mutant | None:
    sheet = cell.sheet
    mates: dict[str, int] = {}
    for n in range(1, len(sheet.rows)):
        if sheet.get(n, "agreement") == cell.text:
            mates.setdefault(sheet.get(n, "party"), n)
    if len(mates) < 8 or "ordinal" in sheet.header:
        return None
    left_out = chance.randrange(2, len(mates))
    numbers = [n for n in range(1, len(mates) + 2) if n != left_out]
    rows = zip(mates.values(), numbers, strict=False)
    return sheet.with_rows({row: {"ordinal": str(number)} for row, number in rows})


@kind("spacecraft far from its site", spacecraft, relation=True)
def far(cell: Cell, chance: random.Random) -> Mutant | None:
    """Give a site its coordinates, and a spacecraft the same ones exchanged."""
    said = cell.corpus.values
    # A basin or a pole is too wide to be far from.
    known = [
        place
        for place in sites(cell.corpus)
        if {other.text for other in said("places", place.text, "kind")}
        & {"landing-site", "crater", "mountain"}
        and not said("places", place.text, "far_side")
    ]
    if not known or said("spacecraft", cell.text, "site"):
        return None
    place = chance.choice(known)
    return together(
        [
            (place, {"latitude_deg": "43.06", "longitude_deg": "-51.92"}),
            (cell, {"site": place.text, "latitude_deg": "-51.92", "longitude_deg": "43.06"}),
        ]
    )


@kind("years 2030-2035 as 2030-35", lambda corpus: corpus.of_kind("date"))
def quarter(cell: Cell, chance: random.Random) -> Mutant | None:
    plans = ("planned_launch", "planned_start", "planned_end", "planned_date")
    ending = chance.choice(["-35", "-40"])
    return cell.becomes(f"2030{ending}") if cell.name in plans else None


@kind("law or treaty a century earlier", lambda corpus: corpus.in_field("agreements.adopted"))
def old_law(cell: Cell, _: random.Random) -> Mutant | None:
    known = cell.text[:2] in {"19", "20"} and "/" not in cell.text
    return cell.becomes(f"{int(cell.text[:2]) - 1}{cell.text[2:]}") if known else None
