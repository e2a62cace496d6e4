"""What policy analysts ask of a dataset: who stands where, what binds them, what was said.

Each question has a module of its own, read when it is asked; here they are the dataset's methods.
"""

from typing import TYPE_CHECKING, cast

from lunarprogrammes.table_attributes import Tables

if TYPE_CHECKING:
    from lunarprogrammes.camps import Camps
    from lunarprogrammes.commitments import Commitment
    from lunarprogrammes.comparison import Comparison
    from lunarprogrammes.counts import Counted
    from lunarprogrammes.dataset import Dataset
    from lunarprogrammes.positions import Position
    from lunarprogrammes.profile import Profile


class PolicyQuestions(Tables):
    """The questions about camps, partners, agreements and counts."""

    @property
    def _asked(self) -> "Dataset":
        return cast("Dataset", self)

    def count(self, name: str) -> "Counted":
        """Return a count by its published definition, with its members and swing cases.

        The counts are those of `lunarprogrammes.counts.DEFINITIONS`.

        >>> import lunarprogrammes as lp
        >>> "change-5" in lp.load().count("sample-returns").members
        True
        """
        from lunarprogrammes.counts import count

        return count(self._asked, name)

    def camps(self) -> "Camps":
        """Return who stands with the Artemis Accords, who with the ILRS, and since when.

        Ask the answer about a day: a perspective of `at` hides who joined later.

        >>> import lunarprogrammes as lp
        >>> "united-states" in {one.actor for one in lp.load().camps().on("2021", camp="artemis")}
        True
        """
        from lunarprogrammes.camps import camps_of

        return camps_of(self._asked)

    def commitments(self, actor: str) -> "list[Commitment]":
        """Return the agreements that bind an actor or are signed by it, binding ones first.

        >>> import lunarprogrammes as lp
        >>> {one.force for one in lp.load().commitments("china")} >= {"political"}
        True
        """
        from lunarprogrammes.commitments import commitments_of

        return commitments_of(self._asked, self._asked.current("actors", actor))

    def positions(
        self, *sides: str, topic: str | None = None, year: int | str | None = None
    ) -> "list[Position]":
        """Return what was said for each of the sides, by year and topic; without sides, by all.

        >>> import lunarprogrammes as lp
        >>> {one.side for one in lp.load().positions("china", topic="law")}
        {'china'}
        """
        from lunarprogrammes.positions import positions_of

        actors = tuple(self._asked.current("actors", side) for side in sides)
        return positions_of(self._asked, actors, topic=topic, year=year)

    def profile(self, actor: str) -> "Profile":
        """Return an actor's camps, what it brings to each programme, what binds it, what it said.

        >>> import lunarprogrammes as lp
        >>> lp.load().profile("pakistan").name
        'Pakistan'
        """
        from lunarprogrammes.profile import profile_of

        return profile_of(self._asked, self._asked.current("actors", actor))

    def compare(self, *programmes: str) -> "Comparison":
        """Return programmes side by side, aspect by aspect, their parts included.

        >>> import lunarprogrammes as lp
        >>> lp.load().compare("artemis", "ilrs")["name"]
        ('Artemis', 'International Lunar Research Station')
        """
        from lunarprogrammes.comparison import compare

        return compare(self._asked, *(self._asked.current("programmes", one) for one in programmes))
