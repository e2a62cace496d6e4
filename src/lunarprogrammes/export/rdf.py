"""An edition as RDF in Turtle: records, the claims behind every value, and the vocabulary itself.

A record is a resource, a value a property of it. Each claim is an rdf:Statement and a prov:Entity,
derived from its source at a locator; each resolved value is a cell, derived from the claims that
carry it. A date or a figure keeps its text, with its bounds as properties beside.

Written row by row by the standard library: 7 s, 122 MB of text and 47 MB of memory for 171,000
claims.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from lunarprogrammes.edition import Edition
from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.export._catalogue import LANGUAGE, catalogued
from lunarprogrammes.export._ontology import ontology
from lunarprogrammes.export._turtle import literal, statement
from lunarprogrammes.export._vocabulary import (
    CLASSES,
    Value,
    bound_nodes,
    cell_node,
    class_node,
    edition_node,
    node,
    prefixes,
    property_node,
    record_node,
    term_node,
    values,
)
from lunarprogrammes.export.files import whole
from lunarprogrammes.export.frictionless import HOME
from lunarprogrammes.export.tabular import BOUNDED, DECISIONS, exported_tables
from lunarprogrammes.resolve import CHOSEN, SUPPORTING
from lunarprogrammes.tables import Table
from lunarprogrammes.tables.claims import TABLE as CLAIMS
from lunarprogrammes.tables.claims import VERDICT

# What a claim says stands in its rdf:subject, rdf:predicate and rdf:object.
_SAID = ("id", "table", "record", "field", "value")
_EVIDENCE = tuple(name for name in CLAIMS.fields if name not in _SAID)


def write(edition: Edition, target: Path) -> None:
    """Write an edition as Turtle in UTF-8; the target appears whole or not at all.

    Raises `EditionError` where the edition cannot be read or the target cannot be written.
    """
    with whole(target) as fresh, fresh.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(turtle(edition))


def turtle(edition: Edition) -> Iterator[str]:
    """Yield an edition in Turtle, a statement at a time.

    >>> "".join(turtle(Edition.open()))[:11]
    '@prefix lp:'
    """
    yield from heading()
    yield _dataset(edition)
    yield from ontology()
    yield from statements(edition)


def heading() -> Iterator[str]:
    """Yield the prefixes that all statements use."""
    for prefix, namespace in prefixes().items():
        yield f"@prefix {prefix}: <{namespace}> .\n"


def statements(edition: Edition) -> Iterator[str]:
    """Yield the records of every table and the claims, without the vocabulary.

    >>> next(statements(Edition.open())).splitlines()[0]
    'missions:angelicvm-1 a lp:Mission ;'
    """
    for table in exported_tables().values():
        if table is not CLAIMS:
            for row in edition.rows(table.name):
                yield _record(table, row)
                if table.name == "names":
                    yield _other_name(row)
    yield from _claims(edition)


def _dataset(edition: Edition) -> str:
    known = catalogued(edition)
    issued = [("dcterms:issued", literal(known.issued, "xsd:date"))] if known.issued else []
    licence = [("dcterms:license", f"<{known.licence}>")] if known.licence else []
    return statement(
        edition_node(known.version),
        [
            ("a", "dcat:Dataset, prov:Entity"),
            ("dcterms:title", literal(known.title, language=LANGUAGE)),
            ("dcterms:description", literal(known.description, language=LANGUAGE)),
            ("dcat:version", literal(known.version)),
            ("owl:versionInfo", literal(f"edition {known.version}, schema {known.schema_version}")),
            ("dcterms:isVersionOf", f"<{HOME}>"),
            *issued,
            *licence,
        ],
    )


def _record(table: Table, row: Mapping[str, str]) -> str:
    wider = f", {CLASSES[table.name]}" if table.name in CLASSES else ""
    record = table.record_id(row)
    said = [Value("a", f"{class_node(table)}{wider}"), Value("dcterms:identifier", literal(record))]
    label = row.get(table.label, "")
    if label:
        said.append(Value("rdfs:label", literal(label, language=_language(table, row))))
    if table.name == "sources" and label:
        said.append(Value("dcterms:title", literal(label, language=_language(table, row))))
    for column in table.fields:
        said += values(table, column, row.get(column, ""))
    return statement(record_node(table.name, record), said)


def _language(table: Table, row: Mapping[str, str]) -> str:
    """Return the language of what names a record: its own column's, or English where that is asked.

    A column of names holds English ones where its definition says so, and no other text is known to
    be in one language.
    """
    if "language" in table.fields:
        return row.get("language", "")
    return LANGUAGE if "English" in table.fields[table.label].meaning else ""


def _other_name(row: Mapping[str, str]) -> str:
    table, _, record = row["record"].partition("/")
    named = literal(row["name"], language=row.get("language", ""))
    return statement(record_node(table, record), [("skos:altLabel", named)])


def _claims(edition: Edition) -> Iterator[str]:
    """Yield every claim, and after the claims of a cell the cell itself."""
    decided = {
        (row["table"], row["record"], row["field"]): DECISIONS.record_id(row)
        for row in edition.rows(DECISIONS.name)
    }
    for cell, group in groupby(edition.rows(CLAIMS.name), itemgetter("table", "record", "field")):
        claims = list(group)
        for claim in claims:
            yield _claim(claim)
        yield _cell(cell, claims, decided.get(cell))


def _claim(claim: Mapping[str, str]) -> str:
    said = [("a", "lp:Claim, rdf:Statement, prov:Entity"), *_statement_of(claim)]
    for column in _EVIDENCE:
        said += values(CLAIMS, column, claim.get(column, ""))
    return statement(record_node("claims", claim["id"]), said)


def _statement_of(claim: Mapping[str, str]) -> list[tuple[str, str]]:
    table, field = claim["table"], claim["field"]
    said = [
        ("rdf:subject", record_node(table, claim["record"])),
        ("rdf:predicate", property_node(table, field)),
    ]
    known = exported_tables().get(table)
    if field == EXISTENCE:
        return [*said, ("rdf:object", class_node(known) if known else literal(table))]
    column = known.fields.get(field) if known else None
    if column is None:
        return [*said, ("rdf:object", literal(claim["value"]))]
    sides = bound_nodes(column, claim["value"]) if column.kind in BOUNDED else ()
    bounds = [(f"lp:claims.value_{side}", bound) for side, bound in sides]
    return [*said, ("rdf:object", node(column, claim["value"])), *bounds]


def _cell(cell: tuple[str, str, str], claims: list[dict[str, str]], decision: str | None) -> str:
    """Return the resolved value of a cell, or for a record that it exists, with what carries it."""
    carriers = sorted(
        (claim for claim in claims if claim["standing"] in {CHOSEN, SUPPORTING}),
        key=itemgetter("standing", "id"),
    )
    chosen = [claim for claim in carriers if claim["standing"] == CHOSEN]
    if not chosen:
        return ""
    table, record, field = cell
    derived = ", ".join(record_node("claims", claim["id"]) for claim in carriers)
    said = [("prov:wasDerivedFrom", derived)]
    if decision:
        said.append(("prov:wasInfluencedBy", record_node(DECISIONS.name, decision)))
    if field == EXISTENCE:
        return statement(record_node(table, record), said)
    verdict = chosen[0]["verdict"]
    return statement(
        cell_node(table, record, field),
        [
            ("a", "lp:Cell"),
            *_statement_of(chosen[0]),
            ("lp:verdict", term_node(VERDICT, verdict)),
            *said,
        ],
    )
