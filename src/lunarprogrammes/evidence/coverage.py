"""Which claims were taken from each part of a document that was read whole, or why none.

`seeds/coverage.csv` names the parts by hand, with their lines in the text that was read and the
reason where a part gives no claim. The column `claims` is filled from the readings, by locator.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from lunarprogrammes.evidence.claims import Claim

COLUMNS = ("source", "part", "lines", "claims", "reason")


def read_coverage(path: Path) -> list[dict[str, str]]:
    """Return the rows of a coverage file; none where there is no file."""
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def filled(rows: Iterable[Mapping[str, str]], claims: Iterable[Claim]) -> list[dict[str, str]]:
    """Return the rows with the ids of the claims that each part gave, separated by spaces.

    >>> claim = Claim.of("people", "ye-peijian", "name", "Ye Peijian", "report", "fn. 4")
    >>> row = {"source": "report", "part": "fn. 4", "lines": "1-2", "claims": "", "reason": ""}
    >>> filled([row], [claim])[0]["claims"] == claim.id
    True
    """
    of_part: dict[tuple[str, str], list[str]] = {}
    for claim in claims:
        of_part.setdefault((claim.source, claim.locator), []).append(claim.id)
    return [
        {**row, "claims": " ".join(of_part.get((row["source"], row["part"]), []))} for row in rows
    ]


def lines_of(row: Mapping[str, str]) -> list[int]:
    """Return the line numbers that a part covers: `62-66 69-72` gives nine.

    >>> len(lines_of({"lines": "62-66 69-72"}))
    9
    """
    numbers: list[int] = []
    for span in row["lines"].split():
        first, _, last = span.partition("-")
        numbers.extend(range(int(first), int(last or first) + 1))
    return numbers
