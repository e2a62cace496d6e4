"""The explorer of the site: two pages, their scripts and styles, and the data that they load.

It owns everything below `explorer/`. The scripts are the files of `explorer_assets`, copied as they
are: no bundler, no library but SQLite compiled to WebAssembly, which lies there with its licence
and how to renew it. Nothing is ever loaded from elsewhere. Costs 25 s and 20 MB.
"""

import shutil
from pathlib import Path

from lunarprogrammes.dataset import Dataset
from lunarprogrammes.site import explorer_data, explorer_sql
from lunarprogrammes.site.explorer_files import json_bytes, write_packed
from lunarprogrammes.site.holdings import PAGED

ASSETS = Path(__file__).parent / "explorer_assets"
_PAGES = ("index.md", "sql.md")


def write(moon: Dataset, target: Path) -> None:
    """Write `explorer/` below `target`: the pages `index.md` and `sql.md`, and `assets/`.

    Files of an older explorer are replaced.
    """
    folder = target / "explorer"
    assets = folder / "assets"
    shutil.rmtree(assets, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(
        ASSETS, assets, ignore=shutil.ignore_patterns("*.md", "__pycache__"), dirs_exist_ok=True
    )
    data = assets / "data"
    _write_data(moon, data)
    for page in _PAGES:
        text = (ASSETS / page).read_text(encoding="utf-8")
        known = {
            "{tables_mb}": _megabytes(data / explorer_sql.SMALL),
            "{ledger_mb}": _megabytes(data / explorer_sql.LARGE),
        }
        for word, meant in known.items():
            text = text.replace(word, meant)
        (folder / page).write_text(text, encoding="utf-8", newline="\n")


def _megabytes(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f}"


def _write_data(moon: Dataset, data: Path) -> None:
    edition = moon._edition  # noqa: SLF001 -- the ledger and the decisions are read as they are
    pieces = explorer_data.write_ledger(edition, data / "claims")
    explorer_data.write_tables(moon, pieces, data / "tables")
    explorer_sql.write_databases(edition, data)
    write_packed(data / "labels.json.gz", json_bytes(explorer_data.labels(moon)))
    described = explorer_data.manifest(moon, edition, len(set(pieces.values())))
    described["indexes"] = explorer_sql.indexes()
    # The site serves a page `a.md` as `a.html`: `use_directory_urls` is off in `mkdocs.yml`.
    described["pages"] = {"of_records": list(PAGED), "suffix": ".html"}
    write_packed(data / "manifest.json.gz", json_bytes(described))
