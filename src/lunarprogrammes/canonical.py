"""Canonical bytes: one spelling for every CSV and JSON file that this package writes."""

import csv
import io
import json
from collections.abc import Iterable, Mapping


def json_text(value: object) -> str:
    """Return canonical JSON: two spaces, the order given, UTF-8 as it is, a final newline."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def csv_text(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Return canonical CSV: RFC 4180 with LF, quoted only where it must be."""
    out = io.StringIO()
    names = list(columns)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([row[name] for name in names] for row in rows)
    return out.getvalue()
