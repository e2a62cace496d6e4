"""Check and resolve ledgers of 10^4 to 10^7 claims: our resolver and other engines, on one file.

    python benchmarks/scale.py [--claims 10000 100000 1000000] [--engines …] [--keep FOLDER]
                               [--report benchmarks/scale.md] [--limit SECONDS]

For each size it writes a sorted ledger, the same on every machine, and gives it to each engine in a
process of its own, one after the other. It reports the wall time, the time of the processors (which
a busy machine disturbs less), and the peak memory of the process and all that it starts.

"streaming", "two processes" and "Spark" check every claim (vocabularies, dates, the hash that is
its id) and resolve it by the whole rule book: one function. DuckDB, polars and pandas do less, and
are the bar all the same: they check nothing, and choose by tier, then the later year, then the id;
a cell is contested where two values differ. All must find as many cells.
"""

import argparse
import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
SIZES = (10_000, 100_000, 1_000_000)
TIERS = ("official", "scholarly", "reference", "press", "community")
SOURCES = [f"source-{number:03}" for number in range(200)]
# Field, claims on it, and what is claimed; ten claims a record, in the order of the ledger.
CELLS = (
    ("*", 3, ("",)),
    ("launch_date", 3, ("2020", "2020-11", "2020-11-23", "2021", "2020~")),
    ("outcome", 2, ("success", "success", "success", "failure")),
    ("status", 2, ("planned", "operating", "completed")),
)
CLAIMS_PER_RECORD = sum(count for _, count, _ in CELLS)


# --- The ledger -------------------------------------------------------------------------------


def write_ledger(path: Path, claims: int) -> None:
    from lunarprogrammes.evidence.claims import Claim

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Claim._fields)
        for number in range(claims // CLAIMS_PER_RECORD):
            writer.writerows(_record(number))


def _record(number: int) -> Iterator[Any]:
    from lunarprogrammes.evidence.claims import Claim

    record = f"mission-{number:08}"
    for field, count, values in CELLS:
        made = []
        for turn in range(count):
            chance = zlib.crc32(f"{number} {field} {turn}".encode())
            value, source = values[chance % len(values)], SOURCES[(chance >> 8) % len(SOURCES)]
            as_of = str(2015 + (chance >> 20) % 8) if chance >> 28 < 8 else ""
            where = f"p. {turn + 1}"
            made.append(Claim.of("missions", record, field, value, source, where, as_of))
        yield from sorted(made)


def tier_of(source: str) -> str:
    return TIERS[int(source[-3:]) % len(TIERS)]


def year_of(source: str) -> str:
    return str(2000 + int(source[-3:]) % 25)


def court() -> Any:
    from lunarprogrammes.evidence.witnesses import Witness, Witnesses
    from lunarprogrammes.resolve import Court

    return Court(Witnesses({s: Witness(s, tier_of(s), year_of(s)) for s in SOURCES}))


# --- The engines: each returns the number of cells, and of contested ones -----------------------


def tally(one: Any, _: Any) -> tuple[int, int]:
    cells = getattr(one, "cells", None)
    if cells is None:
        raise SystemExit(f"a claim is at fault: {one}")
    return len(cells), sum(cell.verdict == "contested" for cell in cells.values())


def streaming(path: str) -> tuple[int, int]:
    from lunarprogrammes.partitions import examine
    from lunarprogrammes.shards import Shard

    cells = contested = 0
    for one in examine(Shard(path).rows(), court()):
        more, disputed = tally(one, None)
        cells, contested = cells + more, contested + disputed
    return cells, contested


def two_processes(path: str) -> tuple[int, int]:
    from lunarprogrammes.partitions import examine_parts
    from lunarprogrammes.shards import spans

    # Found by its name in a worker: what runs here is __main__.
    sys.path.insert(0, str(HERE.parent))
    import scale

    cells = contested = 0
    for part in examine_parts(spans(path), court(), scale.tally, jobs=2):
        cells += sum(more for more, _ in part)
        contested += sum(disputed for _, disputed in part)
    return cells, contested


def spark(path: str) -> tuple[int, int]:
    from pyspark.sql import SparkSession

    from lunarprogrammes.evidence.claims import Claim
    from lunarprogrammes.spark import resolve_partitions

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", value=False)
        .config("spark.ui.showConsoleProgress", value=False)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.memory", "4g")
        .config("spark.sql.shuffle.partitions", 2)
        .getOrCreate()
    )
    schema = ", ".join(f"`{name}` string" for name in Claim._fields)
    read = session.read.schema(schema).option("header", value=True).option("escape", '"')
    size = Path(path).stat().st_size
    parts = max(2, size // (64 << 20))
    found = resolve_partitions(read.csv(path), court(), partitions=parts).everything
    rows = found.groupBy("verdict").count().collect()
    session.stop()
    counts = {row["verdict"]: row["count"] for row in rows}
    if None in counts:
        raise SystemExit("a claim is at fault")
    return sum(counts.values()), counts.get("contested", 0)


PLAIN_SQL = """
with spoken as (
    select claim.*, witness.tier, coalesce(nullif(as_of, ''), witness.year) as said
    from read_csv(?, header = true, all_varchar = true, quote = '"', escape = '"') as claim
    join witness on witness.id = claim.source
),
ranked as (
    select *, row_number() over (
        partition by "table", record, field order by tier, said desc, id) as place
    from spoken
)
select count(*), count(*) filter (where least_value <> most_value) from (
    select "table", record, field, max(value) filter (where place = 1) as shown,
        min(coalesce(value, '')) as least_value, max(coalesce(value, '')) as most_value
    from ranked group by "table", record, field)
"""


def duckdb(path: str) -> tuple[int, int]:
    import duckdb as engine

    base = engine.connect(":memory:")
    base.execute("create table witness (id varchar, tier integer, year varchar)")
    rows = [(source, TIERS.index(tier_of(source)), year_of(source)) for source in SOURCES]
    base.executemany("insert into witness values (?, ?, ?)", rows)
    cells, contested = base.execute(PLAIN_SQL, [path]).fetchone() or (0, 0)
    return cells, contested


def polars(path: str) -> tuple[int, int]:
    import polars as pl

    witness = pl.LazyFrame(
        {
            "source": SOURCES,
            "tier": [TIERS.index(tier_of(source)) for source in SOURCES],
            "year": [year_of(source) for source in SOURCES],
        }
    )
    key = ["table", "record", "field"]
    claims = pl.scan_csv(path, infer_schema=False).join(witness, on="source")
    said = pl.coalesce(pl.col("as_of"), pl.col("year")).alias("said")
    value = pl.col("value").fill_null("")
    cells = (
        claims.with_columns(said)
        .sort([*key, "tier", "said", "id"], descending=[False] * 4 + [True, False])
        .group_by(key)
        .agg(value.first().alias("shown"), (value.n_unique() > 1).alias("contested"))
        .collect(engine="streaming")
    )
    return cells.height, int(cells["contested"].sum())


def pandas(path: str) -> tuple[int, int]:
    import pandas as pd

    claims = pd.read_csv(path, dtype=str, keep_default_na=False)
    tiers = {source: TIERS.index(tier_of(source)) for source in SOURCES}
    claims["tier"] = claims["source"].map(tiers)
    years = claims["source"].map({source: year_of(source) for source in SOURCES})
    claims["said"] = claims["as_of"].where(claims["as_of"] != "", years)
    key = ["table", "record", "field"]
    order = [*key, "tier", "said", "id"]
    ranked = claims.sort_values(order, ascending=[True] * 4 + [False, True])
    cells = ranked.groupby(key, sort=False)["value"].agg(["first", "nunique"])
    return len(cells), int((cells["nunique"] > 1).sum())


ENGINES = {
    "streaming": streaming,
    "two processes": two_processes,
    "Spark local[2]": spark,
    "DuckDB": duckdb,
    "polars": polars,
    "pandas": pandas,
}


# --- Measuring --------------------------------------------------------------------------------


TICKS = os.sysconf("SC_CLK_TCK")


def tree(root: int, seconds: dict[int, float]) -> int:
    """Return the memory of a process and its descendants, what they share counted once.

    Keeps in `seconds` the processor time of each: nobody asks the kernel for that of a worker that
    ends before its parent has waited for it.
    """
    children: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                after = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            process = int(entry.name)
            children.setdefault(int(after[1]), []).append(process)
            used[process] = (int(after[11]) + int(after[12])) / TICKS
    total, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        waiting += children.get(process, [])
        seconds[process] = max(seconds.get(process, 0.0), used.get(process, 0.0))
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line[:4] == "Pss:")
    return total * 1024


def measure(engine: str, path: Path, limit: float) -> dict[str, Any]:
    words = [sys.executable, str(HERE), "--run", engine, str(path)]
    started = time.perf_counter()
    running = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    most, status, usage = 0, 0, None
    seconds: dict[int, float] = {}
    while True:
        process, status, usage = os.wait4(running.pid, os.WNOHANG)
        if process:
            break
        most = max(most, tree(running.pid, seconds))
        if time.perf_counter() - started > limit:
            for process in seconds:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            os.wait4(running.pid, 0)
            return {"engine": engine, "failed": f"stopped after {limit:.0f} s"}
        time.sleep(0.05)
    wall = time.perf_counter() - started
    said, complained = (stream.read().decode() for stream in (running.stdout, running.stderr))
    if status:
        return {"engine": engine, "failed": complained.strip().splitlines()[-1][:200]}
    cells, contested = json.loads(said.splitlines()[-1])
    # A short run may end between two looks: the kernel knows the peak of the process itself.
    most = max(most, usage.ru_maxrss * 1024)
    return {
        "engine": engine,
        "wall": wall,
        "processor": max(usage.ru_utime + usage.ru_stime, sum(seconds.values())),
        "bytes": most,
        "cells": cells,
        "contested": contested,
    }


def table(size: int, found: list[dict[str, Any]]) -> str:
    base = next((one for one in found if one["engine"] == "streaming" and "wall" in one), None)
    lines = [
        f"## {size:,} claims",
        "",
        "| | wall s | × | processor s | peak MB | µs per claim | contested cells |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in found:
        if "failed" in one:
            lines.append(f"| {one['engine']} | {one['failed']} | | | | | |")
            continue
        ratio = f"{one['wall'] / base['wall']:.2f}" if base else ""
        lines.append(
            f"| {one['engine']} | {one['wall']:.2f} | {ratio} | {one['processor']:.2f} "
            f"| {one['bytes'] / 1e6:.0f} | {one['processor'] / size * 1e6:.1f} "
            f"| {one['contested']:,} |"
        )
    return "\n".join(lines)


def growth(results: dict[int, list[dict[str, Any]]]) -> str:
    lines = [
        "## Streaming: time is linear, memory is flat",
        "",
        "| claims | processor s | µs per claim | peak MB |",
        "| ---: | ---: | ---: | ---: |",
    ]
    for size, found in results.items():
        for one in found:
            if one["engine"] == "streaming" and "wall" in one:
                each = one["processor"] / size * 1e6
                megabytes = one["bytes"] / 1e6
                lines.append(
                    f"| {size:,} | {one['processor']:.2f} | {each:.1f} | {megabytes:.0f} |"
                )
    return "\n".join(lines)


def report(results: dict[int, list[dict[str, Any]]], command: str) -> str:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    about = (
        f"Made by `{command}` on {os.cpu_count()} processors, Python {sys.version.split()[0]}; "
        f"load averages at the end {load}. One run each, in turn. `×` is the wall time against "
        "streaming; a busy machine disturbs the processor time less."
    )
    less = (
        "The first three check every claim, recompute its id and apply the whole rule book; they "
        "are one function. The last three check nothing and choose by tier, year and id alone: "
        "they count more cells as contested, because to them `2020` and `2020-11` differ."
    )
    head = ["# Figures: checking and resolving at scale", "", about, "", less, "", growth(results)]
    tables = [f"\n{table(size, found)}" for size, found in results.items()]
    return "\n".join([*head, *tables, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--claims", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--keep", type=Path, help="folder for the ledgers; they are used again")
    parser.add_argument("--report", type=Path, help="file for the report, besides the terminal")
    parser.add_argument("--limit", type=float, default=600.0, help="seconds for one engine")
    parser.add_argument("--run", nargs=2, metavar=("ENGINE", "LEDGER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run:
        engine, path = arguments.run
        print(json.dumps(ENGINES[engine](path)))
        return
    command = " ".join(["python", "benchmarks/scale.py", *sys.argv[1:]])
    results: dict[int, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sorted(arguments.claims):
            path = (arguments.keep or Path(folder)) / f"claims-{size}.csv"
            if not path.exists():
                write_ledger(path, size)
            results[size] = []
            for engine in arguments.engines:
                found = measure(engine, path, arguments.limit)
                results[size].append(found)
                print(size, found, file=sys.stderr, flush=True)
            counted = {one["cells"] for one in results[size] if "cells" in one}
            if len(counted) > 1:
                raise SystemExit(f"The engines count different cells: {counted}.")
            if arguments.report:
                arguments.report.write_text(report(results, command), encoding="utf-8")
    print(report(results, command))


if __name__ == "__main__":
    main()
