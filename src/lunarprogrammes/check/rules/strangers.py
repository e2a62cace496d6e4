"""F112, F113, X104: files and folders that do not belong where they are."""

from collections.abc import Iterator

from lunarprogrammes.check.examination import Examination
from lunarprogrammes.check.problems import ERROR, Place, Problem
from lunarprogrammes.check.rule import Rule
from lunarprogrammes.check.rules.file_names import fault_of_name
from lunarprogrammes.check.sidecars import SIDECARS
from lunarprogrammes.check.words import did_you_mean
from lunarprogrammes.tables import names_of_tables

STRANGER = Rule(
    code="F112",
    name="stranger",
    severity=ERROR,
    reason="A source folder holds source.json and one CSV file per table, so that nothing in it is "
    "overlooked: a file that is not read would look as if it counted.",
    bad="seeds/bloomberg-2023-alliance/notes.txt",
    good="the notes in `custom.note` of source.json, or outside seeds/",
)
UNKNOWN_TABLE = Rule(
    code="F113",
    name="unknown-table",
    severity=ERROR,
    reason="A CSV file is read by its name; under another name its claims would be lost.",
    bad="seeds/bloomberg-2023-alliance/mission.csv",
    good="seeds/bloomberg-2023-alliance/missions.csv",
)
SYMLINK = Rule(
    code="X104",
    name="symbolic-link",
    severity=ERROR,
    reason="A link may lead out of the folder to files of the machine that checks it, and it is "
    "lost in an archive.",
    bad="missions.csv as a link to another file",
    good="missions.csv as a file of its own",
)
RULES = (STRANGER, UNKNOWN_TABLE, SYMLINK)

_GENERATED = {"sources", "claims"}


def check(examination: Examination) -> Iterator[Problem]:
    """Report everything in a seeds folder that is no reading."""
    root = examination.seeds.root
    for path in examination.seeds.strangers:
        place = Place(path.relative_to(root).as_posix())
        if path.is_symlink():
            yield _link(place)
        elif fault_of_name(path.name):
            continue  # the name has a rule of its own
        elif path.suffix.lower() == ".csv" and path.parent != root:
            yield _unknown_table(place, path.stem)
        else:
            of = "seeds" if path.parent == root else "source"
            what = f"{path.name} is no part of a {of} folder."
            yield STRANGER.at(place, what, remedy="Delete it, or keep it elsewhere.")
    yield from _links(examination)


def _links(examination: Examination) -> Iterator[Problem]:
    """Report links in the place of files that would be read, each once."""
    root, known = examination.seeds.root, set(examination.seeds.strangers)
    paths = [entry.file.path for entry in examination.entries.values()]
    for path in (*paths, *(root / name for name in SIDECARS)):
        if path not in known and path.is_symlink():
            yield _link(Place(path.relative_to(root).as_posix()))


def _link(place: Place) -> Problem:
    return SYMLINK.at(place, "This is a symbolic link.", remedy="Put the file itself here.")


def _unknown_table(place: Place, stem: str) -> Problem:
    readable = [name for name in names_of_tables() if name not in _GENERATED]
    if stem in _GENERATED:
        what = f"The table {stem} is generated and cannot be read from a file."
        return UNKNOWN_TABLE.at(place, what, remedy="Delete the file.")
    return UNKNOWN_TABLE.at(
        place,
        f"There is no table '{stem}'.",
        expected=f"The tables are {', '.join(readable)}.",
        remedy=did_you_mean(stem, readable),
    )
