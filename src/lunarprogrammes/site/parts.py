"""The parts of the site that other modules write: each takes the dataset and the folder.

A part is a module of this package with `write(moon, target)`; it is added by naming it here and,
in `mkdocs.yml`, its first page.
"""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from lunarprogrammes.dataset import Dataset

# Name of the module, which is also the folder of the part's pages.
PARTS = ("pictures", "explorer")


def present() -> tuple[str, ...]:
    """Return the parts that this package holds."""
    return tuple(name for name in PARTS if find_spec(f"lunarprogrammes.site.{name}"))


def write_part(name: str, moon: Dataset, target: Path) -> None:
    """Let one part write its pages and files below the folder."""
    import_module(f"lunarprogrammes.site.{name}").write(moon, target)
