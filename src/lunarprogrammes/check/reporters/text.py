"""A report as text for people: place, code and words, the line with a caret, and what to do."""

import textwrap
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lunarprogrammes.check.problems import ERROR, Problem, Report
from lunarprogrammes.check.reporters import View

# Of more than so many problems of one rule in one column, the first few stand for all.
MOST_ALIKE = 20
SHOWN_ALIKE = 3
MOST_WORDS = 600  # characters of one sentence; a cell may have 32,768
_INDENT = "    "
_COLOURS = {"error": "\x1b[31m", "warning": "\x1b[33m", "faint": "\x1b[2m", "bold": "\x1b[1m"}


@dataclass(frozen=True)
class Style:
    """How wide the text may be, whether it is coloured, and what stands before each path."""

    width: int = 100
    colour: bool = False
    prefix: str = ""

    def paint(self, text: str, *colours: str) -> str:
        """Return the text in some colours, or as it is."""
        if not self.colour or not text:
            return text
        return "".join(_COLOURS[name] for name in colours) + text + "\x1b[0m"


def present(report: Report, view: View) -> str:
    """Return the report as text in the width and the colours of the view."""
    if view.is_quiet and not report.problems:
        return ""
    return render(report, width=view.width, colour=view.has_colour)


def render(
    report: Report, *, width: int = 100, colour: bool = False, prefix: str | None = None
) -> str:
    """Return the report as text that ends with a line feed.

    Paths are written after `prefix`, by default the folder that was checked, so that a terminal
    can open them. More than 20 problems of one rule in one column of a file are shown as 3 and a
    count.

    >>> print(render(Report.of([], root="seeds", files=1, rows=2, claims=3)), end="")
    No problems: 1 file, 2 rows, 3 claims.
    """
    root = report.root if prefix is None else prefix
    base = f"{root.rstrip('/')}/" if root not in {"", "."} else ""
    style = Style(max(width, 40), colour, base)
    blocks = [_block(problem, style) for problem in _shown(report)]
    for group in _groups(report).values():
        if len(group) > MOST_ALIKE:
            blocks.append(_rest(group[SHOWN_ALIKE:], style))
    return "\n".join([*blocks, _last_line(report, style)])


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.code, problem.path, problem.field


def _groups(report: Report) -> dict[tuple[str, str, str], list[Problem]]:
    groups: dict[tuple[str, str, str], list[Problem]] = defaultdict(list)
    for problem in report.problems:
        groups[_key(problem)].append(problem)
    return groups


def _shown(report: Report) -> Iterator[Problem]:
    groups = _groups(report)
    seen: Counter[tuple[str, str, str]] = Counter()
    for problem in report.problems:
        key = _key(problem)
        seen[key] += 1
        if len(groups[key]) <= MOST_ALIKE or seen[key] <= SHOWN_ALIKE:
            yield problem


def _block(problem: Problem, style: Style) -> str:
    place = f"{style.prefix}{visible(problem.path)}:{problem.line}:{problem.column}"
    code = style.paint(problem.code, problem.severity)
    note = "" if problem.severity == ERROR else f" ({problem.severity})"
    # Never wrapped: editors and pipelines read places line by line.
    head = f"{style.paint(place, 'bold')} {code}{note} "
    lines = [head + _short(problem.what), *_source(problem, style)]
    about = ", ".join(part for part in (problem.record, problem.field) if part)
    for words in (about if problem.record else "", problem.expected, problem.remedy):
        if words:
            lines.extend(_wrapped(words, style))
    return "\n".join(lines) + "\n"


def _short(words: str) -> str:
    return visible(words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS]}…")


def _wrapped(words: str, style: Style) -> list[str]:
    return textwrap.wrap(
        _short(words),
        style.width,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _source(problem: Problem, style: Style) -> Iterator[str]:
    """Yield the offending line, cut to the width around the caret, and the caret under it."""
    if not problem.source_line:
        return
    margin = f"{_INDENT}{problem.line} | "
    room = style.width - len(margin)
    before = visible(problem.source_line[: problem.column - 1])
    after = visible(problem.source_line[problem.column - 1 :])
    # What leads up to the caret may take two thirds of the line, what follows the rest.
    before = _last(before, room * 2 // 3)
    after = _first(after, room - columns(before))
    blank = f"{' ' * (len(margin) - 2)}| "
    yield style.paint(margin, "faint") + before + after
    caret = style.paint("^", problem.severity)
    yield style.paint(blank, "faint") + " " * columns(before) + caret


def _first(text: str, room: int) -> str:
    if columns(text) <= room:
        return text
    kept = ""
    for character in text:
        if columns(kept + character) >= room:
            break
        kept += character
    return kept + "…"


def _last(text: str, room: int) -> str:
    return text if columns(text) <= room else _first(text[::-1], room)[::-1]


def visible(text: str) -> str:
    r"""Return text in which what cannot be seen is named, such as <U+200B>.

    >>> visible("a\u200bb")
    'a<U+200B>b'
    """
    if text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() or character == "\u3000"
        else f"<U+{ord(character):04X}>"
        for character in text
    )


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for Chinese, none for accents.

    >>> columns("嫦娥 5")
    6
    """
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.combining(character)
        else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def _rest(group: list[Problem], style: Style) -> str:
    first = group[0]
    field = f" of {first.field}" if first.field else ""
    head = f"{style.prefix}{first.path} {first.code} {len(group)} more{field}, in lines"
    numbers = [str(problem.line) for problem in group]
    shown = ", ".join(numbers[:10]) + (", …" if len(numbers) > 10 else "")
    return f"{head} {shown}\n"


def counted(report: Report) -> str:
    """Return in one sentence how much was found and looked at.

    >>> counted(Report.of([], root="seeds", files=1, rows=2, claims=3))
    'No problems: 1 file, 2 rows, 3 claims.'
    """
    return _last_line(report, Style()).rstrip()


def _last_line(report: Report, style: Style) -> str:
    counts = ", ".join(
        _count(number, noun)
        for number, noun in (
            (report.files, "file"),
            (report.rows, "row"),
            (report.claims, "claim"),
        )
    )
    found = " and ".join(
        style.paint(_count(number, noun), noun)
        for number, noun in ((report.errors, "error"), (report.warnings, "warning"))
        if number
    )
    return f"{found or 'No problems'}{' in' if found else ':'} {counts}.\n"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
