"""L125: a record that is its own parent, or the parent of its parent."""

from collections.abc import Iterator

from lunarprogrammes.check.contrast import at_claim
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.tables import all_tables

OWN_ANCESTOR = Rule(
    code="L125",
    name="own-ancestor",
    severity=ERROR,
    reason="Nothing is a part, a reserve or the contradiction of itself, and no whole is a part of "
    "its part: a question for the whole would never end.",
    bad="clep with the parent clep-phase-3, whose parent is clep",
    good="clep without a parent",
)
RULES = (OWN_ANCESTOR,)

_MOST_SHOWN = 10


def check(examination: Examination) -> Iterator[Problem]:
    """Follow every field that names another record of its own table."""
    for table in all_tables().values():
        for name, field in table.facts.items():
            if name == "country":
                continue  # a country has none, which is a rule of its own
            if table.name in field.references and name not in table.key:
                yield from _cycles(examination, table.name, name)
            elif field.kind == "record" and table.key == ("id",):
                yield from _itself(examination, table.name, name)


def _cycles(examination: Examination, table: str, name: str) -> Iterator[Problem]:
    claims = examination.by_field.get((table, name), ())
    done: set[str] = set()
    for start in sorted({claim.record for claim in claims}):
        chain: dict[str, int] = {}
        record: str | None = start
        while record is not None and record not in done and record not in chain:
            chain[record] = len(chain)
            above = examination.chosen(table, record, name)
            record = above.value if above else None
        done.update(chain)
        if record in chain:
            circle = [*chain][chain[record] :]
            claim = examination.chosen(table, circle[0], name)
            if claim:
                shown = circle if len(circle) <= _MOST_SHOWN else [*circle[:_MOST_SHOWN], "…"]
                way = " → ".join([*shown, circle[0]])
                yield at_claim(
                    examination,
                    OWN_ANCESTOR,
                    claim,
                    f"{name} leads back to the record itself: {way}.",
                    expected="Expected another record, and none that leads back here.",
                    remedy="Leave out the one that is wrong.",
                )


def _itself(examination: Examination, table: str, name: str) -> Iterator[Problem]:
    for claim in examination.by_field.get((table, name), ()):
        if claim.value == f"{table}/{claim.record}":
            yield at_claim(
                examination,
                OWN_ANCESTOR,
                claim,
                f"{name} names the record itself.",
                expected="Expected another record.",
                remedy="Name the other record, or leave the cell empty.",
            )
