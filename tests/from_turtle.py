"""The tables as Turtle alone gives them back: written from the page on RDF, not from the writer."""

from collections import defaultdict
from urllib.parse import unquote

import pyoxigraph as ox

from lunarprogrammes.export.tabular import exported_tables

BASE = "https://github.com/lunarprogrammes/lunarprogrammes#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NIL = f"{RDF}nil"


def quads(text):
    """Parse Turtle with Oxigraph, which checks addresses, language tags and escapes strictly."""
    return ox.parse(text, format=ox.RdfFormat.TURTLE)


def tables_of(triples):
    """Return the texts of every cell by table and record."""
    firsts, rests, said = {}, {}, defaultdict(list)
    for triple in triples:
        subject, verb, value = triple.subject, triple.predicate.value, triple.object
        if verb == f"{RDF}first":
            firsts[subject] = value
        elif verb == f"{RDF}rest":
            rests[subject] = value
        elif isinstance(subject, ox.NamedNode) and subject.value.startswith(BASE):
            said[subject.value].append((verb, value))
    made = {name: {} for name in exported_tables()}
    for address, pairs in said.items():
        name, _, record = address.removeprefix(BASE).partition("/")
        if name in made:
            made[name][unquote(record)] = dict(_cells(name, unquote(record), pairs, firsts, rests))
    return made


def _cells(name, record, pairs, firsts, rests):
    if name == "claims":
        yield from _claim(record, dict(pairs))
    fields = exported_tables()[name].fields
    for verb, value in pairs:
        column = verb.removeprefix(f"{BASE}{name}.")
        if verb.startswith(BASE) and column in fields:
            yield column, ";".join(_texts(fields[column], value, firsts, rests))


def _claim(record, said):
    table, _, about = said[f"{RDF}subject"].value.removeprefix(BASE).partition("/")
    field = _column(said[f"{RDF}predicate"])
    yield from {"id": record, "table": table, "record": unquote(about), "field": field}.items()
    if field != "*":
        yield "value", _text(exported_tables()[table].fields[field], said[f"{RDF}object"])


def _column(node):
    if node.value == f"{RDF}type":
        return "*"
    return node.value.removeprefix(BASE).partition(".")[2]


def _texts(field, value, firsts, rests):
    if field.kind != "list":
        yield _text(field, value)
        return
    while getattr(value, "value", "") != NIL:
        item = firsts[value]
        yield _column(item) if field.pattern.endswith("[*])$") else _local(item)
        value = rests[value]


def _text(field, value):
    if isinstance(value, ox.Literal):
        return value.value
    if field.vocabulary is not None:
        return value.value.removeprefix(f"{BASE}term/").partition(".")[2]
    return unquote(value.value.removeprefix(BASE)) if field.kind == "record" else _local(value)


def _local(node):
    return unquote(node.value.removeprefix(BASE).partition("/")[2])
