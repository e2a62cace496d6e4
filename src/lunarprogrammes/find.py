"""Find records by any name in any language and script, typing errors forgiven, ranked.

Every id, label and other name is folded (case, accents, hyphens and apostrophes away) and compared:
equal, then beginning, then part, then alike by shared letter pairs. About 30 ms for 16,000 names,
and 20 more where a typing error makes it compare pairs.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import add
from typing import NamedTuple

from lunarprogrammes.edition import Edition

# Only tables whose records have names; a statement is found by its speaker or subject.
NAMED_TABLES = {
    "missions": "name",
    "programmes": "name",
    "spacecraft": "name",
    "actors": "name",
    "agreements": "name",
    "systems": "name",
    "places": "name",
    "people": "name",
    "payloads": "name",
    "sources": "title",
}
_LEAST_LIKENESS = 0.45
_PRESSED_FROM = 0.6
_LEAST_KEPT = 0.7
_NO_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}
_NO_LETTERS_IN_LINES = {code: None for code in _NO_LETTERS if code != ord("\n")}

# Order and name of the table, id, label, and the name that is compared.
_Named = tuple[int, str, str, str, str]


class Match(NamedTuple):
    """One record that was found: how well (1 is the same), where, and by which of its names."""

    score: float
    table: str
    record: str
    name: str
    matched: str

    def __str__(self) -> str:
        also = "" if self.matched == self.name else f" (as {self.matched})"
        return f"{self.table}/{self.record}: {self.name}{also}"


def find(edition: Edition, text: str, *, limit: int | None = 10) -> list[Match]:
    """Return the records whose names are most like a text, best first; all of them without limit.

    >>> find(Edition.open(), "chnage 6")[0].record
    'change-6'
    """
    wanted = fold(text)
    if not wanted:
        return []
    best: dict[tuple[str, str], Match] = {}
    names = [*_names(edition)]
    folded = _folded([one[-1] for one in names])
    parts = [place for place, name in enumerate(folded) if wanted in name]
    _weigh(best, wanted, ((names[place], folded[place]) for place in parts))
    # Whatever has it as a part goes before all that is only alike: often nothing else is shown.
    if limit is None or len(best) < limit:
        _weigh(best, wanted, zip(names, folded, strict=True))
    ranked = sorted(best.values(), key=lambda one: (-one.score, one.table, one.record))
    return ranked if limit is None else ranked[: max(limit, 0)]


def _weigh(
    best: dict[tuple[str, str], Match], wanted: str, names: Iterable[tuple[_Named, str]]
) -> None:
    """Keep of each record the name that is most like what is wanted, where any is like it."""
    for (order, table, record, name, matched), folded in names:
        likeness = _likeness(wanted, folded)
        if likeness < _LEAST_LIKENESS:
            continue
        score = likeness - order / 1000
        found = best.get((table, record))
        if found is None or score > found.score:
            best[table, record] = Match(score, table, record, name, matched)


def fold(text: str) -> str:
    """Return a text for comparison: lower case, without accents, hyphens, spaces or apostrophes.

    >>> fold("Chang’é-5"), fold("嫦娥五号")
    ('change5', '嫦娥五号')
    """
    if text.isascii():
        return text.lower().translate(_NO_LETTERS)
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _folded(texts: list[str]) -> list[str]:
    """Return what `fold` makes of each of many texts, all of them at once: a quarter of the time.

    They hold no line break, as no cell of an edition does.
    """
    plain = "\n".join(text for text in texts if text.isascii()).lower()
    other = "\n".join(text for text in texts if not text.isascii()).casefold()
    other = unicodedata.normalize("NFKD", other)
    signs = {ord(sign): None for sign in {*other} - {"\n"} if not sign.isalnum()}
    plains = iter(plain.translate(_NO_LETTERS_IN_LINES).split("\n"))
    others = iter(other.translate(signs).split("\n"))
    return [next(plains if text.isascii() else others) for text in texts]


def _names(edition: Edition) -> Iterator[_Named]:
    labels: dict[tuple[str, str], tuple[int, str]] = {}
    for order, (table, label) in enumerate(NAMED_TABLES.items()):
        for record, shown in edition.columns(table, "id", label):
            name = shown or record
            labels[table, record] = (order, name)
            yield order, table, record, name, name
            yield order, table, record, name, record
    for row in edition.rows("redirects"):
        if found := labels.get((row["table"], row["new_id"])):
            yield found[0], row["table"], row["new_id"], found[1], row["old_id"]
    for named, other in edition.columns("names", "record", "name"):
        table, _, record = named.partition("/")
        # A record without a label of its own, such as an event, is shown by the name it is given.
        order, name = labels.get((table, record), (len(NAMED_TABLES), other))
        yield order, table, record, name, other


def _likeness(wanted: str, name: str) -> float:
    if wanted == name:
        return 1.0
    if not name:
        return 0.0
    if name.startswith(wanted):
        return 0.9 + 0.05 * len(wanted) / len(name)
    if wanted in name:
        return 0.75 + 0.1 * len(wanted) / len(name)
    if 2 * min(len(wanted), len(name)) + 2 < 0.4 * (len(wanted) + len(name) + 2):
        # Of two so different lengths not even all pairs of the shorter one would be enough.
        return 0.0
    one, other = _pairs_of_wanted(wanted), _pairs(name)
    shared = len(one & other)
    # A typing error spoils two pairs; the beginning of a name is rarely the part that is mistyped.
    likeness = 2 * shared / (len(one) + len(other)) + (0.05 if name[:2] == wanted[:2] else 0.0)
    # Pressed together below what a part of a name gets, so that the more alike still goes first.
    return likeness if likeness <= _PRESSED_FROM else _PRESSED_FROM + (likeness - _PRESSED_FROM) / 4


def _pairs(text: str) -> set[str]:
    padded = f" {text} "
    return {*map(add, padded, padded[1:])}


_pairs_of_wanted = lru_cache(maxsize=1)(_pairs)


def closest(names: Iterable[str], text: str, *, limit: int = 3) -> list[str]:
    """Return the names most like a text, best first, for suggestions in messages."""
    wanted = fold(text)
    if not wanted:
        return []
    from difflib import SequenceMatcher

    def score(name: str) -> float:
        # Letters that changed places (`irls`) spoil every pair of a short word, but few letters.
        kept = SequenceMatcher(None, wanted, fold(name)).ratio()
        return max(_likeness(wanted, fold(name)), kept if kept >= _LEAST_KEPT else 0.0)

    scored = sorted(((score(name), name) for name in names), reverse=True)
    return [name for likeness, name in scored[:limit] if likeness >= _LEAST_LIKENESS]
