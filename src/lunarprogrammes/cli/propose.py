"""`propose`: the form `Propose a fact` becomes a source's folder, or a list of what is to do."""

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

from lunarprogrammes.cli._common import print_json
from lunarprogrammes.errors import LunarProgrammesError

SUMMARY = "Turn the text of the form Propose a fact into a source's folder, and report."


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("file", metavar="FILE", help="the text of the issue, or - for the input")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--dry-run", action="store_true", help="report and write nothing")
    parser.add_argument("--seeds", type=Path, default=Path("seeds"), metavar="PATH")
    parser.add_argument(
        "--edition", metavar="PATH", help="where records are looked up; default: the package's"
    )


def run(arguments: argparse.Namespace) -> int:
    """Understand, try, write, report; exit code 1 if the fact cannot be used as it is."""
    from lunarprogrammes.edition import Edition
    from lunarprogrammes.proposals import form, placing, report
    from lunarprogrammes.proposals.proposal import understand

    edition = Edition.open(arguments.edition)
    answers = form.answers_of(form.decode(_read(arguments.file)))
    proposal = understand(answers, edition)
    placed, written, folder = None, False, ""
    if proposal.is_ready:
        folder = (arguments.seeds / proposal.source_id).as_posix()
        # The clock is read here, at the edge.
        today = datetime.datetime.now(tz=datetime.UTC).date()
        placed = placing.place(proposal, arguments.seeds, edition, today=today)
        if placed.is_good and not arguments.dry_run:
            placing.write(proposal, placed, arguments.seeds)
            written = True
    answer = report.Answer(proposal, placed, folder, written)
    if arguments.format == "json":
        print_json(report.as_values(answer))
    else:
        print(report.as_text(answer), end="")
    return 0 if answer.state in {report.WRITTEN, report.READY} else 1


def _read(name: str) -> bytes:
    from lunarprogrammes.proposals.form import MAX_CHARACTERS

    # One byte more than any good text has, so that a huge one is refused without being read.
    most = 4 * MAX_CHARACTERS + 1
    if name == "-":
        return sys.stdin.buffer.read(most)
    path = Path(name)
    if path.is_dir():
        raise LunarProgrammesError("This is a folder.", place=name, remedy="Name a file.")
    with path.open("rb") as file:
        return file.read(most)
