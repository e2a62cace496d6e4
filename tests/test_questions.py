"""The forty questions of docs/questions.md print what the page says."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "questions.md"


def test_every_query_prints_what_the_page_shows():
    text = PAGE.read_text(encoding="utf-8").replace("```", "")
    test = doctest.DocTestParser().get_doctest(text, {}, "questions", str(PAGE), 0)
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    result = runner.run(test, out=report.append)
    assert result.failed == 0, "".join(report)
    assert result.attempted > 50


def test_there_are_forty_questions_and_each_has_a_query():
    sections = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
    assert len(sections) >= 40
    assert [one.split("\n")[0] for one in sections if ">>> " not in one] == []
