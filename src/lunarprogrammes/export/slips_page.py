"""The page `slips.md`: how far planned dates moved, by mission and by programme."""

from lunarprogrammes.dataset import Dataset
from lunarprogrammes.export._markdown import GENERATED, escape, grid
from lunarprogrammes.slips import Drift, drifts, means

_INTRODUCTION = (
    "A planned date is a statement of the day on which somebody made it, and the next statement "
    "does not correct it: it shows that the plan moved. `lunarprogrammes slips MISSION` lists "
    "every dated statement with who made it; this page sets the first against the last, or "
    "against the day on which it happened.\n\n"
    "The *mean slip* is the number of days by which the plan moved for each year of watching it, "
    "from the middles of the dates as they were stated; the span beside it is what the vague dates "
    'allow. Plans with only one end ("no earlier than 2026") are not taken, nor are missions '
    "whose plan was watched for less than half a year, nor statements without a date.\n\n"
    # The site turns the command into a link to its page of the picture.
    "`lunarprogrammes plot slips` draws the first plan and the last of each mission, and with "
    "`--mission ID` every statement of one.\n\n"
)


def slips_text(dataset: Dataset) -> str:
    """Return `slips.md` for an edition."""
    found = dict(drifts(dataset))
    ranked = sorted(found.items(), key=lambda one: (-one[1].per_year, one[0]))
    programmes = [
        (
            escape(dataset.programmes.row(name)["name"]) if name else "*none stated*",
            f"{mean.missions}",
            f"{mean.per_year:.0f}",
            f"{mean.smallest:.0f} to {mean.greatest:.0f}",
        )
        for name, mean in means(dataset, found).items()
    ]
    return (
        f"{GENERATED}# Slips\n\n{_INTRODUCTION}"
        "## By programme\n\nA programme includes its parts.\n\n"
        "```sh\nlunarprogrammes slips --means\n```\n\n"
        + grid(("Programme", "Missions", "Days per year", "From, to"), programmes, numbers=3)
        + "\n## By mission\n\n```sh\nlunarprogrammes slips\n```\n\n"
        + grid(
            ("Mission", "First said", "for", "Last said", "for", "Days per year", "allowed"),
            [_row(dataset, *one) for one in ranked],
            numbers=2,
        )
    )


def _row(dataset: Dataset, mission: str, drift: Drift) -> tuple[str, ...]:
    return (
        escape(dataset.missions.row(mission)["name"] or mission),
        f"`{drift.first.said}`",
        f"`{drift.first.planned}`",
        "in fact" if drift.in_fact else f"`{drift.last_said}`",
        f"`{drift.last}`",
        f"{drift.per_year:.0f}",
        f"{drift.least:.0f} to {drift.most:.0f}",
    )
