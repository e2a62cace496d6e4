"""The source folder of the site, written beside its place and moved there whole."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from lunarprogrammes.collector import without_collector
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import EditionError, LunarProgrammesError
from lunarprogrammes.site import parts
from lunarprogrammes.site.downloads import write_downloads
from lunarprogrammes.site.holdings import PAGED, Holdings
from lunarprogrammes.site.home import home_text
from lunarprogrammes.site.index_pages import index_files
from lunarprogrammes.site.record_page import record_page
from lunarprogrammes.site.source_page import source_page

Progress = Callable[[str, int, int], None]
# Says that a folder is ours, so that it may be replaced; MkDocs passes over hidden files.
_MARK = ".lunarprogrammes-site"
_ASSETS = Path(__file__).parent / "assets"
_STEP = 250


def write_site(
    edition: Edition,
    docs: Path,
    target: Path,
    *,
    paged: Sequence[str] = PAGED,
    progress: Progress = lambda *_: None,
) -> int:
    """Write the source folder of the site and return the number of its record pages.

    `docs` holds the pages written by hand and by `build`; `paged` names the tables whose records
    get pages. The folder appears whole or not at all; raises `EditionError` where the target holds
    something else, `LunarProgrammesError` where `docs` has no home page.
    """
    _refuse_foreign(target)
    if not (docs / "index.md").is_file():
        raise LunarProgrammesError(
            f"{docs} holds no index.md.", remedy="Name the folder docs of a checkout with --docs."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    retired = fresh.with_name(f"{fresh.name}-old")
    try:
        with without_collector():
            written = _write(edition, docs, fresh, paged, progress)
        fresh.chmod(0o755)
        if target.exists():
            target.rename(retired)
        fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        if retired.exists() and not target.exists():
            retired.rename(target)
        shutil.rmtree(retired, ignore_errors=True)
    return written


def _write(
    edition: Edition, docs: Path, folder: Path, paged: Sequence[str], progress: Progress
) -> int:
    shutil.copytree(docs, folder, dirs_exist_ok=True)
    shutil.copytree(_ASSETS, folder, dirs_exist_ok=True)
    (folder / _MARK).write_bytes(b"")
    with parts.meanwhile(edition, folder):
        return _write_pages(edition, docs, folder, paged, progress)


def _write_pages(
    edition: Edition, docs: Path, folder: Path, paged: Sequence[str], progress: Progress
) -> int:
    moon = Dataset(edition)
    holdings = Holdings(moon, paged)
    pages = [*holdings.pages()]
    for done, (table, record) in enumerate(pages):
        if done % _STEP == 0:
            progress("record pages", done, len(pages))
        text = (
            source_page(holdings, record)
            if table == "sources"
            else record_page(holdings, table, record)
        )
        _put(folder / "records" / table / f"{record}.md", text)
    for name, text in index_files(holdings).items():
        _put(folder / name, text)
    _put(folder / "index.md", home_text(holdings, (docs / "index.md").read_text(encoding="utf-8")))
    progress("downloads", 0, 1)
    write_downloads(edition, folder)
    progress(parts.AFTER_THE_PAGES, 0, 1)
    parts.write_part(parts.AFTER_THE_PAGES, moon, folder)
    return len(pages)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def _refuse_foreign(target: Path) -> None:
    """Refuse to replace a folder, or a file, that this command has not written."""
    ours = (target / _MARK).is_file()
    if target.exists() and not ours and (not target.is_dir() or any(target.iterdir())):
        raise EditionError(
            f"{target} holds other things, and the site replaces the whole folder.",
            remedy="Choose an empty folder. Nothing was written.",
        )
