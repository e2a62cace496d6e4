"""Reading strangers' files: no link is followed, only plain files are opened, all is bounded."""

import os

import pytest

from lunarprogrammes.evidence import regular_file, tabular
from lunarprogrammes.evidence.seeds import MAX_DEPTH, read_seeds, read_source
from lunarprogrammes.evidence.tabular import MAX_CELLS, MAX_COLUMNS, MAX_LINE, read_tabular


def read(tmp_path, text):
    path = tmp_path / "missions.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_tabular(path)


def faults(file):
    return [fault[:3] for fault in file.faults]


def test_the_end_of_an_unended_line(tmp_path):
    assert faults(read(tmp_path, "id,name\nx,yz")) == [("F106", 2, 5)]


def test_the_column_of_a_repeated_name(tmp_path):
    assert faults(read(tmp_path, 'id,"na,me",id\nx,y,z\n')) == [("F111", 1, 12)]


def test_a_bad_byte_in_the_middle(tmp_path):
    assert faults(read(tmp_path, b"id,name\nx,\xc3\xa9\xff\n")) == [("F101", 2, 4)]


@pytest.mark.parametrize(
    "text",
    [
        "id\n" + "x" * MAX_LINE + "x\n",
        "id\n" + "," * (MAX_CELLS + 1),
        "id\n" + "\n" * tabular.MAX_LINES,
        "id\n" + "\r" * tabular.MAX_LINES,
        ",".join(map(str, range(MAX_COLUMNS + 1))) + "\n",
    ],
    ids=["line", "cells", "lines", "returns", "columns"],
)
def test_what_is_oversized_is_one_fault_and_not_parsed(tmp_path, text):
    file = read(tmp_path, text)
    assert "F107" in [fault.code for fault in file.faults]
    assert (file.header, list(file.records), list(file.lines)) == ((), [], [])


@pytest.mark.parametrize(
    ("text", "code"),
    [("id,name\n" + ",\n" * 5000, "F110"), ("id,name\n" + "x\n" * 5000, "F109")],
)
def test_equal_faults_are_counted_beyond_a_hundred(tmp_path, text, code):
    file = read(tmp_path, text)
    assert {fault.code for fault in file.faults} == {code}
    assert len(file.faults) == 101
    assert file.faults[-1].what == "The same is wrong in 4,900 more places from here on."
    assert file.faults[-1].line == 102


def test_rows_after_a_cell_of_two_lines_keep_their_lines(tmp_path):
    file = read(tmp_path, 'id,name\nx,"a\nb"\n\ny,c\n')
    assert [(row.line, row.cells["name"]) for row in file.rows] == [(2, "a\nb"), (5, "c")]
    assert faults(file) == [("F110", 4, 1)]


def test_a_header_after_a_blank_line(tmp_path):
    file = read(tmp_path, "\nid,name\nx,y\n")
    assert (file.header, file.header_line) == (("id", "name"), 2)
    assert faults(file) == [("F110", 1, 1)]


def test_a_huge_file_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "missions.csv"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    monkeypatch.setattr(regular_file, "_read", None)
    assert faults(read_tabular(path)) == [("F107", 1, 1)]


@pytest.mark.parametrize("kind", ["pipe", "folder", "link", "loop"])
def test_what_is_no_plain_file_is_never_opened(tmp_path, monkeypatch, kind):
    path = tmp_path / "missions.csv"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to("/etc/passwd")
        case _:
            path.symlink_to(path)
    monkeypatch.setattr(regular_file, "_read", None)
    assert faults(read_tabular(path)) == [("X104" if kind in {"link", "loop"} else "F120", 1, 1)]


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "missions.csv"
    path.write_text("id\nx\n")
    monkeypatch.setattr(os, "open", refuse)
    assert read_tabular(path).faults[0].what == "The file cannot be read: permission denied."


def test_links_are_strangers_and_nothing_behind_them_is_read(tmp_path):
    root, other = tmp_path / "seeds", tmp_path / "other"
    for folder in (root / "a-2024-b", other):
        folder.mkdir(parents=True)
        (folder / "missions.csv").write_text("id,name,locator\nx,y,p. 1\n")
        (folder / "source.json").write_text("{}")
    (root / "linked-2024-b").symlink_to(other)
    (root / "decisions.csv").symlink_to(other / "missions.csv")
    (root / "a-2024-b" / "actors.csv").symlink_to(other / "missions.csv")
    (root / "a-2024-b" / "source.json").unlink()
    (root / "a-2024-b" / "source.json").symlink_to(other / "source.json")
    seeds = read_seeds(root)
    assert [reading.table for reading in seeds.readings] == ["missions"]
    assert seeds.decisions_file is None
    assert list(seeds.sources) == ["a-2024-b"]
    assert seeds.sources["a-2024-b"].fault.code == "X104"
    assert [path.name for path in seeds.strangers] == [
        "actors.csv",
        "decisions.csv",
        "linked-2024-b",
    ]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('{"a":\n' + "[" * 500 + "]" * 500 + "}", "E102", 2, MAX_DEPTH),
        ("[" * 100_000, "E102", 1, MAX_DEPTH + 1),
        ('{"note": ' + "9" * 10_000 + "}", "E102", 1, 1),
        ('{"title": "x"\n "type": 1}', "E102", 2, 2),
        (b'{"title": "\xff"}', "F101", 1, 1),
        ('{"title": "' + "x" * 2**20 + '"}', "F107", 1, 1),
    ],
    ids=["deep", "deeper", "digits", "comma", "latin-1", "huge"],
)
def test_a_source_file_that_is_no_description(tmp_path, text, code, line, column):
    (tmp_path / "source.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert read_source(tmp_path).fault[:3] == (code, line, column)


def test_brackets_inside_texts_are_no_depth(tmp_path):
    (tmp_path / "source.json").write_text('{"title": "' + '[{\\"' * 100 + '"}')
    assert read_source(tmp_path).fault is None
