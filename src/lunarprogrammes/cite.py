"""Citing one fact: the fact, the edition, and the primary source it rests on."""

import json
import re
from collections.abc import Mapping
from typing import Any

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.why import Evidence

STYLES = ("text", "bibtex", "csl-json")


def cite(evidence: Evidence, edition: str, style: str = "text") -> str:
    """Return a citation of the fact that an evidence shows, in one of `STYLES`.

    BibTeX and CSL-JSON hold two items: the primary source with its locator, and the dataset with
    the claim's id, so that either can be cited alone.
    """
    chosen = evidence.cell.chosen
    if style not in STYLES:
        raise LunarProgrammesError(
            f"'{style}' is not a citation style.", expected=f"Expected one of: {', '.join(STYLES)}."
        )
    if chosen is None:
        raise LunarProgrammesError("Nothing is stated here that could be cited.")
    source = evidence.sources.get(chosen.source, {"id": chosen.source})
    fact = f"{evidence.table}/{evidence.record} {evidence.field}: {evidence.value}"
    if style == "bibtex":
        return _bibtex(source, chosen.locator) + "\n\n" + _dataset_bibtex(fact, chosen.id, edition)
    if style == "csl-json":
        items = [
            _csl(source, chosen.locator),
            {
                "id": f"lunarprogrammes-{chosen.id}",
                "type": "dataset",
                "title": f"lunarprogrammes, edition {edition}",
                "author": [{"literal": "The lunarprogrammes maintainers"}],
                "version": edition,
                "note": f"{fact}; claim {chosen.id}; {evidence.verdict}",
            },
        ]
        return json.dumps(items, ensure_ascii=False, indent=2)
    return (
        f"{fact} ({evidence.verdict}). Source: {_in_words(source)}, {chosen.locator}. "
        f"In: lunarprogrammes, edition {edition}, claim {chosen.id}."
    )


def _in_words(source: Mapping[str, str]) -> str:
    author = source.get("author") or source.get("publisher") or ""
    issued = source.get("issued") or ""
    if source.get("issued_probable"):
        issued = f"{issued} [content of {source['issued_probable']}]".strip()
    parts = [author, f"“{source.get('title', source['id'])}”"]
    publisher = source.get("publisher", "")
    parts.extend(part for part in (publisher if publisher != author else "", issued) if part)
    parts.extend(part for part in (source.get("url", ""),) if part)
    return ", ".join(part for part in parts if part)


_BIBTEX_TYPES = {
    "article-journal": "article",
    "article-newspaper": "article",
    "article-magazine": "article",
    "book": "book",
    "report": "techreport",
}


def _bibtex(source: Mapping[str, str], locator: str) -> str:
    kind = _BIBTEX_TYPES.get(source.get("type", ""), "misc")
    year = (source.get("issued_probable") or source.get("issued") or "")[:4]
    publisher = {"article": "journal", "techreport": "institution"}.get(kind, "publisher")
    fields = {
        "author": " and ".join(_bibtex_author(name) for name in _authors(source)),
        "title": source.get("title", ""),
        publisher: source.get("publisher", ""),
        "year": year,
        "url": source.get("url", ""),
        "urldate": source.get("accessed", ""),
        "note": locator,
    }
    return _bibtex_entry(kind, source["id"], fields)


def _dataset_bibtex(fact: str, claim: str, edition: str) -> str:
    fields = {
        "author": _bibtex_author("The lunarprogrammes maintainers"),
        "title": f"lunarprogrammes, edition {edition}",
        "year": edition[:4],
        "note": f"{fact}; claim {claim}",
    }
    return _bibtex_entry("misc", f"lunarprogrammes-{claim}", fields)


def _bibtex_entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    lines = [f"@{kind}{{{key},"]
    for name, value in fields.items():
        if value:
            kept = value if name in {"author", "url"} else _escaped(value)
            lines.append(f"  {name} = {{{kept}}},")
    return "\n".join([*lines, "}"])


def _escaped(text: str) -> str:
    marked = re.sub(r"([%&#_$])", r"\\\1", text.replace("\\", "\\textbackslash "))
    return marked.replace("{", "\\{").replace("}", "\\}")


def _bibtex_author(name: str) -> str:
    # A body's name is braced, or BibTeX takes its last word for a family name.
    return _escaped(name) if ", " in name else f"{{{_escaped(name)}}}"


def _authors(source: Mapping[str, str]) -> list[str]:
    return [name for name in source.get("author", "").split("; ") if name]


def _csl_author(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}


def _csl(source: Mapping[str, str], locator: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": source["id"],
        "type": source.get("type") or "document",
        "title": source.get("title", ""),
    }
    if _authors(source):
        made["author"] = [_csl_author(name) for name in _authors(source)]
    for name, key in (("publisher", "publisher"), ("url", "URL"), ("language", "language")):
        if source.get(name):
            made[key] = source[name]
    issued = _date_parts(source.get("issued_probable") or source.get("issued") or "")
    if issued:
        made["issued"] = {"date-parts": [issued]}
    accessed = _date_parts(source.get("accessed", ""))
    if accessed:
        made["accessed"] = {"date-parts": [accessed]}
    made["locator"] = locator
    return made


def _date_parts(text: str) -> list[int]:
    """Return as many parts of a date as it states for certain, for CSL-JSON."""
    if not text:
        return []
    date = UncertainDate(text)
    if date.precision not in {"day", "month", "year"} or not date.lower:
        return []
    return [int(part) for part in re.findall(r"\d+", text)]
