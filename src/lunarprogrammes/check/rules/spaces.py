"""S103 to S105: spaces and line breaks out of place, and text that was decoded wrongly."""

import re
from collections.abc import Iterator

from lunarprogrammes.check.problems import ERROR
from lunarprogrammes.check.rule import Remark, Rule
from lunarprogrammes.tables import Field

SPACES = Rule(
    code="S103",
    name="spaces",
    severity=ERROR,
    reason="Spaces at the edge of a cell, two in a row and kinds of space that only look like one "
    "make equal texts different, and nobody sees why.",
    bad='change-5,"Chang\'e  5 "',
    good="change-5,Chang'e 5",
)
LINE_BREAK = Rule(
    code="S104",
    name="line-break",
    severity=ERROR,
    reason="A row is a line, so that every tool can count, compare and cut the file. A line break "
    "inside a cell is mostly a quotation mark that was never closed.",
    bad="a summary in two lines",
    good="the same summary in one line",
)
MOJIBAKE = Rule(
    code="S105",
    name="garbled-text",
    severity=ERROR,
    reason="Text saved in one encoding and read in another shows letters that nobody wrote.",
    bad="Mons RÃ¼mker",
    good="Mons Rümker",
)
RULES = (SPACES, LINE_BREAK, MOJIBAKE)

PRIORITY = 20

_odd_space = re.compile("^ | $|  |[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]").search


def inspect(field: Field, text: str) -> Iterator[Remark]:  # noqa: ARG001
    """Look for white space out of place and for letters that come in the pairs of bad decoding."""
    break_at = next((at for at, character in enumerate(text) if character in "\n\r"), None)
    if break_at is not None:
        yield Remark(
            LINE_BREAK,
            "The cell has a line break.",
            "Expected text on one line.",
            "Write it on one line, and see whether a quotation mark is missing.",
        )
    elif found := _odd_space(text):
        yield _spaces(text, found.start(), found.group())
    elif not text.isascii() and (meant := _decoded(text)):
        yield Remark(MOJIBAKE, f"'{text}' was decoded wrongly.", "", meant)


def _spaces(text: str, at: int, found: str) -> Remark:
    good = " ".join(text.split())
    if not good:
        return Remark(
            SPACES, "The cell holds nothing but spaces.", "", "Leave it empty or fill it."
        )
    if at == 0 or at + len(found) == len(text):
        what = "The cell has a space at its edge."
    elif found == "  ":
        what = "The cell has two spaces in a row."
    else:
        what = "The cell has a space of another kind than the plain one."
    return Remark(SPACES, what, "Expected single plain spaces.", f"Did you mean {good}?", at)


def _decoded(text: str) -> str:
    """Return what to do about text that was decoded wrongly, or an empty text."""
    if "\ufffd" in text:
        return "Look up the letters that were lost and write them again."
    try:
        meant = text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return ""
    return f"Did you mean {meant}?"
