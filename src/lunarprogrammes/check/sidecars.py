"""The files beside the sources in a seeds folder: redirects.csv, coverage.csv, edition.json.

They are no readings and claim nothing, so that an examination knows nothing of them; here they are
read for the rules, each once.
"""

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.sheets import DECISIONS, Sheet
from lunarprogrammes.evidence.coverage import COLUMNS
from lunarprogrammes.evidence.redirects import Redirect, by_old_id
from lunarprogrammes.evidence.tabular import Row, read_tabular
from lunarprogrammes.tables import Field
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._redirects import REDIRECTS as REDIRECT_FIELDS

COVERAGE, EDITION = "coverage.csv", "edition.json"
REDIRECTS = "redirects.csv"
SIDECARS = (DECISIONS, REDIRECTS, COVERAGE, EDITION, "README.md")

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


class RedirectsSheet(Sheet):
    """The sheet of `redirects.csv`, whose columns are those of the table `redirects`."""

    @property
    def known_columns(self) -> Mapping[str, Field]:
        """All columns that the file may have."""
        return REDIRECT_FIELDS.fields

    @property
    def key(self) -> tuple[str, ...]:
        """The columns without which a row speaks of nothing."""
        return REDIRECT_FIELDS.key

    def record(self, row: Row) -> str:
        """Return `table/id` of the retired id."""
        return f"{row.cells.get('table', '')}/{row.cells.get('old_id', '')}".strip("/")


def redirects_sheet(examination: Examination) -> RedirectsSheet | None:
    """Return the sheet of `redirects.csv`, or None where there is no such file."""
    file = examination.seeds.redirects_file
    return RedirectsSheet(REDIRECTS, file) if file else None


_retired: WeakKeyDictionary[Examination, Mapping[tuple[str, str], Redirect]] = WeakKeyDictionary()


def retired_ids(examination: Examination) -> Mapping[tuple[str, str], Redirect]:
    """Return the redirects by table and retired id; incomplete rows retire nothing."""
    if examination not in _retired:
        sheet = redirects_sheet(examination)
        rows = sheet.file.rows if sheet and sheet.has_key else ()
        found = by_old_id(row.cells for row in rows)
        _retired[examination] = {key: one for key, one in found.items() if all(key)}
    return _retired[examination]


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
