"""The dataset as users meet it: tables, evidence, past states, search, citations.

`load` opens an edition. A plain dataset reads the built tables; `known_on`, `at` and `resolved_by`
return datasets that resolve the same claims again, through the one resolver.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lunarprogrammes import tables
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import (
    LunarProgrammesError,
    NoValue,
    RetiredId,
    UnknownField,
    UnknownRecord,
)
from lunarprogrammes.evidence.claims import EXISTENCE, Claim
from lunarprogrammes.ledger import Ledger
from lunarprogrammes.perspective import Day, Perspective, last_day
from lunarprogrammes.policy_questions import PolicyQuestions
from lunarprogrammes.resolve import (
    CONTESTED,
    POLICIES,
    SUPERSEDED,
    Court,
    Policy,
    Resolved,
    resolve,
    resolve_cell,
)
from lunarprogrammes.rows import row_of
from lunarprogrammes.view import View
from lunarprogrammes.why import Evidence

if TYPE_CHECKING:
    from pathlib import Path

    from lunarprogrammes.disagreements import Contradiction
    from lunarprogrammes.evidence.redirects import Redirect
    from lunarprogrammes.find import Match
    from lunarprogrammes.history import Known
    from lunarprogrammes.plot import Plots
    from lunarprogrammes.slips import Slips
    from lunarprogrammes.sql import Database, Result


class Dataset(PolicyQuestions):
    """One edition, seen from one perspective.

    Each table is an attribute that iterates, indexes by id and filters:

    >>> import lunarprogrammes as lp
    >>> moon = lp.load()
    >>> moon.missions["change-5"].sample_mass_g
    Quantity('1731')
    >>> [one.name for one in moon.known_on("2023-02-27").camps().on(camp="ilrs")]
    ['China', 'Russia']
    """

    def __init__(
        self,
        edition: Edition,
        perspective: Perspective | None = None,
        ledger: Ledger | None = None,
    ) -> None:
        self._edition = edition
        self._ledger = ledger or Ledger(edition)
        self._views: dict[str, View[Any]] = {}
        self.perspective = perspective or Perspective()

    @property
    def edition(self) -> str:
        """The date of the edition, such as 2026.11.22: the version of the data."""
        return self._edition.version

    @property
    def schema_version(self) -> str:
        """The SemVer of the package whose tables and fields the edition has; see `__version__`.

        >>> import lunarprogrammes as lp
        >>> lp.load().schema_version == lp.__version__
        True
        """
        return self._edition.schema_version

    # Tables

    def table(self, name: str) -> View[Any]:
        """Return a table by its name; raise `UnknownTable` with a suggestion."""
        if name not in self._views:
            table = tables.get(name)
            if self.perspective == Perspective() or name == "claims":
                found = list(self._edition.rows(name))
                if found and (lacking := table.fields.keys() - found[0].keys()):
                    # An edition built before a field was added has no column for it.
                    found = [{**row, **dict.fromkeys(lacking, "")} for row in found]
                rows = {table.record_id(row): row for row in found}
            else:
                rows = dict(self._resolved_rows(name))
            self._views[name] = View(self, table, rows)
        return self._views[name]

    def with_parts(self, table: str, record: str) -> frozenset[str]:
        """Return the id of a record and those of all its parts, such as a programme's phases."""
        if "parent" not in tables.get(table).fields:
            return frozenset({record})
        parents = {key: row["parent"] for key, row in self.table(table).items()}
        found = {record}
        while more := {key for key, parent in parents.items() if parent in found} - found:
            found |= more
        return frozenset(found)

    def current(self, table: str, record: str) -> str:
        """Return the id by which a record goes now; that of a retired id with a `RetiredId` note.

        Any other text is returned as it is. Raises `UnknownRecord` with the reason where the record
        was withdrawn.

        >>> import lunarprogrammes as lp
        >>> lp.load().current("missions", "change-5")
        'change-5'
        """
        # Whatever a user gives for an id is answered by the table, which says what there is.
        if not self._ledger.redirects or not isinstance(record, str):
            return record
        described = tables.get(table)
        cells = described.key_cells(record)
        for name, text in cells.items():
            field = described.fields[name]
            of = table if field.kind == "id" else next(iter(field.references), "")
            if found := self._ledger.redirects.get((of, text)):
                cells[name] = _followed(found)
        return described.record_id(cells)

    # Perspectives

    def known_on(self, day: Day) -> "Dataset":
        """Return the dataset as it could be known from what had been published by a day.

        A vague date of publication counts from its end, a vague `day` to its end.
        """
        return self._seen(self.perspective._replace(known_on=last_day(day)))

    def at(self, day: Day, *, possibly: bool = False) -> "Dataset":
        """Return what was the case on a day, as this edition knows it.

        Fields that change (a status, a plan, a role) show what was stated of a time up to that day.
        Memberships, roles and agreements are kept if they certainly held on the day, or with
        `possibly` if that cannot be ruled out.
        """
        return self._seen(self.perspective._replace(at=last_day(day), possibly=possibly))

    def resolved_by(self, policy: str | Policy) -> "Dataset":
        """Return the dataset resolved by another policy: one of `POLICIES`, or one of your own."""
        if isinstance(policy, str):
            if policy not in POLICIES:
                raise LunarProgrammesError(
                    f"There is no policy '{policy}'.", expected=f"There are {', '.join(POLICIES)}."
                )
            policy = POLICIES[policy]
        return self._seen(self.perspective._replace(policy=policy))

    # Evidence

    def why(self, table: str, record: str, field: str = EXISTENCE) -> Evidence:
        """Return the evidence for one cell, or for the existence of a record.

        Raises `UnknownTable`, `UnknownRecord`, `UnknownField`, or `NoValue` where no source that is
        heard speaks of the cell.

        >>> import lunarprogrammes as lp
        >>> lp.load().why("missions", "queqiao-2", "launch_date").verdict
        'contested'
        """
        described = tables.get(table)
        if table == "claims":
            claim = self._claim_of(record)
            table, record, field = claim.cell
            described = tables.get(table)
        record = self.current(table, record)
        self._expect_field(described, field)
        claims = self._ledger.of_record(table, record)
        if not claims:
            self.table(table).row(record)
        of_cell = [claim for claim in claims if claim.field == field]
        cell = resolve_cell(of_cell, described.fields.get(field), self._court)
        if cell is None:
            heard = (one for one in claims if self._court.hears(one, _rule(described, one.field)))
            filled = sorted({claim.field for claim in heard} - {EXISTENCE})
            raise NoValue(
                f"No source that is heard states {field} of {table}/{record}.",
                expected=f"Stated are {', '.join(filled) or 'no fields'}.",
            )
        named = {claim.source for claim, _ in cell.standings}
        known = self._ledger.sources
        sources = {key: known[key] for key in sorted(named) if key in known}
        decision = self._court.decisions.get((table, record, field))
        return Evidence(table, cell, record, sources, decision)

    def dated_claims(
        self, table: str, record: str, field: str
    ) -> list[tuple[UncertainDate | None, Claim]]:
        """Return the claims on one cell that are heard, each with the date for which it holds.

        That is the claim's own date, or that of its source; None where neither bears one.

        >>> import lunarprogrammes as lp
        >>> said = lp.load().dated_claims("missions", "change-7", "planned_launch")
        >>> any(claim.value == "2026" for _, claim in said)
        True
        """
        described = tables.get(table)
        self._expect_field(described, field)
        rule = _rule(described, field)
        record = self.current(table, record)
        return [
            (self._court.statement_date(claim), claim)
            for claim in self._ledger.of_record(table, record)
            if claim.field == field and self._court.hears(claim, rule)
        ]

    def contested(
        self, table: str | None = None, *, between: tuple[str, str] | None = None
    ) -> list[Evidence]:
        """Return the evidence for every cell on which sources contradict each other.

        `between` takes two tiers, such as official and press, and keeps the cells on which a source
        of the one contradicts a source of the other.
        """
        found = self._cells(table, CONTESTED)
        return found if between is None else [one for one in found if one.divides(*between)]

    def superseded(self, table: str | None = None) -> list[Evidence]:
        """Return the evidence for every cell whose earlier statements later ones replaced."""
        return self._cells(table, SUPERSEDED)

    def contradictions(self) -> "list[Contradiction]":
        """Return the pairs of records of which the editors observe that they contradict each other.

        What `contested` is for one cell, this is for a statement against a figure or an event.
        """
        from lunarprogrammes.disagreements import contradictions

        resolved = {(one.table, one.record): one for one in self._resolved(None)}
        return contradictions(resolved, self._court)

    def slips(self, record: str) -> "Slips":
        """Return every dated statement of the planned dates of a mission, oldest first.

        Records of other tables are named as `programmes/ilrs-construction`.
        """
        from lunarprogrammes.slips import slips_of

        table, _, name = record.rpartition("/")
        table = table or "missions"
        described = tables.get(table)
        name = self.current(table, name)
        claims = self._ledger.of_record(table, name)
        row = self.table(table).row(name)
        planned = [claim for claim in claims if claim.field.startswith("planned_")]
        dated = [claim for claim in planned if described.fields[claim.field].kind == "date"]
        heard = [claim for claim in dated if self._court.hears(claim, "authority")]
        spoke = {claim.source: self._ledger.sources[claim.source] for claim in heard}
        said_by = {key: one.get("publisher") or one.get("author", "") for key, one in spoke.items()}
        return slips_of(table, name, heard, self._court.witnesses, said_by, row)

    def history(self, table: str, record: str) -> "list[Known]":
        """Return what was known of a record from day to day: each change of a cell, oldest first.

        The usual name is left out: which one most sources use tells nothing of the record.

        >>> import lunarprogrammes as lp
        >>> of_it = lp.load().history("missions", "change-5")
        >>> [one.value for one in of_it if one.field == "sample_mass_g"][-1]
        '1731'
        """
        from lunarprogrammes.history import history_of

        self.table(table).row(record)
        return history_of(self._ledger.of_record(table, record), self._court, {"name"})

    @property
    def plot(self) -> "Plots":
        """The pictures of this dataset. To draw them needs the extra `plot`."""
        from lunarprogrammes.plot import Plots

        return Plots(self)

    def names_of(self, table: str, record: str) -> list[Mapping[str, str]]:
        """Return the rows of `names` for one record: its names in other languages and scripts."""
        named = f"{table}/{record}"
        if self.perspective == Perspective():
            return list(self._edition.rows_where("names", "record", named))
        return [row for row in self.names.rows() if row["record"] == named]

    # Search and citation

    def find(self, text: str, *, limit: int = 10) -> "list[Match]":
        """Return records whose names, in any language and script, are like a text; best first."""
        from lunarprogrammes.find import find

        if self.perspective == Perspective():
            return find(self._edition, text, limit=limit)
        matches = find(self._edition, text, limit=None)
        seen = [match for match in matches if match.record in self.table(match.table)]
        return seen[: max(limit, 0)]

    def cite(self, record: str, field: str = EXISTENCE, *, style: str = "text") -> str:
        """Return a citation of one fact: the fact, its primary source, the edition.

        `record` is an id, or `table/id` where several tables have the id. `style` is text, bibtex
        or csl-json.
        """
        from lunarprogrammes.cite import cite

        table, name = self.locate(record, field)
        return cite(self.why(table, name, field), self.edition, style)

    def locate(self, record: str, field: str = EXISTENCE) -> tuple[str, str]:
        """Return table and id of a record named as `table/id`, or by an id alone.

        Where several tables have the id, the first that has the field wins: missions first.
        """
        table, slash, name = record.partition("/")
        if slash and table in tables.names_of_tables():
            return table, self.current(table, name)
        for known in tables.all_tables().values():
            has_field = field == EXISTENCE or field in known.fields
            if has_field and known.name != "claims" and record in self.table(known.name):
                return known.name, record
        for known in tables.all_tables().values():
            if (known.name, record) in self._ledger.redirects:
                return known.name, self.current(known.name, record)
        close = [f"{match.table}/{match.record}" for match in self.find(record, limit=3)]
        raise UnknownRecord(
            f"No table has a record '{record}'"
            + (f" with a field '{field}'." if field != EXISTENCE else "."),
            remedy=f"Did you mean {' or '.join(close)}?" if close else "",
        )

    def sql(self, query: str, *, footnotes: bool = False) -> "Result":
        """Return the answer to one SELECT in the SQL of DuckDB. Needs the extra `duckdb`.

        All tables can be asked, as seen from this perspective, and the views `evidence`,
        `contested` and `timeline`; dates and figures are texts with `_lower` and `_upper` beside.
        With `footnotes` each row gets the ids of the sources on which its records rest: those of
        every table in FROM, and of all records that a GROUP BY counts together.

        Raises `InvalidQuery` for anything but one query that reads, and where footnotes are asked
        for of a query with WITH, UNION, DISTINCT, a sub-query or a window function.

        >>> import lunarprogrammes as lp
        >>> lp.load().sql("SELECT name, sample_mass_g FROM missions WHERE id = 'change-5'").rows
        (("Chang'e 5", '1731'),)
        """
        return self._database.query(query, footnotes=footnotes)

    @cached_property
    def _database(self) -> "Database":
        from lunarprogrammes.sql import Database

        return Database(self, self._edition, self._ledger)

    def __repr__(self) -> str:
        seen = f", {self.perspective}" if str(self.perspective) else ""
        counts = f"{len(self.missions)} missions, {len(self.programmes)} programmes"
        return (
            f"<lunarprogrammes edition {self.edition}{seen}: {counts}, {len(self.claims)} claims>"
        )

    def _repr_html_(self) -> str:
        from lunarprogrammes.render import html_overview

        return html_overview(self)

    @cached_property
    def _court(self) -> Court:
        return self._ledger.court(self.perspective)

    def _seen(self, perspective: Perspective) -> "Dataset":
        return Dataset(self._edition, perspective, self._ledger)

    def _claim_of(self, claim: str) -> Claim:
        return Claim.from_row(self.claims.row(claim))

    def _resolved(self, table: str | None) -> Iterator[Resolved]:
        if table is not None:
            tables.get(table)
        wanted = (claim for claim in self._ledger.claims if table in {None, claim.table})
        return (one for one in resolve(wanted, self._court) if one.exists)

    def _resolved_rows(self, name: str) -> Iterator[tuple[str, dict[str, str]]]:
        table = tables.get(name)
        for one in self._resolved(name):
            from lunarprogrammes.validity import holds

            seen = self.perspective
            if seen.at is None or holds(one, table, self._court, seen.at, possibly=seen.possibly):
                yield one.record, row_of(one, table, self._court.witnesses)

    def _cells(self, table: str | None, verdict: str) -> list[Evidence]:
        decisions = self._court.decisions
        return [
            Evidence(
                one.table,
                cell,
                one.record,
                self._ledger.sources,
                decisions.get((one.table, one.record, cell.field)),
            )
            for one in self._resolved(table)
            for cell in one.cells.values()
            if cell.verdict == verdict
        ]

    def _expect_field(self, table: tables.Table, field: str) -> None:
        if field == EXISTENCE or field in table.facts:
            return
        from lunarprogrammes.find import closest

        close = closest(table.facts, field)
        derived = field in table.fields
        raise UnknownField(
            f"{table.name}.{field} is derived and rests on no claim."
            if derived
            else f"{table.name} has no field '{field}'.",
            expected=f"Its fields are {', '.join(table.facts)}.",
            remedy=f"Did you mean {' or '.join(close)}?" if close and not derived else "",
        )


def load(path: "str | Path | None" = None) -> Dataset:
    """Open an edition: the one in the package, or the folder or zip at a path.

    Raises `EditionError` where there is none. Never touches the network.

    >>> load().missions["apollo-11"].launch_date.before("1969-07-17")
    Answer.YES
    """
    return Dataset(Edition.open(path))


def _followed(redirect: "Redirect") -> str:
    """Return the id to which a redirect leads, with a note to whoever asked."""
    if redirect.leads_nowhere:
        raise UnknownRecord(f"{redirect}")
    import warnings

    # The frames of `current` and of what asked it are ours, so that the note names the user's line.
    warnings.warn(str(redirect), RetiredId, stacklevel=4)
    return redirect.new_id


def _rule(table: tables.Table, field: str) -> str:
    described = table.fields.get(field)
    return described.rule if described else "authority"
