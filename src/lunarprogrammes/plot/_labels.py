"""Names beside marks without hiding marks or each other: the first free place of eight wins.

Greedy and in the order given, so that the same marks always get the same places; a name without a
free place is left out. A letter counts as 5.2 pixels at 9.5 points, which is what it is on average.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

_LETTER, _LINE, _AWAY = 5.2, 10.0, 7.0


class Label(NamedTuple):
    """A name and the mark that it belongs to, in pixels."""

    text: str
    x: float
    y: float


class Spot(NamedTuple):
    """Where a name goes, counted from its mark."""

    text: str
    dx: float
    dy: float
    align: str


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


def placed(
    labels: Sequence[Label], dots: Sequence[tuple[float, float]], width: float, height: float
) -> list[Spot | None]:
    """Return a place for each label, None where every place is taken or outside.

    >>> placed([Label("Luna 2", 50, 50)], [(50, 50)], 200, 100)
    [Spot(text='Luna 2', dx=7.0, dy=0.0, align='left')]
    """
    taken = [_Box(x - 4, y - 4, x + 4, y + 4) for x, y in dots]
    found: list[Spot | None] = []
    for label in labels:
        best = None
        for spot, box in _candidates(label):
            inside = box.left >= 0 and box.top >= 0 and box.right <= width and box.bottom <= height
            if inside and not any(box.meets(other) for other in taken):
                best = spot
                taken.append(box)
                break
        found.append(best)
    return found


def _candidates(label: Label) -> Iterator[tuple[Spot, _Box]]:
    size = len(label.text) * _LETTER
    for far in (1.0, 1.7):
        for dx, dy in ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1)):
            right, down = dx * _AWAY * (far if dy else 1), dy * (_LINE - 1) * far
            align = {1: "left", -1: "right", 0: "center"}[dx]
            left = label.x + right - {1: 0.0, -1: size, 0: size / 2}[dx]
            middle = label.y + down
            box = _Box(left, middle - _LINE / 2, left + size, middle + _LINE / 2)
            yield Spot(label.text, right, down, align), box
