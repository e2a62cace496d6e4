"""An edition as a schema.org `Dataset` in JSON-LD, for web pages and dataset search.

What search engines ask for and no more: the files with their hashes, what the columns measure, and
of the sources those on which most of the edition rests. Standard library only; reads the claims.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from lunarprogrammes.edition import Edition
from lunarprogrammes.evidence.witnesses import EDITORS
from lunarprogrammes.export._catalogue import (
    FILES,
    LANGUAGE,
    MOON,
    Catalogued,
    File,
    catalogued,
    first_day,
)
from lunarprogrammes.export._turtle import percent_encoded
from lunarprogrammes.export._vocabulary import BASE
from lunarprogrammes.export.files import whole
from lunarprogrammes.export.frictionless import HOME
from lunarprogrammes.export.tabular import about
from lunarprogrammes.references import MAINTAINERS
from lunarprogrammes.tables import all_tables

# Thousands of sources would make a page that no crawler reads; all of them are in the files.
MOST_USED = 25


def dataset_of(edition: Edition) -> dict[str, Any]:
    """Return the `Dataset` of an edition.

    >>> dataset_of(Edition.open())["spatialCoverage"]["name"]
    'Moon'
    """
    known = catalogued(edition)
    maintainers = {"@type": "Organization", "name": MAINTAINERS, "url": HOME}
    first = first_day(edition)
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": f"{BASE}edition/{known.version}",
        "name": known.title,
        "alternateName": "lunarprogrammes",
        "description": known.description,
        "url": HOME,
        "identifier": f"lunarprogrammes-{known.version}",
        "version": known.version,
        "schemaVersion": known.schema_version,
        **({"datePublished": known.issued, "dateModified": known.issued} if known.issued else {}),
        "license": known.licence,
        "creator": maintainers,
        "publisher": maintainers,
        "creditText": dict(about(edition))["How to cite"],
        "isAccessibleForFree": True,
        "inLanguage": LANGUAGE,
        "keywords": list(known.keywords),
        "spatialCoverage": {"@type": "Place", "name": "Moon", "sameAs": MOON},
        **({"temporalCoverage": f"{first}/.."} if first else {}),
        "variableMeasured": _variables(),
        "isBasedOn": _most_used(edition),
        "distribution": [_download(known, file) for file in known.files],
    }


def write(edition: Edition, target: Path) -> None:
    """Write the JSON-LD as UTF-8 text; the target appears whole or not at all.

    Raises `EditionError` where the edition cannot be read or the target cannot be written.
    """
    text = json.dumps(dataset_of(edition), ensure_ascii=False, indent=1)
    with whole(target) as fresh:
        fresh.write_bytes(f"{text}\n".encode())


def _variables() -> list[dict[str, str]]:
    """Return what the columns of the facts hold, those that say when, how much and of what kind."""
    made = []
    for table in all_tables().values():
        for column, field in table.facts.items():
            if field.kind in {"date", "quantity", "integer", "boolean", "term"}:
                variable = {
                    "@type": "PropertyValue",
                    "name": f"{table.name}.{column}",
                    "description": field.meaning,
                }
                made.append(variable | ({"unitText": field.unit} if field.unit else {}))
    return made


def _most_used(edition: Edition) -> list[dict[str, str]]:
    """Return the sources that make most of the claims, the editors' own ordering aside."""
    counts = Counter(claim["source"] for claim in edition.rows("claims"))
    del counts[EDITORS]
    order = sorted(counts, key=lambda source: (-counts[source], source))[:MOST_USED]
    rows = {row["id"]: row for row in edition.rows("sources") if row["id"] in set(order)}
    return [
        {
            "@type": "CreativeWork",
            "@id": f"{BASE}sources/{source}",
            "name": rows[source]["title"],
            **({"url": rows[source]["url"]} if rows[source]["url"] else {}),
        }
        for source in order
        if source in rows
    ]


def _download(known: Catalogued, file: File) -> dict[str, str]:
    made = {
        "@type": "DataDownload",
        "name": file.path,
        "encodingFormat": file.media_type,
        "contentUrl": f"{FILES}{percent_encoded(file.path)}",
        "contentSize": f"{file.bytes} B",
        "sha256": file.sha256,
        "license": known.licence,
    }
    return made | ({"description": file.description} if file.description else {})
