"""What the mutation tests share: a part of the real seeds, damaged as `benchmarks/mutations` does.

Six of the founding sources without the long report, and of the editors what these speak of, so that
a check takes a fifth of the time. The kinds that need more are tried by the benchmark.
"""

import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from mutations import oracle  # noqa: E402
from mutations.corpus import Corpus, Link, Mutant  # noqa: E402
from mutations.kind import Kind, all_kinds  # noqa: E402
from mutations.trial import Bench, Finding  # noqa: E402

from founding import FOLDERS, cut  # noqa: E402

SEED = 20261122
LONG = "unnamed-2024-prc-cislunar-report"
_scratch = tempfile.TemporaryDirectory()


@cache
def corpus() -> Corpus:
    folders = tuple(name for name in FOLDERS if name != LONG)
    part = Corpus.read(cut(ROOT / "seeds", Path(_scratch.name) / "part", folders))
    return Corpus({path: content for path, content in part.files.items() if "/" in path})


@cache
def bench() -> Bench:
    return Bench(corpus(), Path(_scratch.name) / "seeds")


KINDS = all_kinds()
TO_BE_FOUND = [kind for kind in KINDS if not kind.reason]


@cache
def trials(kind: Kind, count: int = 1) -> list[tuple[Mutant, Finding, list[str]]]:
    """Return mutants of a kind, what the checker finds in each, and what frictionless rejects."""
    tried = []
    for mutant in mutants_of(kind, count):
        bench().damage(mutant)
        try:
            tried.append((mutant, bench().judge(kind, mutant), _rejections(mutant)))
        finally:
            bench().restore(mutant)
    return tried


def mutants_of(kind: Kind, count: int) -> list[Mutant]:
    try:
        return kind.mutants(corpus(), count, SEED)
    except KeyError:  # no decisions and no coverage in this part
        return []


def _rejections(mutant: Mutant) -> list[str]:
    path = mutant.spots[0].path
    content = mutant.files.get(path)
    if not mutant.header or content is None or isinstance(content, Link) or path.count("/") != 1:
        return []
    found = oracle.rejections(bench().root / path, Path(path).stem, mutant.header)
    return [kind for kind, _ in found]
