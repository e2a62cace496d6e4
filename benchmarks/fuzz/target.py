"""Fuzzing of everything that reads a stranger's bytes, guided by coverage (atheris, libFuzzer).

    pip install atheris
    timeout 620 python benchmarks/fuzz/target.py -max_total_time=600 -timeout=10 -rss_limit_mb=1024

Each input is a table, a `source.json`, decisions, a date and a figure at once: it is put into a
small folder of readings, the folder is checked, and the report is written as text and in one other
format. A crash is any exception that is no `LunarProgrammesError`, a report that is out of bounds,
or a character that a terminal would obey. libFuzzer itself reports hangs and memory. The corpus
starts from the examples of the tests. The scratch folder should be in memory: set TMPDIR to
/dev/shm.
"""

import datetime
import sys
import tempfile
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 22)

with atheris.instrument_imports(include=["lunarprogrammes"]):
    from lunarprogrammes.check import check_seeds
    from lunarprogrammes.check.reporters import View, formats, reporter
    from lunarprogrammes.check.rule import all_rules
    from lunarprogrammes.dates import UncertainDate
    from lunarprogrammes.errors import LunarProgrammesError
    from lunarprogrammes.quantities import Quantity

    all_rules()
    REPORTERS = {name: reporter(name) for name in formats()}

TABLES = ("missions", "spacecraft", "parties", "names", "indicators", "programmes")
_GOOD = '{"type":"report","title":"T","accessed":{"date-parts":[[2026,11,1]]},'
GOOD = (_GOOD + '"custom":{"tier":"official","locator":"p. 1"}}').encode()
SCRATCH = Path(tempfile.mkdtemp())
FOLDER = SCRATCH / "seeds" / "agency-2024-report"
FOLDER.mkdir(parents=True)


class OutOfBoundsError(Exception):
    """A report that a person could not read."""


def read_values(text: str) -> None:
    """Read a text as a date and as a figure; both come back as they were written."""
    for kind in (UncertainDate, Quantity):
        try:
            value = kind(text)
        except LunarProgrammesError as error:
            str(error)
        else:
            if kind(str(value)) != value:
                raise OutOfBoundsError(f"{kind.__name__} {text!r}")


def check_folder(data: bytes, chosen: int) -> None:
    """Check a folder in which one file holds the bytes."""
    table = TABLES[chosen % len(TABLES)]
    files = {f"{table}.csv": b"id,name,locator\nchange-5,C,p. 1\n", "source.json": GOOD}
    place = ("source.json", "../decisions.csv", f"{table}.csv", f"{table}.csv")[chosen // 8 % 4]
    files[place] = data
    try:
        for name, content in files.items():
            (FOLDER / name).write_bytes(content)
        report = check_seeds(SCRATCH / "seeds", today=TODAY)
        most = 300 + 4 * (data.count(b",") + data.count(b"\n") + data.count(b"\r") + len(data))
        if len(report.problems) > most:
            raise OutOfBoundsError(f"{len(report.problems)} problems of {len(data)} bytes")
        others = sorted(REPORTERS)
        for name in {"text", others[len(data) % len(others)]}:
            shown = REPORTERS[name](report, View())
            shown.encode()
            if name == "text" and any(ord(c) < 32 and c != "\n" for c in shown):
                raise OutOfBoundsError("a control character reached the terminal")
    except LunarProgrammesError as error:
        str(error)
    finally:
        for name in files:
            (FOLDER / name).unlink(missing_ok=True)


def one_input(data: bytes) -> None:
    """Judge one input: its first byte says which file it is."""
    if not data:
        return
    read_values(data[1:200].decode("utf-8", "replace"))
    check_folder(data[1:], data[0])


def write_corpus(folder: Path) -> None:
    """Write the examples of the tests as first inputs, each for the file that it is."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(sorted((ROOT / "tests" / "examples").rglob("*.*"))):
        if not path.is_file() or path.suffix not in {".csv", ".json"} or path.is_symlink():
            continue
        first = 0
        if path.suffix == ".csv":
            first = 16 + (TABLES.index(path.stem) if path.stem in TABLES else 0)
        if path.name == "decisions.csv":
            first = 8
        raw = path.read_bytes()
        if len(raw) < 5_000:
            (folder / f"{number}-{path.name}").write_bytes(bytes([first]) + raw)


def main() -> None:
    corpus = SCRATCH / "corpus"
    write_corpus(corpus)
    atheris.Setup([*sys.argv, f"-artifact_prefix={SCRATCH}/", str(corpus)], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
