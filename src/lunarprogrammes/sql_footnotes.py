"""Footnotes of a query: the sources on which each of its rows rests.

A query is read as the tree that DuckDB itself parses, and the sources of every record in its FROM
are asked for beside its columns. What a row rests on is said exactly or not at all: whatever lets
records count that FROM does not name (a sub-query, a window, a union) is refused with advice.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.tables._field import LIST_SEPARATOR

_COLUMNS = {"claims": "source", "evidence": "source", "sources": "id"}
_NO_SOURCES = {"decisions", "redirects", "dictionary", "edition"}
_HIDDEN_JOINS = {"SEMI", "ANTI", "RIGHT_SEMI", "RIGHT_ANTI", "MARK"}


class InvalidQuery(LunarProgrammesError, ValueError):
    """The text is no query that can be answered here."""

    code = "query"


class Footnoted(NamedTuple):
    """A query that asks for its sources too: its SQL, and how many columns were added."""

    sql: str
    added: int


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield every node of a parsed query, outermost first."""
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from nodes(value)


def footnoted(connection: Any, tree: dict[str, Any]) -> Footnoted:
    """Return a query that gives the sources of its rows in columns at its end.

    Supported is one SELECT over tables and views joined in FROM, with or without GROUP BY. Raises
    `InvalidQuery` for anything else.
    """
    node = tree["statements"][0]["node"]
    _expect_plain(node)
    found = [_reference(one) for one in _joined(node["from_table"])]
    if not found:
        raise _refusal("it reads no table")
    columns = [".".join(f'"{part}"' for part in one) for one in found]
    if _is_aggregated(connection, node):
        columns = [f"list({column})" for column in columns]
    added = _parsed(connection, f"SELECT {', '.join(columns)}")
    node["select_list"] += added["statements"][0]["node"]["select_list"]
    text = connection.execute("SELECT json_deserialize_sql($1)", [json.dumps(tree)]).fetchone()[0]
    return Footnoted(text, len(columns))


def split(row: Sequence[Any], added: int) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """Return the columns of a row that were asked for, and the ids of its sources.

    >>> split(("Chang'e 5", "b;a", None), 2)
    (("Chang'e 5",), ('b', 'a'))
    """
    ids: dict[str, None] = {}
    for cell in row[len(row) - added :]:
        # Best first is the order within one record; records that are counted together have none.
        texts = sorted({text for text in cell if text}) if isinstance(cell, list) else [cell]
        of_cell = [one for text in texts if text for one in text.split(LIST_SEPARATOR)]
        ids.update(dict.fromkeys(sorted(of_cell) if isinstance(cell, list) else of_cell))
    return tuple(row[: len(row) - added]), tuple(ids)


def _expect_plain(node: dict[str, Any]) -> None:
    if node["type"] != "SELECT_NODE":
        raise _refusal("it joins several queries")
    if node["cte_map"]["map"]:
        raise _refusal("it has a WITH")
    for one in nodes(node):
        if one.get("type") == "DISTINCT_MODIFIER":
            raise _refusal("it has a DISTINCT", "Group by the columns instead.")
        if one.get("class") == "SUBQUERY" or one.get("type") == "SUBQUERY":
            raise _refusal("it has a sub-query")
        if one.get("class") == "WINDOW":
            raise _refusal("it has a window function")


def _joined(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if node["type"] == "JOIN":
        if node["join_type"] in _HIDDEN_JOINS:
            raise _refusal(f"it has a {node['join_type']} join")
        yield from _joined(node["left"])
        yield from _joined(node["right"])
    elif node["type"] == "BASE_TABLE":
        yield node
    elif node["type"] != "EMPTY":
        raise _refusal("its FROM holds something else than tables")


def _reference(node: dict[str, Any]) -> tuple[str, str]:
    name = node["table_name"].lower()
    if name in _NO_SOURCES or node["schema_name"]:
        raise _refusal(f"{name} rests on no sources", "")
    if node["column_name_alias"]:
        raise _refusal("it gives the columns of a table other names")
    return node["alias"] or node["table_name"], _COLUMNS.get(name, "sources")


def _is_aggregated(connection: Any, node: dict[str, Any]) -> bool:
    if node["group_expressions"] or node["group_sets"] or node["having"]:
        return True
    if node["aggregate_handling"] != "STANDARD_HANDLING":
        return True
    known = {
        name
        for (name,) in connection.execute(
            "SELECT DISTINCT function_name FROM duckdb_functions() "
            "WHERE function_type = 'aggregate'"
        ).fetchall()
    }
    asked = (node["select_list"], node["modifiers"])
    return any(one.get("function_name") in known for part in asked for one in nodes(part))


def _parsed(connection: Any, sql: str) -> dict[str, Any]:
    text = connection.execute("SELECT json_serialize_sql($1::VARCHAR)", [sql]).fetchone()[0]
    made: dict[str, Any] = json.loads(text)
    return made


def _refusal(why: str, remedy: str = "") -> InvalidQuery:
    return InvalidQuery(
        f"The rows of this query can have no footnotes: {why}.",
        expected="Expected one SELECT over tables and views joined in FROM.",
        remedy=remedy or "Ask without footnotes, or select the column `sources` yourself.",
    )
