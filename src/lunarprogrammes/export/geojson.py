"""Where craft came down on the Moon, and places there, as GeoJSON (RFC 7946).

Coordinates are lunar: GeoJSON has no field for that, so the collection says it in a foreign member
and in words. A position is given only where sources state one; a range or a bound is no position,
and the feature then has no geometry. Costs 1.5 s for the 171,000 claims of the committed edition,
most of it to read them.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from lunarprogrammes import __version__, tables
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.edition import Edition
from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.export.files import whole
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.resolve import SUPERSEDED

# Moon (2015), a sphere of 1737.4 km, planetocentric.
LUNAR_CRS = "IAU_2015:30100"
# As JSON-FG writes a CRS. Who reads it (GDAL from 3.8, so QGIS) no longer looks at `geometry` but
# at `place`, in the order of the CRS, latitude first: with the one and without the other it finds
# no position at all.
_COORD_REF_SYS = f"[{LUNAR_CRS}]"
_NOTE = (
    "Coordinates are selenographic degrees on the Moon, as the sources state them: longitude "
    "first, east and north positive. They are not WGS 84 and no place on Earth; a program that "
    f"assumes WGS 84 must be told {LUNAR_CRS}. The sources rarely name their reference frame, and "
    "frames differ by up to a kilometre. Latitude and longitude are resolved apart, so that a "
    "point may join two sources: the property evidence names them. A number of the geometry cannot "
    "hold a qualifier: latitude_deg and longitude_deg have the text, beside its bounds. The "
    "member place repeats a position, latitude first, for programs that read coordRefSys. What has "
    "no stated position has no geometry."
)
_AXES = ("longitude_deg", "latitude_deg")
_SPACECRAFT = ("id", "name", "mission", "kind", "surface_contact", "site", "fate")
_PLACE = ("id", "name", "kind", "country", "parent", "summary")


def collection_of(edition: Edition) -> dict[str, Any]:
    """Return the FeatureCollection of an edition: first the craft, then the places.

    >>> collection_of(Edition.open())["coordRefSys"]
    '[IAU_2015:30100]'
    """
    dataset = Dataset(edition)
    features = [*_craft(dataset), *_places(dataset)]
    return {
        "type": "FeatureCollection",
        "title": "Landing sites, impacts and places on the Moon",
        "description": _NOTE,
        "coordRefSys": _COORD_REF_SYS,
        "body": "Moon",
        "edition": edition.version,
        "schemaVersion": __version__,
        "generator": f"lunarprogrammes {__version__}",
        "license": "CC-BY-4.0",
        "units": {name: tables.get("spacecraft").fields[name].unit for name in _AXES},
        "features": features,
    }


def position_of(row: Mapping[str, str]) -> list[float] | None:
    """Return longitude and latitude, or None where either only bounds or spans, or is not stated.

    >>> position_of({"longitude_deg": "177.60", "latitude_deg": "~-45.5"})
    [177.6, -45.5]
    >>> position_of({"longitude_deg": "177.60", "latitude_deg": "<-45"}) is None
    True
    """
    position: list[float] = []
    for axis in _AXES:
        figure = Quantity(row[axis]) if row[axis] else None
        if figure is None or figure.lower is None or figure.upper is None or figure.value is None:
            return None
        position.append(figure.value)
    return position


def write(edition: Edition, target: Path) -> None:
    """Write the collection as UTF-8 text; the target appears whole or not at all.

    Raises `EditionError` where the edition cannot be read or the target cannot be written.
    """
    text = json.dumps(collection_of(edition), ensure_ascii=False, indent=1)
    with whole(target) as fresh:
        fresh.write_bytes(f"{text}\n".encode())


def _craft(dataset: Dataset) -> Iterable[dict[str, Any]]:
    for record, row in dataset.spacecraft.items():
        if not (row["surface_contact"] or any(row[axis] for axis in _AXES)):
            continue
        mission = dataset.missions.get(row["mission"])
        properties = {
            **_texts(row, _SPACECRAFT),
            "mission_name": mission.name if mission else None,
            "country": mission.country if mission else None,
            "outcome": mission.outcome if mission else None,
            **_date(row, "landing_date"),
        }
        yield _feature(dataset, "spacecraft", record, properties, ("landing_date",))


def _places(dataset: Dataset) -> Iterable[dict[str, Any]]:
    for record, row in dataset.places.items():
        if row["body"] == "moon" and any(row[axis] for axis in _AXES):
            far = {"far_side": row["far_side"] == "true" if row["far_side"] else None}
            yield _feature(dataset, "places", record, {**_texts(row, _PLACE), **far})


def _feature(
    dataset: Dataset,
    table: str,
    record: str,
    properties: dict[str, Any],
    dates: tuple[str, ...] = (),
) -> dict[str, Any]:
    row = dataset.table(table).row(record)
    position = position_of(row)
    stated = [name for name in (*_AXES, *dates) if row[name]]
    for axis in _AXES:
        properties |= _figure(row, axis)
    lists = {name: row[name].split(";") if row[name] else [] for name in ("sources", "contested")}
    evidence = {name: _evidence(dataset, table, record, name) for name in stated or (EXISTENCE,)}
    return {
        "type": "Feature",
        "id": f"{table}/{record}",
        "geometry": {"type": "Point", "coordinates": position} if position else None,
        "place": {"type": "Point", "coordinates": position[::-1]} if position else None,
        "properties": {"table": table, **properties, **lists, "evidence": evidence},
    }


def _texts(row: Mapping[str, str], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name] or None for name in names}


def _date(row: Mapping[str, str], name: str) -> dict[str, Any]:
    date = UncertainDate(row[name]) if row[name] else None
    bounds = {"lower": date and date.lower, "upper": date and date.upper}
    sides = {f"{name}_{side}": day and day.isoformat() for side, day in bounds.items()}
    return {name: row[name] or None, **sides}


def _figure(row: Mapping[str, str], name: str) -> dict[str, Any]:
    figure = Quantity(row[name]) if row[name] else None
    return {
        name: row[name] or None,
        f"{name}_lower": figure and figure.lower,
        f"{name}_upper": figure and figure.upper,
    }


def _evidence(dataset: Dataset, table: str, record: str, field: str) -> dict[str, Any]:
    """Return the verdict on a cell and the claims that uphold or contradict it, best first."""
    evidence = dataset.why(table, record, field)
    claims = [
        {
            "claim": claim.id,
            "value": claim.value,
            "source": claim.source,
            "locator": claim.locator,
            "standing": standing,
        }
        for claim, standing in evidence.standings
        if standing != SUPERSEDED
    ]
    return {"verdict": evidence.verdict, "claims": claims}
