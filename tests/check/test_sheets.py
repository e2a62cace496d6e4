"""Where cells stand: quoted cells, doubled quotation marks, wide letters, the last empty cell."""

import pytest

from lunarprogrammes.check.sheets import Sheet
from lunarprogrammes.evidence.tabular import read_tabular
from lunarprogrammes.tables import get

ROWS = (
    "id,name,summary,launch_date,locator\n"
    "change-5,Chang'e 5,plain,2020,p. 1\n"
    'change-6,"Chang\'e, 6","says ""yes"", twice",2024,p. 2\n'
    "change-7,嫦娥七号,,2026,\n"
)


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "missions.csv"
    path.write_text(ROWS, encoding="utf-8", newline="")
    return Sheet("a-2024-b/missions.csv", read_tabular(path), "a-2024-b", get("missions"))


@pytest.mark.parametrize(
    ("row", "name", "line", "column"),
    [
        (0, "id", 2, 1),
        (0, "name", 2, 10),
        (0, "locator", 2, 31),
        (1, "name", 3, 10),
        (1, "summary", 3, 23),
        (1, "launch_date", 3, 45),
        (2, "summary", 4, 15),
        (2, "launch_date", 4, 16),
        (2, "locator", 4, 21),
    ],
)
def test_cell_begins_where_it_is_said_to(sheet, row, name, line, column):
    place = sheet.cell(sheet.file.rows[row], name)
    assert (place.line, place.column) == (line, column)


def test_a_character_of_a_quoted_cell_counts_its_quotation_marks(sheet):
    row = sheet.file.rows[1]
    offset = row.cells["summary"].index("twice")
    place = sheet.cell(row, "summary", offset)
    assert place.text[place.column - 1 :].startswith("twice")


def test_a_line_break_in_a_cell_moves_the_later_cells_down(tmp_path):
    path = tmp_path / "missions.csv"
    path.write_text('id,name,locator\nx,"one\ntwo",p. 1\ny,z,p. 2\n', encoding="utf-8", newline="")
    sheet = Sheet("m.csv", read_tabular(path), "s", get("missions"))
    first, second = sheet.file.rows
    assert sheet.cell(first, "locator")[1:3] == (3, 6)
    assert sheet.cell(second, "name")[1:3] == (4, 3)


def test_header_columns(sheet):
    assert sheet.header("launch_date").column == 17
    assert sheet.header("no-such-column").column == 1


def test_records_and_keys(sheet):
    assert sheet.record(sheet.file.rows[0]) == "missions/change-5"
    assert sheet.has_key
    assert sheet.is_whole
