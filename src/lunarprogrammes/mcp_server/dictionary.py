"""What the tables and fields are, for a reader that has to choose among them before it asks."""

from lunarprogrammes.edition import Edition
from lunarprogrammes.mcp_server.telling import Told
from lunarprogrammes.tables import Field, all_tables, get
from lunarprogrammes.tables.claims import CERTAINTY, STANDING, VERDICT


def tables_told(edition: Edition) -> Told:
    """Return every table with its meaning, key, number of rows and the meaning of each field.

    >>> tables_told(Edition.open())["tables"]["missions"]["key"]
    ['id']
    """
    return {
        "tables": {
            name: {
                "meaning": table.meaning,
                "key": list(table.key),
                # No cell of an edition holds a line break: a row is a line below the header.
                "rows": edition.read_text(f"{name}.csv").count("\n") - 1,
                "fields": {
                    key: field.meaning + (f" In {field.unit}." if field.unit else "")
                    for key, field in table.fields.items()
                },
            }
            for name, table in all_tables().items()
        },
        "verdicts": dict(VERDICT.terms),
        "standings": dict(STANDING.terms),
        "certainties": dict(CERTAINTY.terms),
    }


def table_told(name: str) -> Told:
    """Return one table with its fields: meaning, kind, unit, example, terms, references.

    Raises `UnknownTable`.

    >>> table_told("missions")["fields"]["sample_mass_g"]["unit"]
    'g'
    """
    table = get(name)
    return {
        "table": name,
        "meaning": table.meaning,
        "key": list(table.key),
        "fields": {key: _field_told(field) for key, field in table.fields.items()},
    }


def _field_told(field: Field) -> Told:
    told: Told = {"meaning": field.meaning, "kind": field.kind, "example": field.example}
    if field.unit:
        told["unit"] = field.unit
    if field.vocabulary is not None:
        told["terms"] = dict(field.vocabulary.terms)
    if field.references:
        told["references"] = list(field.references)
    if field.derived:
        told["derived"] = True
    return told
