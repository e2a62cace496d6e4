"""X101: a cell that a spreadsheet would run."""

import re
from collections.abc import Iterator

from lunarprogrammes.check.problems import ERROR
from lunarprogrammes.check.rule import Remark, Rule
from lunarprogrammes.tables import Field

FORMULA = Rule(
    code="X101",
    name="formula",
    severity=ERROR,
    reason="Spreadsheets run a cell that begins with = + - or @ as a formula, which may send data "
    "away or start programs on the machine of whoever opens the file.",
    bad='=HYPERLINK("https://example.org","Chang\'e 5")',
    good="Chang'e 5",
)
RULES = (FORMULA,)

PRIORITY = 5

# In full width too: spreadsheets of East Asia read them as the plain signs.
_STARTS = "=+-@\uff1d\uff0b\uff0d\uff20"

_is_number = re.compile(r"-[0-9]+(\.[0-9]+)?(/-?[0-9]+(\.[0-9]+)?)?\??").fullmatch


def inspect(field: Field, text: str) -> Iterator[Remark]:  # noqa: ARG001
    """Look at the first character; negative numbers are no formulas."""
    if text[0] in _STARTS and not _is_number(text):
        yield Remark(
            FORMULA,
            f"The cell begins with {text[0]} and would be run as a formula.",
            "Expected text that begins with a letter, a figure or a quotation mark.",
            "Put it in other words.",
        )
