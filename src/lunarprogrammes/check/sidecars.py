"""The files that stand in a seeds folder beside the sources: coverage.csv and edition.json.

They are no readings and claim nothing, so that an examination knows nothing of them; here they are
read for the rules, each once.
"""

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.sheets import DECISIONS, Sheet
from lunarprogrammes.evidence.coverage import COLUMNS
from lunarprogrammes.evidence.tabular import read_tabular
from lunarprogrammes.tables import Field
from lunarprogrammes.tables import _kinds as kinds

COVERAGE, EDITION = "coverage.csv", "edition.json"
SIDECARS = (DECISIONS, COVERAGE, EDITION, "README.md")

COVERAGE_FIELDS: dict[str, Field] = {
    "source": kinds.text("Folder of the document.", example="agency-2024-report", required=True),
    "part": kinds.text(
        "Part of the document, named as its claims name it in locator.",
        example="Executive Summary ¶1",
        required=True,
    ),
    "lines": kinds.text("Lines of the part in the text that was read.", example="62-66 69-72"),
    "claims": kinds.text("The ids of its claims; filled by the build.", example="k3vq7m2xw5ta"),
    "reason": kinds.text("Why the part gives no claim.", example="Table of contents."),
}


class CoverageSheet(Sheet):
    """The sheet of `coverage.csv`, which has columns of its own."""

    @property
    def known_columns(self) -> Mapping[str, Field]:
        """All columns that the file may have."""
        return COVERAGE_FIELDS

    @property
    def key(self) -> tuple[str, ...]:
        """The columns without which a row speaks of nothing."""
        return COLUMNS[:2]


_read: WeakKeyDictionary[Examination, CoverageSheet | None] = WeakKeyDictionary()


def coverage_sheet(examination: Examination) -> CoverageSheet | None:
    """Return the sheet of `coverage.csv`, or None where there is no such file.

    A link is not followed: it may lead anywhere, and has a rule of its own.
    """
    if examination not in _read:
        path = examination.seeds.root / COVERAGE
        readable = path.is_file() and not path.is_symlink()
        _read[examination] = CoverageSheet(COVERAGE, read_tabular(path)) if readable else None
    return _read[examination]
