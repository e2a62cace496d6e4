"""README's first screen is true: its commands, its Python, its evidence."""

import doctest
import re
from pathlib import Path

from lunarprogrammes.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_its_python_prints_what_it_shows():
    test = doctest.DocTestParser().get_doctest(README.replace("```", ""), {}, "README", None, 0)
    report: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(
        test, out=report.append
    )
    assert result.failed == 0, "".join(report)
    assert result.attempted >= 5


def test_its_evidence_is_what_the_command_prints(capsys):
    block = README.split("```console\n")[1].split("```")[0]
    command, *shown = block.strip().split("\n")
    assert main(command.removeprefix("$ lunarprogrammes ").split()) == 0
    printed = capsys.readouterr().out.split("\n")
    assert shown[-1].strip() == "…"
    assert printed[: len(shown) - 1] == shown[:-1]


def test_ci_runs_the_second_command_as_it_stands_there():
    marked = re.search(r"<!-- tests -->\n```sh\n(.+)\n```", README)
    assert marked is not None
    assert marked[1].endswith("-m pytest -n auto")
    assert "<!-- tests -->" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
