"""Citing one fact: the fact, the edition, and the primary source it rests on."""

import json
from collections.abc import Mapping

from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.references import bibtex_of, csl_of, dataset_bibtex, dataset_csl
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
    key = f"lunarprogrammes-{chosen.id}"
    if style == "bibtex":
        dataset = dataset_bibtex(key, edition, f"{fact}; claim {chosen.id}")
        return f"{bibtex_of(source, chosen.locator)}\n\n{dataset}"
    if style == "csl-json":
        note = f"{fact}; claim {chosen.id}; {evidence.verdict}"
        items = [csl_of(source, chosen.locator), dataset_csl(key, edition, note)]
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
