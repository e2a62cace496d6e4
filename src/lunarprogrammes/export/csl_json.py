"""All sources of an edition as CSL-JSON, which Zotero, pandoc and citation processors read."""

import json
from pathlib import Path
from typing import Any

from lunarprogrammes import __version__
from lunarprogrammes.edition import Edition
from lunarprogrammes.export.bibtex import DATASET
from lunarprogrammes.export.files import whole
from lunarprogrammes.references import csl_of, dataset_csl


def items_of(edition: Edition) -> list[dict[str, Any]]:
    """Return the items: the dataset first, then every source under its id.

    >>> items_of(Edition.open())[0]["type"]
    'dataset'
    """
    note = f"All sources of the edition, written by lunarprogrammes {__version__}; CC-BY-4.0"
    items = [dataset_csl(DATASET, edition.version, note)]
    return items + [csl_of(row) for row in edition.rows("sources")]


def write(edition: Edition, target: Path) -> None:
    """Write the sources as UTF-8 text; the target appears whole or not at all.

    Raises `EditionError` where the edition cannot be read or the target cannot be written.
    """
    text = json.dumps(items_of(edition), ensure_ascii=False, indent=1)
    with whole(target) as fresh:
        fresh.write_bytes(f"{text}\n".encode())
