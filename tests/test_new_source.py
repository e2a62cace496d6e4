"""`new-source`: options, questions and exports all end in one whole folder, or in none."""

import builtins
import contextlib
import io
import json
import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lunarprogrammes.check import check_seeds
from lunarprogrammes.cli import main
from lunarprogrammes.proposals import folders, naming, questions, source_json, zotero
from lunarprogrammes.tables.sources import SOURCE_TYPE

EXPORTS = Path(__file__).parent / "proposals"
ONE, SEVERAL = EXPORTS / "zotero-one.json", EXPORTS / "zotero-several.json"
OPTIONS = [
    *("--title", "Lunar plans"),
    *("--type", "report"),
    *("--tier", "scholarly"),
    *("--accessed", "2026-11-20"),
]


@pytest.fixture
def seeds(tmp_path):
    return tmp_path / "seeds"


def run(seeds, *words):
    return main(["new-source", *words, "--seeds", str(seeds)])


def source(folder):
    return json.loads((folder / "source.json").read_text(encoding="utf-8"))


def nothing_written(seeds):
    return not seeds.exists() or not list(seeds.iterdir())


# Options.


def test_options_make_a_folder_that_lacks_only_its_facts(seeds, capsys):
    words = ["--publisher", "Example Institute", "--issued", "2026-10", "--author", "A. One"]
    assert run(seeds, "example-2026-lunar-plans", *OPTIONS, *words, "--author", "B. Two") == 0
    folder = seeds / "example-2026-lunar-plans"
    assert source(folder) == {
        "id": "example-2026-lunar-plans",
        "type": "report",
        "title": "Lunar plans",
        "author": [{"literal": "A. One"}, {"literal": "B. Two"}],
        "publisher": "Example Institute",
        "issued": {"date-parts": [[2026, 10]]},
        "accessed": {"date-parts": [[2026, 11, 20]]},
        "language": "en",
        "custom": {"tier": "scholarly", "locator": "Title"},
    }
    assert [problem.code for problem in check_seeds(folder).problems] == ["E118"]
    assert capsys.readouterr().out.splitlines() == [
        f"{folder / 'source.json'}",
        "Next: one CSV per table with the table's columns and a locator; then",
        f"  lunarprogrammes check {folder}",
        "Until then it finds:",
        f"  E118 {folder.name}/source.json: No claim comes from {folder.name}.",
    ]


def test_an_id_is_proposed_where_none_is_given(seeds, capsys):
    assert run(seeds, *OPTIONS, "--publisher", "The Example Institute", "--issued", "2026~") == 0
    assert [one.name for one in seeds.iterdir()] == ["example-institute-2026-lunar-plans"]
    assert source(next(seeds.iterdir()))["issued"] == {"raw": "2026~"}
    capsys.readouterr()


def test_tables_are_prepared_with_all_their_columns(seeds, capsys):
    assert run(seeds, "x-2026-y", *OPTIONS, "--tables", "missions, partners") == 0
    folder = seeds / "x-2026-y"
    assert sorted(one.name for one in folder.iterdir()) == [
        "missions.csv",
        "partners.csv",
        "source.json",
    ]
    header = (folder / "missions.csv").read_text(encoding="utf-8")
    assert header.startswith("id,name,programme,")
    assert header.endswith(",locator,as_of,certainty,cites,remark\n")
    # All that the checker wants is the facts.
    assert {problem.code for problem in check_seeds(folder).problems} == {"F116"}
    assert "delete what stays empty" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--tier", "Oficial"], "--tier: 'Oficial' is not one of them. Expected one of: official,"),
        (["--tier", "editors"], "--tier: 'editors' is not one of them."),
        (["--type", "reprot"], "Did you mean report?"),
        (["--accessed", "2026-11-31"], "names a day that November 2026 does not have."),
        (["--url", "javascript:alert(1)"], "--url: The address begins with 'javascript:'."),
        (["--url", "https://www.example.org/"], "names the site www.example.org and no document."),
        (["--title", "=1+1"], "would be run as a formula."),
        (["--title", "a\u202eb"], "invisible character: right-to-left override (U+202E)."),
        (["--author", " ; "], "--author: This cannot be empty."),
        (["--language", "English"], "Expected a language tag"),
        (["--tables", "mission"], "There is no table 'mission'."),
        (["--tables", "claims"], "The table claims is generated and has no file of its own."),
        (["--item", "x"], "--item needs an export. Name it with --csl FILE."),
    ],
)
def test_a_bad_option_is_told_and_nothing_is_written(seeds, capsys, words, message):
    assert run(seeds, "x-2026-y", *OPTIONS, *words) == 2
    assert message in capsys.readouterr().err
    assert nothing_written(seeds)


def test_without_a_terminal_what_is_missing_is_named(seeds, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run(seeds, "x-2026-y", "--title", "Plans", "--type", "report") == 2
    assert capsys.readouterr().err == (
        "error: Not all is known of the document: tier, accessed. Give --tier, --accessed, or run "
        "the command on a terminal, where it asks.\n"
    )
    assert nothing_written(seeds)


# Ids and folders.


@pytest.mark.parametrize(
    "bad",
    [
        "..", ".", "../x", "/tmp/x", "a/b", "a\\b", "A-2026", "a b", "a--b", "-a", "a\n", "con",
        "editors", "a" * 121, "x\0y", "嫦娥", ".hidden", "C:",
    ],
)  # fmt: skip
def test_an_id_never_leaves_the_folder(tmp_path, bad):
    with pytest.raises(naming.BadSourceId):
        folders.write_folder(tmp_path, bad, {"source.json": "{}"})
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(seeds, capsys):
    assert run(seeds, "x-2026-y", *OPTIONS) == 0
    before = (seeds / "x-2026-y" / "source.json").read_bytes()
    assert run(seeds, "x-2026-y", *OPTIONS, "--title", "Other") == 2
    assert "exists already. Choose another id" in capsys.readouterr().err
    assert (seeds / "x-2026-y" / "source.json").read_bytes() == before
    assert [one.name for one in seeds.iterdir()] == ["x-2026-y"]


@pytest.mark.parametrize("kind", ["empty folder", "file", "dangling link"])
def test_a_place_that_is_taken_stays_as_it_is(seeds, tmp_path, kind):
    seeds.mkdir()
    place = seeds / "x-2026-y"
    if kind == "empty folder":
        place.mkdir()
    elif kind == "file":
        place.write_text("mine", encoding="utf-8")
    else:
        place.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(folders.FolderExists):
        folders.write_folder(seeds, "x-2026-y", {"source.json": "{}"})
    assert [one.name for one in seeds.iterdir()] == ["x-2026-y"]
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("blow", [OSError("disk full"), KeyboardInterrupt()])
def test_a_write_that_is_broken_off_leaves_nothing(tmp_path, monkeypatch, blow):
    real = Path.write_text

    def failing(self, *given, **named):
        if self.name == "missions.csv":
            raise blow
        return real(self, *given, **named)

    monkeypatch.setattr(Path, "write_text", failing)
    seeds = tmp_path / "new" / "seeds"
    with pytest.raises(type(blow)):
        folders.write_folder(seeds, "x-2026-y", {"source.json": "{}", "missions.csv": "id\n"})
    # Nor do the folders that were made for it stay.
    assert list(tmp_path.iterdir()) == []


def test_files_stay_inside_the_folder(tmp_path):
    folder = folders.write_folder(tmp_path / "seeds", "x-2026-y", {"../../escape.txt": "x"})
    assert [one.name for one in folder.iterdir()] == ["escape.txt"]
    assert [one.name for one in tmp_path.iterdir()] == ["seeds"]


@pytest.mark.parametrize(
    ("parts", "proposed"),
    [
        (("People's Daily Online", "2024-03-26", "China's Queqiao-2 relay satellite enters orbit"),
         "peoples-daily-2024-chinas-queqiao-2-relay"),
        (("中国新闻社", "", "嫦娥五号"), "unnamed-nd-document"),
        (("Łódź Ø", "2020~", "Mons Rümker"), "lodz-o-2020-mons-rumker"),
        (("A" * 200, "2020", "B" * 200), "a" * 60),
        (("../..", "2020", "../etc/passwd"), "unnamed-2020-etc-passwd"),
    ],
)  # fmt: skip
def test_a_proposed_id_is_one(parts, proposed):
    assert naming.propose_id(*parts) == proposed
    assert naming.checked_id(proposed) == proposed


# Exports.


def test_a_zotero_item_is_carried_over(seeds, capsys):
    assert run(seeds, "--csl", str(ONE), "--tier", "press") == 0
    assert source(seeds / "peoples-daily-2024-chinas-queqiao-2-relay") == {
        "id": "peoples-daily-2024-chinas-queqiao-2-relay",
        "type": "article-newspaper",
        "title": "China's Queqiao-2 relay satellite enters orbit around the moon",
        "publisher": "People's Daily Online",
        "issued": {"date-parts": [[2024, 3, 26]]},
        "accessed": {"date-parts": [[2026, 11, 22]]},
        "URL": "http://en.people.cn/n3/2024/0326/c90000-20149272.html",
        "language": "en-US",
        "custom": {"tier": "press", "locator": "Title"},
    }
    assert capsys.readouterr().err.splitlines() == [
        "note: The marks of italics and the like in the title were left out.",
        "note: Left out, because a source is not described by it: abstract, source.",
    ]


def test_an_item_is_chosen_by_its_key_and_options_prevail(seeds, capsys):
    words = ["--item", "julienne2025", "--tier", "scholarly", "--accessed", "2026-11-22"]
    assert run(seeds, "ifri-2025-race", "--csl", str(SEVERAL), *words, "--title", "Race") == 0
    made = source(seeds / "ifri-2025-race")
    assert made["title"] == "Race"
    assert made["author"] == [
        {"family": "Julienne", "given": "Marc"},
        {"family": "Wohrer", "given": "Paul"},
    ]
    assert made["issued"] == {"date-parts": [[2025, 3]]}
    assert (made["DOI"], made["URL"]) == ("10.1234/abc.5", "https://doi.org/10.1234/abc.5")
    assert "note: issued 'March 2025' was read as 2025-03." in capsys.readouterr().err
    assert {problem.code for problem in check_seeds(seeds / "ifri-2025-race").problems} == {"E118"}


def test_what_an_item_cannot_say_is_told_and_left_out():
    carried = zotero.carry_over(zotero.read_export(SEVERAL)[2])
    assert carried.parts == {"type": "document", "title": "嫦娥五号"}
    told = "\n".join(carried.notes)
    assert "The type motion_picture became document" in told
    assert "issued 'soon' was left out" in told
    assert "url 'javascript:alert(1)' was left out" in told
    assert "language 'Chinese' was left out" in told


def test_every_type_of_csl_ends_in_one_of_ours():
    kinds = ["post", "entry", "thesis", "software", "x", *SOURCE_TYPE.terms]
    for kind in kinds:
        carried = zotero.carry_over({"type": kind, "title": "T"})
        assert carried.parts["type"] in SOURCE_TYPE.terms


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "not valid JSON. In Zotero choose Export Item"),
        (b"[{]", ":1:3: The file is not valid JSON."),
        (b"[]", "The file holds no items."),
        (b"[{}]", "The file holds no items."),
        (b'{"items": []}', "The file holds no items."),
        (b'"x"', "The file holds no list of items."),
        (b"[1, 2]", "The file holds no list of items."),
        (b"\xff\xfe[\x00]", "The file is not UTF-8."),
        (b"[" * 100_000, "The file is not JSON that can be read."),
        (b'[{"id": 1' + b"1" * 5000 + b"}]", "The file is not JSON that can be read."),
    ],
)
def test_a_bad_export_is_told(seeds, tmp_path, capsys, text, message):
    path = tmp_path / "export.json"
    path.write_bytes(text)
    assert run(seeds, "--csl", str(path), *OPTIONS) == 2
    printed = capsys.readouterr().err
    assert message in printed
    assert "Traceback" not in printed
    assert nothing_written(seeds)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "The file holds 3 items. They are julienne2025 (Racing to the Moon); bloomberg2023 "),
        (["--item", "julienne2024"], "no item with the key 'julienne2024'."),
        (["--item", "julienne2024"], "Did you mean julienne2025?"),
    ],
)
def test_an_item_has_to_be_chosen(seeds, capsys, words, message):
    assert run(seeds, "--csl", str(SEVERAL), *words) == 2
    assert message in capsys.readouterr().err
    assert nothing_written(seeds)


def test_an_export_that_is_missing_or_has_a_key_twice(seeds, tmp_path, capsys):
    assert run(seeds, "--csl", str(tmp_path / "none.json")) == 2
    assert "cannot be read: No such file or directory." in capsys.readouterr().err
    twice = tmp_path / "twice.json"
    twice.write_text(json.dumps([{"id": "a", "title": "1"}, {"id": "a", "title": "2"}]))
    assert run(seeds, "--csl", str(twice), "--item", "a") == 2
    assert "holds 2 items with the key 'a'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "item",
    [
        {"title": {"a": 1}, "author": "x", "issued": [], "URL": 5, "DOI": [], "type": None},
        {"title": "T", "author": [{"family": {}}, 3], "issued": {"date-parts": [["x"]]}},
        {"title": "T", "issued": {"date-parts": [[2020, 13, 45]]}, "\x1b[31m": 1, "k" * 5000: 2},
        {"title": "\x00\x1b]0;x\x07", "publisher": "=cmd|' /C calc'!A0", "language": "../.."},
    ],
)
def test_a_hostile_item_raises_nothing_and_carries_nothing_bad(item):
    carried = zotero.carry_over(item)
    for name, text in carried.parts.items():
        assert source_json.valid(name, text) == text
    assert all(note.isprintable() and len(note) < 700 for note in carried.notes)


# Questions.


def asked(monkeypatch, answers):
    """Answer the questions in turn; return them as they were put."""
    put, left = [], iter(answers)

    def answer(prompt):
        put.append(prompt)
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(builtins, "input", answer)
    return put


def test_missing_parts_are_asked_for_with_their_vocabulary(seeds, capsys, monkeypatch):
    put = asked(
        monkeypatch,
        ["", "Lunar plans", "reprot", "report", "", "Example Institute", "2026-10-", "2026-10",
         "2026-11-20", "", "", "official", "p. 1", ""],
    )  # fmt: skip
    assert run(seeds) == 0
    made = source(seeds / "example-institute-2026-lunar-plans")
    assert made["custom"] == {"tier": "official", "locator": "p. 1"}
    assert made["language"] == "en"
    types = put[2]
    assert all(f"  {term} " in types for term in SOURCE_TYPE.terms)
    assert types.endswith("\ntype: ")
    assert put[8].endswith("\naccessed [" + put[8].split("[")[-1])
    assert "editors" not in put[11]
    assert put[-1].endswith("id [example-institute-2026-lunar-plans]: ")
    told = capsys.readouterr().err
    assert "This cannot be left out." in told
    assert "Did you mean report?" in told


def test_only_what_is_missing_is_asked(seeds, capsys, monkeypatch):
    put = asked(monkeypatch, [""] * 9)
    assert run(seeds, *OPTIONS, "--publisher", "P", "--issued", "2026", "--url", "") == 0
    assert [prompt.split("\n")[-1].split()[0].rstrip(":") for prompt in put] == [
        "author", "url", "language", "locator", "id",
    ]  # fmt: skip
    capsys.readouterr()


def test_a_taken_id_is_asked_again(seeds, capsys, monkeypatch):
    assert run(seeds, "p-2026-lunar-plans", *OPTIONS) == 0
    asked(monkeypatch, ["", "", "", "", "", "", "p-2026-lunar-plans", "../x", "p-2026-other"])
    assert run(seeds, *OPTIONS) == 0
    assert (seeds / "p-2026-other").is_dir()
    told = capsys.readouterr().err
    assert "exists already" in told
    assert "cannot name a source" in told


def test_the_end_of_the_answers_writes_nothing(seeds, capsys, monkeypatch):
    asked(monkeypatch, ["Lunar plans", "report"])
    assert run(seeds) == 2
    assert "nothing was written" in capsys.readouterr().err
    assert nothing_written(seeds)


def test_a_taken_folder_is_told_before_anybody_is_asked(seeds, capsys, monkeypatch):
    assert run(seeds, "x-2026-y", *OPTIONS) == 0
    put = asked(monkeypatch, [])
    assert run(seeds, "x-2026-y") == 2
    assert put == []
    capsys.readouterr()


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
def test_ctrl_c_on_a_real_terminal_leaves_nothing_behind(seeds):
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "lunarprogrammes", "new-source", "--seeds", str(seeds)]
    # Python puts the prompt on the standard error, so that all three have to be the terminal.
    with subprocess.Popen(
        words, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as process:
        os.close(theirs)
        os.write(ours, b"Lunar plans\n")
        seen = read_until(ours, "\ntype: ")
        process.send_signal(signal.SIGINT)
        # Some sandboxes do not break off the read of a terminal; a line ends it everywhere.
        with contextlib.suppress(OSError):
            os.write(ours, b"report\n")
        seen += read_until(ours, "interrupted")
        try:
            assert process.wait(20) == 130
        finally:
            process.kill()
    os.close(ours)
    assert "encyclopaedia" in seen
    assert "Traceback" not in seen
    assert nothing_written(seeds)


def read_until(terminal, wanted):
    """Return what a terminal shows until it shows a text, or says no more for twenty seconds."""
    seen = ""
    while wanted not in seen and select.select([terminal], [], [], 20)[0]:
        try:
            seen += os.read(terminal, 4096).decode("utf-8", "replace").replace("\r", "")
        except OSError:  # the other side has gone
            break
    return seen


def test_what_a_question_accepts_the_checker_accepts(tmp_path):
    """Whatever passes one question passes its rule: the two ask the same inspectors."""
    for question in questions.missing({}, "2026-11-20"):
        for term in question.terms:
            assert question.answered(term) == term
    parts = {"title": "T", "type": "report", "tier": "press", "accessed": "2026-11-20"}
    described = source_json.described("x-2026-y", parts)
    folder = folders.write_folder(tmp_path, "x-2026-y", {"source.json": json.dumps(described)})
    assert {problem.code for problem in check_seeds(folder).problems} == {"E118"}
