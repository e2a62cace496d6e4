"""How a cell reads on a page: words for people, the exact text beside them where they differ."""

from collections.abc import Callable

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.export._markdown import escape
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import Field

Link = Callable[[str, str], str]

_UNITS = ("_kg", "_g", "_deg", "_days")
_CAPITALS = {
    "cospar": "COSPAR",
    "satcat": "SATCAT",
    "eva": "EVA",
    "iso": "ISO",
    "tli": "TLI",
    "id": "id",
    "url": "URL",
}
_PLAIN_DATES = {"day", "month", "year", "minute", "second"}


def label(name: str) -> str:
    """Return a field's name as a reader says it; its unit stands with the value.

    >>> label("sample_mass_g"), label("cospar_id"), label("launch_date")
    ('Sample mass', 'COSPAR id', 'Launch date')
    """
    for unit in _UNITS:
        name = name.removesuffix(unit)
    words = [_CAPITALS.get(word, word) for word in name.split("_")]
    return words[0][:1].upper() + words[0][1:] + "".join(f" {word}" for word in words[1:])


def words(field: Field, text: str, name_of: Link) -> str:
    """Return a cell in plain words, without links or marks; `name_of` gives a record's label.

    >>> words(Field(kind="date", meaning="", example=""), "2030~", lambda table, record: record)
    'about 2030'
    """
    if not text:
        return "–"
    if field.kind == "date":
        said = UncertainDate(text).describe()
        return said[:1].lower() + said[1:] if said.startswith("The ") else said
    if field.kind == "quantity":
        figure = Quantity(text)
        return f"{figure.describe()} {field.unit}".rstrip() if figure.is_known else "not known"
    if field.kind == "boolean":
        return "yes" if text == "true" else "no"
    if field.kind == "reference":
        return name_of(field.references[0], text)
    if field.kind == "record":
        table, _, record = text.partition("/")
        return name_of(table, record)
    return text


def marked(field: Field, text: str, link: Link) -> str:
    """Return a cell as Markdown: references linked, and what is vague also as it is written."""
    if field.kind in {"reference", "record"}:
        return words(field, text, link)
    if field.kind == "term" and field.vocabulary is not None:
        anchor = field.vocabulary.name.lower().replace(" ", "-")
        return f"[{escape(text)}](../../definitions.md#{anchor})"
    if field.kind == "url":
        return f"<{text}>"
    if field.kind == "code":
        return f"`{text}`"
    said = escape(words(field, text, link))
    if field.kind == "date" and _is_vague(text):
        return f"{said} `{text}`"
    if field.kind == "quantity" and not Quantity(text).is_exact:
        return f"{said} `{text}`"
    return said


def _is_vague(text: str) -> bool:
    date = UncertainDate(text)
    return date.precision not in _PLAIN_DATES or date.is_approximate or date.is_uncertain
