"""E117, X105: a web address at which the document does not stand."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lunarprogrammes.check.problems import ERROR
from lunarprogrammes.check.rule import Remark, Rule
from lunarprogrammes.tables import Field

NO_DOCUMENT = Rule(
    code="E117",
    name="no-document-address",
    severity=ERROR,
    reason="A home page or the result of a search is not what was read, and shows something else "
    "tomorrow.",
    bad="https://www.example.org/",
    good="https://www.example.org/2023/space-alliance",
)
SCHEME = Rule(
    code="X105",
    name="address-scheme",
    severity=ERROR,
    reason="Only http and https addresses can be opened by everybody; others run programs or point "
    "at files of one machine.",
    bad="javascript:alert(1)",
    good="https://www.example.org/2023/space-alliance",
)
RULES = (NO_DOCUMENT, SCHEME)

PRIORITY = 50

_EXPECTED = "Expected the document's own public http or https address."
_is_search_host = re.compile(
    r"(.+\.)?(google\.[a-z.]+|bing\.com|duckduckgo\.com|baidu\.com|yandex\.[a-z]+|search\..+"
    r"|webcache\.googleusercontent\.com|ecosia\.org|startpage\.com)"
).fullmatch
_is_first_page = re.compile("/?([a-z]{2}/?)?((index|home|default)([.][a-z]{3,5})?/?)?").fullmatch
_is_bare = re.compile(
    "(//)?[a-z0-9-]+([.][a-z0-9-]+)*[.][a-z]{2,}(/[^ ]*)?", re.IGNORECASE
).fullmatch
_SEARCH_PATHS = ("/search", "/results", "/s", "/url", "/link", "/yandsearch", "/html")


def inspect(field: Field, text: str) -> Iterator[Remark]:
    """Look at the parts of an address; nothing is ever fetched."""
    if field.kind != "url":
        return
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return
    if parts.scheme not in {"http", "https"}:
        what = (
            f"The address begins with '{parts.scheme}:'."
            if parts.scheme
            else f"'{text}' is no address."
        )
        remedy = "Give the address that a browser shows."
        if not parts.scheme and _is_bare(text):
            remedy = f"Did you mean https://{text.lstrip('/')}?"
        yield Remark(SCHEME, what, _EXPECTED, remedy)
    elif _is_home(parts.path) and not parts.query and not parts.fragment.strip("/!"):
        what = f"The address names the site {host} and no document."
        yield Remark(NO_DOCUMENT, what, _EXPECTED, "Give the address of the page that was read.")
    elif _is_search(host, parts.path, parts.query):
        what = f"The address is a search or a copy at {host}."
        yield Remark(NO_DOCUMENT, what, _EXPECTED, "Open the result and give its own address.")


def _is_home(path: str) -> bool:
    """Say whether a path is that of a site's first page, in one of its languages perhaps."""
    return _is_first_page(path) is not None


def _is_search(host: str, path: str, query: str) -> bool:
    if host.startswith("webcache."):
        return True
    searching = path.rstrip("/") in _SEARCH_PATHS or path.startswith("/search")
    asking = re.search("(^|&)(q|query|wd|p|text|url)=", query) is not None
    known = _is_search_host(host) is not None
    return (known and (searching or asking)) or (searching and asking)
