"""Word on a terminal that something long is still going on; nothing of it stays there."""

import time
from collections.abc import Callable
from typing import TextIO

_PATIENCE = 1.0  # seconds without a word
_CLEAR = "\r\x1b[K"


class Progress:
    """Shows on a terminal what is being done once it takes more than a second."""

    def __init__(
        self, stream: TextIO, clock: Callable[[], float] = time.monotonic, what: str = "Checking"
    ) -> None:
        self._stream, self._clock, self._start = stream, clock, clock()
        self._what = what
        self._shown = False

    def __call__(self, what: str, done: int, of: int) -> None:
        """Tell what is done, how much of it, and of how much."""
        if self._stream.isatty() and self._clock() - self._start > _PATIENCE:
            self._stream.write(f"{_CLEAR}{self._what}: {what} {done} of {of}")
            self._stream.flush()
            self._shown = True

    def close(self) -> None:
        """Take the line away, where there is one."""
        if self._shown:
            self._stream.write(_CLEAR)
            self._stream.flush()
