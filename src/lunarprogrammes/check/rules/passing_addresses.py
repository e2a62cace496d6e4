"""E130: a web address that will not lead to the document for long, or not for everybody."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lunarprogrammes.check.problems import ERROR
from lunarprogrammes.check.rule import Remark, Rule
from lunarprogrammes.tables import Field

PASSING = Rule(
    code="E130",
    name="passing-address",
    severity=ERROR,
    reason="A shortened address hides where it leads, a translation or a cached copy is not the "
    "document, and an address of one's own machine or with a password in it leads nobody there.",
    bad="https://bit.ly/3xYzAbc",
    good="https://www.example.org/2023/space-alliance",
)
RULES = (PASSING,)

# Just before the addresses at which no document stands.
PRIORITY = 45

_SHORTENERS = (
    "bit.ly t.co tinyurl.com goo.gl ow.ly is.gd buff.ly lnkd.in dlvr.it rb.gy cutt.ly shorturl.at "
    "t.ly tiny.cc rebrand.ly trib.al fb.me wp.me amzn.to reut.rs nyti.ms bloom.bg"
)
_TRANSLATIONS = ("translate.google.", "translate.goog", "translate.yandex.", "fanyi.baidu.com")
_COPIES = ("webcache.", "cc.bingj.com", "cdn.ampproject.org", "r.jina.ai", "12ft.io", "outline.com")
_is_private = re.compile(
    r"localhost|.+\.(local|internal|lan|test)|(127|10)(\.[0-9]+){3}|(192\.168|169\.254)(\.[0-9]+){2}"
    r"|172\.(1[6-9]|2[0-9]|3[01])(\.[0-9]+){2}|[^.]+|\[?::1\]?"
).fullmatch


def inspect(field: Field, text: str) -> Iterator[Remark]:
    """Look at the host of an address; nothing is ever fetched."""
    if field.kind != "url":
        return
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower().removeprefix("www.")
        named = parts.username is not None
    except ValueError:
        return
    if parts.scheme not in {"http", "https"} or not host:
        return
    what, remedy = _fault(host, named=named)
    if what:
        expected = "Expected the document's own public http or https address."
        yield Remark(PASSING, what, expected, remedy)


def _fault(host: str, *, named: bool) -> tuple[str, str]:
    if named:
        return "The address holds a user name or a password.", "Leave out all before the @."
    if host in _SHORTENERS.split():
        return f"The address is shortened by {host}.", "Open it and give the address it leads to."
    if any(host.startswith(one) or host.endswith(one) for one in _TRANSLATIONS):
        return f"The address is a translation by {host}.", "Give the address of the original."
    if any(host.startswith(one) or host.endswith(one) for one in _COPIES):
        return f"The address is a passing copy at {host}.", "Give the address of the original."
    if _is_private(host):
        return f"The address is that of a machine called {host}.", "Give the public address."
    return "", ""
