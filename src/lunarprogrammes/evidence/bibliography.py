"""From CSL-JSON, what Zotero exports, to the cells of the table `sources`."""

from collections.abc import Mapping
from typing import Any

AUTHOR_SEPARATOR = "; "


def source_cells(source_id: str, data: Mapping[str, Any]) -> dict[str, str]:
    """Return the row of `sources` for one CSL-JSON item with our `custom` block.

    >>> source_cells("x-2023-y", {"issued": {"date-parts": [[2023, 2, 27]]}})["issued"]
    '2023-02-27'
    """
    custom = data.get("custom")
    custom = custom if isinstance(custom, dict) else {}
    return {
        "id": source_id,
        "type": _text(data.get("type")),
        "title": _text(data.get("title")),
        "author": authors(data.get("author")),
        "publisher": _text(data.get("publisher")),
        "issued": date_text(data.get("issued")),
        "issued_probable": _text(custom.get("issued_probable")),
        "accessed": date_text(data.get("accessed")),
        "url": _text(data.get("URL")),
        "language": _text(data.get("language")),
        "tier": _text(custom.get("tier")),
        "derived_from": _text(custom.get("derived_from")),
        "note": _text(custom.get("note")),
    }


def authors(people: object) -> str:
    """Return the authors of a CSL-JSON item as one text, separated by semicolons.

    >>> authors([{"given": "Marc", "family": "Julienne"}, {"literal": "Bloomberg News"}])
    'Julienne, Marc; Bloomberg News'
    """
    if not isinstance(people, list):
        return ""
    names = (_author(person) for person in people if isinstance(person, dict))
    return AUTHOR_SEPARATOR.join(name for name in names if name)


def _author(person: Mapping[str, Any]) -> str:
    # A comma tells a person's names apart from a body's name, which is kept whole.
    if person.get("literal"):
        return str(person["literal"]).replace(",", "")
    return ", ".join(str(person[part]) for part in ("family", "given") if person.get(part))


def people(text: str) -> list[dict[str, str]]:
    """Return the authors that a text names as CSL-JSON has them: the inverse of `authors`.

    >>> people("Julienne, Marc; Bloomberg News")
    [{'family': 'Julienne', 'given': 'Marc'}, {'literal': 'Bloomberg News'}]
    """
    listed = (name.partition(", ") for name in text.split(AUTHOR_SEPARATOR) if name)
    return [
        {"family": family, "given": given} if comma else {"literal": family}
        for family, comma, given in listed
    ]


def date_text(value: object) -> str:
    """Return a CSL-JSON date as EDTF text, as precise as it is; empty when it cannot be read.

    `raw` may hold EDTF itself; `circa` makes the date approximate.
    """
    if not isinstance(value, dict):
        return ""
    if isinstance(value.get("raw"), str):
        return str(value["raw"])
    parts = value.get("date-parts")
    if not (isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]):
        return ""
    try:
        spans = [
            "-".join(_part(number, place) for place, number in enumerate(one)) for one in parts
        ]
    except (TypeError, ValueError):
        return ""
    return "/".join(spans) + ("~" if value.get("circa") else "")


def _part(number: object, place: int) -> str:
    return f"{int(str(number)):0{4 if place == 0 else 2}d}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
