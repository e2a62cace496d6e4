"""The built site behind a small server, and a real Chromium that may ask nobody else.

Needs Chromium (`CHROMIUM` names it, else /usr/bin/chromium) and a built site (`SITE` names the
folder, else `site/`). Without them the tests are skipped; `.ci/run` sets `BROWSER_TESTS=required`,
and then they fail.
"""

import functools
import http.server
import os
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SITE = Path(os.environ.get("SITE", ROOT / "site"))
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)


def lacking() -> str:
    """Say what the tests need and do not find."""
    try:
        import axe_playwright_python  # noqa: F401
        import playwright  # noqa: F401
    except ImportError:
        return "the extra `browser` is not installed"
    if not CHROMIUM.exists():
        return f"there is no Chromium at {CHROMIUM}"
    if not (SITE / "records" / "missions" / "change-5.html").is_file():
        return f"{SITE} holds no built site"
    return ""


def assert_fits_and_reads(page):
    """Nothing of a page stands outside its window, and axe finds nothing serious."""
    from axe_playwright_python.sync_playwright import Axe

    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) <= 0
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    serious = [
        (one["id"], [node["html"][:160] for node in one["nodes"][:3]])
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]
    assert serious == []


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    """A real browser."""
    if reason := lacking():
        if os.environ.get("BROWSER_TESTS") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        yield browser
        browser.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def server():
    """The address of the built site."""
    handler = functools.partial(_Quiet, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}/"
        served.shutdown()


class Visit:
    """One tab that notes what it asked for, what it received, and what went wrong."""

    def __init__(self, page, server):
        self.page, self.server = page, server
        self.outside, self.wrong, self.received = [], [], {}
        page.route("**/*", self._let)
        page.on("console", lambda said: said.type == "error" and self.wrong.append(said.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("response", self._note)

    def _let(self, route):
        if route.request.url.startswith((self.server, "data:", "blob:", "file:")):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def _note(self, response):
        if response.status >= 400:
            self.wrong.append(f"{response.status} {response.url}")
        elif response.request.resource_type != "websocket" and response.status == 200:
            self.received[response.url] = len(response.body())

    def open(self, path, base=None):
        self.page.goto((base or self.server) + path)
        self.page.wait_for_load_state("networkidle")
        return self.page


@pytest.fixture
def visit(chromium, server):
    """Open a tab of a size and a colour scheme."""
    contexts = []

    def made(width=1440, height=900, scheme="light", **options):
        viewport = {"width": width, "height": height}
        context = chromium.new_context(viewport=viewport, color_scheme=scheme, **options)
        contexts.append(context)
        return Visit(context.new_page(), server)

    yield made
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def address(server):
    """The address of the built site, by the name that the explorer's tests use."""
    return server


@pytest.fixture(scope="session")
def explorer_files(chromium):  # noqa: ARG001 - it says what is lacking
    """The folder of the explorer in the built site."""
    return SITE / "explorer"


@pytest.fixture(scope="session")
def windows(chromium):
    """Give a window by its width and colour scheme; it keeps what it has loaded between tests."""

    @functools.cache
    def window(width, scheme):
        size = {"width": width, "height": 900}
        return chromium.new_context(viewport=size, color_scheme=scheme, accept_downloads=True)

    return window


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
