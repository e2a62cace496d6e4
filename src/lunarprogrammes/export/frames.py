"""Views as data frames of pandas and polars, and as Arrow tables.

A date or a figure stays the text that its source allows, and two columns beside it hold its bounds:
no conversion may claim more than the source did.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import MissingExtra
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import Field

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from lunarprogrammes.view import View

Column = list[Any]
# The types of the columns that are not text, by kind of field and for their bounds.
_PANDAS_TYPES = {"boolean": "boolean", "integer": "Int64", "number": "float64"}
_POLARS_TYPES = {"boolean": "Boolean", "integer": "Int64", "number": "Float64", "day": "Date"}
_ARROW_TYPES = {"boolean": "bool_", "integer": "int64", "number": "float64", "day": "date32"}


def to_pandas(view: "View[Any]") -> "pandas.DataFrame":
    """Return a pandas data frame of a view, indexed from 0, with bounds beside dates and figures.

    Bounds of dates are datetime64 (a bound that pandas cannot hold or that is open is NaT), bounds
    of figures float64; booleans and whole numbers have pandas' nullable types.
    """
    library: Any = _library("pandas", "pandas")
    columns: dict[str, Any] = {}
    for name, kind, _, values in _columns(view):
        if kind == "day":
            days = library.to_datetime(library.Series(values, dtype="object"), errors="coerce")
            columns[name] = days.astype("datetime64[s]")
        else:
            columns[name] = library.Series(values, dtype=_PANDAS_TYPES.get(kind, "object"))
    frame: pandas.DataFrame = library.DataFrame(columns)
    return frame


def to_polars(view: "View[Any]") -> "polars.DataFrame":
    """Return a polars data frame of a view, with bounds beside dates and figures."""
    library: Any = _library("polars", "polars")
    series = [
        library.Series(name, values, dtype=getattr(library, _POLARS_TYPES.get(kind, "String")))
        for name, kind, _, values in _columns(view)
    ]
    frame: polars.DataFrame = library.DataFrame(series)
    return frame


def to_arrow(view: "View[Any]") -> "pyarrow.Table":
    """Return an Arrow table of a view; meaning and unit of each column are in its metadata."""
    arrow: Any = _library("pyarrow", "arrow")
    arrays, fields = [], []
    for name, kind, field, values in _columns(view):
        array = arrow.array(values, type=getattr(arrow, _ARROW_TYPES.get(kind, "string"))())
        stem = name if field is not None else name.rpartition("_")[0]
        metadata = {"description": field.meaning if field is not None else f"Bound of {stem}."}
        # A bound is in the unit of the figure that it bounds.
        if unit := view.table.fields[stem].unit:
            metadata["unit"] = unit
        arrays.append(array)
        fields.append(arrow.field(name, array.type, metadata=metadata))
    table: pyarrow.Table = arrow.Table.from_arrays(arrays, schema=arrow.schema(fields))
    return table


def _columns(view: "View[Any]") -> list[tuple[str, str, Field | None, Column]]:
    """Return name, kind, field and values of each column.

    A column of bounds has no field and the kind `day` or `number`: its type does not depend on
    whether any row of the view has a bound.
    """
    rows = view.rows()
    made: list[tuple[str, str, Field | None, Column]] = []
    for name, field in view.table.fields.items():
        texts = [row[name] for row in rows]
        if field.kind in {"date", "quantity"}:
            parse = UncertainDate if field.kind == "date" else Quantity
            parsed = [parse(text) if text else None for text in texts]
            made.append((name, field.kind, field, [text or None for text in texts]))
            for side in ("lower", "upper"):
                bounds = [getattr(value, side) if value is not None else None for value in parsed]
                kind = "day" if field.kind == "date" else "number"
                made.append((f"{name}_{side}", kind, None, _uniform(bounds, field)))
        elif field.kind in {"boolean", "integer"}:
            values = [field.parse(text) if text else None for text in texts]
            made.append((name, field.kind, field, values))
        else:
            made.append((name, field.kind, field, [text or None for text in texts]))
    return made


def _uniform(bounds: Column, field: Field) -> Column:
    if field.kind == "date":
        return bounds
    return [None if bound is None else float(bound) for bound in bounds]


def _library(module: str, extra: str) -> ModuleType:
    try:
        return import_module(module)
    except ImportError:
        raise MissingExtra(
            f"{module} is not installed.",
            remedy=f"Install it with: pip install 'lunarprogrammes[{extra}]'",
        ) from None
