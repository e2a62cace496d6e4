"""The schemas agree: five engines on the same damaged records, no difference without its reason."""

import sys
from pathlib import Path

import pytest

from lunarprogrammes import tables

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from parity.corpus import GOOD, cases, good_row, world  # noqa: E402
from parity.engines import ENGINES, csvw  # noqa: E402
from parity.explained import EXPLAINED, PASSED  # noqa: E402
from parity.run import PAGE, page  # noqa: E402
from parity.trial import differences, explained, grouped, refused_by_all, verdicts  # noqa: E402

ALL = tables.all_tables()
ACCEPTED_BY_ALL, REFUSED_BY_ALL = "A" * len(ENGINES), "r" * len(ENGINES)


@pytest.fixture(scope="module")
def corpus():
    return list(cases())


@pytest.fixture(scope="module")
def groups(corpus):
    return grouped(corpus, verdicts(corpus))


def test_the_corpus_tries_every_field_with_good_values_and_with_damages(corpus):
    wanted = {(name, field) for name, table in ALL.items() for field in table.fields}
    assert {(one.table, one.field) for one in corpus if one.damage == GOOD and one.field} == wanted
    assert {(one.table, one.field) for one in corpus if one.damage != GOOD and one.field} == wanted
    kinds = {field.kind for table in ALL.values() for field in table.fields.values()}
    assert {one.kind for one in corpus} >= kinds - {"quantity"}
    terms = {one.text for one in corpus if one.damage == GOOD}
    for table in ALL.values():
        for field in table.fields.values():
            assert terms >= {*(field.vocabulary.terms if field.vocabulary else ())}


def test_a_damaged_record_differs_from_a_good_one_in_one_cell(corpus):
    for case in corpus:
        if case.field:
            assert case.row[case.field] == case.text or case.field in ALL[case.table].key
        else:
            assert case.row.keys() == good_row(ALL[case.table]).keys()


def test_every_engine_accepts_every_good_record(groups):
    said = {group: {*by} for group, by in groups.items() if group[0] == GOOD}
    assert len(said) > 12
    assert {group: one for group, one in said.items() if one != {ACCEPTED_BY_ALL}} == {}


def test_no_difference_is_without_a_reason_and_no_reason_without_a_difference(groups):
    assert len(explained()) == sum(len(one.groups) for one in EXPLAINED)
    assert differences(groups) == explained()


def test_what_all_accept_is_known_and_everything_else_is_refused_by_all(groups):
    damaged = {group: by for group, by in groups.items() if group[0] != GOOD}
    accepted = {group for group, by in damaged.items() if {*by} == {ACCEPTED_BY_ALL}}
    assert accepted == PASSED.keys()
    refused = {group for group, by in damaged.items() if refused_by_all(group, by)}
    assert len(refused) > 150
    assert refused | accepted | differences(groups).keys() == damaged.keys()


def test_the_page_says_what_was_found(groups):
    current = PAGE.read_text(encoding="utf-8") == page(groups)
    assert current, "run python benchmarks/parity/run.py"


def test_a_rule_that_is_named_exists():
    named = {*PASSED.values()}
    assert named <= {path.stem for path in (ROOT / "docs" / "checks").glob("*.md")}


def test_a_schema_that_forgets_a_constraint_is_found(tmp_path, monkeypatch):
    """The bench sees what it claims to see: without its format a date is accepted by csvw."""
    from lunarprogrammes.export import csvw as own

    table = ALL["people"]
    some = [one for one in cases(part=1) if one.table == "people" and one.damage == "capital"]
    rows, held = [one.row for one in some], world(some)
    assert csvw(table, held, rows, tmp_path) == [False] * len(some)
    monkeypatch.setattr(own, "_datatype", lambda _: {"base": "string"})
    free = [one.field != "country" for one in some]
    assert csvw(table, held, rows, tmp_path) == free
    assert any(free)
