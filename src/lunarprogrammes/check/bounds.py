"""How many problems are listed: of a fault that fills a whole column, a thousand and a count.

A file of another kind must fill neither the memory nor the minutes with its problems.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lunarprogrammes.check.problems import Problem

# So many problems of one rule on one column of a file are listed; the others are counted.
MOST_ALIKE = 1_000
# After so many problems one rule looks no further.
MOST_OF_RULE = 20_000


class Tally:
    """The problems of one rule or one file, each fault of a column up to a limit."""

    def __init__(self) -> None:
        self._numbers: Counter[tuple[str, ...]] = Counter()
        self._listed: dict[tuple[str, ...], list[Problem]] = defaultdict(list)
        self.unseen: Counter[str] = Counter()

    def admits(self, *key: str) -> bool:
        """Count one more problem of a key; say whether it is to be listed."""
        self._numbers[key] += 1
        return self._numbers[key] <= MOST_ALIKE

    def add(self, problem: Problem, *key: str) -> None:
        """List a problem."""
        self._listed[key].append(problem)

    def told(self) -> Iterator[Problem]:
        """Yield what is listed; the last of its kind says how many more there are."""
        unseen = dict(self.unseen)
        for key, problems in self._listed.items():
            *before, last = problems
            more = self._numbers[key] - len(problems)
            words = f" {more:,} more cells of the column have the same fault." if more > 0 else ""
            if not_seen := unseen.pop(last.field, 0):
                words += f" {not_seen:,} more cells of the column were not looked at."
            yield from before
            yield replace(last, what=f"{last.what}{words}") if words else last


def bounded(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems of one rule, of each fault of a column up to a limit."""
    tally = Tally()
    for number, problem in enumerate(problems, 1):
        key = problem.path, problem.field, problem.code
        if number == MOST_OF_RULE:
            more = "Further problems of this kind are not looked for."
            tally.add(replace(problem, what=f"{problem.what} {more}"), *key, more)
            break
        if tally.admits(*key):
            tally.add(problem, *key)
    yield from tally.told()
