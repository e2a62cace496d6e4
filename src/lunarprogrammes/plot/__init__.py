"""Pictures of a dataset: `moon.plot.timeline()` and its like, each a `Picture`.

One module per picture; `NAMES` lists them. Nothing here is drawn before it is saved or shown.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.plot.picture import FORMATS, Picture

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

__all__ = ["FORMATS", "NAMES", "Picture", "Plots", "make"]


class Named(NamedTuple):
    """What a picture shows, and which of the options mission and programme it takes."""

    says: str
    options: tuple[str, ...] = ()


NAMES: Mapping[str, Named] = {
    "timeline": Named("All missions by date, outcome and country.", ("programme",)),
    "moon-map": Named("Landing and impact sites on the Moon.", ("programme",)),
    "camps": Named("How the Artemis Accords and the ILRS grew, state by state."),
    "camps-map": Named("The states of both camps on a map of the Earth."),
    "slips": Named(
        "Planned dates against the dates of their statements: of one mission, or of all.",
        ("mission", "programme"),
    ),
    "phases": Named("Two programmes side by side by phase: CLEP and Artemis."),
    "partners": Named("Who takes part in which programme, as a network.", ("programme",)),
    "coverage": Named("How full every field is, and how much rests on two sources."),
}


class Plots:
    """The pictures of one dataset, as seen from its perspective.

    >>> import lunarprogrammes as lp
    >>> lp.load().known_on("2023-02-27").plot.camps().title
    'The two camps over time'
    """

    def __init__(self, moon: "Dataset") -> None:
        self._moon = moon

    def timeline(self, programme: str | None = None) -> Picture:
        """Draw all missions by date, outcome and country, or those of a programme."""
        from lunarprogrammes.plot.timeline import timeline

        return timeline(self._moon, programme)

    def moon_map(self, programme: str | None = None) -> Picture:
        """Draw the landing and impact sites: near side, far side, both poles."""
        from lunarprogrammes.plot.moon_map import moon_map

        return moon_map(self._moon, programme)

    def camps(self) -> Picture:
        """Draw how many states each camp had on every day, and when each of them joined."""
        from lunarprogrammes.plot.camps import camps

        return camps(self._moon)

    def camps_map(self) -> Picture:
        """Draw the states of both camps on a map of the Earth."""
        from lunarprogrammes.plot.camps_map import camps_map

        return camps_map(self._moon)

    def slips(self, mission: str | None = None, *, programme: str | None = None) -> Picture:
        """Draw the planned dates of a mission by the date of their statement.

        Without a mission: the first and the last plan of all missions, or of a programme's.
        Raises `UnknownRecord`, and `NoValue` where no dated plan is known.
        """
        if mission:
            from lunarprogrammes.plot.slips import slips

            return slips(self._moon, mission)
        from lunarprogrammes.plot.drifts import overview

        return overview(self._moon, programme)

    def phases(self, first: str = "clep", second: str = "artemis") -> Picture:
        """Draw the missions of two programmes side by side, phase by phase."""
        from lunarprogrammes.plot.phases import phases

        return phases(self._moon, first, second)

    def partners(self, programme: str | None = None) -> Picture:
        """Draw who takes part in which programme, as a network."""
        from lunarprogrammes.plot.network import partners

        return partners(self._moon, programme)

    def coverage(self) -> Picture:
        """Draw how full every field is."""
        from lunarprogrammes.plot.coverage import coverage

        return coverage(self._moon)

    def __repr__(self) -> str:
        return f"<pictures: {', '.join(name.replace('-', '_') for name in NAMES)}>"


def make(
    moon: "Dataset", name: str, *, mission: str | None = None, programme: str | None = None
) -> Picture:
    """Return a picture by its name; an option that it does not take is an error."""
    if name not in NAMES:
        from lunarprogrammes.find import closest

        close = closest(NAMES, name)
        raise LunarProgrammesError(
            f"There is no picture '{name}'.",
            expected=f"There are {', '.join(NAMES)}.",
            remedy=f"Did you mean {close[0]}?" if close else "",
        )
    given = {"mission": mission, "programme": programme}
    options = {option: value for option, value in given.items() if value}
    for option in options:
        if option not in NAMES[name].options:
            takers = [other for other, one in NAMES.items() if option in one.options]
            raise LunarProgrammesError(
                f"The picture {name} is not drawn for one {option}.",
                expected=f"Those that are: {', '.join(takers)}.",
            )
    found: Picture = getattr(Plots(moon), name.replace("-", "_"))(**options)
    return found
