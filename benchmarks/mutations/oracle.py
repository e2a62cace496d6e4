"""What frictionless alone finds in a damaged CSV file, with the table's own partial schema.

Partial: nothing is required but the key and the locator, as in every reading. The dialect is given,
or frictionless would guess a semicolon file right. Run in process, a file at a time; references to
other files are beyond it here, because a reading refers to what any source may say.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lunarprogrammes.export.frictionless import DIALECT, field_descriptor
from lunarprogrammes.tables import get
from lunarprogrammes.tables.claims import EVIDENCE


def partial_schema(table: str, header: Sequence[str]) -> dict[str, Any]:
    """Return the Table Schema of a reading with these columns."""
    key = get(table).key
    known = {**get(table).facts, **EVIDENCE}
    fields = []
    for name in header:
        made = field_descriptor(name, known[name], key=False)
        constraints = made.pop("constraints", {})
        constraints.pop("required", None)
        if name in key or name == "locator":
            constraints["required"] = True
        fields.append({**made, "constraints": constraints} if constraints else made)
    return {"fields": fields, "missingValues": [""]}


def rejections(file: Path, table: str, header: Sequence[str]) -> list[tuple[str, int]]:
    """Return the kinds of error and the rows at which frictionless rejects a file."""
    from frictionless import Dialect, Resource, Schema

    if not file.exists():
        return []
    dialect = Dialect.from_descriptor({"csv": dict(DIALECT)})
    resource = Resource(
        path=file.name,
        basepath=str(file.parent),
        format="csv",
        encoding="utf-8",
        dialect=dialect,
        schema=Schema.from_descriptor(partial_schema(table, header)),
    )
    report = resource.validate()
    found = []
    for task in report.tasks:
        found.extend((error.type, getattr(error, "row_number", 0) or 0) for error in task.errors)
    found.extend((error.type, 0) for error in report.errors)
    return found
