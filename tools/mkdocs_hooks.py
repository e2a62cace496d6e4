"""What MkDocs is told beside `mkdocs.yml`: leave out a style sheet that no page needs."""

from typing import Any


def on_config(config: Any) -> Any:
    """Drop the style sheet of mkdocstrings: 7 kB on each of 7,000 pages for one of them."""
    config.extra_css = [one for one in config.extra_css if "_mkdocstrings" not in str(one)]
    return config
