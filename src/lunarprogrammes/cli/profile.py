"""`profile`: what an actor is to the camps, what it brings to each, what binds it, what it said."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict

from lunarprogrammes.cli._common import (
    add_format,
    add_perspective,
    bold,
    open_dataset,
    print_json,
    print_rows,
)
from lunarprogrammes.commitments import Commitment
from lunarprogrammes.profile import Profile, profile_of

SUMMARY = "Show an actor's camps, what it brings to each programme, what binds it, what it said."
_BROUGHT = ("programme", "kind", "what", "by", "to", "mission", "since", "status")
_COMMITTED = ("force", "agreement", "since", "until")


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument("actor", metavar="ACTOR", help="a state, an agency or another actor")
    add_format(parser, "text", "json")
    add_perspective(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the profile; exit code 1 if nothing but the actor's name was read."""
    profile = profile_of(open_dataset(arguments), arguments.actor)
    if arguments.format == "json":
        print_json(_as_json(profile))
    else:
        _print(profile)
    known = (profile.memberships, profile.commitments, profile.brought, profile.positions)
    return 0 if any(known) else 1


def _print(profile: Profile) -> None:
    print(bold(profile.name))
    for one in profile.memberships:
        print(f"  {one}  ({one.record})")
    if profile.brought:
        print("\n" + bold("Brings"))
        rows = ({name: getattr(one, name) for name in _BROUGHT} for one in profile.brought)
        print_rows(_BROUGHT, rows, "table")
    if profile.commitments:
        print("\n" + bold("Is committed to"))
        print_rows(_COMMITTED, map(_commitment, profile.commitments), "table")
    if profile.positions:
        print("\n" + bold(f"Said ({len(profile.positions)} statements)"))
        for said in profile.positions:
            who = said.speaker or said.actor
            print(f"  {said.date or said.reported or 'undated'}  {who}: {said.summary}")


def _commitment(one: Commitment) -> dict[str, str]:
    return {
        "force": one.force,
        "agreement": one.agreement,
        "since": one.since.text if one.since else "undated",
        "until": one.until.text if one.until else "",
    }


def _as_json(profile: Profile) -> dict[str, object]:
    return {
        "actor": profile.actor,
        "name": profile.name,
        "memberships": [
            {
                "camp": one.camp,
                "actor": one.actor,
                "level": one.level,
                "standing": one.standing,
                "since": one.since.text if one.since else "",
                "until": one.until.text if one.until else "",
                "ordinal": one.ordinal,
                "record": one.record,
            }
            for one in profile.memberships
        ],
        "brought": [asdict(one) for one in profile.brought],
        "commitments": [_commitment(one) for one in profile.commitments],
        "positions": [asdict(one) for one in profile.positions],
    }
