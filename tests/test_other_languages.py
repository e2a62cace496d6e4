"""The examples for R and JavaScript run, where R and Node are, and print what the page says.

`python tests/test_other_languages.py` writes the outputs into the page anew. R needs the packages
DBI, RSQLite and jsonlite of the distribution; JavaScript needs `@duckdb/duckdb-wasm`, which
`npm install --prefix build/js @duckdb/duckdb-wasm` puts where this test looks for it.
"""

import re
import shutil
import subprocess
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from lunarprogrammes.edition import Edition
from lunarprogrammes.export.formats import write

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "other-languages.md"
MODULES = ROOT / "build" / "js" / "node_modules"
# Code of which the page says what it prints: a block right before one of text.
BLOCK = re.compile(
    r"^```(r|js)\n((?:(?!```).*\n)*)```\n\n```text\n((?:(?!```).*\n)*)```$", re.MULTILINE
)
MARK = "=== end of block ==="
COMMANDS = {"r": ["Rscript", "--vanilla", "page.R"], "js": ["node", "page.mjs"]}


def blocks(language):
    """Code and printed output of each block of the page, in order."""
    found = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    return [(code, output) for said, code, output in found if said == language]


def fill(folder):
    """Put the files into a folder that the page tells its reader to make."""
    write(Edition.open(), "sqlite", folder / "moon.sqlite")
    with zipfile.ZipFile(write(Edition.open(), "zip", folder / "moon.zip")) as one:
        one.extractall(folder / "moon")
    if MODULES.is_dir():
        (folder / "node_modules").symlink_to(MODULES)


def outputs(language, folder):
    """What each block prints; those of R are one session, each of JavaScript is a module."""
    codes = [code for code, _ in blocks(language)]
    if language == "r":
        whole = "options(width = 100)\n" + f'cat("{MARK}\\n")\n'.join(codes)
        return ran("r", whole, folder).split(f"{MARK}\n")
    return [ran("js", code, folder) for code in codes]


def ran(language, code, folder):
    *_, name = words = COMMANDS[language]
    (folder / name).write_text(code, encoding="utf-8")
    done = subprocess.run(
        words, cwd=folder, capture_output=True, text=True, timeout=120, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("languages")
    fill(folder)
    return folder


@pytest.mark.parametrize("language", COMMANDS)
def test_the_page_prints_what_it_says(language, folder):
    program = COMMANDS[language][0]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    if language == "js" and not MODULES.is_dir():
        pytest.skip("run `npm install --prefix build/js @duckdb/duckdb-wasm` first")
    said = [output for _, output in blocks(language)]
    assert said
    assert outputs(language, folder) == said, "run `python tests/test_other_languages.py`"


def test_the_page_agrees_with_python(moon):
    """Three answers of the page that the dataset itself must give, whoever asks."""
    brought = [one for one in moon.missions if one.sample_mass_g]
    assert sorted(blocks("js")[1][1].splitlines()) == sorted(
        f"{country} {count}" for country, count in Counter(one.country for one in brought).items()
    )
    sample = moon.why("missions", "change-5", "sample_mass_g")
    assert blocks("r")[3][1] == f"{sample.value} {sample.verdict}\n"
    accords = moon.parties.where(agreement="artemis-accords")
    early = {
        moon.actors[one.party].name
        for one in accords
        if one.signed and one.signed.upper and one.signed.upper.year < 2021
    }
    listed = blocks("r")[0][1].splitlines()[1:-1]
    assert len(listed) == len(early)
    assert {line.split(maxsplit=1)[1].rsplit(maxsplit=2)[0] for line in listed} == early


def main():
    """Write what the blocks print now into the page."""
    text = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        fill(Path(name))
        for language in COMMANDS:
            for (code, before), now in zip(
                blocks(language), outputs(language, Path(name)), strict=True
            ):
                old, new = (f"{code}```\n\n```text\n{one}```" for one in (before, now))
                text = text.replace(old, new)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
