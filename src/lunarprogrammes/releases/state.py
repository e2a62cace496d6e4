"""What was released last, as `editions/released.json` keeps it: versions, promises, hashes, ids.

Half a megabyte, most of it ids: a removed one must be named, which a hash could not.
"""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import lunarprogrammes
from lunarprogrammes.edition import DESCRIPTOR
from lunarprogrammes.manifest import MANIFEST, hash_of, sha256
from lunarprogrammes.releases.surface import Api, Tables, api_of, tables_of
from lunarprogrammes.releases.version import VersionError
from lunarprogrammes.tables import all_tables

RELEASED = "released.json"
_COMMENT = "Written by `bash .ci/release prepare` when a release is made; do not edit."


@dataclass(frozen=True)
class State:
    """A release: both versions, the hash of the edition, that of its tables, promises, ids.

    `ids` holds by table the ids of its records and those that were retired: none of them may ever
    be lost or used for something else.
    """

    package: str
    edition: str
    hash: str
    data: str
    tables: Tables
    api: Api
    ids: Mapping[str, list[str]]

    def text(self) -> str:
        """Return the state as the text of `released.json`."""
        return json.dumps({"$comment": _COMMENT, **asdict(self)}, indent=1) + "\n"


def state_of(files: Mapping[str, bytes]) -> State:
    """Return the state of an edition, by its files, and of this package."""
    described = json.loads(files[DESCRIPTOR])
    hashes = {path: sha256(content) for path, content in files.items() if path != MANIFEST}
    # The descriptor and the JSON files name the edition: two editions never share their hashes.
    of_tables = {path: found for path, found in hashes.items() if path.endswith(".csv")}
    return State(
        lunarprogrammes.__version__,
        str(described["version"]),
        hash_of(hashes),
        hash_of(of_tables),
        tables_of(),
        api_of(),
        _ids(files),
    )


def _ids(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {
        name: {row["id"] for row in _rows(files, name)}
        for name, table in all_tables().items()
        if table.key == ("id",) and name != "claims"
    }
    for row in _rows(files, "redirects"):
        found[row["table"]].add(row["old_id"])
    return {name: sorted(ids) for name, ids in sorted(found.items())}


def _rows(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    text = files.get(f"{name}.csv", b"").decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def read_state(path: Path) -> State | None:
    """Read what was released last; None where nothing was. Raises `VersionError` for damage."""
    if not path.exists():
        return None
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        held.pop("$comment", None)
        return State(**held)
    except (OSError, ValueError, TypeError, AttributeError):
        raise VersionError(
            f"{path} does not say what was released.",
            remedy="Take it from the last release: git checkout TAG -- editions/released.json.",
        ) from None
