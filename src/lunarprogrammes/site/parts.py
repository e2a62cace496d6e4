"""The parts of the site that other modules write: each takes the dataset and the folder.

A part is a module of this package with `write(moon, target)`; `mkdocs.yml` names its first page.
The pictures link to the record pages that lie in the folder. The explorer needs nothing of what
the others write, so a process of its own writes it meanwhile: that saves 10 s of 40.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from lunarprogrammes.dataset import Dataset
from lunarprogrammes.edition import Edition
from lunarprogrammes.partitions import hand_over, result_of, workers

AFTER_THE_PAGES = "pictures"
MEANWHILE = "explorer"


def write_part(name: str, moon: Dataset, target: Path) -> None:
    """Let one part write its pages and files below the folder."""
    import_module(f"lunarprogrammes.site.{name}").write(moon, target)


@contextmanager
def meanwhile(edition: Edition, target: Path) -> Iterator[None]:
    """Write the part that stands alone while the body runs; it is there when the body is left."""
    if edition.path is None:
        # No other process can open what is held in memory.
        yield
        write_part(MEANWHILE, Dataset(edition), target)
        return
    with workers(1) as pool:
        writing = hand_over(pool, _write_from, edition.path, target)
        yield
        result_of(writing)


def _write_from(path: str, target: Path) -> None:
    write_part(MEANWHILE, Dataset(Edition.open(path)), target)
