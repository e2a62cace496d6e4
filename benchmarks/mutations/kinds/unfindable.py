"""Damage that no rule can find, because what is left is as likely as what stood there.

Only somebody who opens the document finds it: that is what the locator is for. The kinds are
measured all the same; what is found of them is luck.
"""

import random
from collections.abc import Sequence

from mutations.corpus import Cell, Corpus, Entry, Mutant, Sheet, Spot, line_of
from mutations.kind import kind
from mutations.kinds.evidence import documents as sources
from mutations.kinds.files import rows, sheets
from mutations.kinds.values import certainties, days, figures, references, terms

WELL_FORMED = "A well-formed value takes the place of another; only the document tells."
LESS = "What is left is a smaller reading that is whole in itself; only the document tells."


def _other(cell: Cell, chance: random.Random, known: Sequence[str]) -> Mutant | None:
    others = sorted(set(known) - {cell.text})
    return cell.becomes(chance.choice(others)) if others else None


@kind("another plausible figure", figures, reason=WELL_FORMED)
def figure(cell: Cell, chance: random.Random) -> Mutant:
    return cell.becomes(str(int(cell.text) + chance.randrange(1, 4)))


@kind("another real id in a reference", references, reason=WELL_FORMED)
def reference(cell: Cell, chance: random.Random) -> Mutant | None:
    same = [other.text for other in cell.corpus.of_kind(cell.field.kind)]
    fitting = [
        text
        for text in same
        if any(text in cell.corpus.ids.get(table, ()) for table in cell.field.references)
        or (cell.field.kind == "record" and text.partition("/")[0] == cell.text.partition("/")[0])
    ]
    return _other(cell, chance, fitting)


@kind("another term of the same vocabulary", terms, reason=WELL_FORMED)
def term(cell: Cell, chance: random.Random) -> Mutant | None:
    known = cell.field.vocabulary.terms if cell.field.vocabulary else {}
    return _other(cell, chance, list(known))


@kind("another certainty", certainties, reason=WELL_FORMED)
def certainty(cell: Cell, chance: random.Random) -> Mutant | None:
    return _other(cell, chance, ["reported", "estimated", "opinion"])


@kind("day and month exchanged", days, reason=WELL_FORMED)
def exchanged(cell: Cell, _: random.Random) -> Mutant | None:
    year, month, day = cell.text.split("-")
    return cell.becomes(f"{year}-{day}-{month}") if int(day) <= 12 else None


@kind("date moved by a day", days, reason=WELL_FORMED)
def day(cell: Cell, chance: random.Random) -> Mutant:
    return cell.becomes(f"{cell.text[:-2]}{chance.randrange(1, 28):02}")


@kind("name misspelt in text", lambda corpus: corpus.of_kind("text"), reason=WELL_FORMED)
def name(cell: Cell, chance: random.Random) -> Mutant | None:
    if cell.name in {"locator", "remark"}:
        return None
    at = chance.randrange(len(cell.text) - 1) if len(cell.text) > 1 else 0
    swapped = cell.text[:at] + cell.text[at + 1 : at + 2] + cell.text[at] + cell.text[at + 2 :]
    pair = cell.text[at : at + 2]
    return cell.becomes(swapped) if pair.isalpha() and pair.isascii() else None


@kind("another locator", rows, reason=WELL_FORMED)
def locator(cell: Cell, chance: random.Random) -> Mutant | None:
    if cell.sheet.source == "editors":
        return None
    others = [cell.sheet.get(n, "locator") for n in range(1, len(cell.sheet.rows))]
    known = sorted(set(others) - {cell.sheet.get(cell.row, "locator")})
    return cell.sheet.with_row(cell.row, {"locator": chance.choice(known)}) if known else None


@kind("row moved to another source", rows, reason=WELL_FORMED)
def moved(cell: Cell, chance: random.Random) -> Mutant | None:
    known = [
        sheet
        for sheet in cell.corpus.sheets
        if sheet.table == cell.sheet.table
        and sheet.source not in {cell.sheet.source, "editors"}
        and cell.sheet.source != "editors"
    ]
    if not known:
        return None
    other = chance.choice(known)
    row = dict(zip(cell.sheet.header, cell.sheet.rows[cell.row], strict=True))
    lines = [*other.lines, line_of([row.get(column, "") for column in other.header])]
    left = [line for n, line in enumerate(cell.sheet.lines) if n != cell.row]
    if len(left) == 1:
        return None
    spot = Spot(other.path, frozenset({len(lines)}))
    files = {path: "\n".join(text) + "\n" for path, text in ((other.path, lines),)}
    files[cell.sheet.path] = "\n".join(left) + "\n"
    return Mutant({path: text.encode() for path, text in files.items()}, (spot,))


@kind("cells of two rows exchanged", rows, reason=WELL_FORMED)
def exchanged_cells(cell: Cell, chance: random.Random) -> Mutant | None:
    sheet = cell.sheet
    other = chance.randrange(1, len(sheet.rows))
    names = [
        n for n in sheet.header if n not in sheet.key and sheet.get(cell.row, n) and n != "locator"
    ]
    names = [n for n in names if sheet.get(other, n) not in {"", sheet.get(cell.row, n)}]
    if not names or other == cell.row:
        return None
    at = sheet.header.index(chance.choice(names))
    one, two = list(sheet.rows[cell.row]), list(sheet.rows[other])
    one[at], two[at] = two[at], one[at]
    return sheet.with_lines({cell.row: line_of(one), other: line_of(two)})


@kind("row left out", rows, reason=LESS)
def left_out(cell: Cell, _: random.Random) -> Mutant:
    left = [line for n, line in enumerate(cell.sheet.lines) if n != cell.row]
    return cell.sheet.mutant("\n".join(left) + "\n")


@kind("cut between two rows", sheets, reason=LESS)
def cut(sheet: Sheet, chance: random.Random) -> Mutant | None:
    if len(sheet.lines) < 3:
        return None
    keep = chance.randrange(2, len(sheet.lines))
    return sheet.mutant("\n".join(sheet.lines[:keep]) + "\n")


@kind("a reading deleted", sheets, reason=LESS)
def deleted(sheet: Sheet, _: random.Random) -> Mutant:
    return Mutant({sheet.path: None}, (Spot(sheet.path),))


@kind("another tier", sources, reason=WELL_FORMED)
def tier(entry: Entry, chance: random.Random) -> Mutant:
    known = {"official", "scholarly", "reference", "press", "community"}
    return entry.with_custom("tier", chance.choice(sorted(known - {entry.data["custom"]["tier"]})))


@kind("issued a month earlier", sources, reason=WELL_FORMED)
def issued(entry: Entry, _: random.Random) -> Mutant | None:
    if "issued" not in entry.data:
        return None
    year, month, *rest = entry.data["issued"]["date-parts"][0]
    return entry.with_part("issued", {"date-parts": [[year, month - 1, *rest]]})


def sites(corpus: Corpus) -> Sequence[Cell]:
    return [
        cell
        for cell in rows(corpus)
        if cell.sheet.table == "places" and cell.sheet.source != "editors"
    ]


@kind("latitude and longitude swapped, both under 90", sites, reason=WELL_FORMED)
def swapped(cell: Cell, chance: random.Random) -> Mutant:
    latitude, longitude = chance.choice([("43.1", "-51.9"), ("0.7", "23.5"), ("-9", "15.5")])
    return cell.sheet.with_row(cell.row, {"latitude_deg": longitude, "longitude_deg": latitude})
