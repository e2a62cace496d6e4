"""Questions in Python, SQL, R and the shell: one about each table, and one about each field.

The tests ask them all, in all four.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lunarprogrammes.tables import Table

Row = Mapping[str, str]
# A list that a reader can check with the eye.
_FEW = 12
_KINDS = ("term", "slug", "text", "reference")
_LINE = 100
# Names of fields that SQL takes for its own words.
_WORDS_OF_SQL = {"left", "table"}


class Question(NamedTuple):
    """How many rows of a table have one value in one field, and the answer."""

    table: str
    key: str
    field: str
    value: str
    answer: int

    @property
    def languages(self) -> Mapping[str, str]:
        """The question by the name of each language, as text to run."""
        table, field, value = self.table, self.field, self.value
        option = field.replace("_", "-")
        shown = f"'{value}'" if " " in value else value
        return {
            "python": (
                f'import lunarprogrammes as lp\n\nlen(lp.load().{table}.where({field}="{value}"))'
            ),
            # Shown to readers, who run it; the package never does.
            "sql": f"SELECT count(*) FROM {table} WHERE {field} = '{value}'",  # noqa: S608
            "r": f'{_read_in_r(table)}sum({table}${field} == "{value}")',
            "sh": (
                f"lunarprogrammes list {table} --{option} {shown} --columns {self.key} "
                "--format csv | tail -n +2 | wc -l"
            ),
        }


def question_of(table: Table, rows: Sequence[Row]) -> Question | None:
    """Return the question about a table: its first telling field, a value that a few rows have."""
    for kind in _KINDS:
        for name, field in table.facts.items():
            # A name or a description is no value that rows have in common.
            if field.kind != kind or name in table.key or (field.complementary and kind == "text"):
                continue
            counts = Counter(row[name] for row in rows if row[name] and '"' not in row[name])
            several = [(count, value) for value, count in counts.items() if count > 1]
            few = [one for one in several if one[0] <= _FEW]
            if few or (several and kind == "term"):
                answer, value = max(few) if few else min(several)
                return Question(table.name, table.key[0], name, value, answer)
    return None


def questions_text(table: Table, rows: Sequence[Row]) -> str:
    """Return the section of a table's page with its question in all languages."""
    asked = question_of(table, rows)
    if asked is None:
        return ""
    blocks = "".join(f"```{name}\n{text}\n```\n\n" for name, text in asked.languages.items())
    return (
        f"\n## The same question in four languages {{#queries}}\n\nHow many {table.name} have "
        f"`{asked.value}` as `{asked.field}`? **{asked.answer}**. SQL asks "
        "`lunarprogrammes sql` or any of the [database files](../formats.md); R reads the CSV file."
        f"\n\n{blocks.rstrip()}\n"
    )


def field_queries(table: Table, name: str) -> Mapping[str, str]:
    """Return, by language, the text that gives each record with its value in one field.

    >>> from lunarprogrammes import tables
    >>> field_queries(tables.get("missions"), "launch_date")["sql"]
    'SELECT id, launch_date FROM missions WHERE launch_date IS NOT NULL'
    """
    columns = list(dict.fromkeys((*table.key, name)))
    always = table.fields[name].required
    values = ", ".join(f"one.{column}" for column in columns)
    if len(columns) > 1:
        values = f"({values})"
    empty = "" if table.fields[name].kind == "list" else " is not None"
    of, listed = table.name, ", ".join(columns)
    quoted = [f'"{one}"' if one in _WORDS_OF_SQL else one for one in columns]
    where = f" WHERE {quoted[columns.index(name)]} IS NOT NULL"
    sql = f"SELECT {', '.join(quoted)} FROM {of}"  # noqa: S608  (for readers, as above)
    shell = f"lunarprogrammes list {of} --columns {','.join(columns)} --format csv"
    clauses = [values, f"for one in lp.load().{of}", *([] if always else [f"if one.{name}{empty}"])]
    python = f"[{' '.join(clauses)}]"
    if len(python) > _LINE:
        python = "\n".join(["[", *(f"    {clause}" for clause in clauses), "]"])
    return {
        "python": f"import lunarprogrammes as lp\n\n{python}",
        "sql": sql + ("" if always else where),
        "r": _read_in_r(of) + f'subset({of}, {name} != "", c({listed}))',
        "sh": shell + ("" if always else " | grep -v ',$'"),
    }


def field_queries_text(table: Table, name: str) -> str:
    """Return the queries of a field as a block that opens on request."""
    blocks = "".join(
        f"```{language}\n{text}\n```\n\n" for language, text in field_queries(table, name).items()
    )
    return (
        "\n<details markdown><summary>Ask for it in Python, SQL, R and the shell</summary>\n\n"
        f"{blocks}</details>\n"
    )


def _read_in_r(table: str) -> str:
    """Return the line by which R reads a table: all as text, and `NA` is Namibia's code."""
    return (
        f'{table} <- read.csv("datasets/{table}.csv", colClasses = "character", '
        'encoding = "UTF-8", na.strings = character())\n'
    )
