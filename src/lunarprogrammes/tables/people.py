"""People: a public official, scientist, expert, author or crew member."""

from typing import Annotated

from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._shared import Wikidata
from lunarprogrammes.tables._table import Table, record


@record
class Person:
    """One public official, scientist, expert, author or crew member."""

    id: Annotated[str, kinds.identifier("Slug of the person.", example="wu-weiren")]
    name: Annotated[
        str | None, kinds.name("Name in the order of the person's language.", example="Wu Weiren")
    ] = None
    country: Annotated[
        str | None,
        kinds.reference("actors", meaning="Country the person stands for.", example="china"),
    ] = None
    wikidata: Wikidata = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(name="people", record=Person, order=9)
