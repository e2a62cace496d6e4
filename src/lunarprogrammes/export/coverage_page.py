"""The page `coverage.md`: how full the edition is, and which facts are wanted most.

What is measured is decided in `completeness`; this module only sets it as Markdown.
"""

from collections.abc import Iterable
from itertools import groupby

from lunarprogrammes.completeness import Completeness, FieldCoverage, Wanted
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.export._markdown import GENERATED, escape, grid

_COLUMNS = ("Filled", "Two sources", "Contested")


def coverage_text(dataset: Dataset) -> str:
    """Return `coverage.md` for an edition."""
    found = Completeness(dataset)
    return (
        f"{GENERATED}# Coverage\n\nHow full edition {dataset.edition} is, and where it needs help. "
        "A cell is *filled* if a document that was read states its value; it has *two sources* if "
        "two documents speak of it of which neither repeats the other; it is *contested* if they "
        "contradict each other. Copies of one article count once, and the editors' own ordering "
        "is no source. `lunarprogrammes plot coverage` draws every field of every table.\n\n"
        + _essentials(found)
        + _tables(found, dataset)
        + _wanted(found)
        + _fields(found)
    )


def _essentials(found: Completeness) -> str:
    covered = found.essentials()
    filled, two = (sum(getattr(one, name) for one in covered) for name in ("filled", "with_two"))
    flights, landings = len(found.flights()), len(found.landings())
    signatures, members = len(found.signatures()), len(found.memberships())
    return (
        "## Essential cells\n\n"
        f"What is looked for first: of the {flights} flights to the Moon that took place (launch "
        f"failures included), of the {landings} craft that met its surface, of the {signatures} "
        f"states that signed the Artemis Accords, and of the {members} of the ILRS. "
        f"**{_share(two, filled)} of the filled essential cells have two independent sources or "
        "more.**\n\n"
        + grid(
            ("Field", "Rows", *_COLUMNS),
            [(_link(one), f"{one.rows}", *_shares(one)) for one in covered],
            numbers=4,
        )
    )


def _tables(found: Completeness, dataset: Dataset) -> str:
    listed = []
    for table, fields in groupby(found.fields(), key=lambda one: one.table):
        of_table = list(fields)
        filled, two, contested = (
            sum(getattr(one, name) for one in of_table)
            for name in ("filled", "with_two", "contested")
        )
        rows = len(dataset.table(table))
        listed.append(
            (
                f"[{table}](dictionary/{table}.md)",
                f"{rows:,}",
                _share(found.records_with_two(table), rows),
                f"{filled:,}",
                _share(two, filled),
                _share(contested, filled),
            )
        )
    columns = ("Table", "Records", "Named by two", "Cells filled", "Two sources", "Contested")
    return "\n## Tables\n\n" + grid(columns, listed, numbers=5)


def _wanted(found: Completeness) -> str:
    wanted = found.wanted()
    empty = [one for one in wanted if not one.source]
    alone = [one for one in wanted if one.source]
    return (
        "\n## Most wanted\n\nEssential cells that no document fills yet. One document that states "
        "one of them is a contribution: `lunarprogrammes new-source` makes its folder, the table "
        "and the record below name the line, and [Contributing](contributing.md) tells the rest. "
        "A cell may also be empty because nothing can fill it, such as the landing time of a craft "
        "that fell silent.\n\n"
        + grid(("Record", "Missing"), _by_record(empty))
        + "\n### A second source\n\nEssential cells that rest on a single document.\n\n"
        + grid(("Record", "Field and its only source"), _by_record(alone))
    )


def _by_record(wanted: Iterable[Wanted]) -> list[tuple[str, str]]:
    listed = []
    for (table, record), cells in groupby(wanted, key=lambda one: one[:2]):
        said = (f"`{one.field}`" + (f" ({one.source})" if one.source else "") for one in cells)
        listed.append((f"`{table}/{record}`", escape(", ".join(said))))
    return listed


def _fields(found: Completeness) -> str:
    text = "\n## Every field\n"
    for table, fields in groupby(found.fields(), key=lambda one: one.table):
        of_table = list(fields)
        text += f"\n### {table} ({of_table[0].rows:,} records)\n\n"
        listed = [(_link(one), f"{one.filled:,}", *_shares(one)) for one in of_table]
        text += grid(("Field", "Cells", *_COLUMNS), listed, numbers=4)
    return text


def _link(one: FieldCoverage) -> str:
    return f"[{one.table}.{one.field}](dictionary/{one.table}.md#{one.field})"


def _shares(one: FieldCoverage) -> tuple[str, str, str]:
    return (
        _share(one.filled, one.rows),
        _share(one.with_two, one.filled),
        _share(one.contested, one.filled),
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"
