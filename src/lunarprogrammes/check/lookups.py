"""Mappings whose values are made on demand: claims by field, cell and record; cleaned columns."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from lunarprogrammes.check.ledger import Ledger
from lunarprogrammes.evidence.claims import EXISTENCE, Claim


class ByField(Mapping[tuple[str, str], list[Claim]]):
    """The claims by table and field."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __getitem__(self, key: tuple[str, str]) -> list[Claim]:
        if claims := self._ledger.claims(*key):
            return claims
        raise KeyError(key)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for table, parts in self._ledger.parts.items():
            names = dict.fromkeys([EXISTENCE, *(name for part in parts for name in part.facts)])
            yield from ((table, name) for name in names if self._ledger.claims(table, name))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class ByCell(Mapping[tuple[str, str, str], list[Claim]]):
    """The claims by table, record and field."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __getitem__(self, cell: tuple[str, str, str]) -> list[Claim]:
        table, record, field = cell
        return self._ledger.cells(table, field)[record]

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        for table, field in ByField(self._ledger):
            yield from ((table, record, field) for record in self._ledger.cells(table, field))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class ByRecord(Mapping[tuple[str, str], list[Claim]]):
    """The claims by table and record."""

    def __init__(self, ledger: Ledger, ids: Mapping[str, list[str]]) -> None:
        self._ledger = ledger
        self._ids = ids

    def __getitem__(self, key: tuple[str, str]) -> list[Claim]:
        if claims := self._ledger.of_record(*key):
            return claims
        raise KeyError(key)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((table, record) for table, records in self._ids.items() for record in records)

    def __len__(self) -> int:
        return sum(map(len, self._ids.values()))


class Cleaned(Mapping[str, Sequence[str]]):
    """The columns of a sheet, each cleaned when it is asked for."""

    def __init__(
        self,
        columns: Mapping[str, Sequence[str]],
        clean: Callable[[str, Sequence[str]], Sequence[str]],
    ) -> None:
        self._columns = columns
        self._clean = clean
        self._cleaned: dict[str, Sequence[str]] = {}

    def __getitem__(self, name: str) -> Sequence[str]:
        if name not in self._cleaned:
            self._cleaned[name] = self._clean(name, self._columns[name])
        return self._cleaned[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)
