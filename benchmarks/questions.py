"""The same questions asked of the package and of other tools, cold, from the command line.

    python benchmarks/questions.py [--runs 5] [--report benchmarks/questions.md]

Each question is one process, as a person or a script asks it: start, read, answer, end. All ask the
edition of this checkout: pandas, frictionless and pycldf its CSV files; Datasette (`--get`) the
SQLite file that `export sqlite` writes, which is made once and not counted. The tools are asked in
turn within each run, so that a busy machine disturbs all alike; the least wall time counts.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "datasets"
OURS = [sys.executable, "-m", "lunarprogrammes"]
RECORD, CELL, NAME = "change-5", ("missions", "queqiao-2", "launch_date"), "嫦娥"
SQL = "SELECT country, count(*) AS n FROM missions GROUP BY country ORDER BY n DESC, country"

PANDAS = f"""
import pandas as pd
def read(name):
    return pd.read_csv({str(DATA)!r} + "/" + name + ".csv", dtype=str, keep_default_na=False)
"""
FRICTIONLESS = f"""
from frictionless import Package, system
package = Package({str(DATA / "datapackage.json")!r})
def rows(name):
    with package.get_resource(name) as resource:
        yield from resource.row_stream
"""
PYCLDF = """
import os
from pycldf import Generic
package = Generic.from_metadata(os.environ["CLDF"])
def rows(name):
    return package[name + ".csv"]
"""
NAMED = ["missions", "programmes", "spacecraft", "actors", "agreements", "systems", "places"]
NAMED += ["people", "payloads"]
FIND_ROWS = f"""
found = [row["record"] for row in rows("names") if {NAME!r} in row["name"]]
for name in {NAMED!r}:
    found += [row["id"] for row in rows(name) if {NAME!r} in (row["name"] or "")]
print(found)
"""
WHY_ROWS = f"""
held = [row for row in rows("claims")
        if (row["table"], row["record"], row["field"]) == {CELL!r}]
wanted = {{row["source"] for row in held}}
print(held, [row for row in rows("sources") if row["id"] in wanted])
"""


def python(*text: str) -> list[str]:
    return [sys.executable, "-c", "\n".join(text)]


def datasette(base: Path, path: str) -> list[str]:
    return [sys.executable, "-m", "datasette", str(base), "--get", path]


def questions(base: Path) -> dict[str, dict[str, list[str]]]:
    show_rows = f'print([row for row in rows("missions") if row["id"] == {RECORD!r}])'
    table, record, field = CELL
    of_cell = f"table__exact={table}&record__exact={record}&field__exact={field}"
    named = " union all ".join(f"select id from {name} where name like :p" for name in NAMED)
    like = f"select record from names where name like :p union all {named}"
    return {
        "start-up": {
            "lunarprogrammes": python("import lunarprogrammes"),
            "pandas": python("import pandas"),
            "frictionless": python("import frictionless"),
            "pycldf": python("import pycldf"),
            "Datasette": [sys.executable, "-m", "datasette", "--version"],
            "bare Python": python("pass"),
        },
        "load: every mission": {
            "lunarprogrammes": python(
                "import lunarprogrammes as lp", "print(len(lp.load().missions))"
            ),
            "pandas": python(PANDAS, 'print(len(read("missions")))'),
            "frictionless": python(FRICTIONLESS, 'print(len(list(rows("missions"))))'),
            "pycldf": python(PYCLDF, 'print(len(list(rows("missions"))))'),
            "Datasette": datasette(base, "/moon/missions.json?_size=max&_shape=array"),
        },
        f"show {RECORD}": {
            "lunarprogrammes": [*OURS, "show", "missions", RECORD],
            "pandas": python(
                PANDAS, 'm = read("missions")', f'print(m[m.id == "{RECORD}"].T.to_string())'
            ),
            "frictionless": python(FRICTIONLESS, show_rows),
            "pycldf": python(PYCLDF, show_rows),
            "Datasette": datasette(base, f"/moon/missions/{RECORD}.json"),
        },
        f"why {' '.join(CELL)}": {
            "lunarprogrammes": [*OURS, "why", *CELL],
            "pandas": python(
                PANDAS,
                'c = read("claims")',
                f"c = c[(c.table == {table!r}) & (c.record == {record!r})]",
                f"c = c[c.field == {field!r}]",
                'print(c.merge(read("sources"), left_on="source", right_on="id").T.to_string())',
            ),
            "frictionless": python(FRICTIONLESS, WHY_ROWS),
            "pycldf": python(PYCLDF, WHY_ROWS),
            "Datasette": datasette(base, f"/moon/evidence.json?_shape=array&{of_cell}"),
        },
        f"find {NAME}": {
            "lunarprogrammes": [*OURS, "find", NAME],
            "pandas": python(
                PANDAS,
                f'n = read("names"); print(n[n.name.str.contains({NAME!r})].record.tolist())',
                f"for name in {NAMED!r}:",
                f"    t = read(name); print(t[t.name.str.contains({NAME!r})].id.tolist())",
            ),
            "frictionless": python(FRICTIONLESS, FIND_ROWS),
            "pycldf": python(PYCLDF, FIND_ROWS),
            "Datasette": datasette(base, _query(like, p=f"%{NAME}%")),
        },
        "sql: missions by country": {
            "lunarprogrammes": [*OURS, "sql", SQL],
            "pandas": python(
                PANDAS,
                'print(read("missions").groupby("country").size().sort_values().to_string())',
            ),
            "Datasette": datasette(base, _query(SQL)),
        },
    }


def _query(sql: str, **parameters: str) -> str:
    from urllib.parse import urlencode

    return "/moon.json?" + urlencode({"sql": sql, "_shape": "array", **parameters})


def cldf_metadata(folder: Path) -> Path:
    """Write what pycldf needs to find the CSV files: each column a text, lists apart."""
    described = []
    for name in ("missions", "claims", "sources", "names", *NAMED[1:]):
        with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
            header = file.readline().rstrip("\n").split(",")
        columns = [{"name": column, "datatype": "string"} for column in header]
        described.append({"url": f"{name}.csv", "tableSchema": {"columns": columns}})
        (folder / f"{name}.csv").symlink_to(DATA / f"{name}.csv")
    path = folder / "Generic-metadata.json"
    path.write_text(
        json.dumps(
            {
                "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
                "dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#Generic",
                "tables": described,
            }
        ),
        encoding="utf-8",
    )
    return path


def timed(words: list[str], environment: dict[str, str]) -> tuple[float, float, str]:
    """Return wall and processor seconds, and what went wrong if anything did."""
    started = time.perf_counter()
    running = subprocess.Popen(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    said, complained = running.stdout.read(), running.stderr.read()
    _, status, usage = os.wait4(running.pid, 0)
    wall = time.perf_counter() - started
    wrong = complained.decode().strip().splitlines()[-1:] if status or not said else []
    silent = "import" in words[-1] or words[-1] == "pass"
    return wall, usage.ru_utime + usage.ru_stime, "".join(wrong) if not silent or status else ""


def report(found: dict[str, dict[str, list[tuple[float, float]]]], command: str) -> str:
    tools = ["lunarprogrammes", "pandas", "frictionless", "pycldf", "Datasette", "bare Python"]
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    about = (
        f"Made by `{command}` on {os.cpu_count()} processors, Python {sys.version.split()[0]}; "
        f"load averages at the end {load}. Each cell: the least wall time in milliseconds, the "
        "least processor time, and how many times ours that is (processor time, which a busy "
        "machine disturbs less)."
    )
    lines = [
        "# Figures: the same questions, other tools",
        "",
        about,
        "",
        f"| | {' | '.join(tools)} |",
        "| --- |" + " ---: |" * len(tools),
    ]
    for question, of_tool in found.items():
        cells = []
        ours = min(processor for _, processor in of_tool["lunarprogrammes"])
        for tool in tools:
            if tool not in of_tool:
                cells.append("–")
                continue
            wall = min(wall for wall, _ in of_tool[tool])
            processor = min(processor for _, processor in of_tool[tool])
            times = f", × {processor / ours:.1f}" if tool != "lunarprogrammes" else ""
            cells.append(f"{wall * 1000:.0f} ({processor * 1000:.0f}{times})")
        lines.append(f"| {question} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--report", type=Path, help="file for the report, besides the terminal")
    arguments = parser.parse_args()
    found: dict[str, dict[str, list[tuple[float, float]]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "moon.sqlite"
        subprocess.run([*OURS, "export", "sqlite", str(base)], check=True, stdout=sys.stderr)
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment["CLDF"] = str(cldf_metadata(Path(folder)))
        for turn in range(arguments.runs + 1):
            for question, of_tool in questions(base).items():
                for tool, words in of_tool.items():
                    wall, processor, wrong = timed(words, environment)
                    if wrong:
                        raise SystemExit(f"{question}, {tool}: {wrong}")
                    # The first turn writes the byte code and warms the disk: it does not count.
                    if turn:
                        found.setdefault(question, {}).setdefault(tool, []).append(
                            (wall, processor)
                        )
            print(f"run {turn} of {arguments.runs}", file=sys.stderr, flush=True)
    command = " ".join(["python", "benchmarks/questions.py", *sys.argv[1:]])
    made = report(found, command)
    if arguments.report:
        arguments.report.write_text(made, encoding="utf-8")
    print(made)


if __name__ == "__main__":
    main()
