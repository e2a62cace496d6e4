"""Any bytes, any table, any JSON: no exception but our own, and a report that a person can read.

`benchmarks/fuzz/target.py` asks the same for ten minutes, guided by coverage.
"""

import csv
import datetime
import io
import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lunarprogrammes.check import check_seeds
from lunarprogrammes.check.fixing.plan import plan
from lunarprogrammes.check.reporters import View, formats, reporter
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.evidence.tabular import read_tabular
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.tables import all_tables
from lunarprogrammes.tables.claims import EVIDENCE

TODAY = datetime.date(2026, 11, 22)
GOOD = {
    "type": "report",
    "title": "Moon Report",
    "accessed": {"date-parts": [[2026, 11, 1]]},
    "custom": {"tier": "official", "locator": "title page"},
}
TABLES = [name for name in all_tables() if name not in {"sources", "claims"}]

fuzzed = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "seeds" / "agency-2024-report"
    made.mkdir(parents=True)
    (made / "source.json").write_text(json.dumps(GOOD))
    (made / "people.csv").write_text("id,name,locator\nye-peijian,Ye Peijian,p. 1\n")
    return made


def judge(folder, name, raw):
    """Check a folder in which one file has these bytes, and ask what every report must be."""
    (folder / name).write_bytes(raw)
    report = check_seeds(folder.parent, today=TODAY)
    assert len(report.problems) <= 300 + 4 * len(raw)
    last = raw.count(b"\n") + raw.count(b"\r") + 1
    for problem in report.problems:
        assert problem.what.endswith((".", "?", "!")), problem.what
        assert problem.column >= 1
        if problem.path == f"{folder.name}/{name}":
            assert 1 <= problem.line <= last
    # All formats take their turn: each costs more than the check itself.
    for format_name in {"text", formats()[len(raw) % len(formats())]}:
        shown = reporter(format_name)(report, View())
        shown.encode()
        assert "Traceback" not in shown
        assert len(shown) <= 200_000 + 6_000 * len(report.problems)
    for change in plan(folder.parent):
        assert change.path.resolve().is_relative_to(folder.parent.resolve())
    return report


# Bytes.

SIGNS = ("\r", "\n", "\r\n", '"', '""', ",", ";", "\t", "\0", "=", "\u202e", "а", "1e3", "2024-5-3")
BROKEN = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3", b"id,name,locator\n")
awkward = st.sampled_from([*(sign.encode() for sign in SIGNS), *BROKEN])
some_bytes = st.lists(st.one_of(awkward, st.binary(max_size=8)), max_size=30).map(b"".join)


@fuzzed
@given(some_bytes, st.sampled_from(TABLES), st.booleans())
def test_any_bytes_as_a_table(folder, raw, table, has_header):
    header = ",".join([*all_tables()[table].key, "locator"]).encode() + b"\n"
    judge(folder, f"{table}.csv", (header if has_header else b"") + raw)
    (folder / f"{table}.csv").unlink()


@fuzzed
@given(some_bytes)
def test_any_bytes_as_a_source_file(folder, raw):
    judge(folder, "source.json", raw)


@fuzzed
@given(some_bytes, st.booleans())
def test_any_bytes_as_decisions(folder, raw, has_header):
    header = b"table,record,field,value,reason,decided\n" if has_header else b""
    judge(folder, "../decisions.csv", header + raw)


@fuzzed
@given(some_bytes)
def test_reading_a_table_raises_nothing_and_places_every_cell(folder, raw):
    path = folder / "people.csv"
    path.write_bytes(raw)
    file = read_tabular(path)
    for row in file.rows:
        assert len(row.cells) == len(set(file.header))
        for name in file.header:
            line, column = file.column_of(row.line, name)
            assert row.line <= line <= len(file.lines)
            assert 1 <= column <= len(file.lines[line - 1]) + 1


# The structure of a table.

VALUES = [
    "", " ", "change-5", "Change 5", "cnsa", "missions/change-5", "2020-11-23", "2020-11", "2030~",
    "2026/..", "../2030", "2030/2020", "unknown", "2024-5-3", "31/12/2024", "2020-11-23T02:14Z",
    "success", "sucess", "true", "yes", "1731", "~2000", ">800", "-91", "177.6", "1e3", "1,731",
    "p. 1", "planned", "denied", "en", "zh-Hans", "2020-087A", "Q193706", "=1+1", "Chаng'e",
    "a\nb", 'a "b"', "\u200b", "Mons RÃ¼mker", "ü", "u\u0308", "x" * 400,
]  # fmt: skip
columns = st.sampled_from(
    sorted({name for table in all_tables().values() for name in table.facts} | set(EVIDENCE))
)


@st.composite
def tables(draw):
    """Draw a table's name and its text: mostly its own columns, mostly rows of the right length."""
    name = draw(st.sampled_from(TABLES))
    own = st.sampled_from([*all_tables()[name].facts, *EVIDENCE])
    header = [*all_tables()[name].key, "locator"]
    header += draw(st.lists(st.one_of(own, own, columns, st.text(max_size=5)), max_size=6))
    cells = st.one_of(st.sampled_from(VALUES), st.text(max_size=5))
    width = len(header)
    row = st.one_of(
        st.lists(cells, min_size=width, max_size=width),
        st.lists(cells, min_size=width, max_size=width),
        st.lists(cells, max_size=width + 2),
    )
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *draw(st.lists(row, max_size=8))])
    return name, out.getvalue().encode("utf-8", "replace")


@fuzzed
@given(tables())
def test_any_table(folder, made):
    name, raw = made
    judge(folder, f"{name}.csv", raw)
    if name != "people":
        (folder / f"{name}.csv").unlink()


@settings(fuzzed, max_examples=30)
@given(st.lists(tables(), min_size=2, max_size=5))
def test_tables_that_speak_of_each_other(folder, made):
    other = folder.parent / "other-2024-report"
    shutil.copytree(folder, other, dirs_exist_ok=True)
    for number, (name, raw) in enumerate(made[1:]):
        ((folder, other)[number % 2] / f"{name}.csv").write_bytes(raw)
    judge(folder, f"{made[0][0]}.csv", made[0][1])
    for path in (*folder.glob("*.csv"), *other.glob("*")):
        path.unlink()


# JSON.

parts = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10),
    st.sampled_from(["report", "press", "2024-05", "https://example.org/x", "http://[", "en"]),
)  # fmt: skip
keys = st.one_of(
    st.sampled_from(
        [*GOOD, "issued", "URL", "author", "id", "date-parts", "raw", "tier", "family"]
    ),
    st.sampled_from(["derived_from", "issued_probable", "literal", "circa", "language", "note"]),
    st.text(max_size=4),
)
documents = st.recursive(
    parts, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5)
)


@fuzzed
@given(documents)
def test_any_json_as_a_source_file(folder, document):
    judge(folder, "source.json", json.dumps(document).encode())


@fuzzed
@given(st.sampled_from([*GOOD, "issued", "URL", "author", "id", "language"]), documents)
def test_any_part_of_a_source_file(folder, key, part):
    judge(
        folder,
        "source.json",
        json.dumps({**GOOD, key: part}, ensure_ascii=False).encode("utf-8", "surrogatepass"),
    )


# Values.


@fuzzed
@given(st.one_of(st.text(max_size=30), st.text("0123456789-/.~?%XTZ:+,e ><", max_size=30)))
@pytest.mark.parametrize("kind", [UncertainDate, Quantity])
def test_any_text_as_a_value_is_read_or_explained(kind, text):
    try:
        value = kind(text)
    except LunarProgrammesError as error:
        message = str(error)
    else:
        assert kind(str(value)) == value
        message = "Read."
    assert message.endswith((".", "?")), message
