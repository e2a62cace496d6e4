"""`verify`: whether an edition is as it was built, or a claim what its id says."""

import argparse
import os
import re
from collections.abc import Sequence

from lunarprogrammes.cli._common import add_format, print_json
from lunarprogrammes.edition import Edition
from lunarprogrammes.verify import ClaimVerification, Verification, verify, verify_claim

SUMMARY = (
    "Verify offline that an edition is as it was built, or that a claim says what its id says."
)
_CLAIM_ID = re.compile(r"[a-z2-7]{12}")


def register(parser: argparse.ArgumentParser, words: Sequence[str]) -> None:  # noqa: ARG001
    """Add the arguments of the command."""
    parser.add_argument(
        "what",
        nargs="?",
        metavar="EDITION|CLAIM-ID",
        help="folder or zip of an edition, or a claim's id; default: the edition in the package",
    )
    parser.add_argument("--edition", metavar="PATH", help="with a claim's id: the edition it is in")
    parser.add_argument(
        "--hash", default="", metavar="SHA256", help="the hash of the whole that was published"
    )
    add_format(parser, "text", "json")


def run(arguments: argparse.Namespace) -> int:
    """Print what was compared and what differs; 1 if anything does."""
    what = arguments.what
    if what and _CLAIM_ID.fullmatch(what) and not os.path.exists(what):  # noqa: PTH110
        claim = verify_claim(Edition.open(arguments.edition), what)
        if arguments.format == "json":
            print_json(_claim_as_json(claim))
        else:
            print(_claim_in_words(claim))
        return 0 if claim.holds else 1
    found = verify(Edition.open(what or arguments.edition), published=arguments.hash)
    if arguments.format == "json":
        print_json(_as_json(found))
    else:
        print(_in_words(found))
    return 0 if found.holds else 1


def _in_words(found: Verification) -> str:
    schema = f"schema {found.schema}" if found.schema else "schema not named"
    size = f"{found.files} files, {found.size:,} bytes, {found.claims:,} claims"
    lines = [
        f"Edition {found.edition}, {schema}: {size}",
        f"{found.hash}  (all files)",
        *map(str, found.findings),
    ]
    damaged = len({one.path for one in found.findings})
    lines.append(
        f"Every file is as {found.against} has it, and every claim says what its id says."
        if found.holds
        else f"{damaged} file{'s are' if damaged > 1 else ' is'} not as built."
    )
    return "\n".join(lines)


def _as_json(found: Verification) -> dict[str, object]:
    return {
        "holds": found.holds,
        "name": found.name,
        "edition": found.edition,
        "schema": found.schema,
        "hash": found.hash,
        "against": found.against,
        "files": found.files,
        "bytes": found.size,
        "claims": found.claims,
        "findings": [one._asdict() for one in found.findings],
    }


def _claim_in_words(found: ClaimVerification) -> str:
    claim = found.claim
    says = f"{claim.table}/{claim.record} {claim.field}: {claim.value or 'exists'}"
    where = ", ".join(
        part for part in (claim.source, claim.locator, claim.as_of, claim.certainty) if part
    )
    verdict = (
        "holds: the id follows from what the claim says and where."
        if found.holds
        else f"does not hold: what it says now has the id {found.recomputed}."
    )
    return f"{says}\n  {where}\n{claim.id} {verdict}"


def _claim_as_json(found: ClaimVerification) -> dict[str, object]:
    return {
        "holds": found.holds,
        "id": found.claim.id,
        "recomputed": found.recomputed,
        "line": found.line,
        "claim": found.claim._asdict(),
    }
