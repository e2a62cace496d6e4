"""One section of the data dictionary for each field: what it is, and what its cells really hold.

What is said of a field comes from its definition and from the claims of the edition: how full it
is, how much of it is contested, which sorts of sources speak, a real cell with its `why`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from lunarprogrammes.dataset import Dataset
from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.evidence.witnesses import EDITORS, TIERS
from lunarprogrammes.export._markdown import escape, grid
from lunarprogrammes.export.table_queries import field_queries_text
from lunarprogrammes.tables import Field, Table
from lunarprogrammes.tables._history import history_of_field

LEDGER = "claims"
_LOSING = {"rejected", "superseded"}
_CARRYING = {"chosen", "supporting"}
Row = Mapping[str, str]


class Evidence:
    """The claims of an edition by the cell they speak of, for records that exist."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.sources = {row["id"]: row for row in dataset.sources.rows()}
        self.cells: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(dict)
        for claim in dataset.claims.rows():
            if claim["record"] in dataset.table(claim["table"]):
                of_field = self.cells[claim["table"], claim["field"]]
                of_field.setdefault(claim["record"], []).append(claim)

    def verdicts(self, table: str, *fields: str) -> Counter[str]:
        """Count the cells of some fields by their verdict."""
        cells = (cell for field in fields for cell in self.cells[table, field].values())
        return Counter(claims[0]["verdict"] for claims in cells)

    def example(self, table: str, field: str) -> list[Row]:
        """Return the claims of the filled cell with the most of them, the chosen one first."""
        cells = [
            sorted(claims, key=lambda claim: (claim["standing"] != "chosen", claim["id"]))
            for claims in self.cells[table, field].values()
        ]
        filled = [claims for claims in cells if claims[0]["standing"] == "chosen"]
        return min(filled, key=lambda cell: (-len(cell), cell[0]["record"]), default=[])

    def tiers(self, table: str, field: str) -> Counter[str]:
        """Count the claims that carry the cells of a field by the tier of their source."""
        return Counter(
            self.sources[claim["source"]]["tier"]
            for claims in self.cells[table, field].values()
            for claim in claims
            if claim["standing"] in _CARRYING
        )

    def terms(self, table: str, field: str) -> dict[str, Row]:
        """Return for each value of a field the claim that shows it: of the best tier, by id."""
        found: dict[str, tuple[int, str, Row]] = {}
        for claims in self.cells[table, field].values():
            for claim in claims:
                if claim["standing"] == "chosen":
                    rank = (self._rank(claim), claim["record"], claim)
                    kept = found.setdefault(claim["value"], rank)
                    if rank[:2] < kept[:2]:
                        found[claim["value"]] = rank
        return {value: claim for value, (_, _, claim) in found.items()}

    def _rank(self, claim: Row) -> int:
        return TIERS.index(self.sources[claim["source"]]["tier"])


def field_section(table: Table, name: str, rows: Sequence[Row], evidence: Evidence) -> str:
    """Return the section of one field, its terms included."""
    field = table.fields[name]
    lines = [f"**Type:** {_type(field)}{'; every row has one' if field.required else ''}."]
    if field.unit:
        lines.append(f"**Unit:** {field.unit}.")
    counts = f"**Filled:** {sum(bool(row[name]) for row in rows):,} of {len(rows):,} rows"
    if table.name != LEDGER and not field.derived:
        lines.append(f"**Contradictions:** {_rule(table, name, field)}.")
        lines.append(f"**Claimed by:** {_claimants(name, field)}.")
        found = evidence.verdicts(table.name, name)
        counts += f"; {found['contested']} contested, {found['superseded']} superseded"
        lines += _shares(table, name, rows, evidence)
    lines += [f"{counts}.", f"**Example:** {_example(table, name, rows, evidence)}"]
    lines.append(f"**History:** {history_of_field(table.name, name)}.")
    section = f"\n## `{name}` {{#{name}}}\n\n{escape(field.meaning)}\n\n"
    section += "".join(f"- {line}\n" for line in lines)
    terms = _terms(table, name, rows, evidence) if field.vocabulary else ""
    return section + terms + field_queries_text(table, name)


def _shares(table: Table, name: str, rows: Sequence[Row], evidence: Evidence) -> Iterator[str]:
    """Yield how full a field is, how much of it is contested, and which sources speak."""
    filled = sum(bool(row[name]) for row in rows)
    if not filled:
        return
    contested = evidence.verdicts(table.name, name)["contested"]
    yield (
        f"**Coverage:** {_percent(filled, len(rows))} of the rows; "
        f"{_percent(contested, filled)} of the filled cells contested."
    )
    tiers = evidence.tiers(table.name, EXISTENCE if name in table.key else name)
    mix = ", ".join(
        f"{tier} {_percent(tiers[tier], tiers.total())}" for tier in TIERS if tiers[tier]
    )
    yield f"**Sources:** {mix} of {tiers.total():,} claims that carry it."


def _percent(part: int, whole: int) -> str:
    """Return a share in words that never round something to nothing, or nearly all to all.

    >>> _percent(1, 1000), _percent(999, 1000), _percent(1, 3)
    ('under 1 %', 'over 99 %', '33 %')
    """
    share = 100 * part / whole
    if 0 < share < 1:
        return "under 1 %"
    return "over 99 %" if 99 < share < 100 else f"{share:.0f} %"


def _terms(table: Table, name: str, rows: Sequence[Row], evidence: Evidence) -> str:
    """Return the terms of a field: definition, a record that has it, the source that says so."""
    vocabulary = table.fields[name].vocabulary
    if vocabulary is None:
        return ""
    used = Counter(row[name] for row in rows)
    shown = {} if table.name == LEDGER else evidence.terms(table.name, name)
    listed = []
    for term, said in vocabulary.terms.items():
        claim = shown.get(term)
        example = f"`{claim['record']}`" if claim else "–"
        source = _title(claim, evidence) if claim else "–"
        listed.append((f"`{term}`", escape(said), example, source, f"{used[term]:,}"))
    return "\n" + grid(("Term", "Definition", "Example", "Source", "Rows"), listed, numbers=1)


def _title(claim: Row, evidence: Evidence) -> str:
    if claim["source"] == EDITORS:
        return "the editors, by this definition"
    source = evidence.sources[claim["source"]]
    return f"*{escape(source['title'])}* ({source['tier']}), {escape(claim['locator'])}"


def _type(field: Field) -> str:
    if field.vocabulary is not None:
        name = field.vocabulary.name
        return f"a term of the vocabulary [{name}](../definitions.md#{anchor(name)})"
    if field.references:
        return f"the id of a record in {' or '.join(f'[{t}]({t}.md)' for t in field.references)}"
    said = field.expectation().removeprefix("Expected ")
    said = escape(said if said.endswith("..") else said.removesuffix("."))
    place = {"date": "uncertain-dates", "quantity": "figures"}.get(field.kind)
    return f"{said} ([more](../definitions.md#{place}))" if place else said


def _rule(table: Table, name: str, field: Field) -> str:
    if name in table.key:
        return "none; it names the record, so that another value is another record"
    latest = field.rule == "latest"
    said = "the latest statement stands" if latest else "the better source stands"
    if field.complementary:
        shown = {"latest": "latest", "majority": "most usual"}.get(field.rule, "best source's")
        said = f"none; different texts complement each other, and the {shown} is shown"
    return f"{said} ([{field.rule}](../definitions.md#resolution))"


def _claimants(name: str, field: Field) -> str:
    place = anchor(field.vocabulary.name) if field.vocabulary else name
    editors = f"documents, and the editors by a [definition](../definitions.md#{place})"
    return editors if field.editorial else "documents only, never the editors"


def _example(table: Table, name: str, rows: Sequence[Row], evidence: Evidence) -> str:
    field = table.fields[name]
    row = next((row for row in rows if row[name]), None)
    # There are no claims about the ledger and about what the build derives.
    if row and (table.name == LEDGER or field.derived):
        return f"`{table.record_id(row)}` has {_value(field, row[name])}."
    in_key = name in table.key
    claims = evidence.example(table.name, EXISTENCE if in_key else name)
    if not claims:
        return f"{_value(field, field.example)} (illustrative: this edition fills no such cell)."
    chosen = claims[0]
    value = table.key_cells(chosen["record"])[name] if in_key else chosen["value"]
    losing = {c["value"]: c["standing"] for c in claims if c["standing"] in _LOSING}
    rivals = [f"{_value(field, other)} ({how})" for other, how in sorted(losing.items())]
    also = f" Also claimed: {', '.join(rivals)}." if rivals else ""
    asked = EXISTENCE if in_key else name
    why = evidence.dataset.why(table.name, chosen["record"], asked)
    also += f" {escape(why.reason)} (`lunarprogrammes why {table.name} {chosen['record']}"
    also += f"{'' if in_key else f' {name}'}`)"
    found = f"{_place(chosen, evidence)} Verdict: {chosen['verdict']}; claims: {len(claims)}."
    return f"`{chosen['record']}` has {_value(field, value)}. {found}{also}"


def _place(claim: Row, evidence: Evidence) -> str:
    if claim["source"] == EDITORS:
        target = claim["locator"].removeprefix("docs/")
        return f"Source: the editors, by their [definition](../{target})."
    source = evidence.sources[claim["source"]]
    how = "" if claim["certainty"] == "stated" else claim["certainty"]
    details = (claim["locator"], claim["as_of"] and f"as of {claim['as_of']}", how)
    where = escape(", ".join(filter(None, details)))
    return f"Source: *{escape(source['title'])}* ({source['tier']}), {where}."


def _value(field: Field, text: str) -> str:
    return f"“{escape(text)}”" if field.kind == "text" else f"`{text}`"


def anchor(name: str) -> str:
    """Return the anchor of a section by its title.

    >>> anchor("mission type")
    'mission-type'
    """
    return name.lower().replace(" ", "-")
