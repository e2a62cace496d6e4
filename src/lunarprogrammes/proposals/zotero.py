"""From a CSL-JSON export, as Zotero writes it, to the parts of a `source.json`.

What can be carried over is, each part validated; what cannot is named in a note and left to be
asked for. An abstract, an attachment or a private note never gets into the dataset.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from lunarprogrammes.date_words import suggest
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.evidence.bibliography import authors, date_text
from lunarprogrammes.find import closest
from lunarprogrammes.proposals import source_json
from lunarprogrammes.proposals.naming import shown
from lunarprogrammes.tables import InvalidValue
from lunarprogrammes.tables.sources import SOURCE_TYPE

MAX_BYTES = 16 * 1024 * 1024
_MOST_LISTED = 10
# The types of CSL for which the dataset has another word.
_TYPES = {
    "entry": "entry-encyclopedia",
    "entry-dictionary": "entry-encyclopedia",
    "legal_case": "document",
    "manuscript": "document",
    "pamphlet": "document",
    "patent": "document",
    "periodical": "document",
    "post": "post-weblog",
    "broadcast": "document",
    "interview": "document",
    "thesis": "document",
}
_USED = """
    id citation-key type title author publisher container-title issued accessed URL DOI language
"""
_MARKUP = re.compile(r"</?(?:i|b|sub|sup|span|sc)(?: [^<>]*)?>", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}/[^ ]+")


class BadExport(LunarProgrammesError, ValueError):
    """A file that is no CSL-JSON, or that does not say which of its items is meant."""

    code = "bad-export"


class Carried(NamedTuple):
    """What an item says of a source: parts by field, further CSL texts, and what was left out."""

    parts: dict[str, str]
    extra: dict[str, str]
    notes: list[str]


def read_export(path: Path) -> list[dict[str, Any]]:
    """Return the items of an export, or raise `BadExport` with the place of the fault."""
    place = str(path)
    remedy = "In Zotero choose Export Item and the format CSL JSON."
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadExport(
                f"The file is larger than {MAX_BYTES // 2**20} MB.", place=place, remedy=remedy
            )
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadExport(f"The file cannot be read: {error.strerror}.", place=place) from None
    except UnicodeDecodeError:
        raise BadExport("The file is not UTF-8.", place=place, remedy=remedy) from None
    except json.JSONDecodeError as error:
        place = f"{place}:{error.lineno}:{error.colno}"
        raise BadExport("The file is not valid JSON.", place=place, remedy=remedy) from None
    except (RecursionError, ValueError):
        raise BadExport("The file is not JSON that can be read.", place=place) from None
    if isinstance(data, dict):
        # Some programs wrap the list; a single item may stand alone.
        data = data["items"] if isinstance(data.get("items"), list) else [data]
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise BadExport("The file holds no list of items.", place=place, remedy=remedy)
    items = [item for item in data if item]
    if not items:
        raise BadExport("The file holds no items.", place=place, remedy=remedy)
    return items


def choose(items: Sequence[Mapping[str, Any]], key: str | None, place: str) -> Mapping[str, Any]:
    """Return the item with a key, or the only one; raise `BadExport` listing what there is."""
    if key is None and len(items) == 1:
        return items[0]
    if key is None:
        raise BadExport(
            f"The file holds {len(items)} items.",
            place=place,
            expected=f"They are {_listed(items)}.",
            remedy="Say which with --item KEY.",
        )
    found = [item for item in items if key in keys_of(item)]
    if len(found) == 1:
        return found[0]
    if found:
        what = f"The file holds {len(found)} items with the key '{shown(key)}'."
        raise BadExport(what, place=place, remedy="Export the one that is meant.")
    near = closest([one for item in items for one in keys_of(item)], key, limit=1)
    raise BadExport(
        f"The file holds no item with the key '{shown(key)}'.",
        place=place,
        expected=f"It holds {_listed(items)}.",
        remedy=f"Did you mean {shown(near[0])}?" if near else "",
    )


def keys_of(item: Mapping[str, Any]) -> list[str]:
    """Return the keys by which an item may be named."""
    return [str(item[name]) for name in ("id", "citation-key") if item.get(name)]


def _listed(items: Sequence[Mapping[str, Any]]) -> str:
    names = []
    for item in items[:_MOST_LISTED]:
        key = (keys_of(item) or ["without a key"])[0]
        title = _text(item.get("title")) or "no title"
        names.append(f"{shown(key, 60)} ({shown(title, 40)})")
    more = f" and {len(items) - _MOST_LISTED} more" if len(items) > _MOST_LISTED else ""
    return "; ".join(names) + more


def carry_over(item: Mapping[str, Any]) -> Carried:
    """Return what an item says of a source, and notes on what was changed or left out."""
    notes: list[str] = []
    given = {
        "type": _type(item, notes),
        "title": _title(item, notes),
        "author": authors(item.get("author")),
        "publisher": _text(item.get("publisher")) or _text(item.get("container-title")),
        "issued": _date(item, "issued", notes),
        "accessed": _date(item, "accessed", notes),
        "url": _text(item.get("URL")),
        "language": _text(item.get("language")).replace("_", "-"),
    }
    extra: dict[str, str] = {}
    doi = _DOI.search(_text(item.get("DOI")))
    if doi:
        extra["DOI"] = doi[0]
        given["url"] = given["url"] or f"https://doi.org/{doi[0]}"
    elif item.get("DOI"):
        notes.append(f"DOI '{shown(str(item['DOI']))}' was left out: it has not the form of one.")
    if item.get("publisher") and _text(item.get("container-title")):
        extra["container-title"] = " ".join(_text(item["container-title"]).split())
    parts = {}
    for name, text in given.items():
        if text:
            try:
                parts[name] = source_json.valid(name, " ".join(text.split()))
            except InvalidValue as error:
                notes.append(f"{name} '{shown(text)}' was left out: {error}")
    dropped = sorted(key for key in item if key not in _USED.split())
    if dropped:
        listed = ", ".join(shown(key, 30) for key in dropped[:_MOST_LISTED])
        more = f" and {len(dropped) - _MOST_LISTED} more" if len(dropped) > _MOST_LISTED else ""
        notes.append(f"Left out, because a source is not described by it: {listed}{more}.")
    return Carried(parts, extra, notes)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _type(item: Mapping[str, Any], notes: list[str]) -> str:
    given = _text(item.get("type"))
    if given in SOURCE_TYPE.terms or not given:
        return given
    taken = _TYPES.get(given, "document")
    notes.append(f"The type {shown(given)} became {taken}, the nearest that the dataset has.")
    return taken


def _title(item: Mapping[str, Any], notes: list[str]) -> str:
    given = _text(item.get("title"))
    plain = _MARKUP.sub("", given)
    if plain != given:
        notes.append("The marks of italics and the like in the title were left out.")
    return plain


def _date(item: Mapping[str, Any], name: str, notes: list[str]) -> str:
    """Return a date as precise as the export has it; a literal one in the words of people too."""
    value = item.get(name)
    if not isinstance(value, dict):
        return ""
    literal = _text(value.get("literal")) or _text(value.get("raw"))
    text = date_text({key: value[key] for key in value if key != "raw"}) or literal
    if value.get("season"):
        notes.append(f"The season of {name} was left out; give it as 2026-21 if it matters.")
    meant = suggest(text)
    if text and meant and meant != text:
        notes.append(f"{name} '{shown(text)}' was read as {meant}.")
        return meant
    return text
