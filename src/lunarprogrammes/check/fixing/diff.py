"""The difference that repairs would make, as a unified diff, and as a summary in words."""

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator

from lunarprogrammes.check.fixing.plan import Change
from lunarprogrammes.check.reporters.text import visible

# The usual search for what stayed takes quadratic time; a long file gets one large block instead.
MOST_LINES = 20_000
_CONTEXT = 3
_COLOURS = {"-": "\x1b[31m", "+": "\x1b[32m", "@": "\x1b[36m"}


def unified(changes: Iterable[Change], *, for_terminal: bool = False) -> str:
    """Return one unified diff of all changes, which `patch` can apply.

    For a terminal it is coloured, and characters that cannot be seen are named: what stands in a
    contribution may not command the terminal.
    """
    lines = (line for change in changes for line in _of_change(change))
    if not for_terminal:
        return "".join(lines)
    return "".join(_painted(line) for line in lines)


def _of_change(change: Change) -> Iterator[str]:
    before, after = _lines(change.before), _lines(change.after)
    name = change.path.as_posix()
    if len(before) + len(after) > MOST_LINES:
        found = _one_block(before, after, name)
    else:
        found = difflib.unified_diff(before, after, name, name, n=_CONTEXT)
    for line in found:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(raw: bytes) -> list[str]:
    """Split at line feeds alone: other characters that end lines for Python end none here."""
    text = raw.decode("utf-8")
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, last] if last else lines


def _one_block(before: list[str], after: list[str], name: str) -> Iterator[str]:
    least = min(len(before), len(after))
    head = next((at for at in range(least) if before[at] != after[at]), least)
    same = range(least - head)
    tail = next((at for at in same if before[-1 - at] != after[-1 - at]), least - head)
    start = max(head - _CONTEXT, 0)
    end = max(tail - _CONTEXT, 0)
    yield f"--- {name}\n"
    yield f"+++ {name}\n"
    sizes = (len(before) - end - start, len(after) - end - start)
    yield f"@@ -{start + 1},{sizes[0]} +{start + 1},{sizes[1]} @@\n"
    yield from (f" {line}" for line in before[start:head])
    yield from (f"-{line}" for line in before[head : len(before) - tail])
    yield from (f"+{line}" for line in after[head : len(after) - tail])
    yield from (f" {line}" for line in before[len(before) - tail : len(before) - end])


def _painted(line: str) -> str:
    text = visible(line.rstrip("\n"))
    colour = "" if line.startswith(("---", "+++")) else _COLOURS.get(line[0], "")
    return f"{colour}{text}\x1b[0m\n" if colour else f"{text}\n"


def summary(changes: Iterable[Change]) -> str:
    """Say what was repaired, one line for each file."""
    return "".join(
        f"{visible(change.path.as_posix())}: {_said(change.done)}\n" for change in changes
    )


def _said(done: Counter[str]) -> str:
    return ", ".join(
        f"{words} ({count:,})" if count > 1 else words for words, count in sorted(done.items())
    )
