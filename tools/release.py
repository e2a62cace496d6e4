"""One release, made twice and compared: wheel, sdist, every export, manifest, SBOM, checksums.

For maintainers, started by `bash .ci/release`; docs/releasing.md tells the whole way. Three
commands, each of which can be given again:

- `notes` writes what is told of the edition in datasets/ (editions/, CHANGELOG.md, the Atom feed,
  CITATION.cff, .zenodo.json);
- `prepare` builds the edition, guarded by what the last tag holds, writes the notes and the record
  of the release, editions/released.json;
- `make` makes every file of the release from the committed tree, twice, in two folders and two
  environments, and moves the first into dist/ only if both are the same.

Nothing is uploaded. Takes some minutes, most of them for the exports.
"""

import argparse
import datetime
import filecmp
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import lunarprogrammes
from lunarprogrammes.edition import Edition
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.export.formats import FORMATS
from lunarprogrammes.manifest import MANIFEST, read_manifest
from lunarprogrammes.releases.citation import citation_text, zenodo_text
from lunarprogrammes.releases.feed import feed_text
from lunarprogrammes.releases.notes import note_of, read_notes, with_data_section
from lunarprogrammes.releases.state import RELEASED, read_state, state_of
from lunarprogrammes.verify import verify
from sbom import sbom_text

ROOT = Path(__file__).resolve().parents[1]
# Their writers put random identifiers into the file: the same tables, not the same bytes.
SAME_TABLES = {"duckdb"}
# In what the second run is otherwise: nothing of it may show in a byte.
ELSEWHERE = {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
SUMS = "SHA256SUMS"


class ReleaseError(LunarProgrammesError):
    """What keeps a release from being made."""

    code = "release"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 if all went well, 2 with the reason if not."""
    parser = argparse.ArgumentParser(prog=".ci/release", description="Make a release.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, says in (("notes", "write what is told of the edition"),
                       ("prepare", "build, write the notes and the record of the release"),
                       ("make", "make every file of the release, twice")):  # fmt: skip
        command = commands.add_parser(name, help=says)
        if name == "make":
            command.add_argument("--out", type=Path, default=ROOT / "dist", metavar="PATH")
            command.add_argument(
                "--rehearse", action="store_true", help="tell what is not prepared, and go on"
            )
        else:
            command.add_argument(
                "--previous", type=Path, metavar="PATH",
                help="the edition before, a folder or zip; default: that of the last tag",
            )  # fmt: skip
    arguments = parser.parse_args(argv)
    try:
        if arguments.command == "make":
            make(arguments.out, rehearse=arguments.rehearse)
        elif arguments.command == "prepare":
            prepare(arguments.previous)
        else:
            write_notes(arguments.previous)
    except LunarProgrammesError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as error:
        print(f"error: {' '.join(map(str, error.cmd))} failed.", file=sys.stderr)
        return 2
    return 0


def told(text: str) -> None:
    """Say what is being done."""
    print(f"== {text}", flush=True)


# What is told, and what is kept of a release.


def write_notes(previous: Path | None) -> None:
    """Write the note of the edition in datasets/, and all that follows from the notes."""
    with edition_before(previous) as old:
        note = note_of(Edition.open(ROOT / "datasets"), old)
    told(f"Edition {note.edition}, {f'since {note.previous}' if note.previous else 'the first'}")
    (ROOT / "editions").mkdir(exist_ok=True)
    write(ROOT / "editions" / f"{note.edition}.json", note.text())
    for path, text in derived().items():
        write(path, text)


def derived() -> dict[Path, str]:
    """Return every file that follows from the notes in editions/, as it should be."""
    notes = read_notes(ROOT / "editions")
    changelog = ROOT / "CHANGELOG.md"
    return {
        changelog: with_data_section(changelog.read_text(encoding="utf-8"), notes),
        ROOT / "docs" / "editions.atom": feed_text(notes),
        ROOT / "CITATION.cff": citation_text(notes[0].edition),
        ROOT / ".zenodo.json": zenodo_text(notes[0].edition),
    }


def prepare(previous: Path | None) -> None:
    """Build under the guard of the last tag, then write notes and the record of this release."""
    record = ROOT / "editions" / RELEASED
    tag = last_tag()
    of_tag = git("show", f"{tag}:editions/{RELEASED}") if tag else b""
    told(f"The last release is {tag}" if tag else "Nothing has been released yet")
    with tempfile.TemporaryDirectory() as scratch:
        last = Path(scratch) / RELEASED
        if of_tag:
            last.write_bytes(of_tag)
        words = ["build", "--released", str(last)]
        run([sys.executable, "-m", "lunarprogrammes", *words], cwd=ROOT)
        old = read_state(last)
    if old is not None and old.package == lunarprogrammes.__version__:
        raise ReleaseError(
            f"The package {old.package} is released, and the wheel holds the data: no registry "
            "takes it twice.",
            remedy="Raise `__version__` in src/lunarprogrammes/__init__.py; new data need a patch.",
        )
    write_notes(previous)
    write(record, state_of(files_of(Edition.open(ROOT / "datasets"))).text())
    told("Read the data section of CHANGELOG.md, commit, tag, and run: bash .ci/release make")


@contextmanager
def edition_before(path: Path | None) -> Iterator[Edition | None]:
    """Give the edition before: the one named, that of the last tag, or none."""
    tag = last_tag()
    if path is not None:
        yield Edition.open(path)
    elif tag:
        with tempfile.TemporaryDirectory() as scratch:
            extract(git("archive", tag, "datasets"), Path(scratch))
            yield Edition.open(scratch)
    else:
        yield None


def files_of(edition: Edition) -> dict[str, bytes]:
    """Return the files of an edition by path."""
    return {name: edition.read_bytes(name) for name in edition.names()}


# The files of a release.


def make(out: Path, *, rehearse: bool) -> None:
    """Make everything twice, compare, and move the first into `out`."""
    started = time.monotonic()
    refuse_unprepared(rehearse=rehearse)
    with tempfile.TemporaryDirectory(prefix="lunarprogrammes-release-") as scratch:
        made = [Path(scratch) / name / "dist" for name in ("once", "again-in-another-folder")]
        # Only what is committed, once and for both: somebody may commit meanwhile.
        tree = git("archive", "HEAD")
        for dist in made:
            extract(tree, dist.parent / "tree")
            dist.mkdir()
        with ThreadPoolExecutor(len(made)) as pool:
            runs = zip(made, ({}, ELSEWHERE), strict=True)
            waiting = [
                pool.submit(make_once, dist.parent / "tree", dist, env) for dist, env in runs
            ]
            for one in waiting:
                one.result()
        told("Comparing the two runs")
        compare(*made)
        write_sums(made[0])
        out.mkdir(parents=True, exist_ok=True)
        for path in sorted(made[0].iterdir()):
            shutil.move(path, out / path.name)
            print(f"{(out / path.name).stat().st_size:>12,}  {path.name}")
    told(f"Made twice and the same, in {time.monotonic() - started:.0f} s: {out}")


def refuse_unprepared(*, rehearse: bool) -> None:
    """Refuse a tree that is not clean, an edition that is damaged, and notes that are not true."""
    for reason in unprepared():
        if not rehearse:
            raise ReleaseError(reason, remedy="With --rehearse it is told and passed over.")
        told(f"Passed over: {reason}")


def unprepared() -> Iterator[str]:
    """Yield every reason why the tree is not ready for a release."""
    if git("status", "--porcelain"):
        yield "The working tree has changes that are not committed."
    if wrong := wrong_tag():
        yield wrong
    edition = Edition.open(ROOT / "datasets")
    found = verify(edition)
    if not found.holds:
        yield f"datasets/ is not as it was built: {found.findings[0]}."
    note = next(
        (one for one in read_notes(ROOT / "editions") if one.edition == found.edition), None
    )
    if note is None or note.hash != found.hash:
        yield f"editions/{found.edition}.json does not tell of this edition: run notes."
    else:
        stale = [path.name for path, text in derived().items() if not holds(path, text)]
        if stale:
            yield f"{' and '.join(stale)} are not those that follow from editions/: run notes."
    record = read_state(ROOT / "editions" / RELEASED)
    if record is None or record != state_of(files_of(edition)):
        yield f"editions/{RELEASED} is not the record of this release: run prepare."


def wrong_tag() -> str:
    """Return what is wrong with the tag for which CI makes the release, or an empty text."""
    version, wanted = lunarprogrammes.__version__, os.environ.get("RELEASE_TAG", "")
    if wanted in {"", f"v{version}"}:
        return ""
    return f"The tag is {wanted}, and the package has the version {version}."


def make_once(tree: Path, dist: Path, environment: dict[str, str]) -> None:
    """Make every file of a release from one tree into one folder."""
    edition = Edition.open(tree / "datasets")
    day = datetime.datetime.strptime(f"{edition.version}+0000", "%Y.%m.%d%z")
    variables = {
        **os.environ,
        **environment,
        "PYTHONPATH": str(tree / "src"),
        "SOURCE_DATE_EPOCH": str(int(day.timestamp())),
    }
    told(f"{dist.parent.name}: sdist, and the wheel from it")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir"]
    run([*build, str(dist), str(tree)], cwd=tree, env=variables, quiet=True)
    told(f"{dist.parent.name}: the wheel from the tree")
    direct = dist.parent / "direct"
    run([*build, str(direct), "--wheel", str(tree)], cwd=tree, env=variables, quiet=True)
    (wheel,) = dist.glob("*.whl")
    if not filecmp.cmp(wheel, direct / wheel.name, shallow=False):
        raise ReleaseError(f"{wheel.name} from the sdist is not the one from the tree.")
    for name, form in FORMATS.items():
        told(f"{dist.parent.name}: {name}")
        target = dist / f"lunarprogrammes-{edition.version}{form.suffix}"
        words = ["export", name, str(target), "--edition", str(tree / "datasets")]
        run([sys.executable, "-m", "lunarprogrammes", *words], cwd=tree, env=variables, quiet=True)
    told(f"{dist.parent.name}: manifest and SBOM")
    (dist / f"lunarprogrammes-{edition.version}.{MANIFEST}").write_bytes(
        edition.read_bytes(MANIFEST)
    )
    manifest = read_manifest(edition.read_bytes(MANIFEST))
    if manifest is None:
        raise ReleaseError("datasets/manifest.json is damaged.", remedy="Build the edition again.")
    text = sbom_text(wheel, manifest, day)
    write(dist / f"lunarprogrammes-{lunarprogrammes.__version__}.cdx.json", text)


def compare(one: Path, other: Path) -> None:
    """Raise `ReleaseError` naming every file of which the two runs differ."""
    names = sorted({path.name for folder in (one, other) for path in folder.iterdir()})
    differing = []
    for name in names:
        a, b = one / name, other / name
        if not (a.exists() and b.exists()):
            differing.append(name)
        elif name.endswith(tuple(FORMATS[form].suffix for form in SAME_TABLES)):
            differing += [] if same_tables(a, b) else [name]
        elif not filecmp.cmp(a, b, shallow=False):
            differing.append(name)
    if differing:
        raise ReleaseError(
            f"Two runs gave other bytes for {', '.join(differing)}.",
            remedy="Find what of the folder, the clock or the environment shows in them.",
        )


def same_tables(one: Path, other: Path) -> bool:
    """Return whether two DuckDB files hold the same tables with the same rows."""
    import duckdb

    connection = duckdb.connect()
    for name, path in (("one", one), ("other", other)):
        connection.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
    listing = "SELECT table_name FROM duckdb_tables() WHERE database_name = ? ORDER BY 1"
    tables = connection.execute(listing, ["one"]).fetchall()
    if tables != connection.execute(listing, ["other"]).fetchall():
        return False
    for (table,) in tables:
        for a, b in (("one", "other"), ("other", "one")):
            query = f'SELECT count(*) FROM (FROM {a}."{table}" EXCEPT ALL FROM {b}."{table}")'  # noqa: S608
            if connection.execute(query).fetchone() != (0,):
                return False
    return True


def write_sums(folder: Path) -> None:
    """Write the checksums of every file, as `sha256sum --check` reads them."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
    ]
    write(folder / SUMS, "".join(lines))


# The machine around.


def last_tag() -> str:
    """Return the tag of the last release before this commit, or an empty text."""
    found = subprocess.run(
        ["git", "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", "HEAD"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return found.stdout.strip()


def git(*words: str) -> bytes:
    """Return what git prints."""
    return subprocess.run(["git", *words], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout


def extract(archive: bytes, target: Path) -> None:
    """Unpack an archive of git's."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(target, filter="data")


def run(
    words: Sequence[str], *, cwd: Path, env: dict[str, str] | None = None, quiet: bool = False
) -> None:
    """Run a program; what it prints is shown unless it is quiet and goes well."""
    done = subprocess.run(
        words, cwd=cwd, env=env, check=False, text=True,
        stdout=subprocess.PIPE if quiet else None, stderr=subprocess.STDOUT if quiet else None,
    )  # fmt: skip
    if done.returncode:
        print(done.stdout or "", file=sys.stderr)
        raise subprocess.CalledProcessError(done.returncode, words)


def write(path: Path, text: str) -> None:
    """Write a text with the line ends that it has."""
    path.write_text(text, encoding="utf-8", newline="\n")


def holds(path: Path, text: str) -> bool:
    """Return whether a file holds exactly this text."""
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
