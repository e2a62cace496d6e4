"""Damage to single values: dates, figures, terms, ids, references."""

import random
import re
from collections.abc import Sequence

from mutations.corpus import Cell, Corpus, Mutant
from mutations.kind import kind


def dates(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in corpus.of_kind("date") if cell.text[:4].isdigit()]


def days(corpus: Corpus) -> Sequence[Cell]:
    return [c for c in corpus.of_kind("date") if re.fullmatch(r"\d{4}-\d\d-\d\d", c.text)]


def months(corpus: Corpus) -> Sequence[Cell]:
    return [c for c in corpus.of_kind("date") if re.fullmatch(r"\d{4}-(0\d|1[0-2])", c.text)]


def figures(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in corpus.of_kind("quantity", "integer") if cell.text.isdigit()]


def thousands(corpus: Corpus) -> Sequence[Cell]:
    found = corpus.of_kind("quantity")
    return [cell for cell in found if cell.text.isdigit() and len(cell.text) > 3]


def numbered(corpus: Corpus) -> Sequence[Cell]:
    return [*dates(corpus), *figures(corpus)]


def terms(corpus: Corpus) -> Sequence[Cell]:
    return corpus.of_kind("term")


def outcomes(corpus: Corpus) -> Sequence[Cell]:
    return corpus.in_field("missions.outcome", "missions.status", "spacecraft.status")


def certainties(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in corpus.cells if cell.name == "certainty"]


def flags(corpus: Corpus) -> Sequence[Cell]:
    return corpus.of_kind("boolean")


def ids(corpus: Corpus) -> Sequence[Cell]:
    return corpus.of_kind("id")


def slugs(corpus: Corpus) -> Sequence[Cell]:
    return corpus.of_kind("id", "reference", "record")


def references(corpus: Corpus) -> Sequence[Cell]:
    return corpus.of_kind("reference", "record")


def keys(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in corpus.cells if cell.name in cell.sheet.key]


def codes(corpus: Corpus) -> Sequence[Cell]:
    return corpus.of_kind("code")


def _transposed(text: str, chance: random.Random, kind: str) -> str | None:
    """Swap two neighbours that differ, both letters or both digits."""
    known = str.isalpha if kind == "letters" else str.isdigit
    found = [
        at
        for at in range(len(text) - 1)
        if known(text[at]) and known(text[at + 1]) and text[at] != text[at + 1]
    ]
    if not found:
        return None
    at = chance.choice(found)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


# Dates.


@kind("date without leading noughts", days)
def unpadded(cell: Cell, _: random.Random) -> Mutant:
    return cell.becomes(cell.text.replace("-0", "-"))


@kind("date as 31/12/2024", days)
def slashes(cell: Cell, chance: random.Random) -> Mutant:
    year, month, day = cell.text.split("-")
    spelt = (f"{day}/{month}/{year}", f"{month}/{day}/{year}", f"{day}.{month}.{year}")
    return cell.becomes(chance.choice(spelt))


@kind("date as Dec 2024", months)
def in_words(cell: Cell, chance: random.Random) -> Mutant:
    year, month = cell.text.split("-")
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    name = names[int(month) - 1]
    return cell.becomes(chance.choice([f"{name} {year}", f"{name}-{year[2:]}", f"{year} {name}"]))


@kind("date that is in no calendar", dates)
def no_such_day(cell: Cell, chance: random.Random) -> Mutant:
    wrong = chance.choice(["-02-30", "-13", "-00", "-11-31", "-45", "-2-29"])
    return cell.becomes(cell.text[:4] + wrong)


@kind("date as a spreadsheet's number", days)
def serial(cell: Cell, chance: random.Random) -> Mutant:
    return cell.becomes(str(chance.randrange(40_000, 46_000)))


@kind("date with a time", days)
def with_time(cell: Cell, chance: random.Random) -> Mutant:
    return cell.becomes(cell.text + chance.choice([" 00:00:00", "T00:00:00", " 0:00"]))


@kind("date without hyphens", days)
def compact(cell: Cell, _: random.Random) -> Mutant:
    return cell.becomes(cell.text.replace("-", ""))


@kind("year of two digits", dates)
def short_year(cell: Cell, _: random.Random) -> Mutant:
    return cell.becomes(cell.text[2:])


# Figures.


@kind("non-ASCII digits", numbered)
def foreign_digits(cell: Cell, chance: random.Random) -> Mutant:
    zero = chance.choice([0x0660, 0xFF10, 0x0966])
    wide = {ord("0") + n: zero + n for n in range(10)}
    return cell.becomes(cell.text.translate(wide))


@kind("letter O or l for a digit", numbered)
def letter_digit(cell: Cell, _: random.Random) -> Mutant:
    return cell.becomes(cell.text.replace("0", "O", 1).replace("1", "l", 1))


@kind("1e3", figures)
def scientific(cell: Cell, _: random.Random) -> Mutant:
    return cell.becomes(f"{cell.text}e0")


@kind("thousands separator", thousands)
def separated(cell: Cell, chance: random.Random) -> Mutant:
    mark = chance.choice([",", ".", " ", "'", "\u202f"])
    spelt = f"{int(cell.text):,}".replace(",", mark)
    # 1.731 is a figure like any other, and nobody can tell that it was 1731.
    return cell.becomes(f"{spelt}{mark}000" if mark == "." else spelt)


@kind("figure with its unit", figures)
def with_unit(cell: Cell, chance: random.Random) -> Mutant:
    return cell.becomes(cell.text + chance.choice([" g", "kg", " days", "%"]))


@kind("figure in words", figures)
def worded(cell: Cell, chance: random.Random) -> Mutant:
    return cell.becomes(chance.choice(["about ", "over ", "c. ", "< "]) + cell.text)


@kind("NaN, null or N/A for a value", numbered)
def nothing(cell: Cell, chance: random.Random) -> Mutant:
    return cell.becomes(chance.choice(["NaN", "null", "N/A", "None", "-", "?", "n.d.", "inf"]))


@kind("negative figure", figures)
def negative(cell: Cell, _: random.Random) -> Mutant | None:
    return cell.becomes(f"-{cell.text}") if cell.text != "0" and cell.field.minimum == 0 else None


# Terms and codes.


@kind("term misspelt", terms)
def misspelt(cell: Cell, chance: random.Random) -> Mutant | None:
    text = _transposed(cell.text, chance, "letters")
    return cell.becomes(text) if text else None


@kind("outcome or status misspelt", outcomes)
def outcome(cell: Cell, chance: random.Random) -> Mutant:
    at = chance.randrange(len(cell.text))
    return cell.becomes(cell.text[:at] + cell.text[at + 1 :])


@kind("certainty misspelt", certainties)
def certainty(cell: Cell, chance: random.Random) -> Mutant:
    at = chance.randrange(len(cell.text))
    return cell.becomes(cell.text[:at] + cell.text[at] + cell.text[at:])


@kind("term in capitals", terms)
def capital_term(cell: Cell, chance: random.Random) -> Mutant:
    return cell.becomes(chance.choice([str.title, str.upper])(cell.text))


@kind("term of another vocabulary", terms)
def other_term(cell: Cell, chance: random.Random) -> Mutant:
    known = cell.field.vocabulary.terms if cell.field.vocabulary else {}
    others = {other.text for other in cell.corpus.of_kind("term")} - set(known)
    return cell.becomes(chance.choice(sorted(others)))


@kind("yes and no for true and false", flags)
def yes(cell: Cell, chance: random.Random) -> Mutant:
    return cell.becomes(chance.choice(["yes", "no", "1", "0", "TRUE", "False", "x"]))


@kind("language code misspelt", codes)
def language(cell: Cell, chance: random.Random) -> Mutant:
    return cell.becomes(chance.choice(["english", "EN", "en_GB", "e", "zh-hans-", "cn1"]))


# Ids and references.


@kind("letters of an id transposed", ids, relation=True)
def transposed_id(cell: Cell, chance: random.Random) -> Mutant | None:
    return _new_id(cell, _transposed(cell.text, chance, "letters"))


@kind("digits of an id transposed", ids, relation=True)
def transposed_digits(cell: Cell, chance: random.Random) -> Mutant | None:
    return _new_id(cell, _transposed(cell.text, chance, "digits"))


@kind("letter of an id left out", ids, relation=True)
def shorter_id(cell: Cell, chance: random.Random) -> Mutant | None:
    at = chance.choice([n for n, letter in enumerate(cell.text) if letter.isalpha()])
    return _new_id(cell, (cell.text[:at] + cell.text[at + 1 :]).strip("-").replace("--", "-"))


def _new_id(cell: Cell, text: str | None) -> Mutant | None:
    taken = cell.corpus.ids[cell.sheet.table]
    return cell.becomes(text) if text and text not in taken else None


@kind("id in capitals or with a space", slugs)
def bad_slug(cell: Cell, chance: random.Random) -> Mutant | None:
    spelt = (cell.text.title(), cell.text.replace("-", "_"), cell.text.replace("-", " "))
    return cell.becomes(chance.choice([text for text in spelt if text != cell.text]))


@kind("key blanked", keys)
def no_key(cell: Cell, _: random.Random) -> Mutant:
    return cell.becomes("")


@kind("letters of a reference transposed", references)
def transposed_reference(cell: Cell, chance: random.Random) -> Mutant | None:
    return _dangling(cell, _transposed(cell.text, chance, "letters"))


@kind("digits of a reference transposed", references)
def transposed_number(cell: Cell, chance: random.Random) -> Mutant | None:
    return _dangling(cell, _transposed(cell.text, chance, "digits"))


@kind("reference to a missing record", references)
def missing_record(cell: Cell, chance: random.Random) -> Mutant | None:
    return _dangling(cell, cell.text + chance.choice(["-2", "s", "-programme", "x"]))


@kind("reference to a record of another table", references)
def other_table(cell: Cell, chance: random.Random) -> Mutant | None:
    if cell.field.kind == "record":
        tables = set(cell.corpus.ids)
        return _dangling(cell, f"{chance.choice(sorted(tables))}/{cell.text.partition('/')[2]}")
    found = sorted(set().union(*cell.corpus.ids.values()))
    return _dangling(cell, chance.choice(found))


def _dangling(cell: Cell, text: str | None) -> Mutant | None:
    """Return the mutant if the text names no record that the cell may name."""
    if not text:
        return None
    ids = cell.corpus.ids
    if cell.field.kind == "record":
        table, _, record = text.partition("/")
        known = record in ids.get(table, ())
    else:
        known = any(text in ids.get(table, ()) for table in cell.field.references)
    return None if known else cell.becomes(text)
