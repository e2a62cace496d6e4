"""How fast the check is, beside frictionless on the same files.

    python benchmarks/check_speed.py [--claims 10000 100000 1000000] [--runs 3] [--keep FOLDER]

For each size it writes synthetic readings (many sources, five tables, valid), runs
`lunarprogrammes check` and then `frictionless validate` on the same CSV files in turn, each in a
process of its own. It prints the median seconds with start-up, by the clock and of the processor
(which a busy machine disturbs less), the peak memory, the cells per second and the ratio.

Frictionless gets, in one call, a Data Package with an explicit dialect and for each file a schema:
names of the fields, types, patterns, vocabularies, bounds, and that keys are filled. It gets no
primary keys, because a document may speak of one record in several rows, and no foreign keys, which
it would check file by file and not over all sources: it has less to do than we have. Where it would
take too long, it is given the first files alone, and the output says so; its time is then compared
per cell.
"""

import argparse
import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lunarprogrammes.export.frictionless import DIALECT, PACKAGE_PROFILE, field_descriptor
from lunarprogrammes.tables import get
from lunarprogrammes.tables.claims import EVIDENCE

CLAIMS_PER_SOURCE = 5_000
WITNESSES = 4  # so many sources speak of each record
MOST_SECONDS = 120  # more than this frictionless is not given
COST_PER_CELL = 8e-6  # what frictionless takes, to foresee how much it can be given

LOCATORS = [f"p. {page}, ¶{part}" for page in range(1, 60) for part in range(1, 6)]
WORDS = [
    "lander",
    "orbiter",
    "crater",
    "rim",
    "polar",
    "water",
    "ice",
    "sample",
    "return",
    "relay",
    "rover",
    "engine",
    "stage",
    "tank",
    "dust",
    "habitat",
    "reactor",
    "drill",
    "seismometer",
    "spectrometer",
    "camera",
    "descent",
    "ascent",
    "transfer",
    "orbit",
    "burn",
]


class Measured(NamedTuple):
    seconds: float
    processor: float
    megabytes: float
    status: int


def _sentence(draw: random.Random) -> str:
    return " ".join(draw.choices(WORDS, k=7)).capitalize() + "."


def _day(draw: random.Random, year: int) -> str:
    month, day = draw.randint(1, 12), draw.randint(2, 28)
    return draw.choice((f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}"))


def _rows_of_record(table: str, number: int) -> dict[str, str]:
    """Return what is true of one record; each source tells a part of it."""
    draw = random.Random(f"{table} {number}")
    year = 1960 + number % 55
    country, actor = f"actor-{number % 10 * 111}", f"actor-{(10 + number % 10) * 111}"
    launch, landing = _day(draw, year), f"{year + 1}-{draw.randint(1, 12):02}"
    match table:
        case "actors":
            return {
                "id": f"actor-{number * 111}",
                "name": f"Actor {number}",
                "kind": "country" if number < 10 else draw.choice(("agency", "company")),
                "country": country if number >= 10 else "",
                "founded": launch,
                "summary": _sentence(draw),
            }
        case "systems":
            return {
                "id": f"system-{number * 111}",
                "name": f"System {number}",
                "kind": "launch-vehicle",
                "operator": actor,
                "first_flight": "1959",
                "status": "operating",
                "summary": _sentence(draw),
            }
        case "missions":
            return {
                "id": f"mission-{number * 111}",
                "name": f"Mission {number}",
                "operator": actor,
                "country": country,
                "mission_type": "sample-return",
                "crewed": "false",
                "launch_date": launch,
                "launch_vehicle": f"system-{number % 20 * 111}",
                "status": "completed",
                "landing_date": landing,
                "return_date": f"{year + 2}",
                "sample_mass_g": str(draw.randint(100, 4000)),
                "summary": _sentence(draw),
            }
        case "spacecraft":
            return {
                "id": f"craft-{number * 111}",
                "name": f"Craft {number}",
                "mission": f"mission-{number * 111}",
                "kind": "lander",
                "operator": actor,
                "launch_mass_kg": str(draw.randint(100, 9000)),
                "landing_date": f"{year + 1}",
                "latitude_deg": f"{draw.randint(-8900, 8900) / 100:.2f}",
                "longitude_deg": f"{draw.randint(-17900, 17900) / 100:.2f}",
                "summary": _sentence(draw),
            }
        case _:
            return {
                "id": f"event-{number * 111}",
                "date": launch,
                "kind": "announcement",
                "mission": f"mission-{number * 111}",
                "actor": actor,
                "summary": _sentence(draw),
            }


# The share of each table in the rows.
SHARES = {"actors": 1, "systems": 1, "missions": 4, "spacecraft": 3, "events": 3}


def _told(draw: random.Random, facts: dict[str, str], *, whole: bool) -> Iterator[str]:
    """Yield the cells that one source fills: all of them, or two in three, some less precisely."""
    for name, text in facts.items():
        if whole or name == "id":
            yield text
        elif draw.random() < 0.67:
            yield text[:4] if name.endswith("date") and draw.random() < 0.05 else text
        else:
            yield ""


def write_seeds(root: Path, claims: int) -> tuple[int, int, int]:
    """Write readings of about so many claims; return rows, cells, and claims as we count them."""
    draw = random.Random(claims)
    sources = max(WITNESSES, claims // CLAIMS_PER_SOURCE)
    # A row makes about 7.3 claims: that the record exists, and its filled cells.
    records = max(1, round(claims / 7.3 / WITNESSES / sum(SHARES.values())))
    rows = cells = made = 0
    files: dict[tuple[int, str], list[list[str]]] = {}
    for table, share in SHARES.items():
        of_table = max(records * share, 20)
        for number in range(of_table):
            facts = _rows_of_record(table, number)
            for witness in range(WITNESSES):
                source = (number * 7 + witness * (sources // WITNESSES)) % sources
                told = [*_told(draw, facts, whole=witness == 0), draw.choice(LOCATORS)]
                files.setdefault((source, table), [[*facts, "locator"]]).append(told)
                rows += 1
                cells += len(told)
                made += sum(map(bool, told)) - 1
    for (source, table), lines in files.items():
        folder = root / f"agency-2024-report-{source * 11}"
        _describe(folder, source)
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(lines)
    return rows, cells, made


def _describe(folder: Path, number: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    description = {
        "type": "report",
        "title": f"Lunar Report {number}",
        "issued": {"date-parts": [[2024, 1 + number % 12]]},
        "custom": {
            "tier": ("official", "scholarly", "press")[number % 3],
            "locator": "title page",
        },
    }
    (folder / "source.json").write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")


def write_package(root: Path, most_cells: int) -> tuple[Path, int]:
    """Describe the CSV files, up to so many cells, as a Data Package; return it and the cells."""
    resources, cells = [], 0
    for path in sorted(root.glob("*/*.csv")):
        if cells >= most_cells:
            break
        table = get(path.stem)
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
        cells += len(lines[0]) * (len(lines) - 1)
        known = {**table.facts, **EVIDENCE}
        fields = [field_descriptor(name, known[name], key=name in table.key) for name in lines[0]]
        for descriptor in fields:
            # One document need not fill what some document has to.
            if descriptor["name"] not in table.key:
                descriptor.get("constraints", {}).pop("required", None)
        resources.append(
            {
                "name": f"{path.parent.name}-{path.stem}",
                "path": path.relative_to(root).as_posix(),
                "type": "table",
                "dialect": DIALECT,
                "schema": {"fields": fields, "missingValues": [""]},
            }
        )
    package = root / "datapackage.json"
    package.write_text(
        json.dumps({"$schema": PACKAGE_PROFILE, "name": "synthetic", "resources": resources}),
        encoding="utf-8",
    )
    return package, cells


def run(command: list[str]) -> Measured:
    """Run a command with one core; return seconds with start-up, peak memory and exit code."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    child = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert child.stdout
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        print(output.decode("utf-8", "replace")[:2000])
    processor = usage.ru_utime + usage.ru_stime
    return Measured(seconds, processor, usage.ru_maxrss / 1024, child.returncode)


def compare(claims: int, runs: int, root: Path) -> None:
    rows, cells, made = write_seeds(root, claims)
    scripts = Path(sys.executable).parent
    ours_command = [str(scripts / "lunarprogrammes"), "check", str(root)]
    theirs_command = [str(scripts / "frictionless"), "validate", "datapackage.json"]
    theirs_command = [*theirs_command[:2], "--type", "package", str(root / "datapackage.json")]
    ours, theirs, part = [], [], cells
    for _ in range(runs):
        (root / "datapackage.json").unlink(missing_ok=True)
        ours.append(run(ours_command))
        _, part = write_package(root, int(MOST_SECONDS / COST_PER_CELL))
        theirs.append(run(theirs_command))
    print(f"{made:,} claims: {rows:,} rows, {cells:,} cells")
    mine = _line("lunarprogrammes check", ours, cells)
    other = _line("frictionless validate", theirs, part)
    if part < cells:
        print(f"  frictionless was given {part:,} of the cells; the ratio is per cell")
    ratios = [a / b for a, b in zip(mine, other, strict=True)]
    print(f"  ratio {ratios[0]:.1f} by the clock, {ratios[1]:.1f} by the processor\n", flush=True)


def _line(name: str, measured: list[Measured], cells: int) -> tuple[float, float]:
    """Print the medians of some runs; return the cells per second of the clock and processor."""
    seconds = statistics.median(one.seconds for one in measured)
    processor = statistics.median(one.processor for one in measured)
    memory = max(one.megabytes for one in measured)
    problems = "" if not any(one.status for one in measured) else "  (found problems)"
    print(
        f"  {name:<22} {seconds:7.2f} s  {processor:7.2f} s of processor  {memory:5.0f} MB  "
        f"{cells / seconds:>9,.0f} cells/s{problems}"
    )
    return cells / seconds, cells / processor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="write the readings here and leave them")
    arguments = parser.parse_args()
    for claims in arguments.claims:
        with tempfile.TemporaryDirectory() as folder:
            root = (arguments.keep or Path(folder)) / str(claims)
            compare(claims, arguments.runs, root)


if __name__ == "__main__":
    main()
