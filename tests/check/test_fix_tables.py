"""The repair of whole files: what a reader reads is what it read before."""

import csv
import datetime
import io
import shutil
import string
import unicodedata
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lunarprogrammes.check.fixing.records import quoted, records
from lunarprogrammes.check.fixing.tables import Pattern, repaired_json, repaired_table
from lunarprogrammes.evidence.seeds import read_seeds
from lunarprogrammes.tables import InvalidValue, get
from lunarprogrammes.tables.claims import EVIDENCE

TABLE = get("missions")
PATTERN = Pattern({**TABLE.facts, **EVIDENCE}, TABLE.key, is_sorted=True)
HEAD = "id,name,launch_date,locator\n"


def everything(_):
    return True


def fix(text, admits=everything):
    raw = text if isinstance(text, bytes) else text.encode()
    return repaired_table(raw, "a/missions.csv", PATTERN, admits)


def fixed(text, admits=everything):
    return fix(text, admits).after.decode("utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\ufeff" + HEAD + "x,X,2024,p. 1\n", HEAD + "x,X,2024,p. 1\n"),
        (HEAD.replace("\n", "\r\n") + "x,X,2024,p. 1\r\n", HEAD + "x,X,2024,p. 1\n"),
        (HEAD.replace("\n", "\r") + "x,X,2024,p. 1\r", HEAD + "x,X,2024,p. 1\n"),
        (HEAD + "x,X,2024,p. 1", HEAD + "x,X,2024,p. 1\n"),
        (HEAD + "\n,,,\nx,X,2024,p. 1\n \n\n", HEAD + "x,X,2024,p. 1\n \n"),
        ("ID,Name,Launch Date, locator\nx,X,2024,p. 1\n", HEAD + "x,X,2024,p. 1\n"),
        (HEAD + '"x","X ""Y"" ","2024-5-3",p. 1\n', HEAD + 'x,"X ""Y""",2024-05-03,p. 1\n'),
        (
            HEAD + "b,B,2024,p. 2\na,A,2024,p. 1\nb,C,,p. 1\n",
            HEAD + "a,A,2024,p. 1\nb,B,2024,p. 2\nb,C,,p. 1\n",
        ),
    ],
    ids=["bom", "crlf", "cr", "unended", "blank", "header", "quotes", "order"],
)
def test_repaired(before, after):
    assert fixed(before) == after
    assert fixed(after) == after


@pytest.mark.parametrize(
    "before",
    [
        b"\xff\xfei\x00d\x00",
        HEAD.encode() + b"x,\xe4 ,2024,p. 1\r\n",
        (HEAD + "x,X \x00,2024,p. 1\n").encode(),
        (HEAD + 'x,"X ,2024,p. 1\n').encode(),
        (HEAD + 'x,"X" y,2024 ,p. 1\n').encode(),
        HEAD.encode() + b"x,X ,2024\r,p. 1\n",
        HEAD.encode() + b"x,X ,2024,p. 1\r\n\r\r\n",
        b"id;name;locator\nx ;X;p. 1\n",
        b"change-5,Chang'e 5 ,p. 1\n",
        b"id,name,name,locator\nx ,X,X,p. 1\n",
        b"\xef\xbb\xbf\xef\xbb\xbfid,name,locator\nx ,X,p. 1\n",
        b"",
        b"\n\n",
    ],
)
def test_a_file_that_is_not_what_it_seems_is_left_alone(before):
    assert fix(before).after == before
    assert not fix(before).corrections


@pytest.mark.parametrize(
    "row",
    [
        "x,X  ,2024,near side,p. 1",
        "x,X  ,p. 1",
        'x,The "Rabbit"  ,2024,p. 1',
        'x,"one\n two  ",2024,p. 1',
    ],
    ids=["ragged", "short", "stray", "line break"],
)
def test_a_row_that_is_not_what_it_seems_is_left_alone_and_so_is_the_order(row):
    before = f"{HEAD}z,Z ,2024-5-3,p. 1\n{row}\na,A,,p. 1\n"
    assert fixed(before) == f"{HEAD}z,Z,2024-05-03,p. 1\n{row}\na,A,,p. 1\n"


def test_a_last_row_that_was_cut_off_is_not_ended():
    assert fixed(HEAD + "x,X ,2024,p. 1\ny,Y") == HEAD + "x,X,2024,p. 1\ny,Y"
    assert fixed(HEAD.rstrip()) == HEAD.rstrip()


def test_rows_without_a_good_key_keep_the_order():
    for key in ("", "Not A Slug"):
        before = f"{HEAD}z,Z,,p. 1\n{key},A,,p. 1\na,A,,p. 1\n"
        assert fixed(before) == before


def test_unknown_columns_are_left_alone():
    before = "id,name,colour,locator\nx,X , red  ,p. 1\n"
    assert fixed(before) == "id,name,colour,locator\nx,X, red  ,p. 1\n"


def test_a_header_is_not_made_to_stand_twice():
    before = "id,Name,name,locator\nx,X,Y,p. 1\n"
    assert fixed(before) == before


def test_decisions_keep_their_order():
    outcome = repaired_table(
        (HEAD + "b,B ,,p. 1\na,A,,p. 1\n").encode(),
        "decisions.csv",
        Pattern(PATTERN.columns, (), is_sorted=False),
        everything,
    )
    assert outcome.after.decode() == HEAD + "b,B,,p. 1\na,A,,p. 1\n"


@pytest.mark.parametrize(
    ("admitted", "after"),
    [
        ("S103", 'b,B,2024-5-3,p. 1\n,,,\na,"A",,p. 1\n'),
        ("S101", 'b,B ,2024-05-03,p. 1\n,,,\na,"A",,p. 1\n'),
        ("F110", 'b,B ,2024-5-3,p. 1\na,"A",,p. 1\n'),
        ("", "b,B ,2024-5-3,p. 1\n,,,\na,A,,p. 1\n"),
    ],
)
def test_only_what_is_admitted_is_repaired(admitted, after):
    before = 'b,B ,2024-5-3,p. 1\n,,,\na,"A",,p. 1\n'
    assert fixed(HEAD + before, lambda code: code == admitted) == HEAD + after


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("F102", f"\ufeff{HEAD}x,X ,2024,p. 1\n"),
        ("F105", f"{HEAD}x,X ,2024,p. 1\n".replace("\n", "\r\n")),
        ("F106", f"{HEAD}x,X ,2024,p. 1"),
    ],
)
def test_a_file_whose_form_may_not_be_touched_is_left_alone(code, before):
    assert fixed(before, lambda one: one != code) == before


def test_corrections_say_where_the_cell_stood():
    (one,) = fix(HEAD + 'x,"a, b",2024-5-3,p. 1\n').corrections
    assert (one.line, one.column, one.end) == (2, 10, 18)
    assert (one.before, one.after, one.codes) == ("2024-5-3", "2024-05-03", ("S101",))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'\xef\xbb\xbf{"a": 1}\n', b'{"a": 1}\n'),
        (b'{\r\n"a": 1}\r\n', b'{\n"a": 1}\n'),
        (b'{"a": 1}', b'{"a": 1}\n'),
        (b'{"a": " x "}\n', b'{"a": " x "}\n'),
        (b'{"a": 1,}\r\n', b'{"a": 1,}\r\n'),
        (b'{"a": "\xff"}\r\n', b'{"a": "\xff"}\r\n'),
        (b"[" * 100_000, b"[" * 100_000),
    ],
)
def test_a_json_document_is_repaired_around_its_content(before, after):
    assert repaired_json(before, everything).after == after


# Properties

CELLS = st.one_of(
    st.sampled_from(
        [
            *("", "x", "change-5", "b-2", "2024-5-3", "2024-05", "Dec 2024", "03/04/2024"),
            *("1,731", "TRUE", " a ", "a  b", "a\u00a0b", "u\u0308", "a,b", 'say "yes"', "\u200b"),
        ]
    ),
    st.text(string.ascii_letters + " ,\"'\n\r\t-;é\u0308\u00a0", max_size=6),
)
COLUMNS = ["id", "name", "launch_date", "crewed", "sample_mass_g", "locator", "certainty", "odd"]


def canonical_or_messy(cell, messy):
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if messy else quoted(cell)


@st.composite
def tables(draw):
    header = draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=6, unique=True))
    if draw(st.booleans()) and "id" not in header:
        header.insert(0, "id")
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    shown = [name.upper() if draw(st.booleans()) else name for name in header]
    width = len(header)
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=5))
    lines = [
        ",".join(canonical_or_messy(cell, draw(st.booleans())) for cell in row) for row in rows
    ]
    text = end.join([",".join(shown), *lines]) + draw(st.sampled_from(["", end, end + end]))
    return draw(st.sampled_from(["", "\ufeff"])) + text


def meaning(name, text):
    """Return what a cell says: its value, or its letters whatever their form and spaces."""
    field = PATTERN.columns.get(name)
    try:
        value = field.parse(text) if field else text
    except InvalidValue:
        value = None
    if value is None or isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", text).split()) if field else text
    return value


def read(raw):
    text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    return [name.strip().lower() for name in header], [row for row in rows if any(row)]


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_what_a_table_says_stays_and_once_is_enough(text):
    raw = text.encode("utf-8")
    once = fix(raw).after
    assert fix(once).after == once
    if once == raw:
        return
    (header, before), (header_after, after) = read(raw), read(once)
    assert header_after == header
    assert said(header, after) == said(header, before)


def said(header, rows):
    """Return how often each row says what it says, whatever the order of the rows."""
    counts = Counter()
    for row in rows:
        if len(row) != len(header):
            counts[tuple(row)] += 1
            continue
        pairs = zip(header, row, strict=True)
        cells = [str(meaning(name, repaired_value(name, cell))) for name, cell in pairs]
        counts[tuple(cells)] += any(cells)
    return +counts


def repaired_value(name, cell):
    """Return the one certain reading of a cell; the tests of cells prove that it is one."""
    from lunarprogrammes.check.fixing.cells import repaired

    field = PATTERN.columns.get(name)
    return repaired(field, cell, everything).text if field else cell


DATES = st.one_of(
    st.just(""),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)).map(str),
    # Nobody can be sure of these, so that they have to stay as they are.
    st.sampled_from(["03/04/2024", "5.3.2024", "2024-5", "winter 2024", "n/a", "2024-02-30"]),
)
FIGURES = st.one_of(
    st.just(""),
    st.integers(0, 10**9).map(str),
    st.sampled_from(["1,5", "1e3", "007", "2 kg", "800+", ">800", "22/24", "~2.50"]),
)
WORDS = st.sampled_from(
    ["", "Mons Rümker", "嫦娥五号", 'The "Rabbit"', "a, b", "RÃ¼mker", "a\u200bb"]
)
KEYS = st.sampled_from(["a", "b-2", "change-5", "change-5-t1"])


def untidy_date(day, how):
    if len(day) != 10 or day[4] != "-" or day == "2024-02-30":
        return day
    year, month, number = map(int, day.split("-"))
    return [f"{year}-{month}-{number}", f"{year}/{month:02}/{number}", day, f" {day}"][how]


def untidy_figure(text, how):
    plain = text.isdigit() and text[0] != "0"
    return f"{int(text):,}".replace(",", ", '_"[how]) if plain else text


def untidy_words(text, how):
    if "\u200b" in text or "Ã" in text or not text:
        return text
    forms = (text, unicodedata.normalize("NFD", text), f" {text}\u00a0", text.replace(" ", "  "))
    return forms[how]


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(KEYS, WORDS, DATES, FIGURES), min_size=1, max_size=6),
    st.lists(st.tuples(*[st.integers(0, 3)] * 3, st.booleans()), min_size=6, max_size=6),
    st.sampled_from(["\n", "\r\n"]),
    st.permutations(["a", "b-2", "change-5", "change-5-t1"]),
)
def test_an_untidy_table_becomes_the_tidy_one(rows, how, end, order):
    """Sure respellings are undone to the byte; what is not sure stays as it is, to the byte."""
    rows.sort(key=lambda row: row[0])
    tidy = [["id", "name", "launch_date", "sample_mass_g"], *map(list, rows)]
    untidy = [["ID", "Name ", "Launch Date", "Sample_Mass_g"]]
    for row, (a, b, c, flag) in zip(rows, how, strict=False):
        key, name, day, mass = row
        cells = [key, untidy_words(name, a), untidy_date(day, b), untidy_figure(mass, c)]
        untidy.append([f" {key}" if flag else key, *cells[1:]])
    untidy[1:] = sorted(untidy[1:], key=lambda row: order.index(row[0].strip()))
    quoting = csv.QUOTE_ALL if how[0][3] else csv.QUOTE_MINIMAL
    texts = []
    for lines, mode, terminator in ((tidy, csv.QUOTE_MINIMAL, "\n"), (untidy, quoting, end)):
        out = io.StringIO()
        csv.writer(out, lineterminator=terminator, quoting=mode).writerows(lines)
        texts.append(out.getvalue())
    assert fixed(texts[1]) == texts[0]


@given(st.binary(max_size=200))
def test_any_bytes_may_stand_in_a_file(raw):
    once = fix(raw).after
    assert fix(once).after == once
    assert repaired_json(raw, everything).after is not None


# No carriage return is left when cells are written; releases of Python quote it differently.
NO_RETURN = st.characters(exclude_characters="\r", codec="utf-8")


@given(st.lists(st.text(NO_RETURN, min_size=1, max_size=8), min_size=1, max_size=5))
def test_cells_are_quoted_as_the_standard_library_quotes_them(row):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(row)
    assert ",".join(map(quoted, row)) + "\n" == out.getvalue()


@given(tables())
def test_records_are_what_csv_reads(text):
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        expected = list(csv.reader(io.StringIO(plain, newline=""), strict=True))
    except csv.Error:
        return
    found = list(records(plain))
    assert len(found) == len(expected)
    for record, values in zip(found, expected, strict=True):
        if not record.is_odd:
            assert [cell.value for cell in record.cells] == (values or [""])
            assert ",".join(cell.raw for cell in record.cells) == record.raw
            for cell in record.cells:
                assert record.raw[cell.column - 1 :].startswith(cell.raw)


@pytest.mark.parametrize("damage", ["none", "crlf", "quoted", "spaces", "unsorted", "bom"])
def test_the_claims_of_real_seeds_are_the_same_after_a_repair(founding_seeds, tmp_path, damage):
    from lunarprogrammes.check.fixing.plan import plan
    from lunarprogrammes.check.fixing.writing import write_change

    root = tmp_path / "seeds"
    shutil.copytree(founding_seeds, root)
    before = read_seeds(root).claims()
    for path in root.glob("*/*.csv"):
        path.write_bytes(damaged(path.read_bytes(), damage))
    for change in plan(root):
        write_change(change)
    assert read_seeds(root).claims() == before
    assert plan(root) == []


def damaged(raw, damage):
    if damage == "crlf":
        return raw.replace(b"\n", b"\r\n")
    if damage == "bom":
        return b"\xef\xbb\xbf" + raw
    if damage == "none":
        return raw
    header, *rows = list(csv.reader(io.StringIO(raw.decode(), newline="")))
    out = io.StringIO()
    if damage == "quoted":
        csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([header, *rows])
    elif damage == "spaces":
        spaced = [[f" {cell}\u00a0" if cell else "" for cell in row] for row in rows]
        csv.writer(out, lineterminator="\n").writerows([header, *spaced])
    else:
        csv.writer(out, lineterminator="\n").writerows(
            [header, *sorted(rows, key=lambda row: row[0], reverse=True)]
        )
    return out.getvalue().encode()
