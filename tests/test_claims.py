"""Claims: an id that says what is claimed and where, and nothing else; what a reading claims."""

import csv
import hashlib
import json
import random
from base64 import b32encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunarprogrammes.canonical import csv_text
from lunarprogrammes.evidence import EXISTENCE, Claim, claim_id
from lunarprogrammes.evidence.bibliography import date_text, source_cells
from lunarprogrammes.evidence.seeds import read_seeds

PARTS = ("table", "record", "field", "value", "source", "locator", "as_of", "certainty")
# No checked cell holds a control character, and one is what separates the parts in the hash.
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
contents = st.fixed_dictionaries(dict.fromkeys(PARTS, texts))


def by_hand(*parts):
    """The id as the documentation defines it, computed without the package."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8")).digest()
    return b32encode(digest).decode("ascii")[:12].lower()


GOLDEN = (
    "missions",
    "queqiao-2",
    "launch_date",
    "2024-03-20",
    "unnamed-2024-prc-cislunar-report",
    "Table 1, Queqiao-2",
)


def test_the_id_is_the_golden_one():
    # Published ids are cited: if this fails, every citation of every edition is broken.
    assert by_hand(*GOLDEN, "", "stated") == "pvvehkl5h3kp"
    assert Claim.of(*GOLDEN).id == "pvvehkl5h3kp"


def test_the_golden_claim_stands_in_the_committed_ledger(moon):
    assert moon.claims["pvvehkl5h3kp"].locator == "Table 1, Queqiao-2"


@given(contents)
def test_the_id_is_the_hash_of_the_content(content):
    assert claim_id(**content) == by_hand(*(content[part] for part in PARTS))


def test_every_id_of_the_committed_ledger_is_the_hash_of_its_row(moon):
    wrong = [
        row["id"]
        for row in moon.claims.rows()
        if row["id"] != by_hand(*(row[part] for part in PARTS))
    ]
    assert wrong == []
    assert len(moon.claims) > 5000


@given(contents, st.sampled_from(PARTS), texts)
def test_each_part_of_the_content_changes_the_id(content, part, other):
    changed = {**content, part: other}
    assert (claim_id(**changed) == claim_id(**content)) == (changed == content)


@given(contents, texts, texts, texts, texts)
def test_remark_and_citation_do_not_change_the_id(content, cites, remark, cites2, remark2):
    one = Claim.of(**content, cites=cites, remark=remark)
    other = Claim.of(**content, cites=cites2, remark=remark2)
    assert one.id == other.id


def test_an_empty_certainty_is_the_stated_one():
    assert Claim.of(*GOLDEN, certainty="") == Claim.of(*GOLDEN, certainty="stated")
    assert Claim.of(*GOLDEN, certainty="denied").id != Claim.of(*GOLDEN).id


def test_a_part_does_not_run_into_the_next():
    assert claim_id("ab", "c", *[""] * 6) != claim_id("a", "bc", *[""] * 6)


def test_claims_sort_by_table_record_field_and_id():
    made = [Claim.of("b", "a", "a", "v", "s", "l"), Claim.of("a", "b", "a", "v", "s", "l")]
    made += [Claim.of("a", "a", "b", "v", "s", "l"), Claim.of("a", "a", "a", "v", "s", "l")]
    assert [claim.cell for claim in sorted(made)] == [
        ("a", "a", "a"),
        ("a", "a", "b"),
        ("a", "b", "a"),
        ("b", "a", "a"),
    ]


def test_a_claim_comes_back_from_its_row(moon):
    for row in moon.claims.where(record="queqiao-2").rows():
        claim = Claim.from_row(row)
        assert claim._asdict() == {name: row[name] for name in Claim._fields}


# --- Readings --------------------------------------------------------------------------------


def shuffled(path, rng):
    """Write a reading again with its rows and its columns in another order."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    columns = [*rows[0]]
    rng.shuffle(rows)
    rng.shuffle(columns)
    path.write_text(csv_text(columns, rows), encoding="utf-8")


@pytest.mark.parametrize("seed", range(3))
def test_claims_do_not_depend_on_the_order_of_rows_and_columns(mini_seeds, seed):
    def content():
        # Rows at one place claim the record's existence once, with the evidence of the first.
        return [
            claim[:9] if claim.field == EXISTENCE else claim
            for claim in read_seeds(mini_seeds).claims()
        ]

    before = content()
    rng = random.Random(seed)
    for path in sorted(mini_seeds.glob("*/*.csv")):
        shuffled(path, rng)
    assert content() == before


def claims_of(mini_seeds, text, source="shine-2024-queqiao-2-launch", table="missions"):
    """The claims that a reading makes whose file holds this text."""
    (mini_seeds / source / f"{table}.csv").write_text(text, encoding="utf-8")
    made = read_seeds(mini_seeds).claims()
    return [claim for claim in made if claim.source == source and claim.table == table]


def test_every_filled_cell_is_a_claim_and_so_is_the_row(mini_seeds):
    made = claims_of(
        mini_seeds,
        "id,name,launch_date,locator,as_of,certainty,cites,remark\n"
        "luna-24,Luna 24,,p. 3,1976,reported,TASS,by telex\n",
    )
    evidence = ("shine-2024-queqiao-2-launch", "p. 3", "1976", "reported", "TASS", "by telex")
    assert sorted(made) == sorted(
        [
            Claim.of("missions", "luna-24", EXISTENCE, "", *evidence),
            Claim.of("missions", "luna-24", "name", "Luna 24", *evidence),
        ]
    )


def test_a_denied_cell_denies_the_value_and_not_the_record(mini_seeds):
    made = claims_of(mini_seeds, "id,launch_date,locator,certainty\nluna-24,1976,p. 3,denied\n")
    assert [(claim.field, claim.value, claim.certainty) for claim in made] == [
        ("launch_date", "1976", "denied")
    ]


def test_a_denied_row_without_cells_denies_the_record(mini_seeds):
    made = claims_of(mini_seeds, "id,launch_date,locator,certainty\nluna-24,,p. 3,denied\n")
    assert [(claim.field, claim.value, claim.certainty) for claim in made] == [
        (EXISTENCE, "", "denied")
    ]


def test_two_rows_at_one_place_claim_the_record_once_and_both_values(mini_seeds):
    made = claims_of(mini_seeds, "id,launch_date,locator\nluna-24,1976,p. 3\nluna-24,1977,p. 3\n")
    assert sorted((claim.field, claim.value) for claim in made) == [
        ("*", ""),
        ("launch_date", "1976"),
        ("launch_date", "1977"),
    ]


def test_the_editors_order_records_and_create_none(mini_seeds):
    made = read_seeds(mini_seeds).claims()
    ordered = [claim for claim in made if claim.source == "editors" and claim.table != "sources"]
    assert ordered
    assert EXISTENCE not in {claim.field for claim in ordered}


def test_a_source_claims_itself_and_the_editors_its_tier(mini_seeds):
    made = read_seeds(mini_seeds).claims()
    about = [claim for claim in made if claim.record == "shine-2024-queqiao-2-launch"]
    by_field = {claim.field: (claim.value, claim.source, claim.locator) for claim in about}
    itself = "shine-2024-queqiao-2-launch"
    assert by_field["issued"] == ("2024-03-20", itself, "Headline and dateline")
    assert by_field["tier"] == ("press", "editors", "docs/definitions.md#tier")
    assert by_field[EXISTENCE] == ("", itself, "Headline and dateline")
    assert "id" not in by_field
    assert "derived_from" not in by_field


# --- CSL-JSON --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issued", "text"),
    [
        ({"date-parts": [[2023, 2, 27]]}, "2023-02-27"),
        ({"date-parts": [["2023", "2"]]}, "2023-02"),
        ({"date-parts": [[2023]]}, "2023"),
        ({"date-parts": [[2023], [2024, 5]]}, "2023/2024-05"),
        ({"date-parts": [[2023]], "circa": True}, "2023~"),
        ({"raw": "2021-03/2021-06"}, "2021-03/2021-06"),
        ({"date-parts": [[]]}, ""),
        ({"date-parts": [["spring"]]}, ""),
        ({"date-parts": []}, ""),
        ({}, ""),
        ("2023", ""),
        (None, ""),
    ],
)
def test_dates_of_csl_json_stay_as_precise_as_they_are(issued, text):
    assert date_text(issued) == text


def test_source_cells_of_a_zotero_item():
    item = json.loads(
        """{"id": "x", "type": "report", "title": "T", "URL": "https://example.org/a",
        "author": [{"given": "Ada", "family": "Lovelace"}, {"literal": "CNSA"}, {"family": "Wu"},
        {}, 5], "issued": {"date-parts": [[2024]]}, "custom": {"tier": "press", "note": 7}}"""
    )
    cells = source_cells("x", item)
    filled = {name: text for name, text in cells.items() if text}
    assert filled == {
        "id": "x",
        "type": "report",
        "title": "T",
        "author": "Lovelace, Ada; CNSA; Wu",
        "issued": "2024",
        "url": "https://example.org/a",
        "tier": "press",
    }
