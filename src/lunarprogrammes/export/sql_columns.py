"""One field as columns of an SQL database: their types, CHECK constraints and values.

The one place that turns a `Field` into SQL, for SQLite and DuckDB alike. A date or a figure stays
the text that its source allows, and two columns beside it hold its bounds. DuckDB knows regular
expressions, so that its CHECKs are the patterns of the fields themselves. SQLite knows none that
every reader of the file would have: slugs, codes and addresses are tested exactly by GLOB, language
tags, dates and figures by their signs and by their bounds, which catches the common mistakes.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import Field
from lunarprogrammes.tables._field import ANY_RECORD, ONE_LINE, SLUG

Dialect = Literal["sqlite", "duckdb"]
SqlValue = str | int | float | bool | None
BOUNDS = ("lower", "upper")

_TYPES: Mapping[Dialect, Mapping[str, str]] = {
    "sqlite": {"text": "TEXT", "integer": "INTEGER", "boolean": "INTEGER", "number": "REAL",
               "day": "TEXT"},
    "duckdb": {"text": "VARCHAR", "integer": "BIGINT", "boolean": "BOOLEAN", "number": "DOUBLE",
               "day": "DATE"},
}  # fmt: skip


class Column(NamedTuple):
    """One column: its SQL type, the expressions that must hold, what it means.

    `bound_of` names the column whose bound it holds, empty otherwise. `kind` is one of text,
    integer, boolean, number, day.
    """

    name: str
    kind: str
    type: str
    checks: tuple[str, ...]
    required: bool
    meaning: str
    unit: str = ""
    bound_of: str = ""


def columns_of(name: str, field: Field, dialect: Dialect, *, key: bool = False) -> list[Column]:
    r"""Return the columns of one field: itself, and for a date or a figure its two bounds.

    >>> from lunarprogrammes import tables
    >>> number = tables.get("parties").fields["ordinal"]
    >>> columns_of("ordinal", number, "sqlite")[0].checks
    ('typeof("ordinal") IN (\'integer\', \'null\')', '"ordinal" >= 1')
    >>> mass = tables.get("missions").fields["sample_mass_g"]
    >>> [(column.name, column.type) for column in columns_of("sample_mass_g", mass, "duckdb")]
    [('sample_mass_g', 'VARCHAR'), ('sample_mass_g_lower', 'DOUBLE'), ('sample_mass_g_upper', ...)]
    """
    kind = field.kind if field.kind in {"integer", "boolean"} else "text"
    required = field.required or key
    types = _TYPES[dialect]
    checks = tuple(_checks(quoted(name), field, dialect))
    made = [Column(name, kind, types[kind], checks, required, field.meaning, field.unit)]
    if field.kind in {"date", "quantity"}:
        bound = "day" if field.kind == "date" else "number"
        made += [
            Column(
                f"{name}_{side}",
                bound,
                types[bound],
                tuple(_bound_checks(quoted(f"{name}_{side}"), bound, dialect)),
                required=False,
                meaning=f"{'Earliest' if bound == 'day' else 'Least'} value that {name} may mean."
                if side == "lower"
                else f"{'Latest' if bound == 'day' else 'Greatest'} value that {name} may mean.",
                unit=field.unit,
                bound_of=name,
            )
            for side in BOUNDS
        ]
    return made


def values_of(field: Field, text: str, dialect: Dialect) -> tuple[SqlValue, ...]:
    """Return the values of a cell text in the columns of its field; an empty cell is null.

    >>> from lunarprogrammes import tables
    >>> values_of(tables.get("missions").fields["launch_date"], "2026/..", "sqlite")
    ('2026/..', '2026-01-01', None)
    """
    if field.kind in {"date", "quantity"}:
        return (None, None, None) if not text else (text, *_bounds(field.kind, text))
    if not text:
        return (None,)
    if field.kind == "boolean":
        flag = text == "true"
        return (flag if dialect == "duckdb" else int(flag),)
    return (int(text) if field.kind == "integer" else text,)


def text_of(field: Field, value: object) -> str:
    """Return the cell text of a value that a database gave back: the inverse of `values_of`.

    >>> from lunarprogrammes import tables
    >>> text_of(tables.get("missions").fields["crewed"], 1)
    'true'
    """
    if value is None:
        return ""
    return field.text(bool(value)) if field.kind == "boolean" else str(value)


def quoted(name: str) -> str:
    """Return a name as SQL writes it, because `table` and `left` are words of SQL too."""
    return f'"{name}"'


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


@lru_cache(maxsize=16384)
def _bounds(kind: str, text: str) -> tuple[str | float | None, str | float | None]:
    if kind == "date":
        date = UncertainDate(text)
        lower, upper = date.lower, date.upper
        return lower.isoformat() if lower else None, upper.isoformat() if upper else None
    figure = Quantity(text)
    return (
        None if figure.lower is None else float(figure.lower),
        None if figure.upper is None else float(figure.upper),
    )


def _checks(name: str, field: Field, dialect: Dialect) -> list[str]:
    if field.vocabulary is not None:
        return [f"{name} IN ({', '.join(map(literal, field.vocabulary.terms))})"]
    if field.kind == "boolean":
        return [f"{name} IN (0, 1)"] if dialect == "sqlite" else []
    if field.kind == "integer":
        typed = [f"typeof({name}) IN ('integer', 'null')"] if dialect == "sqlite" else []
        return [*typed, *_limits(name, field)]
    if field.kind in {"date", "quantity"}:
        return [*_form(name, field, dialect), *_order(name, field)]
    return _form(name, field, dialect)


def _limits(name: str, field: Field) -> list[str]:
    low = [f"{name} >= {field.minimum:g}"] if field.minimum is not None else []
    high = [f"{name} <= {field.maximum:g}"] if field.maximum is not None else []
    return low + high


def _order(name: str, field: Field) -> list[str]:
    """Say that bounds stand in order and only beside a text, and that figures keep their limits.

    A qualified figure may reach over the limit by its padding, but never with both bounds.
    """
    stem = name.strip('"')
    lower, upper = (quoted(f"{stem}_{side}") for side in BOUNDS)
    made = [
        f"{lower} <= {upper}",
        f"{name} IS NOT NULL OR ({lower} IS NULL AND {upper} IS NULL)",
        # Whoever writes a text must have understood it: only an unknown has no bound.
        f"{name} = 'unknown' OR {name} IS NULL OR {lower} IS NOT NULL OR {upper} IS NOT NULL",
    ]
    padded = f"{name} LIKE '%~%' OR {name} LIKE '%?%'"
    if field.minimum is not None:
        limit = f"{field.minimum:g}"
        made.append(f"{lower} >= {limit} OR (({padded}) AND {upper} >= {limit})")
    if field.maximum is not None:
        limit = f"{field.maximum:g}"
        made.append(f"{upper} <= {limit} OR (({padded}) AND {lower} <= {limit})")
    return made


def _bound_checks(name: str, bound: str, dialect: Dialect) -> list[str]:
    if dialect == "duckdb":
        return []
    return [f"{name} IS date({name})" if bound == "day" else f"typeof({name}) IN ('real', 'null')"]


def _form(name: str, field: Field, dialect: Dialect) -> list[str]:
    pattern = field.regular_expression()
    if dialect == "duckdb":
        # The \s of RE2 knows ASCII alone.
        item = pattern.removeprefix("^").removesuffix("$").replace(r"[^\s]", r"[^\s\p{Z}]")
        whole = f"({item})(;({item}))*" if field.kind == "list" else item
        return [f"regexp_full_match({name}, {literal(whole)})"]
    if field.kind == "date":
        return [_SQLITE_DATE.format(x=name)]
    if field.kind == "quantity":
        return [_SQLITE_FIGURE.format(x=name)]
    if pattern == ONE_LINE:
        breaks = f"instr({name}, char(10)) = 0 AND instr({name}, char(13)) = 0"
        return [f"{name} <> '' AND {name} = trim({name}, {_SPACES}) AND {breaks}"]
    if field.kind == "list":
        # Slugs joined by hyphens are a slug; the other list is one of fields, or `*`.
        items = f"replace({name}, ';', '-')"
        if pattern == SLUG:
            return [_SQLITE_FORMS[SLUG].format(x=items)]
        unlike = ("*[^a-z0-9_;*]*", "*;", "*;[^a-z*]*", "*[*][^;]*", "*[^;][*]*")
        apart = " AND ".join(f"{name} NOT GLOB {literal(one)}" for one in unlike)
        return [f"{name} GLOB '[a-z*]*' AND {apart}"]
    return [_SQLITE_FORMS[pattern].format(x=name)]


# All that Python and Unicode call a space; SQLite's own trim knows one of them.
_SPACES = "char({})".format(
    ", ".join(str(ord(one)) for one in map(chr, range(0x3001)) if one.isspace())
)
_GLOB_SLUG = (
    "{x} <> '' AND {x} NOT GLOB '*[^-a-z0-9]*' AND {x} NOT GLOB '-*'"
    " AND {x} NOT GLOB '*-' AND {x} NOT GLOB '*--*'"
)
# One condition for each pattern of the tables; a test finds the pattern that has none, and the
# value on which a condition and its pattern differ.
_SQLITE_FORMS: Mapping[str, str] = {
    SLUG: _GLOB_SLUG,
    ANY_RECORD: (
        "{x} GLOB '[a-z]*/[a-z0-9]*' AND substr({x}, 1, instr({x}, '/') - 1) NOT GLOB '*[^a-z]*'"
        " AND substr({x}, instr({x}, '/') + 1) NOT GLOB '*[^-a-z0-9]*'"
        " AND {x} NOT GLOB '*/-*' AND {x} NOT GLOB '*-' AND {x} NOT GLOB '*--*'"
    ),
    r"^https?://[^\s]+$": (
        "({x} GLOB 'http://?*' OR {x} GLOB 'https://?*')"
        f" AND {{x}} NOT GLOB '*[' || {_SPACES} || ']*'"
    ),
    "^([a-z][a-z0-9_]*|[*])$": ("{x} = '*' OR ({x} GLOB '[a-z]*' AND {x} NOT GLOB '*[^a-z0-9_]*')"),
    "^[a-z2-7]{12}$": "length({x}) = 12 AND {x} NOT GLOB '*[^a-z2-7]*'",
    "^[A-Z]{3}$": "{x} GLOB '[A-Z][A-Z][A-Z]'",
    "^[A-Z]{2}$": "{x} GLOB '[A-Z][A-Z]'",
    "^Q[1-9][0-9]*$": "{x} GLOB 'Q[1-9]*' AND substr({x}, 2) NOT GLOB '*[^0-9]*'",
    r"^https://ror\.org/0[a-hjkmnp-tv-z0-9]{6}[0-9]{2}$": (
        "{x} GLOB 'https://ror.org/0" + "[a-hjkmnp-tv-z0-9]" * 6 + "[0-9]" * 2 + "'"
    ),
    "^[0-9]{1,9}$": "length({x}) BETWEEN 1 AND 9 AND {x} NOT GLOB '*[^0-9]*'",
    "^[12][0-9]{3}-[0-9]{3}[A-Z]{1,3}$": (
        "{x} GLOB '[12][0-9][0-9][0-9]-[0-9][0-9][0-9][A-Z]*' AND length({x}) BETWEEN 9 AND 11"
        " AND substr({x}, 9) NOT GLOB '*[^A-Z]*'"
    ),
    "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": (
        "({x} GLOB '[a-z][a-z]' OR {x} GLOB '[a-z][a-z][a-z]' OR {x} GLOB '[a-z][a-z]-*'"
        " OR {x} GLOB '[a-z][a-z][a-z]-*') AND {x} NOT GLOB '*[^-a-zA-Z0-9]*'"
        " AND {x} NOT GLOB '*-' AND {x} NOT GLOB '*--*'"
    ),
}
_YEAR = "[1-9][0-9][0-9X][0-9X]"
_SQLITE_DATE = (
    "{x} = 'unknown' OR (({x} GLOB '" + _YEAR + "*' OR {x} GLOB '../" + _YEAR + "*')"
    " AND {x} NOT GLOB '*[^-0-9X~?%/.:TZ]*' AND length({x}) <= 23"
    " AND {x} NOT GLOB '[0-9]???[0-9.:TZ]*' AND {x} NOT GLOB '????-[0-9][0-9][0-9]*'"
    # A month or a day of one digit is the commonest mistake.
    " AND {x} NOT GLOB '*-[0-9]' AND {x} NOT GLOB '*-[0-9][^0-9]*'"
    " AND ({x} NOT GLOB '????-[0-9]*' OR substr({x}, 6, 2) BETWEEN '01' AND '12'"
    " OR (substr({x}, 6, 2) BETWEEN '21' AND '41' AND substr({x}, 8, 1) <> '-')))"
)
_SQLITE_FIGURE = (
    "{x} = 'unknown' OR ({x} GLOB '*[0-9]*' AND {x} NOT GLOB '*[^-0-9.<>=~/?]*'"
    " AND {x} NOT GLOB '*[0-9][-<>=~]*' AND {x} NOT GLOB '*[-.][-.]*' AND {x} NOT GLOB '0[0-9]*'"
    " AND {x} NOT GLOB '/*' AND {x} NOT GLOB '*/' AND {x} NOT GLOB '*[?]?*')"
)
