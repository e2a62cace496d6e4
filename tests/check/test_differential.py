"""Everything that frictionless rejects is rejected here.

Frictionless has the table's own partial schema and the dialect, as `benchmarks/mutations/oracle.py`
gives them.
"""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutation_bench import KINDS, oracle, trials

from lunarprogrammes.check import check_seeds

pytest.importorskip("frictionless")

SOURCE = (
    '{"type": "report", "title": "Moon Report", "accessed": {"date-parts": [[2026, 11, 1]]},'
    ' "custom": {"tier": "official", "locator": "title page"}}'
)
HEADER = ("id", "name", "launch_date", "outcome", "crewed", "sample_mass_g", "locator")


@pytest.mark.parametrize("family", sorted({kind.family for kind in KINDS}))
def test_what_frictionless_rejects_of_a_mutant_is_rejected_here(family):
    passed = [
        (kind.name, mutant.spots, rejections)
        for kind in KINDS
        if kind.family == family
        for mutant, finding, rejections in trials(kind)
        if rejections and not finding.is_found
    ]
    assert passed == []


def test_frictionless_is_really_asked():
    asked = {kind.name for kind in KINDS for *_, rejections in trials(kind) if rejections}
    assert {"date without leading noughts", "term misspelt", "locator dropped"} <= asked
    assert len(asked) > 40


KNOWN = (
    [
        "",
        "luna-2",
        "Luna 2",
        "1959-09-12",
        "1959-9-12",
        "2030~",
        "success",
        "sucess",
        "true",
        "yes",
    ],
    ["1731", "-1", "1e3", "1,731", "~2000", "p. 1", " ", "\t", "=1", '"', "a\nb", "ü"],
)
cells = st.one_of(*map(st.sampled_from, KNOWN), st.text(max_size=6))
rows = st.lists(st.lists(cells, min_size=5, max_size=8), max_size=4)


def table(header: list[str], body: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *body])
    return out.getvalue().encode("utf-8", "surrogatepass")


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(HEADER), rows, st.binary(max_size=2), st.integers(0, 300))
def test_what_frictionless_rejects_of_any_table_is_rejected_here(tmp_path, header, body, noise, at):
    raw = table(header, body)
    raw = raw[:at] + noise + raw[at:]
    folder = tmp_path / "seeds" / "agency-2024-report"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.json").write_text(SOURCE)
    (folder / "missions.csv").write_bytes(raw)
    rejections = oracle.rejections(folder / "missions.csv", "missions", HEADER)
    if rejections:
        problems = check_seeds(tmp_path / "seeds").problems
        assert any(problem.path.endswith("missions.csv") for problem in problems), rejections
