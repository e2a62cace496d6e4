"""What every picture asks of a dataset: bounds of a date, the evidence for a cell, names.

Derives and decides nothing: the verdicts are those of `Dataset.why`.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import NoValue
from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.evidence.witnesses import EDITORS
from lunarprogrammes.resolve import CONTESTED, SUPERSEDED

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

_DESCRIBED = ("title", "author", "publisher", "issued", "url")
_NOT = {SUPERSEDED}


def bounds(text: str) -> dict[str, str | None]:
    """Return the first and the last day that a date may mean, None where it is open.

    >>> bounds("2026/..")
    {'lower': '2026-01-01', 'upper': None}
    """
    date = UncertainDate(text) if text else None
    ends = {"lower": date.lower, "upper": date.upper} if date else {"lower": None, "upper": None}
    return {side: day.isoformat() if day else None for side, day in ends.items()}


def is_point(text: str) -> bool:
    """Tell whether a date says a day or finer without reserve: all else is drawn as a range."""
    return UncertainDate(text).is_exact


def following(day: datetime.date) -> str:
    """Return the day after, where a bar that includes the day ends."""
    return (day + datetime.timedelta(days=1)).isoformat()


def evidence(moon: "Dataset", table: str, record: str, *fields: str) -> dict[str, Any]:
    """Return verdict and sources of the cells that are shown, or of the record's existence."""
    row = moon.table(table).row(record)
    shown = [name for name in fields if row[name]]
    verdicts: list[str] = []
    sources: dict[str, None] = {}
    for name in shown or [EXISTENCE]:
        try:
            found = moon.why(table, record, name)
        except NoValue:
            continue
        verdicts.append(found.verdict)
        for claim, standing in found.standings:
            if standing not in _NOT and claim.source != EDITORS:
                sources[claim.source] = None
    verdict = CONTESTED if CONTESTED in verdicts else next(iter(verdicts), "")
    return {"verdict": verdict, "sources": list(sources)}


def described(moon: "Dataset", rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """Return what is needed to cite the sources of rows, by their ids."""
    wanted = sorted({source for row in rows for source in row.get("sources", ())})
    table = moon.sources
    return {
        source: {name: table.row(source)[name] for name in _DESCRIBED if table.row(source)[name]}
        for source in wanted
        if source in table
    }


def name_of(moon: "Dataset", table: str, record: str) -> str:
    """Return the name of a record, its id where it has none."""
    view = moon.table(table)
    return (view.row(record).get("name") or record) if record in view else record


def today(moon: "Dataset") -> datetime.date:
    """Return the day from which the dataset is seen: that asked for, else that of the edition."""
    edition = datetime.date.fromisoformat(moon.edition.replace(".", "-"))
    seen = moon.perspective
    return min(day for day in (edition, seen.known_on, seen.at) if day)


def listed(words: Iterable[str]) -> str:
    """Return words as English lists them.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *first, last = [*words] or [""]
    return f"{', '.join(first)} and {last}" if first else last


def times(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun.

    >>> times(1, "mission"), times(2, "country", "countries")
    ('1 mission', '2 countries')
    """
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"
