"""What a page needs to show its facts as they were known on an earlier day: a small JSON block.

The changes come from `Dataset.history`; `javascripts/known-on.js` reads the block and rewrites the
values of the facts, found by the dictionary entry that each row links to.
"""

import json
from html import escape as html

from lunarprogrammes import tables
from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.history import ALWAYS, Known
from lunarprogrammes.site import values
from lunarprogrammes.site.holdings import Holdings
from lunarprogrammes.site.linked_data import in_script


def slider_block(holdings: Holdings, table: str, record: str) -> str:
    """Return the control and its data as HTML; empty where nothing changed after the first day.

    The data are the days, and by field the changes as [place of the day, words, source].
    """
    known = holdings.moon.history(table, record)
    days = _days(known)
    if len(days) < 2:
        return ""
    facts = tables.get(table).facts
    changes: dict[str, list[list[int | str]]] = {}
    for one in known:
        if one.field in facts and one.field not in tables.get(table).key:
            said = values.words(facts[one.field], one.value, holdings.label)
            place = max(
                (at for at, day in enumerate(days) if day <= one.day.isoformat()), default=0
            )
            changes.setdefault(one.field, []).append([place, said, one.source])
    for name, listed in changes.items():
        # What changed on or before the first day is told once, as it stood then.
        changes[name] = [one for at, one in enumerate(listed) if _stands(at, listed)]
    data = json.dumps({"days": days, "fields": changes}, ensure_ascii=False, separators=(",", ":"))
    last = len(days) - 1
    return (
        '<div class="known-on" data-search-exclude hidden>'
        '<label for="known-on">As it was known <span>today</span></label>'
        f'<input id="known-on" type="range" min="0" max="{last}" value="{last}" step="1" '
        f'aria-valuetext="today"><p role="status" aria-live="polite">{_summary(days)}</p>'
        f'<script type="application/json">{in_script(data)}</script></div>\n\n'
    )


def _days(known: list[Known]) -> list[str]:
    """Return the days of a change as ISO texts, from the first on which the record was known."""
    first = min((one.day for one in known if one.field == EXISTENCE), default=ALWAYS)
    days = {max(one.day, first) for one in known if one.day != ALWAYS} | {first}
    return sorted(day.isoformat() for day in days if day != ALWAYS)


def _stands(place: int, listed: list[list[int | str]]) -> bool:
    return place + 1 == len(listed) or listed[place + 1][0] != listed[place][0]


def _summary(days: list[str]) -> str:
    return html(
        f"Move it to see what could be known on each of {len(days)} days, from {days[0]} on."
    )
