"""`check`: validate readings before they become an edition, and repair what is certain."""

import argparse
import datetime
import os
import shutil
import sys
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lunarprogrammes.check.reporters import formats
from lunarprogrammes.errors import LunarProgrammesError

if TYPE_CHECKING:
    from lunarprogrammes.check import Report
    from lunarprogrammes.check.fixing.plan import Change
    from lunarprogrammes.check.selection import Selection
    from lunarprogrammes.check.several import Scope

SUMMARY = (
    "Check seeds/ or sources' folders: files, schema, evidence, sense; repair what is certain."
)
_PIPE_WIDTH = 100


class UsageError(LunarProgrammesError):
    """Options that do not go together."""

    code = "usage"


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    add = parser.add_argument
    add(
        *("path",),
        nargs="*",
        type=Path,
        metavar="PATH",
        help="a seeds folder or folders of sources; default: seeds",
    )
    add("--format", choices=formats(), default="text", help="default: %(default)s")
    add("--output", type=Path, metavar="FILE", help="write the report there")
    rules = "codes (X101), their beginnings (F, L1), families (evidence) or names (chronology)"
    add(
        "--select", action="append", default=[], metavar="RULES", help=f"report only these: {rules}"
    )
    add(
        "--ignore",
        action="append",
        default=[],
        metavar="RULES",
        help="do not report these; of two words that fit a rule the longer one decides",
    )
    add(
        "--against",
        metavar="EDITION",
        help="refer to the records of this edition too: package, or a folder or zip",
    )
    add("--baseline", type=Path, metavar="FILE", help="pass over the known problems in this file")
    add("--write-baseline", type=Path, metavar="FILE", help="write all problems there as known")
    add("--expires", metavar="DATE", help="with --write-baseline: the last day they are known")
    add("--fix", action="store_true", help="repair what is certain, then check")
    add(
        "--diff",
        action="store_true",
        help="show what --fix would change, without it change nothing",
    )
    add("--quiet", action="store_true", help="say nothing where nothing is wrong")
    add("--statistics", action="store_true", help="add the number of problems of each rule")
    failing = parser.add_mutually_exclusive_group()
    failing.add_argument("--strict", action="store_true", help="let warnings fail too: exit code 1")
    failing.add_argument(
        "--no-fail-on-warning",
        dest="strict",
        action="store_false",
        help="let errors alone fail; this is the default",
    )


def run(arguments: argparse.Namespace) -> int:
    """Repair if asked to, check, report; exit code 1 if anything has to be repaired."""
    from lunarprogrammes.check.baseline import day
    from lunarprogrammes.check.selection import Selection
    from lunarprogrammes.check.several import Scope

    _refuse_what_does_not_fit(arguments)
    expires = day(arguments.expires) if arguments.expires else None
    selection = Selection.of(arguments.select, arguments.ignore)
    scope = Scope.of(_from_here(path) for path in arguments.path or [Path("seeds")])
    # The clock is read here, at the edge: the checker itself takes the day as an argument.
    today = datetime.datetime.now(tz=datetime.UTC).date()
    if arguments.fix or arguments.diff:
        changes = _changes(scope, selection)
        if arguments.diff:
            _show(_diff(changes, sys.stdout.isatty() and _is_apart(arguments)), arguments)
        if not arguments.fix:
            return 1 if changes else 0
        _fix(changes, arguments)
    report = selection.of_report(_report(scope, today, arguments))
    if expires:
        return _write_baseline(report, expires, arguments)
    if arguments.baseline:
        report = _without_known(report, scope, selection, today, arguments.baseline)
    _present(report, scope, selection, arguments)
    from lunarprogrammes.check.reporters import exit_code

    return exit_code(report, strict=arguments.strict)


def _refuse_what_does_not_fit(arguments: argparse.Namespace) -> None:
    if arguments.write_baseline and not arguments.expires:
        remedy = "Say with --expires DATE until when they are passed over."
        raise UsageError("Known problems need a day on which they expire.", remedy=remedy)
    if arguments.expires and not arguments.write_baseline:
        raise UsageError("--expires says nothing without --write-baseline FILE.")
    if arguments.write_baseline and (arguments.baseline or arguments.output):
        other = "--baseline" if arguments.baseline else "--output"
        raise UsageError(f"--write-baseline does not go together with {other}.")


def _from_here(path: Path) -> Path:
    """Return a path below the working directory as it is from there, as pipelines need it."""
    here = Path.cwd()
    inside = path.is_absolute() and path.is_relative_to(here)
    return path.relative_to(here) if inside else path


def _report(scope: "Scope", today: datetime.date, arguments: argparse.Namespace) -> "Report":
    from lunarprogrammes.check import check_seeds
    from lunarprogrammes.check.several import check_scope
    from lunarprogrammes.cli._progress import Progress

    progress = Progress(sys.stderr)
    told = None if arguments.quiet else progress
    try:
        if not arguments.against:
            return check_scope(scope, partial(check_seeds, progress=told, today=today))
        from lunarprogrammes.check.against import check_against
        from lunarprogrammes.edition import Edition

        edition = Edition.open(None if arguments.against == "package" else arguments.against)
        check = partial(check_against, edition=edition, progress=told, today=today)
        return check_scope(scope, check)
    finally:
        progress.close()


def _changes(
    scope: "Scope", selection: "Selection", within: Collection[str] | None = None
) -> "list[Change]":
    from lunarprogrammes.check.fixing.plan import plan

    def admits(code: str) -> bool:
        # The house's form has no rule: who asks for some rules does not ask for it.
        return selection.admits(code) if code else not selection.is_narrowed

    return [
        change
        for root, only in scope.folders.items()
        for change in plan(root, only, admits=admits, within=within)
    ]


def _diff(changes: "list[Change]", for_terminal: bool) -> str:  # noqa: FBT001
    from lunarprogrammes.check.fixing.diff import unified

    return unified(changes, for_terminal=for_terminal)


def _fix(changes: "list[Change]", arguments: argparse.Namespace) -> None:
    from lunarprogrammes.check.fixing.diff import summary
    from lunarprogrammes.check.fixing.writing import write_change

    for change in changes:
        write_change(change)
    if not arguments.diff and not arguments.quiet:
        _show(summary(changes) or "Nothing could be repaired for certain.\n", arguments)


def _is_apart(arguments: argparse.Namespace) -> bool:
    """Say whether what is not the report may stand on standard output."""
    has_report = arguments.fix or not arguments.diff
    return bool(arguments.format == "text" or arguments.output or not has_report)


def _show(text: str, arguments: argparse.Namespace) -> None:
    print(text, end="", file=sys.stdout if _is_apart(arguments) else sys.stderr)


def _write_baseline(report: "Report", expires: datetime.date, arguments: argparse.Namespace) -> int:
    from lunarprogrammes.check.baseline import written
    from lunarprogrammes.check.fixing.writing import write_out

    write_out(arguments.write_baseline, written(report.problems, expires).encode())
    if not arguments.quiet:
        count = len(report.problems)
        noun = "problem is" if count == 1 else "problems are"
        print(f"{arguments.write_baseline}: {count:,} {noun} known until {expires}.")
    return 0


def _without_known(
    report: "Report", scope: "Scope", selection: "Selection", today: datetime.date, path: Path
) -> "Report":
    from lunarprogrammes.check.baseline import Entry, read

    def covers(entry: Entry) -> bool:
        code, where, *_ = entry.identity
        return selection.admits(code) and scope.covers(where)

    known = read(path).of_report(report, today=today, covers=covers)
    return selection.of_report(known)


def _present(
    report: "Report", scope: "Scope", selection: "Selection", arguments: argparse.Namespace
) -> None:
    from lunarprogrammes.check.fixing.plan import corrections_of
    from lunarprogrammes.check.fixing.writing import write_out
    from lunarprogrammes.check.reporters import View, reporter, whole_path
    from lunarprogrammes.check.statistics import statistics

    # Programs are told how to repair; people, in text, how much of it can be left to the command.
    touched = {whole_path(report, problem.path) for problem in report.problems}
    is_told = arguments.format in {"sarif", "text"}
    changes = _changes(scope, selection, touched) if touched and is_told else []
    terminal = sys.stdout.isatty() and not arguments.output
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    view = View(
        width=shutil.get_terminal_size().columns if terminal else _PIPE_WIDTH,
        has_colour=colour,
        is_strict=arguments.strict,
        is_quiet=arguments.quiet,
        corrections=corrections_of(report, changes),
    )
    text = reporter(arguments.format)(report, view)
    if arguments.output:
        write_out(arguments.output, text.encode("utf-8", "replace"))
    else:
        print(text, end="")
    if arguments.statistics:
        _show(statistics(report), arguments)
    if arguments.format == "text" and not arguments.quiet:
        _show(_hint(report, changes), arguments)


def _hint(report: "Report", changes: "list[Change]") -> str:
    from lunarprogrammes.check.fixing.plan import repairable

    count = repairable(report, changes)
    these = "one of these problems" if count == 1 else f"{count:,} of these problems"
    return f"--fix repairs {these}; --diff shows how.\n" if count else ""
