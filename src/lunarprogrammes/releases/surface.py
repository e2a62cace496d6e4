"""What a user may rely on, as plain data: the tables and fields, the Python names, the commands.

Read from the definitions themselves, so that nothing is listed twice. Texts that explain are kept
as a short hash: that they changed matters, what they said does not. Imports every command: 0.5 s.
"""

import argparse
import dataclasses
import hashlib
import inspect
from collections.abc import Iterator, Mapping
from typing import Any

import lunarprogrammes
from lunarprogrammes.export.tabular import exported_tables
from lunarprogrammes.tables import Field, Table

Tables = Mapping[str, Mapping[str, Any]]
Api = Mapping[str, list[str]]


def tables_of(tables: Mapping[str, Table] | None = None) -> dict[str, dict[str, Any]]:
    """Return what each table promises: its key, and of each field what a cell may hold.

    >>> tables_of()["missions"]["fields"]["sample_mass_g"]["unit"]
    'g'
    """
    given = exported_tables() if tables is None else tables
    return {name: _table(table) for name, table in given.items()}


def _table(table: Table) -> dict[str, Any]:
    words = [table.meaning]
    for field in table.fields.values():
        words += [field.meaning, field.example, field.expected]
        words += field.vocabulary.terms.values() if field.vocabulary else ()
    return {
        "key": list(table.key),
        "fields": {name: _field(field) for name, field in table.fields.items()},
        "words": hashlib.sha256("\n".join(words).encode()).hexdigest()[:12],
    }


def _field(field: Field) -> dict[str, Any]:
    said: dict[str, Any] = {
        "kind": field.kind,
        "required": field.required,
        "unit": field.unit,
        "references": list(field.references),
        "terms": list(field.vocabulary.terms) if field.vocabulary else [],
        "pattern": field.regular_expression(),
        "minimum": field.minimum,
        "maximum": field.maximum,
    }
    return {name: value for name, value in said.items() if value not in ("", [], None, False)}


def api_of() -> dict[str, list[str]]:
    """Return every public name and command with its parameters; an optional one ends with `=`.

    >>> api_of()["Dataset.why"]
    ['table', 'record', 'field=']
    """
    return dict(sorted({**dict(_python()), **dict(_commands())}.items()))


def _python() -> Iterator[tuple[str, list[str]]]:
    for name in lunarprogrammes.__all__:
        found = getattr(lunarprogrammes, name)
        if inspect.isclass(found):
            yield name, []
            for member, value in _members(found):
                yield f"{name}.{member}", _parameters(value)
        else:
            yield name, _parameters(found)


def _members(of: type) -> Iterator[tuple[str, Any]]:
    """Yield the public members that we define; what Python's own classes bring differs by version.

    Fields of a record, which slots or descriptors hold, count as well.
    """
    ours = [one for one in of.__mro__ if one.__module__.startswith("lunarprogrammes")]
    found: dict[str, Any] = {}
    for one in reversed(ours):
        found.update(dict.fromkeys(getattr(one, "_fields", ())))
        if dataclasses.is_dataclass(one):
            found.update({field.name: None for field in dataclasses.fields(one)})
        found.update(dict.fromkeys(vars(one).get("__annotations__", {})))
        found.update(vars(one))
    yield from ((name, value) for name, value in found.items() if not name.startswith("_"))


def _parameters(value: Any) -> list[str]:
    function = value.__func__ if isinstance(value, classmethod | staticmethod) else value
    if not inspect.isfunction(function):
        return []
    empty = inspect.Parameter.empty
    made = []
    for name, one in inspect.signature(function).parameters.items():
        optional = one.default is not empty or one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
        if name not in {"self", "cls"}:
            made.append(f"{name}=" if optional else name)
    return made


def _commands() -> Iterator[tuple[str, list[str]]]:
    from lunarprogrammes.cli import parser_of

    parser = parser_of([])
    sub = next(one for one in parser._actions if isinstance(one, argparse._SubParsersAction))  # noqa: SLF001
    for name, command in sub.choices.items():
        yield f"$ lunarprogrammes {name}", list(_arguments(command))


def _arguments(command: argparse.ArgumentParser) -> Iterator[str]:
    for action in command._actions:  # noqa: SLF001
        name = action.option_strings[-1] if action.option_strings else action.dest
        is_needed = action.required if action.option_strings else action.nargs not in {"?", "*"}
        yield name if is_needed else f"{name}="
        for choice in action.choices or ():
            yield f"{name} {choice}="
