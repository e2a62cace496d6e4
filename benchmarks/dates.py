"""Uncertain dates read per second, one core, distinct texts of mixed kinds; beside `edtf`.

    python benchmarks/dates.py

Prints the best of five runs: reading alone, and reading with both bounds.
"""

import itertools
import random
import time
from collections.abc import Callable, Iterable

from lunarprogrammes.dates import UncertainDate

COUNT = 200_000


def texts(count: int, seed: int = 2026) -> list[str]:
    """Draw distinct texts: days half, then months, times, qualifiers, intervals, codes."""
    draw = random.Random(seed)

    def day() -> str:
        return f"{draw.randint(1000, 9997)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"

    kinds: list[Callable[[], str]] = [
        *[day] * 5,
        lambda: day()[:7],
        lambda: f"{day()}T{draw.randint(0, 23):02}:{draw.randint(0, 59):02}Z",
        lambda: day() + draw.choice("~?%"),
        lambda: f"{day()}/{9998}",
        lambda: f"{day()[:7]}/{draw.choice(['..', '9998~'])}",
        lambda: f"{day()[:4]}-{draw.choice([21, 22, 23, 24, 33, 36, 37, 39, 40, 41])}",
        lambda: f"{day()[:7]}-XX",
    ]
    found: dict[str, None] = {}
    for kind in itertools.cycle(kinds):
        found[kind()] = None
        if len(found) == count:
            return list(found)
    raise AssertionError("an endless cycle has ended")


def per_second(read: Callable[[str], object], sample: Iterable[str], runs: int = 5) -> float:
    """Give texts read per second in the best run."""
    sample = list(sample)
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        for text in sample:
            read(text)
        best = min(best, time.perf_counter() - start)
    return len(sample) / best


def _with_bounds(text: str) -> tuple[object, object]:
    date = UncertainDate(text)
    return date.lower, date.upper


def main() -> None:
    """Print one line per reader."""
    sample = texts(COUNT)
    print(f"{COUNT:,} distinct texts, best of 5 runs, texts per second")
    print(f"  lunarprogrammes             {per_second(UncertainDate, sample):>12,.0f}")
    print(f"  lunarprogrammes with bounds {per_second(_with_bounds, sample):>12,.0f}")
    try:
        from edtf import parse_edtf
    except ImportError:
        print("  edtf is not installed")
        return
    # Minutes are our extension, which edtf would refuse.
    shared = [text for text in sample[:600] if "T" not in text]
    print(f"  edtf ({len(shared)} texts)            {per_second(parse_edtf, shared, 1):>12,.0f}")


if __name__ == "__main__":
    main()
