"""The pages under docs/ tell the truth: every block runs and prints what the page says it prints.

`python tests/test_docs.py` writes the pages anew: the generated ones, and the output of every
`console` and `pycon` block of the others. The tests compare exactly that with what is committed.
"""

import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import tempfile
import traceback
from pathlib import Path

import pytest

import lunarprogrammes as lp
from lunarprogrammes.cli import main
from lunarprogrammes.edition import Edition
from lunarprogrammes.export.pages import write_pages
from lunarprogrammes.site.writing import write_site

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = (
    "index.md",
    "tutorial.md",
    "cite.md",
    "reading.md",
    "design.md",
    "api.md",
    "assistants.md",
    "formats.md",
    "other-languages.md",
    "semantic-web.md",
    "resolution.md",
    "scale.md",
    "contributing.md",
    "check-your-own.md",
    "checker-figures.md",
    "changelog.md",
    "releasing.md",
)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What installs or builds cannot run inside a test; the build of the site has a test of its own.
NOT_RUN = (
    "pip install ",
    "mkdocs ",
    "lunarprogrammes site",
    "python tests/test_docs.py",
    "python benchmarks/",
)


def rewritten(text: str) -> str:
    """Return a page with the output of all its blocks as it is now; run it in a scratch folder."""
    names: dict[str, object] = {"__name__": "__main__"}

    def run(found: re.Match[str]) -> str:
        language, block = found.groups()
        if language == "console":
            commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
            return "```console\n" + "\n".join(map(console, commands)) + "```"
        if language == "pycon":
            examples = doctest.DocTestParser().get_examples(block)
            return "```pycon\n" + "".join(session(one.source, names) for one in examples) + "```"
        if language in {"sh", "bash"}:
            assert all(line.startswith(NOT_RUN) for line in block.splitlines()), block
        # R and JavaScript run in test_other_languages.py; Julia runs nowhere, as its page says.
        assert language in {"sh", "text", "csv", "json", "yaml", "r", "js", "julia"}, (
            f"no test for a block of {language}"
        )
        return found.group()

    return BLOCK.sub(run, text)


def answered(text: str) -> str:
    """Return a page whose Python has what it prints now; other tests run README and questions."""
    names: dict[str, object] = {"__name__": "__main__"}

    def run(found: re.Match[str]) -> str:
        language, block = found.groups()
        if language != "python" or ">>> " not in block:
            return found.group()
        examples = doctest.DocTestParser().get_examples(block)
        told = [session(one.source, names, closed=True) for one in examples]
        return "```python\n" + "".join(told) + "```"

    return BLOCK.sub(run, text)


def console(command: str) -> str:
    """Return a command of ours with what it prints, remarks included."""
    program, *words = shlex.split(command)
    assert program == "lunarprogrammes", f"no test can run {command}"
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        main(words)
    return f"$ {command}\n{out.getvalue().rstrip()}\n"


def session(source: str, names: dict[str, object], *, closed: bool = False) -> str:
    """Return a statement of Python with what it prints, as an interactive session shows it."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(source, "<docs>", "single"), names)
        except lp.LunarProgrammesError as error:
            last = traceback.format_exception_only(error)[-1]
            print(f"Traceback (most recent call last):\n    ...\n{last}", end="")
    first, *more = source.splitlines()
    if closed and more and more[-1].startswith(" "):
        more.append("")  # the empty line that ends a compound statement
    shown = "\n".join([f">>> {first}", *(f"... {line}".rstrip() for line in more)])
    printed = re.sub(r"^$", "<BLANKLINE>", out.getvalue().rstrip(), flags=re.MULTILINE)
    return f"{shown}\n" + (f"{printed}\n" if out.getvalue() else "")


@contextlib.contextmanager
def scratch(page):
    """Work in an empty folder; a page that adds to seeds/ finds a copy, as a checkout has one."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        if "lunarprogrammes new-source" in page:
            shutil.copytree(ROOT / "seeds", Path(folder) / "seeds")
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


@pytest.mark.parametrize("page", PAGES)
def test_blocks_print_what_the_page_says(page, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    if page == "tutorial.md":
        pytest.importorskip("pandas")
        pytest.importorskip("frictionless")
    if page == "assistants.md":
        pytest.importorskip("mcp")
    if page == "semantic-web.md":
        pytest.importorskip("rdflib")
    text = (DOCS / page).read_text(encoding="utf-8")
    with scratch(text):
        now = rewritten(text)
    assert now == text, f"docs/{page} is out of date: run `python tests/test_docs.py`"


def test_every_page_is_tested_or_generated():
    by_hand = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    generated = {
        "camps.md",
        "cli.md",
        "counts.md",
        "coverage.md",
        "definitions.md",
        "parity.md",
        "slips.md",
    }
    others = {one for one in by_hand if not one.startswith(("dictionary/", "checks/"))} - generated
    assert others == {*PAGES, "questions.md"}  # the questions have a test of their own


def test_the_site_builds_strictly_and_asks_nobody_else(tmp_path):
    """A reader without network, or one who does not want to be tracked, gets the whole site."""
    pytest.importorskip("material")
    pytest.importorskip("mkdocstrings")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    source, site = tmp_path / "source", tmp_path / "site"
    # The programmes stand for all records, of which `.ci/run` builds every one.
    write_site(Edition.open(ROOT / "datasets"), DOCS, source, paged=["programmes"])
    configured = load_config(
        str(ROOT / "mkdocs.yml"), docs_dir=str(source), site_dir=str(site), strict=True
    )
    build(configured)
    pages = list(site.rglob("*.html"))
    assert len(pages) > len(PAGES)
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert outside(html) == [], page
    for sheet in site.rglob("*.css"):
        css = sheet.read_text(encoding="utf-8")
        assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", css) == [], sheet


def outside(html: str) -> list[str]:
    """Return what a page fetches from other hosts by itself; links to click are not among it."""
    tags = re.findall(r"<(?:script|link|img|iframe|source|video|audio)\b[^>]*>", html)
    found = [re.findall(r"(?:src|href)=[\"']?((?:https?:)?//[^\"'\s>]+)", tag) for tag in tags]
    return [address for addresses in found for address in addresses]


def test_outside_requests_are_seen():
    assert outside('<script src="https://cdn.example/x.js"></script>') == [
        "https://cdn.example/x.js"
    ]
    assert outside("<link href=//fonts.example/a.css>") == ["//fonts.example/a.css"]
    assert outside('<a href="https://example.org">x</a><script src="a.js"></script>') == []


if __name__ == "__main__":
    os.environ["NO_COLOR"] = "1"
    write_pages(DOCS, lp.load())
    for name in PAGES:
        path = DOCS / name
        text = path.read_text(encoding="utf-8")
        with scratch(text):
            made = rewritten(text)
        path.write_text(made, encoding="utf-8")
        print(path)
    for path in (ROOT / "README.md", DOCS / "questions.md"):
        path.write_text(answered(path.read_text(encoding="utf-8")), encoding="utf-8")
        print(path)
