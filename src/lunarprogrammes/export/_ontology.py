"""The vocabulary of the dataset in RDF: classes, properties, datatypes, and the lists of terms.

Everything follows from the tables; what is ours alone (cells, the two datatypes) is said here.
"""

from collections.abc import Iterator

from lunarprogrammes import __version__
from lunarprogrammes.export._turtle import literal, statement
from lunarprogrammes.export._vocabulary import (
    CLASSES,
    DATE,
    ONTOLOGY,
    PROPERTIES,
    QUANTITY,
    SIDES,
    class_node,
    property_node,
    scheme_node,
    term_node,
)
from lunarprogrammes.export.tabular import BOUNDED, exported_tables
from lunarprogrammes.tables import Field, Table, Vocabulary

_CELL = (
    "What a record says in one field as the claims were resolved: rdf:subject, rdf:predicate and "
    "rdf:object repeat it, prov:wasDerivedFrom names the claims that carry it."
)
_CLAIM = (
    "As a statement it asserts nothing by itself: its certainty may be that the source denies it, "
    "its standing that it was rejected."
)
_DATE = (
    "A date as its source states it, where EDTF has no text of the same sense: an interval is one "
    "date somewhere between, 2026/.. no earlier than 2026, ../2030 by 2030; a time may stop at the "
    "minute; unknown is what the source calls so."
)
_QUANTITY = (
    "A figure as its source states it: 2000, ~2000 about, >800 more than, 22/24 between, with ? "
    "where the source is in doubt; unknown is what the source calls so."
)
_ENDS = {"lower": "Least", "upper": "Greatest"}
# A date has one of two datatypes, a record one of all classes: no range.
_RANGES = {
    "boolean": "xsd:boolean",
    "date": "",
    "integer": "xsd:integer",
    "list": "rdf:List",
    "quantity": QUANTITY,
    "record": "",
    "url": "xsd:anyURI",
}


def ontology() -> Iterator[str]:
    """Yield the vocabulary as statements in Turtle.

    >>> next(ontology()).splitlines()[0].endswith("#vocabulary> a owl:Ontology ;")
    True
    """
    words = "Classes, properties and terms of lunarprogrammes, made from its table definitions."
    yield statement(
        ONTOLOGY,
        [
            ("a", "owl:Ontology"),
            ("rdfs:label", literal("Vocabulary of lunarprogrammes", language="en")),
            ("rdfs:comment", literal(words, language="en")),
            ("owl:versionInfo", literal(__version__)),
            ("dcterms:license", "<https://creativecommons.org/licenses/by/4.0/>"),
        ],
    )
    yield _defined("lp:Cell", "rdfs:Class", "Cell", _CELL, ("rdfs:subClassOf", "prov:Entity"))
    yield _defined(DATE, "rdfs:Datatype", "Uncertain date", _DATE)
    yield _defined(QUANTITY, "rdfs:Datatype", "Quantity", _QUANTITY)
    yield _property(
        "lp:verdict", "verdict", "What the resolution found.", "lp:Cell", "skos:Concept"
    )
    seen: set[str] = set()
    for table in exported_tables().values():
        yield _class(table)
        for column, field in table.fields.items():
            yield from _properties(table, column, field)
            if field.vocabulary is not None and field.vocabulary.name not in seen:
                seen.add(field.vocabulary.name)
                yield from _scheme(field.vocabulary)


def _defined(subject: str, kind: str, label: str, comment: str, *more: tuple[str, str]) -> str:
    return statement(
        subject,
        [
            ("a", kind),
            ("rdfs:label", literal(label, language="en")),
            ("rdfs:comment", literal(comment, language="en")),
            ("rdfs:isDefinedBy", ONTOLOGY),
            *more,
        ],
    )


def _class(table: Table) -> str:
    wider = [CLASSES[table.name]] if table.name in CLASSES else []
    more = [("rdfs:subClassOf", one) for one in wider]
    comment = table.meaning
    if table.name == "claims":
        more.append(("rdfs:subClassOf", "rdf:Statement"))
        comment = f"{comment} {_CLAIM}"
    return _defined(class_node(table), "rdfs:Class", table.name, comment, *more)


def _property(
    subject: str, label: str, comment: str, domain: str, range_: str, *more: tuple[str, str]
) -> str:
    ends = [("rdfs:domain", domain), *([("rdfs:range", range_)] if range_ else [])]
    return _defined(subject, "rdf:Property", label, comment, *ends, *more)


def _properties(table: Table, column: str, field: Field) -> Iterator[str]:
    verb, domain = property_node(table.name, column), class_node(table)
    unit = [("schema:unitText", literal(field.unit))] if field.unit else []
    wider = PROPERTIES.get((table.name, column))
    more = [("rdfs:subPropertyOf", wider)] if wider else []
    example = [("skos:example", literal(field.example))] if field.example else []
    yield _property(verb, column, field.meaning, domain, _range(field), *more, *unit, *example)
    if field.kind in BOUNDED:
        for side in SIDES:
            comment = f"{_ENDS[side]} value that {column} may mean; absent where it is open."
            kind = "xsd:date" if field.kind == "date" else "xsd:decimal"
            yield _property(f"{verb}_{side}", f"{column}_{side}", comment, domain, kind, *unit)


def _range(field: Field) -> str:
    """Return what values are; empty where they are of several kinds."""
    if field.vocabulary is not None:
        return "skos:Concept"
    if field.kind == "reference" and len(field.references) == 1:
        return class_node(exported_tables()[field.references[0]])
    return _RANGES.get(field.kind, "xsd:string")


def _scheme(vocabulary: Vocabulary) -> Iterator[str]:
    scheme = scheme_node(vocabulary)
    yield statement(
        scheme,
        [
            ("a", "skos:ConceptScheme"),
            ("skos:prefLabel", literal(vocabulary.name, language="en")),
            ("skos:definition", literal(vocabulary.meaning, language="en")),
            ("rdfs:isDefinedBy", ONTOLOGY),
        ],
    )
    for term, meaning in vocabulary.terms.items():
        # Who is a party has signed: the stronger term is the narrower one.
        wider = [("skos:broader", term_node(vocabulary, one)) for one in vocabulary.below(term)]
        yield statement(
            term_node(vocabulary, term),
            [
                ("a", "skos:Concept"),
                ("skos:inScheme", scheme),
                *(wider or [("skos:topConceptOf", scheme)]),
                ("skos:notation", literal(term)),
                ("skos:prefLabel", literal(term, language="en")),
                ("skos:definition", literal(meaning, language="en")),
            ],
        )
