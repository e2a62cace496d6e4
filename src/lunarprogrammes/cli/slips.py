"""`slips`: how the planned date of something moved, by whom, and how fast plans move."""

import argparse
from collections.abc import Sequence

from lunarprogrammes.cli._common import add_format, add_perspective, note, open_dataset, print_rows
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.slips import Drift, drifts, means

SUMMARY = "Show every dated statement of a mission's planned dates, or how fast plans move."
_COLUMNS = ("said", "by", "field", "planned", "moved", "source", "locator", "claim")
_DRIFTS = (
    "mission",
    "programme",
    "field",
    "statements",
    "said",
    "planned",
    "until",
    "then",
    "in_fact",
    "days_per_year",
    "least",
    "most",
)
_PROGRAMMES = ("programme", "missions", "days_per_year", "smallest", "greatest")


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument(
        "record",
        nargs="?",
        metavar="MISSION",
        help="a mission, or programmes/ilrs-construction; without: all missions, first plan "
        "against last",
    )
    parser.add_argument("--programme", metavar="ID", help="only missions of this, its parts too")
    parser.add_argument(
        "--means", action="store_true", help="the mean slip per year of each programme"
    )
    add_format(parser, "table", "csv", "json")
    add_perspective(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the statements, or the drifts; exit code 1 if there are none."""
    dataset = open_dataset(arguments)
    if arguments.record:
        return _of_record(dataset, arguments)
    found = dict(drifts(dataset, arguments.programme))
    if arguments.means:
        rows = [
            {
                "programme": programme or "none stated",
                "missions": str(mean.missions),
                "days_per_year": f"{mean.per_year:.0f}",
                "smallest": f"{mean.smallest:.0f}",
                "greatest": f"{mean.greatest:.0f}",
            }
            for programme, mean in means(dataset, found).items()
        ]
        print_rows(_PROGRAMMES, rows, arguments.format)
        note(
            "Mean over missions of the days by which a plan moved per year of watching it; a "
            "programme includes its parts."
        )
        return 0 if rows else 1
    ranked = sorted(found.items(), key=lambda one: one[1].per_year, reverse=True)
    print_rows(_DRIFTS, (_drift(dataset, *one) for one in ranked), arguments.format)
    if found:
        mean = sum(one.per_year for one in found.values()) / len(found)
        note(f"Missions: {len(found)}; mean slip {mean:.0f} days per year.")
    return 0 if found else 1


def _of_record(dataset: Dataset, arguments: argparse.Namespace) -> int:
    slips = dataset.slips(arguments.record)
    rows = [
        {
            "said": one.said.text if one.said else "undated",
            "by": one.by,
            "field": one.field,
            "planned": one.planned.text,
            "moved": str(one.moved) if one.moved is not None else "",
            "source": one.claim.source,
            "locator": one.claim.locator,
            "claim": one.claim.id,
        }
        for one in slips.statements
    ]
    if not rows:
        note(f"No source that was read states a planned date of {arguments.record}.")
        return 1
    print_rows(_COLUMNS, rows, arguments.format)
    for field, day in slips.happened.items():
        note(f"In fact: {field.removeprefix('planned_')} {day.text}.")
    for field in dict.fromkeys(one.field for one in slips.statements):
        if drift := slips.drift(field):
            note(
                f"{field}: from {drift.first.planned.text} (said {drift.first.said}) to "
                f"{drift.last.text} ({drift.last_said}): {drift.moved}; "
                f"{drift.per_year:.0f} days per year ({drift.least:.0f} to {drift.most:.0f})."
            )
    return 0


def _drift(dataset: Dataset, mission: str, drift: Drift) -> dict[str, str]:
    return {
        "mission": mission,
        "programme": dataset.missions.row(mission)["programme"],
        "field": drift.field,
        "statements": str(drift.statements),
        "said": str(drift.first.said),
        "planned": drift.first.planned.text,
        "until": str(drift.last_said),
        "then": drift.last.text,
        "in_fact": "yes" if drift.in_fact else "no",
        "days_per_year": f"{drift.per_year:.0f}",
        "least": f"{drift.least:.0f}",
        "most": f"{drift.most:.0f}",
    }
