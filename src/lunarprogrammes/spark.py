"""Resolution on Spark: the same function, mapped over the partitions of a DataFrame of claims.

Owns how claims are brought together and in order; every rule is that of `resolve`, called in
Python on each partition. Sources, decisions and parents are broadcast. Needs the extra `spark` and
Java 17 or later.

What has to hold, and why it does: the claims of a record are in one partition, because they are
hashed by table and record, so that a repeated id is found there too; they come in the resolver's
order, because Spark compares texts by their UTF-8 bytes and Python by code points, which is the
same order; and no setting matters (`spark.sql.ansi.enabled` neither), because nothing is cast or
computed in SQL.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lunarprogrammes.claim_faults import ClaimFault
from lunarprogrammes.errors import EditionError, MissingExtra
from lunarprogrammes.evidence.claims import Claim
from lunarprogrammes.partitions import examine, portable
from lunarprogrammes.resolve import Court, Resolved
from lunarprogrammes.shards import Shards, read_shards

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame, SparkSession

_ROWS_IN_BATCH = 10_000
_TEXTS = ("value", "verdict", "reason", "chosen", "code", "what", "expected")
_SCHEMA = (
    "table string, record string, field string, "
    + ", ".join(f"{name} string" for name in _TEXTS)
    + ", standings array<struct<claim: string, standing: string>>"
)
_COLUMNS = ("table", "record", "field", *_TEXTS, "standings")


@dataclass(frozen=True)
class Resolution:
    """What a resolution gives, as DataFrames that are worked out when they are asked for.

    `cells`: table, record, field, value, verdict, reason, chosen (the id of a claim, or null).
    `standings`: table, record, field, claim, standing. `problems`: table, record, field, claim,
    code, what, expected; such a claim is in none of the others. All three come out of one pass over
    the claims, `everything`: persist it where more than one of them is wanted.
    """

    everything: "DataFrame"

    @property
    def cells(self) -> "DataFrame":
        """One row for each cell of which anything is heard; `*` is the existence of the record."""
        return self.everything.where("code is null").select(
            "table", "record", "field", "value", "verdict", "reason", "chosen"
        )

    @property
    def standings(self) -> "DataFrame":
        """One row for each claim that is heard, with what became of it."""
        return self.everything.where("code is null").selectExpr(
            "table", "record", "field", "inline(standings)"
        )

    @property
    def problems(self) -> "DataFrame":
        """One row for each claim that is malformed or repeated."""
        return self.everything.where("code is not null").selectExpr(
            "table", "record", "field", "chosen as claim", "code", "what", "expected"
        )


def resolve_partitions(
    claims: "DataFrame", court: Court, *, partitions: int | None = None
) -> Resolution:
    """Check and resolve a DataFrame that has the columns of `Claim`, in any order and others too.

    `partitions` is the number of partitions to shuffle the claims into; by default Spark's own.
    Raises `EditionError` where a column is missing; what is wrong with a claim is a row of
    `problems`. Get `court` from `read_claims`, or from `Ledger(edition).court(Perspective())`.
    """
    _require()
    if lacking := [name for name in Claim._fields if name not in claims.columns]:
        raise EditionError(
            f"The claims have no column {', '.join(lacking)}.",
            expected=f"Expected {', '.join(Claim._fields)}.",
        )
    texts = claims.selectExpr(*(f"cast(`{name}` as string) as `{name}`" for name in Claim._fields))
    key = ("table", "record")
    parted = texts.repartition(partitions, *key) if partitions else texts.repartition(*key)
    ordered = parted.sortWithinPartitions("table", "record", "field", "id")
    handed = claims.sparkSession.sparkContext.broadcast(portable(court))

    def work(batches: "Iterable[RecordBatch]") -> "Iterator[RecordBatch]":
        rows = (row for batch in batches for row in _rows(batch))
        return _batches(_row(one) for one in examine(rows, handed.value))

    return Resolution(ordered.mapInArrow(work, _SCHEMA))


def read_claims(spark: "SparkSession", folder: Path | str) -> "tuple[DataFrame, Shards]":
    """Read a folder that `export shards` wrote; return its claims and what else it holds.

    No cell holds a line break, so that the CSV is read without `multiLine`, which would keep Spark
    from splitting a file. What it has to be told: quotes are doubled, not escaped by a backslash.
    """
    _require()
    shards = read_shards(folder)
    paths = [part.path for part in shards.parts]
    if paths and paths[0].endswith(".parquet"):
        return spark.read.parquet(*paths), shards
    schema = ", ".join(f"`{name}` string" for name in Claim._fields)
    reader = spark.read.schema(schema).option("header", value=True).option("lineSep", "\n")
    return reader.option("quote", '"').option("escape", '"').csv(paths), shards


def _require() -> None:
    for library in ("pyspark", "pyarrow"):
        try:
            __import__(library)
        except ImportError:
            raise MissingExtra(
                f"{library} is not installed.",
                remedy="Run pip install 'lunarprogrammes[spark]'; it needs Java 17 or later.",
            ) from None


def _rows(batch: Any) -> Iterator[tuple[str | None, ...]]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _row(one: Resolved | ClaimFault) -> list[tuple[Any, ...]]:
    if isinstance(one, ClaimFault):
        place = one.table, one.record, one.field
        return [(*place, None, None, None, one.claim, one.code, one.what, one.expected, None)]
    return [
        (
            one.table,
            one.record,
            name,
            cell.value,
            cell.verdict,
            cell.reason,
            cell.chosen.id if cell.chosen else None,
            None,
            None,
            None,
            [{"claim": claim.id, "standing": standing} for claim, standing in cell.standings],
        )
        for name, cell in one.cells.items()
    ]


def _batches(found: Iterable[list[tuple[Any, ...]]]) -> "Iterator[RecordBatch]":
    import pyarrow as arrow

    standing = arrow.struct([("claim", arrow.string()), ("standing", arrow.string())])
    schema = arrow.schema(
        [
            (name, arrow.list_(standing) if name == "standings" else arrow.string())
            for name in _COLUMNS
        ]
    )
    held: list[tuple[Any, ...]] = []

    def batch() -> Any:
        columns = zip(*held, strict=True)
        arrays = [arrow.array(cells, one.type) for cells, one in zip(columns, schema, strict=True)]
        return arrow.RecordBatch.from_arrays(arrays, schema=schema)

    for rows in found:
        held.extend(rows)
        if len(held) >= _ROWS_IN_BATCH:
            yield batch()
            held.clear()
    if held:
        yield batch()
