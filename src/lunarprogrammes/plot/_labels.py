"""Names beside marks without hiding marks or each other: the first free place of eight wins.

Greedy and in the order given, so that the same marks always get the same places. A name without a
free place beside its mark stands further off, at the end of a line that leads to the mark; one
that has no room there either is left out. A letter counts as 5.2 pixels at 9.5 points, which is
what it is on average.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_LETTER, _LINE, _AWAY = 5.2, 10.0, 7.0
# How far off a name may stand, in pixels, and in how many directions it is tried.
_FAR, _TURNS = (16, 24, 32, 42, 54, 68, 84, 100), 24

# Marks this near to each other are one to the eye.
_SAME = 5.0


class Label(NamedTuple):
    """A name and the mark that it belongs to, in pixels."""

    text: str
    x: float
    y: float


class Spot(NamedTuple):
    """Where a name goes, counted from its mark; `led` tells that a line must lead to it."""

    text: str
    dx: float
    dy: float
    align: str
    led: bool = False


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
    [Spot(text='Luna 2', dx=7.0, dy=0.0, align='left', led=False)]
    """
    whole = _Box(0, 0, width, height)
    marks = [_Box(x - 4, y - 4, x + 4, y + 4) for x, y in dots]
    names: list[_Box] = []
    found: list[Spot | None] = [None] * len(labels)
    for number, label in enumerate(labels):
        for spot, box in _beside(label):
            if _within(box, whole) and _free(box, marks) and _free(box, names):
                found[number] = spot
                names.append(box)
                break
    # Those that found no room wait until all the others have theirs.
    for number, label in enumerate(labels):
        if found[number]:
            continue
        # The line may leave its own mark and those upon the same spot, but not lead over others.
        others = [
            _Box(x - 2, y - 2, x + 2, y + 2)
            for x, y in dots
            if math.dist((x, y), (label.x, label.y)) > _SAME
        ]
        others += names
        for spot, box in _further_off(label):
            line = _line_to(label, spot)
            if (
                all(_free(piece, others) for piece in line)
                and _within(box, whole)
                and _free(box, marks)
                and _free(box, names)
            ):
                found[number] = spot
                names += [box, *line]
                break
    return found


def _within(box: _Box, whole: _Box) -> bool:
    upright = box.top >= whole.top and box.bottom <= whole.bottom
    return upright and box.left >= whole.left and box.right <= whole.right


def _free(box: _Box, taken: Sequence[_Box]) -> bool:
    return not any(box.meets(other) for other in taken)


def _box(label: Label, spot: Spot) -> _Box:
    size = len(label.text) * _LETTER
    left = label.x + spot.dx - {"left": 0.0, "right": size, "center": size / 2}[spot.align]
    middle = label.y + spot.dy
    return _Box(left, middle - _LINE / 2, left + size, middle + _LINE / 2)


def _beside(label: Label) -> Iterator[tuple[Spot, _Box]]:
    for dx, dy in ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1)):
        align = {1: "left", -1: "right", 0: "center"}[dx]
        spot = Spot(label.text, dx * _AWAY, dy * (_LINE - 1), align)
        yield spot, _box(label, spot)


def _further_off(label: Label) -> Iterator[tuple[Spot, _Box]]:
    for far in _FAR:
        for turn in range(_TURNS):
            angle = 2 * math.pi * turn / _TURNS
            dx, dy = round(far * math.cos(angle), 1), round(far * math.sin(angle), 1)
            align = "center" if abs(dx) < far / 4 else "left" if dx > 0 else "right"
            spot = Spot(label.text, dx, dy, align, led=True)
            yield spot, _box(label, spot)


def _line_to(label: Label, spot: Spot) -> list[_Box]:
    """Return small boxes along the line from a mark to its name, without the two ends."""
    steps = int(math.hypot(spot.dx, spot.dy) // 3)
    points = [
        (label.x + spot.dx * step / steps, label.y + spot.dy * step / steps)
        for step in range(2, steps - 1)
    ]
    return [_Box(x - 1, y - 1, x + 1, y + 1) for x, y in points]
