"""BibTeX and CSL-JSON of all sources, read back by the readers of their own communities."""

import json
import re
import warnings
from importlib.resources import files

import bibtexparser
import citeproc
import pytest
from bibtexparser import middlewares
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import BibliographyData, parse_file, parse_string

import lunarprogrammes as lp
from lunarprogrammes.edition import Edition
from lunarprogrammes.evidence.bibliography import source_cells
from lunarprogrammes.export.formats import write
from lunarprogrammes.references import bibtex_of, csl_of
from small import edition_of, write_source

REPORT = "unnamed-2024-prc-cislunar-report"
ODD = {
    "id": "odd-2024-signs",
    "type": "report",
    "title": "50% of R&D costs $3_000 #1, ~30 \\ “Доступ” 吴伟仁 of NASA",
    "author": "Julienne, Marc; Foo and Bar & Sons; Kármán, Theodore",
    "publisher": "Barnes & Noble",
    "issued": "2024-03~",
    "accessed": "2026-11-22",
    "url": "https://example.org/a_b%20c?x=1&y={z}~#p",
    "language": "ru",
    "tier": "press",
    "derived_from": "unnamed-2024-prc-cislunar-report",
    "note": "100% undated; its copy has no title page.",
}


def decoded(text):
    """Entries by key as bibtexparser reads them, with TeX's commands turned into signs."""
    library = bibtexparser.parse_string(
        text,
        append_middleware=[
            middlewares.SeparateCoAuthors(),
            middlewares.LatexDecodingMiddleware(keep_math_mode=False),
        ],
    )
    assert library.failed_blocks == []
    return {entry.key: entry for entry in library.entries}


def rows_of(edition):
    return {row["id"]: row for row in Edition.open(edition).rows("sources")}


@pytest.fixture(scope="module")
def wild(tmp_path_factory):
    """A small edition of which one source has every sign that TeX reads as its own."""
    root = tmp_path_factory.mktemp("wild")
    actors = {"actors": [{"id": "alphaland", "name": "Alphaland", "locator": "p. 1"}]}
    write_source(
        root / "seeds", "wild-2024-signs", "R&D_50% #1 ~$3", actors, (2024, 2), note="1_000 & 50%"
    )
    write_source(root / "seeds", "plain-nd-page", "Plain", actors)
    edition_of(root)
    return root / "datasets"


@pytest.mark.parametrize("name", ["founding_edition", "wild"])
def test_bibtex_holds_every_source_under_its_id(name, request, tmp_path):
    edition = request.getfixturevalue(name)
    path = write(Edition.open(edition), "bibtex", tmp_path / "s.bib")
    rows = rows_of(edition)
    assert [*parse_file(str(path)).entries] == ["lunarprogrammes", *rows]
    entries = decoded(path.read_text(encoding="utf-8"))
    assert [*entries] == ["lunarprogrammes", *rows]
    for key, row in rows.items():
        fields = {field.key: field.value for field in entries[key].fields}
        assert fields["title"] == f"{{{row['title']}}}" or fields["title"] == row["title"]
        assert fields.get("tier", "") == row["tier"]
        assert fields.get("annote", "") == row["note"]
        assert fields.get("derived_from", "") == row["derived_from"]
        assert fields.get("language", "") == row["language"]
        assert fields.get("urldate", "") == row["accessed"]
        assert fields.get("issued_probable", "") == row["issued_probable"]
        assert fields.get("issued" if row["issued_probable"] else "date", "") == row["issued"]
        published = {"journal", "institution", "publisher", "howpublished"} & fields.keys()
        assert [fields[name] for name in published] == ([row["publisher"]] * bool(row["publisher"]))


def test_bibtex_of_odd_signs_word_for_word():
    assert bibtex_of(ODD) == (
        "@techreport{odd-2024-signs,\n"
        "  author = {Julienne, Marc and {Foo and Bar \\& Sons} and Kármán, Theodore},\n"
        "  title = {{50\\% of R\\&D costs \\$3\\_000 \\#1, {\\textasciitilde}30 {\\textbackslash} "
        "“Доступ” 吴伟仁 of NASA}},\n"
        "  institution = {Barnes \\& Noble},\n"
        "  year = {about March 2024},\n"
        "  date = {2024-03~},\n"
        "  url = {https://example.org/a_b%20c?x=1&y=%7Bz%7D~#p},\n"
        "  urldate = {2026-11-22},\n"
        "  language = {ru},\n"
        "  tier = {press},\n"
        "  derived_from = {unnamed-2024-prc-cislunar-report},\n"
        "  annote = {100\\% undated; its copy has no title page.},\n"
        "}"
    )


def test_persons_and_bodies_are_told_apart():
    entry = parse_string(bibtex_of(ODD), "bibtex").entries["odd-2024-signs"]
    names = [(one.last_names, one.first_names) for one in entry.persons["author"]]
    assert names[0] == (["Julienne"], ["Marc"])
    # One body, although "and" stands in its name and a family name would be its last word.
    assert len(names) == 3
    assert names[1] == (["{Foo and Bar \\& Sons}"], [])
    assert names[2] == (["Kármán"], ["Theodore"])


SIGNS = st.text(
    st.sampled_from([*"aZ é中Д%&#_$~\\\"'`-.,;@=()[]<>|/?!"]), min_size=1, max_size=30
).map(lambda text: f"A{' '.join(text.split())}B")


@given(SIGNS, SIGNS)
def test_any_text_comes_back_from_bibtex(title, note):
    made = bibtex_of({"id": "x-2024-y", "title": title, "note": note, "tier": "press"})
    entry = decoded(made)["x-2024-y"]
    assert entry["title"].removeprefix("{").removesuffix("}") == title
    assert entry["annote"] == note
    assert isinstance(parse_string(made, "bibtex"), BibliographyData)


@given(st.text("a{}\\^~%", max_size=20))
def test_no_sign_ends_a_field_early(title):
    made = bibtex_of({"id": "x", "title": f"A{title}", "url": f"https://e.org/{title}"})
    assert list(parse_string(made + "\n@misc{next,\n  title = {N},\n}", "bibtex").entries) == [
        "x",
        "next",
    ]


@pytest.mark.parametrize(
    ("issued", "year", "csl"),
    [
        ("2024-03-20", "2024", {"date-parts": [[2024, 3, 20]]}),
        ("2024", "2024", {"date-parts": [[2024]]}),
        ("2024~", "about 2024", {"date-parts": [[2024]], "circa": True}),
        ("2024-03?", "perhaps March 2024", {"date-parts": [[2024, 3]], "circa": True}),
        ("../2024", "by 2024", {"literal": "by 2024"}),
        ("2023/2024", "between 2023 and 2024", {"literal": "between 2023 and 2024"}),
        ("202X", "the 2020s", {"literal": "the 2020s"}),
        ("", None, None),
    ],
)
def test_no_date_says_more_than_the_source(issued, year, csl):
    source = {"id": "x", "title": "T", "issued": issued}
    # A date is verbatim: biblatex reads its tilde, which TeX would make a space.
    entry = parse_string(bibtex_of(source), "bibtex").entries["x"]
    assert entry.fields.get("date", "") == issued
    assert entry.fields.get("year") == year
    assert csl_of(source).get("issued") == csl


def test_a_date_by_the_content_stands_in_both_forms_beside_the_printed_one():
    source = {"id": "x", "title": "T", "issued": "2020", "issued_probable": "2021-03"}
    entry = decoded(bibtex_of(source))["x"]
    assert (entry["date"], entry["year"]) == ("2021-03", "2021")
    assert (entry["issued"], entry["issued_probable"]) == ("2020", "2021-03")
    item = csl_of(source)
    assert item["issued"] == {"date-parts": [[2021, 3]]}
    assert item["custom"] == {"issued": "2020", "issued_probable": "2021-03"}
    assert item["note"] == "Bears the date 2020. Dated 2021-03 by its content."


def words(name):
    """The terms in one of the schema files of CSL 1.0.2, which citeproc-py carries."""
    schema = files(citeproc) / "data" / "schema" / "schemas" / "styles" / f"csl-{name}.rnc"
    return set(re.findall(r'"([A-Za-z_-]+)"', schema.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", ["founding_edition", "wild"])
def test_csl_json_keeps_to_the_vocabulary_of_csl(name, request, tmp_path):
    path = write(Edition.open(request.getfixturevalue(name)), "csl-json", tmp_path / "s.json")
    items = json.loads(path.read_text(encoding="utf-8"))
    # `custom` is a key of the input schema alone: it is no variable that a style could print.
    allowed = words("variables") | {"id", "type", "custom"}
    for item in items:
        assert item.keys() <= allowed
        assert item["type"] in words("types")
        for author in item.get("author", []):
            assert author.keys() in ({"literal"}, {"family", "given"})
        for date in ("issued", "accessed"):
            assert item.get(date, {}).keys() <= {"date-parts", "circa", "literal"}


@pytest.mark.parametrize("name", ["founding_edition", "wild"])
def test_csl_json_comes_back_as_the_rows_it_was_made_of(name, request, tmp_path):
    edition = request.getfixturevalue(name)
    path = write(Edition.open(edition), "csl-json", tmp_path / "s.json")
    dataset, *items = json.loads(path.read_text(encoding="utf-8"))
    assert dataset["version"] == "2026.11.22"
    assert dataset["issued"] == {"date-parts": [[2026, 11, 22]]}
    assert lp.__version__ in dataset["note"]
    for item, row in zip(items, rows_of(edition).values(), strict=True):
        # The reader of our own `source.json` takes the date that is cited for the printed one.
        found = source_cells(item["id"], item) | {"issued": item["custom"].get("issued", "")}
        assert found == {name: row[name] for name in found}


def test_a_citation_processor_prints_every_source(founding_edition, tmp_path):
    path = write(Edition.open(founding_edition), "csl-json", tmp_path / "s.json")
    items = json.loads(path.read_text(encoding="utf-8"))
    with warnings.catch_warnings():
        # This processor warns of `custom`, which the input schema allows.
        warnings.filterwarnings("ignore", message=".*custom.*")
        source = CiteProcJSON(items)
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    printed = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    for item in items:
        printed.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    lines = dict(zip(printed.keys, map(str, printed.bibliography()), strict=True))
    assert lines.keys() == {item["id"] for item in items}
    for item in items:
        assert item["title"].strip("[]")[1:] in lines[item["id"]]
    assert "(2024)" in lines[REPORT]


def test_the_committed_edition(moon, tmp_path):
    edition = Edition.open()
    entries = parse_file(str(write(edition, "bibtex", tmp_path / "s.bib"))).entries
    items = json.loads(write(edition, "csl-json", tmp_path / "s.json").read_text(encoding="utf-8"))
    assert [*entries] == [item["id"] for item in items] == ["lunarprogrammes", *moon.sources.ids]


@pytest.mark.parametrize("form", ["bibtex", "csl-json"])
def test_the_same_bytes_twice(founding_edition, tmp_path, form):
    first, second = (
        write(Edition.open(founding_edition), form, tmp_path / name).read_bytes() for name in "ab"
    )
    assert first == second
    assert first.endswith(b"\n")
    assert b"\r" not in first
