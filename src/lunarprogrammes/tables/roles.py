"""Roles: a person's role in an actor, programme or mission."""

from typing import Annotated

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._table import Table, record


@record
class Role:
    """One person's role in an actor, programme or mission, crews included."""

    id: Annotated[
        str,
        kinds.identifier(
            "Slug of the role: person and role.", example="wu-weiren-clep-chief-engineer"
        ),
    ]
    person: Annotated[
        str | None, kinds.reference("people", meaning="Who holds it.", example="wu-weiren")
    ] = None
    role: Annotated[
        str | None,
        kinds.prose("Title of the role as stated.", example="chief engineer", required=True),
    ] = None
    actor: Annotated[
        str | None, kinds.reference("actors", meaning="Actor in which it is held.", example="cnsa")
    ] = None
    programme: Annotated[
        str | None,
        kinds.reference("programmes", meaning="Programme in which it is held.", example="clep"),
    ] = None
    mission: Annotated[
        str | None,
        kinds.reference("missions", meaning="Mission in which it is held.", example="apollo-11"),
    ] = None
    started: Annotated[
        UncertainDate | None, kinds.date("Date from which it is held.", example="2013")
    ] = None
    ended: Annotated[
        UncertainDate | None, kinds.date("Date until which it is held.", example="2022-07-15")
    ] = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(
    name="roles",
    record=Role,
    order=10,
    starts=("started",),
    ends=("ended",),
    label="role",
    headline=("person", "role", "actor", "programme"),
)
