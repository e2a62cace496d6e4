"""`new-source`: a folder for a document that you are about to read."""

import argparse
import datetime
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lunarprogrammes.cli._common import note
from lunarprogrammes.errors import LunarProgrammesError

if TYPE_CHECKING:
    from lunarprogrammes.proposals.questions import Question
    from lunarprogrammes.proposals.zotero import Carried

SUMMARY = "Make the folder of a new source: asks, takes options, or reads a Zotero export."
_OPTIONS = {
    "title": "its title, as it shows it",
    "type": "what sort of document it is",
    "tier": "how near it stands to the facts",
    "accessed": "the day you read it",
    "issued": "the date it bears, as precise as it is",
    "publisher": "its publisher, as it shows it",
    "url": "its own public address",
    "language": "its language as a BCP 47 tag; default: en",
    "locator": "where it shows all this; default: Title",
}


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    from lunarprogrammes.proposals.source_json import terms

    parser.add_argument(
        "id",
        nargs="?",
        metavar="ID",
        help="publisher-year-words, such as nasa-2026-artemis-ii; proposed if left out",
    )
    for name, meaning in _OPTIONS.items():
        # Not `choices`: our own message also says which term was probably meant.
        listed = f": {', '.join(terms(name))}" if terms(name) else ""
        shape = "DATE" if name in {"accessed", "issued"} else None
        parser.add_argument(f"--{name}", help=meaning + listed, metavar=shape)
    parser.add_argument("--author", action="append", default=[], help="may be given several times")
    parser.add_argument("--csl", type=Path, metavar="FILE", help="CSL-JSON, as Zotero exports it")
    parser.add_argument("--item", metavar="KEY", help="which item of the export")
    parser.add_argument(
        "--tables", default="", metavar="NAMES", help="tables to prepare, such as missions,partners"
    )
    parser.add_argument("--seeds", type=Path, default=Path("seeds"), metavar="PATH")


def run(arguments: argparse.Namespace) -> int:
    """Gather the parts, write the folder whole, and say what is left to do."""
    from lunarprogrammes.canonical import json_text
    from lunarprogrammes.proposals import folders, sheets, source_json

    tables = sheets.tables_of(arguments.tables)
    if arguments.item and not arguments.csl:
        raise LunarProgrammesError("--item needs an export.", remedy="Name it with --csl FILE.")
    if arguments.id:
        # Before anybody is asked anything.
        folders.place_of(arguments.seeds, arguments.id)
    carried = _from_export(arguments)
    parts = {**(carried.parts if carried else {}), **_from_options(arguments)}
    parts, source_id = _completed(arguments, parts)
    described = source_json.described(source_id, parts, carried.extra if carried else None)
    files = {"source.json": json_text(described)}
    files |= {f"{table.name}.csv": sheets.header_of(table) for table in tables}
    folder = folders.write_folder(arguments.seeds, source_id, files)
    for name in files:
        print(folder / name)
    _say_what_remains(folder, prepared=bool(tables))
    return 0


def _from_export(arguments: argparse.Namespace) -> "Carried | None":
    if not arguments.csl:
        return None
    from lunarprogrammes.proposals import zotero

    items = zotero.read_export(arguments.csl)
    item = zotero.choose(items, arguments.item, str(arguments.csl))
    carried = zotero.carry_over(item)
    for remark in carried.notes:
        note(f"note: {remark}")
    return carried


def _from_options(arguments: argparse.Namespace) -> dict[str, str]:
    from lunarprogrammes.proposals.source_json import valid

    given = {name: getattr(arguments, name) for name in _OPTIONS}
    given["author"] = ";".join(arguments.author)
    found = {}
    for name, text in given.items():
        if text:
            try:
                found[name] = valid(name, text)
            except LunarProgrammesError as error:
                raise LunarProgrammesError(str(error), place=f"--{name}") from None
    return found


def _completed(
    arguments: argparse.Namespace, parts: Mapping[str, str]
) -> tuple[dict[str, str], str]:
    """Return all parts and the id: asked for on a terminal, refused elsewhere if any is missing."""
    from lunarprogrammes.proposals import questions, source_json
    from lunarprogrammes.proposals.folders import place_of

    full = dict(parts)
    lacking = [name for name in source_json.NEEDED if name not in full]
    asking = sys.stdin.isatty() and (lacking or not arguments.id)
    if asking:
        # The clock is read here, at the edge; today is only what Enter stands for.
        today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        for question in questions.missing(full, today):
            full[question.name] = _ask(question)
    elif lacking:
        options = ", ".join(f"--{name}" for name in lacking)
        raise LunarProgrammesError(
            f"Not all is known of the document: {', '.join(lacking)}.",
            remedy=f"Give {options}, or run the command on a terminal, where it asks.",
        )
    full.setdefault("language", source_json.DEFAULT_LANGUAGE)
    of_id = questions.of_id(full)
    while asking and not arguments.id:
        try:
            answer = _ask(of_id)
            place_of(arguments.seeds, answer)
            return full, answer
        except LunarProgrammesError as error:
            note(f"  {error}")
    return full, arguments.id or of_id.default


def _ask(question: "Question") -> str:
    """Put a question until an answer will do; the end of the input ends the command."""
    while True:
        try:
            return question.answered(input(question.text()))
        except EOFError:
            raise LunarProgrammesError(
                "The answers ended before the questions; nothing was written."
            ) from None
        except LunarProgrammesError as error:
            if error.code == "folder-exists":
                raise
            note(f"  {error}")


def _say_what_remains(folder: Path, *, prepared: bool) -> None:
    from lunarprogrammes.check import check_seeds

    if not prepared:
        print("Next: one CSV per table with the table's columns and a locator; then")
    else:
        print("Next: fill a row for each fact, with its locator, and delete what stays empty; then")
    print(f"  lunarprogrammes check {folder}")
    problems = check_seeds(folder).problems
    if problems:
        print("Until then it finds:")
        for one in dict.fromkeys(f"  {one.code} {one.path}: {one.what}" for one in problems):
            print(one)
