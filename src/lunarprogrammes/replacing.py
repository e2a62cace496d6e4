"""Folders and files replaced in one step: after an interruption the old ones are as they were."""

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from lunarprogrammes.errors import EditionError


def replace_folders(folders: Iterable[tuple[Path, Mapping[str, str]]]) -> None:
    """Write each folder beside its target, then swap all of them; on failure the old ones stay."""
    staged: list[tuple[Path, Path]] = []
    try:
        for target, files in folders:
            _refuse_foreign(target, files)
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
            staged.append((target, fresh))
            _write(fresh, files)
        for target, fresh in staged:
            if target.exists():
                target.rename(_retired(fresh))
            fresh.rename(target)
    except BaseException:
        # An interruption from the keyboard too must not cost the old edition.
        for target, fresh in staged:
            if not fresh.exists() and target.exists():
                target.rename(fresh)
            if _retired(fresh).exists():
                _retired(fresh).rename(target)
        raise
    else:
        for _, fresh in staged:
            shutil.rmtree(_retired(fresh), ignore_errors=True)
    finally:
        for _, fresh in staged:
            shutil.rmtree(fresh, ignore_errors=True)


def _refuse_foreign(target: Path, files: Iterable[str]) -> None:
    """Refuse to replace a folder that holds something, but nothing that a build has written."""
    held = target.exists() and any(target.iterdir())
    if held and not any((target / name).exists() for name in files):
        raise EditionError(
            f"{target} holds other files, and a build replaces the whole folder.",
            remedy="Choose an empty folder or an older edition. Nothing was written.",
        )


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    folder.chmod(0o755)


def _retired(fresh: Path) -> Path:
    """Return where the old folder waits while the fresh one takes its place."""
    return fresh.with_name(fresh.name + "-old")


def replace_file(path: Path, text: str) -> None:
    """Replace one file in a single step; an empty text leaves things as they are."""
    if not text:
        return
    fresh = path.with_name(f".{path.name}-new")
    try:
        fresh.write_bytes(text.encode())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
