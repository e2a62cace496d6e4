"""The tables and views of an SQL database of an edition, and the rows that fill them.

Each table of the dataset, `decisions`, `redirects`, `dictionary` (what every column means, its unit
and vocabulary) and `edition` (which edition by which package); the views `evidence`, `contested`
and `timeline`. What belongs to one database engine lives in its module.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from lunarprogrammes import __version__, tables
from lunarprogrammes.evidence.decisions import COLUMNS as DECISION_COLUMNS
from lunarprogrammes.evidence.redirects import COLUMNS as REDIRECT_COLUMNS
from lunarprogrammes.export.sql_columns import (
    Column,
    Dialect,
    SqlValue,
    columns_of,
    literal,
    quoted,
    values_of,
)
from lunarprogrammes.tables import KEY_SEPARATOR, Table

Row = tuple[SqlValue, ...]
RowsOf = Callable[[str], Iterable[Mapping[str, str]]]
DECISIONS, DICTIONARY, EDITION = "decisions", "dictionary", "edition"
REDIRECTS = "redirects"
_OWN = {
    DECISIONS: ("The editors' decisions: where the choice is overridden, and why.",
                DECISION_COLUMNS, DECISION_COLUMNS[:3]),
    REDIRECTS: ("Retired ids, and the records that are meant by them now.",
                REDIRECT_COLUMNS, REDIRECT_COLUMNS[:2]),
    DICTIONARY: ("What each column means.",
                 ("table", "column", "kind", "unit", "meaning", "example", "vocabulary",
                  "bound_of"), ("table", "column")),
    EDITION: ("The edition's date, the package that wrote it, a fingerprint of the definitions.",
              ("edition", "package", "schema"), ("edition",)),
}  # fmt: skip
_TIMELINE = ("missions", "events", "agreements", "parties", "partners")


class Relation(NamedTuple):
    """One table of the database: its columns, key, foreign keys (column to table), meaning."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign: Mapping[str, str]

    def ddl(self, *, constrained: bool = True, foreign: Iterable[str] | None = None) -> str:
        """Return the statement that creates it, with those foreign keys or with all.

        Unconstrained tables hold what was known at a time, when a key may still lack its record.
        """
        lines = [_column(column, constrained=constrained) for column in self.columns]
        if constrained:
            lines.append(f"PRIMARY KEY ({_names(self.key)})")
            wanted = self.foreign if foreign is None else foreign
            lines += [
                f"FOREIGN KEY ({quoted(name)}) REFERENCES {quoted(self.foreign[name])} ({ID})"
                for name in wanted
            ]
        inner = ",\n  ".join(lines)
        return f"CREATE TABLE {quoted(self.name)} (\n  {inner}\n)"


ID = quoted("id")


def _column(column: Column, *, constrained: bool) -> str:
    head = f"{quoted(column.name)} {column.type}"
    if not constrained:
        return head
    checks = "".join(f" CHECK ({check})" for check in column.checks)
    return head + (" NOT NULL" if column.required else "") + checks


def _names(columns: Iterable[str]) -> str:
    return ", ".join(map(quoted, columns))


def relations(dialect: Dialect) -> dict[str, Relation]:
    """Return every table by name, each after those that it refers to.

    >>> names = list(relations("sqlite"))
    >>> names.index("actors") < names.index("programmes") < names.index("partners")
    True
    """
    left = dict(tables.all_tables())
    ordered: list[Table] = []
    while left:
        # No table refers to itself by way of another, or the first of the rest breaks the circle.
        ready = [table for table in left.values() if not _refers(table) & (left.keys())]
        for table in ready or [next(iter(left.values()))]:
            ordered.append(left.pop(table.name))
    made = {table.name: _relation(table, dialect) for table in ordered}
    return made | {name: _own_relation(name, dialect) for name in _OWN}


def _refers(table: Table) -> set[str]:
    named = {field.references[0] for field in table.fields.values() if field.references}
    return named - {table.name}


def _relation(table: Table, dialect: Dialect) -> Relation:
    columns = [
        column
        for name, field in table.fields.items()
        for column in columns_of(name, field, dialect, key=name in table.key)
    ]
    foreign = {name: one.references[0] for name, one in table.fields.items() if one.references}
    return Relation(table.name, table.meaning, tuple(columns), table.key, foreign)


def _own_relation(name: str, dialect: Dialect) -> Relation:
    meaning, columns, key = _OWN[name]
    kind = "TEXT" if dialect == "sqlite" else "VARCHAR"
    made = (Column(one, "text", kind, (), one in key, "") for one in columns)
    return Relation(name, meaning, tuple(made), key, {})


def rows_of(name: str, rows: RowsOf, dialect: Dialect, version: str) -> Iterator[Row]:
    """Yield the rows of a table as its columns hold them; `rows` reads cell texts by table name."""
    if name == EDITION:
        yield version, __version__, fingerprint(dialect)
    elif name == DICTIONARY:
        yield from _dictionary(dialect)
    elif name in {DECISIONS, REDIRECTS}:
        for row in rows(name):
            yield tuple(row.get(column) or None for column in _OWN[name][1])
    else:
        fields = tables.get(name).fields
        for row in rows(name):
            yield tuple(
                value
                for column, field in fields.items()
                for value in values_of(field, row.get(column) or "", dialect)
            )


def fingerprint(dialect: Dialect) -> str:
    """Return a hash of all definitions: two files with the same one have the same tables."""
    text = "\n".join(relation.ddl() for relation in relations(dialect).values())
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _dictionary(dialect: Dialect) -> Iterator[Row]:
    for name, table in tables.all_tables().items():
        for column, field in table.fields.items():
            terms = "; ".join(
                f"{term}: {meaning}" for term, meaning in field.vocabulary.terms.items()
            ) if field.vocabulary else None  # fmt: skip
            for one in columns_of(column, field, dialect):
                kind = one.kind if one.bound_of else field.kind
                example = None if one.bound_of else field.example
                unit, bound = one.unit or None, one.bound_of or None
                yield name, one.name, kind, unit, one.meaning, example, terms, bound


VIEWS: Mapping[str, str] = {
    "evidence": "Each claim with its source's title, tier and date, the place in it, and what the "
    "resolution made of it.",
    "contested": "Each cell on which sources contradict each other: the value shown, the others, "
    "and the sources.",
    "timeline": "Dated happenings, past and planned, of missions, events, agreements, parties and "
    "partners, earliest first.",
}
# What a view needs filled; a query that names the view names these tables.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "evidence": ("claims", "sources"),
    "contested": ("claims",),
    "timeline": (*_TIMELINE, "actors", "programmes"),
}

_DATED = "CASE WHEN s.{0} IS NOT NULL THEN s.{0}{2} WHEN s.{1} IS NOT NULL THEN s.{1}{2} END"
_EVIDENCE = f"""SELECT c.id AS claim, c."table", c.record, c.field, c.value, c.source, s.title,
  s.tier, {_DATED.format("issued_probable", "issued", "")} AS date,
  {_DATED.format("issued_probable", "issued", "_lower")} AS date_lower,
  {_DATED.format("issued_probable", "issued", "_upper")} AS date_upper,
  c.locator, c.as_of, c.as_of_lower, c.as_of_upper, c.certainty, c.standing, c.verdict, c.cites,
  c.remark
FROM claims AS c LEFT JOIN sources AS s ON s.id = c.source"""  # noqa: S608
_CONTESTED = """SELECT c."table", c.record, c.field,
  max(CASE WHEN c.standing = 'chosen' THEN c.value END) AS value,
  {others} AS others, {sources} AS sources, count(*) AS claims
FROM claims AS c WHERE c.verdict = 'contested' GROUP BY c."table", c.record, c.field"""
# SQLite sorts within an aggregate only since 3.44; every version gathers a sorted sub-query.
_GATHERED = """(SELECT group_concat(one, ';') FROM (SELECT DISTINCT d.{0} AS one FROM claims AS d
    WHERE d."table" = c."table" AND d.record = c.record AND d.field = c.field{1} ORDER BY 1))"""
_LABELS = {
    "parties": "(SELECT name FROM actors WHERE id = t.party) || ': ' || "
    "(SELECT name FROM agreements WHERE id = t.agreement)",
    "partners": "(SELECT name FROM actors WHERE id = t.partner) || ': ' || "
    "(SELECT name FROM programmes WHERE id = t.programme)",
}


def view_statements(dialect: Dialect) -> dict[str, str]:
    """Return the statement that creates each view, by name."""
    if dialect == "sqlite":
        others = _GATHERED.format("value", " AND d.standing = 'rejected'")
        sources = _GATHERED.format("source", "")
    else:
        gathered = "string_agg(DISTINCT {0}, ';' ORDER BY {0})"
        sources = gathered.format("c.source")
        others = gathered.format("c.value") + " FILTER (WHERE c.standing = 'rejected')"
    bodies = {
        "evidence": _EVIDENCE,
        "contested": _CONTESTED.format(others=others, sources=sources),
        "timeline": _timeline(),
    }
    return {name: f"CREATE VIEW {quoted(name)} AS\n{body}" for name, body in bodies.items()}


def _timeline() -> str:
    parts = [
        _happening(tables.get(table), name)
        for table in _TIMELINE
        for name, field in tables.get(table).fields.items()
        # The time that a plan covers is no happening.
        if field.kind == "date" and not name.startswith("period_")
    ]
    return (
        "\nUNION ALL ".join(parts)
        + '\nORDER BY date_lower NULLS LAST, date, "table", record, happening'
    )


def _happening(table: Table, name: str) -> str:
    key = f" || '{KEY_SEPARATOR}' || ".join(f"t.{quoted(part)}" for part in table.key)
    label = _LABELS.get(table.name, f"t.{quoted(table.label)}")
    date = f"t.{quoted(name)}"
    planned = "1" if name.startswith("planned_") else "0"
    shown = {
        "date": date,
        "date_lower": f"t.{quoted(name + '_lower')}",
        "date_upper": f"t.{quoted(name + '_upper')}",
        "happening": literal(name),
        "planned": planned,
        "table": literal(table.name),
        "record": key,
        "name": label,
        "sources": "t.sources",
    }
    columns = ", ".join(f"{value} AS {quoted(column)}" for column, value in shown.items())
    body = f"SELECT {columns} FROM {quoted(table.name)} AS t"  # noqa: S608
    return f"{body} WHERE {date} IS NOT NULL AND {date} <> 'unknown'"
