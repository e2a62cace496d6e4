"""What tests in a browser share: the explorer of the committed edition, served as plain files.

The browser reaches one host, the one that serves the site: all others are blocked, in the browser
and beneath it, and whatever was asked of them fails the test.
"""

import functools
import http.server
import os
import shutil
import threading
from pathlib import Path

import pytest

from lunarprogrammes.site.explorer import write

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def chromium():
    """The path of Chromium; without one the tests are skipped, but never in CI."""
    pytest.importorskip("playwright")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        assert not os.environ.get("CI"), "There is no Chromium; name one in CHROMIUM."
        pytest.skip("There is no Chromium; name one in CHROMIUM.")
    return found


@pytest.fixture(scope="session")
def explorer_files(moon, tmp_path_factory):
    """The folder that `write` fills, of the committed edition."""
    folder = tmp_path_factory.mktemp("docs")
    write(moon, folder)
    return folder / "explorer"


@pytest.fixture(scope="session")
def address(explorer_files, tmp_path_factory):
    """The address of a site with the explorer in it, built with this repository's theme."""
    config = pytest.importorskip("mkdocs.config")
    from mkdocs.commands.build import build

    docs = explorer_files.parent
    (docs / "index.md").write_text("# Home\n", encoding="utf-8")
    shutil.copytree(ROOT / "docs" / "stylesheets", docs / "stylesheets")
    site = tmp_path_factory.mktemp("site")
    nav = ["index.md", "explorer/index.md", "explorer/sql.md"]
    made = config.load_config(
        str(ROOT / "mkdocs.yml"), docs_dir=str(docs), site_dir=str(site), nav=nav,
        plugins=["search"], hooks=[], extra_javascript=[], use_directory_urls=False,
    )  # fmt: skip
    build(made)
    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def windows(chromium):
    """Give a window by its width and colour scheme; it keeps what it has loaded between tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)

        @functools.cache
        def window(width, scheme):
            size = {"width": width, "height": 900}
            return opened.new_context(viewport=size, color_scheme=scheme, accept_downloads=True)

        yield window
        opened.close()


@pytest.fixture
def open_page(windows, address):
    """Open pages of the site; what they ask of others, and every error, fails the test."""
    wrong, pages = [], []

    def opened(path, *, width=1440, scheme="light"):
        page = windows(width, scheme).new_page()
        pages.append(page)

        def own_alone(route):
            if route.request.url.startswith((address, "blob:", "data:")):
                route.continue_()
            else:
                wrong.append(f"asked elsewhere: {route.request.url}")
                route.abort()

        page.route("**/*", own_alone)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on(
            "console",
            lambda said: wrong.append(f"said: {said.text}") if said.type == "error" else None,
        )
        page.goto(address + path)
        page.wait_for_selector("[data-ready]")
        return page

    yield opened
    for page in pages:
        page.close()
    assert wrong == []
