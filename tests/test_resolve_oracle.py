"""An ANSI SQL version on DuckDB finds the same in every cell, and of every claim."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ledgers import WITNESSES, court_of, decisions_on, ledgers
from lunarprogrammes.evidence import Claim, Decision, Witness
from lunarprogrammes.ledger import Ledger
from lunarprogrammes.perspective import Perspective
from lunarprogrammes.resolve import resolve
from sql_oracle import asked_of_duckdb


def found_by_us(claims, court):
    cells, standings = {}, {}
    for one in resolve(claims, court):
        for name, cell in one.cells.items():
            chosen = cell.chosen.id if cell.chosen else None
            cells[one.table, one.record, name] = cell.value, cell.verdict, cell.reason, chosen
            for claim, standing in cell.standings:
                standings[one.table, one.record, name, claim.id] = standing
    return cells, standings


def differences(ours, theirs):
    return {
        key: (ours.get(key), theirs.get(key))
        for key in ours.keys() | theirs.keys()
        if ours.get(key) != theirs.get(key)
    }


def test_sql_finds_the_same_in_every_cell_of_the_committed_edition(moon):
    claims = [Claim.from_row(row) for row in moon._edition.rows("claims")]
    witnesses = {row["id"]: Witness.from_row(row) for row in moon._edition.rows("sources")}
    decisions = [Decision.from_row(row) for row in moon._edition.rows("decisions")]
    cells, standings = asked_of_duckdb(claims, witnesses, decisions)
    mine, stood = found_by_us(claims, Ledger(moon._edition).court(Perspective()))
    # No class of cells is left out: all kinds of field, all three rules, every reason.
    assert differences(mine, cells) == {}
    assert differences(stood, standings) == {}
    assert len(cells) > 90_000
    assert len(standings) == len(claims)
    judged = {verdict for _, verdict, _, _ in cells.values()}
    assert judged == {"single", "agreed", "superseded", "contested"}
    assert {cell[2] for cell in cells.values()} >= {
        "only",
        "decision",
        "tier",
        "recency",
        "certainty",
        "precision",
        "witnesses",
        "source",
        "id",
    }


@settings(max_examples=25)
@given(ledgers(size=120), st.randoms(use_true_random=False))
def test_sql_finds_the_same_in_ledgers_that_are_made_up(claims, rng):
    decisions = decisions_on(claims, rng)
    cells, standings = asked_of_duckdb(claims, WITNESSES, decisions)
    mine, stood = found_by_us(claims, court_of(claims, decisions))
    assert differences(mine, cells) == {}
    assert differences(stood, standings) == {}


def test_the_oracle_notices_a_wrong_rule():
    claims = [
        Claim.of("missions", "x", "outcome", value, source, "p. 1")
        for value, source in (("success", "agency"), ("failure", "paper"))
    ]
    cells, _ = asked_of_duckdb(sorted(claims), WITNESSES, [])
    assert cells["missions", "x", "outcome"][:3] == ("success", "contested", "tier")
    demoted = {**WITNESSES, "agency": WITNESSES["agency"]._replace(tier="community")}
    cells, _ = asked_of_duckdb(sorted(claims), demoted, [])
    assert cells["missions", "x", "outcome"][0] == "failure"
