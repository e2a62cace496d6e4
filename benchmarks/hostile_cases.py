"""The hostile contributions: each is built under a scratch folder, and nothing big is kept here.

Size, work that grows faster than the file, JSON, paths and names. Shared by `hostile.py`, which
measures, and `tests/check/test_hostile.py`, which asks what may not show and may not be written.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

SECRET = "TOP-SECRET-7d1f"  # stands in files outside the folder that is checked
SOURCE = "agency-2024-report"
CASES: dict[str, Callable[[Path], None]] = {}

_ENTRY = {
    "id": SOURCE,
    "type": "report",
    "title": "Moon Report",
    "accessed": {"date-parts": [[2026, 11, 1]]},
    "custom": {"tier": "official", "locator": "title page"},
}
_ROWS = "id,name,locator\nchange-5,Chang'e 5,p. 1\n"


def case(build: Callable[[Path], None]) -> Callable[[Path], None]:
    """Register a function that damages a good source folder as a case; its name tells which."""
    CASES[build.__name__.replace("_", " ")] = build
    return build


def contribution(root: Path, name: str) -> Path:
    """Build one case under a folder and return the seeds folder; the secret lies beside it."""
    (root / "outside").mkdir(parents=True)
    (root / "outside" / "secret.csv").write_text(f"id,name,locator\n{SECRET},{SECRET},p. 1\n")
    (root / "outside" / "source.json").write_text(json.dumps({"title": SECRET}))
    seeds = root / "seeds"
    folder = seeds / SOURCE
    folder.mkdir(parents=True)
    (folder / "source.json").write_text(json.dumps(_ENTRY))
    (folder / "missions.csv").write_text(_ROWS)
    CASES[name](folder)
    return seeds


def _entry(folder: Path, **parts: object) -> None:
    (folder / "source.json").write_text(json.dumps({**_ENTRY, **parts}))


# Size.


@case
def equal_rows_of_70_MB(folder: Path) -> None:  # noqa: N802
    row = b"change-5,Chang'e 5,p. 1\n"
    (folder / "missions.csv").write_bytes(b"id,name,locator\n" + row * (70_000_000 // len(row)))


@case
def equal_rows_of_60_MB(folder: Path) -> None:  # noqa: N802
    row = b"change-5,Chang'e 5,p. 1\n"
    (folder / "missions.csv").write_bytes(b"id,name,locator\n" + row * (60_000_000 // len(row)))


@case
def empty_cells_of_60_MB(folder: Path) -> None:  # noqa: N802
    (folder / "missions.csv").write_bytes(b"id,name,locator\n" + b"," * 60_000_000)


@case
def empty_rows_of_60_MB(folder: Path) -> None:  # noqa: N802
    (folder / "missions.csv").write_bytes(b"id,name,locator\n" + b"\n" * 60_000_000)


@case
def ragged_rows_below_every_limit(folder: Path) -> None:
    (folder / "missions.csv").write_bytes(b"id,name,locator\n" + b"a,b\n" * 499_000)


@case
def sparse_file_of_a_terabyte(folder: Path) -> None:
    with (folder / "missions.csv").open("wb") as file:
        file.truncate(2**40)


@case
def line_of_50_MB(folder: Path) -> None:  # noqa: N802
    (folder / "missions.csv").write_bytes(b"id,name,locator\na," + b"x" * 50_000_000 + b",p. 1\n")


@case
def line_of_a_megabyte(folder: Path) -> None:
    (folder / "missions.csv").write_bytes(b"id,name,locator\na," + b"x" * 1_000_000 + b",p. 1\n")


@case
def columns_100_000(folder: Path) -> None:
    header = ",".join(f"column_{number}" for number in range(100_000))
    (folder / "missions.csv").write_text(f"{header}\n{',' * 99_999}\n")


@case
def columns_9_999(folder: Path) -> None:
    header = ",".join(["id", "name", "locator", *(f"nane{n}" for n in range(9_996))])
    (folder / "missions.csv").write_text(f"{header}\n" + f"a,b,c{',' * 9_996}\n" * 90)


@case
def one_column_10_000_times(folder: Path) -> None:
    (folder / "missions.csv").write_text("name," * 9_998 + "id,locator\n")


@case
def source_file_of_60_MB(folder: Path) -> None:  # noqa: N802
    _entry(folder, note="x" * 60_000_000)


@case
def source_file_of_many_parts(folder: Path) -> None:
    _entry(folder, **{f"titel-{number}": "x" for number in range(20_000)})


@case
def folder_of_5_000_sources(folder: Path) -> None:
    for number in range(5_000):
        (folder.parent / f"s-{number}").mkdir()


@case
def folder_of_5_000_files(folder: Path) -> None:
    for number in range(5_000):
        (folder / f"mission{number}.csv").write_text("id\n")


# Work that grows faster than the file.


@case
def ids_of_32_000_letters(folder: Path) -> None:
    rows = "".join(f"{'ab' * 16_000}{chr(97 + n)},x,p. {n}\n" for n in range(20))
    (folder / "missions.csv").write_text("id,name,locator\n" + rows)


@case
def many_long_ids(folder: Path) -> None:
    rows = "".join(f"{'abc' * 300}-{n},x,p. {n}\n" for n in range(900))
    (folder / "missions.csv").write_text("id,name,locator\n" + rows)


@case
def many_near_ids(folder: Path) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    ids = {f"moon-{a}{b}{c}" for a in letters for b in letters for c in letters}
    rows = "".join(f"{name},x,p. 1\n" for name in sorted(ids))
    (folder / "missions.csv").write_text("id,name,locator\n" + rows)


@case
def many_unknown_references(folder: Path) -> None:
    rows = "".join(f"m-{n},M {n},{'xy' * 40}{n},p. {n}\n" for n in range(20_000))
    (folder / "missions.csv").write_text("id,name,operator,locator\n" + rows)


@case
def long_unknown_references(folder: Path) -> None:
    rows = "".join(f"{'ab' * 9_000}{n},M {n},{'ba' * 9_000}{n},p. {n}\n" for n in range(300))
    (folder / "missions.csv").write_text("id,name,backup_of,locator\n" + rows)


@case
def nothing_but_quotation_marks(folder: Path) -> None:
    (folder / "missions.csv").write_text("id,name,locator\n" + '"' * 900_001 + "\n")


@case
def stray_quotation_marks(folder: Path) -> None:
    row = 'a,x"' + '""x' * 9_000 + ",p. 1\n"
    (folder / "missions.csv").write_text("id,name,locator\n" + row * 30)


@case
def long_dates_and_figures(folder: Path) -> None:
    digits, mixed = "1" * 32_000, "2024-" * 6_000
    texts = [digits, mixed, "~" * 32_000, "1/" * 16_000, "Dec " * 8_000, " 1" * 16_000 + "x"]
    rows = "".join(f"a-{n},{t},{t},{t},p. {n}\n" for n, t in enumerate(texts * 20))
    header = "id,launch_date,sample_mass_g,crew_size,locator\n"
    (folder / "missions.csv").write_text(header + rows)


@case
def long_terms(folder: Path) -> None:
    rows = "".join(f"a-{n},{'sucess' * 5_000}{n},p. {n}\n" for n in range(300))
    (folder / "missions.csv").write_text("id,outcome,locator\n" + rows)


@case
def circle_of_parents(folder: Path) -> None:
    rows = "".join(f"p-{n},P {n},p-{(n + 1) % 20_000},p. 1\n" for n in range(20_000))
    (folder / "programmes.csv").write_text("id,name,parent,locator\n" + rows)


@case
def chain_of_copies(folder: Path) -> None:
    for number in range(1_500):
        other = folder.parent / f"s-{number}"
        other.mkdir()
        custom = {"tier": "press", "locator": "p. 1", "derived_from": f"s-{number + 1}"}
        data = {**_ENTRY, "id": other.name, "custom": custom}
        (other / "source.json").write_text(json.dumps(data))
        (other / "people.csv").write_text(f"id,name,locator\nx-{number},X {number},p. 1\n")


# JSON.


@case
def json_of_100_000_levels(folder: Path) -> None:
    (folder / "source.json").write_text("[" * 100_000 + "]" * 100_000)


@case
def json_objects_of_100_000_levels(folder: Path) -> None:
    (folder / "source.json").write_text('{"a":' * 100_000 + "1" + "}" * 100_000)


@case
def json_of_900_levels(folder: Path) -> None:
    (folder / "source.json").write_text('{"title":' * 900 + "1" + "}" * 900)


@case
def json_number_of_5_000_digits(folder: Path) -> None:
    text = json.dumps(_ENTRY).replace("2026", "9" * 5_000)
    (folder / "source.json").write_text(text)


@case
def json_year_of_4_000_digits(folder: Path) -> None:
    text = json.dumps(_ENTRY).replace("2026", "9" * 4_000)
    (folder / "source.json").write_text(text)


@case
def json_number_without_end(folder: Path) -> None:
    text = json.dumps(_ENTRY)
    for number in ("1e999", "NaN", "-Infinity"):
        text = text.replace("2026", number, 1)
    (folder / "source.json").write_text(text)


@case
def json_with_half_a_surrogate(folder: Path) -> None:
    text = json.dumps({**_ENTRY, "type": "TYPE", "odd": "x"})
    (folder / "source.json").write_text(text.replace("TYPE", "\\ud800").replace("odd", "\\udfff"))


# Paths.


def _replaced_by_link(path: Path, target: str) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(target)


@case
def link_to_a_system_file(folder: Path) -> None:
    _replaced_by_link(folder / "missions.csv", "/etc/passwd")


@case
def link_to_a_file_outside(folder: Path) -> None:
    _replaced_by_link(folder / "missions.csv", "../../outside/secret.csv")


@case
def link_as_source_file(folder: Path) -> None:
    _replaced_by_link(folder / "source.json", "../../outside/source.json")


@case
def link_as_decisions(folder: Path) -> None:
    _replaced_by_link(folder.parent / "decisions.csv", "../outside/secret.csv")


@case
def link_to_a_folder(folder: Path) -> None:
    (folder.parent / "other-2024-report").symlink_to("../outside", target_is_directory=True)


@case
def link_to_the_root(folder: Path) -> None:
    (folder / "all").symlink_to("/", target_is_directory=True)


@case
def link_to_itself(folder: Path) -> None:
    _replaced_by_link(folder / "missions.csv", "missions.csv")
    (folder / "again").symlink_to(".", target_is_directory=True)


@case
def link_to_an_endless_device(folder: Path) -> None:
    _replaced_by_link(folder / "missions.csv", "/dev/zero")


@case
def pipe(folder: Path) -> None:
    (folder / "missions.csv").unlink()
    os.mkfifo(folder / "missions.csv")


@case
def pipe_as_source_file(folder: Path) -> None:
    (folder / "source.json").unlink()
    os.mkfifo(folder / "source.json")


@case
def pipe_as_decisions(folder: Path) -> None:
    os.mkfifo(folder.parent / "decisions.csv")


@case
def folder_as_table(folder: Path) -> None:
    (folder / "missions.csv").unlink()
    (folder / "missions.csv").mkdir()


@case
def folder_as_source_file(folder: Path) -> None:
    (folder / "source.json").unlink()
    (folder / "source.json").mkdir()


@case
def folder_as_decisions(folder: Path) -> None:
    (folder.parent / "decisions.csv").mkdir()


@case
def unreadable_file(folder: Path) -> None:
    (folder / "missions.csv").chmod(0)


@case
def unreadable_folder(folder: Path) -> None:
    other = folder.parent / "other-2024-report"
    other.mkdir()
    other.chmod(0)


@case
def names_with_odd_characters(folder: Path) -> None:
    for name in ("a\nb.csv", "\x1b[31mred\x1b[0m.csv", "\u202ecsv.exe", "..%2f..%2fx.csv", "x\t"):
        (folder / name).write_text("id\n")
    odd = folder.parent / "::error file=x::\nnew line \x1b]0;title\x07"
    odd.mkdir()
    (odd / "missions.csv").write_text(_ROWS)


@case
def names_that_are_not_unicode(folder: Path) -> None:
    raw = os.fsencode(folder) + b"/\xff\xfe.csv"
    with open(raw, "wb") as file:  # noqa: PTH123  # pathlib knows no such name
        file.write(b"id\n")
    os.mkdir(os.fsencode(folder.parent) + b"/\xff-2024-report")  # noqa: PTH102


@case
def paths_in_cells(folder: Path) -> None:
    rows = "../../etc/passwd,../../outside/secret,p. 1\n/etc/passwd,~/x,p. 2\n"
    (folder / "missions.csv").write_text("id,name,locator\n" + rows)
    custom = {"tier": "press", "locator": "x", "derived_from": "../../outside"}
    _entry(folder, id="../../outside", URL="file:///etc/passwd", custom=custom)


@case
def escapes_in_cells(folder: Path) -> None:
    rows = "\x1b[2Jid,\x1b]8;;http://x\x07a\x1b]8;;\x07,\x9b31m\n::error::x,%0A::set-output,p. 1\n"
    (folder / "missions.csv").write_text("id,name,locator\n" + rows)


@case
def descriptors_of_other_tools(folder: Path) -> None:
    resource_of = {"path": "https://example.org/x.csv", "schema": "file:///etc/passwd"}
    text = json.dumps({"resources": [resource_of], "$schema": "https://example.org/x"})
    (folder / "datapackage.json").write_text(text)
    (folder / "conftest.py").write_text("raise SystemExit(3)\n")
    (folder / "missions.py").write_text("raise SystemExit(3)\n")
