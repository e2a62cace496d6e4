"""Reading a drawn picture: the marks that a screen reader is told of, and where they stand."""

import re
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
_FURNITURE = {"axis", "legend", "title", "subtitle"}
_MOVE = re.compile(r"translate\((-?[\d.]+),\s*(-?[\d.]+)\)")


def marks(svg: str) -> list[tuple[str, str, float, float]]:
    """Return kind, sentence and place of every mark that is told of, without axes and legends."""
    found: list[tuple[str, str, float, float]] = []
    _walk(ElementTree.fromstring(svg), 0.0, 0.0, found)
    return found


def _walk(element, x, y, found):
    for dx, dy in _MOVE.findall(element.get("transform", "")):
        x, y = x + float(dx), y + float(dy)
    kind = element.get("aria-roledescription")
    told = element.get("role") == "graphics-symbol" and kind not in _FURNITURE
    if told and element.get("aria-hidden") != "true":
        found.append((kind, element.get("aria-label"), x, y))
    for child in element:
        _walk(child, x, y, found)


def data_of(spec, mark: str) -> list[dict]:
    """Return the rows of every layer of a specification that has a mark of this type."""
    rows = []
    for layer in layers(spec):
        if layer["mark"]["type"] == mark and layer["mark"].get("aria", True):
            rows += layer["data"]["values"]
    return rows


def sampled(spec):
    """Return a specification with a few rows of each layer's data: its form is that of all."""
    if isinstance(spec, dict):
        if isinstance(spec.get("values"), list):
            return {**spec, "values": spec["values"][:2]}
        return {key: sampled(value) for key, value in spec.items()}
    return [sampled(value) for value in spec] if isinstance(spec, list) else spec


def layers(spec):
    """Yield the layers of a specification, however deep."""
    for key in ("layer", "hconcat", "vconcat", "concat"):
        for part in spec.get(key, ()):
            yield from layers(part)
    if "mark" in spec:
        yield spec
