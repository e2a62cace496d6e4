"""The text form of iCalendar (RFC 5545): escaping, folding, components.

Owns the syntax and nothing of the Moon; `ics` says what stands in the calendar.
"""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

_LONGEST_LINE = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


class Property(NamedTuple):
    r"""One property: its name with parameters, and its value as it stands in the file.

    >>> Property.text("SUMMARY", "Launch, planned").value
    'Launch\\, planned'
    """

    name: str
    value: str

    @classmethod
    def text(cls, name: str, value: str) -> "Property":
        """Return a property whose value is text, escaped."""
        # Control characters have no escape; RFC 5545 forbids them but for the tab.
        allowed = "".join(sign for sign in value if sign >= " " or sign in "\n\t")
        return cls(name, allowed.replace("\x7f", "").translate(_ESCAPES))

    @classmethod
    def day(cls, name: str, value: datetime.date) -> "Property":
        """Return a property whose value is a whole day, without a time.

        >>> Property.day("DTSTART", datetime.date(2028, 9, 1))
        Property(name='DTSTART;VALUE=DATE', value='20280901')
        """
        return cls(f"{name};VALUE=DATE", _day(value))

    @classmethod
    def midnight(cls, name: str, value: datetime.date) -> "Property":
        """Return a property whose value is the first second of a day, UTC."""
        return cls(name, f"{_day(value)}T000000Z")


class Component(NamedTuple):
    """One component: its name, its properties in order, the components inside it."""

    name: str
    properties: tuple[Property, ...]
    inside: tuple["Component", ...] = ()

    def lines(self) -> Iterable[str]:
        """Yield its lines, not yet folded."""
        yield f"BEGIN:{self.name}"
        for name, value in self.properties:
            yield f"{name}:{value}"
        for one in self.inside:
            yield from one.lines()
        yield f"END:{self.name}"


def as_bytes(calendar: Component) -> bytes:
    r"""Return a calendar as the bytes of its file: UTF-8, folded, every line ended by CR LF.

    >>> as_bytes(Component("VEVENT", (Property("UID", "a"),)))
    b'BEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\n'
    """
    return b"".join(folded(line) + b"\r\n" for line in calendar.lines())


def folded(line: str) -> bytes:
    r"""Return a line in pieces of 75 octets at most; no character is parted.

    >>> [len(piece) for piece in folded("x" * 160).split(b"\r\n")]
    [75, 75, 12]
    """
    pieces, piece = [], b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > _LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece])


def _day(value: datetime.date) -> str:
    # `strftime` drops the leading zeros of early years on some platforms.
    return f"{value.year:04d}{value.month:02d}{value.day:02d}"
