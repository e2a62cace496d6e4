"""What MkDocs is told beside `mkdocs.yml`: to make pages and style sheets light.

The weight of a record's page is what a reader with a slow line waits for, and there are 7,000 of
them. `lean_site.py` says what is left out.
"""

import shutil
from pathlib import Path
from typing import Any

from lean_site import Used, squeezed

_used = Used()
# A heading of a section that is not searched, as Markdown writes it.
_UNSEARCHED = "<h2 data-search-exclude"
_held_back: dict[str, str] = {}


def on_config(config: Any) -> Any:
    """Drop the style sheet of mkdocstrings: 7 kB on each of 7,000 pages for one of them."""
    config.extra_css = [one for one in config.extra_css if "_mkdocstrings" not in str(one)]
    return config


def on_page_content(html: str, page: Any, **_: Any) -> str:
    """Hold back the sections that the search leaves out: parsing them is a fifth of the build."""
    head, first, rest = html.partition(_UNSEARCHED)
    if rest.count("<h2 ") != rest.count(_UNSEARCHED):
        return html
    _held_back[page.file.src_uri] = first + rest
    return head


def on_page_context(context: Any, page: Any, **_: Any) -> Any:
    """Give the page its sections back, once the search has read it: hooks come after plugins."""
    page.content += _held_back.pop(page.file.src_uri, "")
    return context


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """Take note of the pages that come of no Markdown, such as the one for a wrong address."""
    if template_name.endswith(".html"):
        _used.read_page(output_content)
    return output_content


def on_post_page(output: str, **_: Any) -> str:
    """Leave out the white space of a page."""
    page = squeezed(output)
    _used.read_page(page)
    return page


def on_post_build(config: Any) -> None:
    """Leave out the rules that match nothing, and files of the theme that no page asks for.

    Those are the maps of what it was made from, and the stemmers of languages: we stem nothing.
    """
    site = Path(config.site_dir)
    for script in site.rglob("*.js"):
        _used.read_script(script.read_text(encoding="utf-8"))
    for sheet in (site / "assets" / "stylesheets").glob("*.css"):
        sheet.write_text(_used.pruned(sheet.read_text(encoding="utf-8")), encoding="utf-8")
    for source_map in (site / "assets").rglob("*.map"):
        source_map.unlink()
    shutil.rmtree(site / "assets" / "javascripts" / "lunr")
