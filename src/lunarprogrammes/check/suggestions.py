"""Did you mean …? A question that costs a walk over all words, and is asked so many times at most.

A contribution in which everything is misspelt must not take minutes: after so many comparisons
for one rule no suggestion is looked for. The same folder always gets the same suggestions.
"""

from collections import Counter
from collections.abc import Collection
from weakref import WeakKeyDictionary

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import Place
from lunarprogrammes.check.words import nearest
from lunarprogrammes.evidence.witnesses import EDITORS

MOST_SEARCHES = 200
MOST_COMPARISONS = 100_000

_spent: WeakKeyDictionary[Examination, Counter[str]] = WeakKeyDictionary()


def near(examination: Examination, code: str, word: str, words: Collection[str]) -> str | None:
    """Return the word that was probably meant, or None where none is near or too many were asked.

    `code` is that of the rule that asks: each has a measure of its own.
    """
    spent = _spent.setdefault(examination, Counter())
    if spent[code] >= MOST_COMPARISONS:
        return None
    spent[code] += max(len(words), MOST_COMPARISONS // MOST_SEARCHES)
    return nearest(word, words)


def suggestion(
    examination: Examination, code: str, word: str, words: Collection[str], otherwise: str = ""
) -> str:
    """Return the question `Did you mean …?`, or the other sentence where nothing is near."""
    found = near(examination, code, word, words)
    return f"Did you mean {found}?" if found else otherwise


def where_it_stands(examination: Examination, tables: Collection[str], record: str) -> str:
    """Say where a document first speaks of a record, as `It stands in …, line 2.`, or nothing."""
    for table in tables:
        if record in examination.records.get(table, ()):
            claims = examination.by_record.get((table, record), ())
            told = [claim for claim in claims if claim.source != EDITORS]
            if told:
                sheet, row = examination.first_standing(told)
                place: Place = sheet.first_key(row)
                return f"It stands in {place.path}, line {place.line}."
    return ""
