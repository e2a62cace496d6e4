"""Examples in docstrings as blocks of code: mkdocstrings would take `>>>` for a quotation.

Named in `mkdocs.yml`; used by nothing but the build of the site.
"""

import re
from typing import Any

import griffe

_EXAMPLE = re.compile(r"((?:^[ ]*>>>.*\n?)(?:^(?!\s*$).*\n?)*)", re.MULTILINE)


class Doctests(griffe.Extension):
    """Puts each example of a docstring between fences."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Rewrite the docstring of one object."""
        if obj.docstring:
            obj.docstring.value = _EXAMPLE.sub(
                lambda found: f"```pycon\n{found[1].rstrip()}\n```\n", obj.docstring.value
            )
