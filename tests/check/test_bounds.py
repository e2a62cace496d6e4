"""Of a fault that fills a column a thousand problems are listed and the rest is counted."""

from dataclasses import replace

import pytest

from lunarprogrammes.check.bounds import MOST_ALIKE, MOST_OF_RULE, bounded
from lunarprogrammes.check.days import date, is_before
from lunarprogrammes.check.problems import Problem

PROBLEM = Problem(
    code="S101",
    severity="error",
    path="a/missions.csv",
    line=2,
    column=1,
    record="missions/x",
    field="name",
    what="It is bad.",
    expected="",
    remedy="",
    source_line="",
)


def test_few_problems_stay_as_they_are():
    assert list(bounded([PROBLEM] * MOST_ALIKE)) == [PROBLEM] * MOST_ALIKE


def test_of_many_the_rest_is_counted():
    found = list(bounded([PROBLEM] * (MOST_ALIKE + 7)))
    assert len(found) == MOST_ALIKE
    assert found[-1].what == "It is bad. 7 more cells of the column have the same fault."


def test_columns_are_counted_one_by_one():
    found = list(bounded([PROBLEM, replace(PROBLEM, field="status")] * MOST_ALIKE))
    assert len(found) == 2 * MOST_ALIKE


def test_a_rule_looks_no_further_in_the_end():
    endless = (PROBLEM for _ in range(10 * MOST_OF_RULE))
    assert len(list(bounded(endless))) == MOST_ALIKE + 1


@pytest.mark.parametrize("one", ["1999", "2000-05", "2000-12-28", "2000-12-31", "2000~", "200X"])
@pytest.mark.parametrize("other", ["2000", "2000-05-03", "2001", "2000-21", "2000/..", "unknown"])
def test_the_short_way_to_compare_dates_agrees_with_the_long_one(one, other):
    assert is_before(one, other) == (date(one).before(date(other)).name == "YES")
