"""One check of a seeds folder, or of one source in it: read, examine, ask every rule, report."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

from lunarprogrammes.check.bounds import Tally, bounded
from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import Place, Problem, Report
from lunarprogrammes.check.rule import UNSEEN, Remark, rule_set
from lunarprogrammes.collector import without_collector
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.evidence.seeds import read_seeds
from lunarprogrammes.tables import names_of_tables

Progress = Callable[[str, int, int], None]


class CheckError(LunarProgrammesError):
    """What was named is no seeds folder and no folder of a source."""

    code = "cannot-check"


def check_seeds(
    path: Path, *, progress: Progress | None = None, today: datetime.date | None = None
) -> Report:
    """Check a seeds folder, or one source's folder against the others beside it.

    Only problems of the folder named are reported. `today` is the day up to which documents may be
    dated; without it no date counts as lying in the future. `progress` is called with what is done,
    how much of it, and of how much. Raises `CheckError` where there is nothing to check.

    >>> check_seeds(Path("no-such-folder"))
    Traceback (most recent call last):
    lunarprogrammes.check.run.CheckError: no-such-folder: There is no such folder. ...
    """
    with without_collector():
        return _report(path, progress, today)


def _report(path: Path, progress: Progress | None, today: datetime.date | None) -> Report:
    root, only = _place(path)
    try:
        seeds = read_seeds(root, None if only is None else _sources(root, only))
    except OSError as error:
        what = f"The folder cannot be read: {error.strerror}."
        raise CheckError(what, place=str(path), remedy="See who may read it.") from None
    examination = Examination(seeds, today, only)
    problems = [
        problem
        for problem in _problems(examination, progress)
        if only is None or problem.path == only or problem.path.startswith(f"{only}/")
    ]
    sheets = [sheet for sheet in examination.sheets if only in {None, sheet.source}]
    report = Report.of(
        problems,
        root=root.as_posix(),
        files=len(sheets) + sum(only in {None, name} for name in examination.entries),
        rows=sum(len(sheet.file.records) for sheet in sheets),
        claims=examination.ledger.count(only),
    )
    # Its parts know each other. Taken apart they go at once, without a walk of the collector.
    vars(examination).clear()
    return report


def _place(path: Path) -> tuple[Path, str | None]:
    """Return the seeds folder, and the source that alone is to be reported, or None."""
    if not path.is_dir():
        what = "This is a file." if path.exists() else "There is no such folder."
        remedy = "Name a seeds folder, or the folder of one source in it."
        raise CheckError(what, place=str(path), remedy=remedy)
    if _is_source(path):
        # The name of `.` is empty: the folder has to be known by its own name.
        full = path if path.name not in {"", ".."} else path.resolve()
        return full.parent, full.name
    if (path / "decisions.csv").is_file() or any(_is_source(entry) for entry in path.iterdir()):
        return path, None
    raise CheckError(
        "The folder holds no readings.",
        place=str(path),
        expected="Expected folders with source.json, or one such folder.",
        remedy="Name a seeds folder, or the folder of one source in it.",
    )


def _is_source(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    tables = (folder / f"{name}.csv" for name in names_of_tables())
    return (folder / "source.json").is_file() or any(table.is_file() for table in tables)


def _sources(root: Path, only: str) -> list[str]:
    """Return the folders against which one source is checked: whatever else lies there is left."""
    return [entry.name for entry in root.iterdir() if entry.name == only or _is_source(entry)]


def _problems(examination: Examination, progress: Progress | None) -> Iterator[Problem]:
    checkers = rule_set().checkers
    for done, checker in enumerate((_of_cells, _of_entries, *checkers), 1):
        yield from bounded(checker(examination))
        if progress:
            progress("rules", done, len(checkers) + 2)


def _of_cells(examination: Examination) -> Iterator[Problem]:
    """Yield the remarks of the inspectors on the cells of the sheets."""
    for sheet, blemishes in examination.blemishes.items():
        tally = Tally()
        for _, column, remark, number in blemishes:
            key = column, remark.rule.code
            if remark is UNSEEN:
                tally.unseen[column] += 1
            elif tally.admits(*key):
                row = sheet.file.row(number)
                place = sheet.cell(row, column, remark.offset)
                tally.add(_worded(remark, place, sheet.record(row), column), *key)
        yield from tally.told()


def _of_entries(examination: Examination) -> Iterator[Problem]:
    """Yield the remarks of the inspectors on the parts of every `source.json`."""
    for source, remarks in examination.entry_remarks.items():
        for name, remark in remarks.items():
            place = examination.entries[source].place(name, remark.offset)
            yield _worded(remark, place, f"sources/{source}", name)


def _worded(remark: Remark, place: Place, record: str, field: str) -> Problem:
    return remark.rule.at(
        place,
        remark.what,
        expected=remark.expected,
        remedy=remark.remedy,
        record=record,
        field=field,
    )
