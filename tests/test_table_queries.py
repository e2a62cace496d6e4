"""The questions in the dictionary have one answer in each language, and the pages state it."""

import csv
import io
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

import lunarprogrammes as lp
from lunarprogrammes import tables
from lunarprogrammes.cli import main
from lunarprogrammes.export.table_queries import field_queries, question_of

ROOT = Path(__file__).resolve().parents[1]
NAMES = tables.names_of_tables()


def blocks(name):
    """Return the answer that a page states and its four blocks by language."""
    page = (ROOT / "docs" / "dictionary" / f"{name}.md").read_text(encoding="utf-8")
    section = page.split("{#queries}")[1].split("\n## ")[0]
    answer = re.search(r"\*\*(\d+)\*\*", section)
    return int(answer[1]), dict(re.findall(r"```(\w+)\n(.*?)\n```", section, re.DOTALL))


@pytest.mark.parametrize("name", NAMES)
def test_python_answers_as_the_page_says(name, moon, monkeypatch):
    answer, said = blocks(name)
    monkeypatch.setattr(lp, "load", lambda: moon)
    scope: dict[str, object] = {}
    *prepared, asked = said["python"].splitlines()
    exec("\n".join(prepared), scope)
    assert eval(asked, scope) == answer > 0


@pytest.mark.parametrize("name", NAMES)
def test_sql_answers_as_the_page_says(name, moon):
    pytest.importorskip("duckdb")
    answer, said = blocks(name)
    assert [int(row[0]) for row in moon.sql(said["sql"]).rows] == [answer]


@pytest.mark.parametrize("name", NAMES)
def test_the_shell_answers_as_the_page_says(name, capsys):
    answer, said = blocks(name)
    command, *counted = said["sh"].split(" | ")
    assert counted == ["tail -n +2", "wc -l"]
    words = re.findall(r"'[^']*'|\S+", command)
    assert main([word.strip("'") for word in words[1:]]) == 0
    assert len(capsys.readouterr().out.splitlines()) - 1 == answer


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="needs R")
def test_r_answers_as_the_pages_say(tmp_path):
    asked = {name: blocks(name) for name in NAMES}
    script = tmp_path / "asked.R"
    lines = [f"{said['r'].replace(chr(10), '; cat(')}, '\\n')" for _, said in asked.values()]
    script.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        ["Rscript", "--vanilla", str(script)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert [int(line) for line in done.stdout.split()] == [answer for answer, _ in asked.values()]


def test_a_table_without_a_telling_value_gets_no_question():
    assert question_of(tables.get("missions"), []) is None


# --- Each field -------------------------------------------------------------------------------


@pytest.fixture
def queried(request, name):
    """The edition whose cells a table's queries give, and its folder.

    The ledger has so many rows that all its fields would take minutes in R: the founding
    documents' has each kind of row too.
    """
    small = name == "claims"
    folder = request.getfixturevalue("founding_edition") if small else ROOT / "datasets"
    return request.getfixturevalue("founding" if small else "moon"), folder


def cells(folder, name, field):
    """The key and the value of each record that has one, as the file of the table says."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    columns = dict.fromkeys((*tables.get(name).key, field))
    return sorted(tuple(row[one] for one in columns) for row in rows if row[field])


def as_text(value):
    """A typed value as its cell has it."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    return ";".join(value) if isinstance(value, tuple) else str(value)


def field_blocks(name):
    """Return, by field, what its section of the page says to run, by language."""
    page = (ROOT / "docs" / "dictionary" / f"{name}.md").read_text(encoding="utf-8")
    return {
        field: dict(re.findall(r"```(\w+)\n(.*?)\n```", section, re.DOTALL))
        for field, section in re.findall(r"^## `(\w+)`(.*?)(?=^## |\Z)", page, re.DOTALL | re.M)
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_field_shows_its_queries(name):
    table = tables.get(name)
    assert field_blocks(name) == {field: field_queries(table, field) for field in table.fields}


@pytest.mark.parametrize("name", NAMES)
def test_python_gives_the_cells_of_each_field(name, queried, monkeypatch):
    monkeypatch.setattr(lp, "load", lambda: queried[0])
    for field, said in field_blocks(name).items():
        prepared, asked = said["python"].split("\n\n")
        scope: dict[str, object] = {}
        exec(prepared, scope)
        found = [one if isinstance(one, tuple) else (one,) for one in eval(asked, scope)]
        told = sorted(tuple(as_text(value) for value in row) for row in found)
        assert (told == cells(queried[1], name, field)) is True, field


@pytest.mark.parametrize("name", NAMES)
def test_sql_gives_the_cells_of_each_field(name, queried):
    pytest.importorskip("duckdb")
    for field, said in field_blocks(name).items():
        told = sorted(tuple(map(as_text, row)) for row in queried[0].sql(said["sql"]).rows)
        assert (told == cells(queried[1], name, field)) is True, field


@pytest.mark.parametrize("name", NAMES)
def test_the_shell_gives_the_cells_of_each_field(name, queried, capsys):
    for field, said in field_blocks(name).items():
        command, *filters = said["sh"].split(" | ")
        assert filters in ([], ["grep -v ',$'"])
        assert main([*shlex.split(command)[1:], "--edition", str(queried[1])]) == 0
        lines = capsys.readouterr().out.splitlines()
        kept = [line for line in lines if not (filters and line.endswith(","))]
        told = sorted(map(tuple, csv.reader(kept[1:])))
        assert (told == cells(queried[1], name, field)) is True, field


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="needs R")
@pytest.mark.parametrize("name", NAMES)
def test_r_gives_the_cells_of_each_field(name, queried, tmp_path):
    """The line that reads the table is run once, though each field has it."""
    asked = {field: said["r"].splitlines() for field, said in field_blocks(name).items()}
    (reading,) = {lines[0] for lines in asked.values()}
    script = [reading]
    for field, (_, query) in asked.items():
        # R's own doubling of quotation marks is that of CSV.
        target = f'"{(tmp_path / field).as_posix()}.csv"'
        script.append(f'write.csv({query}, {target}, row.names = FALSE, fileEncoding = "UTF-8")')
    (tmp_path / "asked.R").write_text("\n".join(script), encoding="utf-8")
    command = ["Rscript", "--vanilla", str(tmp_path / "asked.R")]
    where = queried[1].parent
    assert (where / "datasets") == queried[1]
    subprocess.run(command, cwd=where, capture_output=True, text=True, check=True)
    for field in asked:
        _, *rows = csv.reader(io.StringIO((tmp_path / f"{field}.csv").read_text("utf-8")))
        assert (sorted(map(tuple, rows)) == cells(queried[1], name, field)) is True, field
