"""The five founding documents were read whole: every line is in a part, every part accounted."""

from collections import defaultdict
from pathlib import Path

import pytest

from lunarprogrammes.evidence.coverage import filled, lines_of, read_coverage
from lunarprogrammes.evidence.seeds import read_seeds

SEEDS = Path(__file__).parents[1] / "seeds"
# Lines of each document as it was read.
LINES = {
    "ifri-nd-racing-to-the-moon": 157,
    "unnamed-2023-china-russia-station": 35,
    "feedzop-nd-new-space-race": 23,
    "unnamed-2024-prc-cislunar-report": 896,
    "bloomberg-2023-china-russia-alliance": 69,
}


@pytest.fixture(scope="module")
def rows():
    return read_coverage(SEEDS / "coverage.csv")


@pytest.fixture(scope="module")
def claims():
    return [claim for claim in read_seeds(SEEDS, LINES).claims() if claim.source in LINES]


def test_every_line_of_every_document_is_in_exactly_one_part(rows):
    lines = defaultdict(list)
    for row in rows:
        lines[row["source"]].extend(lines_of(row))
    assert {source: sorted(found) for source, found in lines.items()} == {
        source: list(range(1, count + 1)) for source, count in LINES.items()
    }


def test_every_part_has_claims_or_a_reason_and_not_both(rows):
    unaccounted = [row["part"] for row in rows if bool(row["claims"]) == bool(row["reason"])]
    assert unaccounted == []


def test_every_claim_of_the_documents_stands_in_a_part(rows, claims):
    parts = {(row["source"], row["part"]) for row in rows}
    assert {(claim.source, claim.locator) for claim in claims} <= parts


def test_the_claims_listed_are_alive_and_complete(rows, claims):
    listed = [claim for row in rows for claim in row["claims"].split()]
    assert sorted(listed) == sorted(claim.id for claim in claims)


def test_the_file_is_current(rows, claims):
    assert filled(rows, claims) == rows


def test_the_longest_document_gives_more_than_five_hundred_facts(claims):
    report = [c for c in claims if c.source == "unnamed-2024-prc-cislunar-report"]
    assert len({(c.record, c.field, c.value) for c in report if c.field != "*"}) > 500
