"""The page `counts.md`: each count with its definition, number, list and swing cases."""

from collections.abc import Mapping

from lunarprogrammes.counts import DEFINITIONS, Counted, count
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.export._markdown import GENERATED, escape, grid

_INTRODUCTION = (
    "How many soft landings there have been depends on what is counted. Here is what this dataset "
    "counts, what it counted, and the *swing cases*: records that another reasonable definition "
    "would treat otherwise. Outcomes and the ways of meeting the surface follow the "
    "[definitions](definitions.md#outcome); what each source calls a flight stands beside them in "
    "`outcome_stated`.\n\n"
)


def counts_text(dataset: Dataset) -> str:
    """Return `counts.md` for an edition."""
    found = [count(dataset, name) for name in DEFINITIONS]
    listed = [
        (
            f"[{one.definition.title}](#{one.definition.id})",
            f"{one.number}",
            f"{one.least} to {one.most}",
        )
        for one in found
    ]
    return (
        f"{GENERATED}# Counts\n\n{_INTRODUCTION}"
        + grid(("Count", "Number", "With swing cases out or in"), listed, numbers=2)
        + "".join(_section(one, dataset) for one in found)
    )


def _section(one: Counted, dataset: Dataset) -> str:
    said, rows = one.definition, dataset.table(one.definition.table)
    countries = ", ".join(
        f"{_name(dataset, 'actors', country)} {number}"
        for country, number in one.by_country.items()
    )
    text = (
        f"\n## {said.title} {{#{said.id}}}\n\n{escape(said.says)}\n\n"
        f"**{one.number}** in edition {dataset.edition}"
        + (f": {escape(countries)}." if countries else ".")
        + f"\n\n```sh\nlunarprogrammes count {said.id}\n```\n"
    )
    if one.swing:
        swings = [
            (escape(rows.row(record)["name"] or record), _counted(record, one), escape(reason))
            for record, reason in one.swing.items()
        ]
        text += "\n" + grid(("Swing case", "Counted", "Why it may be counted otherwise"), swings)
    if one.stated:
        text += "\n" + grid(("What sources say", "Figure", "Counted is"), _stated(one, dataset))
    members = [
        (escape(rows.row(record)["name"] or record), _when(rows.row(record), dataset))
        for record in one.members
    ]
    if members:
        text += f'\n??? note "The {one.number} that are counted"\n\n' + "".join(
            f"    {line}\n" for line in grid(("Name", "Date"), members).splitlines()
        )
    return text


def _counted(record: str, one: Counted) -> str:
    return "yes" if record in one.members else "no"


def _stated(one: Counted, dataset: Dataset) -> list[tuple[str, str, str]]:
    rows = dataset.table("indicators")
    return [
        (
            escape(rows.row(record)["sources"]),
            escape(f"{rows.row(record)['value']} {rows.row(record)['unit']}"),
            escape(rows.row(record)["summary"]),
        )
        for record in one.stated
    ]


def _when(row: Mapping[str, str], dataset: Dataset) -> str:
    found = row.get("landing_date") or row.get("launch_date", "")
    if not found and row.get("mission", "") in dataset.missions:
        found = dataset.missions.row(row["mission"])["launch_date"]
    return f"`{found}`" if found else ""


def _name(dataset: Dataset, table: str, record: str) -> str:
    rows = dataset.table(table)
    return rows.row(record)["name"] if record in rows else record
