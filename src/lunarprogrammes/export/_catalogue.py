"""What every catalogue says of an edition: title, words, dates, licence, files with their hashes.

The one home of these for Croissant, schema.org, DCAT and RDF, and of the addresses under which the
dataset is known. Reads the descriptor alone.
"""

import datetime
from typing import NamedTuple

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.edition import Edition
from lunarprogrammes.export.frictionless import HOME
from lunarprogrammes.export.tabular import about

# The committed edition. It moves on with the project: who fetches a file from here compares the
# hash that the catalogue gives.
FILES = f"{HOME}/raw/main/datasets/"
MOON = "http://www.wikidata.org/entity/Q405"
LANGUAGE = "en"
_SIGNS_OF_A_DAY = len("2026-11-22")


class File(NamedTuple):
    """One file of an edition, by its path in it."""

    path: str
    media_type: str
    bytes: int
    sha256: str
    description: str


class Catalogued(NamedTuple):
    """What a catalogue has to say of an edition.

    `issued` is a day such as 2026-11-22, empty where the edition's version is none. `version` is
    the edition, `schema_version` the SemVer of its tables and fields.
    """

    title: str
    description: str
    version: str
    schema_version: str
    issued: str
    licence: str
    keywords: tuple[str, ...]
    files: tuple[File, ...]


def catalogued(edition: Edition) -> Catalogued:
    """Return what catalogues say of an edition.

    >>> made = catalogued(Edition.open())
    >>> made.licence, made.files[0].path
    ('https://creativecommons.org/licenses/by/4.0/', 'missions.csv')
    """
    descriptor = edition.descriptor
    told = dict(about(edition))
    words = (told["What it is"], told["Dates and figures"], told["Where it comes from"])
    licences = [str(one["path"]) for one in descriptor.get("licenses", [])]
    return Catalogued(
        title=told["Title"],
        description=" ".join(words),
        version=edition.version,
        schema_version=edition.schema_version,
        issued=day_of(edition.version),
        licence=licences[0] if licences else "",
        keywords=tuple(map(str, descriptor.get("keywords", []))),
        files=tuple(
            File(
                path=str(one["path"]),
                media_type=str(one["mediatype"]),
                bytes=int(one["bytes"]),
                sha256=str(one["hash"]).removeprefix("sha256:"),
                description=str(one.get("description", "")),
            )
            for one in descriptor["resources"]
        ),
    )


def day_of(version: str) -> str:
    """Return the day of an edition as ISO 8601 writes it; empty where the version is no day.

    >>> day_of("2026.11.22"), day_of("unknown")
    ('2026-11-22', '')
    """
    day = version.replace(".", "-")
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        return ""
    return day if len(day) == _SIGNS_OF_A_DAY else ""


def first_day(edition: Edition) -> str:
    """Return the first day of which an edition tells a launch; empty where it tells none.

    >>> first_day(Edition.open())[:2]
    '19'
    """
    dates = (UncertainDate(text) for (text,) in edition.columns("missions", "launch_date") if text)
    days = [date.lower for date in dates if date.lower is not None]
    return min(days).isoformat() if days else ""
