"""What is printed when no command is given: what the edition holds and three things to try."""

from lunarprogrammes.cli._common import bold
from lunarprogrammes.edition import Edition
from lunarprogrammes.render import width_of

_SHOWN = (
    "missions",
    "programmes",
    "partners",
    "spacecraft",
    "agreements",
    "actors",
    "people",
    "statements",
    "events",
    "sources",
    "claims",
)

_TRY = (
    ("lunarprogrammes why missions queqiao-2 launch_date", "two dates in one document"),
    (
        "lunarprogrammes list partners --programme ilrs --known-on 2023-02-27",
        "the world as known then",
    ),
    ("lunarprogrammes find 嫦娥", "names in any language"),
)


def overview() -> str:
    """Return the overview of the edition in the package."""
    edition = Edition.open()
    counts = {one["name"]: one.get("rowCount") for one in edition.descriptor["resources"]}
    held = [f"{counts[name]:>7,}  {name}" for name in _SHOWN if counts.get(name)]
    width = max(width_of(command) for command, _ in _TRY)
    tries = [f"  {command}{' ' * (width - width_of(command))}  # {why}" for command, why in _TRY]
    return "\n".join(
        [
            bold(f"lunarprogrammes, edition {edition.version}"),
            "Lunar missions, programmes and partners, each fact with the source that states it.",
            "",
            *held,
            "",
            "Try:",
            *tries,
            "",
            "`lunarprogrammes --help` lists all commands.",
        ]
    )
