"""The `source.json` of a new source, made of plain texts by field and each of them validated."""

from collections.abc import Mapping
from typing import Any

from lunarprogrammes.check.bibliography import source_fields
from lunarprogrammes.check.rule import rule_set
from lunarprogrammes.check.words import nearest
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.evidence.bibliography import AUTHOR_SEPARATOR, people
from lunarprogrammes.proposals.naming import shown
from lunarprogrammes.tables import Field, InvalidValue
from lunarprogrammes.tables.sources import TIER

# What a source must show of itself before a folder is made for it.
NEEDED = ("type", "title", "tier", "accessed")
EDITORS_TIER = "editors"
DEFAULT_LOCATOR = "Title"
DEFAULT_LANGUAGE = "en"


def fields() -> Mapping[str, Field]:
    """Return the fields that describe a source, as a contributor may fill them."""
    known = source_fields()
    names = (
        "type title author publisher issued accessed url language tier locator note derived_from"
    )
    return {name: known[name] for name in names.split()}


def terms(name: str) -> dict[str, str]:
    """Return the terms from which a field is chosen, with their definitions; empty for others."""
    vocabulary = fields()[name].vocabulary
    listed = dict(vocabulary.terms) if vocabulary else {}
    if vocabulary is TIER:
        del listed[EDITORS_TIER]
    return listed


def valid(name: str, text: str) -> str:
    """Return the canonical text of one part, or raise `InvalidValue` saying what to do.

    The inspectors of the checker are asked, so that what is accepted here passes there.

    >>> valid("issued", "2023-02-27")
    '2023-02-27'
    """
    if name == "author":
        return AUTHOR_SEPARATOR.join(_valid("author", one.strip()) for one in text.split(";"))
    return _valid(name, text)


def _valid(name: str, text: str) -> str:
    if not text:
        # The inspectors are asked about filled cells alone.
        raise InvalidValue("This cannot be empty.", expected=fields()[name].expectation())
    listed = terms(name)
    if listed and text not in listed:
        # The vocabulary's own message would offer the editors' tier, which no document has.
        expected = f"Expected one of: {', '.join(listed)}."
        raise InvalidValue(
            f"'{shown(text)}' is not one of them.",
            expected=expected,
            suggestion=nearest(text, listed),
        )
    field = fields()[name]
    for inspector in rule_set().inspectors:
        for remark in inspector(field, text):
            told = (remark.what, remark.expected, remark.remedy)
            raise InvalidValue(" ".join(filter(None, told)))
    return text


def described(
    source_id: str, parts: Mapping[str, str], extra: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return the CSL-JSON of a source with our block; `extra` holds further CSL texts."""
    made: dict[str, Any] = {
        "id": source_id,
        "type": parts.get("type"),
        "title": parts.get("title"),
        "author": people(parts.get("author", "")),
        "publisher": parts.get("publisher"),
        **(extra or {}),
        "issued": csl_date(parts.get("issued")),
        "accessed": csl_date(parts.get("accessed")),
        "URL": parts.get("url"),
        "language": parts.get("language"),
    }
    custom = {
        "tier": parts.get("tier"),
        "locator": parts.get("locator") or DEFAULT_LOCATOR,
        "derived_from": parts.get("derived_from"),
        "note": parts.get("note"),
    }
    made["custom"] = {name: text for name, text in custom.items() if text}
    return {name: value for name, value in made.items() if value}


def csl_date(text: str | None) -> dict[str, object] | None:
    """Return a date as CSL-JSON has it; as EDTF in `raw` where CSL has no way to say it.

    >>> csl_date("2023-02"), csl_date("2023~")
    ({'date-parts': [[2023, 2]]}, {'raw': '2023~'})
    """
    if not text:
        return None
    date = UncertainDate(text)
    # A season is a month of 21 or more to EDTF, and no month to the programs that read CSL.
    exact = date.precision in {"day", "month", "year"} and text.replace("-", "").isdigit()
    if exact:
        return {"date-parts": [[int(part) for part in text.split("-")]]}
    return {"raw": text}
