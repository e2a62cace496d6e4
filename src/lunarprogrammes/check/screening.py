"""Texts of which it is known at a glance that no inspector has anything to say of them.

Most texts of a million cells are plain: a slug, a day, a sentence of ASCII letters. One expression
tells so in 0.3 µs, where asking the inspectors one by one takes 8. Only the inspectors named
here are passed over; every other one is asked for every text, so that a rule may be added without a
look at this module. That plain texts pass all inspectors is tested.
"""

import re
from collections.abc import Callable, Iterable

from lunarprogrammes.tables import Field

PASSED_OVER = frozenset(
    {"formulas", "invisible", "passing_addresses", "placeholders", "scripts", "source_address"}
    | {"spaces", "values"}
)
LONGEST_ID = 100

# Visible ASCII with single spaces between; the two signs are those that locators are made of.
_is_visible = re.compile("[A-Za-z0-9¶§(][!-~¶§]*(?: [!-~¶§]+)*").fullmatch
_has_figure = re.compile("[0-9]").search
_is_plain_day = re.compile(
    "[12][0-9]{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1[0-9]|2[0-8]))?)?"
).fullmatch
_is_plain_number = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?").fullmatch
_BY_PATTERN = {"id", "slug", "reference", "record", "code", "text"}


def doubtful(field: Field, texts: Iterable[str]) -> list[str]:
    """Return the texts of a field that are not plain."""
    is_plain = _glance(field)
    return [text for text in texts if not is_plain(text)] if is_plain else [*texts]


def _glance(field: Field) -> Callable[[str], object] | None:
    """Return a function that is true of plain texts of a field, or None where none is plain."""
    if field.kind in _BY_PATTERN:
        return _of_pattern(field.pattern) if field.pattern else _is_plain_text
    if field.kind == "date":
        return _is_plain_day
    if field.kind == "quantity":
        low = float("-inf") if field.minimum is None else field.minimum
        high = float("inf") if field.maximum is None else field.maximum
        return lambda text: _is_plain_number(text) and low <= float(text) <= high
    if field.kind == "term" and field.vocabulary:
        return field.vocabulary.terms.__contains__
    return {"true", "false"}.__contains__ if field.kind == "boolean" else None


def _is_plain_text(text: str) -> bool:
    # Short words without a figure may be put into a cell in place of nothing: n/a, TBD, unknown.
    return (len(text) > 16 or _has_figure(text) is not None) and _is_visible(text) is not None


def _of_pattern(pattern: str) -> Callable[[str], object]:
    matches = re.compile(pattern.replace("$", r"\Z")).match
    return lambda text: len(text) <= LONGEST_ID and matches(text) and _is_plain_text(text)
