"""The tables as attributes of a dataset, each typed by its record class."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from lunarprogrammes.view import View

if TYPE_CHECKING:
    from lunarprogrammes.tables.actors import Actor
    from lunarprogrammes.tables.agreements import Agreement
    from lunarprogrammes.tables.claims import ClaimRow
    from lunarprogrammes.tables.contributions import Contribution
    from lunarprogrammes.tables.events import Event
    from lunarprogrammes.tables.indicators import Indicator
    from lunarprogrammes.tables.missions import Mission
    from lunarprogrammes.tables.names import Name
    from lunarprogrammes.tables.parties import Party
    from lunarprogrammes.tables.partners import Partner
    from lunarprogrammes.tables.payloads import Payload
    from lunarprogrammes.tables.people import Person
    from lunarprogrammes.tables.places import Place
    from lunarprogrammes.tables.programmes import Programme
    from lunarprogrammes.tables.roles import Role
    from lunarprogrammes.tables.sources import Source
    from lunarprogrammes.tables.spacecraft import Spacecraft
    from lunarprogrammes.tables.statements import Statement
    from lunarprogrammes.tables.systems import System

R = TypeVar("R")


class TableOf(Generic[R]):
    """A table as an attribute of the dataset, typed by its record class."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, dataset: None, owner: type) -> "TableOf[R]": ...
    @overload
    def __get__(self, dataset: "Tables", owner: type) -> View[R]: ...
    def __get__(self, dataset: "Tables | None", owner: type) -> "TableOf[R] | View[R]":
        return self if dataset is None else dataset.table(self.name)


class Tables(ABC):
    """Whatever gives every table by its name gives it as an attribute too."""

    missions: "TableOf[Mission]" = TableOf()
    programmes: "TableOf[Programme]" = TableOf()
    partners: "TableOf[Partner]" = TableOf()
    actors: "TableOf[Actor]" = TableOf()
    spacecraft: "TableOf[Spacecraft]" = TableOf()
    payloads: "TableOf[Payload]" = TableOf()
    systems: "TableOf[System]" = TableOf()
    places: "TableOf[Place]" = TableOf()
    people: "TableOf[Person]" = TableOf()
    roles: "TableOf[Role]" = TableOf()
    agreements: "TableOf[Agreement]" = TableOf()
    parties: "TableOf[Party]" = TableOf()
    contributions: "TableOf[Contribution]" = TableOf()
    events: "TableOf[Event]" = TableOf()
    statements: "TableOf[Statement]" = TableOf()
    indicators: "TableOf[Indicator]" = TableOf()
    names: "TableOf[Name]" = TableOf()
    sources: "TableOf[Source]" = TableOf()
    claims: "TableOf[ClaimRow]" = TableOf()

    @abstractmethod
    def table(self, name: str) -> View[Any]:
        """Return a table by its name; raise `UnknownTable` with a suggestion."""
