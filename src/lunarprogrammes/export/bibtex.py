"""All sources of an edition as one BibTeX file, and an entry for the dataset itself."""

from pathlib import Path

from lunarprogrammes import __version__
from lunarprogrammes.edition import Edition
from lunarprogrammes.export.files import whole
from lunarprogrammes.references import bibtex_of, dataset_bibtex

# No source has this id: ids of sources have a year, or nd, in them.
DATASET = "lunarprogrammes"


def text_of(edition: Edition) -> str:
    """Return the BibTeX text: the dataset first, then every source under its id.

    >>> text_of(Edition.open()).splitlines()[0]
    '@misc{lunarprogrammes,'
    """
    note = f"All sources of the edition, written by lunarprogrammes {__version__}; CC-BY-4.0"
    entries = [dataset_bibtex(DATASET, edition.version, note)]
    entries += [bibtex_of(row) for row in edition.rows("sources")]
    return "\n\n".join(entries) + "\n"


def write(edition: Edition, target: Path) -> None:
    """Write the sources as UTF-8 text; the target appears whole or not at all.

    Raises `EditionError` where the edition cannot be read or the target cannot be written.
    """
    text = text_of(edition)
    with whole(target) as fresh:
        fresh.write_bytes(text.encode())
