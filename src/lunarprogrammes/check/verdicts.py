"""What the inspectors say of the texts of each field; every distinct text is inspected once."""

from lunarprogrammes.check.rule import UNSEEN, Remark, rule_set
from lunarprogrammes.check.screening import PASSED_OVER, doubtful
from lunarprogrammes.tables import Field

# So many bad texts of one column are worded; a file of another kind may have half a million.
MOST_BAD = 2_000


class Verdicts:
    """The good and the bad texts of each field that was asked about."""

    def __init__(self) -> None:
        # By identity: a field hashes its whole definition, and the tables keep every field alive.
        self._known: dict[int, tuple[set[str], dict[str, Remark]]] = {}

    def on(self, field: Field, texts: frozenset[str]) -> dict[str, Remark]:
        """Return the remarks on all bad texts of a field, these texts among them."""
        good, bad = self._known.setdefault(id(field), ({""}, {}))
        # One after the other: of several sets taken away at once, the last are walked through.
        if new := texts.difference(good).difference(bad):
            remarks = _inspected(field, new)
            bad.update(remarks)
            good.update(new.difference(remarks))
        return bad


def _inspected(field: Field, texts: frozenset[str]) -> dict[str, Remark]:
    """Return the first remark of the inspectors on each of some texts that has any.

    After many bad texts, those that are not plain are taken for bad without a closer look.
    """
    found: dict[str, Remark] = {}
    doubts = frozenset(doubtful(field, texts))
    inspectors = rule_set().inspectors
    always = [one for one in inspectors if one.__module__.rpartition(".")[2] not in PASSED_OVER]
    pending = texts if always else doubts
    for text in pending if len(pending) <= MOST_BAD else sorted(pending):
        if len(found) >= MOST_BAD:
            if text in doubts:
                found[text] = UNSEEN
            continue
        for inspector in inspectors if text in doubts else always:
            remark = next(inspector(field, text), None)
            if remark is not None:
                found[text] = remark
                break
    return found
