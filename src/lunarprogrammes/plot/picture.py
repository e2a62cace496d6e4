"""A picture: what it shows, in words, in rows, as a Vega-Lite specification and as a file.

Making one needs the standard library alone; drawing it (SVG, PNG, HTML) needs the extra `plot`.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.export.files import whole
from lunarprogrammes.plot._evidence import described
from lunarprogrammes.plot.theme import LIGHT, THEMES, coloured, recoloured

if TYPE_CHECKING:
    from lunarprogrammes.dataset import Dataset

FORMATS = ("svg", "png", "csv", "json", "html")
_SCALE = 2.0
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Picture:
    """One picture of a dataset, from the perspective of that dataset.

    `text` is the text alternative, `counted` tells how it is made. `rows` are the marks, one each:
    `table` and `record` they stand for, dates as text with their bounds beside, `verdict` on the
    cell that is shown, and the ids of its `sources`, which `sources` describes. `spec` is the
    specification with colours as tokens; `moving` is another one, with controls, for a page.
    `hint` is what the legend cannot say.

    >>> import lunarprogrammes as lp
    >>> picture = lp.load().plot.timeline()
    >>> len(picture.rows) == len(lp.load().missions)
    True
    """

    name: str
    title: str
    text: str
    counted: str
    rows: Sequence[Row]
    spec: Mapping[str, Any] = field(repr=False)
    edition: str
    perspective: str
    sources: Mapping[str, Mapping[str, str]] = field(repr=False)
    moving: Mapping[str, Any] = field(default_factory=dict, repr=False)
    hint: str = ""

    @classmethod
    def of(cls, moon: "Dataset", *, rows: Sequence[Row], **shown: Any) -> Self:
        """Return a picture of a dataset: its edition, perspective and sources are found here.

        `shown` are the other fields; the sources are those that the rows cite.
        """
        return cls(
            rows=rows,
            edition=moon.edition,
            perspective=str(moon.perspective),
            sources=described(moon, rows),
            **shown,
        )

    @property
    def notice(self) -> str:
        """The edition, the perspective and the licence, as the picture itself shows them."""
        seen = f", {self.perspective}" if self.perspective else ""
        return f"lunarprogrammes, edition {self.edition}{seen}. CC BY 4.0."

    def vega_lite(self, theme: str = LIGHT) -> dict[str, Any]:
        """Return the specification in the colours of a theme: light, dark or css (variables).

        `altair.Chart.from_dict` takes it, as does every other renderer of Vega-Lite 5.
        """
        if theme not in THEMES:
            raise LunarProgrammesError(
                f"There is no theme '{theme}'.", expected=f"There are {', '.join(THEMES)}."
            )
        below = [line for line in (self.hint, self.notice) if line]
        head = {"text": self.title, "subtitle": below}
        full: dict[str, Any] = coloured({"title": head, **self.spec}, theme)
        return full

    def svg(self, theme: str = LIGHT) -> str:
        """Return the picture as SVG text. Needs the extra `plot`."""
        return self._drawn if theme == LIGHT else recoloured(self._drawn, theme)

    @cached_property
    def _drawn(self) -> str:
        from lunarprogrammes.plot._drawing import svg_of

        return svg_of(self.vega_lite(), self.title, self.text, self.notice)

    def png(self, theme: str = LIGHT, *, scale: float = _SCALE) -> bytes:
        """Return the picture as PNG, by default two pixels to the unit. Needs the extra `plot`."""
        from lunarprogrammes.plot._drawing import png_of

        return png_of(self.svg(theme), scale)

    def csv(self) -> str:
        """Return the rows as CSV; several sources are divided by semicolons."""
        columns = list(dict.fromkeys(name for row in self.rows for name in row))
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        for row in self.rows:
            writer.writerow([_cell(row.get(name)) for name in columns])
        return out.getvalue()

    def json(self) -> str:
        """Return all of it as JSON: words, rows, the sources they cite, the specification."""
        document = {
            "title": self.title,
            "description": self.text,
            "counted": self.counted,
            "edition": self.edition,
            "perspective": self.perspective,
            "license": "CC-BY-4.0",
            "rows": [*self.rows],
            "sources": self.sources,
            "vega_lite": self.vega_lite(),
        }
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"

    def html(self) -> str:
        """Return a page of its own that needs no network. Needs the extra `plot`."""
        from lunarprogrammes.plot.page import standalone

        return standalone(self)

    def save(self, target: "str | Path", *, theme: str = LIGHT) -> None:
        """Write the picture as the suffix of the target says: svg, png, csv, json or html.

        The file appears whole or not at all. Raises `LunarProgrammesError` for another suffix,
        `MissingExtra` where svg, png or html is asked for without the extra `plot`, `EditionError`
        where the target cannot be written.
        """
        path = Path(target)
        content = self.content(path.suffix.removeprefix(".").lower(), theme=theme)
        with whole(path) as fresh:
            fresh.write_bytes(content)

    def content(self, form: str, *, theme: str = LIGHT) -> bytes:
        """Return the bytes of the picture in one of the formats svg, png, csv, json or html."""
        if form == "svg":
            return self.svg(theme).encode()
        if form == "png":
            return self.png(theme)
        if form not in FORMATS:
            raise LunarProgrammesError(
                f"No picture is written as '{form}'.", expected=f"There are {', '.join(FORMATS)}."
            )
        text: str = getattr(self, form)()
        return text.encode()

    def _repr_svg_(self) -> str:
        return self.svg()

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002
        exclude: object = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        return {
            "application/vnd.vegalite.v5+json": self.vega_lite(),
            "image/svg+xml": self.svg(),
            "text/plain": f"{self.title}. {self.text}",
        }


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(value) if isinstance(value, list | tuple) else str(value)
