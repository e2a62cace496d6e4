"""X106: names of files and folders that lead elsewhere, or that some system cannot hold."""

import re
import unicodedata
from collections.abc import Iterator

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Place, Problem
from lunarprogrammes.check.rule import Rule

UNSAFE = Rule(
    code="X106",
    name="unsafe-file-name",
    severity=ERROR,
    reason="A name with two dots, a backslash, a colon or an invisible character leads out of "
    "the folder on some system, or cannot be written there; so do the names of devices, such as "
    "con.csv.",
    bad="seeds/agency-2024-report/..\\missions.csv",
    good="seeds/agency-2024-report/missions.csv",
)
RULES = (UNSAFE,)

_odd = re.compile(r'[\\:*?"<>|\x00-\x1f\x7f]').search
_is_device = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE).fullmatch


def check(examination: Examination) -> Iterator[Problem]:
    """Look at the name of everything in the folder."""
    seeds = examination.seeds
    paths = [path.relative_to(seeds.root).as_posix() for path in seeds.strangers]
    paths += [*examination.entries, *(sheet.path for sheet in examination.readings)]
    for path in sorted(set(paths)):
        if why := fault_of_name(path.rpartition("/")[2]):
            yield UNSAFE.at(
                Place(path),
                f"{why}.",
                expected="Expected a name that every system can hold.",
                remedy="Rename it with letters, figures, hyphens and one dot.",
            )


def fault_of_name(name: str) -> str:
    """Say what is wrong with the name of a file, or return an empty text."""
    if ".." in name:
        return "The name has two dots, which lead to the folder above"
    if found := _odd(name):
        shown = (
            f"the character {found.group()}"
            if found.group().isprintable()
            else "a control character"
        )
        return f"The name holds {shown}, which some systems take for a part of the path"
    if not name.isprintable() or not unicodedata.is_normalized("NFC", name):
        return "The name has a character that cannot be seen, or a separate accent"
    if _is_device(name):
        return "The name is that of a device on some systems"
    if name.endswith((".", " ")) or name.startswith(" "):
        return "The name begins or ends with a space or a dot"
    return ""
