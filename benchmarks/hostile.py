"""A hostile contribution must be refused clearly, in under 2 seconds and under 500 MB.

    python benchmarks/hostile.py [name …]

Builds each case of `hostile_cases.py` in a scratch folder, checks it in a process of its own whose
memory is limited by the operating system, and prints wall time with start-up, peak memory, exit
code and the first words of the report.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from hostile_cases import CASES, contribution

MOST_SECONDS, MOST_BYTES = 2.0, 500 * 2**20

# Checks a folder with whatever `lunarprogrammes` is installed, and tells its own peak memory.
_PROGRAM = """
import resource, sys
from lunarprogrammes.cli import main
code = main(["check", sys.argv[1]])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"{code} {peak}", file=sys.stderr)
"""


def _limit() -> None:
    # Somewhat above the aim, so that too much is measured and not merely refused.
    resource.setrlimit(resource.RLIMIT_AS, (4 * MOST_BYTES, 4 * MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))


def measured(name: str) -> tuple[float, int, int | None, str]:
    """Return seconds, peak bytes, exit code and first line of the report of one case."""
    with tempfile.TemporaryDirectory() as scratch:
        seeds = contribution(Path(scratch) / "x", name)
        started = time.perf_counter()
        try:
            done = subprocess.run(
                [sys.executable, "-c", _PROGRAM, str(seeds)],
                preexec_fn=_limit,
                capture_output=True,
                timeout=60,
                check=False,
                text=True,
                errors="replace",
            )
        except subprocess.TimeoutExpired:
            return 60.0, 0, None, "no end in 60 s"
        seconds = time.perf_counter() - started
        for path in Path(scratch).rglob("*"):
            if not path.is_symlink():
                path.chmod(0o700)
    last = done.stderr.strip().split("\n")[-1].split()
    if len(last) != 2 or not all(word.isdigit() for word in last):
        return seconds, 0, None, done.stderr.strip()[-200:].replace("\n", " | ")
    shown = done.stdout.replace(str(seeds), "").strip().split("\n")[0]
    return seconds, int(last[1]) * 1024, int(last[0]), shown


def main() -> int:
    chosen = [name for name in CASES if not sys.argv[1:] or name in sys.argv[1:]]
    width = max(map(len, chosen))
    bad = []
    for name in chosen:
        seconds, peak, code, shown = measured(name)
        late = seconds > MOST_SECONDS or peak > MOST_BYTES or code not in {1, 2}
        bad.extend([name] if late else [])
        mark = "!" if late else " "
        memory = f"{peak / 2**20:5.0f} MB"
        print(
            f"{mark} {name:<{width}}  {seconds:5.2f} s  {memory}  {code}  {shown[:90]}", flush=True
        )
    print(f"{len(chosen)} cases, {len(bad)} over 2 s or 500 MB or without a clear error")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
