"""Each folder of tests/examples is a test: what is accepted stays silent, what is rejected is told.

`rejected/<code>-<name>/` holds `seeds/` and `expected.txt`, the text that a contributor reads;
`accepted/<name>/` is a seeds folder. A new folder is picked up by itself.
"""

import datetime
import re
from pathlib import Path

import pytest

from lunarprogrammes.check import all_rules, check_seeds
from lunarprogrammes.check.reporters import text
from lunarprogrammes.check.rule import FAMILIES

EXAMPLES = Path(__file__).parent.parent / "examples"
REJECTED = sorted((EXAMPLES / "rejected").iterdir())
ACCEPTED = sorted((EXAMPLES / "accepted").iterdir())
TODAY = datetime.date(2026, 11, 22)
CODES = [rule.code for rule in all_rules()]


@pytest.mark.parametrize("folder", REJECTED, ids=lambda folder: folder.name)
def test_rejected_with_exactly_its_code(folder):
    report = check_seeds(folder / "seeds", today=TODAY)
    assert {problem.code for problem in report.problems} == {folder.name.partition("-")[0]}


@pytest.mark.parametrize("folder", REJECTED, ids=lambda folder: folder.name)
def test_rejected_word_for_word(folder):
    report = check_seeds(folder / "seeds", today=TODAY)
    expected = (folder / "expected.txt").read_text(encoding="utf-8")
    assert text.render(report, prefix="") == expected


@pytest.mark.parametrize("folder", ACCEPTED, ids=lambda folder: folder.name)
def test_accepted_without_a_word(folder):
    assert check_seeds(folder, today=TODAY).problems == ()


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_a_rejected_example(code):
    assert any(folder.name.startswith(f"{code}-") for folder in REJECTED)


def test_codes_and_names_are_unique_and_well_formed():
    assert len({rule.name for rule in all_rules()}) == len(CODES) == len(set(CODES))
    for rule in all_rules():
        assert re.fullmatch(f"[{''.join(FAMILIES)}][1-9][0-9]{{2}}", rule.code)
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", rule.name)
        assert rule.severity in {"error", "warning"}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_explains_itself(rule):
    assert rule.reason.endswith(".")
    assert "\n" not in rule.reason
    assert rule.bad != rule.good


@pytest.mark.parametrize("folder", REJECTED, ids=lambda folder: folder.name)
def test_words_are_sentences_for_people(folder):
    for problem in check_seeds(folder / "seeds", today=TODAY).problems:
        words = " ".join((problem.what, problem.expected, problem.remedy))
        assert problem.what.endswith(".")
        assert not re.search(r"\[a-z|\\\\|\(\?|\^|\bNone\b|\bTrue\b|<class|Error\b", words)


@pytest.mark.parametrize("folder", REJECTED, ids=lambda folder: folder.name)
def test_places_are_in_the_file(folder):
    for problem in check_seeds(folder / "seeds", today=TODAY).problems:
        assert "\\" not in problem.path
        assert problem.line >= 1
        assert problem.column >= 1
        if problem.source_line:
            assert problem.column <= len(problem.source_line) + 1
