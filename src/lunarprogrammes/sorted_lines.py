"""Lines of a sorted CSV by the key of their rows, found by halving: the others are never read.

Every table of an edition is sorted by its key, and a canonical cell holds no line break, so that a
place in the middle of a file is a few bytes away from the beginning of a row. Finding the claims of
one record among 171,000 reads 80 kB of 23 MB. The order of bytes in UTF-8 is that of code points,
which is how Python compares texts.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

# Below this many bytes, to read on is faster than to look elsewhere.
_NEAR = 4096

KeyOf = Callable[[list[str]], tuple[str, ...]]


def rows_of_key(
    file: BinaryIO, columns: Sequence[str], key: tuple[str, ...]
) -> Iterator[dict[str, str]]:
    r"""Yield the rows in which some columns have some values; the file is sorted by these columns.

    >>> from io import BytesIO
    >>> rows = rows_of_key(BytesIO(b"id,name\na,A\nb,B\nb,C\nc,D\n"), ("id",), ("b",))
    >>> [row["name"] for row in rows]
    ['B', 'C']
    """
    header = _cells(file.readline())
    if not set(columns) <= set(header):
        return
    places = [header.index(name) for name in columns]

    def key_of(cells: list[str]) -> tuple[str, ...]:
        return tuple(cells[place] for place in places)

    file.seek(start_of_key(file, key_of, key))
    for cells in csv.reader(line.decode("utf-8") for line in file):
        if key_of(cells) != key:
            return
        yield dict(zip(header, cells, strict=False))


def start_of_key(file: BinaryIO, key_of: KeyOf, key: tuple[str, ...]) -> int:
    """Return where the first row begins whose key is not smaller, or the end of the file.

    The file stands at its first row.
    """
    low, high = file.tell(), file.seek(0, 2)
    while high - low > _NEAR:
        middle = (low + high) // 2
        file.seek(middle)
        begin = middle + len(file.readline())
        line = file.readline()
        if begin >= high:
            # No row begins in the upper half: what is sought is in the lower one.
            high = middle
        elif key_of(_cells(line)) < key:
            low = begin
        else:
            high = begin
    file.seek(low)
    for line in file:
        if key_of(_cells(line)) >= key:
            return low
        low += len(line)
    return low


def _cells(line: bytes) -> list[str]:
    return next(csv.reader([line.decode("utf-8")]), [])
