"""The question on each page of the dictionary has the answer that it states, in each language."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import lunarprogrammes as lp
from lunarprogrammes import tables
from lunarprogrammes.cli import main
from lunarprogrammes.export.table_queries import question_of

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
