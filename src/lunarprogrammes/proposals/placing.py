"""Putting a proposed fact into its source's folder: tried in a scratch folder first, then written.

The fact is checked beside the published edition and the readings at hand before anything is
written, and nothing is written unless the check finds no error.
"""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from lunarprogrammes.canonical import json_text
from lunarprogrammes.check.against import beside, is_source
from lunarprogrammes.check.problems import ERROR, Problem
from lunarprogrammes.check.run import check_seeds
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import SeedsError
from lunarprogrammes.evidence.seeds import SourceFile, read_source
from lunarprogrammes.evidence.tabular import read_tabular
from lunarprogrammes.find import fold
from lunarprogrammes.proposals import folders, sheets
from lunarprogrammes.proposals.proposal import UNCLEAR, Doubt, Proposal

DOCUMENT, LABEL = "title", "Title of the document"


class Placed(NamedTuple):
    """What would be written, what the check finds in it, and what stands in the way.

    `before` is the text that a file of an existing folder had when it was read; None for a new one.
    """

    files: Mapping[str, str]
    problems: tuple[Problem, ...]
    doubts: tuple[Doubt, ...]
    is_new_folder: bool
    before: str | None = None

    @property
    def is_good(self) -> bool:
        """Whether it may be written: nothing is in doubt and no error was found."""
        return not self.doubts and not any(one.severity == ERROR for one in self.problems)


def place(
    proposal: Proposal, seeds: Path, edition: Edition, *, today: datetime.date | None = None
) -> Placed:
    """Try a proposal that is ready beside the edition and the readings at hand; write nothing."""
    folder = seeds / proposal.source_id
    joins = is_source(folder) and not folder.is_symlink()
    if not joins:
        folders.place_of(seeds, proposal.source_id)
    listed = seeds.iterdir() if seeds.is_dir() else ()
    own = [entry.name for entry in listed if is_source(entry) and not entry.is_symlink()]
    files: Mapping[str, str] = {}
    before = None
    with beside(edition, seeds, own) as (scratch, _):
        tried = scratch / proposal.source_id
        doubts = _told_elsewhere(proposal, scratch)
        if not joins:
            tried.mkdir()
            files = _new(proposal)
        elif not doubts and not (doubts := _misfit(proposal, tried)):
            before = _text_of(tried / _file_name(proposal))
            files = _added(proposal, before)
        for name, text in files.items():
            (tried / name).write_text(text, encoding="utf-8", newline="")
        problems = check_seeds(tried, today=today).problems if files else ()
    return Placed(files, problems, tuple(doubts), not joins, before)


def write(proposal: Proposal, placed: Placed, seeds: Path) -> Path:
    """Write what was tried: a whole new folder, or one file of the one that is there."""
    if placed.is_new_folder:
        return folders.write_folder(seeds, proposal.source_id, placed.files)
    folder = seeds / proposal.source_id
    for name, text in placed.files.items():
        if _text_of(folder / name) != placed.before:
            remedy = "Run the command again."
            raise SeedsError("The file was changed meanwhile.", place=str(folder), remedy=remedy)
        folders.write_file(folder / name, text)
    return folder


def _file_name(proposal: Proposal) -> str:
    assert proposal.target is not None  # a proposal that is ready has one
    return f"{proposal.target.table.name}.csv"


def _text_of(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8") if path.is_file() else None


def _new(proposal: Proposal) -> dict[str, str]:
    return {"source.json": json_text(proposal.source), **_added(proposal, None)}


def _added(proposal: Proposal, before: str | None) -> dict[str, str]:
    assert proposal.target is not None
    table = proposal.target.table
    if before is None:
        return {_file_name(proposal): sheets.sheet_of(table, [proposal.row])}
    return {_file_name(proposal): sheets.with_row(table, before, proposal.row)}


def _misfit(proposal: Proposal, folder: Path) -> list[Doubt]:
    """Return a doubt where the row does not belong into the folder that is there."""
    if any(entry.is_symlink() for entry in folder.iterdir()):
        # Reading or writing through a link could touch any file of the machine.
        what = f"The folder {folder.name} holds a symbolic link."
        return [Doubt(UNCLEAR, DOCUMENT, LABEL, what, "Put the file itself there.")]
    differing = _differing(read_source(folder), proposal.source)
    if differing:
        what = f"The folder {folder.name} describes a document that differs in {differing}."
        remedy = "Give these parts as the folder has them, if it is the same document."
        return [Doubt(UNCLEAR, DOCUMENT, LABEL, what, remedy)]
    path = folder / _file_name(proposal)
    if not path.is_file():
        return []
    file = read_tabular(path)
    if file.faults:
        what = f"The file {folder.name}/{path.name} has faults of its own."
        return [Doubt(UNCLEAR, DOCUMENT, LABEL, what, "Mend it first; the check names them.")]
    filled = {name: text for name, text in proposal.row.items() if text}
    if any({name: text for name, text in row.cells.items() if text} == filled for row in file.rows):
        what = f"The fact stands in {folder.name}/{path.name} already."
        return [Doubt(UNCLEAR, "value", "Value", what, "There is nothing to do.")]
    return []


def _differing(there: SourceFile, proposed: Mapping[str, object]) -> str:
    if there.fault:
        return "everything: its source.json cannot be read"
    new = json.loads(json_text(proposed))
    names = dict.fromkeys([*there.data, *new])
    return ", ".join(name for name in names if there.data.get(name) != new.get(name))


def _told_elsewhere(proposal: Proposal, scratch: Path) -> list[Doubt]:
    """Return a doubt where the document is read already under another id: it is one witness."""
    url, title = proposal.source.get("URL"), fold(str(proposal.source["title"]))
    publisher = fold(str(proposal.source.get("publisher", "")))
    for entry in sorted(scratch.iterdir()):
        if not entry.is_dir() or entry.name == proposal.source_id:
            continue
        cells = read_source(entry).cells
        same_title = fold(cells["title"]) == title and fold(cells["publisher"]) == publisher
        if (url and cells["url"] == url) or (title and same_title):
            what = f"The document is read already, as {entry.name}."
            remedy = (
                f"Ask in the issue for a row in seeds/{entry.name}: one document is one source."
            )
            return [Doubt(UNCLEAR, DOCUMENT, LABEL, what, remedy)]
    return []
