"""The pages on the checker's rules: one for each code, and an index; all from the rules themselves.

`check_files` makes the texts; `export/pages.py` writes them with the other generated pages.
"""

import re

from lunarprogrammes.check.rule import FAMILIES, Rule, all_rules
from lunarprogrammes.export._markdown import GENERATED, escape

_MEANINGS = {
    "F": "What is wrong with a file before any cell is looked at.",
    "S": "Cells that their field does not admit, keys, references, codes and units.",
    "E": "Whether every value can testify: sources, locators, dates of documents, decisions.",
    "L": "Whether what is said can be so: chronology, flights, places, masses, memberships.",
    "X": "What could harm whoever opens, unpacks or reads the files.",
    "B": "The list of known problems itself.",
}


def check_files() -> dict[str, str]:
    """Return every page by its name below `docs/`: `checks/index.md`, `checks/F101.md`.

    >>> sorted(check_files())[0]
    'checks/B101.md'
    """
    rules = every_rule()
    pages = {f"checks/{rule.code}.md": _page(rule, rules) for rule in rules}
    return {"checks/index.md": _index(rules), **pages}


def every_rule() -> tuple[Rule, ...]:
    """Return the rules of contributions, then those of the list of known problems."""
    from lunarprogrammes.check.baseline import RULES

    return (*all_rules(), *RULES)


def mended() -> frozenset[str]:
    """Return the codes of the rules of which `--fix` mends what is certain."""
    from lunarprogrammes.check.fixing import cells, tables

    of_cells = (cells.SPACES, cells.COMPOSED, cells.VALUE)
    of_files = (tables.MARK, tables.LINE_ENDS, tables.LAST_LINE, tables.BLANK, tables.HEADER)
    return frozenset((*of_cells, *of_files, tables.RETIRED))


def family_of(rule: Rule) -> str:
    """Return the name of the family to which a rule belongs."""
    return rule.family


def _index(rules: tuple[Rule, ...]) -> str:
    text = (
        f"{GENERATED}# Check rules\n\n`lunarprogrammes check` applies these rules to `seeds/`, or "
        "to any folder of the same form. An error stops the build; a warning asks somebody to "
        "look. Codes are stable: a rule that is given up leaves its code unused. "
        f"There are {len(rules)} rules.\n"
    )
    for letter in FAMILIES:
        of_family = [rule for rule in rules if rule.code[0] == letter]
        text += f"\n## {family_of(of_family[0]).capitalize()}\n\n{_MEANINGS[letter]}\n\n"
        text += "| Code | Name | Severity | `--fix` | Why |\n| --- | --- | --- | --- | --- |\n"
        for rule in of_family:
            first = _first_sentence(rule.reason)
            mends = "some" if rule.code in mended() else ""
            text += (
                f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity} | {mends} | "
                f"{escape(first)} |\n"
            )
    return text


def _first_sentence(reason: str) -> str:
    return re.split(r"(?<=[.]) (?=[A-Z])", reason, maxsplit=1)[0]


def _page(rule: Rule, rules: tuple[Rule, ...]) -> str:
    codes = [one.code for one in rules]
    at = codes.index(rule.code)
    before = f"[← {codes[at - 1]}]({codes[at - 1]}.md) · " if at else ""
    after = f" · [{codes[at + 1]} →]({codes[at + 1]}.md)" if at + 1 < len(codes) else ""
    return (
        f"{GENERATED}# {rule.code} {rule.name}\n\n"
        f"*{rule.severity.capitalize()}, of the family {family_of(rule)}.*\n\n"
        f"{escape(rule.reason)}\n\n"
        f"**Breaks it:** {escape(rule.bad)}\n\n"
        f"**Keeps it:** {escape(rule.good)}\n\n"
        f"## Mending it\n\n{_mending(rule)}\n\n"
        f"## Passing over it\n\n{_passing_over(rule)}\n\n"
        f"{before}[All rules](index.md){after}\n"
    )


def _mending(rule: Rule) -> str:
    if rule.code in mended():
        return (
            "`lunarprogrammes check --fix` mends what is certain, and leaves the rest; look first "
            "with `lunarprogrammes check --diff`."
        )
    return "By hand: what is meant is not certain enough for `--fix`."


def _passing_over(rule: Rule) -> str:
    if rule.family == "baseline":
        return "Not at all: delete the entry, or give it a later day with a reason."
    also = (
        "A warning does not fail the check unless `--strict` is given."
        if rule.severity == "warning"
        else "The build refuses seeds with errors, so that this helps only with folders of your "
        "own."
    )
    return (
        f"`lunarprogrammes check --ignore {rule.code}` leaves the rule out for one run, by its "
        f"name (`--ignore {rule.name}`) too. To pass over the problems there are and be told of "
        "new ones, list them until a day:\n\n"
        "```sh\n"
        "lunarprogrammes check --write-baseline known.json --expires 2027-06-30\n"
        "lunarprogrammes check --baseline known.json\n"
        f"```\n\n{also}"
    )
