"""How to cite an edition, for programs: CITATION.cff and what Zenodo asks for a deposit.

Both say what the descriptor of the edition says; nothing in them is written by hand.
"""

import json
from typing import Any

from lunarprogrammes import __version__
from lunarprogrammes.export.frictionless import HOME, package_descriptor
from lunarprogrammes.export.tabular import WHAT

_CODE_LICENCE = "MIT"
_MESSAGE = (
    "If you use this dataset, please cite it as below; to cite one fact, use `lunarprogrammes "
    "cite`."
)


def citation_text(edition: str) -> str:
    """Return CITATION.cff (Citation File Format 1.2.0) of an edition, as YAML.

    >>> print(citation_text("2026.11.22").splitlines()[0])
    cff-version: 1.2.0
    """
    said = package_descriptor(edition, [], [])
    lines = [
        "cff-version: 1.2.0",
        f"message: {_MESSAGE}",
        f"title: {_quoted(said['title'])}",
        "type: dataset",
        "authors:",
        *(f"  - name: {one['title']}" for one in said["contributors"]),
        f"version: {_quoted(edition)}",
        f"date-released: {_quoted(_day(edition))}",
        "license:",
        *(f"  - {one['name']}" for one in said["licenses"]),
        f"  - {_CODE_LICENCE}",
        f"repository-code: {_quoted(HOME)}",
        "keywords:",
        *(f"  - {word}" for word in said["keywords"]),
    ]
    return "\n".join(lines) + "\n"


def zenodo_text(edition: str) -> str:
    """Return `.zenodo.json`, by which Zenodo describes the deposit of a release.

    >>> json.loads(zenodo_text("2026.11.22"))["publication_date"]
    '2026-11-22'
    """
    said = package_descriptor(edition, [], [])
    made: dict[str, Any] = {
        "title": f"{said['title']}, edition {edition}",
        "upload_type": "dataset",
        "description": WHAT,
        "version": edition,
        "publication_date": _day(edition),
        "creators": [{"name": one["title"]} for one in said["contributors"]],
        "access_right": "open",
        "license": said["licenses"][0]["name"].lower(),
        "keywords": said["keywords"],
        "language": "eng",
        "notes": f"Tables and fields are those of lunarprogrammes {__version__}, whose code is "
        f"under the {_CODE_LICENCE} licence.",
        "related_identifiers": [
            {"identifier": HOME, "relation": "isSupplementTo", "scheme": "url"},
        ],
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _day(edition: str) -> str:
    return edition.replace(".", "-")


def _quoted(text: str) -> str:
    # A JSON string is a YAML string.
    return json.dumps(text, ensure_ascii=False)
