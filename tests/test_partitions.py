"""Whatever the parts, and whoever resolves them, every claim ends as the resolver has it."""

import datetime
import functools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledgers import WITNESSES, court_of, decisions_on, ledger, ledgers
from lunarprogrammes.claim_faults import ClaimFault, sound_claims
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.evidence import Claim
from lunarprogrammes.evidence.witnesses import Witnesses
from lunarprogrammes.partitions import (
    Run,
    WorkerError,
    examine,
    examine_parts,
    portable,
    resolve_parts,
    runs,
    shard_of,
)
from lunarprogrammes.resolve import POLICIES, Court, Policy, resolve


def as_it_is(one, _court):
    return one


def ends_itself(_one, _court):
    os._exit(3)


def raises(one, _court):
    raise LunarProgrammesError("No.", remedy="Stop.", record=f"{one.table}/{one.record}")


def flat(parts):
    return [one for part in parts for one in part]


@settings(max_examples=25)
@given(
    ledgers(size=80),
    st.integers(1, 60),
    st.integers(1, 7),
    st.randoms(use_true_random=False),
    st.sampled_from([*POLICIES.values(), Policy("press", tiers=("press",))]),
    st.one_of(st.none(), st.dates(datetime.date(2018, 1, 1), datetime.date(2027, 1, 1))),
)
def test_any_parting_by_record_gives_the_same(claims, size, shards, rng, policy, day):
    court = court_of(claims, decisions_on(claims, rng), policy=policy, known_on=day, at=day)
    whole = [*resolve(claims, court)]
    made = [*runs(claims, size)]
    assert [claim for run in made for claim in run.claims] == claims
    assert flat(resolve_parts(made, court, as_it_is)) == whole
    assert flat(examine_parts(made, court, as_it_is)) == whole
    held = [[] for _ in range(shards)]
    for claim in claims:
        held[shard_of(claim.table, claim.record, shards)].append(claim)
    sharded = flat(resolve_parts([Run(tuple(part)) for part in held], court, as_it_is))
    assert sorted(sharded, key=lambda one: one[:2]) == whole


@settings(max_examples=3)
@given(ledgers(size=300), st.randoms(use_true_random=False))
def test_worker_processes_give_the_same_in_the_same_order(claims, rng):
    court = court_of(claims, decisions_on(claims, rng))
    whole = [*resolve(claims, court)]
    assert flat(resolve_parts(runs(claims, 20), court, as_it_is, jobs=2)) == whole


def test_of_the_committed_ledger_too(moon):
    claims = moon._ledger.claims
    court = portable(moon._court)
    whole = [*resolve(claims, court)]
    assert flat(examine_parts(runs(claims), court, as_it_is, jobs=2)) == whole


def test_a_record_keeps_its_shard_and_shards_are_of_like_size(moon):
    # By hand: the CRC-32 of `missions/change-5`, which any zlib gives.
    assert shard_of("missions", "change-5", 2**32) == 0xC176A51F
    counts = [0] * 8
    for table in ("missions", "people", "actors", "statements"):
        for record in moon.table(table):
            counts[shard_of(table, record.id, 8)] += 1
    assert max(counts) < 1.3 * min(counts)


# --- Claims at fault --------------------------------------------------------------------------

GOOD = Claim.of("missions", "x", "launch_date", "2020", "agency", "p. 1")


def told(*rows):
    court = Court(Witnesses(WITNESSES))
    found = [*examine(rows, court)]
    faults = [one for one in found if isinstance(one, ClaimFault)]
    return [(one.code, one.claim) for one in faults], [one for one in found if one not in faults]


def again(**changes):
    """The claim with other cells and the id that they give."""
    cells = {**GOOD._asdict(), **changes}
    del cells["id"]
    return Claim.of(**cells)


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("unknown-table", again(table="moons")),
        ("no-record", again(record="")),
        ("unknown-field", again(field="colour")),
        # Derived, and so never claimed.
        ("unknown-field", again(field="contested")),
        ("bad-value", again(value="23/11/2020")),
        ("bad-value", again(value="")),
        ("bad-value", again(field="*", value="yes")),
        ("bad-value", again(field="outcome", value="victory")),
        ("bad-date", again(as_of="last week")),
        ("unknown-certainty", again(certainty="sworn")),
        ("unknown-source", again(source="hearsay")),
        ("no-locator", again(locator="")),
        ("wrong-id", GOOD._replace(value="2021")),
        ("wrong-id", GOOD._replace(id="")),
    ],
)
def test_a_claim_at_fault_is_reported_and_left_out(code, row):
    faults, records = told(row, GOOD)
    assert faults == [(code, row.id)]
    assert [[*one.cells] for one in records] == [["launch_date"]]
    assert records[0].cells["launch_date"].chosen == GOOD


def test_cells_that_are_null_are_empty():
    assert told([None if cell == "" else cell for cell in GOOD])[0] == []
    assert told([None] * len(GOOD))[0] == [("unknown-table", "")]


def test_a_claim_that_is_there_twice_is_found_within_its_record():
    other = again(record="y")
    faults, records = told(GOOD, GOOD, other)
    assert faults == [("repeated-id", GOOD.id)]
    assert [len(one.cells["launch_date"].standings) for one in records] == [1, 1]


def test_the_committed_ledger_has_no_fault(moon):
    faults = []
    claims = moon._ledger.claims
    assert [*sound_claims(claims, moon._court.witnesses, faults)] == claims
    assert faults == []


# --- The end of workers -----------------------------------------------------------------------


def some():
    return ledger(random.Random(1), 200)


def test_a_worker_that_ends_is_an_error_and_not_a_silence():
    claims = some()
    with pytest.raises(WorkerError, match="A worker process has ended before its work was done"):
        flat(resolve_parts(runs(claims, 20), court_of(claims), ends_itself, jobs=2))


def test_an_error_of_a_worker_arrives_whole():
    claims = some()
    with pytest.raises(LunarProgrammesError, match=r"No\. Stop\.") as raised:
        flat(resolve_parts(runs(claims, 20), court_of(claims), raises, jobs=2))
    assert raised.value.record


def test_a_policy_without_a_name_is_refused_before_any_process_starts():
    claims = some()
    court = court_of(claims, policy=Policy("mine", choose=lambda ranked: ranked[0]))
    with pytest.raises(LunarProgrammesError, match="'mine' cannot be handed to another process"):
        flat(resolve_parts(runs(claims, 20), court, as_it_is, jobs=2))
    named = court_of(claims, policy=Policy("mine", choose=functools.partial(max)))
    assert flat(resolve_parts(runs(claims, 20), named, as_it_is, jobs=2)) == [
        *resolve(claims, named)
    ]


SLOW = """
import sys, time
sys.path.insert(0, {here!r})
from test_partitions import court_of, resolve_parts, runs, sleeps, some

if __name__ == "__main__":
    claims = some()
    try:
        for _ in resolve_parts(runs(claims, 20), court_of(claims), sleeps, jobs=2):
            pass
    except KeyboardInterrupt:
        print("interrupted")
"""


def sleeps(_one, _court):
    Path(os.environ["STARTED"]).touch()
    time.sleep(60)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_an_interruption_ends_the_workers_at_once(tmp_path):
    script, started = tmp_path / "slow.py", tmp_path / "started"
    script.write_text(SLOW.format(here=str(Path(__file__).parent)), encoding="utf-8")
    environment = {**os.environ, "STARTED": str(started)}
    running = subprocess.Popen(
        [sys.executable, str(script)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not started.exists():
        time.sleep(0.05)
    # As a terminal does it: to the whole group.
    os.killpg(running.pid, signal.SIGINT)
    said, complained = running.communicate(timeout=30)
    assert said == "interrupted\n"
    assert "Traceback" not in complained
    for _ in range(200):
        try:
            os.killpg(running.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError("a process has outlived it")
