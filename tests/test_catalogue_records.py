"""The catalogue records, schema.org and DCAT: read by rdflib, held to shapes, true to the files."""

import hashlib
import json
from pathlib import Path

import pytest
import rdflib
from pyshacl import validate

from exported import export_elsewhere, in_memory
from lunarprogrammes.edition import Edition
from lunarprogrammes.export.formats import write

SHAPES = Path(__file__).parent / "shapes"
DATASETS = Path(__file__).parents[1] / "datasets"
DCAT = rdflib.DCAT
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
SCHEMA = rdflib.Namespace("https://schema.org/")
BASE = "https://github.com/lunarprogrammes/lunarprogrammes#"
FILES = "https://github.com/lunarprogrammes/lunarprogrammes/raw/main/datasets/"


def dcat_of(edition, folder):
    return rdflib.Graph().parse(write(edition, "dcat", folder / "record.ttl"))


def schema_org_of(edition, folder):
    """Read the JSON-LD; its context is an address that no test may ask, so that it is put in."""
    record = json.loads(write(edition, "schema-org", folder / "record.json").read_bytes())
    assert record["@context"] == "https://schema.org/"
    record["@context"] = {"@vocab": "https://schema.org/"}
    return rdflib.Graph().parse(data=json.dumps(record), format="json-ld")


FORMS = {"dcat": dcat_of, "schema-org": schema_org_of}


@pytest.fixture(scope="module")
def graphs(tmp_path_factory):
    """Both records of the committed edition."""
    folder = tmp_path_factory.mktemp("records")
    return {form: read(Edition.open(DATASETS), folder) for form, read in FORMS.items()}


def judged(graph, form):
    conforms, _, report = validate(graph, shacl_graph=str(SHAPES / f"{form}.ttl"))
    return conforms, report


@pytest.mark.parametrize("form", FORMS)
def test_the_committed_edition_keeps_to_the_shapes(graphs, form):
    conforms, report = judged(graphs[form], form)
    assert conforms, report


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        ("dcat", rdflib.DCTERMS.license),
        ("dcat", rdflib.DCTERMS.publisher),
        ("dcat", SPDX.checksumValue),
        ("dcat", DCAT.accessURL),
        ("dcat", DCAT.version),
        ("schema-org", SCHEMA.description),
        ("schema-org", SCHEMA.contentUrl),
        ("schema-org", SCHEMA.license),
        ("schema-org", SCHEMA.spatialCoverage),
    ],
)
def test_a_record_without_it_breaks_the_shapes(graphs, form, verb):
    graph = rdflib.Graph()
    graph += (triple for triple in graphs[form] if triple[1] != verb)
    assert len(graph) < len(graphs[form])
    conforms, report = judged(graph, form)
    assert not conforms
    assert "minCount" in report or "MinCountConstraintComponent" in report


def test_dcat_names_every_file_as_it_is(graphs):
    graph = graphs["dcat"]
    found = {}
    for file in graph.subjects(rdflib.RDF.type, DCAT.Distribution):
        path = str(graph.value(file, DCAT.downloadURL)).removeprefix(FILES)
        checksum = graph.value(file, SPDX.checksum)
        found[path] = (
            int(graph.value(file, DCAT.byteSize)),
            str(graph.value(checksum, SPDX.checksumValue)),
        )
    assert found == files()


def test_schema_org_names_every_file_as_it_is(graphs):
    graph = graphs["schema-org"]
    found = {}
    for file in graph.subjects(rdflib.RDF.type, SCHEMA.DataDownload):
        path = str(graph.value(file, SCHEMA.contentUrl)).removeprefix(FILES)
        size = int(str(graph.value(file, SCHEMA.contentSize)).removesuffix(" B"))
        found[path] = (size, str(graph.value(file, SCHEMA.sha256)))
    assert found == files()


def files():
    """Every file of the committed edition but the two that describe it, as it lies there."""
    found = (one for one in DATASETS.rglob("*") if one.is_file())
    return {
        one.relative_to(DATASETS).as_posix(): (
            one.stat().st_size,
            hashlib.sha256(one.read_bytes()).hexdigest(),
        )
        for one in found
        if one.name not in {"datapackage.json", "manifest.json"}
    }


def test_both_say_which_edition_it_is_and_what_it_covers(graphs, moon):
    edition = rdflib.URIRef(f"{BASE}edition/{moon.edition}")
    day = moon.edition.replace(".", "-")
    dcat, schema = graphs["dcat"], graphs["schema-org"]
    assert str(dcat.value(edition, DCAT.version)) == moon.edition
    assert str(dcat.value(edition, rdflib.DCTERMS.modified)) == day
    assert str(schema.value(edition, SCHEMA.version)) == moon.edition
    assert str(schema.value(edition, SCHEMA.dateModified)) == day
    first = min(one.launch_date.lower for one in moon.missions if one.launch_date).isoformat()
    period = dcat.value(edition, rdflib.DCTERMS.temporal)
    assert str(dcat.value(period, DCAT.startDate)) == first
    assert str(schema.value(edition, SCHEMA.temporalCoverage)) == f"{first}/.."
    place = schema.value(edition, SCHEMA.spatialCoverage)
    assert str(schema.value(place, SCHEMA.name)) == "Moon"


def test_the_sources_named_are_those_that_say_most(graphs, moon):
    counts = {}
    for claim in moon.table("claims"):
        counts[claim.source] = counts.get(claim.source, 0) + 1
    del counts["editors"]
    least = sorted(counts.values(), reverse=True)[24]
    graph = graphs["schema-org"]
    named = [*graph.objects(rdflib.URIRef(f"{BASE}edition/{moon.edition}"), SCHEMA.isBasedOn)]
    assert len(named) == 25
    assert all(counts[str(one).removeprefix(f"{BASE}sources/")] >= least for one in named)


def test_an_edition_of_no_day_claims_none(tmp_path):
    whole = in_memory(missions=[{"id": "a"}])
    descriptor = json.dumps({"version": "unknown", "resources": []}).encode()

    def read(path):
        return descriptor if path == "datapackage.json" else whole.read_bytes(path)

    bare = Edition(read, whole.names, "an edition without a day")
    graph = dcat_of(bare, tmp_path)
    assert not [*graph.objects(None, rdflib.DCTERMS.issued)]
    assert not [*graph.objects(None, rdflib.DCTERMS.temporal)]
    record = json.loads(write(bare, "schema-org", tmp_path / "x.json").read_bytes())
    assert not record.keys() & {"datePublished", "dateModified", "temporalCoverage"}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bytes_in_any_process(two_camps_edition, tmp_path, form):
    here = write(Edition.open(two_camps_edition), form, tmp_path / "here")
    export_elsewhere(form, two_camps_edition, tmp_path / "there")
    assert here.read_bytes() == (tmp_path / "there").read_bytes()
