"""JSON Schema (2020-12) of the records, for people who validate rows as JSON.

Pydantic assembles the object; what is said of each field comes from its `Field`.
"""

from typing import Any

from lunarprogrammes.tables import Field, Table

DIALECT = "https://json-schema.org/draft/2020-12/schema"
GENERATED = "Generated from src/lunarprogrammes/tables by `lunarprogrammes build`; do not edit."

_TYPES = {"integer": "integer", "boolean": "boolean", "list": "array"}


def field_schema(field: Field) -> dict[str, Any]:
    """Return the JSON Schema of one field with its meaning, example and unit."""
    schema: dict[str, Any] = {"type": _TYPES.get(field.kind, "string")}
    if field.vocabulary is not None:
        schema["enum"] = list(field.vocabulary.terms)
    pattern = field.regular_expression()
    if field.kind == "list":
        schema["items"] = {"type": "string", "pattern": pattern}
    elif pattern:
        schema["pattern"] = pattern
    if field.kind == "integer" and field.minimum is not None:
        schema["minimum"] = int(field.minimum)
    schema["description"] = field.meaning
    schema["examples"] = [field.parse(field.example) if field.kind in _TYPES else field.example]
    if field.kind == "list":
        schema["examples"] = [field.example.split(";")]
    if field.unit:
        schema["x-unit"] = field.unit
    if not field.required and field.kind != "list":
        schema = {"anyOf": [schema, {"type": "null"}]}
    return schema


def table_schema(table: Table) -> dict[str, Any]:
    """Return the JSON Schema of one record of a table; unknown keys are forbidden."""
    from pydantic import TypeAdapter

    made = TypeAdapter(table.record).json_schema()
    required = [name for name, field in table.fields.items() if field.required]
    return {
        "$comment": GENERATED,
        "$schema": DIALECT,
        "title": table.name,
        "description": table.meaning,
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": made["properties"],
    }
