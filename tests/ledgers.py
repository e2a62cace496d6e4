"""Ledgers that are made up: every tier, vague dates, denials, parents, copies, texts, decisions."""

import random

from hypothesis import strategies as st

from lunarprogrammes.evidence import EDITORS, EXISTENCE, Claim, Decision, Witness
from lunarprogrammes.evidence.decisions import by_cell
from lunarprogrammes.evidence.witnesses import Witnesses
from lunarprogrammes.resolve import Court, lineage_of

WITNESSES = {
    one.id: one
    for one in (
        Witness("agency", "official", "2019-05-01"),
        Witness("agency-late", "official", "2023-05-01"),
        Witness("journal", "scholarly", "2021-03-10"),
        Witness("journal-late", "scholarly", "2024-04"),
        Witness("catalogue", "reference", "2022"),
        Witness("paper", "press", "2023-02-27"),
        Witness("paper-b", "press", "2023-02-27"),
        Witness("paper-copy", "press", "2023-03-01", "paper-b"),
        Witness("paper-copy-of-copy", "press", "2023-03-02", "paper-copy"),
        Witness("blog", "community", "2026-11-22", "", undated=True),
        Witness("blog-b", "community", "2024-01"),
        Witness(EDITORS, "editors", ""),
    )
}
VALUES = {
    ("missions", "launch_date"): [
        "2020",
        "2020-11",
        "2020-11-23",
        "2020-11-23T20:30Z",
        "2020-11-23T20:30:15Z",
        "2020-11-23T20:29:45Z",
        "2021",
        "2020~",
        "2019/2021",
        "2020-24",
        "../2020",
        "202X",
        "unknown",
    ],
    ("missions", "planned_launch"): ["2024", "2024-05", "2024-05?", "2025", "2025/..", "unknown"],
    ("missions", "status"): ["planned", "operating", "completed", "cancelled"],
    ("missions", "outcome"): ["success", "failure", "partial-success"],
    ("missions", "sample_mass_g"): [
        "1731",
        "1731.0",
        "1731.4",
        "1732",
        "~1700",
        ">1000",
        "22/24",
        "0",
        "unknown",
    ],
    ("missions", "programme"): ["clep", "clep-phase-3", "clep-phase-3-a", "clep-phase-4", "ilrs"],
    ("missions", "summary"): ["Flew.", "Flew far.", "Flew, and came back: 嫦娥 “五号” 😀"],
    ("missions", "name"): ["Chang'e 5", "Chang’e-5", '嫦娥"五"号'],
    ("missions", EXISTENCE): [""],
    ("partners", "status"): ["agreed", "signed", "active", "withdrawn"],
    ("partners", "joined"): ["2021", "2021-06", "2021-06-16", "2023"],
    ("partners", EXISTENCE): [""],
    ("actors", "parent"): ["x-1", "x-2", "x-3"],
    ("actors", "name"): ["CNSA", "China National Space Administration"],
}
# Signs on both sides of the surrogates: UTF-16 would sort the last one before the one before it.
RECORDS = ["x-1", "x-2", "x-3", "ilrs:russia", "x:Ångström, “a”", "z￿", "z😀"]
# The parents make a tree, whatever is claimed: nobody's parent comes after it.
PARENTS = (("clep-phase-3", "clep"), ("clep-phase-3-a", "clep-phase-3"), ("clep-phase-4", "clep"))
AS_OF = ["", "", "", "2018", "2022-06", "2024-04-16", "2023/..", "2021~", "unknown"]
CERTAINTIES = [
    "stated",
    "stated",
    "stated",
    "planned",
    "reported",
    "estimated",
    "opinion",
    "denied",
]


def ledger(rng, size):
    """A sorted ledger of about so many claims, of which each has an id of its own."""
    made = {}
    for record, parent in PARENTS:
        claim = Claim.of("programmes", record, "parent", parent, EDITORS, "docs")
        made[claim.id] = claim
    for _ in range(size):
        table, field = rng.choice([*VALUES])
        value, record = rng.choice(VALUES[table, field]), rng.choice(RECORDS)
        if field == "parent" and (record not in RECORDS[:3] or record <= value):
            continue
        claim = Claim.of(
            table,
            record,
            field,
            value,
            rng.choice([*WITNESSES]),
            f"p. {rng.randrange(3)}",
            rng.choice(AS_OF),
            rng.choice(CERTAINTIES),
        )
        made[claim.id] = claim
    return sorted(made.values())


def ledgers(size=60):
    return st.builds(
        lambda rng, many: ledger(rng, many),
        st.randoms(use_true_random=False),
        st.integers(0, size),
    )


def decisions_on(claims, rng: random.Random):
    """Decisions for some of the values claimed, for some that nobody claims, and for none."""
    made = {}
    for claim in claims:
        if rng.random() < 0.05:
            value = rng.choice([claim.value, claim.value, "nobody-says-so", ""])
            decision = Decision(*claim.cell, value, "Because.", "2026-11-22")
            made[decision.cell] = decision
    return [*made.values()]


def court_of(claims, decisions=(), **options):
    court = Court(Witnesses(WITNESSES), by_cell(decisions), **options)
    impartial = court._replace(known_on=None, at=None)
    return court._replace(lineage=lineage_of(claims, impartial))
