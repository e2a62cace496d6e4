"""The questions that an assistant may ask of an edition, each answered as plain JSON.

Every answer carries the date of the edition, from where it is seen (as known on a day), verdicts
and ids of sources. Knows nothing of the protocol; `wire` offers these methods as its tools.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import Field

from lunarprogrammes import tables
from lunarprogrammes.camps import ARTEMIS, BOTH, CAMPS, ILRS, STATE, Membership
from lunarprogrammes.cite import cite
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.edition import Edition
from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.find import NAMED_TABLES
from lunarprogrammes.mcp_server.dictionary import table_told, tables_told
from lunarprogrammes.mcp_server.readonly_sql import ReadOnlySql
from lunarprogrammes.mcp_server.telling import (
    Told,
    drifts_told,
    evidence_for,
    evidence_told,
    listed,
    planned_date_told,
    record_told,
    row_told,
    sources_of,
    sources_told,
    upheld_by,
    value_told,
    verdicts_of,
)
from lunarprogrammes.slips import FACTS

Filters = dict[str, str | int | bool | None]
_Table = Annotated[str, Field(description="A table, such as missions, programmes or partners.")]
_Record = Annotated[str, Field(description="The id of a record, such as change-5; `find` has it.")]
_Day = Annotated[str, Field(description="A day such as 2023-02-27; a month counts from its end.")]
_KnownOn = Annotated[
    str | None, Field(description="Answer only from what had been published by this day.")
]
_Limit = Annotated[int, Field(ge=1, le=200, description="The most records to return.")]
_Filters = Annotated[
    Filters | None,
    Field(
        description="Field and value that all must meet, such as {'programme': 'clep'}: a "
        "programme includes its parts, a date such as 2024 what falls within it, null empty cells."
    ),
]
# Perspectives are resolved once and kept, the oldest given up: each may hold all tables.
_KEPT = 6


class Lookup:
    """One edition, asked through questions; nothing is read before it is asked for.

    >>> asked = Lookup(Edition.open())
    >>> asked.find("Chang'e 5", limit=1)["matches"][0]["record"]
    'change-5'
    """

    def __init__(self, edition: Edition, *, seconds: float = 5.0) -> None:
        self.edition = edition
        self._plain = Dataset(edition)
        self._seen: dict[tuple[str | None, str | None], Dataset] = {}
        self._sql = ReadOnlySql(edition, seconds=seconds)

    def find(
        self,
        text: Annotated[str, Field(description="A name in any language, script or spelling.")],
        limit: _Limit = 10,
    ) -> Told:
        """Find records by any of their names; returns table and id, which the other tools take.

        >>> asked = Lookup(Edition.open())
        >>> [one["record"] for one in asked.find("嫦娥五号", limit=1)["matches"]]
        ['change-5']
        """
        return self._told(
            self._plain,
            matches=[
                {
                    "table": match.table,
                    "record": match.record,
                    "name": match.name,
                    "matched": match.matched,
                    "likeness": round(max(match.score, 0.0), 3),
                    **self._standing(match.table, match.record),
                }
                for match in self._plain.find(text, limit=limit)
            ],
            searched=[*NAMED_TABLES],
        )

    def show(
        self,
        table: _Table,
        record: _Record,
        known_on: _KnownOn = None,
    ) -> Told:
        """Show one record: every filled field with its value, bounds, unit, verdict and sources.

        >>> told = Lookup(Edition.open()).show("sources", "editors")
        >>> told["fields"]["id"]["value"]
        'editors'
        """
        seen = self._from(known_on)
        told = record_told(seen, table, record)
        told["other_names"] = [
            {name: row[name] for name in ("name", "language", "kind") if row[name]}
            for row in seen.names_of(table, record)
        ]
        return self._told(seen, **told)

    def why(
        self,
        table: _Table,
        record: _Record,
        field: Annotated[str, Field(description="A field; * asks why the record exists.")] = "*",
        known_on: _KnownOn = None,
        limit: _Limit = 50,
    ) -> Told:
        """Give the evidence for one cell: who says what, where, when, and why one value stands.

        >>> Lookup(Edition.open()).why("missions", "queqiao-2", "launch_date")["verdict"]
        'contested'
        """
        seen = self._from(known_on)
        return self._told(seen, **evidence_told(seen, seen.why(table, record, field), limit))

    def list_records(
        self,
        table: _Table,
        filters: _Filters = None,
        known_on: _KnownOn = None,
        at: Annotated[str | None, Field(description="What was the case on this day.")] = None,
        limit: _Limit = 20,
    ) -> Told:
        """List the records of a table that meet filters, as known or as the case on a day.

        >>> told = Lookup(Edition.open()).list_records("sources", {"tier": "official"}, limit=2)
        >>> len(told["records"]), told["records_in_all"] > 2, told["truncated"]
        (2, True, True)
        """
        seen = self._from(known_on, at)
        view = seen.table(table).where(**(filters or {}))
        return self._told(
            seen,
            table=table,
            records=[row_told(seen, table, record) for record in view.ids[:limit]],
            records_in_all=len(view),
            truncated=len(view) > limit,
        )

    def known_on(
        self, day: _Day, table: _Table, filters: _Filters = None, limit: _Limit = 20
    ) -> Told:
        """List records as they could be known on a day, from what had been published by then.

        >>> told = Lookup(Edition.open()).known_on("1950-01-01", "missions")
        >>> told["seen"], told["records_in_all"]
        ('as known on 1950-01-01', 0)
        """
        return self.list_records(table, filters, known_on=day, limit=limit)

    def slips(self, mission: _Record, known_on: _KnownOn = None) -> Told:
        """Tell how the planned dates of a mission moved: each statement, by whom, and how fast.

        Records of other tables are named with their table: programmes/ilrs-construction.

        >>> Lookup(Edition.open()).slips("luna-24")["in_fact"]["launch_date"]["in_words"]
        '9 August 1976, 15:04:12 UTC'
        """
        seen = self._from(known_on)
        found = seen.slips(mission)
        happened = {FACTS[field]: day for field, day in found.happened.items()}
        fields = dict.fromkeys([*(one.field for one in found.statements), *happened])
        return self._told(
            seen,
            table=found.table,
            record=found.record,
            statements=[planned_date_told(one) for one in found.statements],
            in_fact={
                field: value_told(tables.get(found.table).fields[field], day.text)
                for field, day in happened.items()
            },
            drift=drifts_told(found),
            verdicts=verdicts_of(seen, found.table, found.record, fields),
            sources=list(dict.fromkeys(one.claim.source for one in found.statements)),
        )

    def camps(
        self,
        day: Annotated[str | None, Field(description="A day; without it, the latest read.")] = None,
        camp: Annotated[Literal["artemis", "ilrs"] | None, Field(description="Only one.")] = None,
        known_on: _KnownOn = None,
    ) -> Told:
        """Tell which states stood with the Artemis Accords and with the ILRS on a day, since when.

        `least` counts those who certainly belonged, `most` those also who possibly did.

        >>> Lookup(Edition.open()).camps("2020-10-13", camp="ilrs")["tally"]
        {'ilrs': {'least': 0, 'most': 0}}
        """
        seen = self._from(known_on)
        camps = seen.camps()
        members = camps.on(day, camp=camp)
        return self._told(
            seen,
            day=day,
            level=STATE,
            definitions={name: one.says for name, one in CAMPS.items()},
            tally={
                name: camps.tally(day, camp=name)._asdict()
                for name in (ARTEMIS, ILRS, BOTH)
                if camp in {None, name}
            },
            members=[self._member(seen, one, day) for one in members],
        )

    def positions(
        self,
        sides: Annotated[
            list[str] | None,
            Field(description="Ids of actors, such as china; a country includes its bodies."),
        ] = None,
        topic: Annotated[str | None, Field(description="A topic of `statements`.")] = None,
        year: Annotated[int | None, Field(description="The year of the statement.")] = None,
        limit: _Limit = 20,
        known_on: _KnownOn = None,
    ) -> Told:
        """Tell what officials and bodies of some sides said, by year and topic, paraphrased.

        >>> told = Lookup(Edition.open()).positions(["china"], topic="law", limit=1)
        >>> told["positions"][0]["side"]
        'china'
        """
        seen = self._from(known_on)
        found = seen.positions(*(sides or ()), topic=topic, year=year)
        return self._told(
            seen,
            positions=[
                {
                    **{name: text for name, text in asdict(one).items() if text},
                    "verdicts": verdicts_of(seen, "statements", one.id, ("summary", "date")),
                }
                for one in found[:limit]
            ],
            positions_in_all=len(found),
            truncated=len(found) > limit,
            sources=list(dict.fromkeys(one for said in found[:limit] for one in said.sources)),
        )

    def cite(
        self,
        record: Annotated[str, Field(description="An id, or table/id: missions/change-5.")],
        field: Annotated[str, Field(description="A field; * cites that it exists.")] = "*",
        style: Literal["text", "bibtex", "csl-json"] = "text",
    ) -> Told:
        """Cite one fact: the fact, the primary source with its place, and this edition.

        >>> told = Lookup(Edition.open()).cite("missions/change-5", "sample_mass_g")
        >>> told["verdict"], told["value"], told["citation"].startswith("missions/change-5")
        ('contested', '1731', True)
        """
        table, name = self._plain.locate(record, field)
        evidence = self._plain.why(table, name, field)
        chosen = evidence.cell.chosen
        return self._told(
            self._plain,
            citation=cite(evidence, self._plain.edition, style),
            style=style,
            table=table,
            record=name,
            field=field,
            value=evidence.value,
            verdict=evidence.verdict,
            claim=chosen.id if chosen else None,
            sources=upheld_by(evidence),
        )

    def query(
        self,
        sql: Annotated[
            str,
            Field(
                description="One SELECT in SQLite's dialect. A date or figure is text, with its "
                "bounds in columns beside it: launch_date, launch_date_lower, launch_date_upper. "
                'In claims write "table" in quotation marks.'
            ),
        ],
        limit: Annotated[int, Field(ge=1, le=1000, description="The most rows to return.")] = 100,
    ) -> Told:
        """Answer a read-only SQL query over all tables, for counts and joins.

        Select `sources` and `contested` too, or join `claims`, whose rows bear source and verdict.

        >>> told = Lookup(Edition.open()).query("select count(*) from missions")
        >>> told["tables"], told["rows"][0][0] > 100
        (['missions'], True)
        """
        told = self._sql.query(sql, limit)
        telling = {"sources", "source", "contested", "verdict"} & {*told["columns"]}
        if not telling:
            told["note"] = (
                "These rows name no source and no verdict: select sources and contested, or ask "
                "`why` of a cell, before you state one as a fact."
            )
        return self._told(self._plain, **told)

    def describe(
        self,
        table: Annotated[str | None, Field(description="A table; without it, all.")] = None,
    ) -> Told:
        """Describe the tables, or the fields of one: meaning, unit, terms, references.

        >>> "launch_date" in Lookup(Edition.open()).describe("missions")["fields"]
        True
        """
        told = tables_told(self.edition) if table is None else table_told(table)
        return self._told(self._plain, **told)

    def _from(self, known_on: str | None, at: str | None = None) -> Dataset:
        """Return the dataset as seen from a day; one that was asked for before is kept."""
        if not known_on and not at:
            return self._plain
        asked = (known_on or None, at or None)
        if asked not in self._seen:
            seen = self._plain.known_on(known_on) if known_on else self._plain
            self._seen[asked] = seen.at(at) if at else seen
            if len(self._seen) > _KEPT:
                del self._seen[next(iter(self._seen))]
        return self._seen[asked]

    def _told(self, seen: Dataset, **answer: Any) -> Told:
        head = {"edition": seen.edition, "seen": str(seen.perspective) or "as known now"}
        return head | answer

    def _standing(self, table: str, record: str) -> Told:
        """Return what a match rests on, in brief; an event or claim found by name may have none."""
        if table not in tables.names_of_tables():
            return {}
        row: Mapping[str, str] = self._plain.table(table).row(record)
        evidence = evidence_for(self._plain, table, record, EXISTENCE)
        return {
            "verdict": evidence.verdict if evidence else None,
            "contested": listed(row.get("contested", "")),
            **sources_told(sources_of(table, row)),
        }

    def _member(self, seen: Dataset, one: Membership, day: str | None) -> Told:
        table, _, record = one.record.partition("/")
        return {
            "actor": one.actor,
            "name": one.name,
            "camp": one.camp,
            "standing": one.standing,
            "belonged": one.on(day).value if day else ("yes" if one.certain else "possibly"),
            "since": one.since.text if one.since else None,
            "since_is_stated": one.dated,
            "until": one.until.text if one.until else None,
            "number": one.ordinal,
            "record": one.record,
            "verdicts": verdicts_of(seen, table, record, (EXISTENCE, CAMPS[one.camp].since)),
            **sources_told(list(one.sources)),
        }
