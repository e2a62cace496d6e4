"""The form `Propose a fact` as GitHub renders it: a heading and an answer for each part.

The labels are those of `.github/ISSUE_TEMPLATE/propose-a-fact.yml`; a test holds the two together.
The text is a stranger's: it is only ever split, measured and compared.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.find import closest, fold
from lunarprogrammes.proposals.naming import shown

# GitHub allows a body of 65,536 characters.
MAX_CHARACTERS = 65_536
MAX_ANSWER = 2_000
NO_RESPONSE = "_No response_"
CONFIRMATION = "confirmation"


class Part(NamedTuple):
    """One part of the form: its label, and what to write there."""

    label: str
    meaning: str


PARTS: Mapping[str, Part] = {
    "record": Part("Record", "the mission, programme, partner or other record, such as Chang'e 5"),
    "field": Part("Field", "what is stated of it, such as launch date"),
    "value": Part("Value", "what the document says, such as 2020-11-23"),
    "certainty": Part("Certainty", "how the document says it"),
    "locator": Part("Place in the document", "where the document says it, such as p. 9 or Table 1"),
    "title": Part("Title of the document", "the title as the document shows it"),
    "type": Part("Sort of document", "what sort of document it is"),
    "publisher": Part("Publisher", "the publisher as the document shows it"),
    "author": Part("Authors", "the authors, separated by semicolons"),
    "url": Part("Web address", "the document's own public address"),
    "issued": Part("Date issued", "the date that the document bears"),
    "accessed": Part("Date accessed", "the day on which you read it"),
    "tier": Part("Tier", "how near the document stands to the facts"),
    "language": Part("Language", "the language of the document, such as en or zh-Hans"),
    "remark": Part("Remark", "how you read it, in your own words"),
    CONFIRMATION: Part("Confirmation", "the tick that you read it there yourself"),
}
OPTIONAL = ("certainty", "publisher", "author", "url", "issued", "language", "remark")
_BY_LABEL = {fold(part.label): key for key, part in PARTS.items()}
_HEADING = re.compile(r"#{3} +(.+?) *#*")
_MARKUP = re.compile(r"<[A-Za-z!/?]|\]\(|```|~~~")


class BadForm(LunarProgrammesError, ValueError):
    """A text that is not the filled form."""

    code = "bad-form"


class Refusal(NamedTuple):
    """An answer that is not taken, and why."""

    key: str
    what: str
    remedy: str


def decode(raw: bytes) -> str:
    """Return the text of a file or of the standard input; raise `BadForm` for any other bytes."""
    if len(raw) > 4 * MAX_CHARACTERS:
        raise _too_long()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadForm("The text is not UTF-8.", remedy="Save it as UTF-8.") from None


def answers_of(text: str) -> dict[str, str]:
    r"""Return the answers by part, each on one line; empty where there is no response.

    >>> answers_of("### Record\n\nChang'e 5\n\n### Field\n\n_No response_\n")
    {'record': "Chang'e 5", 'field': ''}
    """
    if len(text) > MAX_CHARACTERS:
        raise _too_long()
    found: dict[str, list[str]] = {}
    lines: list[str] | None = None
    for line in re.split("\r\n|\r|\n", text):
        heading = _HEADING.fullmatch(line)
        if heading:
            key = _key_of(heading[1])
            if key in found:
                label = PARTS[key].label
                remedy = "Keep one of them; no answer may begin a line with ###."
                raise BadForm(f"The heading '{label}' stands twice.", remedy=remedy)
            lines = found[key] = []
        elif lines is not None:
            lines.append(line)
        elif line.strip():
            what = f"The text begins with '{shown(line, 40)}' and not with a heading of the form."
            raise BadForm(what, remedy="Give the text of the issue as the form makes it.")
    if not found:
        remedy = "Give the text of an issue made with the form Propose a fact."
        raise BadForm("The text holds no heading of the form.", remedy=remedy)
    return {key: _joined(answer) for key, answer in found.items()}


def _key_of(label: str) -> str:
    key = _BY_LABEL.get(fold(label))
    if key is None:
        near = closest([part.label for part in PARTS.values()], label, limit=1)
        raise BadForm(
            f"The form has no heading '{shown(label, 40)}'.",
            expected=f"Its headings are {', '.join(part.label for part in PARTS.values())}.",
            remedy=f"Did you mean {near[0]}?" if near else "",
        )
    return key


def _joined(lines: list[str]) -> str:
    text = " ".join(" ".join(lines).split(" ")).strip()
    text = re.sub(" {2,}", " ", text)
    return "" if text == NO_RESPONSE else text


def _too_long() -> BadForm:
    what = f"The text has more than {MAX_CHARACTERS:,} characters, more than an issue can hold."
    return BadForm(what, remedy="Give the text of one issue.")


def refusals(answers: Mapping[str, str]) -> list[Refusal]:
    """Return the answers that no fact can be made of, whatever they say."""
    found = []
    for key, text in answers.items():
        label = PARTS[key].label
        if len(text) > MAX_ANSWER:
            what = f"{label} has more than {MAX_ANSWER:,} characters."
            found.append(Refusal(key, what, "Facts are short: shorten it."))
        elif not text.replace("\u200c", "").replace("\u200d", "").isprintable():
            what = f"{label} holds characters that nobody sees: '{shown(text)}'."
            found.append(Refusal(key, what, "Type it anew, without copying."))
        elif key != CONFIRMATION and _MARKUP.search(text):
            what = f"{label} holds markup: '{shown(text)}'."
            found.append(Refusal(key, what, "Write plain text, without HTML or Markdown."))
    return found


def is_confirmed(answers: Mapping[str, str]) -> bool:
    """Say whether the contributor has ticked every box."""
    text = answers.get(CONFIRMATION, "").lower()
    return "[x]" in text and "[ ]" not in text
