"""Where the site stands, and the addresses that it gives out; the only place that knows them."""

from collections.abc import Mapping
from urllib.parse import urlencode

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
