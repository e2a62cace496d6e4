"""What a contributor meant: a record by any name, a field by its words, a value by its kind.

Only what can be nothing else is taken. Where two things could be meant, both are offered and the
contributor is asked; nothing is ever guessed into the dataset.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from lunarprogrammes.check.rule import rule_set
from lunarprogrammes.edition import Edition
from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.find import closest, find, fold
from lunarprogrammes.proposals.naming import shown
from lunarprogrammes.proposals.sheets import writable_tables
from lunarprogrammes.tables import Field, InvalidValue, Table, get

_MOST_OFFERED = 5


class Unclear(Exception):
    """An answer that has no meaning or several: what is the matter, what to do, what is offered."""

    def __init__(self, what: str, remedy: str, offered: Iterable[str] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.offered = tuple(offered)


class Target(NamedTuple):
    """The record of which a fact is stated: its table, its id, whether the edition has it."""

    table: Table
    record: str
    is_new: bool

    def __str__(self) -> str:
        return f"{self.table.name}/{self.record}"


class Matcher:
    """Finds what is meant among the records of one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    @cached_property
    def _records(self) -> frozenset[tuple[str, str]]:
        columns = self.edition.columns("claims", "table", "record", "field")
        return frozenset((table, record) for table, record, name in columns if name == EXISTENCE)

    def target(self, record: str, field: str) -> Target:
        """Return the record that is meant; the field helps to choose among several of one name."""
        if "/" in record and record.split("/")[0].strip().lower() in writable_tables():
            return self._by_id(record)
        tables = writable_tables()
        matches = find(self.edition, record, limit=None) if len(record) <= 200 else []
        matches = [one for one in matches if one.table in tables]
        same = {fold(record)}
        exact = [one for one in matches if fold(one.matched) in same or fold(one.record) in same]
        fitting = [one for one in exact if _has_field(get(one.table), field)]
        chosen = fitting or exact
        if len(chosen) == 1:
            return Target(get(chosen[0].table), chosen[0].record, is_new=False)
        offered = [f"{one.table}/{one.record} ({one.name})" for one in (chosen or matches)]
        if chosen:
            what = f"'{shown(record)}' is the name of {len(chosen)} records."
            raise Unclear(what, "Say which, by its table and id.", offered[:_MOST_OFFERED])
        what = f"No record is called '{shown(record)}'."
        remedy = "Write the name or id of one of them, or table/id for a new record."
        if not offered:
            remedy = "Write table/id for a new record, such as missions/change-9."
        raise Unclear(what, remedy, offered[:_MOST_OFFERED])

    def _by_id(self, text: str) -> Target:
        name, _, record = text.strip().partition("/")
        table = get(name.strip().lower())
        record = record.strip()
        if (table.name, record) in self._records:
            return Target(table, record, is_new=False)
        cells = table.key_cells(record)
        try:
            for part in table.key:
                table.fields[part].parse(cells.get(part) or "")
        except InvalidValue as error:
            what = f"'{shown(record)}' cannot be an id in {table.name}."
            form = ":".join(table.fields[part].example for part in table.key)
            raise Unclear(what, f"{error.expected} Write {table.name}/{form}, say.") from None
        return Target(table, record, is_new=True)

    def value(self, field: Field, text: str) -> str:
        """Return the canonical text of a value; raise `Unclear` with what was probably meant."""
        if field.kind == "reference":
            return self._reference(field, text)
        found = value_of(field, text)
        if field.kind == "record" and tuple(found.split("/", 1)) not in self._records:
            near = [f"{one.table}/{one.record}" for one in find(self.edition, found.split("/")[1])]
            raise Unclear(f"There is no record '{shown(found)}'.", "Name one.", near[:3])
        return found

    def _reference(self, field: Field, text: str) -> str:
        if any((table, text) in self._records for table in field.references):
            return text
        matches = find(self.edition, text, limit=None) if len(text) <= 200 else []
        matches = [one for one in matches if one.table in field.references]
        wanted = fold(text)
        exact = [one for one in matches if wanted in {fold(one.matched), fold(one.record)}]
        if len(exact) == 1:
            return exact[0].record
        offered = [f"{one.record} ({one.name})" for one in (exact or matches)][:_MOST_OFFERED]
        tables = " or ".join(field.references)
        what = f"No record of {tables} is called '{shown(text)}'."
        if exact:
            what = f"'{shown(text)}' is the name of {len(exact)} records of {tables}."
        remedy = "Write the id of one of them." if offered else f"Propose it for {tables} first."
        raise Unclear(what, remedy, offered)


def field_of(table: Table, text: str) -> str:
    """Return the name of the field that is meant, such as `launch_date` for `Launch date`.

    >>> field_of(get("missions"), "sample mass"), field_of(get("missions"), "Launch Date")
    ('sample_mass_g', 'launch_date')
    """
    fields = {name: field for name, field in table.facts.items() if name not in table.key}
    found = _fields_called(table, text)
    if len(found) == 1:
        return found[0]
    offered = found or closest(fields, text, limit=_MOST_OFFERED) or list(fields)
    how = f"could be {len(found)} fields" if found else "is no field"
    what = f"'{shown(text)}' {how} of {table.name}."
    raise Unclear(what, "Write the name of one of them.", offered)


def _has_field(table: Table, text: str) -> bool:
    return len(_fields_called(table, text)) == 1


def _fields_called(table: Table, text: str) -> list[str]:
    """Return the field of that name, with or without its unit; else those whose words it has."""
    names = [name for name in table.facts if name not in table.key]
    wanted = fold(text)
    exact = [name for name in names if fold(name) == wanted]
    # The key says which record it is: `id` is never short for `cospar_id`.
    if not wanted or exact or wanted in map(fold, table.key):
        return exact
    bare = [name for name in names if fold(_without_unit(name, table.facts[name])) == wanted]
    return bare or [name for name in names if wanted in fold(name)]


def _without_unit(name: str, field: Field) -> str:
    head, _, tail = name.rpartition("_")
    return head if field.unit and head and len(tail) <= 4 else name


def value_of(field: Field, text: str) -> str:
    """Return the canonical text of a value, read as people write it where that is certain.

    >>> value_of(get("missions").fields["launch_date"], "23 November 2020")
    '2020-11-23'
    >>> value_of(get("missions").fields["sample_mass_g"], "1,731 g")
    '1731'
    """
    if field.unit and text.endswith((f" {field.unit}", f"\u00a0{field.unit}")):
        text = text[: -len(field.unit)].strip()
    try:
        read = field.text(field.parse(text))
    except InvalidValue as error:
        meant = error.suggestion
        # Dates, figures and yes or no have one meaning or none; words are alike by chance.
        certain = field.kind in {"date", "quantity", "boolean"} or fold(meant or "") == fold(text)
        if not meant or not certain:
            what = " ".join(error.what.split())
            raise Unclear(what, error.expected, [meant] if meant else []) from None
        read = meant
    for inspector in rule_set().inspectors:
        for remark in inspector(field, read):
            raise Unclear(remark.what, f"{remark.expected} {remark.remedy}".strip())
    return read
