"""A source as a bibliography knows it: a BibTeX entry or a CSL-JSON item.

The one home of both forms: `cite` gives one of them with the place in the document, the exports
give all of them. What a form has no field for (tier, the date as it is written, what a source
repeats) stands in fields of our own, which styles pass over and readers keep. Standard library
only.
"""

import re
from collections.abc import Mapping
from typing import Any

from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.evidence.bibliography import AUTHOR_SEPARATOR, people

MAINTAINERS = "The lunarprogrammes maintainers"

_BIBTEX_TYPES = {
    "article-journal": "article",
    "article-newspaper": "article",
    "article-magazine": "article",
    "book": "book",
    "report": "techreport",
}
# Of these CSL styles print what they appeared in, and no publisher.
_PERIODICALS = {"article-journal", "article-newspaper", "article-magazine"}
# Where the styles of each type look for who published; of a `misc` they print no publisher.
_BIBTEX_PUBLISHERS = {
    "article": "journal",
    "book": "publisher",
    "techreport": "institution",
    "misc": "howpublished",
}
# Signs that TeX reads as its own. A lone brace, even behind a backslash, would end the field.
_TEX = {sign: f"\\{sign}" for sign in "%&#_$"} | {
    "\\": "{\\textbackslash}",
    "{": "{\\textbraceleft}",
    "}": "{\\textbraceright}",
    "~": "{\\textasciitilde}",
    "^": "{\\textasciicircum}",
}
# Between two signs that TeX would draw as one: "--" is a dash to it, "?`" a Spanish question mark.
_LIGATURES = re.compile(
    r"(?<=-)(?=-)|(?<=')(?=')|(?<=[`?!])(?=`)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=,)(?=,)"
)
# Verbatim to TeX, so that no command may stand for what would end the field.
_URL = {"\\": "%5C", "{": "%7B", "}": "%7D"}


def bibtex_of(source: Mapping[str, str], locator: str = "") -> str:
    r"""Return the BibTeX entry of a row of `sources`; its key is the id.

    The title is braced twice, so that styles leave its capitals alone. `date` is what biblatex
    reads and is as vague as the source; `year` is for BibTeX, in words where it is not certain.

    >>> print(bibtex_of({"id": "a-2024-b", "title": "R&D", "issued": "2024-03", "tier": "press"}))
    @misc{a-2024-b,
      title = {{R\&D}},
      year = {2024},
      date = {2024-03},
      tier = {press},
    }
    """
    kind = _BIBTEX_TYPES.get(source.get("type", ""), "misc")
    probable, issued = source.get("issued_probable", ""), source.get("issued", "")
    fields = {
        "author": " and ".join(_bibtex_author(name) for name in _authors(source)),
        "title": f"{{{escaped(source['title'])}}}" if source.get("title") else "",
        _BIBTEX_PUBLISHERS[kind]: escaped(source.get("publisher", "")),
        "year": escaped(_year(probable or issued)),
        "date": probable or issued,
        "issued": issued if probable else "",
        "issued_probable": probable,
        "url": "".join(_URL.get(sign, sign) for sign in source.get("url", "")),
        "urldate": source.get("accessed", ""),
        "language": source.get("language", ""),
        "tier": escaped(source.get("tier", "")),
        "derived_from": escaped(source.get("derived_from", "")),
        "annote": escaped(source.get("note", "")),
        "note": escaped(locator),
    }
    return _bibtex_entry(kind, source["id"], fields)


def dataset_bibtex(key: str, edition: str, note: str) -> str:
    """Return the BibTeX entry of the dataset in one edition.

    >>> dataset_bibtex("lunarprogrammes", "2026.11.22", "").splitlines()[0]
    '@misc{lunarprogrammes,'
    """
    fields = {
        "author": _bibtex_author(MAINTAINERS),
        "title": escaped(f"lunarprogrammes, edition {edition}"),
        "year": edition[:4],
        "note": escaped(note),
    }
    return _bibtex_entry("misc", key, fields)


def escaped(text: str) -> str:
    r"""Return a text as TeX prints it: every sign that TeX reads as its own is a command.

    >>> print(escaped("50% of ~$3 -- or less"))
    50\% of {\textasciitilde}\$3 -{}- or less
    """
    return _LIGATURES.sub("{}", "".join(_TEX.get(sign, sign) for sign in text))


def csl_of(source: Mapping[str, str], locator: str = "") -> dict[str, Any]:
    """Return the CSL-JSON item of a row of `sources`.

    `custom` is the block that a `source.json` has, with the dates as they are written; `note` says
    the same in words for readers that pass over `custom`.

    >>> csl_of({"id": "a-2024-b", "type": "report", "title": "T", "issued": "2024-03~"})["issued"]
    {'date-parts': [[2024, 3]], 'circa': True}
    """
    made: dict[str, Any] = {
        "id": source["id"],
        "type": source.get("type") or "document",
        "title": source.get("title", ""),
    }
    if source.get("author"):
        made["author"] = people(source["author"])
    for name, key in (("publisher", "publisher"), ("url", "URL"), ("language", "language")):
        if source.get(name):
            made[key] = source[name]
    if source.get("publisher") and made["type"] in _PERIODICALS:
        made["container-title"] = source["publisher"]
    issued = _csl_date(source.get("issued_probable") or source.get("issued") or "")
    if issued:
        made["issued"] = issued
    accessed = _csl_date(source.get("accessed", ""))
    if accessed:
        made["accessed"] = accessed
    told = ("tier", "issued", "issued_probable", "derived_from", "note")
    custom = {name: source[name] for name in told if source.get(name)}
    if custom:
        made["note"] = _in_words(custom)
        made["custom"] = custom
    if locator:
        made["locator"] = locator
    return made


def dataset_csl(key: str, edition: str, note: str) -> dict[str, Any]:
    """Return the CSL-JSON item of the dataset in one edition.

    >>> dataset_csl("lunarprogrammes", "2026.11.22", "")["version"]
    '2026.11.22'
    """
    day = re.fullmatch(r"(\d{4})\.(\d{2})\.(\d{2})", edition)
    return {
        "id": key,
        "type": "dataset",
        "title": f"lunarprogrammes, edition {edition}",
        "author": people(MAINTAINERS),
        **({"issued": {"date-parts": [[int(part) for part in day.groups()]]}} if day else {}),
        "version": edition,
        "note": note,
    }


def _bibtex_entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _bibtex_author(name: str) -> str:
    # A body's name is braced, or BibTeX takes its last word for a family name.
    return escaped(name) if ", " in name else f"{{{escaped(name)}}}"


def _authors(source: Mapping[str, str]) -> list[str]:
    return [name for name in source.get("author", "").split(AUTHOR_SEPARATOR) if name]


def _year(text: str) -> str:
    if not text:
        return ""
    date = UncertainDate(text)
    doubtful = date.is_approximate or date.is_uncertain
    return date.describe() if doubtful or not _date_parts(date) else text[:4]


def _csl_date(text: str) -> dict[str, Any]:
    """Return a date in the structure of CSL, or in words where that would say too much."""
    if not text:
        return {}
    date = UncertainDate(text)
    parts = _date_parts(date)
    if not parts:
        return {"literal": date.describe()}
    made: dict[str, Any] = {"date-parts": [parts]}
    if date.is_approximate or date.is_uncertain:
        made["circa"] = True
    return made


def _date_parts(date: UncertainDate) -> list[int]:
    """Return as many parts of a date as it states; none of one that is no day, month or year."""
    if date.precision not in {"day", "month", "year"} or not date.lower:
        return []
    return [int(part) for part in re.findall(r"\d+", date.text)]


def _in_words(custom: Mapping[str, str]) -> str:
    said = {
        "tier": "Tier: {}.",
        "issued": "Bears the date {}.",
        "issued_probable": "Dated {} by its content.",
        "derived_from": "Repeats {}.",
        "note": "{}",
    }
    # The date that it bears needs words only where another one is taken instead.
    skipped = set() if "issued_probable" in custom else {"issued"}
    told = [said[name].format(text) for name, text in custom.items() if name not in skipped]
    return " ".join(told)
