"""A view of one table: iterate, index by id, filter, hand over to a data frame.

Rows are kept as cell texts and become typed records when they are looked at, so that showing one
mission does not pay for parsing all.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import UnknownField, UnknownRecord
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import InvalidValue, Table, names_of_tables

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from lunarprogrammes.dataset import Dataset

R = TypeVar("R")
Condition = (
    str | int | bool | None | UncertainDate | Quantity | datetime.date | Callable[[Any], bool]
)


class View(Generic[R]):
    """The records of one table, or of a part of it, in the order of their ids.

    >>> import lunarprogrammes as lp
    >>> moon = lp.load()
    >>> moon.missions["change-5"].launch_date.on("2020-11-23")
    Answer.YES
    >>> len(moon.missions.where(programme="clep-phase-1"))
    2
    """

    def __init__(
        self, dataset: "Dataset", table: Table, rows: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._dataset = dataset
        self._rows = rows
        self.table = table

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the records; keys of several fields are joined by colons."""
        return tuple(self._rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of all fields, in order."""
        return tuple(self.table.fields)

    def rows(self) -> list[Mapping[str, str]]:
        """Return the rows as cell texts, as the CSV files hold them."""
        return list(self._rows.values())

    def row(self, record: str) -> Mapping[str, str]:
        """Return one record as cell texts; raise `UnknownRecord` with suggestions.

        A retired id is followed, with a `RetiredId` note; it is not `in` the view.
        """
        found = self._rows.get(record)
        if found is None:
            found = self._rows.get(self._current(record))
        if found is None:
            raise self._unknown(record)
        return found

    def items(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield id and cell texts of every record."""
        yield from self._rows.items()

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[R]:
        return (cast(R, self.table.make(row)) for row in self._rows.values())

    def __contains__(self, record: object) -> bool:
        return record in self._rows

    def __getitem__(self, record: str) -> R:
        return cast(R, self.table.make(self.row(record)))

    def get(self, record: str) -> R | None:
        """Return one record by its id, or None; a retired id is followed."""
        row = self._rows.get(record)
        if row is None:
            try:
                row = self._rows.get(self._current(record))
            except UnknownRecord:
                return None
        return None if row is None else cast(R, self.table.make(row))

    def where(self, **conditions: Condition) -> "View[R]":
        """Return the records that meet every condition.

        A text is compared with the cell; a reference to a record that has parts (a programme, a
        place) includes its parts. A date is met by dates that certainly fall within it. None asks
        for empty cells. A function receives the typed value of a filled cell.

        Raises `UnknownField` and `InvalidValue` with a suggestion.

        >>> import lunarprogrammes as lp
        >>> lp.load().missions.where(launch_date="2007", country="china").ids
        ('change-1',)
        """
        tests = [self._test(name, wanted) for name, wanted in conditions.items()]
        return self._with(
            {record: row for record, row in self._rows.items() if all(test(row) for test in tests)}
        )

    def at(self, date: str | datetime.date | UncertainDate, *, possibly: bool = False) -> "View[R]":
        """Return what was the case on a day, as this edition knows it; see `Dataset.at`."""
        then = self._dataset.at(date, possibly=possibly).table(self.table.name)
        return self._with({key: then.row(key) for key in then.ids if key in self})

    def to_pandas(self) -> "pandas.DataFrame":
        """Return a pandas data frame: dates and figures as text, with `_lower` and `_upper` beside.

        Needs the extra `pandas`.
        """
        from lunarprogrammes.export.frames import to_pandas

        return to_pandas(self)

    def to_polars(self) -> "polars.DataFrame":
        """Return a polars data frame, like `to_pandas`. Needs the extra `polars`."""
        from lunarprogrammes.export.frames import to_polars

        return to_polars(self)

    def to_arrow(self) -> "pyarrow.Table":
        """Return an Arrow table, units and meanings in its metadata. Needs the extra `arrow`."""
        from lunarprogrammes.export.frames import to_arrow

        return to_arrow(self)

    def __repr__(self) -> str:
        return f"<{len(self)} {self.table.name}: {_listed(self.ids)}>"

    def _repr_html_(self) -> str:
        from lunarprogrammes.render import html_table

        return html_table(self)

    def _with(self, rows: Mapping[str, Mapping[str, str]]) -> "View[R]":
        return View(self._dataset, self.table, rows)

    def _current(self, record: str) -> str:
        """Return the id to which a retired one leads; what exports add to the tables has none."""
        is_table = self.table.name in names_of_tables()
        return self._dataset.current(self.table.name, record) if is_table else record

    def _unknown(self, record: object) -> UnknownRecord:
        from lunarprogrammes.find import closest

        close = closest(self._rows, str(record))
        return UnknownRecord(
            f"There is no record '{record}' in {self.table.name}.",
            remedy=f"Did you mean {' or '.join(close)}?"
            if close
            else f"`lunarprogrammes find {record}` searches all names.",
        )

    def _test(self, name: str, wanted: Condition) -> Callable[[Mapping[str, str]], bool]:
        field = self.table.fields.get(name)
        if field is None:
            from lunarprogrammes.find import closest

            close = closest(self.table.fields, name)
            raise UnknownField(
                f"{self.table.name} has no field '{name}'.",
                expected=f"Its fields are {', '.join(self.table.fields)}.",
                remedy=f"Did you mean {' or '.join(close)}?" if close else "",
            )
        if wanted is None:
            return lambda row: not row[name]
        if callable(wanted):
            asked = wanted
            return lambda row: bool(row[name]) and asked(field.parse(row[name]))
        if field.kind == "date":
            day = wanted if isinstance(wanted, UncertainDate) else UncertainDate(str(wanted))
            return lambda row: bool(row[name]) and _falls_within(UncertainDate(row[name]), day)
        text = field.text(wanted) if isinstance(wanted, bool) else str(wanted)
        if field.kind == "list":
            return lambda row: text in row[name].split(";")
        if field.references:
            return self._reference_test(name, text, field.references[0])
        if field.kind in {"term", "boolean", "integer"}:
            try:
                field.parse(text)
            except InvalidValue as error:
                error.record = f"{self.table.name}.{name}"
                raise
        return lambda row: row[name] == text

    def _reference_test(
        self, name: str, wanted: str, table: str
    ) -> Callable[[Mapping[str, str]], bool]:
        if wanted not in self._dataset.table(table):
            wanted = self._dataset.current(table, wanted)
            self._dataset.table(table).row(wanted)
        accepted = self._dataset.with_parts(table, wanted)
        return lambda row: row[name] in accepted


def _falls_within(date: UncertainDate, day: UncertainDate) -> bool:
    if not (date.is_known and day.is_known):
        return date.is_known is day.is_known
    after = day.lower is None or (date.lower is not None and day.lower <= date.lower)
    return after and (day.upper is None or (date.upper is not None and date.upper <= day.upper))


def _listed(ids: Iterable[str], limit: int = 4) -> str:
    shown = list(ids)
    more = f", and {len(shown) - limit} more" if len(shown) > limit else ""
    return ", ".join(shown[:limit]) + more
