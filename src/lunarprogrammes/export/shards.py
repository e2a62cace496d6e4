"""An edition's claims in shards: a folder of CSV or Parquet files for many readers at once.

Which shard a record lies in follows from its table and id alone, so that it stays there from one
edition to the next. The folder appears whole or not at all, and never in the place of something
else. Takes the claims into memory once: 300 MB for 171,000.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from lunarprogrammes.canonical import csv_text, json_text
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import EditionError, LunarProgrammesError
from lunarprogrammes.evidence.claims import Claim
from lunarprogrammes.export.frames import _library
from lunarprogrammes.ledger import Ledger
from lunarprogrammes.manifest import sha256
from lunarprogrammes.partitions import portable, shard_of
from lunarprogrammes.perspective import Perspective
from lunarprogrammes.shards import CLAIMS, MANIFEST, PARENTS

SHARDS = 8
MOST_SHARDS = 10_000


def write(edition: Edition, target: Path, *, shards: int = SHARDS, file_type: str = "csv") -> None:
    """Write the claims of an edition in so many shards, as csv or parquet, into a new folder.

    Raises `EditionError` where the target is there already or cannot be written, and `MissingExtra`
    where Parquet is asked for without pyarrow.
    """
    if not 1 <= shards <= MOST_SHARDS:
        raise LunarProgrammesError(
            f"{shards} shards cannot be made.", expected=f"Expected 1 to {MOST_SHARDS}."
        )
    if target.exists():
        raise EditionError(
            f"{target} is there already.", remedy="Name a folder that does not exist yet."
        )
    files = _files(edition, shards, file_type)
    try:
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise EditionError(
            f"{target} cannot be written: {error.strerror}.", remedy="Choose another place."
        ) from None
    try:
        (fresh / CLAIMS).mkdir()
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        fresh.chmod(0o755)
        fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _files(edition: Edition, shards: int, file_type: str) -> dict[str, bytes]:
    ledger = Ledger(edition)
    court = portable(ledger.court(Perspective()))
    held: list[list[Claim]] = [[] for _ in range(shards)]
    for claim in ledger.claims:
        held[shard_of(claim.table, claim.record, shards)].append(claim)
    write_part = _PARTS[file_type]
    files: dict[str, bytes] = {}
    listed: list[dict[str, Any]] = []
    for number, claims in enumerate(held):
        path = f"{CLAIMS}/part-{number:05}-of-{shards:05}.{file_type}"
        files[path] = write_part(claims)
        listed.append({"path": path, "claims": len(claims), **_fingerprint(files[path])})
    files["sources.csv"] = edition.read_bytes("sources.csv")
    files["decisions.csv"] = edition.read_bytes("decisions.csv")
    parents = [
        dict(zip(PARENTS, (table, record, parent), strict=True))
        for table, of_table in sorted(court.lineage.items())
        for record, parent in sorted(of_table.items())
    ]
    files["parents.csv"] = csv_text(PARENTS, parents).encode()
    beside = [name for name in files if "/" not in name]
    described = {
        "$comment": "Claims in shards. A record lies in shard crc32('table/record') mod the number "
        "of shards; each shard is sorted by table, record, field and id.",
        "name": "lunarprogrammes",
        "edition": edition.version,
        "schema": edition.schema_version,
        "claims": len(ledger.claims),
        "columns": list(Claim._fields),
        "sorted_by": ["table", "record", "field", "id"],
        "shards": listed,
        "files": [{"path": name, **_fingerprint(files[name])} for name in beside],
    }
    files[MANIFEST] = json_text(described).encode()
    return files


def _fingerprint(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "sha256": sha256(content)}


def _csv_part(claims: Sequence[Claim]) -> bytes:
    return csv_text(Claim._fields, (claim._asdict() for claim in claims)).encode()


def _parquet_part(claims: Iterable[Claim]) -> bytes:
    arrow: Any = _library("pyarrow", "arrow")
    parquet: Any = _library("pyarrow.parquet", "arrow")
    schema = arrow.schema([(name, arrow.string()) for name in Claim._fields])
    rows = [[cell or None for cell in claim] for claim in claims]
    columns = zip(*rows, strict=True) if rows else ([] for _ in Claim._fields)
    arrays = [arrow.array(column, arrow.string()) for column in columns]
    out = arrow.BufferOutputStream()
    parquet.write_table(arrow.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return bytes(out.getvalue())


_PARTS: dict[str, Callable[[Sequence[Claim]], bytes]] = {
    "csv": _csv_part,
    "parquet": _parquet_part,
}
