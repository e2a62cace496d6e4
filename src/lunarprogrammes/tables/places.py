"""Places: a landing site, region, crater, pole, launch site, ground station or Lagrange point."""

from typing import Annotated

from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import _kinds as kinds
from lunarprogrammes.tables._field import Vocabulary
from lunarprogrammes.tables._kinds import Contested, Sources
from lunarprogrammes.tables._shared import Wikidata
from lunarprogrammes.tables._table import Table, record

BODY = Vocabulary(
    "body",
    "On or near which body a place is.",
    {
        "moon": "On the Moon, or defined by it.",
        "earth": "On Earth.",
        "space": "Neither: a Lagrange point or a region of space.",
        "asteroid": "On or at an asteroid.",
    },
)

PLACE_KIND = Vocabulary(
    "place kind",
    "What sort of place it is.",
    {
        "landing-site": "Where a spacecraft came down or was meant to.",
        "region": "An area of a surface or of space.",
        "basin": "A large impact basin.",
        "crater": "An impact crater.",
        "mountain": "A mountain or a volcanic rise.",
        "pole": "A pole and its surroundings.",
        "hemisphere": "Half of a body, such as the far side.",
        "launch-site": "Where rockets leave.",
        "ground-station": "Where antennas track spacecraft.",
        "lagrange-point": "A point of balance between two bodies.",
        "minor-body": "An asteroid or a comet.",
    },
)


@record
class Place:
    """One landing site, region, crater, pole, launch site, ground station or Lagrange point."""

    id: Annotated[str, kinds.identifier("Slug of the place.", example="mons-rumker")]
    name: Annotated[str | None, kinds.name("Usual English name.", example="Mons Rümker")] = None
    body: Annotated[
        str | None,
        kinds.term(BODY, "On or near which body it is.", example="moon", editorial=True),
    ] = None
    kind: Annotated[
        str | None,
        kinds.term(PLACE_KIND, "What sort of place it is.", example="mountain", editorial=True),
    ] = None
    country: Annotated[
        str | None,
        kinds.reference("actors", meaning="Country, of a place on Earth.", example="namibia"),
    ] = None
    system: Annotated[
        str | None,
        kinds.reference("systems", meaning="Network or system that it belongs to.", example="cdsn"),
    ] = None
    parent: Annotated[
        str | None,
        kinds.reference(
            "places",
            meaning="Larger place that contains it.",
            example="lunar-far-side",
            editorial=True,
        ),
    ] = None
    latitude_deg: Annotated[
        Quantity | None,
        kinds.quantity(
            "Latitude on its body, north positive.",
            unit="degrees",
            example="43.06",
            minimum=-90,
            maximum=90,
        ),
    ] = None
    longitude_deg: Annotated[
        Quantity | None,
        kinds.quantity(
            "Longitude on its body, east positive.",
            unit="degrees",
            example="-51.92",
            minimum=-180,
            maximum=180,
        ),
    ] = None
    far_side: Annotated[
        bool | None, kinds.boolean("Whether it is on the far side of the Moon.")
    ] = None
    summary: Annotated[
        str | None,
        kinds.prose("What the sources say of it, in our words.", example="Target of Chang'e 7."),
    ] = None
    wikidata: Wikidata = None
    sources: Sources = ()
    contested: Contested = ()


TABLE = Table(name="places", record=Place, order=8)
