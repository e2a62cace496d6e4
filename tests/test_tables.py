"""The tables: every field defined whole, every record class strict, every row a round trip."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from lunarprogrammes import tables
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.errors import UnknownTable
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.ranking import CRITERIA
from lunarprogrammes.tables import InvalidValue
from lunarprogrammes.tables._field import PYTHON_TYPES
from lunarprogrammes.tables.claims import EVIDENCE

ALL = tables.all_tables()
FIELDS = [(table, name) for table in ALL for name in ALL[table].fields]

# The tables and fields that the design promises; others may stand beside them.
DESIGNED = {
    "actors": "id name kind country parent iso_alpha3 iso_alpha2 founded dissolved wikidata ror",
    "programmes": "id name kind lead parent sequence announced approved started ended status "
    "objective wikidata",
    "missions": "id name programme operator country mission_type crewed cospar_id launch_date "
    "planned_launch launch_vehicle launch_site status outcome arrival_date landing_date end_date "
    "target_site sample_mass_g backup_of objective wikidata",
    "spacecraft": "id name mission kind operator manufacturer cospar_id satcat_id launch_mass_kg "
    "orbit design_life_days landing_date site latitude_deg longitude_deg first_operation "
    "last_contact status fate wikidata",
    "payloads": "id name spacecraft mission provider country kind objective",
    "systems": "id name kind developer country programme first_flight status payload_to_tli_kg "
    "wikidata",
    "places": "id name body kind latitude_deg longitude_deg far_side wikidata",
    "people": "id name country wikidata",
    "roles": "id person role actor programme mission started ended",
    "agreements": "id name kind issuer programme adopted in_force status summary wikidata",
    "parties": "agreement party role signed ratified ordinal",
    "partners": "programme partner role status joined left agreement",
    "contributions": "id mission programme contributor recipient kind agreed status summary",
    "events": "id date kind mission programme actor summary",
    "statements": "id speaker actor date topic summary",
    "indicators": "id subject indicator value unit date",
    "names": "record name language kind",
    "sources": "id type title author publisher issued accessed url language tier derived_from",
    "claims": "id table record field value source locator as_of certainty verdict",
}


def field(table, name):
    return ALL[table].fields[name]


# --- What a table is made of -----------------------------------------------------------------


def test_the_tables_are_those_of_the_design():
    assert set(ALL) == set(DESIGNED)


@pytest.mark.parametrize("table", DESIGNED)
def test_a_table_has_every_field_of_the_design(table):
    assert set(DESIGNED[table].split()) <= set(ALL[table].fields)


@pytest.mark.parametrize("table", ALL)
def test_a_table_says_what_one_row_is(table):
    assert ALL[table].name == table
    assert ALL[table].meaning.endswith(".")
    assert len(ALL[table].meaning) > 20


@pytest.mark.parametrize("table", ALL)
def test_key_label_starts_and_ends_are_fields(table):
    described = ALL[table]
    named = {*described.key, *described.starts, *described.ends}
    if table != "names":
        named.add(described.label)
    assert named <= set(described.fields)
    assert all(field(table, part).required for part in described.key if table != "claims")
    dated = (*described.starts, *described.ends)
    assert all(field(table, name).kind == "date" for name in dated)


def test_missions_programmes_and_partners_come_first_and_the_ledger_last():
    assert [*ALL][:3] == ["missions", "programmes", "partners"]
    assert [*ALL][-1] == "claims"
    assert len({table.order for table in ALL.values()}) == len(ALL)


@pytest.mark.parametrize("table", ALL)
def test_fields_are_those_of_the_record_class_in_its_order(table):
    annotated = [one.name for one in dataclasses.fields(ALL[table].record)]
    assert [*ALL[table].fields] == annotated


@pytest.mark.parametrize(("table", "name"), FIELDS)
def test_a_field_has_a_meaning_and_an_example_that_parses(table, name):
    described = field(table, name)
    assert described.meaning.endswith((".", "…"))
    assert described.kind in PYTHON_TYPES
    assert described.rule in CRITERIA
    value = described.parse(described.example)
    assert isinstance(value, PYTHON_TYPES[described.kind])
    assert described.text(value) == described.example


@pytest.mark.parametrize(("table", "name"), FIELDS)
def test_a_field_says_in_a_sentence_what_it_expects(table, name):
    said = field(table, name).expectation()
    assert said.startswith("Expected ")
    assert said.endswith((".", ".."))
    assert "{" not in said


@pytest.mark.parametrize(("table", "name"), FIELDS)
def test_a_unit_stands_in_the_name_of_its_field(table, name):
    unit = field(table, name).unit
    endings = {"": "", "g": "_g", "kg": "_kg", "days": "_days", "degrees": "_deg"}
    assert name.endswith(endings[unit])


@pytest.mark.parametrize(("table", "name"), FIELDS)
def test_references_point_at_tables_with_an_id(table, name):
    for target in field(table, name).references:
        assert ALL[target].key == ("id",)


@pytest.mark.parametrize(("table", "name"), FIELDS)
def test_vocabularies_define_every_term(table, name):
    vocabulary = field(table, name).vocabulary
    assert (vocabulary is not None) == (field(table, name).kind == "term")
    for term, meaning in (vocabulary.terms if vocabulary else {}).items():
        assert term == term.lower()
        assert meaning.endswith(".")


@pytest.mark.parametrize(("table", "name"), FIELDS)
def test_the_editors_may_not_claim_dates_names_or_figures(table, name):
    described = field(table, name)
    if described.editorial:
        assert described.kind in {"term", "reference", "record", "integer"}
        assert name not in ALL[table].key


def test_there_is_no_bare_date_for_facts_but_in_tables_of_dated_things():
    bare = {table for table, name in FIELDS if name == "date"}
    assert bare == {"events", "statements", "indicators"}


def test_evidence_columns_are_no_columns_of_facts():
    shared = {
        (table, name) for table, name in FIELDS if name in EVIDENCE and table not in {"claims"}
    }
    assert shared == set()


def test_an_unknown_table_gets_a_suggestion():
    with pytest.raises(UnknownTable) as caught:
        tables.get("mission")
    assert str(caught.value) == (
        f"There is no table 'mission'. The tables are {', '.join(sorted(ALL))}. "
        "Did you mean missions?"
    )


# --- Record classes through pydantic ---------------------------------------------------------


def example_row(table):
    """A row with the example of every field."""
    return {name: one.example for name, one in ALL[table].fields.items()}


@pytest.mark.parametrize("table", ALL)
def test_pydantic_accepts_the_examples_and_gives_typed_values(table):
    made = TypeAdapter(ALL[table].record).validate_python(example_row(table))
    assert made == ALL[table].make(example_row(table))
    for name, described in ALL[table].fields.items():
        assert isinstance(getattr(made, name), PYTHON_TYPES[described.kind])


@pytest.mark.parametrize("table", ALL)
def test_pydantic_rejects_unknown_keys(table):
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(ALL[table].record).validate_python({**example_row(table), "launhc_date": "1"})
    assert [error["loc"] for error in caught.value.errors()] == [("launhc_date",)]


@pytest.mark.parametrize("table", ALL)
def test_pydantic_rejects_a_row_without_its_key(table):
    for part in ALL[table].key:
        row = {name: text for name, text in example_row(table).items() if name != part}
        with pytest.raises(ValidationError, match=part):
            TypeAdapter(ALL[table].record).validate_python(row)


@pytest.mark.parametrize("table", ALL)
def test_json_from_pydantic_reads_back_as_the_same_record(table):
    adapter = TypeAdapter(ALL[table].record)
    made = ALL[table].make(example_row(table))
    assert adapter.validate_json(adapter.dump_json(made)) == made


@pytest.mark.parametrize(
    ("table", "name", "bad"),
    [
        ("missions", "id", "Chang'e 5"),
        ("missions", "launch_date", "23 November 2020"),
        ("missions", "launch_date", "2020-13"),
        ("missions", "launch_date", 2020),
        ("missions", "crewed", "yes"),
        ("missions", "crewed", 1),
        ("missions", "outcome", "sucess"),
        ("missions", "sample_mass_g", "1,731"),
        ("missions", "sample_mass_g", "-1"),
        ("missions", "cospar_id", "2020-87A"),
        ("missions", "programme", "CLEP"),
        ("missions", "name", "two\nlines"),
        ("missions", "name", " padded"),
        ("missions", "sources", [5]),
        ("missions", "contested", "launch date"),
        ("programmes", "sequence", "0"),
        ("programmes", "sequence", "four"),
        ("programmes", "sequence", True),
        ("places", "latitude_deg", "91"),
        ("places", "longitude_deg", "361"),
        ("sources", "url", "ftp://example.org/"),
        ("sources", "language", "English"),
        ("names", "record", "change-5"),
        ("claims", "id", "K3VQ7M2XW5TA"),
        ("claims", "field", "Launch Date"),
        ("claims", "certainty", "certain"),
    ],
)
def test_pydantic_rejects_what_a_field_does_not_admit(table, name, bad):
    with pytest.raises((ValidationError, TypeError)) as caught:
        TypeAdapter(ALL[table].record).validate_python({**example_row(table), name: bad})
    if isinstance(caught.value, ValidationError):
        assert {error["loc"][0] for error in caught.value.errors()} == {name}


def test_typed_values_pass_pydantic_as_they_are():
    made = TypeAdapter(ALL["missions"].record).validate_python(
        {
            "id": "x",
            "name": "X",
            "launch_date": UncertainDate("2020"),
            "crewed": False,
            "sources": ("a", "b"),
        }
    )
    assert (made.launch_date, made.crewed, made.sources) == (
        UncertainDate("2020"),
        False,
        ("a", "b"),
    )


@pytest.mark.parametrize(
    ("table", "name", "bad", "message"),
    [
        (
            "missions",
            "id",
            "Chang'e 5",
            (
                "'Chang'e 5' has not the form of this field. Expected a lower-case slug such as "
                "change-5. Did you mean change-5?"
            ),
        ),
        (
            "missions",
            "crewed",
            "Yes",
            "'Yes' is not true or false. Expected true or false. Did you mean true?",
        ),
        (
            "programmes",
            "sequence",
            "0",
            "'0' is out of range. Expected a whole number of 1 or more.",
        ),
        (
            "missions",
            "name",
            "Luna  24 ",
            (
                "The cell has a line break or a space at its edge. Expected text on one line. "
                "Did you mean Luna 24?"
            ),
        ),
        (
            "claims",
            "certainty",
            "Planed",
            (
                "'Planed' is not a term of the vocabulary certainty. Expected one of: stated, "
                "planned, "
                "reported, estimated, opinion, denied. Did you mean planned?"
            ),
        ),
    ],
)
def test_messages_word_for_word(table, name, bad, message):
    with pytest.raises(InvalidValue) as caught:
        field(table, name).parse(bad)
    assert str(caught.value) == message


def test_a_qualified_figure_may_pad_over_its_limit_but_not_state_more():
    latitude = field("places", "latitude_deg")
    assert latitude.parse("~89") == Quantity("~89")
    for bad in ("~91", "80/95"):
        with pytest.raises(InvalidValue, match="out of range"):
            latitude.parse(bad)


# --- Records ---------------------------------------------------------------------------------


def test_records_are_frozen_slotted_keyword_only_and_show_only_what_is_filled():
    record = ALL["missions"].record
    made = record(id="luna-24", name="Luna 24", launch_date=UncertainDate("1976"))
    assert repr(made) == (
        "Mission(id='luna-24', name='Luna 24', launch_date=UncertainDate('1976'))"
    )
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.name = "Luna 25"
    with pytest.raises(TypeError):
        record("luna-24")
    assert not hasattr(made, "__dict__")


@pytest.mark.parametrize("table", ALL)
def test_make_and_cells_are_inverse_over_the_whole_edition(moon, table):
    described = ALL[table]
    for row in moon.table(table).rows():
        made = described.make(row)
        assert described.cells(made) == dict(row)


@pytest.mark.parametrize("table", ALL)
def test_every_committed_row_passes_pydantic(moon, table):
    adapter = TypeAdapter(ALL[table].record)
    # The claims are all alike, and long: every tenth.
    for row in moon.table(table).rows()[:: 10 if table == "claims" else 1]:
        filled = {name: text for name, text in row.items() if text}
        assert adapter.validate_python(filled) == ALL[table].make(row)


@pytest.mark.parametrize("table", ALL)
def test_every_committed_row_fills_what_is_required(moon, table):
    required = [name for name, one in ALL[table].fields.items() if one.required]
    empty = [(row, name) for row in moon.table(table).rows() for name in required if not row[name]]
    assert empty == []


# --- Keys ------------------------------------------------------------------------------------

slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)


@given(slugs, slugs)
def test_a_composite_key_comes_back_from_its_id(programme, partner):
    table = ALL["partners"]
    cells = {"programme": programme, "partner": partner}
    assert table.record_id(cells) == f"{programme}:{partner}"
    assert table.key_cells(table.record_id(cells)) == cells


@given(slugs, st.text(min_size=1))
def test_the_last_part_of_a_key_may_hold_colons(record, name):
    table = ALL["names"]
    cells = {"record": f"missions/{record}", "name": name}
    assert table.key_cells(table.record_id(cells)) == cells


@pytest.mark.parametrize("table", ALL)
def test_ids_of_the_edition_are_unique_sorted_and_made_of_their_keys(moon, table):
    view = moon.table(table)
    assert len(set(view.ids)) == len(view.rows())
    for record, row in zip(view.ids, view.rows(), strict=True):
        assert {part: row[part] for part in ALL[table].key} == ALL[table].key_cells(record)
    if table != "claims":
        assert [*view.ids] == sorted(view.ids)
