"""An edition as a zip of Parquet files, one for each table, and a README.

Dates and figures stay text with their bounds beside them (see `frames`). Meaning and unit of each
column are in its Arrow metadata; edition, schema version, licence and the whole Table Schema are in
the metadata of each file, where readers that know no Arrow find them. The same edition gives the
same bytes with the same pyarrow, which writes its own version into each file. Takes one table at a
time into memory.
"""

import json
import zipfile
from pathlib import Path
from typing import Any

import lunarprogrammes
from lunarprogrammes.edition import Edition
from lunarprogrammes.export import frictionless
from lunarprogrammes.export.files import whole
from lunarprogrammes.export.frames import _library, to_arrow
from lunarprogrammes.export.tabular import about, exported_tables, view_of
from lunarprogrammes.tables import Table

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
# Claims are sorted by table and record: a reader that asks for one table skips most groups.
_ROWS_IN_GROUP = 32_768


def write(edition: Edition, target: Path) -> None:
    """Write every table of an edition as Parquet into one zip; it appears whole or not at all.

    Raises `MissingExtra` without pyarrow, and `EditionError` where the edition cannot be read or
    the target cannot be written.
    """
    _library("pyarrow", "arrow")
    with whole(target) as fresh, zipfile.ZipFile(fresh, "w") as package:
        _add(package, "README.txt", readme(edition).encode())
        for name, table in exported_tables().items():
            _add(package, f"{name}.parquet", table_bytes(edition, table))


def table_bytes(edition: Edition, table: Table) -> bytes:
    """Return one table of an edition as the bytes of a Parquet file.

    >>> from io import BytesIO
    >>> from pyarrow.parquet import read_schema
    >>> from lunarprogrammes.tables import get
    >>> schema = read_schema(BytesIO(table_bytes(Edition.open(), get("spacecraft"))))
    >>> schema.field("launch_mass_kg").metadata[b"unit"]
    b'kg'
    """
    arrow: Any = _library("pyarrow", "arrow")
    parquet: Any = _library("pyarrow.parquet", "arrow")
    made: Any = to_arrow(view_of(edition, table))
    made = made.replace_schema_metadata(file_metadata(edition, table))
    out = arrow.BufferOutputStream()
    parquet.write_table(made, out, compression="zstd", row_group_size=_ROWS_IN_GROUP)
    return bytes(out.getvalue())


def file_metadata(edition: Edition, table: Table) -> dict[str, str]:
    """Return what each file says of itself, as key and value.

    >>> from lunarprogrammes.tables import get
    >>> file_metadata(Edition.open(), get("parties"))["primary_key"]
    'agreement,party'
    """
    licences = edition.descriptor.get("licenses", [])
    return {
        "dataset": "lunarprogrammes",
        "edition": edition.version,
        "schema_version": lunarprogrammes.__version__,
        "table": table.name,
        "description": table.meaning,
        "licence": ", ".join(str(licence["name"]) for licence in licences),
        "homepage": frictionless.HOME,
        "primary_key": ",".join(table.key),
        "table_schema": json.dumps(frictionless.table_schema(table), ensure_ascii=False),
    }


def readme(edition: Edition) -> str:
    """Return the text that lies beside the tables."""
    said = "".join(f"{heading}\n    {text}\n\n" for heading, text in about(edition))
    files = "".join(
        f"    {name}.parquet: {table.meaning}\n" for name, table in exported_tables().items()
    )
    return f"{said}Files\n{files}"


def _add(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a file with a fixed date and mode; Parquet is compressed in itself."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system, entry.external_attr = _UNIX, 0o644 << 16
    package.writestr(entry, content)
