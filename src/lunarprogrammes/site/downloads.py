"""The downloads: the edition's files beside the page that lists them with size and hash."""

from pathlib import Path

from lunarprogrammes.edition import Edition
from lunarprogrammes.export import package_zip
from lunarprogrammes.export._markdown import grid
from lunarprogrammes.manifest import MANIFEST, hash_of, sha256

_FOLDER = "downloads"
# Published whole in the zip alone: it is half of the edition.
_IN_ZIP_ONLY = {"claims.csv"}


def write_downloads(edition: Edition, target: Path) -> None:
    """Write `downloads.md` and the files that it offers below a folder."""
    folder = target / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    package = folder / f"lunarprogrammes-{edition.version}.zip"
    package_zip.write(edition, package)
    content = package.read_bytes()
    names = [name for name in edition.names() if name.endswith((".csv", ".json"))]
    hashes, rows = {}, []
    for name in names:
        raw = edition.read_bytes(name)
        digest = sha256(raw)
        if name != MANIFEST:
            hashes[name] = digest
        offered = "/" not in name and name not in _IN_ZIP_ONLY
        if offered:
            (folder / name).write_bytes(raw)
        shown = f"[{name}]({_FOLDER}/{name})" if offered else name
        rows.append((shown, f"{len(raw):,}", f"`{digest}`"))
    (target / "downloads.md").write_text(
        "# Downloads\n\n"
        f"Edition {edition.version}, tables and fields of version {edition.schema_version}. The "
        "data are under CC BY 4.0: say where they come from.\n\n"
        f"[The whole edition]({_FOLDER}/{package.name}){{ .md-button "
        f".md-button--primary }}\n\n{len(content):,} bytes, SHA-256 `{sha256(content)}`\n\n"
        "It is a Data Package: CSV and JSON files with the descriptor `datapackage.json`. "
        "`lunarprogrammes verify` recomputes every hash, and "
        "[Formats and editions](formats.md) tells how to have it as SQLite, DuckDB, Parquet, "
        "Excel, GeoJSON, iCalendar or a bibliography. "
        f"The hash of all files together is `{hash_of(hashes)}`.\n\n## Files\n\n"
        "Those with a link can be had alone.\n\n" + grid(("File", "Bytes", "SHA-256"), rows),
        encoding="utf-8",
        newline="\n",
    )
