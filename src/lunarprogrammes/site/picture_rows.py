"""The rows behind a picture as a table of its page, each linked to the records that have pages.

It owns which columns of the rows are shown, and how; the rows are those of the picture.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from lunarprogrammes.dataset import Dataset
from lunarprogrammes.export._markdown import escape, grid
from lunarprogrammes.plot import Picture
from lunarprogrammes.site.holdings import PAGED

Row = Mapping[str, Any]
# Sources named in a row; the JSON beside the picture has them all.
_NAMED = 3


class Pages:
    """The record pages of a site that is being written, as they lie below its folder."""

    def __init__(self, moon: Dataset, target: Path) -> None:
        self.moon = moon
        self._target = target

    @cached_property
    def _written(self) -> Mapping[str, frozenset[str]]:
        records = self._target / "records"
        return {
            table: frozenset(page.stem for page in (records / table).glob("*.md"))
            for table in PAGED
        }

    def link(self, table: str, record: str, text: str, up: str) -> str:
        """Return a record as a link, plain without a page; `up` leads to the folder of the site."""
        shown = _plain(text)
        if record not in self._written.get(table, ()):
            return shown
        return f"[{shown}]({up}records/{table}/{record}.md)"


Cell = Callable[[Row, Pages, str], str]


class _Column(NamedTuple):
    head: str
    cell: Cell


def _text(head: str, key: str) -> _Column:
    return _Column(head, lambda row, *_: _plain(row[key]))


def _exact(head: str, key: str) -> _Column:
    """Return a column of texts that stand as they were stated."""
    return _Column(head, lambda row, *_: f"`{row[key]}`" if row[key] else "")


def _record(head: str, key: str = "name") -> _Column:
    """Return a column that links the record of the row."""
    return _Column(
        head, lambda row, pages, up: pages.link(row["table"], row["record"], row[key], up)
    )


def _actor(head: str) -> _Column:
    return _Column(head, lambda row, pages, up: pages.link("actors", row["actor"], row["name"], up))


def _referred(head: str, key: str, table: str) -> _Column:
    """Return a column whose text names a record that the record of the row points at."""

    def cell(row: Row, pages: Pages, up: str) -> str:
        target = pages.moon.table(row["table"]).row(row["record"]).get(key, "")
        return pages.link(table, target, row[key], up)

    return _Column(head, cell)


def _sources(head: str = "Sources") -> _Column:
    def cell(row: Row, pages: Pages, up: str) -> str:
        sources = row["sources"]
        named = [pages.link("sources", source, source, up) for source in sources[:_NAMED]]
        more = len(sources) - len(named)
        return ", ".join(named) + (f" and {more} more" if more else "")

    return _Column(head, cell)


def _field(row: Row, _: Pages, up: str) -> str:
    """Return a field as a link to what the data dictionary says of it."""
    return f"[`{row['field']}`]({up}dictionary/{row['table']}.md#{row['field']})"


_VERDICT = _text("Verdict", "verdict")
_STATED = (_exact("Date", "date"), _VERDICT, _sources())
_COLUMNS: Mapping[str, Sequence[_Column]] = {
    "timeline": (
        _record("Mission"),
        _text("Lane", "lane"),
        _text("What became of it", "kind"),
        *_STATED,
    ),
    "moon-map": (
        _record("Craft"),
        _referred("Mission", "mission", "missions"),
        _text("Contact", "contact"),
        _exact("Date", "date"),
        _exact("Latitude", "latitude_deg"),
        _exact("Longitude", "longitude_deg"),
        _VERDICT,
        _sources(),
    ),
    "camps": (
        _actor("State"),
        _text("Camp", "camp"),
        _exact("Since", "since"),
        _VERDICT,
        _sources(),
    ),
    "camps-map": (
        _record("State"),
        _text("Kind", "kind"),
        _exact("Artemis Accords", "artemis"),
        _exact("ILRS", "ilrs"),
        _VERDICT,
        _sources(),
    ),
    "slips": (
        _record("Mission"),
        _exact("First said", "first_said"),
        _exact("for", "first_planned"),
        _exact("Last", "last"),
        _text("Moved", "moved"),
        _text("Days per year", "days_per_year"),
        _sources(),
    ),
    "phases": (
        _record("Mission"),
        _text("Phase or part", "phase"),
        _text("What became of it", "kind"),
        *_STATED,
    ),
    "partners": (
        _actor("Partner"),
        _referred("Programme", "programme", "programmes"),
        _text("Level", "level"),
        _text("Role", "role"),
        _text("Status", "status"),
        _VERDICT,
        _sources(),
    ),
    "coverage": (
        _text("Table", "table"),
        _Column("Field", _field),
        _text("Records", "records"),
        _text("Filled", "filled"),
        _text("Per cent", "filled_share"),
        _text("Two sources, per cent", "two_share"),
        _text("Contested, per cent", "contested_share"),
    ),
}
# A staircase, whose picture is named after its mission.
_STATEMENTS = (
    _exact("Said", "said"),
    _text("By", "by"),
    _text("Plan", "plan"),
    _exact("For", "planned"),
    _text("Moved", "moved"),
    _sources("Source"),
    _text("Where", "locator"),
)


def rows_block(picture: Picture, pages: Pages, up: str) -> str:
    """Return the rows of a picture as a table that is folded away until it is asked for."""
    columns = _COLUMNS.get(picture.name, _STATEMENTS)
    table = grid([column.head for column in columns], _cells(picture, columns, pages, up))
    indented = "".join(f"    {line}\n" for line in table.splitlines())
    return f'??? note "Data: {len(picture.rows)} rows"\n\n{indented}'


def _cells(
    picture: Picture, columns: Sequence[_Column], pages: Pages, up: str
) -> Iterator[list[str]]:
    for row in picture.rows:
        yield [column.cell(row, pages, up) for column in columns]


def _plain(value: object) -> str:
    """Return a value as a cell that reads as it is: one line, and no end of the cell within."""
    text = "" if value is None else " ".join(str(value).split())
    return escape(text).replace("|", "&#124;")
