"""The command line: one module per command, each with a summary, `register` and `run`.

A command is added by adding a module. Only the module of the command that was asked for is
imported, so that `show` does not pay for `build`.

Exit codes: 0 done; 1 the answer is bad news (problems found, nothing found); 2 the request could
not be carried out; 130 interrupted.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Any

from lunarprogrammes import __version__
from lunarprogrammes.errors import LunarProgrammesError, RetiredId

EXIT_CODES = (
    "exit codes: 0 done; 1 problems or nothing found; 2 the request could not be carried out"
)


def _speak_utf8() -> None:
    """Let every name be printed: a pipe gets UTF-8, a terminal a mark for what it cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, TextIOWrapper) or "utf" in stream.encoding.lower():
            continue
        if stream.isatty() or "PYTHONIOENCODING" in os.environ:
            stream.reconfigure(errors="replace")
        else:
            # Words of the command line that were no text come back as they were written.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; a user's mistake never shows a traceback."""
    # `list` is the module of that command here, once it has been imported: not the builtin.
    words = [*(sys.argv[1:] if argv is None else argv)]
    _speak_utf8()
    try:
        code = _run(words)
        # What is still buffered must meet a closed pipe here, not at the end of the interpreter.
        sys.stdout.flush()
        return code
    except LunarProgrammesError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of the pipe has gone (`| head`); nothing is left to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"error: {where}{error.strerror or error}.", file=sys.stderr)
        return 2


class _Version(argparse.Action):
    """Both versions: the package's SemVer, for schema and API, and the date of its edition."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        """Print the versions and leave."""
        from lunarprogrammes.edition import Edition

        print(f"lunarprogrammes {__version__}, edition {Edition.open().version}")
        parser.exit()


def commands() -> dict[str, str]:
    """Return the module of each command by the command's name, in alphabetical order."""
    # A listing of the folder costs a tenth of what pkgutil does to import.
    files = (name for name in os.listdir(__path__[0]) if name.endswith(".py"))
    names = sorted(name.removesuffix(".py") for name in files if not name.startswith("_"))
    return {name.replace("_", "-"): name for name in names}


def parser_of(words: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser for a command line; only the modules that it needs are imported."""
    known = commands()
    parser = argparse.ArgumentParser(
        prog="lunarprogrammes",
        description="Lunar missions, programmes and partners, each fact with its source.",
        epilog=EXIT_CODES,
        formatter_class=_formatter,
    )
    parser.add_argument("--version", action=_Version, help="show both versions and exit")
    sub = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    wanted = [words[0]] if words and words[0] in known else [*known]
    for name in wanted:
        module = import_module(f"{__name__}.{known[name]}")
        command = sub.add_parser(
            name,
            help=module.SUMMARY,
            description=module.SUMMARY,
            epilog=EXIT_CODES,
            formatter_class=_formatter,
        )
        module.register(command, words[1:])
        command.set_defaults(run=module.run)
    return parser


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Lay out help for the terminal's width; argparse would import shutil to ask for it."""
    try:
        width = os.get_terminal_size().columns
    except OSError:
        width = 100
    return argparse.HelpFormatter(prog, width=min(width, 120) - 2)


def _run(words: list[str]) -> int:
    if not words:
        from lunarprogrammes.cli._overview import overview

        print(overview())
        return 0
    if not words[0].startswith("-") and words[0] not in commands():
        from lunarprogrammes.find import closest

        close = closest(commands(), words[0])
        raise LunarProgrammesError(
            f"There is no command '{words[0]}'.",
            expected=f"The commands are {', '.join(commands())}.",
            remedy=f"Did you mean {close[0]}?" if close else "",
        )
    try:
        arguments: Any = parser_of(words).parse_args(words)
    except SystemExit as stop:
        return int(stop.code or 0)
    import warnings

    with warnings.catch_warnings():
        # Beside the answer, in our words: which line of ours noticed it is nothing to the user.
        warnings.simplefilter("always", RetiredId)
        warnings.showwarning = _noter(warnings.showwarning)
        return int(arguments.run(arguments))


def _noter(show: Callable[..., None]) -> Callable[..., None]:
    """Return what prints the note of a retired id once, and leaves other warnings as they are."""
    told = set()

    def note(message: Any, category: type, *where: Any, **more: Any) -> None:
        if not issubclass(category, RetiredId):
            show(message, category, *where, **more)
        elif str(message) not in told:
            told.add(str(message))
            print(f"note: {message}", file=sys.stderr)

    return note
