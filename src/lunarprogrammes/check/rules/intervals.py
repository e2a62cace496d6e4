"""L131: a quarter that was meant as two years."""

import re
from collections.abc import Iterator

from lunarprogrammes.check.contrast import at_claim
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.rules.plans import PLANS

MEANT_AS_YEARS = Rule(
    code="L131",
    name="quarter-or-years",
    severity=WARNING,
    reason="By the standard, 2030-35 is the third quarter of 2030 and 2030-40 its first half. "
    "People mostly mean 2030 to 2035 by it, and plans run from one round year to another.",
    bad="planned_end 2030-35",
    good="planned_end 2030/2035, or 2030-07/2030-09 for the quarter",
)
RULES = (MEANT_AS_YEARS,)

_FIELDS = {**PLANS, "agreements": ("period_start", "period_end")}
_point = re.compile("([0-9]{2})([0-9]{2})-(35|40)[?~%]?").fullmatch
_MONTHS = {35: ("07", "09"), 40: ("01", "06")}  # the third quarter and the first half


def check(examination: Examination) -> Iterator[Problem]:
    """Look at the claims of plans."""
    for table, names in _FIELDS.items():
        for name in names:
            for claim in examination.by_field.get((table, name), ()):
                found = _point(claim.value)
                if found and _are_round(int(found[2]), int(found[3])):
                    century, year, code = found.groups()
                    years = f"{century}{year}/{century}{code}"
                    yield at_claim(
                        examination,
                        MEANT_AS_YEARS,
                        claim,
                        f"{claim.value} is a part of the year {century}{year}.",
                        expected="Expected two years with a slash where two years are meant.",
                        remedy=f"Did you mean {years}?{_otherwise(century + year, int(code))}",
                    )


def _are_round(year: int, code: int) -> bool:
    return code > year and year % 5 == 0 and code % 5 == 0


def _otherwise(year: str, code: int) -> str:
    first, last = _MONTHS[code]
    return f" If not, write {year}-{first}/{year}-{last}."
