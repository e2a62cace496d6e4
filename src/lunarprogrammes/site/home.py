"""The parts of the home page that follow from the edition; the rest of it is `docs/index.md`.

`docs/index.md` marks their place by a comment, and its examples are tested as they are committed.
"""

import datetime
from collections.abc import Iterator

from lunarprogrammes.camps import ARTEMIS, BOTH, ILRS
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.evidence.witnesses import EDITORS
from lunarprogrammes.site.footnotes import place_of
from lunarprogrammes.site.holdings import Holdings

PLACE = "<!-- site: today -->\n"
# The fact that the home page unfolds: two dates in one document, a real case of what this is for.
_FACT = ("missions", "queqiao-2", "arrival_date")
_LAUNCHES = 4
_NEWEST = 3


def home_text(holdings: Holdings, committed: str) -> str:
    """Return the home page: the committed one with what is so today put in its place."""
    if PLACE not in committed:
        raise LunarProgrammesError(
            "docs/index.md has no place for what is so today.",
            expected=f"Expected the line {PLACE.strip()}",
        )
    cards = [_fact(holdings), _camps(holdings), _launches(holdings), _newest(holdings)]
    made = "".join(f"-   {card}\n" for card in cards if card)
    return committed.replace(PLACE, f'<div class="grid cards today" markdown>\n\n{made}\n</div>\n')


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines()) + "\n"


def _card(title: str, text: str) -> str:
    return f"**{title}**\n\n{_indented(text)}"


def _fact(holdings: Holdings) -> str:
    """Return one fact with its evidence unfolded."""
    table, record, field = _FACT
    if record not in holdings.moon.table(table):
        return ""
    evidence = holdings.moon.why(table, record, field)
    value = UncertainDate(evidence.value).describe()
    label = _home(holdings, table, record)
    lines = [
        f"When did {label} reach lunar orbit? **{value}**, *{evidence.verdict}*: {evidence.reason}",
        "",
    ]
    for claim, standing in evidence.standings:
        said = UncertainDate(claim.value).describe()
        place = place_of(holdings, claim.source, claim.locator)
        lines.append(f"- {said} ({standing}): {place.replace('](../', '](records/')}")
    return _card("A fact and its evidence", "\n".join(lines))


def _home(holdings: Holdings, table: str, record: str) -> str:
    return holdings.link(table, record).replace("](../", "](records/")


def _camps(holdings: Holdings) -> str:
    """Return how many states stand with each camp on the day of the edition."""
    day = _today(holdings.moon)
    tallies = next(iter(holdings.moon.camps().over_time([day])))[1]
    accords = _home(holdings, "agreements", "artemis-accords")
    lines = [
        f"- **{tallies[ARTEMIS]}** states have signed the {accords}",
        f"- **{tallies[ILRS]}** stand with the {_home(holdings, 'programmes', 'ilrs')}",
        f"- **{tallies[BOTH]}** are in both",
    ]
    text = "\n".join([*lines, "", "[Who, since when, by which document](camps.md)"])
    return _card(f"Both camps on {UncertainDate(day.isoformat()).describe()}", text)


def _launches(holdings: Holdings) -> str:
    lines = [
        f"- {_home(holdings, 'missions', mission)}: {UncertainDate(text).describe()}"
        for mission, text in _next(holdings.moon)
    ]
    return _card(
        "Next launches, as last planned", "\n".join([*lines, "", "[How plans moved](slips.md)"])
    )


def _next(moon: Dataset) -> Iterator[tuple[str, str]]:
    """Yield the lunar missions that are to fly next, each with its plan, the earliest end first."""
    today = _today(moon)
    waiting = []
    for mission, row in moon.missions.items():
        text = row["planned_launch"]
        if row["launch_date"] or not text or row["status"] in {"cancelled", "completed", "failed"}:
            continue
        plan = UncertainDate(text)
        if plan.lower and plan.upper and plan.upper >= today and row["scope"] == "lunar":
            waiting.append((plan.upper, plan.lower, mission, text))
    for _, _, mission, text in sorted(waiting)[:_LAUNCHES]:
        yield mission, text


def _newest(holdings: Holdings) -> str:
    """Return what the newest edition adds: its size, and the latest documents that it read."""
    moon = holdings.moon
    dated = sorted(
        (
            (row["issued"], record)
            for record, row in moon.sources.items()
            if len(row["issued"]) == len("2026-11-22") and record != EDITORS
        ),
        reverse=True,
    )
    lines = [
        f"{len(moon.claims):,} claims from {len(moon.sources):,} documents. The latest of them:",
        "",
    ]
    for issued, record in dated[:_NEWEST]:
        lines.append(f"- {issued}: {_home(holdings, 'sources', record)}")
    lines += ["", "[What changed](changelog.md) · [Downloads](downloads.md)"]
    return _card(f"Edition {moon.edition}", "\n".join(lines))


def _today(moon: Dataset) -> datetime.date:
    """Return the day of the edition: the site of an edition does not change with the calendar."""
    return datetime.date.fromisoformat(moon.edition.replace(".", "-"))
