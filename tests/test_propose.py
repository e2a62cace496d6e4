"""`propose`: what somebody wrote into a form becomes a row, or a list of what is to do."""

import io
import json
import re
import sys
from pathlib import Path

import pytest

from folders import bytes_of
from lunarprogrammes.check import check_seeds
from lunarprogrammes.cli import main
from lunarprogrammes.edition import Edition
from lunarprogrammes.proposals import form, source_json
from lunarprogrammes.proposals.matching import Matcher, Unclear, field_of, value_of
from lunarprogrammes.tables import get
from lunarprogrammes.tables.claims import EVIDENCE

ROOT = Path(__file__).parents[1]
FORM = (ROOT / "tests" / "proposals" / "launch-date.md").read_text(encoding="utf-8")
FOLDER = "example-daily-2020-china-launches-probe-bring"


@pytest.fixture
def seeds(tmp_path):
    return tmp_path / "seeds"


@pytest.fixture(scope="module")
def matcher(founding_edition):
    return Matcher(Edition.open(founding_edition))


def filled(**changed):
    """Return the form with other answers in some of its parts."""
    text = FORM
    for key, answer in changed.items():
        label = re.escape(form.PARTS[key].label)
        text = re.sub(
            rf"(### {label}\n\n).*?(?=\n\n### |\Z)",
            lambda found, answer=answer: found[1] + answer,
            text,
            flags=re.DOTALL,
        )
    return text


@pytest.fixture
def propose(seeds, tmp_path, capsys, founding_edition):
    """Run the command on a text; return its exit code and report, or what it complains of."""

    def run(text, *words):
        path = tmp_path / "issue.md"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        where = ["--seeds", str(seeds), "--edition", str(founding_edition)]
        code = main(["propose", str(path), *where, "--format", "json", *words])
        printed = capsys.readouterr()
        return code, json.loads(printed.out) if printed.out else printed.err

    return run


# What is understood.


def test_a_filled_form_becomes_a_folder_that_passes(propose, seeds):
    code, report = propose(FORM)
    assert (code, report["state"], report["to_do"], report["problems"]) == (0, "written", [], [])
    assert (seeds / FOLDER / "missions.csv").read_text(encoding="utf-8") == (
        "id,launch_date,locator,remark\n"
        'change-5,2020-11-24,paragraph 1,"Local date, as the page gives it."\n'
    )
    assert json.loads((seeds / FOLDER / "source.json").read_text(encoding="utf-8")) == {
        "id": FOLDER,
        "type": "article-newspaper",
        "title": "China launches probe to bring back lunar samples",
        "publisher": "Example Daily",
        "issued": {"date-parts": [[2020, 11, 24]]},
        "accessed": {"date-parts": [[2026, 11, 22]]},
        "URL": "https://www.example.org/2020/launch",
        "language": "en",
        "custom": {"tier": "press", "locator": "Title"},
    }
    understood = {one["key"]: one["taken"] for one in report["understood"]}
    assert understood["record"] == "missions/change-5"
    assert understood["field"] == "launch_date"
    assert [one["key"] for one in report["understood"]] == [
        key for key in form.PARTS if key in understood
    ]


def test_the_report_for_people(seeds, tmp_path, capsys):
    path = tmp_path / "issue.md"
    path.write_text(filled(tier="gossip", locator="_No response_"), encoding="utf-8")
    assert main(["propose", str(path), "--seeds", str(seeds)]) == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "The proposal cannot be used yet; nothing was written."
    assert "  Record: missions/change-5  (you wrote 'Chang'e 5')" in shown
    assert "\n".join(shown[-3:]) == (
        "To do:\n"
        "  Place in the document: Place in the document is missing. Write where the document says "
        "it, such as p. 9 or Table 1.\n"
        "  Tier: 'gossip' is not one of them. Expected one of: official, scholarly, reference, "
        "press, community."
    )
    assert not seeds.exists()


def test_a_dry_run_writes_nothing(propose, seeds):
    code, report = propose(FORM, "--dry-run")
    assert (code, report["state"]) == (0, "ready")
    assert set(report["files"]) == {"source.json", "missions.csv"}
    assert not seeds.exists()


def test_it_reads_the_input_with_windows_line_ends(seeds, capsys, monkeypatch, founding_edition):
    raw = io.BytesIO(b"\xef\xbb\xbf" + FORM.replace("\n", "\r\n").encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))
    where = ["--seeds", str(seeds), "--edition", str(founding_edition)]
    assert main(["propose", "-", *where]) == 0
    assert (seeds / FOLDER).is_dir()
    capsys.readouterr()


@pytest.mark.parametrize(
    ("record", "field", "target"),
    [
        ("Chang'e 5", "launch date", "missions/change-5"),
        ("change-5", "Launch Date", "missions/change-5"),
        ("嫦娥三号", "launch date", "missions/change-3"),
        ("missions/change-5", "launch date", "missions/change-5"),
        ("Queqiao-2", "launch date", "missions/queqiao-2"),
        ("partners/ilrs:russia", "status", "partners/ilrs:russia"),
    ],
)
def test_a_record_is_found_by_its_names(matcher, record, field, target):
    found = matcher.target(record, field)
    assert (str(found), found.is_new) == (target, False)


def test_what_could_be_several_records_is_asked_back(matcher):
    with pytest.raises(Unclear) as doubt:
        matcher.target("Chang5", "launch date")
    assert doubt.value.offered[0] == "missions/change-5 (Chang'e 5)"
    assert matcher.target("missions/change-99", "").is_new


@pytest.mark.parametrize(
    "bad", ["missions/../../x", "missions/", "missions/A b", "partners/ilrs", "partners/ilrs:a/b"]
)
def test_an_id_that_is_none_is_refused(matcher, bad):
    with pytest.raises(Unclear):
        matcher.target(bad, "name")


def test_a_field_that_could_be_several_is_asked_back():
    with pytest.raises(Unclear) as doubt:
        field_of(get("missions"), "launch")
    assert {"launch_date", "launch_vehicle", "launch_site"} <= set(doubt.value.offered)
    for closed in ("id", "sources", "contested", ""):
        with pytest.raises(Unclear):
            field_of(get("missions"), closed)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("launch_date", "23 November 2020", "2020-11-23"),
        ("planned_launch", "about 2030", "2030~"),
        ("sample_mass_g", "1,731 g", "1731"),
        ("crewed", "yes", "true"),
        ("mission_type", "Sample return", "sample-return"),
    ],
)
def test_a_value_is_read_as_people_write_it(name, text, value):
    assert value_of(get("missions").fields[name], text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [("launch_date", "03/04/2024"), ("mission_type", "orbitr"), ("sample_mass_g", "2 kg")],
)
def test_a_value_is_never_guessed(name, text):
    with pytest.raises(Unclear):
        value_of(get("missions").fields[name], text)


def test_a_referred_record_is_found_by_its_name(matcher):
    vehicle = get("missions").fields["launch_vehicle"]
    assert matcher.value(vehicle, "Long March 5") == "long-march-5"
    with pytest.raises(Unclear):
        matcher.value(vehicle, "Long March 55")


# What stands in the way.


@pytest.mark.parametrize("key", [key for key in form.PARTS if key not in form.OPTIONAL])
def test_each_needed_part_is_asked_for(propose, seeds, key):
    code, report = propose(filled(**{key: "_No response_"}))
    assert (code, report["state"]) == (1, "incomplete")
    assert (report["to_do"][0]["kind"], report["to_do"][0]["key"]) == ("missing", key)
    assert not seeds.exists()


@pytest.mark.parametrize("key", form.OPTIONAL)
def test_no_other_part_is_needed(propose, key):
    code, report = propose(filled(**{key: "_No response_"}))
    assert (code, report["state"]) == (0, "written")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"value": '=HYPERLINK("https://x.org","a")', "field": "summary"}, "run as a formula"),
        ({"title": "@SUM(A1)"}, "run as a formula"),
        ({"remark": "<script>alert(1)</script>"}, "holds markup"),
        ({"remark": "![x](https://evil.example/p.png)"}, "holds markup"),
        ({"title": "<!-- hidden -->"}, "holds markup"),
        ({"remark": "```"}, "holds markup"),
        ({"remark": "a\x1b[31mb"}, "characters that nobody sees"),
        ({"value": "2020\u202e-11"}, "characters that nobody sees"),
        ({"remark": "x" * 3000}, "more than 2,000 characters"),
        ({"record": "../../etc/passwd"}, "No record is called"),
        ({"record": "missions/../../../etc"}, "cannot be an id"),
        ({"url": "file:///etc/passwd"}, "begins with 'file:'"),
        ({"url": "https://www.google.com/search?q=moon"}, "is a search"),
        ({"language": "../.."}, "language"),
        ({"confirmation": "- [ ] I read this"}, "not confirmed"),
    ],
)
def test_hostile_answers_get_a_clear_word_and_nothing_is_written(
    propose, seeds, tmp_path, changed, says
):
    code, report = propose(filled(**changed))
    assert (code, report["state"]) == (1, "incomplete")
    assert says in " ".join(one["what"] + one["remedy"] for one in report["to_do"]).replace(
        "Language", "language"
    )
    assert not seeds.exists()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["issue.md"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no heading of the form"),
        ("hello", "begins with 'hello'"),
        (b"\xff\xfe", "The text is not UTF-8."),
        ("### Record\n\na\n\n### Record\n\nb\n", "The heading 'Record' stands twice."),
        ("### Recrd\n\na\n", "Did you mean Record?"),
        ("x" * 70_000, "has more than 65,536 characters"),
        (b"x" * 900_000, "has more than 65,536 characters"),
        (FORM + "\n### Value\n\n2021\n", "The heading 'Value' stands twice."),
    ],
)
def test_a_text_that_is_no_form_is_told(propose, seeds, text, says):
    code, told = propose(text)
    assert code == 2
    assert says in told
    assert "Traceback" not in told
    assert not seeds.exists()


def test_a_stranger_cannot_paint_the_terminal_or_end_a_fence(seeds, tmp_path, capsys):
    path = tmp_path / "issue.md"
    path.write_text(filled(record="\x1b]0;owned\x07", remark="```\n@all"), encoding="utf-8")
    main(["propose", str(path), "--seeds", str(seeds)])
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "```" not in shown


def test_an_error_of_the_check_keeps_it_out(propose, seeds):
    code, report = propose(filled(value="2024-05-03", issued="2020-11-24"))
    assert (code, report["state"]) == (1, "faulty")
    assert "L107" in {one["code"] for one in report["problems"]}
    assert not seeds.exists()


def test_a_document_that_is_read_already_is_no_second_witness(propose, seeds):
    url = "http://en.people.cn/n3/2024/0326/c90000-20149272.html"
    _, report = propose(filled(url=url))
    assert report["to_do"][0]["what"] == (
        "The document is read already, as peoples-daily-2024-queqiao-2-orbit."
    )
    assert not seeds.exists()


# A folder that is there.


def test_a_second_fact_is_added_to_the_same_document(propose, seeds):
    propose(FORM)
    before = (seeds / FOLDER / "source.json").read_bytes()
    propose(
        filled(value="25 November 2020", locator="p. 2", issued="2020-11-24"),
    )
    code, _ = propose(filled(field="target site", value="Mons Rümker"))
    assert code == 0
    rows = (seeds / FOLDER / "missions.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "id,launch_date,locator,remark,target_site"
    assert rows[-1].endswith(",mons-rumker")
    assert rows[1].startswith("change-5,2020-11-24,paragraph 1,")
    assert (seeds / FOLDER / "source.json").read_bytes() == before
    assert sorted(one.name for one in (seeds / FOLDER).iterdir()) == ["missions.csv", "source.json"]
    assert [one.name for one in seeds.iterdir()] == [FOLDER]


def test_another_table_gets_a_file_of_its_own(propose, seeds):
    propose(FORM)
    changed = filled(
        record="actors/cnsa", field="name", value="China National Space Administration"
    )
    assert propose(changed)[0] == 0
    assert (seeds / FOLDER / "actors.csv").is_file()
    assert not any(
        p.severity == "error" for p in check_seeds(seeds / FOLDER).problems if p.code[0] in "FEX"
    )


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, "stands in example-daily-2020-china-launches-probe-bring/missions.csv already."),
        ({"accessed": "2026-11-21"}, "differs in accessed."),
        ({"tier": "community", "locator": "p. 2"}, "differs in custom."),
    ],
)
def test_only_new_rows_of_the_same_document_are_added(propose, seeds, changed, says):
    propose(FORM)
    before = bytes_of(seeds)
    code, report = propose(filled(**changed))
    assert (code, report["state"]) == (1, "incomplete")
    assert says in report["to_do"][0]["what"]
    assert bytes_of(seeds) == before


def test_nothing_is_written_through_a_link(propose, seeds, tmp_path):
    propose(FORM)
    outside = tmp_path / "outside.csv"
    outside.write_bytes((seeds / FOLDER / "missions.csv").read_bytes())
    before = outside.read_bytes()
    (seeds / FOLDER / "missions.csv").unlink()
    (seeds / FOLDER / "missions.csv").symlink_to(outside)
    _, report = propose(filled(locator="p. 2"))
    assert "symbolic link" in report["to_do"][0]["what"]
    assert outside.read_bytes() == before


def test_a_folder_that_is_no_source_is_left_alone(propose, seeds):
    (seeds / FOLDER).mkdir(parents=True)
    (seeds / FOLDER / "notes.txt").write_text("mine", encoding="utf-8")
    code, told = propose(FORM)
    assert code == 2
    assert "exists already" in told
    assert bytes_of(seeds) == {f"{FOLDER}/notes.txt": b"mine"}


# The form itself.


def test_the_form_and_the_command_speak_of_the_same_parts():
    yaml = pytest.importorskip("yaml")
    template = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/propose-a-fact.yml").read_text())
    parts = {one["id"]: one for one in template["body"] if one["type"] != "markdown"}
    assert {key: one["attributes"]["label"] for key, one in parts.items()} == {
        key: part.label for key, part in form.PARTS.items()
    }
    for key, one in parts.items():
        boxes = (
            one["attributes"]["options"]
            if one["type"] == "checkboxes"
            else [one.get("validations", {})]
        )
        assert all(box.get("required", False) == (key not in form.OPTIONAL) for box in boxes), key
    options = {key: one["attributes"].get("options") for key, one in parts.items()}
    assert options["type"] == list(source_json.terms("type"))
    assert options["tier"] == list(source_json.terms("tier"))
    assert options["certainty"] == list(EVIDENCE["certainty"].vocabulary.terms)
