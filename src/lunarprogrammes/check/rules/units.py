"""S113: one indicator in two units."""

import re
from collections import defaultdict
from collections.abc import Iterator

from lunarprogrammes.check.contrast import at_claim, where
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import WARNING, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.evidence.claims import Claim

UNIT = Rule(
    code="S113",
    name="unit-differs",
    severity=WARNING,
    reason="Figures of one indicator are compared and added up, which needs one unit, spelt in one "
    "way. Sums of money are given in the currency of the source, by its code: USD, CNY.",
    bad="member-countries in countries and in states",
    good="member-countries in countries in both places",
)
RULES = (UNIT,)

_is_currency = re.compile("[A-Z]{3}").fullmatch


def check(examination: Examination) -> Iterator[Problem]:
    """Gather the units of each indicator; the one that most figures have is taken as meant."""
    units: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    claims = examination.by_field.get(("indicators", "unit"), ())
    for record in sorted({claim.record for claim in claims}):
        unit = examination.chosen("indicators", record, "unit")
        indicator = examination.chosen("indicators", record, "indicator")
        if unit and indicator:
            units[indicator.value][unit.value].append(unit)
    for slug, found in units.items():
        usual = max(found, key=lambda name: len(found[name]))
        for name, bearers in found.items():
            if name == usual or (_is_currency(name) and _is_currency(usual)):
                continue
            yield at_claim(
                examination,
                UNIT,
                bearers[0],
                f"The indicator {slug} is in '{name}' here and in '{usual}' elsewhere.",
                expected="Expected one unit for one indicator.",
                remedy=f"Did you mean {usual}? It stands in {where(examination, found[usual][0])}.",
            )
