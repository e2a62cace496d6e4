"""The reference pages of the documentation as Markdown: dictionary, definitions, rules, commands.

What is said of a field, a term, a rule or an option comes from where it is defined; prose stands
here only for what no object describes. `export/pages.py` writes them below `docs/`.
"""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module

from lunarprogrammes import tables
from lunarprogrammes.dataset import Dataset
from lunarprogrammes.dates import UncertainDate
from lunarprogrammes.evidence.claims import EXISTENCE
from lunarprogrammes.export._markdown import GENERATED, escape, grid
from lunarprogrammes.export.dictionary_fields import Evidence, anchor, field_section
from lunarprogrammes.export.table_diagram import diagram
from lunarprogrammes.export.table_queries import questions_text
from lunarprogrammes.quantities import Quantity
from lunarprogrammes.ranking import CRITERIA
from lunarprogrammes.tables import Table, Vocabulary

# The data dictionary


def dictionary_files(dataset: Dataset) -> dict[str, str]:
    """Return the data dictionary of an edition: `index.md`, and one page for each table."""
    evidence = Evidence(dataset)
    pages = {f"{name}.md": _table_page(dataset, name, evidence) for name in tables.all_tables()}
    return {"index.md": _index(dataset, evidence), **pages}


def _index(dataset: Dataset, evidence: Evidence) -> str:
    listed = []
    for name, table in tables.all_tables().items():
        contested = evidence.verdicts(name, EXISTENCE, *table.facts)["contested"]
        key = ", ".join(f"`{part}`" for part in table.key)
        rows = f"{len(dataset.table(name)):,}"
        listed.append((f"[{name}]({name}.md)", escape(table.meaning), key, rows, str(contested)))
    return (
        f"{GENERATED}# Data dictionary\n\nEdition {dataset.edition}. Each table is a file, such as "
        "`datasets/missions.csv`, and an attribute in Python, such as `moon.missions`. An empty "
        "cell means that no source that was read states the value. The terms and conventions are "
        "explained under [Definitions](../definitions.md). Each page asks one question of its "
        "table in Python, SQL, R and the shell.\n\n"
        + grid(("Table", "One row is", "Key", "Rows", "Contested cells"), listed, numbers=2)
        + "\n## How the tables refer to each other\n\nA reference holds the id of a record in the "
        "other table. Where a table refers to itself, a record is a part of another, or its "
        "reserve. Any record can also have `names`, and every filled cell has `claims`.\n\n"
        + diagram()
        + "\n"
        + grid(("Table", "Refers to"), _references())
    )


def _references() -> Iterator[tuple[str, str]]:
    for name, table in tables.all_tables().items():
        by: dict[str, list[str]] = defaultdict(list)
        for field_name, field in table.fields.items():
            for target in field.references:
                by[f"[{target}]({target}.md)"].append(f"`{field_name}`")
            if field.kind == "record":
                by["any table"].append(f"`{field_name}`")
        said = "; ".join(f"{target} by {', '.join(fields)}" for target, fields in by.items())
        yield f"[{name}]({name}.md)", said or "–"


def _table_page(dataset: Dataset, name: str, evidence: Evidence) -> str:
    table, rows = tables.get(name), dataset.table(name).rows()
    key = " and ".join(f"`{part}`" for part in table.key)
    if len(table.key) > 1 and rows:
        key += f"; a record is named by both, joined by a colon: `{table.record_id(rows[0])}`"
    listed = [
        (f"[`{one}`](#{one})", escape(field.meaning), f"{sum(bool(row[one]) for row in rows):,}")
        for one, field in table.fields.items()
    ]
    return (
        f"{GENERATED}# {name.capitalize()}\n\n**One row is:** {escape(table.meaning)}\n\n"
        f"**Key:** {key}.\n\n**Rows:** {len(rows):,} in edition {dataset.edition}, in "
        f"`datasets/{name}.csv`.{_when_rows_hold(table)}\n\n"
        + grid(("Field", "Meaning", "Filled"), listed, numbers=1)
        + questions_text(table, rows)
        + "".join(field_section(table, field, rows, evidence) for field in table.fields)
    )


def _when_rows_hold(table: Table) -> str:
    starts, ends = (" or ".join(f"`{one}`" for one in some) for some in (table.starts, table.ends))
    return starts and (
        f"\n\n**A row holds** from {starts}{ends and f' until {ends}'}; without a date of its "
        "beginning, at the latest from the earliest statement of it as a fact. `--at` goes by this."
    )


# Definitions

_ORDERINGS = {
    "Parent": "The record of the same table of which a record is a part: a phase of a programme, a "
    "department of an agency, a place within a region, one plan of a series. A partner, successor "
    "or contractor is no part. A query for a record includes its parts.",
    "Sequence": "The place of a record among the parts of one parent, from 1, in the order of time "
    "or of the parent's own numbering.",
    "Contradicts": "A record elsewhere in the tables that says otherwise, or is in tension with "
    "it, where no single cell holds both. It is written on one of the two and does not say which "
    "is right. `lunarprogrammes contested` lists the pairs with both places.",
}
_CRITERIA = {
    "known": "A stated value before one that the source calls unknown.",
    "tier": "The better [tier](#tier).",
    "recency": "The later statement, by its `as_of`, else by the date of its source. A vague date "
    "counts from its end; an undated source never counts as the latest.",
    "certainty": "What is stated or planned before what is reported or estimated, and that before "
    "an opinion ([certainty](#certainty)).",
    "precision": "The more precise statement.",
    "witnesses": "The statement with which more independent sources agree. A source that repeats "
    "another is the same witness.",
    "source": "The order of source ids, for lack of a better reason.",
    "id": "The order of claim ids, for lack of a better reason.",
}
_RESOLUTION = (
    "Where claims differ, the first criterion on which they differ decides; the table gives its "
    "place under each rule. `authority` is the rule of most fields, `latest` that of fields that "
    "change, such as status and plans, `majority` that of usual names; each is also a policy that "
    "can be asked for. [How facts are decided](resolution.md) tells more.\n\n"
)
_DATES_SAID = (
    "Written in EDTF (ISO 8601-2). `~` (about) and `?` (perhaps) widen a date by one unit of what "
    "is stated on either side, `%` (both) by two. 21 to 24 are the northern seasons, 33 to 36 "
    "quarters, 37 to 39 thirds, 40 and 41 halves. Two dates contradict each other if no day suits "
    "both, nor any minute where both state one; a time rounded to the minute agrees with the "
    "second.\n\n"
)
_DATES = (
    "2020-11-23 2020-11-23T20:30Z 2024-05 2026 2030~ 2028-10? 2030% 203X 2024-XX 2028-21 2028-33 "
    "2028-39 2028-41 2030/2035 2026/.. ../2030 unknown"
)
_FIGURES_SAID = (
    "`~` (about), `<~` (nearly), `>~` (slightly more than) and `?` (perhaps) are by convention "
    "read as a tenth of the figure. Two figures contradict each other if no number suits both. "
    "Of two plain figures the one with fewer decimals may be the other one rounded: `365` agrees "
    "with `364.69`, `9.33` does not agree with `9.39`.\n\n"
)
_FIGURES = "1731 2.50 ~2000 >800 >=7 <800 <=800 <~24 >~24 22/24 24? unknown"


def vocabularies() -> dict[str, tuple[Vocabulary, list[str]]]:
    """Return every vocabulary by its anchor, with links to the fields that use it."""
    found: dict[str, tuple[Vocabulary, list[str]]] = {}
    for name, table in tables.all_tables().items():
        for field_name, field in table.fields.items():
            if field.vocabulary is not None:
                entry = found.setdefault(anchor(field.vocabulary.name), (field.vocabulary, []))
                entry[1].append(f"[{name}.{field_name}](dictionary/{name}.md#{field_name})")
    return dict(sorted(found.items()))


def definitions_text() -> str:
    """Return `definitions.md`: the editors' orderings, the conventions and every vocabulary."""
    places = (
        (name, said, *(str(order.index(name) + 1) for order in CRITERIA.values()))
        for name, said in _CRITERIA.items()
    )
    criteria = ("Criterion", "What goes first", *(f"`{rule}`" for rule in CRITERIA))
    sections = {
        **_ORDERINGS,
        "Uncertain dates": _DATES_SAID + _bounds(map(UncertainDate, _DATES.split())),
        "Figures": _FIGURES_SAID + _bounds(map(Quantity, _FIGURES.split())),
        "Resolution": _RESOLUTION + grid(criteria, places, numbers=len(CRITERIA)),
    }
    for vocabulary, uses in vocabularies().values():
        terms = [(f"`{term}`", escape(said)) for term, said in vocabulary.terms.items()]
        about = f"{escape(vocabulary.meaning)} Used by {', '.join(uses)}.\n\n"
        listed = grid(("Term", "Definition"), terms) + _taken_in(vocabulary)
        sections[vocabulary.name.capitalize()] = about + listed
    text = (
        f"{GENERATED}# Definitions\n\nWhat the terms of the dataset mean, and the conventions for "
        "dates, figures and contradictions. Where the editors order the world rather than state a "
        "fact, such as the kind of an actor, their claims cite a section of this page.\n"
    )
    for name, said in sections.items():
        text += f"\n## {name} {{#{anchor(name)}}}\n\n{said.rstrip()}\n"
    return text


def _taken_in(vocabulary: Vocabulary) -> str:
    """Say which terms take in weaker ones, which they do not contradict."""
    if not vocabulary.stands_over:
        return ""
    said = (
        f"`{term}` takes in {' and '.join(f'`{weaker}`' for weaker in below)}"
        for term, below in vocabulary.stands_over.items()
    )
    return f"\n{'; '.join(said)}: told again in the weaker term, the stronger one still stands.\n"


def _bounds(values: Iterable[UncertainDate | Quantity]) -> str:
    listed = []
    for one in values:
        ends = ("open" if end is None else str(end) for end in (one.lower, one.upper))
        listed.append((f"`{one.text}`", one.describe(), *ends))
    return grid(("Written", "Meaning", "From", "To"), listed)


# Check rules and command line


def cli_text() -> str:
    """Return `cli.md`: every command with its arguments, from the parsers themselves."""
    from lunarprogrammes.cli import EXIT_CODES, commands
    from lunarprogrammes.cli._common import add_perspective

    shared = {action.dest: action for action in _actions(add_perspective)}
    text = (
        f"{GENERATED}# Command line\n\nWithout a command, `lunarprogrammes` prints what the "
        f"edition holds.\n\n**Exit codes:** {EXIT_CODES.partition(': ')[2]}; 130 interrupted. "
        "Remarks and errors go to standard error, so that pipes stay clean.\n\n## Perspective\n\n"
        f"Most commands can look at the dataset from elsewhere.\n\n{_options(shared.values())}"
    )
    for name, module in commands().items():
        command = import_module(f"lunarprogrammes.cli.{module}")
        own = _actions(partial(command.register, words=[]))
        takes_all = shared.keys() <= {action.dest for action in own}
        own = [action for action in own if not (takes_all and action.dest in shared)]
        words = [_argument(one) for one in own if one.required or not one.option_strings]
        usage = " ".join(["lunarprogrammes", name, *words])
        text += f"\n## {name}\n\n{escape(command.SUMMARY)}\n\n`{usage}`\n\n{_options(own)}"
        text += "\nTakes the [perspective](#perspective) options too.\n" if takes_all else ""
    return text


def _actions(register: Callable[[argparse.ArgumentParser], None]) -> list[argparse.Action]:
    parser = argparse.ArgumentParser(add_help=False)
    register(parser)
    return parser._actions  # noqa: SLF001 -- argparse lists its options nowhere else


def _argument(action: argparse.Action) -> str:
    word = str(action.metavar or action.dest.upper())
    if action.option_strings:
        return action.option_strings[-1] + ("" if action.nargs == 0 else f" {word}")
    return f"[{word}]" if action.nargs == "?" else word


def _options(actions: Iterable[argparse.Action]) -> str:
    listed = []
    for one in actions:
        help_text = one.help or ("default: %(default)s" if one.default else "")
        said = [help_text % vars(one), ", ".join(map(str, one.choices or ()))]
        listed.append((f"`{_argument(one)}`", escape(": ".join(filter(None, said)))))
    return grid(("Argument", "Meaning"), listed)
