"""Damage to a file as a file: bytes, line ends, dialect, header, rows."""

import random
from collections.abc import Sequence

from mutations.corpus import Cell, Corpus, Link, Mutant, Sheet, Spot, line_of
from mutations.kind import kind


def sheets(corpus: Corpus) -> Sequence[Sheet]:
    return corpus.sheets


def rows(corpus: Corpus) -> Sequence[Cell]:
    """Return the key cell of every row."""
    return [cell for cell in corpus.cells if cell.name == cell.sheet.key[0]]


def quoted(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in corpus.cells if "," in cell.text and '"' not in cell.text]


def names(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in corpus.of_kind("text") if "," not in cell.text and len(cell.text) > 4]


def accented(corpus: Corpus) -> Sequence[Sheet]:
    return [sheet for sheet in corpus.sheets if not sheet.text.isascii()]


def _first_foreign(sheet: Sheet) -> int:
    return next(n for n, line in enumerate(sheet.lines, 1) if not line.isascii())


@kind("Latin-1", accented)
def latin_1(sheet: Sheet, _: random.Random) -> Mutant | None:
    try:
        return sheet.mutant(sheet.text.encode("latin-1"), _first_foreign(sheet))
    except UnicodeEncodeError:
        return None


@kind("Windows-1252 with question marks", accented)
def cp1252(sheet: Sheet, _: random.Random) -> Mutant | None:
    try:
        sheet.text.encode("latin-1")
    except UnicodeEncodeError:
        return sheet.mutant(sheet.text.encode("cp1252", "replace"))
    return None


@kind("UTF-16", sheets)
def utf_16(sheet: Sheet, _: random.Random) -> Mutant:
    return sheet.mutant(sheet.text.encode("utf-16"))


@kind("UTF-16 without mark", sheets)
def utf_16_bare(sheet: Sheet, chance: random.Random) -> Mutant:
    return sheet.mutant(sheet.text.encode(chance.choice(["utf-16-le", "utf-16-be"])))


@kind("UTF-32", sheets)
def utf_32(sheet: Sheet, _: random.Random) -> Mutant:
    return sheet.mutant(sheet.text.encode("utf-32"))


@kind("byte order mark", sheets)
def mark(sheet: Sheet, _: random.Random) -> Mutant:
    return sheet.mutant(b"\xef\xbb\xbf" + sheet.text.encode())


@kind("CRLF throughout", sheets)
def crlf(sheet: Sheet, _: random.Random) -> Mutant:
    return sheet.mutant(sheet.text.replace("\n", "\r\n"))


@kind("CR throughout", sheets)
def cr(sheet: Sheet, _: random.Random) -> Mutant:
    return sheet.mutant(sheet.text.replace("\n", "\r"))


@kind("CRLF in one line", rows)
def one_crlf(cell: Cell, _: random.Random) -> Mutant:
    return cell.sheet.with_lines({cell.row: cell.sheet.lines[cell.row] + "\r"})


@kind("one byte flipped to a high one", rows)
def high_byte(cell: Cell, chance: random.Random) -> Mutant | None:
    raw = bytearray(cell.sheet.text.encode())
    starts = sum(len(line.encode()) + 1 for line in cell.sheet.lines[: cell.row])
    ascii_at = [
        starts + at for at, byte in enumerate(cell.sheet.lines[cell.row].encode()) if byte < 0x80
    ]
    raw[chance.choice(ascii_at)] |= 0x80
    try:
        raw.decode()
    except UnicodeDecodeError:
        return cell.sheet.mutant(bytes(raw), cell.row + 1)
    return None


@kind("NUL", rows)
def nul(cell: Cell, chance: random.Random) -> Mutant:
    line = cell.sheet.lines[cell.row]
    at = chance.randrange(len(line) + 1)
    return cell.sheet.with_lines({cell.row: line[:at] + "\0" + line[at:]})


@kind("cut at a byte within a row", sheets)
def truncate(sheet: Sheet, chance: random.Random) -> Mutant:
    raw = sheet.text.encode()
    inner = [at for at in range(len(raw)) if at == 0 or raw[at - 1 : at] != b"\n"]
    return sheet.mutant(raw[: chance.choice(inner)])


@kind("no final line feed", sheets)
def unended(sheet: Sheet, _: random.Random) -> Mutant:
    return sheet.mutant(sheet.text[:-1], len(sheet.lines))


@kind("emptied", sheets)
def emptied(sheet: Sheet, chance: random.Random) -> Mutant:
    return sheet.mutant(chance.choice(["", "\n", "\n\n\n", "   \n"]))


@kind("header only", sheets)
def header_only(sheet: Sheet, _: random.Random) -> Mutant:
    return sheet.mutant(sheet.lines[0] + "\n")


@kind("semicolons", sheets)
def semicolons(sheet: Sheet, _: random.Random) -> Mutant:
    lines = [";".join(line_of([cell]) for cell in row) for row in sheet.rows]
    return sheet.mutant("\n".join(lines) + "\n")


@kind("tabs", sheets)
def tabs(sheet: Sheet, _: random.Random) -> Mutant:
    return sheet.mutant("\n".join("\t".join(row) for row in sheet.rows) + "\n")


@kind("no header", sheets)
def no_header(sheet: Sheet, _: random.Random) -> Mutant:
    return sheet.mutant("\n".join(sheet.lines[1:]) + "\n", 1)


@kind("blank row", rows)
def blank_row(cell: Cell, chance: random.Random) -> Mutant:
    blank = chance.choice(["", "," * (len(cell.sheet.header) - 1)])
    added = f"{cell.sheet.lines[cell.row]}\n{blank}"
    return cell.sheet.with_lines({cell.row: added}, at=(cell.row + 2,))


@kind("extra cell", rows)
def extra_cell(cell: Cell, chance: random.Random) -> Mutant:
    row = list(cell.sheet.rows[cell.row])
    row.insert(chance.randrange(len(row) + 1), chance.choice(["", "x"]))
    return cell.sheet.with_lines({cell.row: line_of(row)})


@kind("missing cell", rows)
def missing_cell(cell: Cell, chance: random.Random) -> Mutant:
    row = list(cell.sheet.rows[cell.row])
    del row[chance.randrange(len(row))]
    return cell.sheet.with_lines({cell.row: line_of(row)})


@kind("cells shifted to the left", rows)
def shifted(cell: Cell, chance: random.Random) -> Mutant | None:
    row = list(cell.sheet.rows[cell.row])
    empty = [at for at in range(cell.sheet.header.index("locator")) if not row[at]]
    if not empty:
        return None
    del row[chance.choice(empty)]
    return cell.sheet.with_lines({cell.row: line_of([*row, ""])})


@kind("quotation not closed", quoted)
def unclosed(cell: Cell, _: random.Random) -> Mutant:
    return cell.raw(f'"{cell.text}')


@kind("quotation not opened", quoted)
def unopened(cell: Cell, _: random.Random) -> Mutant:
    return cell.raw(f'{cell.text}"')


@kind("comma not quoted", quoted)
def unquoted(cell: Cell, _: random.Random) -> Mutant:
    return cell.raw(cell.text)


@kind("quotation mark within an unquoted cell", names)
def stray(cell: Cell, chance: random.Random) -> Mutant:
    at = chance.randrange(1, len(cell.text))
    return cell.raw(f'{cell.text[:at]}"{cell.text[at:]}'.replace(",", ""))


@kind("quotation marks not doubled", names)
def single_marks(cell: Cell, chance: random.Random) -> Mutant:
    at = chance.randrange(1, len(cell.text) - 1)
    return cell.raw(f'"{cell.text[:at]}"{cell.text[at:]}"')


@kind("text after a closed quotation", quoted)
def after_quotation(cell: Cell, _: random.Random) -> Mutant:
    return cell.raw(f'"{cell.text}" x')


@kind("line break in a cell", names)
def line_break(cell: Cell, chance: random.Random) -> Mutant:
    at = chance.randrange(1, len(cell.text))
    return cell.raw(f'"{cell.text[:at]}\n{cell.text[at:]}"')


@kind("huge cell", names)
def huge_cell(cell: Cell, _: random.Random) -> Mutant:
    return cell.becomes((cell.text + " ") * (50_000 // len(cell.text)) + "end")


# Headers.


def _renamed(sheet: Sheet, at: int, name: str) -> Mutant:
    header = [name if n == at else old for n, old in enumerate(sheet.header)]
    return sheet.with_lines({0: line_of(header)})


@kind("header misspelt", sheets)
def misspelt_header(sheet: Sheet, chance: random.Random) -> Mutant:
    at = chance.randrange(len(sheet.header))
    name = sheet.header[at]
    drop = chance.randrange(len(name))
    return _renamed(sheet, at, name[:drop] + name[drop + 1 :])


@kind("header renamed to another column's name", sheets)
def twice(sheet: Sheet, chance: random.Random) -> Mutant:
    one, other = chance.sample(range(len(sheet.header)), 2)
    return _renamed(sheet, one, sheet.header[other])


@kind("header in capitals", sheets)
def capital_header(sheet: Sheet, chance: random.Random) -> Mutant:
    at = chance.randrange(len(sheet.header))
    return _renamed(sheet, at, chance.choice([str.title, str.upper])(sheet.header[at]))


@kind("header with a space", sheets)
def space_header(sheet: Sheet, chance: random.Random) -> Mutant:
    at = chance.randrange(len(sheet.header))
    name = sheet.header[at]
    return _renamed(sheet, at, chance.choice([f" {name}", f"{name} ", f"{name}\u00a0"]))


@kind("header with a look-alike letter", sheets)
def look_alike_header(sheet: Sheet, chance: random.Random) -> Mutant | None:
    at = chance.randrange(len(sheet.header))
    name = sheet.header[at].replace("a", "а", 1).replace("o", "о", 1)
    return _renamed(sheet, at, name) if name != sheet.header[at] else None


@kind("key column dropped", sheets)
def no_key(sheet: Sheet, chance: random.Random) -> Mutant:
    return _dropped(sheet, chance.choice(sheet.key))


@kind("locator column dropped", sheets)
def no_locator(sheet: Sheet, _: random.Random) -> Mutant:
    return _dropped(sheet, "locator")


def _dropped(sheet: Sheet, name: str) -> Mutant:
    at = sheet.header.index(name)
    lines = [line_of(row[:at] + row[at + 1 :]) for row in sheet.rows]
    return sheet.mutant("\n".join(lines) + "\n", 1)


@kind("header of two columns swapped", sheets)
def swapped(sheet: Sheet, chance: random.Random) -> Mutant | None:
    """Swap a column of text with one of another kind, both of which are filled somewhere."""
    filled = {n for row in sheet.rows[1:] for n, cell in enumerate(row) if cell}
    text = [n for n in filled if sheet.fields[sheet.header[n]].kind == "text"]
    typed = [n for n in filled if sheet.fields[sheet.header[n]].kind in {"date", "term", "id"}]
    if not (text and typed):
        return None
    one, other = chance.choice(text), chance.choice(typed)
    header = list(sheet.header)
    header[one], header[other] = header[other], header[one]
    return sheet.mutant("\n".join([line_of(header), *sheet.lines[1:]]) + "\n")


# Folders.


@kind("file under a name that is no table", sheets)
def unknown_table(sheet: Sheet, chance: random.Random) -> Mutant:
    stem = chance.choice([sheet.table[:-1], sheet.table.title(), f"{sheet.table} (1)", "data"])
    path = f"{sheet.source}/{stem}.csv"
    return Mutant({sheet.path: None, path: sheet.text.encode()}, (Spot(path),))


@kind("stray file", sheets)
def stranger(sheet: Sheet, chance: random.Random) -> Mutant:
    name = chance.choice(["notes.txt", ".~lock.csv#", "missions.xlsx", "Thumbs.db", "source.json~"])
    path = f"{sheet.source}/{name}"
    return Mutant({path: b"x\n"}, (Spot(path),))


@kind("symbolic link", sheets)
def link(sheet: Sheet, chance: random.Random) -> Mutant:
    made = Link(chance.choice(["/etc/passwd", "../editors/actors.csv", "nowhere.csv"]))
    return Mutant({sheet.path: made}, (Spot(sheet.path),))


@kind("folder's name in capitals", sheets)
def folder_name(sheet: Sheet, chance: random.Random) -> Mutant:
    # Only the reading that is moved is lost; the new folder has nothing else.
    folder = chance.choice([sheet.source.title(), sheet.source.replace("-", "_") + "_", "Ünnamed"])
    path = f"{folder}/{sheet.table}.csv"
    return Mutant({sheet.path: None, path: sheet.text.encode()}, (Spot(f"{folder}/"),))
