"""Damage to what a claim rests on: locators, `source.json`, tiers, decisions, the editors' word."""

import json
import random
from collections.abc import Sequence

from mutations.corpus import Cell, Corpus, Entry, Mutant, Sheet, Spot, line_of
from mutations.kind import kind
from mutations.kinds.files import rows


def locators(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in corpus.cells if cell.name == "locator"]


def entries(corpus: Corpus) -> Sequence[Entry]:
    return corpus.entries


def documents(corpus: Corpus) -> Sequence[Entry]:
    return [entry for entry in corpus.entries if entry.source != "editors"]


def dated(corpus: Corpus) -> Sequence[Entry]:
    return [entry for entry in documents(corpus) if "issued" in entry.data]


def editors(corpus: Corpus) -> Sequence[Cell]:
    return [cell for cell in rows(corpus) if cell.sheet.source == "editors"]


def one(corpus: Corpus) -> Sequence[Corpus]:
    return [corpus]


# Rows.


@kind("locator dropped", locators)
def no_locator(cell: Cell, _: random.Random) -> Mutant:
    return cell.becomes("")


@kind("row twice", rows)
def twice(cell: Cell, chance: random.Random) -> Mutant:
    """Put the row a second time, beside itself or elsewhere; either may be reported."""
    after = chance.choice([cell.row, chance.randrange(len(cell.sheet.rows))])
    line = cell.sheet.lines[cell.row]
    first = cell.row + 1 if cell.row <= after else cell.row + 2
    lines = [*cell.sheet.lines[: after + 1], line, *cell.sheet.lines[after + 1 :]]
    return cell.sheet.mutant("\n".join(lines) + "\n", first, after + 2)


@kind("editors state a fact", editors)
def fact(cell: Cell, chance: random.Random) -> Mutant | None:
    filled = [
        other
        for other in cell.corpus.cells
        if other.sheet.table == cell.sheet.table
        and other.name not in cell.sheet.key
        and other.name in other.sheet.fields
        and not other.field.editorial
        and other.name not in {"locator", "as_of", "certainty", "cites", "remark"}
    ]
    if not filled:
        return None
    other = chance.choice(filled)
    made = cell.sheet.with_row(cell.row, {other.name: other.text})
    return Mutant(made.files, (Spot(cell.sheet.path, frozenset({1, cell.row + 1})),), made.header)


@kind("editors cite no definition", editors)
def no_definition(cell: Cell, chance: random.Random) -> Mutant:
    locator = chance.choice(["p. 9", "Table 1", "definitions.md#tier", "known to everybody"])
    return cell.sheet.with_row(cell.row, {"locator": locator})


@kind("editors cite a definition that is not there", editors)
def dead_definition(cell: Cell, chance: random.Random) -> Mutant:
    locator = cell.sheet.get(cell.row, "locator")
    wrong = (locator.replace("docs/", "docs/x"), locator + "s", locator.partition("#")[0] + "#xx")
    return cell.sheet.with_row(cell.row, {"locator": chance.choice(wrong)})


@kind("editors create a record", editors)
def created(cell: Cell, chance: random.Random) -> Mutant:
    key = cell.sheet.key[0]
    number = chance.randrange(50, 99)
    return cell.sheet.with_row(cell.row, {key: f"{cell.sheet.get(cell.row, key)}-{number}"})


# The files source.json.


@kind("source.json deleted", entries)
def deleted(entry: Entry, _: random.Random) -> Mutant:
    return Mutant({entry.path: None}, (Spot(f"{entry.source}/"),))


@kind("source.json of another source", documents)
def swapped(entry: Entry, chance: random.Random) -> Mutant:
    others = [other for other in documents(entry.corpus) if other is not entry]
    return entry.becomes(chance.choice(others).text)


@kind("source.json cut short", entries)
def cut(entry: Entry, chance: random.Random) -> Mutant:
    return entry.becomes(entry.text[: chance.randrange(len(entry.text) - 2)])


@kind("source.json with broken syntax", entries)
def broken(entry: Entry, chance: random.Random) -> Mutant | None:
    at = chance.choice([n for n, letter in enumerate(entry.text) if letter in '"{}[]:,'])
    text = entry.text[:at] + entry.text[at + 1 :]
    try:
        json.loads(text)
    except json.JSONDecodeError:
        # What was lost may show only where the next word begins, a line or more later.
        return entry.becomes(text)
    return None


@kind("source.json re-encoded", entries)
def encoded(entry: Entry, chance: random.Random) -> Mutant | None:
    wrong = chance.choice(["utf-16", "utf-8-sig", "utf-16-le", "cp1252"])
    return entry.becomes(entry.text.replace("¶", "§").encode(wrong, "replace"))


@kind("source.json with a key twice", entries)
def key_twice(entry: Entry, chance: random.Random) -> Mutant:
    key = chance.choice(["type", "title", "language"])
    added = f'{{\n  "{key}": "report",'
    text = entry.text.replace("{", added, 1)
    lines = text.split("\n")
    at = [n for n, line in enumerate(lines, 1) if line.startswith(f'  "{key}":')]
    return entry.becomes(text, *at)


@kind("source.json with an unknown key", entries)
def unknown_key(entry: Entry, chance: random.Random) -> Mutant:
    key = chance.choice(["tittle", "Language", "tier", "comment", "url", "DOI ", "locator"])
    return entry.with_part(key, "press")


@kind("custom block with an unknown key", entries)
def unknown_custom(entry: Entry, chance: random.Random) -> Mutant:
    return entry.with_custom(chance.choice(["teir", "notes", "Locator", "derived-from"]), "press")


@kind("part of source.json blanked", entries)
def blanked(entry: Entry, chance: random.Random) -> Mutant:
    return entry.with_part(chance.choice(["title", "type"]), "")


@kind("tier blanked", entries)
def no_tier(entry: Entry, _: random.Random) -> Mutant:
    return entry.with_custom("tier", "")


@kind("tier misspelt", entries)
def bad_tier(entry: Entry, chance: random.Random) -> Mutant:
    tier = entry.data["custom"]["tier"]
    return entry.with_custom("tier", chance.choice([tier.title(), tier[1:], f"{tier}s", "blog"]))


@kind("tier of the editors for a document", documents)
def editors_tier(entry: Entry, _: random.Random) -> Mutant:
    return entry.with_custom("tier", "editors")


@kind("locator of source.json blanked", entries)
def no_page(entry: Entry, _: random.Random) -> Mutant:
    return entry.with_custom("locator", "")


@kind("type of source.json that CSL does not have", entries)
def bad_type(entry: Entry, chance: random.Random) -> Mutant:
    wrong = ["newspaper article", "Report", "web", "articel-newspaper", "blog-post"]
    return entry.with_part("type", chance.choice(wrong))


@kind("language of source.json misspelt", entries)
def bad_language(entry: Entry, chance: random.Random) -> Mutant:
    return entry.with_part("language", chance.choice(["English", "EN", "en_US", "zh-"]))


@kind("part of source.json of the wrong type", entries)
def wrong_type(entry: Entry, chance: random.Random) -> Mutant:
    key, value = chance.choice(
        [
            ("title", ["A title"]),
            ("title", 7),
            ("author", "Andrew Jones"),
            ("issued", "2023-02-27"),
            ("accessed", [2026, 11, 22]),
            ("custom", "press"),
            ("language", None),
            ("publisher", {"name": "x"}),
        ]
    )
    return entry.with_part(key, value)


@kind("date of source.json that is in no calendar", entries)
def no_such_day(entry: Entry, chance: random.Random) -> Mutant:
    wrong = [[2023, 13, 1], [2023, 2, 30], ["x"], [20230227], [2023, 0], []]
    key = chance.choice(["accessed", "issued"])
    return entry.with_part(key, {"date-parts": [chance.choice(wrong)]})


@kind("accessed before issued", dated)
def early(entry: Entry, chance: random.Random) -> Mutant:
    year, *rest = entry.data["issued"]["date-parts"][0]
    made = entry.with_part("accessed", {"date-parts": [[year - chance.randrange(1, 20), *rest]]})
    return _with_lines_of(entry, made, "issued")


def _with_lines_of(entry: Entry, made: Mutant, key: str) -> Mutant:
    """Let the problem stand at the other of two dates as well: either may be the wrong one."""
    other = entry.with_part(key, entry.data[key]).spots
    return Mutant(made.files, (*made.spots, *other))


@kind("document of the future", documents)
def future(entry: Entry, chance: random.Random) -> Mutant:
    key = chance.choice(["issued", "accessed"])
    made = entry.with_part(key, {"date-parts": [[chance.randrange(2027, 2200)]]})
    return _with_lines_of(entry, made, "accessed")


@kind("probable date of the future", documents)
def future_probable(entry: Entry, _: random.Random) -> Mutant:
    return entry.with_custom("issued_probable", "2031-04")


@kind("neither issued nor accessed", documents)
def undated(entry: Entry, _: random.Random) -> Mutant:
    data = {key: value for key, value in entry.data.items() if key not in {"issued", "accessed"}}
    data["custom"].pop("issued_probable", None)
    return entry.with_data(data)


@kind("address that is no document's", documents)
def no_document(entry: Entry, chance: random.Random) -> Mutant:
    wrong = [
        "https://www.example.org/",
        "https://www.example.org",
        "https://www.google.com/search?q=ilrs",
        "https://duckduckgo.com/?q=ilrs",
        "https://www.bing.com/search?q=moon",
        "https://example.org/search?q=ilrs",
    ]
    return entry.with_part("URL", chance.choice(wrong))


@kind("address of another scheme", documents)
def scheme(entry: Entry, chance: random.Random) -> Mutant:
    wrong = [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.org/x.pdf",
        "data:text/html,x",
        "www.example.org/x",
        "/etc/passwd",
        "htp://example.org/x",
    ]
    return entry.with_part("URL", chance.choice(wrong))


@kind("address of this machine or with a password", documents)
def local_address(entry: Entry, chance: random.Random) -> Mutant:
    wrong = [
        "http://localhost/x",
        "http://127.0.0.1:8000/x",
        "http://192.168.0.7/report.pdf",
        "https://user:secret@example.org/x",
        "http://[::1]/x",
    ]
    return entry.with_part("URL", chance.choice(wrong))


@kind("derived from a missing source", documents)
def derived(entry: Entry, chance: random.Random) -> Mutant:
    return entry.with_custom("derived_from", chance.choice(["reuters", f"{entry.source}s"]))


@kind("derived from itself", documents)
def circle(entry: Entry, _: random.Random) -> Mutant:
    return entry.with_custom("derived_from", entry.source)


@kind("id of source.json is another", entries)
def other_id(entry: Entry, chance: random.Random) -> Mutant:
    return entry.with_part("id", entry.source + chance.choice(["-2", "s", ".json"]))


@kind("odd characters in the title of source.json", entries)
def odd_title(entry: Entry, chance: random.Random) -> Mutant:
    title = entry.data["title"]
    at = chance.randrange(1, len(title) - 1)
    added = chance.choice(["\u200b", "\u202e", "  ", "\u00a0", "\x07", "\ufffd", "\n"])
    return entry.with_part("title", title[:at] + added + title[at:])


@kind("all readings of a source deleted", documents)
def unread(entry: Entry, _: random.Random) -> Mutant:
    gone = {path: None for path in entry.corpus.files if path.startswith(f"{entry.source}/")}
    gone.pop(entry.path)
    return Mutant(dict(gone), (Spot(entry.path),))


@kind("source.json alone in a new folder", documents)
def alone(entry: Entry, _: random.Random) -> Mutant:
    data = {**entry.data, "id": f"{entry.source}-2"}
    made = json.dumps(data, indent=2, ensure_ascii=False).encode()
    return Mutant({f"{entry.source}-2/source.json": made}, (Spot(f"{entry.source}-2/"),))


# Decisions.

DECISIONS = "decisions.csv"


def _decided(corpus: Corpus, cells: dict[str, str], *, added: bool = False) -> Mutant:
    """Return the mutant in which the first decision has other cells, or stands twice."""
    sheet = Sheet(DECISIONS, corpus.files[DECISIONS].decode())
    old = dict(zip(sheet.header, sheet.rows[1], strict=True))
    line = line_of(list({**old, **cells}.values()))
    lines = [sheet.lines[0], *([sheet.lines[1]] if added else []), line, *sheet.lines[2:]]
    made = Mutant(
        {DECISIONS: ("\n".join(lines) + "\n").encode()},
        (Spot(DECISIONS, frozenset({2, 3} if added else {2})),),
    )
    return Mutant(made.files, made.spots, tuple(sheet.header))


@kind("decision on a missing cell", one)
def no_cell(corpus: Corpus, chance: random.Random) -> Mutant:
    wrong: list[dict[str, str]] = [
        {"record": "ilrs-guide"},
        {"field": "summarry"},
        {"table": "missions"},
        {"field": "in_force"},
        {"table": "agreement"},
    ]
    return _decided(corpus, chance.choice(wrong))


@kind("decision for a value that nobody claims", one)
def no_claim(corpus: Corpus, chance: random.Random) -> Mutant:
    return _decided(corpus, {"value": chance.choice(["esa", "cnas", "nasa", "roscosmos-2"])})


@kind("decision without effect", lambda corpus: corpus.cells)
def no_effect(cell: Cell, _: random.Random) -> Mutant | None:
    if cell.name in {*cell.sheet.key, "locator", "as_of", "certainty", "cites", "remark"}:
        return None
    if cell.sheet.get(cell.row, "certainty") == "denied":
        return None
    said = {other.text for other in cell.corpus.values(cell.sheet.table, cell.record, cell.name)}
    if len(said) > 1:
        return None
    decided = {
        "table": cell.sheet.table,
        "record": cell.record,
        "field": cell.name,
        "value": cell.text,
    }
    return _decided(cell.corpus, decided)


@kind("decision without reason or date", one)
def no_reason(corpus: Corpus, chance: random.Random) -> Mutant:
    return _decided(corpus, {chance.choice(["reason", "decided"]): ""})


@kind("decision twice", one)
def decided_twice(corpus: Corpus, chance: random.Random) -> Mutant:
    return _decided(corpus, {"reason": chance.choice(["Another.", "Once more."])}, added=True)


@kind("decision dated in the future", one)
def decided_late(corpus: Corpus, chance: random.Random) -> Mutant:
    return _decided(corpus, {"decided": f"2{chance.randrange(100, 999)}-01-02"})


@kind("decision orphaned by a deleted claim", one)
def orphan(corpus: Corpus, _: random.Random) -> Mutant | None:
    sheet = Sheet(DECISIONS, corpus.files[DECISIONS].decode())
    table, record, field, value = sheet.rows[1][:4]
    cells = [cell for cell in corpus.values(table, record, field) if cell.text == value]
    files: dict[str, bytes | None] = {}
    for cell in cells:
        other = cell.sheet
        keep = [line for n, line in enumerate(other.lines) if n not in {c.row for c in cells}]
        files[other.path] = ("\n".join(keep) + "\n").encode()
    return Mutant(dict(files), (Spot(DECISIONS, frozenset({2})),))
