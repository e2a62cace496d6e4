"""The one family of errors that this package raises on purpose.

Every error says what was found, where, in which record, what was expected and what to do. The
command line prints exactly that and nothing else: a user's mistake never shows a traceback.
Costs nothing to import: standard library only, no other module of the package.
"""

from typing import ClassVar


class LunarProgrammesError(Exception):
    """A mistake in the input or the request, told so that it can be repaired.

    `code` is stable and names the kind of error; `place` is a file with line and column, or empty;
    `record` is the table and record concerned; `expected` and `remedy` are whole sentences.

    >>> print(UnknownRecord("No mission is called 'chang-5'.", remedy="Did you mean change-5?"))
    No mission is called 'chang-5'. Did you mean change-5?
    """

    code: ClassVar[str] = "error"

    def __init__(
        self,
        what: str,
        *,
        place: str = "",
        record: str = "",
        expected: str = "",
        remedy: str = "",
    ) -> None:
        super().__init__(what)
        self.what = what
        self.place = place
        self.record = record
        self.expected = expected
        self.remedy = remedy

    def __str__(self) -> str:
        head = ": ".join(part for part in (self.place, self.record) if part)
        text = " ".join(part for part in (self.what, self.expected, self.remedy) if part)
        return f"{head}: {text}" if head else text


def quoted(text: str, limit: int = 60) -> str:
    r"""Return a text between quotation marks: cut when long, signs that do not show escaped.

    >>> print(quoted("2024-5-3"), quoted("\u200b2024"))
    '2024-5-3' '\u200b2024'
    """
    cut = text if len(text) <= limit else text[: limit - 3] + "..."
    shown = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in cut
    )
    return f"'{shown}'"


class InvalidDate(LunarProgrammesError, ValueError):
    """Text that is no uncertain date; `suggestion` holds the likely spelling, or None."""

    code = "invalid-date"

    def __init__(self, what: str, *, expected: str = "", suggestion: str | None = None) -> None:
        super().__init__(
            what,
            expected=expected,
            remedy=f"Did you mean {suggestion}?" if suggestion else "",
        )
        self.suggestion = suggestion


class InvalidQuantity(LunarProgrammesError, ValueError):
    """Text that is no figure; `suggestion` holds the likely spelling, or None."""

    code = "invalid-quantity"

    def __init__(self, what: str, *, expected: str = "", suggestion: str | None = None) -> None:
        super().__init__(
            what,
            expected=expected,
            remedy=f"Did you mean {suggestion}?" if suggestion else "",
        )
        self.suggestion = suggestion


class RetiredId(UserWarning):
    """An id was retired; what was asked of it is answered for the record that it leads to now."""


class UnknownTable(LunarProgrammesError, LookupError):
    """No table has that name."""

    code = "unknown-table"


class UnknownRecord(LunarProgrammesError, KeyError):
    """No record of the table has that id."""

    code = "unknown-record"


class UnknownField(LunarProgrammesError, LookupError):
    """The table has no such field."""

    code = "unknown-field"


class NoValue(LunarProgrammesError, LookupError):
    """The cell is empty: no source that we have read states it."""

    code = "no-value"


class EditionError(LunarProgrammesError):
    """What was named is no readable edition of the dataset."""

    code = "edition"


class SeedsError(LunarProgrammesError):
    """The readings cannot be turned into claims; run `lunarprogrammes check` for the whole list."""

    code = "seeds"


class MissingExtra(LunarProgrammesError, ImportError):
    """An optional dependency is not installed."""

    code = "missing-extra"
