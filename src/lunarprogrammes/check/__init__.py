"""Checking readings: rules find problems, reporters word them; nothing here prints or repairs.

>>> from pathlib import Path
>>> from lunarprogrammes.check import check_seeds
>>> check_seeds(Path("seeds")).exit_code  # doctest: +SKIP
0
"""

from lunarprogrammes.check.problems import ERROR, WARNING, Place, Problem, Report
from lunarprogrammes.check.rule import Rule, all_rules
from lunarprogrammes.check.run import CheckError, check_seeds

__all__ = [
    "ERROR",
    "WARNING",
    "CheckError",
    "Place",
    "Problem",
    "Report",
    "Rule",
    "all_rules",
    "check_seeds",
]
