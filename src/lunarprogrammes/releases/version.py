"""The package's version, and which one a change needs: SemVer 2.0.0, also before 1.0.0.

From 1.0.0 on what breaks a reader needs a new major version, what adds a new minor one, and words
alone a patch. SemVer leaves versions below 1.0.0 open; here 0.y.z is as strict by one place: what
breaks and what adds both need a new y.
"""

import re
from enum import IntEnum
from typing import NamedTuple

from lunarprogrammes.errors import LunarProgrammesError


class VersionError(LunarProgrammesError):
    """A version that is none, or is smaller than the change that it stands for."""

    code = "version"


class Level(IntEnum):
    """How large a change is."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3


class Version(NamedTuple):
    """A version of the package; versions compare as SemVer says.

    >>> Version.parse("0.10.0") > Version.parse("0.9.3")
    True
    """

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> "Version":
        """Return the version of a text such as 0.1.0; raise `VersionError` for anything else."""
        found = re.fullmatch(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})", text)
        if found is None:
            raise VersionError(
                f"'{text}' is no version of the package.", expected="Expected one such as 0.1.0."
            )
        return cls(*map(int, found.groups()))

    def after(self, level: Level) -> "Version":
        """Return the smallest version that may hold a change of this size since this one.

        >>> print(Version(1, 4, 2).after(Level.MAJOR), Version(0, 4, 2).after(Level.MAJOR))
        2.0.0 0.5.0
        """
        if level is Level.PATCH:
            return self._replace(patch=self.patch + 1)
        if level is Level.MINOR or self.major == 0:
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major + 1, 0, 0)

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"
