"""RDF: read by two libraries, held to shapes, asked in SPARQL, and turned back into the tables."""

from pathlib import Path
from urllib.parse import unquote

import pytest
import rdflib
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st
from pyshacl import validate

from exported import csv_rows, export_elsewhere, in_memory
from from_turtle import BASE, quads, tables_of
from lunarprogrammes.answers import Answer
from lunarprogrammes.cli import main
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import EditionError, InvalidDate, InvalidQuantity
from lunarprogrammes.export._turtle import literal, name, web_address
from lunarprogrammes.export._vocabulary import values
from lunarprogrammes.export.formats import write
from lunarprogrammes.export.rdf import heading, statements, turtle
from lunarprogrammes.export.tabular import DECISIONS, exported_tables
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import all_tables

SHAPES = Path(__file__).parent / "shapes" / "rdf.ttl"
DATASETS = Path(__file__).parents[1] / "datasets"
PREFIXES = f"""
PREFIX lp: <{BASE}>
PREFIX agreements: <{BASE}agreements/>
PREFIX missions: <{BASE}missions/>
PREFIX cells: <{BASE}cells/missions/>
PREFIX term: <{BASE}term/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
few = settings(max_examples=30, deadline=None)


def text_of(edition):
    return "".join(turtle(edition))


def bare_text_of(edition):
    """Return an edition without the vocabulary, which takes a tenth of a second to read."""
    return "".join([*heading(), *statements(edition)])


def graph_of(text):
    return rdflib.Graph().parse(data=text, format="turtle")


def filled(rows):
    return {name: text for name, text in rows.items() if text}


@pytest.fixture(scope="module")
def small(two_camps_edition):
    """The small edition of two camps as rdflib reads it."""
    return graph_of(text_of(Edition.open(two_camps_edition)))


@pytest.fixture(scope="module")
def asked():
    """The real rows that two questions need, as rdflib reads them."""
    edition = Edition.open(DATASETS)
    claims = [
        row
        for row in edition.rows("claims")
        if (row["table"], row["record"]) == ("missions", "change-5")
    ]
    wanted = {row["source"] for row in claims}
    part = in_memory(
        parties=edition.rows("parties"),
        missions=[row for row in edition.rows("missions") if row["id"] == "change-5"],
        claims=claims,
        sources=[row for row in edition.rows("sources") if row["id"] in wanted],
    )
    return graph_of(text_of(part))


def test_every_table_comes_back_from_turtle_alone(founding_edition):
    made = tables_of(quads(text_of(Edition.open(founding_edition))))
    for table_name, table in exported_tables().items():
        header, rows = csv_rows(founding_edition, table_name)
        found = [dict(zip(header, row, strict=True)) for row in rows]
        assert made[table_name] == {table.record_id(row): filled(row) for row in found}
    assert sum(map(len, made.values())) > 6000


def test_every_record_of_the_committed_edition_comes_back():
    """All tables but the claims, whose 3 million triples take a minute: see the page on RDF."""
    edition = Edition.open(DATASETS)
    records = {table: [*edition.rows(table)] for table in exported_tables() if table != "claims"}
    made = tables_of(quads(bare_text_of(in_memory(**records))))
    for table_name, rows in records.items():
        record_id = exported_tables()[table_name].record_id
        assert made[table_name] == {record_id(row): filled(row) for row in rows}
    assert len(made["missions"]) > 300
    assert len(made["sources"]) > 4000


def test_it_keeps_to_the_shapes(small):
    conforms, _, report = validate(small, shacl_graph=str(SHAPES))
    assert conforms, report
    assert len(list(small.subjects(rdflib.RDF.type, rdflib.URIRef(f"{BASE}Claim")))) > 100


CLAIM_LOSES = ["lp:claims.locator", "lp:claims.source", "rdf:object", "lp:claims.certainty"]


@pytest.mark.parametrize("what", CLAIM_LOSES)
def test_a_claim_that_loses_something_breaks_the_shapes(what):
    edition = in_memory(
        missions=[{"id": "a", "name": "A"}],
        sources=[{"id": "s-2024-t", "title": "T"}],
        claims=[claim("aaaaaaaaaaaa", "missions", "a", "*", ""),
                claim("aaaaaaaaaaab", "missions", "a", "name", "A"),
                claim("aaaaaaaaaaac", "sources", "s-2024-t", "*", "")],
    )  # fmt: skip
    graph = graph_of(text_of(edition))
    assert validate(graph, shacl_graph=str(SHAPES))[0]
    verb = graph.namespace_manager.expand_curie(what)
    graph.remove((rdflib.URIRef(f"{BASE}claims/aaaaaaaaaaab"), verb, None))
    conforms, _, report = validate(graph, shacl_graph=str(SHAPES))
    assert not conforms
    assert what in report


@pytest.mark.parametrize(
    ("take", "said"),
    [
        (("cells/missions/a.name", "prov:wasDerivedFrom"), "Less than 1 values"),
        (("missions/a", "lp:missions.name"), "The record does not say what the cell says."),
        (("missions/a", "prov:wasDerivedFrom"), "Less than 1 values"),
    ],
)
def test_a_value_without_claims_breaks_the_shapes(take, said):
    edition = in_memory(
        missions=[{"id": "a", "name": "A"}],
        sources=[{"id": "s-2024-t", "title": "T"}],
        claims=[claim("aaaaaaaaaaaa", "missions", "a", "*", ""),
                claim("aaaaaaaaaaab", "missions", "a", "name", "A"),
                claim("aaaaaaaaaaac", "sources", "s-2024-t", "*", "")],
    )  # fmt: skip
    graph = graph_of(text_of(edition))
    subject, verb = take
    graph.remove(
        (rdflib.URIRef(f"{BASE}{subject}"), graph.namespace_manager.expand_curie(verb), None)
    )
    conforms, _, report = validate(graph, shacl_graph=str(SHAPES))
    assert not conforms
    assert said in report


def claim(claim_id, table, record, field, value, **more):
    return {
        "id": claim_id, "table": table, "record": record, "field": field, "value": value,
        "source": "s-2024-t", "locator": "p. 1", "certainty": "stated", "verdict": "single",
        "standing": "chosen", **more,
    }  # fmt: skip


def test_the_shapes_speak_of_every_class():
    classes = {table.record.__name__ for table in all_tables().values()} - {"ClaimRow"}
    shapes = rdflib.Graph().parse(SHAPES)
    target = rdflib.URIRef("http://www.w3.org/ns/shacl#targetClass")
    named = shapes.objects(rdflib.URIRef(f"{BASE}RecordShape"), target)
    assert {str(one).removeprefix(BASE) for one in named} == classes


def test_every_filled_cell_of_a_fact_has_its_claims(two_camps_edition, small):
    """Keys aside, which the claims that the record exists carry, and what is derived."""
    cells = {str(one) for one in small.subjects(rdflib.RDF.type, rdflib.URIRef(f"{BASE}Cell"))}
    expected = set()
    for table_name, table in all_tables().items():
        if table_name == "claims":
            continue
        header, rows = csv_rows(two_camps_edition, table_name)
        for row in (dict(zip(header, cells_, strict=True)) for cells_ in rows):
            facts = [one for one in table.facts if row[one] and one not in table.key]
            record = f"{BASE}cells/{table_name}/{table.record_id(row)}"
            expected |= {f"{record}.{one}" for one in facts}
    assert cells == expected


def test_who_had_signed_the_artemis_accords_by_a_day(asked, moon):
    found = asked.query(
        PREFIXES
        + """
        SELECT ?actor WHERE {
          ?party lp:parties.agreement agreements:artemis-accords ;
            lp:parties.level term:level.state ;
            lp:parties.party ?actor ;
            lp:parties.signed_upper ?day .
          FILTER (?day < "2021-07-01"^^xsd:date)
        }"""
    )
    signed = {
        one.party
        for one in moon.parties.where(agreement="artemis-accords", level="state")
        if one.signed and one.signed.before("2021-07-01") is Answer.YES
    }
    assert {str(row.actor).removeprefix(f"{BASE}actors/") for row in found} == signed
    # The eight of 13 October 2020 are a matter of record.
    assert {"australia", "canada", "italy", "japan", "luxembourg", "united-arab-emirates",
            "united-kingdom", "united-states"} < signed  # fmt: skip
    assert "france" not in signed


def test_the_sources_of_a_sample_mass(asked, moon):
    found = asked.query(
        PREFIXES
        + """
        SELECT ?claim ?source ?locator ?value WHERE {
          cells:change-5.sample_mass_g prov:wasDerivedFrom ?claim .
          ?claim prov:wasDerivedFrom ?source ; lp:claims.locator ?locator ; rdf:object ?value .
        }"""
    )
    evidence = moon.why("missions", "change-5", "sample_mass_g")
    assert {
        (
            str(row.claim).removeprefix(f"{BASE}claims/"),
            str(row.source).removeprefix(f"{BASE}sources/"),
            str(row.locator),
            str(row.value),
        )
        for row in found
    } == {
        (one.id, one.source, one.locator, one.value)
        for one, standing in evidence.standings
        if standing in {"chosen", "supporting"}
    }
    assert len(found) > 10


def test_a_claim_that_lost_is_there_and_carries_nothing(asked, moon):
    lost = [
        one
        for one, standing in moon.why("missions", "change-5", "sample_mass_g").standings
        if standing == "rejected"
    ]
    assert lost
    for one in lost:
        node = rdflib.URIRef(f"{BASE}claims/{one.id}")
        standing = asked.value(node, rdflib.URIRef(f"{BASE}claims.standing"))
        assert str(standing) == f"{BASE}term/standing.rejected"
        assert not [*asked.subjects(rdflib.PROV.wasDerivedFrom, node)]


NAMED = in_memory(
    missions=[{"id": "change-5", "name": "Chang'e 5"}],
    people=[{"id": "wu-weiren", "name": "Wu Weiren"}],
    names=[
        {"record": "missions/change-5", "name": "嫦娥五号", "language": "zh-Hans"},
        {"record": "missions/change-5", "name": "CE-5"},
    ],
    sources=[{"id": "x-2024-y", "title": "Луна", "language": "ru", "url": "https://e.org/a[1] b"}],
)


def test_names_say_their_language_and_only_then():
    graph = graph_of(text_of(NAMED))
    mission = rdflib.URIRef(f"{BASE}missions/change-5")
    label = rdflib.RDFS.label
    assert [*graph.objects(mission, label)] == [rdflib.Literal("Chang'e 5", lang="en")]
    assert {*graph.objects(mission, rdflib.SKOS.altLabel)} == {
        rdflib.Literal("嫦娥五号", lang="zh-Hans"),
        rdflib.Literal("CE-5"),
    }
    # "In the order of the person's language": which one, the column does not say.
    person = rdflib.URIRef(f"{BASE}people/wu-weiren")
    assert [*graph.objects(person, label)] == [rdflib.Literal("Wu Weiren")]
    source = rdflib.URIRef(f"{BASE}sources/x-2024-y")
    assert graph.value(source, rdflib.DCTERMS.title) == rdflib.Literal("Луна", lang="ru")
    assert str(graph.value(source, rdflib.SDO.url)) == "https://e.org/a%5B1%5D%20b"
    assert str(graph.value(source, rdflib.URIRef(f"{BASE}sources.url"))) == "https://e.org/a[1] b"


IDENTIFIED = [
    (table, column)
    for table, described in all_tables().items()
    for column in described.fields
    if column in {"wikidata", "ror"}
]
SPACES = {"wikidata": "http://www.wikidata.org/entity/", "ror": "https://ror.org/"}


def test_there_are_identifiers_of_others():
    assert ("actors", "wikidata") in IDENTIFIED


@pytest.mark.parametrize(("table", "column"), IDENTIFIED)
def test_records_lead_to_the_same_thing_elsewhere(table, column):
    example = all_tables()[table].fields[column].example
    graph = graph_of(bare_text_of(in_memory(**{table: [{"id": "a", column: example}]})))
    [link] = graph.objects(rdflib.URIRef(f"{BASE}{table}/a"), rdflib.SDO.sameAs)
    assert str(link) == f"{SPACES[column]}{example.removeprefix(SPACES[column])}"


def test_what_is_no_identifier_leads_nowhere():
    graph = graph_of(bare_text_of(in_memory(actors=[{"id": "a", "wikidata": "Q1> <x"}])))
    assert not [*graph.objects(None, rdflib.SDO.sameAs)]


def bounded(column, text):
    """Return datatype, text and bounds of a value as rdflib reads them."""
    graph = graph_of(bare_text_of(in_memory(missions=[{"id": "a", column: text}])))
    record, verb = rdflib.URIRef(f"{BASE}missions/a"), f"{BASE}missions.{column}"
    value = graph.value(record, rdflib.URIRef(verb))
    low, high = (
        graph.value(record, rdflib.URIRef(f"{verb}_{side}")) for side in ("lower", "upper")
    )
    return str(value.datatype), str(value), low, high


@pytest.mark.parametrize(
    ("text", "datatype", "low", "high"),
    [
        ("2020-11-23T20:30:12Z", EDTF, "2020-11-23", "2020-11-23"),
        ("2020-11-23T20:30Z", f"{BASE}UncertainDate", "2020-11-23", "2020-11-23"),
        ("2030~", EDTF, "2029-01-01", "2031-12-31"),
        ("203X", EDTF, "2030-01-01", "2039-12-31"),
        ("2028-34", EDTF, "2028-04-01", "2028-06-30"),
        ("2028-34?", f"{BASE}UncertainDate", "2028-01-01", "2028-09-30"),
        ("2030/2035", f"{BASE}UncertainDate", "2030-01-01", "2035-12-31"),
        ("2026/..", f"{BASE}UncertainDate", "2026-01-01", None),
        ("../2030", f"{BASE}UncertainDate", None, "2030-12-31"),
        ("unknown", f"{BASE}UncertainDate", None, None),
    ],
)
def test_dates_are_text_with_bounds_and_edtf_where_edtf_says_the_same(text, datatype, low, high):
    found, kept, lower, upper = bounded("launch_date", text)
    assert (found, kept) == (datatype, text)
    assert [lower and str(lower), upper and str(upper)] == [low, high]
    assert {str(one.datatype) for one in (lower, upper) if one is not None} <= {f"{XSD}date"}


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1731", "1731", "1731"),
        ("2.50", "2.5", "2.5"),
        ("~2000", "1800", "2200"),
        (">800", "800", None),
        ("22/24", "22", "24"),
        ("unknown", None, None),
    ],
)
def test_figures_are_text_with_bounds(text, low, high):
    found, kept, lower, upper = bounded("sample_mass_g", text)
    assert (found, kept) == (f"{BASE}Quantity", text)
    assert [lower and str(lower), upper and str(upper)] == [low, high]
    assert {str(one.datatype) for one in (lower, upper) if one is not None} <= {f"{XSD}decimal"}


@few
@given(st.from_regex(exported_tables()["missions"].fields["launch_date"].regular_expression()))
def test_edtf_reads_what_is_called_edtf(text):
    try:
        UncertainDate(text)
    except InvalidDate:
        return
    first, *sides = values(exported_tables()["missions"], "launch_date", text)
    if first.object.endswith("^^edtf:EDTF"):
        parse_edtf(text)
    date = UncertainDate(text)
    days = [str(one) for one in (date.lower, date.upper) if one is not None]
    assert [one.object for one in sides] == [f'"{day}"^^xsd:date' for day in days]


MISSIONS = exported_tables()["missions"].fields
hostile = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1)
slugs = st.from_regex("[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)


def admitted(field):
    """Texts that the field takes; for plain text, all that a CSV file can hold."""
    if field.vocabulary is not None:
        return st.sampled_from([*field.vocabulary.terms])
    match field.kind:
        case "boolean":
            return st.sampled_from(["true", "false"])
        case "integer":
            return st.integers(1, 10**12).map(str)
        case "date" | "quantity":
            kind = UncertainDate if field.kind == "date" else Quantity
            pattern = field.regular_expression()
            return st.from_regex(pattern, fullmatch=True).filter(lambda one: valid(kind, one))
        case "url":
            return hostile.map(lambda one: f"https://example.org/{one}".replace(" ", ""))
        case "text":
            return hostile
        case "record":
            return slugs.map("missions/{}".format)
        case "list":
            return st.lists(slugs, min_size=1, max_size=3).map(";".join)
    return slugs if not field.pattern else st.from_regex(field.pattern.rstrip("$") + r"\Z")


def valid(kind, text):
    try:
        kind(text)
    except (InvalidDate, InvalidQuantity):
        return False
    return True


def rows_of(table, columns):
    key = {name_: admitted(table.fields[name_]) for name_ in table.key}
    rest = {name_: admitted(table.fields[name_]) for name_ in columns if name_ not in key}
    row = st.fixed_dictionaries(key, optional=rest)
    return st.lists(row, max_size=3, unique_by=table.record_id)


TABLES = {
    table: rows_of(described, described.facts)
    for table, described in exported_tables().items()
    if table not in {"claims", "decisions"}
}


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([*TABLES]).flatmap(lambda one: st.tuples(st.just(one), TABLES[one])))
def test_generated_rows_come_back(given_rows):
    table_name, rows = given_rows
    made = tables_of(quads(bare_text_of(in_memory(**{table_name: rows}))))
    record_id = exported_tables()[table_name].record_id
    assert made[table_name] == {record_id(row): row for row in rows}


@few
@given(
    st.sampled_from(["name", "launch_date", "sample_mass_g", "operator", "outcome", "crewed"])
    .flatmap(lambda one: st.tuples(st.just(one), admitted(MISSIONS[one]))),
    hostile,
    st.sampled_from(["stated", "planned", "denied"]),
)  # fmt: skip
def test_a_generated_claim_comes_back(said, locator, certainty):
    field, value = said
    row = claim("aaaaaaaaaaaa", "missions", "a", field, value, locator=locator, certainty=certainty)
    made = tables_of(quads(bare_text_of(in_memory(claims=[row]))))
    assert made["claims"] == {"aaaaaaaaaaaa": row}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_literal_to_two_readers(text):
    line = f"<urn:a> <urn:b> {literal(text)} .\n"
    [quad] = quads(line)
    assert quad.object.value == text
    [(_, _, value)] = graph_of(line)
    assert str(value) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_id_is_an_address_to_two_readers(text):
    node = name("a", "https://example.org/#a/", text)
    line = f"@prefix a: <https://example.org/#a/> .\n{node} a {node} .\n"
    [quad] = quads(line)
    [(subject, _, _)] = graph_of(line)
    assert str(subject) == quad.subject.value
    assert unquote(quad.subject.value.removeprefix("https://example.org/#a/")) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Zs"])))
def test_any_address_of_the_web_is_one_to_a_strict_reader_or_none(text):
    node = web_address(f"https://example.org/{text}")
    if node is not None:
        [quad] = quads(f"<urn:a> <urn:b> {node} .\n")
        assert quad.object.value.startswith("https://example.org/")
    assert web_address("https://example.org/a?b=c#d") == "<https://example.org/a?b=c#d>"


def test_a_decision_stands_behind_its_cell():
    edition = in_memory(
        missions=[{"id": "a", "outcome_stated": "well"}],
        claims=[claim("aaaaaaaaaaab", "missions", "a", "outcome_stated", "well")],
        decisions=[{"table": "missions", "record": "a", "field": "outcome_stated", "value": "well",
                    "reason": "Two say so.", "decided": "2026-11-22"}],
    )  # fmt: skip
    graph = graph_of(text_of(edition))
    cell = rdflib.URIRef(f"{BASE}cells/missions/a.outcome_stated")
    decision = graph.value(cell, rdflib.PROV.wasInfluencedBy)
    assert str(decision) == f"{BASE}decisions/missions:a:outcome_stated"
    reason = graph.value(decision, rdflib.URIRef(f"{BASE}decisions.reason"))
    assert str(reason) == "Two say so."
    assert DECISIONS.name == "decisions"


def test_a_claim_of_a_table_that_this_version_lacks_is_kept():
    edition = in_memory(claims=[claim("aaaaaaaaaaab", "rockets", "a", "name", "A")])
    graph = graph_of(text_of(edition))
    kept = rdflib.URIRef(f"{BASE}claims/aaaaaaaaaaab")
    assert str(graph.value(kept, rdflib.RDF.subject)) == f"{BASE}rockets/a"
    assert str(graph.value(kept, rdflib.RDF.predicate)) == f"{BASE}rockets.name"
    assert str(graph.value(kept, rdflib.RDF.object)) == "A"


def test_the_vocabulary_says_what_every_column_and_term_means(small):
    for table_name, table in exported_tables().items():
        for column, field in table.fields.items():
            node = rdflib.URIRef(f"{BASE}{table_name}.{column}")
            assert str(small.value(node, rdflib.RDFS.comment)) == field.meaning
            unit = small.value(node, rdflib.SDO.unitText)
            assert str(unit or "") == field.unit
            for term, meaning in (field.vocabulary.terms if field.vocabulary else {}).items():
                scheme = field.vocabulary.name.replace(" ", "-")
                concept = rdflib.URIRef(f"{BASE}term/{scheme}.{term}")
                assert str(small.value(concept, rdflib.SKOS.definition)) == meaning
    wider = small.value(rdflib.URIRef(f"{BASE}term/party-role.party"), rdflib.SKOS.broader)
    assert str(wider) == f"{BASE}term/party-role.signatory"


def test_the_same_bytes_in_any_process(two_camps_edition, tmp_path):
    here = write(Edition.open(two_camps_edition), "rdf", tmp_path / "here.ttl")
    export_elsewhere("rdf", two_camps_edition, tmp_path / "there.ttl")
    assert here.read_bytes() == (tmp_path / "there.ttl").read_bytes()


def test_a_damaged_edition_leaves_the_old_file(two_camps_edition, tmp_path):
    whole = Edition.open(two_camps_edition)
    target = tmp_path / "moon.ttl"
    target.write_text("old", encoding="utf-8")

    def read(path):
        if path == "claims.csv":
            raise OSError
        return whole.read_bytes(path)

    with pytest.raises(EditionError, match=r"claims\.csv"):
        write(Edition(read, whole.names, "a damaged edition"), "rdf", target)
    assert target.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["moon.ttl"]


def test_the_command_writes_it(two_camps_edition, tmp_path, capsys):
    target = tmp_path / "moon.ttl"
    assert main(["export", "rdf", str(target), "--edition", str(two_camps_edition)]) == 0
    assert capsys.readouterr().out == f"{target}\n"
    assert len([*quads(target.read_text(encoding="utf-8"))]) > 5000
