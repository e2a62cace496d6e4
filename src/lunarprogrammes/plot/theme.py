"""The colours and letters of all pictures: one list, in a light, a dark and a living form.

A picture's specification names colours by token (`$ink`). `coloured` puts the colours of a theme in
their place; the theme `css` puts CSS variables there, for a page that changes between light and
dark. The hues are those of Okabe and Ito, darkened or lightened until each stands out from its
paper by 3 : 1 (WCAG 2.2, 1.4.11); no picture tells by colour alone. Imports nothing.
"""

from collections.abc import Mapping
from typing import Any

LIGHT, DARK, CSS = "light", "dark", "css"
THEMES = (LIGHT, DARK, CSS)

# Token: on light paper, on dark paper. No colour occurs twice in a column.
TOKENS: Mapping[str, tuple[str, str]] = {
    "paper": ("#ffffff", "#1e2129"),
    "ink": ("#1b1f24", "#e8ebef"),
    "muted": ("#5b6570", "#a7b0ba"),
    "grid": ("#dfe3e8", "#353b46"),
    "band": ("#f3f5f7", "#252a33"),
    "land": ("#d3d8de", "#434a56"),
    "blue": ("#0072b2", "#56b4e9"),
    "vermillion": ("#d55e00", "#f5803e"),
    "green": ("#00805e", "#2fc79b"),
    "purple": ("#a8528a", "#e08fc0"),
    "orange": ("#b07800", "#f0b429"),
    "pale-blue": ("#9cc9e6", "#22577a"),
    "pale-vermillion": ("#f2c39f", "#7d4526"),
    "pale-purple": ("#dcb5d0", "#653a58"),
    "step-0": ("#f7f8f9", "#23272f"),
    "step-1": ("#dbe9f4", "#1c3445"),
    "step-2": ("#a9cfe8", "#1f5274"),
    "step-3": ("#5fa3d0", "#2b6a94"),
    "step-4": ("#1f6fa8", "#7fbfe8"),
    "step-5": ("#0a3f6b", "#cfe8fa"),
    "on-pale": ("#1b1f25", "#e8ebf0"),
    "on-strong": ("#fffffe", "#14171c"),
}

# Liberation Sans travels with the renderer, so that every machine sets the same picture; a browser
# that lacks it takes Arial, which has the same widths.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"


def coloured(spec: Any, theme: str = LIGHT) -> Any:
    """Return a specification with the colours of a theme in place of their tokens.

    >>> coloured({"fill": "$paper", "size": 3})
    {'fill': '#ffffff', 'size': 3}
    >>> coloured(["$ink"], "css")
    ['var(--lp-ink)']
    """
    if isinstance(spec, str):
        return colour(spec[1:], theme) if spec[:1] == "$" and spec[1:] in TOKENS else spec
    if isinstance(spec, Mapping):
        return {key: coloured(value, theme) for key, value in spec.items()}
    if isinstance(spec, list | tuple):
        return [coloured(value, theme) for value in spec]
    return spec


def colour(token: str, theme: str) -> str:
    """Return the colour of a token in a theme."""
    return f"var(--lp-{token})" if theme == CSS else TOKENS[token][theme == DARK]


def recoloured(svg: str, theme: str) -> str:
    """Return an SVG text that was drawn in light colours in those of another theme."""
    for token, (light, _) in TOKENS.items():
        svg = svg.replace(f'"{light}"', f'"{colour(token, theme)}"')
    return svg


def style_sheet() -> str:
    """Return the CSS variables of both themes; a page of Material for MkDocs chooses by scheme."""
    light, dark = (
        "".join(f"--lp-{token}:{pair[number]};" for token, pair in TOKENS.items())
        for number in (0, 1)
    )
    own = "--lp-paper:var(--md-default-bg-color);"
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media (prefers-color-scheme: dark){{:root{{{dark}}}}}\n"
        f'[data-md-color-scheme="default"]{{color-scheme:light;{light}{own}}}\n'
        f'[data-md-color-scheme="slate"]{{color-scheme:dark;{dark}{own}}}\n'
    )


def config() -> dict[str, Any]:
    """Return Vega-Lite's settings that all pictures share, colours as tokens."""
    axis = {
        "domainColor": "$muted",
        "gridColor": "$grid",
        "tickColor": "$muted",
        "labelColor": "$ink",
        "titleColor": "$ink",
        "labelFontSize": 11,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": 260,
    }
    legend = {
        "labelColor": "$ink",
        "titleColor": "$ink",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelLimit": 320,
        "symbolSize": 90,
        "orient": "top",
        "direction": "horizontal",
        "titleOrient": "left",
        "offset": 12,
        "columnPadding": 16,
    }
    title = {
        "color": "$ink",
        "subtitleColor": "$muted",
        "fontSize": 17,
        "subtitleFontSize": 12,
        "anchor": "start",
        "frame": "bounds",
        "offset": 14,
        "subtitlePadding": 5,
    }
    return {
        "background": "$paper",
        "font": FONT,
        "axis": axis,
        "legend": legend,
        "title": title,
        "header": {"labelColor": "$ink", "titleColor": "$ink"},
        "view": {"stroke": None},
        "text": {"color": "$ink", "font": FONT},
        "padding": 12,
    }
