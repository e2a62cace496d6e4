"""Damage to what a mission, its spacecraft and its places say of each other."""

import random
from collections.abc import Sequence

from mutations.corpus import Cell, Corpus, Mutant, together
from mutations.kind import kind
from mutations.kinds.files import rows
from mutations.kinds.sense import documents, fill, flights, missions, spacecraft


@kind("outcome of a mission that is planned", missions, relation=True)
def outcome(cell: Cell, chance: random.Random) -> Mutant | None:
    said = cell.corpus.values("missions", cell.text, "status")
    if not said or any(other.text not in {"planned", "proposed", "cancelled"} for other in said):
        return None
    editors = [other for other in rows(cell.corpus) if other.sheet.path == "editors/missions.csv"]
    row = chance.choice(editors)
    return fill(row, id=cell.text, mission_type="", outcome="success", as_of="2024-04")


@kind("launch date of a flown mission dropped", flights, relation=True)
def no_launch(cell: Cell, _: random.Random) -> Mutant | None:
    """Drop the date from all documents; the outcome is what shows that it is missing."""
    outcomes = cell.corpus.values("missions", cell.record, "outcome")
    if not outcomes:
        return None
    launched = cell.corpus.values("missions", cell.record, "launch_date")
    made = together([(other, {"launch_date": ""}) for other in launched])
    spots = [other.becomes("x").spots[0] for other in outcomes]
    return Mutant(made.files, (*made.spots, *spots), made.header)


@kind("designator of another year", flights, relation=True)
def designator(cell: Cell, chance: random.Random) -> Mutant:
    return fill(cell, cospar_id=f"{int(cell.text[:4]) - chance.randrange(1, 30)}-087A")


@kind("designator of another form", flights)
def bad_designator(cell: Cell, chance: random.Random) -> Mutant:
    year = cell.text[:4]
    wrong = [f"{year}-87A", f"{year[2:]}-087A", f"{year}087A", f"{year}-087a", f"{year}-O87A"]
    return fill(cell, cospar_id=chance.choice(wrong))


@kind("samples of a mission that does not return", missions, relation=True)
def samples(cell: Cell, chance: random.Random) -> Mutant | None:
    kinds = {other.text for other in cell.corpus.values("missions", cell.text, "mission_type")}
    if not kinds or kinds & {"sample-return", "crewed-landing", "far-side-sample-return"}:
        return None
    if any(cell.corpus.values("missions", cell.text, name) for name in ("sample_mass_g",)):
        return None
    return fill(cell, sample_mass_g=str(chance.randrange(100, 2000)))


@kind("landing of an orbiter", missions, relation=True)
def orbiter(cell: Cell, _: random.Random) -> Mutant | None:
    kinds = {other.text for other in cell.corpus.values("missions", cell.text, "mission_type")}
    launched = cell.corpus.values("missions", cell.text, "launch_date")
    if kinds != {"orbiter"} or not launched:
        return None
    # An orbiter that is said to have struck the Moon in the end has a landing date by right.
    struck = (
        cell.corpus.values("spacecraft", craft.record, "surface_contact") for craft in _crafts(cell)
    )
    if any(struck):
        return None
    year = int(launched[0].text[:4])
    if year + 1 > int(cell.corpus.issued(cell.sheet.source)) or launched[0].sheet.get(
        launched[0].row, "certainty"
    ):
        return None
    return fill(cell, landing_date=str(year + 1))


@kind("mission that is its own backup", missions)
def own_backup(cell: Cell, _: random.Random) -> Mutant | None:
    # Where another document names the right one, that one may prevail.
    if cell.corpus.values("missions", cell.text, "backup_of"):
        return None
    return fill(cell, backup_of=cell.text)


@kind("record that is its own parent", documents)
def own_parent(cell: Cell, _: random.Random) -> Mutant | None:
    known = {"actors", "places", "systems", "programmes", "agreements"}
    if cell.sheet.table not in known or cell.corpus.values(cell.sheet.table, cell.record, "parent"):
        return None
    return fill(cell, parent=cell.record)


# What is told twice of one flight.


def _crafts(cell: Cell) -> list[Cell]:
    """Return the spacecraft of the mission of a cell."""
    found = cell.corpus.in_field("spacecraft.mission")
    return [craft for craft in found if craft.text == cell.record]


@kind("crew of a mission without people", missions, relation=True)
def crew(cell: Cell, chance: random.Random) -> Mutant | None:
    said = [n for n in ("crewed", "crew_size") if cell.corpus.values("missions", cell.text, n)]
    if said:
        return None
    return fill(cell, crewed="false", crew_size=str(chance.randrange(1, 5)))


@kind("rover heavier than its lander", spacecraft, relation=True)
def heavier(cell: Cell, chance: random.Random) -> Mutant | None:
    kinds = cell.corpus.values("spacecraft", cell.record, "kind")
    if {other.text for other in kinds} != {"rover"}:
        return None
    for mission in cell.corpus.values("spacecraft", cell.record, "mission"):
        for craft in cell.corpus.in_field("spacecraft.mission"):
            others = cell.corpus.values("spacecraft", craft.record, "kind")
            if craft.text == mission.text and {other.text for other in others} == {"lander"}:
                mass = chance.randrange(1200, 1500)
                return together(
                    [(cell, {"launch_mass_kg": str(mass)}), (craft, {"launch_mass_kg": "1100"})]
                )
    return None


@kind("rocket out of service", flights, relation=True)
def out_of_service(cell: Cell, chance: random.Random) -> Mutant | None:
    """Let the vehicle of a flight fly for the first time after it."""
    vehicles = cell.corpus.values("missions", cell.record, "launch_vehicle")
    for vehicle in {other.text for other in vehicles}:
        rows_of = [c for c in documents(cell.corpus) if c.sheet.table == "systems"]
        known = [c for c in rows_of if c.text == vehicle]
        if known and not cell.corpus.values("systems", vehicle, "first_flight"):
            year = int(cell.text[:4]) + 1
            if year < int(cell.corpus.issued(known[0].sheet.source)):
                return fill(chance.choice(known), first_flight=str(year))
    return None


def launch_events(corpus: Corpus) -> Sequence[Cell]:
    """Return the dates of launches told as events of a mission that has a launch date."""
    found = []
    for cell in corpus.in_field("events.date"):
        kinds = {o.text for o in corpus.values("events", cell.record, "kind")}
        of = [o.text for o in corpus.values("events", cell.record, "mission")]
        dated = bool(of) and corpus.values("missions", of[0], "launch_date")
        if kinds == {"launch"} and dated and cell.text[:4].isdigit():
            found.append(cell)
    return found


@kind("launch event in another year than the launch", launch_events, relation=True)
def event(cell: Cell, chance: random.Random) -> Mutant:
    return cell.becomes(f"{int(cell.text[:4]) - chance.randrange(1, 9)}{cell.text[4:]}")
