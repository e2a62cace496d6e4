"""A trial: a mutant put into a copy of the seeds, checked, and taken out again."""

import datetime
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lunarprogrammes.check import Problem, check_seeds
from mutations.corpus import Content, Corpus, Link, Mutant, Spot
from mutations.kind import Kind

TODAY = datetime.date(2026, 11, 22)  # the day on which the seeds were read


@dataclass(frozen=True)
class Finding:
    """What the checker said of one mutant that it does not say of the seeds themselves."""

    problems: tuple[Problem, ...]
    placed: tuple[Problem, ...]  # those that stand where the damage was done

    @property
    def is_found(self) -> bool:
        return bool(self.problems)

    @property
    def is_placed(self) -> bool:
        return bool(self.placed)


class Bench:
    """A copy of the seeds on disk that is damaged, checked and restored."""

    def __init__(self, corpus: Corpus, folder: Path) -> None:
        self.corpus, self.root = corpus, folder
        for path, content in corpus.files.items():
            self._put(path, content)
        # Warnings on the seeds themselves are no merit of the mutants.
        self._known = {_identity(problem) for problem in self._check()}

    def _check(self) -> Iterable[Problem]:
        return check_seeds(self.root, today=TODAY).problems

    def _put(self, path: str, content: Content) -> None:
        file = self.root / path
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)
        elif file.is_symlink() or file.exists():
            file.unlink()
        if isinstance(content, Link):
            file.symlink_to(content.target)
        elif content is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def damage(self, mutant: Mutant) -> None:
        """Put a mutant into the copy."""
        for path, content in mutant.files.items():
            self._put(path, content)

    def restore(self, mutant: Mutant) -> None:
        """Take a mutant out of the copy."""
        for path in mutant.files:
            self._put(path, self.corpus.files.get(path))
            folder = path.partition("/")[0]
            if not any(known.startswith(f"{folder}/") for known in self.corpus.files):
                shutil.rmtree(self.root / folder, ignore_errors=True)

    def judge(self, kind: Kind, mutant: Mutant) -> Finding:
        """Check the copy with the mutant in it."""
        new = [problem for problem in self._check() if _identity(problem) not in self._known]
        placed = [problem for problem in new if _is_placed(kind, mutant, problem)]
        return Finding(tuple(new), tuple(placed))


def _identity(problem: Problem) -> tuple[str, str, str, str]:
    return problem.code, problem.path, problem.record, problem.what


def _is_placed(kind: Kind, mutant: Mutant, problem: Problem) -> bool:
    words = f"{problem.what} {problem.expected} {problem.remedy}".rstrip(".") + "."
    return any(
        spot.holds(problem.path, problem.line) or (kind.relation and _names(spot, problem, words))
        for spot in mutant.spots
    )


def _names(spot: Spot, problem: Problem, words: str) -> bool:
    return spot.is_named_in(words) or (
        problem.path == spot.path and any(f"line {line}." in words for line in spot.lines)
    )
