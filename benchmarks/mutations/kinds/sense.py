"""Damage that leaves every cell well formed and makes no sense beside the others."""

import random
import re
from collections.abc import Sequence

from mutations.corpus import Cell, Corpus, Mutant, Sheet, line_of
from mutations.kind import kind
from mutations.kinds.files import rows
from mutations.kinds.values import dates, days

is_month = re.compile(r"\d{4}-(0\d|1[0-2])").fullmatch
PLANS = {
    "planned_launch": "launch_date",
    "planned_landing": "landing_date",
    "planned_start": "started",
    "planned_end": "ended",
    "planned_first_flight": "first_flight",
    "planned_date": "date",
}
HAPPENED = (
    "missions.launch_date",
    "missions.arrival_date",
    "missions.landing_date",
    "missions.return_date",
    "spacecraft.arrival_date",
    "events.date",
    "parties.signed",
)


def happened(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in corpus.in_field(*HAPPENED) if cell in set(dates(corpus))]


def launches(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in happened(corpus) if cell.name == "launch_date"]


def flights(corpus: Corpus) -> Sequence[Cell]:
    """Return the launch dates of which every document tells the same year."""
    found = []
    for cell in launches(corpus):
        said = corpus.values("missions", cell.record, "launch_date")
        same = len({other.text[:4] for other in said}) == 1
        if same and not any(other.sheet.get(other.row, "certainty") for other in said):
            found.append(cell)
    return found


def plans(corpus: Corpus) -> Sequence[Cell]:
    found = [cell for cell in corpus.of_kind("date") if cell.name in PLANS]
    return [cell for cell in found if cell.text[:4].isdigit()]


def documents(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in rows(corpus) if cell.sheet.source != "editors"]


def missions(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in documents(corpus) if cell.sheet.table == "missions"]


def spacecraft(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in documents(corpus) if cell.sheet.table == "spacecraft"]


def parties(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in documents(corpus) if cell.sheet.table == "parties"]


def fill(cell: Cell, **cells: str) -> Mutant:
    return cell.sheet.with_row(cell.row, cells)


def _shifted(cell: Cell, years: int) -> Mutant:
    return cell.becomes(f"{int(cell.text[:4]) + years:04}{cell.text[4:]}")


# Time.


@kind("date a century later", happened, relation=True)
def later(cell: Cell, _: random.Random) -> Mutant | None:
    return None if "/" in cell.text else _shifted(cell, 100)


@kind("flight a century earlier", launches, relation=True)
def earlier(cell: Cell, _: random.Random) -> Mutant | None:
    # Events, laws and treaties of a century ago are possible; flights are not.
    return None if "/" in cell.text else _shifted(cell, -100)


@kind("plan a century earlier", plans, relation=True)
def old_plan(cell: Cell, _: random.Random) -> Mutant | None:
    return None if "/" in cell.text else _shifted(cell, -100)


@kind("as_of after the document", documents)
def late_statement(cell: Cell, chance: random.Random) -> Mutant:
    year = int(cell.corpus.issued(cell.sheet.source)) + 1
    return fill(cell, as_of=f"{chance.randrange(year, max(year, 2026) + 1)}-12-28")


@kind("as_of in the future", documents)
def future_statement(cell: Cell, chance: random.Random) -> Mutant:
    return fill(cell, as_of=str(chance.randrange(2027, 2099)))


@kind("planned date as one that happened", plans, relation=True)
def plan_as_fact(cell: Cell, _: random.Random) -> Mutant | None:
    """Rename nothing: the cell moves to the column of what happened."""
    if int(cell.text[:4]) <= int(cell.corpus.issued(cell.sheet.source)):
        return None
    return fill(cell, **{cell.name: "", PLANS[cell.name]: cell.text})


@kind("certainty planned for what happened", launches)
def planned_fact(cell: Cell, _: random.Random) -> Mutant:
    return fill(cell, certainty="planned")


@kind("plan without its certainty", plans)
def plan_stated(cell: Cell, _: random.Random) -> Mutant | None:
    return fill(cell, certainty="") if cell.sheet.get(cell.row, "certainty") else None


@kind("landing before launch", flights, relation=True)
def landing(cell: Cell, chance: random.Random) -> Mutant | None:
    if cell.corpus.values("missions", cell.record, "landing_date"):
        return None
    return fill(cell, landing_date=str(int(cell.text[:4]) - chance.randrange(1, 9)))


@kind("launch after return", flights, relation=True)
def returned(cell: Cell, chance: random.Random) -> Mutant | None:
    if cell.corpus.values("missions", cell.record, "return_date"):
        return None
    return fill(cell, return_date=str(int(cell.text[:4]) - chance.randrange(1, 9)))


@kind("spacecraft arrives before its mission's launch", flights, relation=True)
def arrived(cell: Cell, chance: random.Random) -> Mutant | None:
    crafts = [
        craft
        for craft in cell.corpus.in_field("spacecraft.mission")
        if craft.text == cell.record
        and not cell.corpus.values("spacecraft", craft.record, "arrival_date")
    ]
    if not crafts:
        return None
    return fill(chance.choice(crafts), arrival_date=str(int(cell.text[:4]) - 2))


@kind("last contact before first operation", spacecraft, relation=True)
def contact(cell: Cell, chance: random.Random) -> Mutant:
    year = chance.randrange(2005, 2015)
    return fill(cell, first_operation=str(year), last_contact=str(year - 1))


@kind("ratified before signed", parties, relation=True)
def ratified(cell: Cell, chance: random.Random) -> Mutant | None:
    if cell.corpus.values("parties", cell.record, "signed"):
        return None
    year = chance.randrange(2016, 2020)
    return fill(cell, signed=f"{year}-05", ratified=f"{year}-04-02")


@kind("signed before adoption", parties, relation=True)
def signed(cell: Cell, chance: random.Random) -> Mutant | None:
    agreement = cell.sheet.get(cell.row, "agreement")
    adopted = cell.corpus.values("agreements", agreement, "adopted")
    if not adopted or cell.corpus.values("parties", cell.record, "signed"):
        return None
    year = min(int(other.text[:4]) for other in adopted)
    return fill(cell, signed=str(year - chance.randrange(1, 9)))


@kind("joined before the announcement", documents, relation=True)
def joined(cell: Cell, chance: random.Random) -> Mutant | None:
    if cell.sheet.table != "partners":
        return None
    programme = cell.sheet.get(cell.row, "programme")
    announced = cell.corpus.values("programmes", programme, "announced")
    if not announced or cell.corpus.values("partners", cell.record, "joined"):
        return None
    year = min(int(other.text[:4]) for other in announced)
    return fill(cell, joined=str(year - chance.randrange(1, 9)))


@kind("left before joining", documents, relation=True)
def left(cell: Cell, chance: random.Random) -> Mutant | None:
    if cell.sheet.table != "partners" or cell.corpus.values("partners", cell.record, "joined"):
        return None
    year = chance.randrange(2021, 2023)
    return fill(cell, joined=f"{year}-05", left=f"{year}-04")


@kind("years of a column turned into New Year's Days", dates)
def new_year(cell: Cell, _: random.Random) -> Mutant | None:
    sheet, at = cell.sheet, cell.sheet.header.index(cell.name)
    years = [n for n, row in enumerate(sheet.rows) if row[at].isdigit()]
    records = {":".join(sheet.get(n, part) for part in sheet.key) for n in years}
    if len(records) < 3:
        return None
    return _column(sheet, at, years, "-01-01")


@kind("months of a column turned into their first days", dates)
def first_days(cell: Cell, _: random.Random) -> Mutant | None:
    sheet, at = cell.sheet, cell.sheet.header.index(cell.name)
    found = [n for n, row in enumerate(sheet.rows) if is_month(row[at])]
    records = {":".join(sheet.get(n, part) for part in sheet.key) for n in found}
    return _column(sheet, at, found, "-01") if len(records) >= 4 else None


@kind("days of a column turned into midnights", days)
def midnight(cell: Cell, _: random.Random) -> Mutant | None:
    sheet, at = cell.sheet, cell.sheet.header.index(cell.name)
    found = [n for n, row in enumerate(sheet.rows) if len(row[at]) == 10 and row[at][4] == "-"]
    return _column(sheet, at, found, "T00:00:00Z") if len(found) > 2 else None


def _column(sheet: Sheet, at: int, changed: list[int], added: str) -> Mutant:
    lines = {}
    for number in changed:
        row = list(sheet.rows[number])
        row[at] += added
        lines[number] = line_of(row)
    return sheet.with_lines(lines)
