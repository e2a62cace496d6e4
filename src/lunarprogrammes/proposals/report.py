"""What is answered to a proposal: what was understood, what is missing, what is to be done."""

from typing import Any, NamedTuple

from lunarprogrammes.check.problems import ERROR
from lunarprogrammes.proposals.naming import shown
from lunarprogrammes.proposals.placing import Placed
from lunarprogrammes.proposals.proposal import Proposal

WRITTEN, READY, INCOMPLETE, FAULTY = "written", "ready", "incomplete", "faulty"
_SUMMARIES = {
    WRITTEN: "The fact was written into {folder}.",
    READY: "The fact is ready to be written into {folder}; nothing was written.",
    INCOMPLETE: "The proposal cannot be used yet; nothing was written.",
    FAULTY: "The check finds errors in the fact; nothing was written.",
}


class Answer(NamedTuple):
    """A proposal, what became of it, and where it was or would be written."""

    proposal: Proposal
    placed: Placed | None
    folder: str
    written: bool

    @property
    def state(self) -> str:
        """One of written, ready, incomplete, faulty."""
        if self.placed is None or self.proposal.doubts or self.placed.doubts:
            return INCOMPLETE
        if not self.placed.is_good:
            return FAULTY
        return WRITTEN if self.written else READY


def as_values(answer: Answer) -> dict[str, Any]:
    """Return an answer as values for JSON."""
    placed, proposal = answer.placed, answer.proposal
    doubts = [*proposal.doubts, *(placed.doubts if placed else ())]
    return {
        "state": answer.state,
        "summary": _summary(answer),
        "folder": answer.folder,
        "understood": [one._asdict() for one in proposal.taken],
        "to_do": [{**one._asdict(), "offered": list(one.offered)} for one in doubts],
        "problems": [
            {
                "code": one.code,
                "severity": one.severity,
                "path": one.path,
                "line": one.line,
                "column": one.column,
                "field": one.field,
                "what": one.what,
                "expected": one.expected,
                "remedy": one.remedy,
            }
            for one in (placed.problems if placed else ())
        ],
        "files": dict(placed.files) if placed and not placed.doubts else {},
    }


def as_text(answer: Answer) -> str:
    """Return an answer for people; nothing that a stranger wrote can act on where it is shown."""
    values = as_values(answer)
    lines = [values["summary"]]
    if values["understood"]:
        lines += ["", "Understood:"]
        for one in values["understood"]:
            said = "" if one["given"] == one["taken"] else f"  (you wrote '{_safe(one['given'])}')"
            lines.append(f"  {one['label']}: {_safe(one['taken'])}{said}")
    if values["to_do"]:
        lines += ["", "To do:"]
        for one in values["to_do"]:
            lines.append(f"  {one['label']}: {_safe(one['what'], 400)} {_safe(one['remedy'], 400)}")
            lines += [f"    - {_safe(offered)}" for offered in one["offered"]]
    if values["problems"]:
        lines += ["", "The check finds:"]
        for one in values["problems"]:
            rest = " ".join(text for text in (one["what"], one["expected"], one["remedy"]) if text)
            mark = "" if one["severity"] == ERROR else f" ({one['severity']})"
            lines.append(f"  {one['code']}{mark} {one['path']}: {_safe(rest, 600)}")
    if answer.state in {WRITTEN, READY}:
        for name, text in values["files"].items():
            if name.endswith(".csv"):
                lines += ["", f"{name}:", *(f"  {_safe(line, 400)}" for line in text.splitlines())]
    return "\n".join(lines) + "\n"


def _summary(answer: Answer) -> str:
    return _SUMMARIES[answer.state].format(folder=answer.folder)


def _safe(text: str, longest: int = 200) -> str:
    # A report may be posted between fences; a fence of the stranger's own would end them.
    return shown(text, longest).replace("```", "'''")
