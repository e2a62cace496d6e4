"""What the tests of exports share: editions in memory, and cells of any reader as CSV texts."""

import csv
import io
import json
import os
import subprocess
import sys

from lunarprogrammes.canonical import csv_text
from lunarprogrammes.edition import Edition
from lunarprogrammes.export.tabular import exported_tables


def in_memory(**rows):
    """An edition that holds the rows given by table, and nothing in the other tables."""
    files = {"datapackage.json": json.dumps({"version": "2026.11.22", "resources": []})}
    for name, table in exported_tables().items():
        whole = [{**dict.fromkeys(table.fields, ""), **row} for row in rows.get(name, [])]
        files[f"{name}.csv"] = csv_text(table.fields, whole)
    encoded = {name: text.encode() for name, text in files.items()}
    return Edition(encoded.__getitem__, lambda: [*encoded], "an edition in memory")


def csv_rows(folder, name):
    """Header and rows of one CSV of an edition, by the csv module alone."""
    header, *rows = csv.reader(io.StringIO((folder / f"{name}.csv").read_text(), newline=""))
    return header, rows


def text_of(value):
    """The CSV text that a cell of a reader stands for."""
    if value is None:
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def export_elsewhere(form, edition, target):
    """Export in another process that hashes, tells the time and speaks otherwise."""
    environment = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    words = ["lunarprogrammes", "export", form, str(target), "--edition", str(edition)]
    return subprocess.run(
        [sys.executable, "-m", *words], env=environment, check=True, capture_output=True, text=True
    )
