"""`build`: seeds to datasets and schemas."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lunarprogrammes.build import build
from lunarprogrammes.errors import LunarProgrammesError

SUMMARY = "Build datasets/ and schemas/ from seeds/; nothing is written if the check finds errors."
_SECONDS_BEFORE_PROGRESS = 1.0


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument(
        "--seeds", type=Path, default=Path("seeds"), metavar="PATH", help="default: seeds"
    )
    parser.add_argument(
        "--datasets", type=Path, default=Path("datasets"), metavar="PATH", help="default: datasets"
    )
    parser.add_argument(
        "--docs",
        metavar="PATH",
        help="where the generated pages go; default: the folder docs beside the seeds, if any",
    )
    parser.add_argument(
        "--schemas", type=Path, default=Path("schemas"), metavar="PATH", help="default: schemas"
    )
    parser.add_argument(
        "--released",
        type=Path,
        metavar="PATH",
        help="what was released last; default: editions/released.json beside the seeds, if any",
    )
    parser.add_argument(
        "--jobs",
        type=int,
        default=1,
        metavar="N",
        help="worker processes; with 2 the check runs beside the rest; 0 for one per processor; "
        "default: %(default)s",
    )


def run(arguments: argparse.Namespace) -> int:
    """Build and say what was built."""
    # Beside the seeds, not in the working directory: another's seeds must not write our pages.
    beside = arguments.seeds.resolve().parent
    ours = beside / "docs" if (beside / "docs").is_dir() else None
    docs = Path(arguments.docs) if arguments.docs else ours
    released = arguments.released or beside / "editions" / "released.json"
    built = build(
        arguments.seeds,
        arguments.datasets,
        arguments.schemas,
        docs,
        released=released,
        jobs=number_of_jobs(arguments.jobs),
        progress=reporter(time.monotonic()),
    )
    print(
        f"Edition {built.edition}: {built.counts['claims']:,} claims of {built.counts['sources']} "
        f"sources on {built.counts['missions']} missions, in {len(built.files)} files."
    )
    if not released.exists():
        print("Nothing has been released yet, so that any version is large enough.")
    return 0


def number_of_jobs(wanted: int) -> int:
    """Return how many processes are meant; raise `LunarProgrammesError` for less than none."""
    if wanted < 0:
        raise LunarProgrammesError(
            f"{wanted} jobs cannot be done.",
            expected="Expected 1 or more, or 0 for all processors.",
        )
    return wanted or os.cpu_count() or 1


def reporter(started: float) -> Callable[[str], None]:
    """Return a progress reporter that speaks on a terminal at once, elsewhere after a second."""

    def report(step: str) -> None:
        if sys.stderr.isatty() or time.monotonic() - started > _SECONDS_BEFORE_PROGRESS:
            print(f"{step} …", file=sys.stderr)

    return report
