"""Makes the built site light: no blank lines of the theme, no rule of style that matches nothing.

A third of a page of the theme is indentation, and a third of its style sheet is for things that no
page of ours has. What is shown stays the same: only white space that HTML ignores goes, further
links back from a footnote that is cited several times, and rules that can match nothing.
"""

import re
from collections.abc import Iterator
from typing import Any

import tinycss2

_AS_IT_STANDS = re.compile(
    r"(<pre\b.*?</pre>|<textarea\b.*?</textarea>|<script\b.*?</script>)", re.S
)
_BREAK = re.compile(r"\n\s+")
_FURTHER_BACK = re.compile(r'<a class="footnote-backref" href="#fnref\d+:[^"]*"[^>]*>[^<]*</a>')
# A set of characters in front is ten times as fast as \b, on 140 MB of pages.
_CLASSES = re.compile(r'[ \n]class="([^"]*)"')
_MODES = re.compile(r'[ \n](dir|data-md-color-[a-z]+)="([^"]*)"')
_WORDS = re.compile(r"[A-Za-z_][\w-]*")


def squeezed(page: str) -> str:
    r"""Return a page without the white space that shows nowhere.

    >>> squeezed("<p>one\n\n   two</p><pre>a\n\n  b</pre>")
    '<p>one\ntwo</p><pre>a\n\n  b</pre>'
    """
    parts = _AS_IT_STANDS.split(page)
    parts[::2] = [_FURTHER_BACK.sub("", _BREAK.sub("\n", part)) for part in parts[::2]]
    return "".join(parts)


class Used:
    """What the pages and scripts of a site name, and so what a rule of a style sheet can match."""

    def __init__(self) -> None:
        self._classes: set[str] = set()
        self._modes: set[tuple[str, str]] = set()

    def read_page(self, page: str) -> None:
        """Take note of the classes of a page, its direction, and its colours."""
        for classes in set(_CLASSES.findall(page)):
            self._classes.update(classes.split())
        self._modes.update(_MODES.findall(page))

    def read_script(self, script: str) -> None:
        """Take note of each word of a script: any of them may be a class that it sets."""
        self._classes.update(_WORDS.findall(script))

    def pruned(self, sheet: str) -> str:
        """Return a style sheet without the selectors that match nothing.

        >>> used = Used()
        >>> used.read_page('<p class="note">')
        >>> used.pruned(".note,.other{color:red}@media print{.other p{color:blue}}")
        '.note{color:red}'
        """
        return "".join(self._rules(tinycss2.parse_stylesheet(sheet, skip_comments=True)))

    def _rules(self, rules: list[Any]) -> Iterator[str]:
        for rule in rules:
            if rule.type == "qualified-rule":
                kept = [one for one in _selectors(rule.prelude) if self._matches(one)]
                if kept:
                    selectors = ",".join(tinycss2.serialize(one).strip() for one in kept)
                    yield f"{selectors}{{{tinycss2.serialize(rule.content)}}}"
            elif rule.type == "at-rule" and rule.lower_at_keyword in {"media", "supports"}:
                inner = "".join(
                    self._rules(tinycss2.parse_rule_list(rule.content, skip_comments=True))
                )
                if inner:
                    yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
            else:
                yield rule.serialize()

    def _matches(self, selector: list[Any]) -> bool:
        """Say whether a page may have it. What stands in :is() or :not() is not looked into."""
        for before, token in zip([None, *selector], selector, strict=False):
            dotted = before is not None and before.type == "literal" and before.value == "."
            if dotted and token.type == "ident" and token.value not in self._classes:
                return False
            if token.type == "[] block" and not self._in_mode(token.content):
                return False
        return True

    def _in_mode(self, attribute: list[Any]) -> bool:
        """Say whether some page has a direction or a colour; of other attributes, that it may."""
        said = [getattr(one, "value", "") for one in attribute]
        if len(said) != 3 or said[1] != "=" or not _MODES.match(f' {said[0]}="{said[2]}"'):
            return True
        return (said[0], said[2]) in self._modes


def _selectors(prelude: list[Any]) -> Iterator[list[Any]]:
    """Yield the selectors of a rule, which commas part."""
    one: list[Any] = []
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            yield one
            one = []
        else:
            one.append(token)
    yield one
