"""Every generated page of the documentation, and how they are written below `docs/`.

`python -m lunarprogrammes.export.pages` writes all of them. The same tables and edition give the
same bytes. Costs about 0.2 s for two thousand claims.
"""

from pathlib import Path

from lunarprogrammes.dataset import Dataset, load
from lunarprogrammes.export.camps_page import camps_text
from lunarprogrammes.export.check_pages import check_files
from lunarprogrammes.export.counts_page import counts_text
from lunarprogrammes.export.coverage_page import coverage_text
from lunarprogrammes.export.dictionary import cli_text, definitions_text, dictionary_files
from lunarprogrammes.export.slips_page import slips_text


def reference_pages(dataset: Dataset) -> dict[str, str]:
    """Return every generated page by its path below `docs/`."""
    pages = {
        "definitions.md": definitions_text(),
        "cli.md": cli_text(),
        "coverage.md": coverage_text(dataset),
        "counts.md": counts_text(dataset),
        "camps.md": camps_text(dataset),
        "slips.md": slips_text(dataset),
        **check_files(),
    }
    return pages | {f"dictionary/{name}": text for name, text in dictionary_files(dataset).items()}


def write_pages(docs: Path, dataset: Dataset) -> None:
    """Write every generated page below a folder; pages of what is no more are deleted."""
    pages = reference_pages(dataset)
    for folder in sorted({name.partition("/")[0] for name in pages if "/" in name}):
        for page in (docs / folder).glob("*.md"):
            if f"{folder}/{page.name}" not in pages:
                page.unlink()
    for name, text in pages.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_bytes(text.encode())


if __name__ == "__main__":
    write_pages(Path("docs"), load())
