"""The Atom feed of editions (RFC 4287), written from the same notes as the changelog.

Ids are UUIDs made from the edition's name, so that they stay; `updated` is the edition's day, so
that the same notes give the same bytes on every day.
"""

import uuid
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from lunarprogrammes.export.frictionless import HOME, package_descriptor
from lunarprogrammes.releases.notes import Note, sentences

_ATOM = "http://www.w3.org/2005/Atom"
# Where the file lies in the repository: the one address that is known to every reader.
SELF = f"{HOME}/raw/main/docs/editions.atom"


def feed_text(notes: Sequence[Note]) -> str:
    """Return the feed of some notes, the latest first.

    Raises `ValueError` without any: a feed without entries has no date.
    """
    if not notes:
        raise ValueError("There is no edition to tell of.")
    described = package_descriptor(notes[0].edition, [], [])
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    _add(feed, "id", _id(f"{HOME}/editions"))
    _add(feed, "title", "lunarprogrammes: editions of the data")
    _add(feed, "subtitle", "What changed in the data from one edition to the next.")
    _add(feed, "updated", _day(notes[0]))
    author = _add(feed, "author")
    _add(author, "name", described["contributors"][0]["title"])
    _add(feed, "link", rel="self", type="application/atom+xml", href=SELF)
    _add(feed, "link", rel="alternate", type="text/html", href=HOME)
    licence = described["licenses"][0]
    _add(feed, "rights", f"{licence['title']} ({licence['name']})")
    for note in notes:
        entry = _add(feed, "entry")
        _add(entry, "id", _id(f"{HOME}/editions/{note.edition}"))
        _add(entry, "title", f"Edition {note.edition}")
        _add(entry, "published", _day(note))
        _add(entry, "updated", _day(note))
        where = f"{HOME}/blob/main/editions/{note.edition}.json"
        _add(entry, "link", rel="alternate", type="application/json", href=where)
        _add(entry, "content", "\n".join(sentences(note)), type="text")
    ET.indent(feed)
    text = ET.tostring(feed, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    made.text = text or None
    return made


def _id(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _day(note: Note) -> str:
    return f"{note.edition.replace('.', '-')}T00:00:00Z"
