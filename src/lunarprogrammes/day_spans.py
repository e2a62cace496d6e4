"""The days between two uncertain dates.

Owns `DaySpan`: two whole numbers of days, either of which may be open, and how they are said. Owns
no subtraction, which is `dates`, and no calendar. Importing costs `re`; it knows no other module.
"""

import re


class DaySpan:
    """The days from one date to another: `lower` and `upper` inclusive, None where open.

    >>> from lunarprogrammes.dates import UncertainDate
    >>> print(UncertainDate("2026-03-01") - UncertainDate("2025-12"))
    between 60 and 90 days
    """

    __slots__ = ("lower", "upper")
    lower: int | None
    upper: int | None

    def __init__(self, lower: int | None, upper: int | None) -> None:
        object.__setattr__(self, "lower", lower)
        object.__setattr__(self, "upper", upper)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"A DaySpan never changes; {name} cannot be set.")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"A DaySpan never changes; {name} cannot be deleted.")

    def __reduce__(self) -> tuple[type["DaySpan"], tuple[int | None, int | None]]:
        return DaySpan, (self.lower, self.upper)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DaySpan):
            return NotImplemented
        return (self.lower, self.upper) == (other.lower, other.upper)

    def __hash__(self) -> int:
        return hash((self.lower, self.upper))

    def __repr__(self) -> str:
        return f"DaySpan({self.lower}, {self.upper})"

    def __str__(self) -> str:
        if self.lower is None and self.upper is None:
            return "an unknown number of days"
        words = f"{self.lower} days" if self.upper in (None, self.lower) else f"{self.upper} days"
        words = re.sub(r"^(-?1) days", r"\1 day", words)
        if self.lower == self.upper:
            return words
        if self.lower is None or self.upper is None:
            return f"at {'least' if self.upper is None else 'most'} {words}"
        return f"between {self.lower} and {self.upper} days"
