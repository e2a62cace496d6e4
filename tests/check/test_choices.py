"""The quick choice of a cell is the resolver's own, whoever says what in whichever words."""

from hypothesis import given
from hypothesis import strategies as st

from lunarprogrammes.check.choices import Choices
from lunarprogrammes.check.ledger import GoodRows, Ledger, identified
from lunarprogrammes.check.sheets import Sheet
from lunarprogrammes.evidence.decisions import Decision, by_cell
from lunarprogrammes.evidence.tabular import TabularFile
from lunarprogrammes.evidence.witnesses import Witness, Witnesses
from lunarprogrammes.resolve import Court, resolve_cell
from lunarprogrammes.tables import get

HEADER = ("id", "launch_date", "status", "name", "locator", "as_of", "certainty")
WITNESSES = {
    "a": Witness("a", "official", "2021-03"),
    "b": Witness("b", "press", "2024"),
    "c": Witness("c", "official", "2021-03"),
    "d": Witness("d", "scholarly", "", "b", undated=True),
}
rows = st.lists(
    st.tuples(
        st.just("change-5"),
        st.sampled_from(["", "2020", "2020-11", "2020-11-23", "2021"]),
        st.sampled_from(["", "planned", "completed"]),
        st.sampled_from(["", "Chang'e 5", "CE-5"]),
        st.sampled_from(["p. 1", "p. 2"]),
        st.sampled_from(["", "2019"]),
        st.sampled_from(["", "stated", "denied", "reported"]),
    ).map(list),
    max_size=3,
)


def part(source, records):
    table = get("missions")
    file = TabularFile(None, HEADER, records, range(2, len(records) + 2))
    return GoodRows.of(Sheet(f"{source}/missions.csv", file, source, table), table, {})


@given(
    readings=st.fixed_dictionaries(dict.fromkeys(WITNESSES, rows)),
    decided=st.sampled_from(["", "2020", "2021"]),
)
def test_the_choice_is_that_of_the_resolver(readings, decided):
    ledger = Ledger([part(*reading) for reading in readings.items()], list)
    decision = Decision("missions", "change-5", "launch_date", decided, "So.", "2026-11-22")
    court = Court(Witnesses(WITNESSES), by_cell([decision] if decided else []))
    choices = Choices(ledger, court, WITNESSES)
    for name in ("launch_date", "status", "name"):
        claims = sorted(map(identified, ledger.cells("missions", name).get("change-5", [])))
        cell = resolve_cell(claims, get("missions").fields[name], court) if claims else None
        shown = choices.shown("missions", name).get("change-5")
        expected = cell.chosen if cell else None
        assert (identified(shown) if shown else None) == expected


@given(records=rows)
def test_claims_and_their_number_are_those_of_the_build(records):
    from lunarprogrammes.evidence.seeds import Reading

    good = part("a", records)
    made = {claim for claim, _ in Reading("a", "missions", good.sheet.file).claims()}
    ledger = Ledger([good], list)
    names = ("*", *good.facts)
    found = [claim for name in names for claim in ledger.claims("missions", name)]
    assert {identified(claim).id for claim in found} == {claim.id for claim in made}
    assert len(found) == ledger.count() == len({claim.id for claim in made})
    for claim in found:
        row = ledger.standing(claim).row
        assert claim.field == "*" or row.cells[claim.field] == claim.value
        assert row.cells["locator"] == claim.locator
