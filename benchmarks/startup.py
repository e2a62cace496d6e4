"""What a cold start costs: the bare interpreter, pydantic, the package, and the read commands.

Run it with the interpreter in which the package is installed:

    python benchmarks/startup.py [runs]

Prints the median, least and greatest wall time of each in milliseconds, in turn within one run so
that a noisy machine disturbs all alike. `PYTHONDONTWRITEBYTECODE` is taken out of the environment:
with it, an editable install compiles every module anew.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUN = [str(Path(sys.executable).with_name("lunarprogrammes"))]
COMMANDS = {
    "bare interpreter": [sys.executable, "-c", "pass"],
    "import pydantic": [sys.executable, "-c", "import pydantic; pydantic.BaseModel"],
    "import lunarprogrammes": [sys.executable, "-c", "import lunarprogrammes"],
    "import and load": [sys.executable, "-c", "import lunarprogrammes; lunarprogrammes.load()"],
    "show missions change-5": [*RUN, "show", "missions", "change-5"],
    "why missions queqiao-2 launch_date": [*RUN, "why", "missions", "queqiao-2", "launch_date"],
    "find 嫦娥": [*RUN, "find", "嫦娥"],
}


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(runs + 1):
        for name, command in COMMANDS.items():
            started = time.perf_counter()
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
            # The first turn writes the byte code and warms the disk: it does not count.
            if turn:
                times[name].append((time.perf_counter() - started) * 1000)
    width = max(map(len, COMMANDS))
    print(f"{'':<{width}}  median   least  greatest  (ms, {runs} runs)")
    for name, found in times.items():
        middle, least, most = statistics.median(found), min(found), max(found)
        print(f"{name:<{width}}  {middle:6.1f}  {least:6.1f}  {most:8.1f}")
    with tempfile.TemporaryDirectory() as folder:
        # A copy, so that timing rewrites nothing of the checkout.
        shutil.copytree(ROOT / "seeds", Path(folder) / "seeds")
        where = ["--seeds", "seeds", "--datasets", "datasets", "--schemas", "schemas"]
        build = [*RUN, "build", *where]
        for name, command in {"check": [*RUN, "check"], "build and check": build}.items():
            started = time.perf_counter()
            subprocess.run(
                command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, check=True
            )
            print(f"{name:<{width}}  {(time.perf_counter() - started) * 1000:6.0f}  (once)")


if __name__ == "__main__":
    main()
