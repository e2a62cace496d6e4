"""Views as data frames of pandas and polars, and as Arrow tables.

A date or a figure stays the text that its source allows, and two columns beside it hold its bounds:
no conversion may claim more than the source did.
"""

import datetime
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


def to_pandas(view: "View[Any]") -> "pandas.DataFrame":
    """Return a pandas data frame of a view, indexed from 0, with bounds beside dates and figures.

    Bounds of dates are datetime64 (a bound that pandas cannot hold or that is open is NaT), bounds
    of figures float64; booleans and whole numbers have pandas' nullable types.
    """
    pandas = _library("pandas", "pandas")
    columns: dict[str, Any] = {}
    for name, field, values in _columns(view):
        if field is None:
            bounds = [value for value in values if value is not None]
            is_date = any(isinstance(value, datetime.date) for value in bounds)
            columns[name] = (
                pandas.to_datetime(pandas.Series(values, dtype="object"), errors="coerce")
                if is_date
                else pandas.Series(values, dtype="float64")
            )
        else:
            dtype = {"boolean": "boolean", "integer": "Int64"}.get(field.kind, "object")
            columns[name] = pandas.Series(values, dtype=dtype)
    frame: pandas.DataFrame = pandas.DataFrame(columns)
    return frame


def to_polars(view: "View[Any]") -> "polars.DataFrame":
    """Return a polars data frame of a view, with bounds beside dates and figures."""
    polars = _library("polars", "polars")
    series = [
        polars.Series(name, values, dtype=_polars_type(polars, field, values))
        for name, field, values in _columns(view)
    ]
    frame: polars.DataFrame = polars.DataFrame(series)
    return frame


def to_arrow(view: "View[Any]") -> "pyarrow.Table":
    """Return an Arrow table of a view; meaning and unit of each column are in its metadata."""
    arrow = _library("pyarrow", "arrow")
    arrays, fields = [], []
    for name, field, values in _columns(view):
        array = arrow.array(values, type=_arrow_type(arrow, field, values))
        meaning = field.meaning if field is not None else f"Bound of {name.rpartition('_')[0]}."
        metadata = {"description": meaning}
        if field is not None and field.unit:
            metadata["unit"] = field.unit
        arrays.append(array)
        fields.append(arrow.field(name, array.type, metadata=metadata))
    return arrow.Table.from_arrays(arrays, schema=arrow.schema(fields))


def _columns(view: "View[Any]") -> list[tuple[str, Field | None, Column]]:
    """Return name, field and values of each column; `field` is None for a column of bounds."""
    rows = view.rows()
    made: list[tuple[str, Field | None, Column]] = []
    for name, field in view.table.fields.items():
        texts = [row[name] for row in rows]
        if field.kind in {"date", "quantity"}:
            parse = UncertainDate if field.kind == "date" else Quantity
            parsed = [parse(text) if text else None for text in texts]
            made.append((name, field, [text or None for text in texts]))
            for side in ("lower", "upper"):
                bounds = [getattr(value, side) if value is not None else None for value in parsed]
                made.append((f"{name}_{side}", None, _uniform(bounds, field)))
        elif field.kind in {"boolean", "integer"}:
            made.append((name, field, [field.parse(text) if text else None for text in texts]))
        else:
            made.append((name, field, [text or None for text in texts]))
    return made


def _uniform(bounds: Column, field: Field) -> Column:
    if field.kind == "date":
        return bounds
    return [None if bound is None else float(bound) for bound in bounds]


def _polars_type(polars: ModuleType, field: Field | None, values: Column) -> Any:
    if field is None:
        dates = any(isinstance(value, datetime.date) for value in values)
        return polars.Date if dates else polars.Float64
    return {"boolean": polars.Boolean, "integer": polars.Int64}.get(field.kind, polars.String)


def _arrow_type(arrow: ModuleType, field: Field | None, values: Column) -> Any:
    if field is None:
        dates = any(isinstance(value, datetime.date) for value in values)
        return arrow.date32() if dates else arrow.float64()
    return {"boolean": arrow.bool_(), "integer": arrow.int64()}.get(field.kind, arrow.string())


def _library(module: str, extra: str) -> ModuleType:
    try:
        return import_module(module)
    except ImportError:
        raise MissingExtra(
            f"{module} is not installed.",
            remedy=f"Install it with: pip install 'lunarprogrammes[{extra}]'",
        ) from None
