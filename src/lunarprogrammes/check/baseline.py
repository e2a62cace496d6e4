"""Known problems that are passed over until a day: reading the list, applying it, writing it.

A problem is known by its code, path, record, field and words, not by its line: it stays known when
rows move. Each entry has a day on which it expires and says how many such problems are known, so
that one more of them is reported. An entry that has expired, or that nothing answers to any more,
is reported itself: a list of excuses must not outlive its reasons.
"""

import datetime
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from lunarprogrammes.check.problems import ERROR, Place, Problem, Report
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.errors import LunarProgrammesError

VERSION = 1
MAX_BYTES = 64 * 1024 * 1024

EXPIRED = Rule(
    code="B101",
    name="expired-entry",
    severity=ERROR,
    reason="A known problem is passed over until the day on which somebody meant to have repaired "
    "it. After that day it counts again.",
    bad='an entry with `"expires": "2026-10-01"` in November 2026',
    good="the problem repaired and the entry deleted, or a later day with a reason",
)
OUTLIVED = Rule(
    code="B102",
    name="outlived-entry",
    severity=ERROR,
    reason="An entry to which no problem answers would hide the same mistake when it is made "
    "again.",
    bad="an entry for a date that has been repaired",
    good="no such entry",
)
RULES = (EXPIRED, OUTLIVED)

_PARTS = ("code", "path", "record", "field", "what")
Identity = tuple[str, str, str, str, str]


class BaselineError(LunarProgrammesError):
    """A baseline that cannot be read."""

    code = "baseline"


def identity(problem: Problem) -> Identity:
    """Return that by which a problem is known again after its row has moved."""
    return problem.code, problem.path, problem.record, problem.field, problem.what


class Entry(NamedTuple):
    """So many problems of one identity, the day after which they count, and the entry's line."""

    identity: Identity
    times: int
    expires: datetime.date
    line: int

    @property
    def shown(self) -> str:
        """Which problem it is, in a few words."""
        code, path, record, field, _ = self.identity
        return ", ".join(part for part in (code, path, record, field) if part)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries of one file; `path` is as the user wrote it."""

    path: str
    entries: tuple[Entry, ...]
    lines: tuple[str, ...] = ()

    def of_report(
        self,
        report: Report,
        *,
        today: datetime.date | None,
        covers: Callable[[Entry], bool] = lambda entry: True,  # noqa: ARG005
    ) -> Report:
        """Return a report without the known problems, and with what is wrong with the entries.

        `covers` says of which entries this check can tell that nothing answers to them: those of
        the folders and rules that were asked for. Without a `today` nothing expires.
        """
        left: Counter[Identity] = Counter()
        for entry in self.entries:
            if today is None or entry.expires >= today:
                left[entry.identity] += entry.times
        kept = []
        for problem in report.problems:
            if left[identity(problem)] > 0:
                left[identity(problem)] -= 1
            else:
                kept.append(problem)
        own = list(self._own(report, today, covers))
        if not own:
            return replace(report, problems=tuple(kept))
        # The file of the baseline lies elsewhere: from here on every path is a whole one.
        whole = rebased(replace(report, problems=tuple(kept)))
        ordered = sorted((*whole.problems, *own), key=lambda problem: problem.sort_key)
        return replace(whole, problems=tuple(ordered))

    def _own(
        self, report: Report, today: datetime.date | None, covers: Callable[[Entry], bool]
    ) -> Iterator[Problem]:
        occurring = {identity(problem) for problem in report.problems}
        # In a file that cannot be read nothing occurs, and nothing has been repaired either.
        unread = {problem.path for problem in report.problems if problem.code.startswith("F")}
        for entry in self.entries:
            if not covers(entry):
                continue
            if entry.identity in occurring:
                if today is not None and entry.expires < today:
                    what = f"The entry for {entry.shown} expired on {entry.expires}."
                    remedy = "Repair the problem and delete the entry."
                    yield self._at(entry, EXPIRED, what, remedy)
            elif entry.identity[1] not in unread:
                what = f"No problem answers to the entry for {entry.shown}."
                yield self._at(entry, OUTLIVED, what, "Delete the entry.")

    def _at(self, entry: Entry, rule: Rule, what: str, remedy: str) -> Problem:
        text = self.lines[entry.line - 1] if 0 < entry.line <= len(self.lines) else ""
        _, _, record, field, _ = entry.identity
        place = Place(self.path, entry.line, 1, text)
        return rule.at(place, what, remedy=remedy, record=record, field=field)


def rebased(report: Report) -> Report:
    """Return a report whose paths begin where its root begins."""
    if report.root in {"", "."}:
        return replace(report, root="")
    base = report.root.rstrip("/")
    moved = (replace(one, path=f"{base}/{one.path}") for one in report.problems)
    return replace(report, root="", problems=tuple(moved))


def written(problems: Iterable[Problem], expires: datetime.date) -> str:
    """Return the text of a baseline that knows some problems until a day, one entry to a line.

    >>> print(written([], datetime.date(2027, 1, 1)), end="")
    {"version": 1, "entries": [
    ]}
    """
    known = Counter(identity(problem) for problem in problems)
    lines = []
    for one, count in sorted(known.items()):
        parts: dict[str, object] = dict(zip(_PARTS, one, strict=True))
        parts |= {"count": count, "expires": expires.isoformat()}
        line = json.dumps(parts, ensure_ascii=False)
        # A path may hold half a character, which no encoding admits.
        lines.append(line.encode("utf-8", "backslashreplace").decode("utf-8"))
    body = "".join(f"{line},\n" for line in lines[:-1]) + "".join(f"{one}\n" for one in lines[-1:])
    return f'{{"version": {VERSION}, "entries": [\n{body}]}}\n'


def read(path: Path) -> Baseline:
    """Read a baseline; raises `BaselineError` where it is none."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _error(path, "The file is too large for a baseline.")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise _error(path, f"The baseline cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise _error(path, "The baseline is not UTF-8.") from None
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        place = Path(f"{path}:{error.lineno}:{error.colno}")
        raise _error(place, "The baseline is not valid JSON.") from None
    except RecursionError:
        raise _error(path, "The baseline is nested too deeply.") from None
    entries = document.get("entries") if isinstance(document, dict) else None
    if not isinstance(entries, list) or document.get("version") != VERSION:
        raise _error(path, f"This is no baseline of version {VERSION}.")
    places = _lines_of_entries(text, len(entries))
    found = [_entry(path, one, line) for one, line in zip(entries, places, strict=True)]
    return Baseline(path.as_posix(), tuple(found), tuple(text.split("\n")))


def _lines_of_entries(text: str, count: int) -> list[int]:
    """Return the line on which each entry begins, or 1 for all where the entries come twice."""
    lists = list(re.finditer(r'"entries"\s*:\s*\[', text))
    if len(lists) != 1:
        return [1] * count
    decoder, lines, at, line, counted = json.JSONDecoder(), [], lists[0].end(), 1, 0
    for _ in range(count):
        while text[at] in " \t\r\n,":
            at += 1
        line, counted = line + text.count("\n", counted, at), at
        lines.append(line)
        at = decoder.raw_decode(text, at)[1]
    return lines


def _entry(path: Path, parts: Any, line: int) -> Entry:
    place = Path(f"{path}:{line}")
    if not isinstance(parts, dict) or not all(isinstance(parts.get(name), str) for name in _PARTS):
        raise _error(place, f"An entry is not an object with the texts {', '.join(_PARTS)}.")
    count = parts.get("count", 1)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise _error(place, "The count of an entry is not a whole number of 1 or more.")
    try:
        expires = day(str(parts.get("expires", "")))
    except BaselineError as error:
        raise _error(place, error.what) from None
    code, where, record, field, what = (parts[name] for name in _PARTS)
    return Entry((code, where, record, field, what), count, expires, line)


def day(text: str) -> datetime.date:
    """Read a day on which entries expire; raises `BaselineError` for anything but a day."""
    try:
        # Python reads 20270101 and 2027-W01-1 too, which people would misread.
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise BaselineError(
        f"'{text}' is no day on which an entry expires." if text else "No day of expiry is given.",
        expected="Expected a day such as 2027-01-31.",
    )


def _error(path: Path, what: str) -> BaselineError:
    remedy = "Write one with --write-baseline FILE --expires DATE."
    return BaselineError(what, place=path.as_posix(), remedy=remedy)
