"""Small editions made in a test: a few sources with a few rows each, built like the real one."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import lunarprogrammes as lp
from lunarprogrammes.build import build

Rows = Sequence[Mapping[str, str]]


def write_source(
    seeds: Path,
    name: str,
    publisher: str,
    tables: Mapping[str, Rows],
    issued: Sequence[int] = (),
    **custom: str,
) -> None:
    """Write one source's folder: `issued` as year, month, day; `custom` as in `source.json`."""
    folder = seeds / name
    folder.mkdir(parents=True)
    described = {
        "id": name,
        "type": "webpage",
        "title": f"Report of {publisher}",
        "publisher": publisher,
        **({"issued": {"date-parts": [[*issued]]}} if issued else {}),
        "accessed": {"date-parts": [[2026, 11, 22]]},
        "language": "en",
        "custom": {"tier": "reference", "locator": "Heading", **custom},
    }
    if name == "editors":
        described["custom"]["tier"] = "editors"
    (folder / "source.json").write_text(json.dumps(described), encoding="utf-8")
    for table, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def edition_of(root: Path) -> lp.Dataset:
    """Build the seeds below a folder and open the edition."""
    (root / "seeds" / "edition.json").write_text('{"edition": "2026.11.22"}\n', encoding="utf-8")
    build(root / "seeds", root / "datasets", root / "schemas")
    return lp.load(root / "datasets")
