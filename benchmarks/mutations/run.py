"""Mutation test of the real data.

    python benchmarks/mutations/run.py --seed 1 --per-kind 25 [--only WORD] [--missed] [--no-oracle]

Takes the founding documents of `seeds/` (see `tests/founding.py`; with all 1,700 documents a check
takes seconds, and 4,500 mutants a working day), does one damage of each kind at random places,
checks the whole copy and prints, per kind: how many were found at all, how many at the right file
and line, what frictionless alone finds in the same files, and which rules found them. Then: every
rule that found nothing, and everything that frictionless rejects and the checker does not. The
damage is chosen by the seed: the same seed on the same seeds gives the same table.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests")]

from founding import cut  # noqa: E402
from lunarprogrammes.check import all_rules  # noqa: E402
from mutations import oracle  # noqa: E402
from mutations.corpus import Corpus, Link, Mutant  # noqa: E402
from mutations.kind import KINDS, Kind, all_kinds  # noqa: E402
from mutations.trial import Bench  # noqa: E402

GOAL = 0.99


@dataclass
class Tally:
    """What became of the mutants of one kind."""

    kind: str
    total: int = 0
    found: int = 0
    placed: int = 0
    asked: int = 0  # mutants with one damaged CSV file, of which frictionless can be asked
    rejected: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    problems: list[int] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    only_oracle: list[str] = field(default_factory=list)


def try_kind(name: str, seed: int, per_kind: int, with_oracle: bool) -> Tally:  # noqa: FBT001
    """Try all mutants of one kind in a copy of the seeds of their own."""
    all_kinds()
    kind, tally = KINDS[name], Tally(name)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus.read(cut(ROOT / "seeds", Path(folder) / "founding"))
        bench = Bench(corpus, Path(folder) / "seeds")
        for mutant in kind.mutants(corpus, per_kind, seed):
            bench.damage(mutant)
            try:
                _count(tally, bench, kind, mutant, with_oracle=with_oracle)
            finally:
                bench.restore(mutant)
    return tally


def _count(tally: Tally, bench: Bench, kind: Kind, mutant: Mutant, *, with_oracle: bool) -> None:
    finding = bench.judge(kind, mutant)
    tally.total += 1
    tally.found += finding.is_found
    tally.placed += finding.is_placed
    tally.problems.append(len(finding.problems))
    tally.codes.update({problem.code for problem in finding.placed})
    shown = "; ".join(f"{s.path}:{','.join(map(str, sorted(s.lines)[:3]))}" for s in mutant.spots)
    if not finding.is_placed:
        elsewhere = sorted({f"{p.code} {p.path}:{p.line}" for p in finding.problems})
        tally.missed.append(f"{shown} -> {', '.join(elsewhere[:3]) or 'nothing'}")
    path = mutant.spots[0].path
    content = mutant.files.get(path)
    if not with_oracle or not mutant.header or content is None or isinstance(content, Link):
        return
    if path.count("/") != 1:  # the decisions are no reading
        return
    tally.asked += 1
    rejections = oracle.rejections(bench.root / path, Path(path).stem, mutant.header)
    tally.rejected += bool(rejections)
    if rejections and not finding.is_found:
        tally.only_oracle.append(f"{shown}: {rejections[0][0]}")


def main() -> int:
    parser = argparse.ArgumentParser(description="Mutation test of the real data.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-kind", type=int, default=25)
    parser.add_argument("--only", default="", help="only kinds whose name or family holds this")
    parser.add_argument("--missed", action="store_true", help="show each mutant that was missed")
    parser.add_argument("--no-oracle", action="store_true", help="leave frictionless out")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    kinds = [k for k in all_kinds() if options.only in k.name or options.only == k.family]
    started = time.perf_counter()
    with ProcessPoolExecutor(options.processes) as pool:
        jobs = [
            pool.submit(try_kind, k.name, options.seed, options.per_kind, not options.no_oracle)
            for k in kinds
        ]
        tallies = [job.result() for job in jobs]
    _print(kinds, tallies, missed=options.missed)
    print(f"{time.perf_counter() - started:.0f} s, seed {options.seed}")
    failing = [t for k, t in zip(kinds, tallies, strict=True) if not k.reason and _is_short(t)]
    return 1 if failing or any(t.only_oracle for t in tallies) else 0


def _is_short(tally: Tally) -> bool:
    return tally.total == 0 or tally.placed < GOAL * tally.total


def _print(kinds: list[Kind], tallies: list[Tally], *, missed: bool) -> None:
    by_name = {tally.kind: tally for tally in tallies}
    for title, chosen in (
        ("What has to be found", [kind for kind in kinds if not kind.reason]),
        ("What cannot be found in principle", [kind for kind in kinds if kind.reason]),
    ):
        if chosen:
            _section(title, chosen, by_name, missed=missed)
    killing: Counter[str] = Counter()
    for tally in tallies:
        killing.update(tally.codes)
    idle = [rule.code for rule in all_rules() if rule.code not in killing]
    print(f"Rules that found no mutant: {', '.join(idle) or 'none'}.")
    counts = sorted(n for tally in tallies for n in tally.problems if n)
    if counts:
        tenth = counts[len(counts) * 9 // 10]
        print(f"Problems per found mutant: median {counts[len(counts) // 2]}, 90 % up to {tenth}.")
    only = [line for tally in tallies for line in tally.only_oracle]
    print(f"Rejected by frictionless and passed here: {len(only)}.")
    for line in only[:20]:
        print(f"    {line}")


def _section(title: str, kinds: list[Kind], by_name: dict[str, Tally], *, missed: bool) -> None:
    width = max(len(kind.name) for kind in kinds)
    print(f"\n{title}")
    print(f"{'':<{width}}  mutants  found  placed  frictionless  rules")
    for kind in kinds:
        tally = by_name[kind.name]
        other = f"{tally.rejected}/{tally.asked}" if tally.asked else "–"
        codes = " ".join(code for code, _ in tally.codes.most_common(4))
        short = " <" if not kind.reason and _is_short(tally) else ""
        print(
            f"{kind.name:<{width}}  {tally.total:7}  {tally.found:5}  {tally.placed:6}  "
            f"{other:>12}  {codes}{short}"
        )
        if missed:
            for line in tally.missed[:8]:
                print(f"    missed {line}")
    mutants = sum(by_name[kind.name].total for kind in kinds)
    found = sum(by_name[kind.name].found for kind in kinds)
    placed = sum(by_name[kind.name].placed for kind in kinds)
    asked = sum(by_name[kind.name].asked for kind in kinds)
    rejected = sum(by_name[kind.name].rejected for kind in kinds)
    print(
        f"{len(kinds)} kinds, {mutants} mutants: {found / mutants:.1%} found, "
        f"{placed / mutants:.1%} at the right file and line; "
        f"frictionless {rejected}/{asked} of those that are one CSV file"
    )


if __name__ == "__main__":
    raise SystemExit(main())
