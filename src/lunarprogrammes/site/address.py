"""Where the site stands, and the addresses that it gives out; the only place that knows them."""

from collections.abc import Mapping
from urllib.parse import urlencode

from lunarprogrammes import tables
from lunarprogrammes.export.frictionless import HOME

# The permanent address of the published site. Pages keep their path for good: ids are never reused.
SITE = "https://lunarprogrammes.github.io/lunarprogrammes/"
_FORM = "propose-a-fact.yml"


def page_of(table: str, record: str) -> str:
    """Return the path of a record's page below the site.

    >>> page_of("missions", "change-5")
    'records/missions/change-5.html'
    """
    return f"records/{table}/{record}.html"


def in_explorer(table: str, **chosen: str) -> str:
    """Return the link from a record's page to a selection in the explorer.

    `chosen` goes by field; `open` is the record whose evidence is unfolded.

    >>> in_explorer("missions", open="change-5")
    '../../explorer/index.md?table=missions&open=change-5'
    """
    return f"../../explorer/index.md?{urlencode({'table': table, **chosen})}"


def pointing_at(table: str, record: str, of: str, field: str) -> str:
    """Return the link to the records of a table that point at one with some field.

    >>> pointing_at("missions", "change-5", "statements", "about")
    '../../explorer/index.md?table=statements&about=missions%2Fchange-5'
    """
    any_table = tables.get(of).fields[field].kind == "record"
    return in_explorer(of, **{field: f"{table}/{record}" if any_table else record})


def permanent(table: str, record: str) -> str:
    """Return the permanent address of a record.

    >>> permanent("missions", "change-5").partition("lunarprogrammes/")[2]
    'records/missions/change-5.html'
    """
    return SITE + page_of(table, record)


def proposal(fields: Mapping[str, str], title: str) -> str:
    """Return the address of the form "Propose a fact" with some of its fields filled in.

    `fields` goes by the ids of `.github/ISSUE_TEMPLATE/propose-a-fact.yml`.
    """
    return f"{HOME}/issues/new?{urlencode({'template': _FORM, 'title': title, **fields})}"
