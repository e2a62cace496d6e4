"""Spark resolves as we do, every claim: of made-up ledgers, of the committed edition's shards."""

import os
import random
import shutil
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledgers import WITNESSES, court_of, decisions_on, ledger, ledgers
from lunarprogrammes.errors import EditionError
from lunarprogrammes.evidence import Claim
from lunarprogrammes.evidence.witnesses import Witnesses
from lunarprogrammes.export.formats import write
from lunarprogrammes.resolve import Court, resolve
from lunarprogrammes.spark import read_claims, resolve_partitions


@pytest.fixture(scope="module")
def spark():
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        why = "Spark needs Java 17; install openjdk-17-jre-headless"
        if os.environ.get("LUNARPROGRAMMES_NEEDS_SPARK"):
            pytest.fail(why)
        pytest.skip(why)
    from pyspark.sql import SparkSession

    # Else the workers are whatever `python3` comes first, which need not know this package.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", value=False)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", 2)
        .config("spark.ui.showConsoleProgress", value=False)
        # Nothing may depend on it: one half of the tests would fail if a cell were cast.
        .config("spark.sql.ansi.enabled", value=True)
        .getOrCreate()
    )
    yield session
    session.stop()


def frame(spark, rows):
    schema = ", ".join(f"`{name}` string" for name in Claim._fields)
    return spark.createDataFrame([tuple(row) for row in rows], schema)


def collected(resolution):
    """Cells and standings by key, and problems, in one pass."""
    cells, standings, problems = {}, {}, []
    # As Arrow: to collect rows takes several times as long.
    for row in resolution.everything.toArrow().to_pylist():
        place = row["table"], row["record"], row["field"]
        if row["code"] is not None:
            problems.append((row["code"], row["chosen"]))
            continue
        assert place not in cells
        cells[place] = row["value"], row["verdict"], row["reason"], row["chosen"]
        for one in row["standings"]:
            standings[*place, one["claim"]] = one["standing"]
    return cells, standings, problems


def resolved(claims, court):
    cells, standings = {}, {}
    for one in resolve(claims, court):
        for name, cell in one.cells.items():
            chosen = cell.chosen.id if cell.chosen else None
            cells[one.table, one.record, name] = cell.value, cell.verdict, cell.reason, chosen
            for claim, standing in cell.standings:
                standings[one.table, one.record, name, claim.id] = standing
    return cells, standings, []


@settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ledgers(size=400), st.randoms(use_true_random=False))
def test_spark_finds_the_same_in_ledgers_that_are_made_up(spark, claims, rng):
    court = court_of(claims, decisions_on(claims, rng))
    mixed = [*claims]
    rng.shuffle(mixed)
    found = collected(resolve_partitions(frame(spark, mixed), court, partitions=2))
    assert found == resolved(claims, court)


def test_spark_finds_the_same_in_the_committed_edition(spark, moon, tmp_path):
    write(moon._edition, "shards", tmp_path / "shards", shards=2)
    claims, shards = read_claims(spark, tmp_path / "shards")
    assert shards.edition == moon.edition
    found = collected(resolve_partitions(claims, shards.court))
    assert found == resolved(moon._ledger.claims, moon._court)
    assert len(found[1]) == shards.claims == len(moon.claims)


def test_spark_sorts_texts_as_python_does(spark):
    # Where UTF-16 would differ: signs below and above the surrogates.
    texts = ["z", "Z", "é", "\uffff", "\U0001f600", "嫦", "-", "~", "a-b", "a:b", "ab", ""]
    made = spark.createDataFrame([(text,) for text in texts], "text string").orderBy("text")
    assert [row.text for row in made.collect()] == sorted(texts)


def test_what_is_wrong_with_a_claim_is_a_row_and_not_an_error(spark):
    claims = ledger(random.Random(3), 60)
    court = Court(Witnesses(WITNESSES))
    first = next(claim for claim in claims if claim.table == "missions")
    bad = [
        first,  # once more
        [None] * len(first),
        first._replace(table="moons"),
        Claim.of("missions", "x", "launch_date", "23/11/2020", "agency", "p. 1"),
        Claim.of("missions", "x", "launch_date", "2020", "hearsay", "p. 1"),
        first._replace(locator="elsewhere"),
    ]
    resolution = resolve_partitions(frame(spark, [*bad, *claims]), court)
    cells, standings, problems = collected(resolution)
    assert (cells, standings) == resolved(claims, court)[:2]
    assert sorted(problems, key=str) == sorted(
        [
            ("repeated-id", first.id),
            ("unknown-table", ""),
            ("unknown-table", first.id),
            ("bad-value", bad[3].id),
            ("unknown-source", bad[4].id),
            ("wrong-id", first.id),
        ],
        key=str,
    )


def test_the_three_views_of_a_resolution(spark):
    claims = [
        Claim.of("missions", "x", "outcome", value, source, "p. 1")
        for value, source in (("success", "agency"), ("failure", "paper"))
    ]
    strange = claims[0]._replace(id="aaaaaaaaaaaa")
    resolution = resolve_partitions(frame(spark, [*claims, strange]), Court(Witnesses(WITNESSES)))
    (cell,) = resolution.cells.collect()
    assert cell.asDict() == {
        "table": "missions",
        "record": "x",
        "field": "outcome",
        "value": "success",
        "verdict": "contested",
        "reason": "tier",
        "chosen": claims[0].id,
    }
    found = {(row.field, row.claim, row.standing) for row in resolution.standings.collect()}
    assert found == {
        ("outcome", claims[0].id, "chosen"),
        ("outcome", claims[1].id, "rejected"),
    }
    (problem,) = resolution.problems.collect()
    assert (problem.code, problem.claim, problem.expected) == (
        "wrong-id",
        "aaaaaaaaaaaa",
        f"Expected {claims[0].id}.",
    )


def test_shards_of_parquet_hold_what_those_of_csv_hold(spark, mini_edition, tmp_path):
    from lunarprogrammes.edition import Edition

    edition = Edition.open(mini_edition)
    found = []
    for kind in ("csv", "parquet"):
        write(edition, "shards", tmp_path / kind, shards=2, file_type=kind)
        claims, shards = read_claims(spark, tmp_path / kind)
        found.append(collected(resolve_partitions(claims, shards.court)))
    assert found[0] == found[1]
    assert found[0][0]
    assert found[0][2] == []


def test_a_frame_without_a_column_is_refused(spark):
    claims = frame(spark, []).drop("locator", "as_of")
    with pytest.raises(EditionError, match="The claims have no column locator, as_of"):
        resolve_partitions(claims, Court(Witnesses(WITNESSES)))
