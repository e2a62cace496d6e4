"""Turtle as text: literals and addresses escaped as RDF 1.1 Turtle asks, nothing else.

Knows no table and no vocabulary. Written by hand, because a library for RDF would be an extra of
the core and holds the whole graph in memory, where an edition is written row by row.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote

# Of the signs that a name behind a prefix may hold without a backslash; never a full stop at its
# end. A per cent sign stands only before two hexadecimal digits: `percent_encoded` writes no other.
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_:%.-]*[A-Za-z0-9_:%-])?").fullmatch
# BCP 47: a language, perhaps a script, a region, a variant. Strict readers take nothing looser.
_LANGUAGE = re.compile(
    "[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    "(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))?"
).fullmatch
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | {
    ord("\\"): "\\\\",
    ord('"'): '\\"',
    ord("\n"): "\\n",
    ord("\r"): "\\r",
    ord("\t"): "\\t",
}
_WEB = re.compile(r"(https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?)(/[^?#]*)?(\?[^#]*)?(#.*)?").fullmatch
# Signs that may stay in a path, a query or a fragment; non-ASCII ones are encoded as they are sent.
_SAFE = "!$&'()*+,;=:@/?-._~%"
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def literal(text: str, datatype: str = "", language: str = "") -> str:
    r"""Return a text as Turtle writes it, with a datatype or a language tag where one is given.

    A tag that BCP 47 would not admit is left out, because a strict reader refuses the whole file.

    >>> print(literal('say "a\\b"'), literal("嫦娥五号", language="zh-Hans"))
    "say \"a\\b\"" "嫦娥五号"@zh-Hans
    >>> print(literal("2026", "edtf:EDTF"))
    "2026"^^edtf:EDTF
    """
    written = f'"{text.translate(_ESCAPES)}"'
    if datatype:
        return f"{written}^^{datatype}"
    return f"{written}@{language}" if _LANGUAGE(language) else written


def percent_encoded(text: str) -> str:
    """Return a text as a part of an address.

    >>> percent_encoded("missions/change-5:嫦"), percent_encoded("50% of #1")
    ('missions/change-5:%E5%AB%A6', '50%25%20of%20%231')
    """
    return quote(text, safe="/:")


def address(namespace: str, part: str) -> str:
    """Return an address in full; the part must be percent-encoded already."""
    return f"<{namespace}{part}>"


def name(prefix: str, namespace: str, local: str) -> str:
    """Return the address of a local name, short where Turtle allows it, whole otherwise.

    It is whole, too, where there is no prefix.

    >>> name("missions", "https://example.org/#missions/", "change-5")
    'missions:change-5'
    >>> name("names", "https://example.org/#names/", "actors/esa:ESA")
    '<https://example.org/#names/actors/esa:ESA>'
    """
    plain = _PLAIN_NAME(local) is not None and "%" not in local
    part = local if plain else percent_encoded(local)
    short = prefix and (plain or _PLAIN_NAME(part))
    return f"{prefix}:{part}" if short else address(namespace, part)


def web_address(url: str) -> str | None:
    """Return a web address as an IRI that every reader takes, or None where it cannot be one.

    >>> web_address("https://example.org/a b?c=[1]#d"), web_address("http://a:b:c/")
    ('<https://example.org/a%20b?c=%5B1%5D#d>', None)
    """
    found = _WEB(url)
    if found is None:
        return None
    host, *parts = (part or "" for part in found.groups())
    lead = [part[:1] for part in parts]
    rest = [_LONE_PERCENT.sub("%25", quote(part[1:], safe=_SAFE)) for part in parts]
    return f"<{host}{''.join(a + b for a, b in zip(lead, rest, strict=True))}>"


def statement(subject: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Return what is said of one subject, a property to a line; empty where nothing is.

    >>> print(statement("a:b", [("a", "a:C"), ("a:d", "1")]), end="")
    a:b a a:C ;
     a:d 1 .
    """
    said = " ;\n ".join(f"{verb} {objects}" for verb, objects in pairs)
    return f"{subject} {said} .\n" if said else ""
