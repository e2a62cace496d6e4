"""Where a specification becomes an SVG or a PNG: the one module that needs the extra `plot`.

Drawn by vl-convert, which carries Vega, Vega-Lite and its letters with it: no browser, no network.
The first picture of a process costs 0.9 s, each further one 0.1 s.
"""

import re
import zlib
from collections.abc import Mapping
from functools import cache
from html import escape
from types import ModuleType
from typing import Any

from lunarprogrammes.errors import MissingExtra

# The grammar is named, not the newest taken, so that an upgrade draws no picture anew.
_VEGA_LITE = "5.20"
_PNG = b"\x89PNG\r\n\x1a\n"
_CLIP = re.compile(r"clip\d+")
_LONG = re.compile(r"(-?\d+\.\d\d)\d+")
_PLACES = re.compile(r' (?:d|transform|x2|y2|x|y|width|height)="[^"]+"')
# What the bundle names of the web: an editor that is never offered, remarks of its makers.
_ADDRESSES = re.compile(r"https?://(?!www\.w3\.org/)[\w./-]+")


def _renderer() -> ModuleType:
    try:
        import vl_convert
    except ImportError:
        raise MissingExtra(
            "Pictures are drawn by vl-convert, which is not installed.",
            remedy="Run `pip install 'lunarprogrammes[plot]'`.",
        ) from None
    return vl_convert


def svg_of(spec: Mapping[str, Any], title: str, description: str, notice: str) -> str:
    """Return an SVG text of a Vega-Lite specification; the same bytes for the same specification.

    Title, description and notice stand in the file for readers that see no picture.
    """
    text: str = _renderer().vegalite_to_svg({**spec}, vl_version=_VEGA_LITE, allowed_base_urls=[])
    # The renderer numbers clipping paths on from one picture of the process to the next.
    found = dict.fromkeys(_CLIP.findall(text))
    numbers = {name: f"clip{place}" for place, name in enumerate(found)}
    text = _CLIP.sub(lambda name: numbers[name[0]], text)
    # A hundredth of a pixel is no figure of ours, and weighs a third of the file.
    text = _PLACES.sub(lambda places: _LONG.sub(r"\1", places[0]), text)
    head, _, body = text.partition(">")
    labels = 'role="graphics-document" aria-labelledby="title" aria-describedby="description"'
    return (
        f'{head} {labels}><title id="title">{escape(title)}</title>'
        f'<desc id="description">{escape(description)}</desc>'
        f"<metadata>{escape(notice)}</metadata>{body}\n"
    )


def png_of(svg: str, scale: float) -> bytes:
    """Return an SVG text as PNG."""
    drawn: bytes = _renderer().svg_to_png(svg, scale=scale)
    return _repacked(drawn)


def _repacked(png: bytes) -> bytes:
    """Return a PNG whose pixels are packed tighter: a third of what the renderer writes."""
    start, kept, pixels = len(_PNG), [], []
    while start < len(png):
        size = int.from_bytes(png[start : start + 4], "big")
        chunk = png[start + 4 : start + 8 + size]
        if chunk[:4] == b"IDAT":
            pixels.append(chunk[4:])
        else:
            kept.append(chunk)
        start += size + 12
    packed = b"IDAT" + zlib.compress(zlib.decompress(b"".join(pixels)), 6)
    chunks = [*kept[:-1], packed, kept[-1]]
    return _PNG + b"".join(
        (len(chunk) - 4).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
        for chunk in chunks
    )


@cache
def runtime(snippet: str) -> str:
    """Return one script with Vega, Vega-Lite, vega-embed and a snippet that uses them.

    It holds no address of another site.
    """
    text: str = _renderer().javascript_bundle(snippet, vl_version=_VEGA_LITE)
    return _ADDRESSES.sub("", text)
