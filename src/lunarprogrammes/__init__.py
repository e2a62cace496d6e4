"""Every lunar mission, programme and partner fact with the source that states it.

>>> import lunarprogrammes as lp
>>> moon = lp.load()
>>> moon.missions["change-5"].sample_mass_g
Quantity('1731')
>>> moon.why("missions", "change-5", "sample_mass_g").verdict
'contested'

Importing this costs a few milliseconds; names are loaded when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lunarprogrammes.answers import Answer
    from lunarprogrammes.check import check_seeds
    from lunarprogrammes.dataset import Dataset, load
    from lunarprogrammes.dates import DaySpan, UncertainDate
    from lunarprogrammes.errors import LunarProgrammesError, RetiredId
    from lunarprogrammes.evidence.claims import Claim
    from lunarprogrammes.quantities import Quantity
    from lunarprogrammes.resolve import POLICIES, Policy
    from lunarprogrammes.view import View
    from lunarprogrammes.why import Evidence

__version__ = "0.1.0"

# Where each public name lives; the read path must not pay for the checker, nor an import for both.
_HOMES = {
    "Answer": "answers",
    "Claim": "evidence.claims",
    "Dataset": "dataset",
    "DaySpan": "dates",
    "Evidence": "why",
    "LunarProgrammesError": "errors",
    "POLICIES": "resolve",
    "Policy": "resolve",
    "Quantity": "quantities",
    "RetiredId": "errors",
    "UncertainDate": "dates",
    "View": "view",
    "check_seeds": "check",
    "load": "dataset",
}

__all__ = [
    "POLICIES",
    "Answer",
    "Claim",
    "Dataset",
    "DaySpan",
    "Evidence",
    "LunarProgrammesError",
    "Policy",
    "Quantity",
    "RetiredId",
    "UncertainDate",
    "View",
    "check_seeds",
    "load",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"lunarprogrammes has no public name '{name}'.")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
