"""The guard of the versions: no edition and no package version is smaller than its change.

Compares what is about to be built with what was released last. It names every change, how large it
is, and the version that it needs; it knows nothing of files.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from lunarprogrammes.releases.state import State
from lunarprogrammes.releases.surface import Api, Tables
from lunarprogrammes.releases.version import Level, Version, VersionError

_MOST_TOLD = 5
_REMEDY = "Nothing was written."


class Step(NamedTuple):
    """One change of what a user may rely on, and how large it is."""

    level: Level
    what: str

    def __str__(self) -> str:
        return f"{self.what} ({self.level.name.lower()})"


def guard(old: State, new: State) -> list[Step]:
    """Return the changes of schema and API since a release, the largest first.

    Raises `VersionError` where the package's version or the edition's date is smaller than they
    need, where one goes back, and where an id is lost without a redirect.
    """
    steps = sorted(
        (*of_tables(old.tables, new.tables), *of_api(old.api, new.api)),
        key=lambda step: (-step.level, step.what),
    )
    _expect_version(old, new, steps)
    _expect_edition(old, new)
    _expect_ids(old, new)
    return steps


def _expect_version(old: State, new: State, steps: Sequence[Step]) -> None:
    was, now = Version.parse(old.package), Version.parse(new.package)
    needed = was.after(steps[0].level) if steps else was
    if now >= needed:
        return
    if now < was:
        what = f"The package's version {now} is smaller than {was}, which was released."
    else:
        told = "; ".join(map(str, steps[:_MOST_TOLD]))
        more = f"; and {len(steps) - _MOST_TOLD} more" if len(steps) > _MOST_TOLD else ""
        what = f"The package's version {now} is too small for what changed since {was}: "
        what += f"{told}{more}."
    raise VersionError(
        what,
        expected=f"Expected {needed} or later.",
        remedy=f"Raise `__version__` in src/lunarprogrammes/__init__.py, or take the change back. "
        f"{_REMEDY}",
    )


def _expect_edition(old: State, new: State) -> None:
    changed = old.data != new.data
    if new.edition > old.edition or (new.edition == old.edition and not changed):
        return
    what = (
        f"The edition {new.edition} holds other data than the one that was released under that "
        "date."
        if new.edition == old.edition
        else f"The edition {new.edition} is older than {old.edition}, which was released."
    )
    raise VersionError(
        what,
        expected=f"Expected a date after {old.edition}.",
        remedy=f"Write today's date into seeds/edition.json. {_REMEDY}",
    )


def _expect_ids(old: State, new: State) -> None:
    lost = [
        f"{table}/{one}"
        for table, ids in old.ids.items()
        for one in sorted(set(ids).difference(new.ids.get(table, ())))
    ]
    if not lost:
        return
    told = ", ".join(lost[:_MOST_TOLD])
    more = f" and {len(lost) - _MOST_TOLD} more" if len(lost) > _MOST_TOLD else ""
    table, one = lost[0].split("/")
    raise VersionError(
        f"{'An id' if len(lost) == 1 else f'{len(lost)} ids'} of the edition {old.edition} "
        f"{'is' if len(lost) == 1 else 'are'} gone: {told}{more}.",
        expected="Expected that every id that was released is in use or retired.",
        remedy=f"Retire each in seeds/redirects.csv, such as {table},{one},NEW-ID,2026-12-01,"
        f"REASON; leave NEW-ID empty where no record takes its place. {_REMEDY}",
    )


# What a user may rely on, compared.


def of_tables(old: Tables, new: Tables) -> Iterator[Step]:
    """Yield every change of the tables, fields and terms."""
    for name in old.keys() | new.keys():
        if name not in new:
            yield Step(Level.MAJOR, f"the table {name} is gone")
        elif name not in old:
            yield Step(Level.MINOR, f"the table {name} is new")
        else:
            yield from _of_table(name, old[name], new[name])


def _of_table(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Step]:
    if old["key"] != new["key"]:
        yield Step(Level.MAJOR, f"the key of {name} is another")
    was, now = old["fields"], new["fields"]
    come = [field for field in now if field not in was]
    for field in was:
        if field in now:
            yield from _of_field(f"{name}.{field}", was[field], now[field])
        else:
            alike = next((one for one in come if now[one] == was[field]), "")
            renamed = f", or renamed to {alike}" if alike else ""
            yield Step(Level.MAJOR, f"the field {name}.{field} is gone{renamed}")
    yield from (Step(Level.MINOR, f"the field {name}.{field} is new") for field in come)
    if [field for field in was if field in now] != [field for field in now if field in was]:
        yield Step(Level.MAJOR, f"the fields of {name} are in another order")
    if old["words"] != new["words"]:
        yield Step(Level.PATCH, f"{name} is described in other words")


def _of_field(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Step]:
    for part in ("kind", "required", "unit", "references", "pattern"):
        if old.get(part) != new.get(part):
            yield Step(Level.MAJOR, f"{part} of {name} is another")
    was, now = old.get("terms", []), new.get("terms", [])
    if was and not now:
        yield Step(Level.MAJOR, f"{name} has no vocabulary any more")
    else:
        yield from (
            Step(Level.MAJOR, f"the term {term} of {name} is gone")
            for term in was
            if term not in now
        )
        level = Level.MINOR if was else Level.MAJOR
        yield from (
            Step(level, f"the term {term} of {name} is new") for term in now if term not in was
        )
    for part, wider in (("minimum", -1), ("maximum", 1)):
        before, after = old.get(part), new.get(part)
        if before != after:
            widened = after is None or (before is not None and (after - before) * wider > 0)
            level = Level.MINOR if widened else Level.MAJOR
            yield Step(level, f"the {part} of {name} is another")


def of_api(old: Api, new: Api) -> Iterator[Step]:
    """Yield every change of the names and parameters of the package and its commands."""
    for name in old.keys() | new.keys():
        if name not in new:
            yield Step(Level.MAJOR, f"{name} is gone")
        elif name not in old:
            yield Step(Level.MINOR, f"{name} is new")
        else:
            yield from _of_call(name, old[name], new[name])


def _of_call(name: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Step]:
    was = {one.removesuffix("="): one for one in old}
    now = {one.removesuffix("="): one for one in new}
    for one in was:
        if one not in now:
            yield Step(Level.MAJOR, f"{name} takes no {one} any more")
        elif was[one].endswith("=") and not now[one].endswith("="):
            yield Step(Level.MAJOR, f"{name} demands {one}")
    for one, written in now.items():
        if one not in was:
            level = Level.MINOR if written.endswith("=") else Level.MAJOR
            yield Step(level, f"{name} takes {one}")
