"""`new-source`: a folder for a document that you are about to read."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from lunarprogrammes.build import json_text
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.tables.sources import SOURCE_TYPE, TIER

SUMMARY = "Make the folder of a new source with its source.json; you add the facts."


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    tiers = [tier for tier in TIER.terms if tier != "editors"]
    parser.add_argument(
        "id", metavar="ID", help="publisher-year-words, such as nasa-2026-artemis-ii"
    )
    parser.add_argument("--title", required=True)
    parser.add_argument("--type", required=True, choices=list(SOURCE_TYPE.terms))
    parser.add_argument("--tier", required=True, choices=tiers)
    parser.add_argument("--accessed", required=True, metavar="DATE", help="the day you read it")
    parser.add_argument("--issued", metavar="DATE", help="the date it bears, as precise as it is")
    parser.add_argument("--publisher")
    parser.add_argument("--author", action="append", default=[], help="may be given several times")
    parser.add_argument("--url")
    parser.add_argument("--language", default="en")
    parser.add_argument("--locator", default="Title", help="where the document shows all this")
    parser.add_argument("--seeds", type=Path, default=Path("seeds"), metavar="PATH")


def run(arguments: argparse.Namespace) -> int:
    """Write the folder and say what to do next."""
    from lunarprogrammes.tables import get

    folder = arguments.seeds / get("sources").fields["id"].parse(arguments.id)
    if folder.exists():
        raise LunarProgrammesError(
            f"{folder} exists already.", remedy="Choose another id, or add to the folder."
        )
    described = {
        "id": arguments.id,
        "type": arguments.type,
        "title": arguments.title,
        "author": [{"literal": name} for name in arguments.author],
        "publisher": arguments.publisher,
        "issued": _csl_date(arguments.issued),
        "accessed": _csl_date(arguments.accessed),
        "URL": arguments.url,
        "language": arguments.language,
        "custom": {"tier": arguments.tier, "locator": arguments.locator},
    }
    folder.mkdir(parents=True)
    text = json_text({name: value for name, value in described.items() if value})
    (folder / "source.json").write_text(text, encoding="utf-8")
    print(f"{folder / 'source.json'}")
    print("Next: one CSV per table with the table's columns and a locator; then")
    print(f"  lunarprogrammes check {folder}")
    return 0


def _csl_date(text: str | None) -> dict[str, object] | None:
    if not text:
        return None
    date = UncertainDate(text)
    if date.precision in {"day", "month", "year"} and not (
        date.is_approximate or date.is_uncertain
    ):
        return {"date-parts": [[int(part) for part in date.text.split("-")]]}
    return {"raw": date.text}
