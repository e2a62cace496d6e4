"""The shape in which values, rows and evidence are told: plain JSON, nothing dropped or sharpened.

A date or figure stays the text that its source allows, with its meaning in words and its bounds
beside. Each cell names its verdict and the sources that uphold it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from lunarprogrammes.dataset import Dataset
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import NoValue, UnknownField
from lunarprogrammes.evidence.claims import EXISTENCE, Claim
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.resolve import CHOSEN, SUPPORTING
from lunarprogrammes.slips import Drift, PlannedDate, Slips
from lunarprogrammes.tables import Field
from lunarprogrammes.tables._field import LIST_SEPARATOR
from lunarprogrammes.why import Evidence

Told = dict[str, Any]
# Who wants all sources of a famous flight asks `why`, which gives their places too.
_SOURCES_SHOWN = 5
# Their rows are evidence themselves and rest on no claims.
_WITHOUT_CLAIMS = frozenset({"sources", "claims"})


def value_told(field: Field | None, text: str) -> Told:
    """Return a cell's text with its bounds, its meaning in words and its unit, where it has them.

    >>> from lunarprogrammes.tables import get
    >>> value_told(get("missions").fields["launch_date"], "2024-05")
    {'value': '2024-05', 'in_words': 'May 2024', 'earliest': '2024-05-01', 'latest': '2024-05-31'}
    """
    told: Told = {"value": text}
    if field is None or not text:
        return told
    if field.kind == "date":
        date = UncertainDate(text)
        told |= {"in_words": date.describe(), "earliest": _day(date.lower)}
        told["latest"] = _day(date.upper)
    elif field.kind == "quantity":
        figure = Quantity(text)
        told |= {"in_words": figure.describe(), "least": _number(figure.lower)}
        told["most"] = _number(figure.upper)
    if field.unit:
        told["unit"] = field.unit
    return told


def _day(day: Any) -> str | None:
    return None if day is None else str(day)


def _number(number: Any) -> float | None:
    return None if number is None else float(number)


def evidence_for(dataset: Dataset, table: str, record: str, field: str) -> Evidence | None:
    """Return the evidence for a cell, or None where the cell rests on no claim (a key, a source).

    Raises `UnknownTable` and `UnknownRecord`.

    >>> import lunarprogrammes as lp
    >>> evidence_for(lp.load(), "sources", "editors", "title") is None
    True
    """
    if table in _WITHOUT_CLAIMS:
        return None
    try:
        return dataset.why(table, record, field)
    except (NoValue, UnknownField):
        return None


def upheld_by(evidence: Evidence) -> list[str]:
    """Return the ids of the sources whose claims stand, the chosen one first.

    >>> import lunarprogrammes as lp
    >>> len(upheld_by(lp.load().why("missions", "change-5", "launch_date"))) > 1
    True
    """
    held = (claim for claim, standing in evidence.standings if standing in {CHOSEN, SUPPORTING})
    return list(dict.fromkeys(claim.source for claim in held))


def record_told(dataset: Dataset, table: str, record: str) -> Told:
    """Return every filled field of a record, each with value, verdict and sources.

    Raises `UnknownTable` and `UnknownRecord`.

    >>> import lunarprogrammes as lp
    >>> record_told(lp.load(), "sources", "editors")["fields"]["id"]
    {'value': 'editors'}
    """
    view = dataset.table(table)
    row = view.row(record)
    fields: dict[str, Told] = {}
    for name, field in view.table.fields.items():
        if not row[name] or name in {"sources", "contested"}:
            continue
        told = value_told(field, row[name])
        evidence = evidence_for(dataset, table, record, name)
        if evidence is not None:
            told |= {"verdict": evidence.verdict, **sources_told(upheld_by(evidence))}
        fields[name] = told
    return {
        "table": table,
        "record": record,
        "fields": fields,
        "contested": listed(row.get("contested", "")),
        "sources": sources_of(table, row),
    }


def row_told(dataset: Dataset, table: str, record: str) -> Told:
    """Return the filled cells of a record as texts, and its fields by verdict: brief, for lists.

    Raises `UnknownTable` and `UnknownRecord`.

    >>> import lunarprogrammes as lp
    >>> told = row_told(lp.load(), "missions", "queqiao-2")
    >>> told["launch_date"][:10], "launch_date" in told["verdicts"]["contested"]
    ('2024-03-20', True)
    """
    row = dataset.table(table).row(record)
    filled = [name for name in row if row[name]]
    told: Told = {"record": record}
    told |= {name: row[name] for name in filled if name not in {"id", "sources", "contested"}}
    told |= sources_told(sources_of(table, row))
    told["verdicts"] = verdicts_of(dataset, table, record, filled)
    return told


def sources_of(table: str, row: Mapping[str, str]) -> list[str]:
    """Return the sources on which a row rests; a source rests on itself, a claim on its own.

    >>> sources_of("claims", {"source": "editors"}), sources_of("missions", {"sources": "a;b"})
    (['editors'], ['a', 'b'])
    """
    if table == "sources":
        return [row["id"]]
    return [row["source"]] if table == "claims" else listed(row.get("sources", ""))


def sources_told(sources: list[str]) -> Told:
    """Return the first few sources, and how many more there are.

    >>> sources_told(list("abcdefg"))
    {'sources': ['a', 'b', 'c', 'd', 'e'], 'more_sources': 2}
    """
    told: Told = {"sources": sources[:_SOURCES_SHOWN]}
    if len(sources) > _SOURCES_SHOWN:
        told["more_sources"] = len(sources) - _SOURCES_SHOWN
    return told


def verdicts_of(
    dataset: Dataset, table: str, record: str, fields: Iterable[str]
) -> dict[str, list[str]]:
    """Return the fields of a record by verdict; those that rest on no claim are left out.

    >>> import lunarprogrammes as lp
    >>> verdicts_of(lp.load(), "missions", "queqiao-2", ["launch_date"])
    {'contested': ['launch_date']}
    """
    found: dict[str, list[str]] = {}
    for name in fields:
        evidence = evidence_for(dataset, table, record, name)
        if evidence is not None:
            found.setdefault(evidence.verdict, []).append(name)
    return found


def evidence_told(dataset: Dataset, evidence: Evidence, limit: int) -> Told:
    """Return a cell's value, verdict, reason and claims, the best standing first.

    >>> import lunarprogrammes as lp
    >>> moon = lp.load()
    >>> told = evidence_told(moon, moon.why("missions", "queqiao-2", "launch_date"), 2)
    >>> told["verdict"], len(told["claims"]), told["claims"][0]["standing"]
    ('contested', 2, 'chosen')
    """
    field = dataset.table(evidence.table).table.fields.get(evidence.field)
    exists = evidence.field == EXISTENCE
    return {
        "table": evidence.table,
        "record": evidence.record,
        "field": evidence.field,
        **({"says": "the record exists"} if exists else value_told(field, evidence.value)),
        "verdict": evidence.verdict,
        "reason": evidence.reason,
        "claims": [
            claim_told(claim, standing, evidence.sources.get(claim.source, {}))
            for claim, standing in evidence.standings[:limit]
        ],
        "claims_in_all": len(evidence.standings),
        "sources": list(dict.fromkeys(claim.source for claim in evidence.claims)),
    }


def claim_told(claim: Claim, standing: str, source: Mapping[str, str]) -> Told:
    """Return one claim with its place and its source; what is empty is left out.

    >>> made = Claim.of("missions", "luna-24", "launch_date", "1976", "some-report", "Table 1")
    >>> claim_told(made, "chosen", {"tier": "official"})["tier"]
    'official'
    """
    told = {
        "claim": claim.id,
        "value": claim.value,
        "standing": standing,
        "certainty": claim.certainty,
        "source": claim.source,
        "title": source.get("title", ""),
        "author": source.get("author", "") or source.get("publisher", ""),
        "tier": source.get("tier", ""),
        "locator": claim.locator,
        "as_of": claim.as_of,
        "published": source.get("issued_probable", "") or source.get("issued", ""),
        "accessed": source.get("accessed", ""),
        "url": source.get("url", ""),
        "cites": claim.cites,
        "remark": claim.remark,
    }
    return {name: text for name, text in told.items() if text}


def listed(text: str) -> list[str]:
    """Return the items of a list cell.

    >>> listed("a;b"), listed("")
    (['a', 'b'], [])
    """
    return text.split(LIST_SEPARATOR) if text else []


def planned_date_told(one: PlannedDate) -> Told:
    """Return one statement of a planned date: who said it when, and how far the plan moved."""
    return {
        "said": one.said.text if one.said else None,
        "by": one.by or None,
        "field": one.field,
        "planned": one.planned.text,
        "in_words": one.planned.describe(),
        "moved": str(one.moved) if one.moved is not None else None,
        "certainty": one.claim.certainty,
        "locator": one.claim.locator,
        "claim": one.claim.id,
        "sources": [one.claim.source],
    }


def drifts_told(found: Slips) -> dict[str, Told]:
    """Return, by field, how far the plans of a mission moved from the first to the last."""
    fields = dict.fromkeys(one.field for one in found.statements)
    drifts = {field: found.drift(field) for field in fields}
    return {field: _drift(drift) for field, drift in drifts.items() if drift is not None}


def _drift(drift: Drift) -> Told:
    return {
        "from": drift.first.planned.text,
        "said": drift.first.said.text if drift.first.said else None,
        "to": drift.last.text,
        "until": str(drift.last_said),
        "in_fact": drift.in_fact,
        "moved": str(drift.moved),
        "days_per_year": round(drift.per_year),
        "least": round(drift.least),
        "most": round(drift.most),
    }
