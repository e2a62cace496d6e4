"""The catalogue record of an edition in DCAT 3, as DCAT-AP asks, in Turtle.

A version of a dataset in a series, one distribution per file with its SHA-256. Standard library
only; reads the descriptor and the dates of missions.
"""

from collections.abc import Iterator
from pathlib import Path

from lunarprogrammes.edition import Edition
from lunarprogrammes.export._catalogue import (
    FILES,
    LANGUAGE,
    MOON,
    Catalogued,
    File,
    catalogued,
    first_day,
)
from lunarprogrammes.export._turtle import address, literal, percent_encoded, statement
from lunarprogrammes.export._vocabulary import BASE, STANDARDS, edition_node
from lunarprogrammes.export.files import whole
from lunarprogrammes.export.frictionless import HOME
from lunarprogrammes.references import MAINTAINERS

_PREFIXES = {
    **{name: STANDARDS[name] for name in ("dcat", "dcterms", "foaf", "rdfs", "xsd")},
    "adms": "http://www.w3.org/ns/adms#",
    "spdx": "http://spdx.org/rdf/terms#",
}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = "http://publications.europa.eu/resource/authority/language/ENG"
_PUBLISHER = f"<{BASE}maintainers>"


def write(edition: Edition, target: Path) -> None:
    """Write the record as Turtle in UTF-8; the target appears whole or not at all.

    Raises `EditionError` where the edition cannot be read or the target cannot be written.
    """
    with whole(target) as fresh, fresh.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(turtle(edition))


def turtle(edition: Edition) -> Iterator[str]:
    """Yield the record in Turtle, a statement at a time.

    >>> "".join(turtle(Edition.open())).count(" a dcat:Distribution ;") > 20
    True
    """
    known = catalogued(edition)
    for prefix, namespace in _PREFIXES.items():
        yield f"@prefix {prefix}: <{namespace}> .\n"
    yield statement(
        _PUBLISHER,
        [("a", "foaf:Agent"), ("foaf:name", literal(MAINTAINERS)), ("foaf:homepage", f"<{HOME}>")],
    )
    yield _series(known)
    yield _dataset(edition, known)
    for file in known.files:
        yield _distribution(known, file)


def _common(known: Catalogued) -> list[tuple[str, str]]:
    return [
        ("dcterms:description", literal(known.description, language=LANGUAGE)),
        ("dcterms:publisher", _PUBLISHER),
        *(("dcat:keyword", literal(word, language=LANGUAGE)) for word in known.keywords),
    ]


def _series(known: Catalogued) -> str:
    return statement(
        f"<{HOME}>",
        [
            ("a", "dcat:DatasetSeries"),
            ("dcterms:title", literal("lunarprogrammes", language=LANGUAGE)),
            *_common(known),
            ("dcat:last", edition_node(known.version)),
        ],
    )


def _dataset(edition: Edition, known: Catalogued) -> str:
    day = literal(known.issued, "xsd:date")
    dates = [("dcterms:issued", day), ("dcterms:modified", day)] if known.issued else []
    first = first_day(edition)
    period = f"[ a dcterms:PeriodOfTime ; dcat:startDate {literal(first, 'xsd:date')} ]"
    files = ", ".join(_address(known, file) for file in known.files)
    told = "Every value is a claim of a document at a stated place; the files hold all of them."
    origin = f"[ a dcterms:ProvenanceStatement ; rdfs:label {literal(told, language=LANGUAGE)} ]"
    return statement(
        edition_node(known.version),
        [
            ("a", "dcat:Dataset"),
            ("dcterms:title", literal(known.title, language=LANGUAGE)),
            *_common(known),
            ("dcterms:identifier", literal(f"lunarprogrammes-{known.version}")),
            *dates,
            ("dcat:version", literal(known.version)),
            ("adms:versionNotes", literal(f"Schema version {known.schema_version}.")),
            ("dcat:inSeries", f"<{HOME}>"),
            ("dcat:landingPage", f"<{HOME}>"),
            *([("dcterms:license", f"<{known.licence}>")] if known.licence else []),
            ("dcterms:language", f"<{_LANGUAGES}>"),
            ("dcterms:spatial", f"<{MOON}>"),
            *([("dcterms:temporal", period)] if first else []),
            ("dcterms:provenance", origin),
            *([("dcat:distribution", files)] if files else []),
        ],
    )


def _address(known: Catalogued, file: File) -> str:
    return address(f"{BASE}edition/", percent_encoded(f"{known.version}/{file.path}"))


def _distribution(known: Catalogued, file: File) -> str:
    checksum = (
        "[ a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ; "
        f"spdx:checksumValue {literal(file.sha256, 'xsd:hexBinary')} ]"
    )
    words = file.description
    return statement(
        _address(known, file),
        [
            ("a", "dcat:Distribution"),
            ("dcterms:title", literal(file.path, language=LANGUAGE)),
            *([("dcterms:description", literal(words, language=LANGUAGE))] if words else []),
            ("dcat:accessURL", f"<{HOME}>"),
            ("dcat:downloadURL", f"<{FILES}{percent_encoded(file.path)}>"),
            ("dcat:mediaType", f"<{_MEDIA_TYPES}{file.media_type}>"),
            ("dcat:byteSize", literal(str(file.bytes), "xsd:nonNegativeInteger")),
            ("spdx:checksum", checksum),
            *([("dcterms:license", f"<{known.licence}>")] if known.licence else []),
        ],
    )
