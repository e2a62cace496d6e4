"""The footnotes of one page: each place in a source once, in the order of its first use."""

from lunarprogrammes.evidence.witnesses import EDITORS
from lunarprogrammes.export._markdown import escape
from lunarprogrammes.site.holdings import Holdings, Row

# More than these under one value would bury it; the rest is counted.
SHOWN = 3


class Footnotes:
    """Collects the places to which the values of a page are traced."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._numbers: dict[tuple[str, str, str, str], int] = {}

    def marks(self, claims: list[Row]) -> str:
        """Return the marks for the first of some claims, one per source, and how many are left."""
        by_source: dict[str, Row] = {}
        for claim in claims:
            by_source.setdefault(claim["source"], claim)
        shown = [self.mark(claim) for claim in [*by_source.values()][:SHOWN]]
        more = len(by_source) - len(shown)
        return " ".join(shown) + (f" +{more}" if more else "")

    def mark(self, claim: Row) -> str:
        """Return the mark of the place of one claim."""
        place = (claim["source"], claim["locator"], claim["as_of"], claim["cites"])
        return f"[^{self._numbers.setdefault(place, len(self._numbers) + 1)}]"

    def text(self) -> str:
        """Return all footnotes, to stand at the end of the page."""
        return "".join(
            f"[^{number}]: {self._said(*place)}\n" for place, number in self._numbers.items()
        )

    def _said(self, source: str, locator: str, as_of: str, cites: str) -> str:
        if source == EDITORS:
            page, _, anchor = locator.removeprefix("docs/").partition("#")
            return f"The editors' ordering, by its [definition](../../{page}#{anchor})."
        return place_of(self._holdings, source, locator, as_of, cites)


def place_of(
    holdings: Holdings, source: str, locator: str, as_of: str = "", cites: str = ""
) -> str:
    """Return a source with the place in it as Markdown: title, publisher, tier, dates, locator."""
    row = holdings.moon.sources.row(source)
    issued = row["issued_probable"] or row["issued"]
    when = issued or f"read {row['accessed']}"
    # A title that names its publisher need not be followed by it.
    publisher = row["publisher"] if row["publisher"] not in row["title"] else ""
    about = ", ".join(filter(None, (publisher, row["tier"], when)))
    said = f"{holdings.link('sources', source)} ({escape(about)}), {escape(locator)}"
    said += f", as of {as_of}" if as_of else ""
    return said + (f", citing {escape(cites)}." if cites else ".")
