"""`plot`: draw a picture of the edition, or list the pictures there are."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lunarprogrammes.cli._common import add_perspective, note, open_dataset, print_rows
from lunarprogrammes.errors import LunarProgrammesError

SUMMARY = "Draw a picture: timeline, Moon map, camps, slips, phases, partners, coverage."
_FORMATS = ("svg", "png", "csv", "json", "html")
_THEMES = ("light", "dark")


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("name", nargs="?", help="the picture; without it, the list of pictures")
    parser.add_argument("--mission", metavar="ID", help="draw the slips of this mission")
    parser.add_argument("--programme", metavar="ID", help="only this programme and its parts")
    parser.add_argument("--output", metavar="FILE", type=Path, help="write to a file")
    parser.add_argument(
        "--format", choices=_FORMATS, help="default: as the file is named, else svg"
    )
    parser.add_argument(
        "--theme", choices=_THEMES, default=_THEMES[0], help="of svg and png; default: %(default)s"
    )
    add_perspective(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the picture to the file, or to standard output; say in words what it shows."""
    from lunarprogrammes.plot import NAMES, make

    if not arguments.name:
        print_rows(
            ("name", "options", "shows"),
            (
                {
                    "name": name,
                    "options": " ".join(f"--{option}" for option in one.options),
                    "shows": one.says,
                }
                for name, one in NAMES.items()
            ),
            "table",
        )
        return 0
    target: Path | None = arguments.output
    form = arguments.format or (target.suffix.removeprefix(".").lower() if target else "svg")
    if target is None and form == "png" and sys.stdout.isatty():
        raise LunarProgrammesError(
            "A PNG is nothing for a terminal.", remedy="Name a file with --output."
        )
    picture = make(
        open_dataset(arguments),
        arguments.name,
        mission=arguments.mission,
        programme=arguments.programme,
    )
    content = picture.content(form, theme=arguments.theme)
    if target is not None:
        from lunarprogrammes.export.files import whole

        with whole(target) as fresh:
            fresh.write_bytes(content)
    elif form == "png":
        sys.stdout.buffer.write(content)
    else:
        sys.stdout.write(content.decode())
    note(f"{picture.title}. {picture.text}")
    return 0 if picture.rows else 1
