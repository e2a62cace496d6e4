"""Rows found by halving a sorted file are those that a scan of the whole finds."""

import csv
import io
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from lunarprogrammes.canonical import csv_text
from lunarprogrammes.edition import Edition
from lunarprogrammes.evidence.claims import Claim
from lunarprogrammes.ledger import Ledger
from lunarprogrammes.sorted_lines import rows_of_key

# Signs that CSV quotes, signs beyond the 65,536th (which UTF-16 would sort elsewhere), and rows
# long enough that the file is halved several times.
TEXTS = st.text(alphabet="ab,\"'~é嫦￿😀", max_size=4)
ROWS = st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 3000)), max_size=60)


@given(ROWS, TEXTS, TEXTS)
def test_halving_finds_what_a_scan_finds(made, table, record):
    rows = [{"t": t, "r": r, "rest": "x" * size} for t, r, size in sorted(made)]
    file = io.BytesIO(csv_text(["t", "r", "rest"], rows).encode())
    for key in {(table, record), *((row["t"], row["r"]) for row in rows)}:
        file.seek(0)
        found = [*rows_of_key(file, ("t", "r"), key)]
        assert found == [row for row in rows if (row["t"], row["r"]) == key]
    file.seek(0)
    assert [*rows_of_key(file, ("t",), (table,))] == [row for row in rows if row["t"] == table]


def test_a_column_that_is_not_there_has_no_rows():
    assert [*rows_of_key(io.BytesIO(b"a,b\n1,2\n"), ("c",), ("2",))] == []


def test_of_every_record_of_the_edition_all_claims_are_found(moon):
    edition = moon._edition
    claims = [Claim.from_row(row) for row in edition.rows("claims")]
    ledger = Ledger(edition)
    asked = 0
    for place, (key, group) in enumerate(groupby(claims, lambda one: (one.table, one.record))):
        held = [*group]
        # Every tenth, and those whose id a CSV has to quote.
        if place % 10 == 0 or '"' in key[1] or "," in key[1]:
            assert ledger.of_record(*key) == held
            asked += 1
    assert asked > 1000
    assert ledger.of_record("missions", "no-such-mission") == []


def test_the_tables_that_are_halved_are_sorted(moon):
    for table, key in (("sources", ("id",)), ("claims", ("table", "record"))):
        held = [tuple(row[name] for name in key) for row in moon._edition.rows(table)]
        assert held == sorted(held)


def test_a_zip_is_unpacked_once(moon, tmp_path):
    from lunarprogrammes.export.formats import write

    path = write(moon._edition, "zip", tmp_path / "moon.zip")
    packed, plain = Ledger(Edition.open(path)), Ledger(moon._edition)
    for record in ("change-5", "queqiao-2", "apollo-11"):
        assert packed.of_record("missions", record) == plain.of_record("missions", record)
        path.unlink(missing_ok=True)


def test_csv_reads_as_the_library_does():
    text = csv_text(["id", "b"], [{"id": 'a"b', "b": "1,2"}, {"id": "c", "b": ""}])
    file = io.BytesIO(text.encode())
    assert [*rows_of_key(file, ("id",), ('a"b',))] == [next(csv.DictReader(io.StringIO(text)))]
