"""The workbook: read with openpyxl, it is the CSV; nothing in it is a formula or loses a digit."""

import csv
import datetime
import re
import shutil
import sys
import tracemalloc
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

import lunarprogrammes
from exported import csv_rows, export_elsewhere, in_memory, text_of
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import EditionError, MissingExtra
from lunarprogrammes.export import _sheets
from lunarprogrammes.export.formats import write
from lunarprogrammes.export.tabular import exported_tables
from lunarprogrammes.quantities import Quantity
from test_dates import texts as dates
from test_quantities import texts as quantities

NAMES = [*exported_tables()]
SHEETS = ["about", *NAMES, "dictionary", "vocabularies"]
# Sheets whose cells openpyxl reads without their escapes; it leaves those of inline texts.
HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "<r>a</r>", "<r></r>", "<r><t>&</t></r>",
    "_x0041_", " x ", "007", "1e5", "true", "2026-01-01", "#N/A", "{=1}", "http://x", "<&\"'>",
]  # fmt: skip


def cells_of(sheet):
    """Header and rows of a sheet, as its reader gives the values."""
    header, *rows = sheet.iter_rows(values_only=True)
    return list(header), rows


def texts_of(row):
    return [unescape(text_of(value)) for value in row]


@pytest.fixture(scope="session")
def exported_workbook(founding_edition, tmp_path_factory):
    """The founding edition as a workbook on disk."""
    folder = tmp_path_factory.mktemp("workbook")
    return write(Edition.open(founding_edition), "xlsx", folder / "edition.xlsx")


@pytest.fixture(scope="session")
def workbook(exported_workbook):
    return openpyxl.load_workbook(exported_workbook)


@pytest.mark.parametrize("name", NAMES)
def test_every_table_is_the_csv(workbook, founding_edition, name):
    header, rows = csv_rows(founding_edition, name)
    shown, found = cells_of(workbook[name])
    places = [shown.index(column) for column in header]
    assert [texts_of([row[place] for place in places]) for row in found] == rows
    added = []
    for column, field in exported_tables()[name].fields.items():
        added += [column]
        if field.kind in {"date", "quantity"}:
            added += [f"{column}_lower", f"{column}_upper"]
    assert shown == added


def in_sheet(bound):
    return bound.isoformat() if isinstance(bound, datetime.date) else bound


def assert_bounds(table, shown, found):
    count = 0
    for column, field in table.fields.items():
        if field.kind not in {"date", "quantity"}:
            continue
        made = UncertainDate if field.kind == "date" else Quantity
        for row in found:
            text, lower, upper = row[(at := shown.index(column)) : at + 3]
            value = made(text) if text else None
            wanted = [in_sheet(getattr(value, side, None)) for side in ("lower", "upper")]
            # A number beyond the digits of Excel is there as text.
            read = [
                float(one) if field.kind == "quantity" and one else one for one in (lower, upper)
            ]
            assert read == wanted
            count += bool(text)
    return count


def test_the_bounds_stand_beside(workbook):
    counts = {}
    for name, table in exported_tables().items():
        counts[name] = assert_bounds(table, *cells_of(workbook[name]))
    assert counts["missions"] > 20
    assert counts["spacecraft"] > 5


def test_types(workbook):
    shown, rows = cells_of(workbook["missions"])
    columns = dict(zip(shown, zip(*rows, strict=True), strict=True))
    assert {type(one) for one in columns["crewed"]} <= {bool, type(None)}
    assert {type(one) for one in columns["launch_date"]} == {str, type(None)}
    assert {type(one) for one in columns["sample_mass_g"]} == {str, type(None)}
    assert {type(one) for one in columns["sample_mass_g_lower"]} == {int, type(None)}
    shown, rows = cells_of(workbook["programmes"])
    assert {type(row[shown.index("sequence")]) for row in rows} == {int, type(None)}


def test_there_is_no_formula(exported_workbook):
    with zipfile.ZipFile(exported_workbook) as package:
        for name in package.namelist():
            assert not re.search(rb"<f[ >/]|<definedName[^>]*>[^<]*\(", package.read(name)), name


def test_sheets_and_their_names(workbook):
    assert workbook.sheetnames == SHEETS
    for name in SHEETS:
        assert re.fullmatch(r"[^\[\]:*?/\\']{1,31}", name)
        assert name.lower() != "history"


@pytest.mark.parametrize("name", SHEETS[1:])
def test_header_filter_and_widths(workbook, name):
    sheet = workbook[name]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == sheet.dimensions or sheet.max_row == 1
    # Neighbours of one width are one entry in the file.
    widths = {
        place: one.width
        for one in sheet.column_dimensions.values()
        for place in range(one.min, one.max + 1)
    }
    for place, title in enumerate(sheet[1], 1):
        assert title.font.bold
        assert len(title.value) < widths[place] <= 61


@pytest.mark.parametrize("name", NAMES)
def test_the_notes_say_meaning_and_unit(workbook, name):
    notes = {cell.value: cell.comment.text for cell in workbook[name][1]}
    for column, field in exported_tables()[name].fields.items():
        assert notes[column].startswith(field.meaning)
        assert (f"\nUnit: {field.unit}" in notes[column]) is bool(field.unit)
        if field.kind in {"date", "quantity"}:
            assert notes[f"{column}_upper"].startswith(f"Upper bound of {column};")
            assert (f"\nUnit: {field.unit}" in notes[f"{column}_upper"]) is bool(field.unit)


def test_the_first_sheet_says_what_it_is(workbook, founding_edition):
    sheet = workbook["about"]
    said = {row[0]: row[2] for row in sheet.iter_rows(values_only=True) if row[0]}
    edition = Edition.open(founding_edition)
    assert said["Edition"] == edition.version
    assert said["Schema version"] == lunarprogrammes.__version__
    assert "CC-BY-4.0" in said["Data licence"]
    assert f"lunarprogrammes, edition {edition.version}" in said["How to cite"]
    links = {cell.value: cell.hyperlink for row in sheet for cell in row if cell.hyperlink}
    assert links[said["Documentation"]].target == edition.descriptor["homepage"]
    listed = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0] in SHEETS}
    assert [*listed] == SHEETS[1:]
    for name, count in listed.items():
        assert links[name].location == f"'{name}'!A1"
        assert count == workbook[name].max_row - 1


def test_the_dictionary_explains_every_column(workbook):
    header, rows = cells_of(workbook["dictionary"])
    told = {(row[0], row[1]): dict(zip(header, row, strict=True)) for row in rows}
    columns = [(name, title) for name in NAMES for title in cells_of(workbook[name])[0]]
    assert [*told] == columns
    for name, table in exported_tables().items():
        for column, field in table.fields.items():
            line = told[name, column]
            assert (line["meaning"], line["type"]) == (field.meaning, field.kind)
            assert (line["unit"] or "") == field.unit
            assert (line["vocabulary"] or "") == (field.vocabulary.name if field.vocabulary else "")
    rules = {place: told[place]["rule"] for place in told}
    assert rules["missions", "launch_date"] == "authority"
    assert rules["missions", "status"] == "latest"
    assert rules["missions", "id"] is None
    assert rules["claims", "value"] is None
    assert rules["missions", "sources"] == rules["missions", "launch_date_lower"] == "derived"
    assert told["spacecraft", "launch_mass_kg_upper"]["unit"] == "kg"


def test_the_vocabularies_are_whole(workbook):
    found = {}
    for name, _, term, definition in cells_of(workbook["vocabularies"])[1]:
        assert term not in found.setdefault(name, {})
        found[name][term] = definition
    for table in exported_tables().values():
        for field in table.fields.values():
            if field.vocabulary is not None:
                assert found.pop(field.vocabulary.name, field.vocabulary.terms) == dict(
                    field.vocabulary.terms
                )
    assert found == {}


def read_back(edition, folder):
    return openpyxl.load_workbook(write(edition, "xlsx", folder / "made.xlsx"))


def test_what_looks_like_something_else_stays_text(tmp_path):
    rows = [{"id": f"m{place}", "name": text} for place, text in enumerate(HOSTILE)]
    book = read_back(in_memory(missions=rows), tmp_path)
    cells = [row[1] for row in book["missions"].iter_rows(min_row=2)]
    assert [unescape(cell.value) for cell in cells] == HOSTILE
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert {cell.number_format for cell in cells} == {"@"}
    guarded = [cell.value for cell in cells if cell.quotePrefix]
    assert guarded == HOSTILE[:5]


any_text = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20
)
generated_rows = st.lists(
    st.fixed_dictionaries(
        {
            "launch_date": st.one_of(dates, st.just("")),
            "planned_launch": st.one_of(dates, st.just("")),
            "sample_mass_g": st.one_of(quantities, st.just("")),
            "crewed": st.sampled_from(["true", "false", ""]),
            "name": st.one_of(any_text, st.sampled_from(HOSTILE)),
        }
    ),
    min_size=15,
    max_size=40,
)
integers = st.integers(-(10**18) + 1, 10**18 - 1)


@settings(max_examples=6)
@given(rows=generated_rows, sequences=st.lists(integers, min_size=3, max_size=8))
def test_what_is_generated_comes_back(tmp_path_factory, rows, sequences):
    missions = [{**row, "id": f"m{place}"} for place, row in enumerate(rows)]
    programmes = [{"id": f"p{n}", "sequence": str(one)} for n, one in enumerate(sequences)]
    made = in_memory(missions=missions, programmes=programmes)
    book = read_back(made, tmp_path_factory.mktemp("generated"))
    for name in ("missions", "programmes"):
        shown, found = cells_of(book[name])
        places = [shown.index(column) for column in exported_tables()[name].fields]
        wanted = [[*row.values()] for row in made.rows(name)]
        assert [texts_of([row[place] for place in places]) for row in found] == wanted
        assert_bounds(exported_tables()[name], shown, found)


def test_a_number_keeps_every_digit(tmp_path):
    kept = [999_999_999_999_999, 1_000_000_000_000_001, 9_007_199_254_740_993]
    rows = [{"id": f"p{place}", "sequence": str(one)} for place, one in enumerate(kept)]
    sheet = read_back(in_memory(programmes=rows), tmp_path)["programmes"]
    shown, found = cells_of(sheet)
    assert [row[shown.index("sequence")] for row in found] == [kept[0], str(kept[1]), str(kept[2])]


def test_a_table_that_does_not_fit(tmp_path, monkeypatch):
    rows = [{"id": f"p{place}"} for place in range(4)]
    monkeypatch.setattr(_sheets, "MOST_ROWS", 5)
    # A header and four rows are five; other sheets are not met before the table that is too long.
    rows.append({"id": "one-more"})
    with pytest.raises(EditionError) as caught:
        write(in_memory(missions=rows[:4], programmes=rows), "xlsx", tmp_path / "made.xlsx")
    assert str(caught.value) == (
        "The table programmes does not fit a sheet of Excel. A sheet holds 5 rows, the header "
        "included. Export parquet or zip instead. Nothing was written."
    )
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x" * 32_768, "cannot hold the cell in row 2, column 2: it has 32,768 characters. A cell"),
        ("\U0001f319" * 16_384, "column 2: it has 16,384 characters. A cell of Excel holds 32,767"),
        ("a\uffff", "column 2: it has a code that is no character. Expected no U+FFFE and no"),
    ],
)
def test_a_cell_that_does_not_fit(tmp_path, text, message):
    target = tmp_path / "made.xlsx"
    target.write_text("old")
    with pytest.raises(EditionError, match=re.escape(message)):
        write(in_memory(missions=[{"id": "a", "name": text}]), "xlsx", target)
    assert (target.read_text(), [*tmp_path.iterdir()]) == ("old", [target])


def test_a_list_that_no_cell_holds_goes_on_in_the_next_column(tmp_path):
    long = ";".join(f"source-number-{number}" for number in range(4_000))
    rows = [{"id": "a", "sources": long}, {"id": "b", "sources": "x;y"}]
    book = read_back(in_memory(actors=rows), tmp_path)
    shown, found = cells_of(book["actors"])
    places = [place for place, name in enumerate(shown) if re.fullmatch(r"sources(_\d)?", name)]
    assert [shown[place] for place in places] == ["sources", "sources_2", "sources_3"]
    assert "".join(found[0][place] for place in places) == long
    assert all(found[0][place].endswith(";") for place in places[:-1])
    assert [found[1][place] for place in places] == ["x;y", None, None]
    assert shown[places[-1] + 1] == "contested"
    told = [row[:3] for row in cells_of(book["dictionary"])[1] if row[1] == "sources_3"]
    assert told == [
        ("actors", "sources_3", "More of sources, where one cell of Excel is too small for it.")
    ]


def test_the_committed_edition_fits():
    for name, table in exported_tables().items():
        count = 0
        for count, row in enumerate(Edition.open().rows(name), 2):  # noqa: B007
            lists = {one for one, field in table.fields.items() if field.kind == "list"}
            # Lists go on in further columns; half of what a cell holds leaves room for the others.
            assert max(len(row[one]) for one in row.keys() - lists) < 32_767 / 2
        assert count < _sheets.MOST_ROWS / 2


def test_the_memory_does_not_grow_with_the_rows(tmp_path):
    def peak(rows):
        options = {"constant_memory": True, "tmpdir": str(tmp_path)}
        workbook = xlsxwriter.Workbook(str(tmp_path / f"{rows}.xlsx"), options)
        tracemalloc.start()
        sheet = _sheets.Sheet(_sheets.Book(workbook), "claims", [_sheets.Column("a")] * 8)
        for row in range(rows):
            sheet.add([f"text {row} {column}" for column in range(8)])
        sheet.finish()
        workbook.close()
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(10)
    assert peak(4_000) < peak(400) * 1.2


def test_the_same_bytes_in_any_process(exported_workbook, founding_edition, tmp_path):
    target = tmp_path / "again.xlsx"
    assert export_elsewhere("xlsx", founding_edition, target).stdout == f"{target}\n"
    assert target.read_bytes() == exported_workbook.read_bytes()


def test_an_edition_without_a_newer_column(mini_edition, tmp_path):
    older = tmp_path / "datasets"
    shutil.copytree(mini_edition, older)
    header, rows = csv_rows(older, "sources")
    assert header[-1] == "contested"
    lines = [header[:-1], *(row[:-1] for row in rows)]
    with (older / "sources.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)
    shown, found = cells_of(read_back(Edition.open(older), tmp_path)["sources"])
    assert [row[shown.index("contested")] for row in found] == [None] * len(rows)
    assert [row[0] for row in found] == [row[0] for row in rows]


def test_without_xlsxwriter(mini_edition, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtra) as caught:
        write(Edition.open(mini_edition), "xlsx", tmp_path / "made.xlsx")
    assert str(caught.value) == (
        "xlsxwriter is not installed. Install it with: pip install 'lunarprogrammes[xlsx]'"
    )
    assert [*tmp_path.iterdir()] == []
