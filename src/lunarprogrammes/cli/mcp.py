"""`mcp`: answer assistants over the Model Context Protocol."""

import argparse
from collections.abc import Sequence

SUMMARY = "Serve an edition to assistants over the Model Context Protocol on standard streams."


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("--edition", metavar="PATH", help="folder or zip of a built edition")


def run(arguments: argparse.Namespace) -> int:
    """Serve until standard input ends; a client starts this, not a person."""
    from lunarprogrammes.mcp_server import serve

    serve(arguments.edition)
    return 0
