"""What a table is: a record class, the fields read from its annotations, and its key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from functools import cached_property
from typing import Any, TypeVar, dataclass_transform

from lunarprogrammes.tables._field import Field, type_of_value

# A key of several fields is written with colons (`ilrs:russia`): no slug contains one, so that all
# parts but the last can be told apart even when the last is free text, as in `names`.
KEY_SEPARATOR = ":"

Class = TypeVar("Class", bound=type)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: Class) -> Class:
    """Make a class a record: frozen, slotted, keywords only, unknown keys forbidden by pydantic."""
    cls.__repr__ = _repr  # type: ignore[method-assign, assignment]
    cls.__pydantic_config__ = {"extra": "forbid", "validate_default": True}  # type: ignore[attr-defined]
    made: Any = dataclass(frozen=True, slots=True, kw_only=True, repr=False)(cls)
    return made  # type: ignore[no-any-return]


def _repr(self: Any) -> str:
    """Show the filled fields alone: an empty cell has nothing to tell."""
    filled = ((field.name, getattr(self, field.name)) for field in dataclass_fields(self))
    inner = ", ".join(f"{name}={value!r}" for name, value in filled if value not in (None, ()))
    return f"{type(self).__name__}({inner})"


@dataclass(frozen=True)
class Table:
    """One table: its name, its record class, its key, and when a row holds.

    `order` is its place in listings. A row is the case from the first filled field of `starts`
    (`joined`) to the first of `ends` (`left`); both are empty where rows have no such time. `label`
    is the field that tells a person which record it is; `headline` names the columns that a narrow
    listing shows first.
    """

    name: str
    record: type
    order: int
    key: tuple[str, ...] = ("id",)
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    headline: tuple[str, ...] = ()
    label: str = "name"

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """All fields by name, in column order."""
        return {
            name: next(item for item in annotation.__metadata__ if isinstance(item, Field))
            for name, annotation in self.record.__annotations__.items()
        }

    @cached_property
    def facts(self) -> Mapping[str, Field]:
        """The fields that readings fill: all but the derived ones."""
        return {name: field for name, field in self.fields.items() if not field.derived}

    @property
    def meaning(self) -> str:
        """What one row is, in one paragraph: the docstring of the record class."""
        return " ".join((self.record.__doc__ or "").split())

    def record_id(self, row: Mapping[str, str]) -> str:
        """Return the id of a row from its key cells: `change-5`, `ilrs:russia`."""
        return KEY_SEPARATOR.join(row.get(part, "") for part in self.key)

    def key_cells(self, record_id: str) -> dict[str, str]:
        """Return the key cells that a record id stands for: the inverse of `record_id`."""
        parts = record_id.split(KEY_SEPARATOR, len(self.key) - 1)
        return dict(zip(self.key, parts, strict=False))

    def make(self, row: Mapping[str, str]) -> Any:
        """Return the typed record of a row of cell texts; empty and unknown cells are left out.

        Reads a built edition, which is trusted by its hashes: nothing is checked twice.
        """
        parsed: dict[str, type_of_value] = {
            name: field.parse(row[name]) for name, field in self.fields.items() if row.get(name)
        }
        return self.record(**parsed)

    def cells(self, made: Any) -> dict[str, str]:
        """Return the canonical cell texts of a record, empty fields included."""
        texts = {}
        for name, field in self.fields.items():
            value = getattr(made, name)
            texts[name] = "" if value is None else field.text(value)
        return texts


def in_order(tables: Iterable[Table]) -> dict[str, Table]:
    """Return tables by name in the order of listings."""
    return {table.name: table for table in sorted(tables, key=lambda table: table.order)}
