"""Whether an edition is what was built, file by file, and a claim what its id says; offline.

Compares with the manifest in the edition. Where that is missing or damaged, the sizes and hashes of
the descriptor serve instead. 1 s for the 50 MB of an edition with 170,000 claims.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lunarprogrammes.edition import DESCRIPTOR, Edition
from lunarprogrammes.errors import EditionError, UnknownRecord
from lunarprogrammes.evidence.claims import Claim, claim_id
from lunarprogrammes.lines import changed_line
from lunarprogrammes.manifest import (
    MANIFEST,
    Entry,
    Manifest,
    hash_of,
    manifest_text,
    read_manifest,
    sha256,
)

LEDGER = "claims.csv"


class Finding(NamedTuple):
    """One file, or one line of it, that is not as it was built.

    `kind` is `differs`, `missing`, `extra`, `unreadable` or `claim`; `line` counts from 1 and is
    None where the change cannot be placed.
    """

    kind: str
    path: str
    line: int | None
    what: str

    def __str__(self) -> str:
        """Return the finding in one line: place, colon, what is wrong."""
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        # A stranger's file name may hold what commands a terminal.
        return "".join(
            letter if letter.isprintable() else "�" for letter in f"{place}: {self.what}"
        )


@dataclass(frozen=True)
class Verification:
    """What was compared and what was found; `holds` if nothing was.

    `hash` is that of the whole, as the files are now. `against` names the file that it was compared
    with: the manifest, or the descriptor where there is no sound manifest.
    """

    name: str
    edition: str
    schema: str
    hash: str
    against: str
    files: int
    size: int
    claims: int
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is as it was built."""
        return not self.findings


@dataclass(frozen=True)
class ClaimVerification:
    """A claim of an edition, the id it bears and the id that follows from what it says.

    Remark, `cites`, verdict and standing are no part of the id: the hash of the file covers them.
    """

    claim: Claim
    line: int
    recomputed: str

    @property
    def holds(self) -> bool:
        """Whether the claim says what its id was made of."""
        return self.claim.id == self.recomputed


def verify(edition: Edition, *, published: str = "") -> Verification:
    """Compare every file of an edition with its manifest, and every claim with its id.

    With `published`, the hash of the whole from elsewhere, another edition that is sound in itself
    is found out too. Raises `EditionError` where `published` is no hash or nothing to compare
    with can be read.

    >>> verify(Edition.open()).holds
    True
    """
    expected = _as_hash(published) if published else ""
    files, findings = _read_all(edition)
    manifest = read_manifest(files.get(MANIFEST, b""))
    entries = manifest.files if manifest else _of_descriptor(edition)
    findings += _of_files(files, entries, {one.path for one in findings})
    findings += _of_manifest(files) if manifest is None else _untrue(manifest, files)
    counted, wrong = _of_claims(files[LEDGER]) if LEDGER in files else (0, [])
    findings += wrong
    found = {path: sha256(content) for path, content in files.items() if path in entries}
    if manifest is None and DESCRIPTOR in files:
        found[DESCRIPTOR] = sha256(files[DESCRIPTOR])
    whole = hash_of(found)
    if expected and whole != expected:
        findings.append(Finding("differs", edition.name, None, f"is not the edition {expected}"))
    return Verification(
        edition.name,
        *_versions(edition, manifest),
        whole,
        MANIFEST if manifest else DESCRIPTOR,
        len(files),
        sum(map(len, files.values())),
        counted,
        tuple(sorted(findings, key=lambda one: (one.path, one.line or 0, one.kind))),
    )


def verify_claim(edition: Edition, claim: str) -> ClaimVerification:
    """Recompute the id of one claim from its cells; raise `UnknownRecord` where there is none.

    >>> row = next(Edition.open().rows("claims"))
    >>> verify_claim(Edition.open(), row["id"]).holds
    True
    """
    for line, found in _claims_of(edition.read_bytes(LEDGER)):
        if found is not None and found.id == claim:
            return ClaimVerification(found, line, _id_of(found))
    raise UnknownRecord(
        f"There is no claim '{claim}' in {edition.name}.",
        expected="Expected an id of the table claims.",
        remedy="A claim that says something else has another id: compare editions with "
        "`lunarprogrammes diff`.",
    )


def _read_all(edition: Edition) -> tuple[dict[str, bytes], list[Finding]]:
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    for name in edition.names():
        try:
            files[name] = edition.read_bytes(name)
        except EditionError:
            findings.append(Finding("unreadable", name, None, "cannot be read"))
    return files, findings


def _of_descriptor(edition: Edition) -> dict[str, Entry]:
    """Return what the descriptor says of the other files."""
    try:
        return {
            str(one["path"]): Entry(int(one["bytes"]), str(one["hash"]).removeprefix("sha256:"))
            for one in edition.descriptor["resources"]
        }
    except (KeyError, TypeError, ValueError):
        raise EditionError(
            f"{edition.name}: neither {MANIFEST} nor {DESCRIPTOR} says what the files must be.",
            remedy="Build or download the edition again.",
        ) from None


def _of_files(
    files: Mapping[str, bytes], entries: Mapping[str, Entry], unreadable: set[str]
) -> list[Finding]:
    known = {*entries, MANIFEST, DESCRIPTOR}
    found = [
        Finding("extra", path, None, "is extra: the edition was built without it")
        for path in sorted({*files, *unreadable} - known)
    ]
    for path, entry in entries.items():
        if path in unreadable:
            continue
        if path not in files:
            found.append(Finding("missing", path, None, "is missing"))
        elif sha256(files[path]) != entry.sha256:
            found.append(_difference(path, files[path], entry))
    return found


def _difference(path: str, content: bytes, entry: Entry) -> Finding:
    """Say how a file differs from the one that was built, and where, as far as that is certain."""
    if sha256(content.replace(b"\r\n", b"\n")) == entry.sha256:
        what = "differs: line ends were changed to CR LF; nothing else was"
        return Finding("differs", path, None, what)
    line = changed_line(content, entry.lines) if entry.lines else None
    more = len(content) - entry.size
    size = f"{abs(more):,} bytes {'longer' if more > 0 else 'shorter'}" if more else "same size"
    where = "this line was changed" if line else "in more than one place, or nobody knows where"
    return Finding("differs", path, line, f"differs: {where}; {size}, SHA-256 {sha256(content)}")


def _of_manifest(files: Mapping[str, bytes]) -> list[Finding]:
    """Name the line of a manifest with a broken seal that differs from one made again."""
    if MANIFEST not in files:
        what = f"is missing; files compared with {DESCRIPTOR} instead"
        return [Finding("missing", MANIFEST, None, what)]
    try:
        others = {path: content for path, content in files.items() if path != MANIFEST}
        again = manifest_text(others).encode().split(b"\n")
    except (KeyError, ValueError, TypeError):
        again = []
    lines = files[MANIFEST].split(b"\n")
    pairs = enumerate(zip(lines, again, strict=False), 1)
    line = next((number for number, (is_, was) in pairs if is_ != was), None)
    what = f"differs: its seal is broken; files compared with {DESCRIPTOR} instead"
    return [Finding("differs", MANIFEST, line, what)]


def _untrue(manifest: Manifest, files: Mapping[str, bytes]) -> list[Finding]:
    """Return what a sealed manifest says and the files that it lists do not bear out."""
    found = []
    if manifest.hash != hash_of({path: one.sha256 for path, one in manifest.files.items()}):
        found.append("`hash` does not follow from the hashes of the files")
    for name, count in manifest.counts.items():
        path = f"{name}.csv"
        content, entry = files.get(path), manifest.files.get(path)
        # A file that differs is named already.
        sound = content is not None and entry is not None and sha256(content) == entry.sha256
        if entry is None or (sound and content is not None and content.count(b"\n") - 1 != count):
            found.append(f"`counts` has {count} rows of {name}, and {path} has not")
    return [Finding("differs", MANIFEST, None, f"is not true: {what}") for what in found]


def _of_claims(ledger: bytes) -> tuple[int, list[Finding]]:
    """Return how many claims there are, and those whose cells do not make their id."""
    found: list[Finding] = []
    number = 1
    for number, claim in _claims_of(ledger):
        if claim is None:
            found.append(Finding("claim", LEDGER, number, "is no whole claim"))
        elif (made := _id_of(claim)) != claim.id:
            what = f"claim {claim.id} does not hold: what it says now has the id {made}"
            found.append(Finding("claim", LEDGER, number, what))
    return max(number - 1, 0), found


def _claims_of(ledger: bytes) -> Iterator[tuple[int, Claim | None]]:
    """Yield line and claim of a ledger that may be damaged; None where the line holds none.

    Each line is a row. Under a header that is none, nothing but its own line is yielded.
    """
    lines = ledger.decode("utf-8", errors="replace").removesuffix("\n").split("\n")
    header = _cells(lines[0])
    if not set(Claim._fields) <= set(header):
        yield 1, None
        return
    places = [header.index(name) for name in Claim._fields]
    for number, line in enumerate(lines[1:], 2):
        cells = _cells(line)
        whole = len(cells) == len(header)
        yield number, Claim(*(cells[place] for place in places)) if whole else None


def _cells(line: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return []


def _id_of(claim: Claim) -> str:
    return claim_id(
        claim.table,
        claim.record,
        claim.field,
        claim.value,
        claim.source,
        claim.locator,
        claim.as_of,
        claim.certainty,
    )


def _versions(edition: Edition, manifest: Manifest | None) -> tuple[str, str]:
    if manifest:
        return manifest.edition, manifest.schema
    return edition.version, edition.schema_version


def _as_hash(text: str) -> str:
    """Return a hash as we write it; raise `EditionError` for anything else."""
    digits = text.lower().removeprefix("sha256:")
    if len(digits) != 64 or set(digits) - set("0123456789abcdef"):
        raise EditionError(
            f"'{text}' is no SHA-256.", expected="Expected 64 hexadecimal digits, as in sha256:1f…."
        )
    return f"sha256:{digits}"
