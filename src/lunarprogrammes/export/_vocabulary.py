"""The addresses of everything in RDF, and a cell's text as a node: one home for both.

An address is the homepage with a fragment, so that it leads to the project wherever it is met:
`…#missions/change-5` is a record, `…#Mission` its class, `…#missions.launch_date` the property of a
column, `…#term/outcome.success` a term, `…#claims/k3vq7m2xw5ta` a claim. They change no more than
ids do. What a column is follows from its `Field`; only the links to vocabularies of others are
listed here.
"""

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from lunarprogrammes.evidence.claims import EXISTENCE, UNKNOWN
from lunarprogrammes.export._turtle import address, literal, name, percent_encoded, web_address
from lunarprogrammes.export.frictionless import HOME
from lunarprogrammes.export.tabular import BOUNDED, bounds, exported_tables
from lunarprogrammes.tables import Field, Table, Vocabulary

BASE = f"{HOME}#"
ONTOLOGY = f"<{BASE}vocabulary>"
EDTF, DATE, QUANTITY = "edtf:EDTF", "lp:UncertainDate", "lp:Quantity"
SIDES = ("lower", "upper")

STANDARDS: Mapping[str, str] = MappingProxyType(
    {
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dcterms": "http://purl.org/dc/terms/",
        "edtf": "http://id.loc.gov/datatypes/edtf/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""The namespaces of others by prefix."""

CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "actors": "foaf:Agent",
        "claims": "prov:Entity",
        "people": "foaf:Person",
        "places": "dcterms:Location",
        "roles": "org:Membership",
        "sources": "dcterms:BibliographicResource",
    }
)
"""The class of another vocabulary that rows of a table belong to as well."""

PROPERTIES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("claims", "source"): "prov:wasDerivedFrom",
        ("people", "name"): "foaf:name",
        ("roles", "actor"): "org:organization",
        ("roles", "person"): "org:member",
        ("sources", "author"): "dc:creator",
        ("sources", "derived_from"): "prov:wasQuotedFrom",
        ("sources", "issued"): "dcterms:issued",
        ("sources", "language"): "dc:language",
        ("sources", "publisher"): "dc:publisher",
        ("sources", "title"): "dcterms:title",
    }
)
"""The wider property of another vocabulary that a column has as well."""

_IDENTIFIERS = {"wikidata": "http://www.wikidata.org/entity/", "ror": "https://ror.org/"}
_TOKEN = re.compile("[A-Za-z0-9]+").fullmatch
_WHOLE = re.compile("0|-?[1-9][0-9]*").fullmatch
_NOT_EDTF = re.compile(r"unknown|.*/.*|.*T..:..Z.*|.*T.*[~?%]|....-[2-4].[~?%]").fullmatch


class Value(NamedTuple):
    """One property of a record with its object, as Turtle writes both."""

    verb: str
    object: str


@cache
def prefixes() -> dict[str, str]:
    """Return all namespaces by prefix: ours, one per table and for its cells, and the standards."""
    made = {"lp": BASE, "term": f"{BASE}term/"}
    for table in exported_tables():
        made[table] = f"{BASE}{table}/"
        made[f"{table}-cells"] = f"{BASE}cells/{table}/"
    return {**made, **STANDARDS}


def edition_node(version: str) -> str:
    """Return the address of an edition.

    >>> edition_node("2026.11.22")[-20:]
    '#edition/2026.11.22>'
    """
    return address(f"{BASE}edition/", percent_encoded(version))


def record_node(table: str, record: str) -> str:
    """Return the address of a record.

    >>> record_node("missions", "change-5"), record_node("parties", "artemis-accords:france")
    ('missions:change-5', 'parties:artemis-accords:france')
    """
    return name(_prefix(table), f"{BASE}{table}/", record)


def cell_node(table: str, record: str, field: str) -> str:
    """Return the address of a cell.

    >>> cell_node("missions", "change-5", "launch_date")
    'missions-cells:change-5.launch_date'
    """
    return name(_prefix(f"{table}-cells"), f"{BASE}cells/{table}/", f"{record}.{field}")


def class_node(table: Table) -> str:
    """Return the class of a table's rows.

    >>> class_node(exported_tables()["claims"])
    'lp:Claim'
    """
    return f"lp:{table.record.__name__.removesuffix('Row')}"


@lru_cache(maxsize=4096)
def property_node(table: str, field: str) -> str:
    """Return the property of a column; that a record exists says its class.

    >>> property_node("missions", "launch_date"), property_node("missions", "*")
    ('lp:missions.launch_date', 'rdf:type')
    """
    return "rdf:type" if field == EXISTENCE else name("lp", BASE, f"{table}.{field}")


def scheme_node(vocabulary: Vocabulary) -> str:
    """Return the address of a vocabulary."""
    return f"term:{vocabulary.name.replace(' ', '-')}"


def term_node(vocabulary: Vocabulary, term: str) -> str:
    """Return the address of a term of a vocabulary."""
    return name("term", f"{BASE}term/", f"{vocabulary.name.replace(' ', '-')}.{term}")


def node(field: Field, text: str) -> str:
    """Return the text of a cell, or of one item of a list, as a node.

    >>> missions = exported_tables()["missions"].fields
    >>> node(missions["operator"], "cnsa"), node(missions["sample_mass_g"], ">800")
    ('actors:cnsa', '">800"^^lp:Quantity')
    >>> node(missions["launch_date"], "2026~"), node(missions["launch_date"], "2026/..")
    ('"2026~"^^edtf:EDTF', '"2026/.."^^lp:UncertainDate')
    """
    if field.vocabulary is not None and text in field.vocabulary.terms:
        return term_node(field.vocabulary, text)
    if field.kind == "reference" and len(field.references) == 1 and text != UNKNOWN:
        return record_node(field.references[0], text)
    if field.kind == "record" and "/" in text:
        table, _, record = text.partition("/")
        return record_node(table, record)
    bare = {"boolean": text in {"true", "false"}, "integer": _WHOLE(text) is not None}
    if bare.get(field.kind):
        return text
    return literal(text, datatype_of(field, text))


def datatype_of(field: Field, text: str) -> str:
    """Return the datatype of a literal; empty for plain text.

    What EDTF would read in another sense is no EDTF here: its interval lasts, ours is one date
    somewhere between. Nor does EDTF know a time without seconds, a time or a season in doubt, or a
    text that says `unknown`.
    """
    if field.kind == "date":
        return DATE if _NOT_EDTF(text) else EDTF
    return {"quantity": QUANTITY, "url": "xsd:anyURI"}.get(field.kind, "")


def bound_nodes(field: Field, text: str) -> tuple[tuple[str, str], ...]:
    """Return the bounds of a date or figure by side, those that are closed."""
    return _bound_nodes(field.kind, text)


@lru_cache(maxsize=16384)
def _bound_nodes(kind: str, text: str) -> tuple[tuple[str, str], ...]:
    made = []
    for side, bound in zip(SIDES, bounds(Field(kind, "", ""), text), strict=True):
        if isinstance(bound, datetime.date):
            made.append((side, literal(bound.isoformat(), "xsd:date")))
        elif bound is not None:
            made.append((side, literal(_decimal(bound), "xsd:decimal")))
    return tuple(made)


def _decimal(number: float) -> str:
    """Write a number without an exponent, which xsd:decimal does not know.

    >>> _decimal(1e22), _decimal(0.5), _decimal(1e-7)
    ('10000000000000000000000', '0.5', '0.0000001')
    """
    return f"{Decimal(repr(number)):f}".removesuffix(".0")


def values(table: Table, column: str, text: str) -> list[Value]:
    """Return what a cell says: its property, its bounds, its links to others; nothing if empty."""
    field = table.fields[column]
    if not text:
        return []
    verb = property_node(table.name, column)
    if field.kind == "list":
        return _listed(table, column, verb, text.split(";"))
    made = [Value(verb, node(field, text))]
    if field.kind in BOUNDED:
        made += [Value(f"{verb}_{side}", bound) for side, bound in bound_nodes(field, text)]
    wider = PROPERTIES.get((table.name, column))
    if wider is not None and wider != "dcterms:title":
        made.append(Value(wider, made[0].object))
    link = web_address(text) if field.kind == "url" else _same_as(column, text)
    if link is not None:
        made.append(Value("schema:url" if field.kind == "url" else "schema:sameAs", link))
    return made


def _listed(table: Table, column: str, verb: str, items: list[str]) -> list[Value]:
    """Return a list in its order, and sources once more as a set, which is easier to ask for."""
    if column == "sources":
        nodes = [record_node("sources", item) for item in items]
        return [Value(verb, f"( {' '.join(nodes)} )"), Value("dcterms:source", ", ".join(nodes))]
    return [Value(verb, f"( {' '.join(property_node(table.name, item) for item in items)} )")]


def _same_as(column: str, text: str) -> str | None:
    """Return the address that somebody else's identifier stands for, whole or by its own part.

    >>> _same_as("wikidata", "Q148"), _same_as("ror", "https://ror.org/027ka1x80")
    ('<http://www.wikidata.org/entity/Q148>', '<https://ror.org/027ka1x80>')
    """
    space = _IDENTIFIERS.get(column)
    token = text.removeprefix(space) if space else ""
    return f"<{space}{token}>" if space and _TOKEN(token) else None


def _prefix(wanted: str) -> str:
    """Return a prefix if there is one: a record may be of a table that this version lacks."""
    return wanted if wanted in prefixes() else ""
