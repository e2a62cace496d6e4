"""Resolution in parts: claims parted by record, the one resolver mapped over the parts.

A record's cells depend on its own claims and on the court (sources, decisions, parents), and on
nothing else. So any parting that keeps a record whole gives the same cells: runs of the sorted
ledger, spans of a sorted file, shards by a hash, partitions of an engine (see `spark`). The court
is handed to each worker once. What it owns: the parts, the worker processes, and their end. What it
does not: any rule. Memory holds a few parts at a time, however long the ledger is.
"""

import multiprocessing
import signal
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import groupby, islice
from operator import attrgetter
from typing import Any, NamedTuple, Protocol, TypeVar

from lunarprogrammes.claim_faults import ClaimFault, sound_claims
from lunarprogrammes.collector import without_collector
from lunarprogrammes.errors import LunarProgrammesError
from lunarprogrammes.evidence.claims import Claim
from lunarprogrammes.evidence.witnesses import Witnesses
from lunarprogrammes.resolve import Court, Resolved, resolve

# About 0.1 s of work: enough to be worth handing over, little enough that all workers end together.
RUN = 8_192
_RECORD = attrgetter("table", "record")

Made = TypeVar("Made")


class WorkerError(LunarProgrammesError):
    """A worker process has ended before its work was done."""

    code = "worker"


class Part(Protocol):
    """Some whole records, sorted as the resolver expects; it is handed to a worker as it is."""

    def rows(self) -> Iterable[Sequence[str | None]]:
        """Return the cells of each claim in the order of `Claim`."""
        ...


class Run(NamedTuple):
    """The claims of some records that follow each other in a ledger."""

    claims: tuple[Claim, ...]

    def rows(self) -> tuple[Claim, ...]:
        """Return the claims, which are rows themselves."""
        return self.claims


def runs(claims: Iterable[Claim], size: int = RUN) -> Iterator[Run]:
    """Part a sorted ledger into runs of whole records, each of `size` claims or little more.

    >>> made = [Claim.of("missions", name, "*", "", "a", "p. 1") for name in "aabbbc"]
    >>> [len(run.claims) for run in runs(made, 2)]
    [2, 3, 1]
    """
    held: list[Claim] = []
    for _, of_record in groupby(claims, key=_RECORD):
        held.extend(of_record)
        if len(held) >= size:
            yield Run(tuple(held))
            held = []
    if held:
        yield Run(tuple(held))


def shard_of(table: str, record: str, shards: int) -> int:
    """Return in which of so many shards a record lies: the same on every platform, in any edition.

    >>> shard_of("missions", "change-5", 8)
    7
    """
    return zlib.crc32(f"{table}/{record}".encode()) % shards


def portable(court: Court) -> Court:
    """Return a court that can be handed to another process: all that it reads when asked is read.

    Raises `LunarProgrammesError` where its policy holds a function that has no name to call it by.
    """
    import pickle

    made = court._replace(
        witnesses=Witnesses(dict(court.witnesses.by_id)),
        decisions=dict(court.decisions),
        lineage={table: dict(parents) for table, parents in court.lineage.items()},
    )
    try:
        pickle.dumps(made)
    except (pickle.PicklingError, AttributeError, TypeError):
        raise LunarProgrammesError(
            f"The policy '{court.policy.name}' cannot be handed to another process.",
            expected="Expected a function at the top of a module.",
            remedy="Define it with def in a module, not inside a function and not as a lambda.",
        ) from None
    return made


def examine(rows: Iterable[Sequence[str | None]], court: Court) -> Iterator[Resolved | ClaimFault]:
    """Check and resolve the claims of one part: the records, and what is wrong with claims.

    Nothing that a row holds raises an error; a claim at fault is left out and reported.

    >>> from lunarprogrammes.evidence import Witness
    >>> court = Court(Witnesses({"a": Witness("a", "press", "2021")}))
    >>> good = Claim.of("missions", "luna-24", "launch_date", "1976", "a", "p. 1")
    >>> [type(one).__name__ for one in examine([good, good], court)]
    ['ClaimFault', 'Resolved']
    """
    faults: list[ClaimFault] = []
    for resolved in resolve(sound_claims(rows, court.witnesses, faults), court):
        yield from faults
        faults.clear()
        yield resolved
    yield from faults


def examine_parts(
    parts: Iterable[Part],
    court: Court,
    each: Callable[[Resolved | ClaimFault, Court], Made],
    *,
    jobs: int = 1,
) -> Iterator[list[Made]]:
    """Check and resolve parts in worker processes; yield what `each` makes of them, part by part.

    The parts come back in the order in which they were given. `each` is a function at the top of a
    module: only what it returns is sent back. With one job no process is started.
    """
    yield from _mapped(_examined, parts, court, each, jobs)


def resolve_parts(
    parts: Iterable[Run], court: Court, each: Callable[[Resolved, Court], Made], *, jobs: int = 1
) -> Iterator[list[Made]]:
    """Resolve claims that have been checked, as `examine_parts` does with others."""
    yield from _mapped(_resolved, parts, court, each, jobs)


_Work = Callable[[Any, Court, Callable[[Any, Court], Any]], list[Any]]


def _examined(part: Part, court: Court, each: Callable[[Any, Court], Made]) -> list[Made]:
    return [each(one, court) for one in examine(part.rows(), court)]


def _resolved(part: Run, court: Court, each: Callable[[Any, Court], Made]) -> list[Made]:
    return [each(one, court) for one in resolve(part.claims, court)]


def _mapped(
    work: _Work, parts: Iterable[Any], court: Court, each: Callable[[Any, Court], Any], jobs: int
) -> Iterator[list[Any]]:
    if jobs == 1:
        yield from (work(part, court, each) for part in parts)
        return
    waiting: deque[Future[list[Any]]] = deque()
    with workers(jobs, _receive, (work, portable(court), each)) as pool:
        coming = iter(parts)
        # Two parts for each worker lie ready; more would only fill the memory.
        for part in islice(coming, 2 * jobs):
            waiting.append(hand_over(pool, _work_on, part))
        while waiting:
            yield result_of(waiting.popleft())
            for part in islice(coming, 1):
                waiting.append(hand_over(pool, _work_on, part))


# What a worker was handed when it started; never set in the process that starts workers.
_handed: list[tuple[_Work, Court, Callable[[Any, Court], Any]]] = []


def _receive(work: _Work, court: Court, each: Callable[[Any, Court], Any]) -> None:
    _handed[:] = [(work, court, each)]


def _work_on(part: Any) -> list[Any]:
    ((work, court, each),) = _handed
    with without_collector():
        return work(part, court, each)


def hand_over(pool: ProcessPoolExecutor, work: Callable[..., Made], *handed: Any) -> "Future[Made]":
    """Submit work to a pool of `workers`; this is when processes are started."""
    # What they inherit they keep until they have said that they do not listen to the keyboard.
    masked = hasattr(signal, "pthread_sigmask")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masked else None
    try:
        return pool.submit(work, *handed)
    except BrokenProcessPool:
        raise _ended_early() from None
    finally:
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def result_of(future: "Future[Made]") -> Made:
    """Return what a worker made; raise `WorkerError` where it has ended before."""
    try:
        return future.result()
    except BrokenProcessPool:
        raise _ended_early() from None


def _ended_early() -> "WorkerError":
    return WorkerError(
        "A worker process has ended before its work was done.",
        expected="It may have been killed for want of memory.",
        remedy="Try again with fewer jobs. Nothing was written.",
    )


@contextmanager
def workers(
    jobs: int, started: Callable[..., None] | None = None, handed: tuple[Any, ...] = ()
) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of processes, each of which has called `started`; none of them outlives it.

    They are started afresh, not forked, so that threads of the caller do no harm and every platform
    does the same: 0.2 s each. An interruption from the keyboard is for the caller to see to.
    """
    before = {*multiprocessing.active_children()}
    pool = ProcessPoolExecutor(
        jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start,
        initargs=(started, handed),
    )
    try:
        yield pool
    except BaseException:
        # Nobody waits for what the others are still doing.
        for process in {*multiprocessing.active_children()} - before:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _start(started: Callable[..., None] | None, handed: tuple[Any, ...]) -> None:
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if started is not None:
        started(*handed)
