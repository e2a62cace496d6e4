"""A proposed fact: what was understood of the form, and what has to be said before it is one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from lunarprogrammes.edition import Edition
from lunarprogrammes.evidence.claims import STATED
from lunarprogrammes.find import fold
from lunarprogrammes.proposals import form, source_json
from lunarprogrammes.proposals.matching import Matcher, Target, Unclear, field_of, value_of
from lunarprogrammes.proposals.naming import propose_id
from lunarprogrammes.tables import Field, InvalidValue
from lunarprogrammes.tables.claims import EVIDENCE

MISSING, UNCLEAR, REFUSED = "missing", "unclear", "refused"
_EVIDENCE = ("locator", "certainty", "remark")


class Taken(NamedTuple):
    """One answer and how it was understood."""

    key: str
    label: str
    given: str
    taken: str


class Doubt(NamedTuple):
    """One answer that stands in the way: of which kind, what is the matter, what to do."""

    kind: str
    key: str
    label: str
    what: str
    remedy: str
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What was understood of a filled form; it is ready where nothing stands in the way."""

    taken: tuple[Taken, ...]
    doubts: tuple[Doubt, ...]
    target: Target | None = None
    row: Mapping[str, str] = field(default_factory=dict)
    source_id: str = ""
    source: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_ready(self) -> bool:
        """Whether a row can be made of it."""
        return not self.doubts


def understand(answers: Mapping[str, str], edition: Edition) -> Proposal:
    """Understand the answers of a form; records are those of an edition. Nothing is written."""
    refused = [
        Doubt(REFUSED, one.key, form.PARTS[one.key].label, one.what, one.remedy)
        for one in form.refusals(answers)
    ]
    keys = {one.key for one in refused}
    good = {key: text for key, text in answers.items() if key not in keys}
    reading = _Reading(good)
    doubts = [*refused, *_missing(answers)]
    parts = _source(reading)
    target, row = _fact(reading, Matcher(edition))
    doubts += reading.doubts
    if doubts or target is None:
        return Proposal(taken=_in_order(reading.taken), doubts=_in_order(doubts), target=target)
    source_id = propose_id(parts.get("publisher", ""), parts.get("issued", ""), parts["title"])
    return Proposal(
        taken=_in_order(reading.taken),
        doubts=(),
        target=target,
        row=row,
        source_id=source_id,
        source=source_json.described(source_id, parts),
    )


class _Reading:
    """The answers as they are gone through: what was taken of them and what was not."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers
        self.taken: list[Taken] = []
        self.doubts: list[Doubt] = []

    def take(self, key: str, understood: Callable[[str], str]) -> str:
        """Return an answer as it is understood; empty where there is none or it is in doubt."""
        given = self.answers.get(key, "")
        if not given:
            return ""
        label = form.PARTS[key].label
        try:
            taken = understood(given)
        except Unclear as doubt:
            self.doubts.append(
                Doubt(UNCLEAR, key, label, doubt.what, doubt.remedy, tuple(doubt.offered))
            )
            return ""
        self.taken.append(Taken(key, label, given, taken))
        return taken


Kept = TypeVar("Kept", Taken, Doubt)


def _in_order(kept: list[Kept]) -> tuple[Kept, ...]:
    """Return answers in the order of the form."""
    order = {key: place for place, key in enumerate(form.PARTS)}
    return tuple(sorted(kept, key=lambda one: order[one.key]))


def _missing(answers: Mapping[str, str]) -> Iterator[Doubt]:
    for key, part in form.PARTS.items():
        if key == form.CONFIRMATION:
            if not form.is_confirmed(answers):
                what = "It is not confirmed that you read this in the document itself."
                remedy = "Tick every box, if it is so."
                yield Doubt(MISSING, key, part.label, what, remedy)
        elif not answers.get(key) and key not in form.OPTIONAL:
            what = f"{part.label} is missing."
            yield Doubt(MISSING, key, part.label, what, f"Write {part.meaning}.")


def _source(reading: _Reading) -> dict[str, str]:
    parts = {}
    for name in source_json.fields():
        if name in form.PARTS and name not in _EVIDENCE:
            parts[name] = reading.take(name, _understood_part(name))
    parts["language"] = parts["language"] or source_json.DEFAULT_LANGUAGE
    return {name: text for name, text in parts.items() if text}


def _understood_part(name: str) -> Callable[[str], str]:
    def understood(text: str) -> str:
        definition = source_json.fields()[name]
        same = next((term for term in source_json.terms(name) if fold(term) == fold(text)), text)
        if definition.kind == "date":
            same = value_of(definition, text)
        try:
            return source_json.valid(name, same)
        except InvalidValue as error:
            raise Unclear(error.what, f"{error.expected} {error.remedy}".strip()) from None

    return understood


def _fact(reading: _Reading, matcher: Matcher) -> tuple[Target | None, dict[str, str]]:
    targets: list[Target] = []

    def record(text: str) -> str:
        targets.append(matcher.target(text, reading.answers.get("field", "")))
        return f"{targets[0]}{' (new)' if targets[0].is_new else ''}"

    reading.take("record", record)
    evidence = {
        name: reading.take(name, lambda text, name=name: _evidence(EVIDENCE[name], text))  # type: ignore[misc]
        for name in _EVIDENCE
    }
    if evidence["certainty"] == STATED:
        evidence["certainty"] = ""  # the default is left empty in a reading
    if not targets:
        return None, {}
    table = targets[0].table
    name = reading.take("field", lambda text: field_of(table, text))
    if not name:
        return targets[0], {}
    value = reading.take("value", lambda text: matcher.value(table.facts[name], text))
    return targets[0], {**table.key_cells(targets[0].record), name: value, **evidence}


def _evidence(definition: Field, text: str) -> str:
    terms = definition.vocabulary.terms if definition.vocabulary else {}
    return value_of(definition, next((term for term in terms if fold(term) == fold(text)), text))
