"""One certain repair of one cell, as a plain value."""

from typing import NamedTuple


class Correction(NamedTuple):
    """The text of a cell as it stands in a file, where it stands, and what to put there.

    `line` and the columns count characters from 1; `end` is the column after the last character.
    `codes` are the rules that the old text broke.
    """

    path: str
    line: int
    column: int
    end: int
    before: str
    after: str
    codes: tuple[str, ...]
