"""The questions that a new source asks of a contributor, one for each part that is missing.

Asking is the command's affair; here is what is asked, in which words, and which answers will do.
"""

from collections.abc import Mapping
from typing import NamedTuple

from lunarprogrammes.proposals import source_json
from lunarprogrammes.proposals.naming import checked_id, propose_id
from lunarprogrammes.tables import InvalidValue

ID = "id"
# In the order in which one looks at a document; the id comes last, because it is made of the rest.
ORDER = (
    "title",
    "type",
    "author",
    "publisher",
    "issued",
    "accessed",
    "url",
    "language",
    "tier",
    "locator",
)
_DEFAULTS = {
    "language": source_json.DEFAULT_LANGUAGE,
    "locator": source_json.DEFAULT_LOCATOR,
}


class Question(NamedTuple):
    """One question: the field, what it means, the terms to choose from, and what Enter stands for.

    An optional question has an empty `default` and takes an empty answer.
    """

    name: str
    meaning: str
    terms: Mapping[str, str]
    default: str
    required: bool

    def text(self) -> str:
        """Return the question as it is put, with the vocabulary where there is one."""
        lines = ["", self.meaning]
        width = max(map(len, self.terms), default=0)
        lines += [f"  {term:<{width}}  {meaning}" for term, meaning in self.terms.items()]
        hint = (
            f" [{self.default}]" if self.default else "" if self.required else " (Enter for none)"
        )
        return "\n".join([*lines, f"{self.name}{hint}: "])

    def answered(self, answer: str) -> str:
        """Return the value that an answer gives; raise an error of ours that says what to do."""
        text = " ".join(answer.split()) or self.default
        if not text:
            if self.required:
                raise InvalidValue("This cannot be left out.", expected=self._expected())
            return ""
        if self.name == ID:
            return checked_id(text)
        return source_json.valid(self.name, text)

    def _expected(self) -> str:
        return source_json.fields()[self.name].expectation() if self.name != ID else ""


def missing(parts: Mapping[str, str], today: str) -> list[Question]:
    """Return the questions for the parts that nobody has given, in the order of asking.

    >>> [question.name for question in missing({"title": "Plans", "type": "report"}, "")][:2]
    ['author', 'publisher']
    """
    fields = source_json.fields()
    return [
        Question(
            name,
            fields[name].meaning + (" Several: with semicolons." if name == "author" else ""),
            source_json.terms(name),
            today if name == "accessed" else _DEFAULTS.get(name, ""),
            name in source_json.NEEDED,
        )
        for name in ORDER
        if not parts.get(name)
    ]


def of_id(parts: Mapping[str, str]) -> Question:
    """Return the question for the id, with a proposal made of what is known."""
    proposed = propose_id(parts.get("publisher", ""), parts.get("issued", ""), parts["title"])
    return Question(ID, "Name of the folder: publisher, year, words.", {}, proposed, required=True)
