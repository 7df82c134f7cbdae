"""Ballot checks on every core.

Checking a ballot is pure computation, so it runs in processes beside the threads
that serve the web. Workers come from a fork server: a process with threads is
never forked.
"""

import multiprocessing
import os
import signal
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import lru_cache, partial
from multiprocessing.process import BaseProcess
from threading import Lock, Thread
from types import TracebackType
from typing import Self

from crypto.ballot import Ballot, check_ballot
from crypto.setup import Setup, SetupBytes

_SETUPS_KEPT = 8  # elections checked at the same time; one takes about a megabyte


class CheckingPool:
    """Worker processes that check ballots.

    A worker that dies takes no ballot with it: the pool is built again and what
    was under way is checked once more. A ballot during which workers die twice
    fails with BrokenProcessPool.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or len(os.sched_getaffinity(0))
        self._lock = Lock()
        self._closed = False
        self._executor = self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def check(self, source: SetupBytes, raw: bytes) -> Future[Ballot]:
        """Check a ballot as ``check_ballot`` does.

        The proofs of the trustees in the setup are not looked at again: whoever
        trusts the setup has loaded it.

        Returns:
            The ballot, or the ProtocolError that refuses it.
        """
        job = _Job(source, raw)
        self._submit(job)
        return job.promise

    def close(self) -> None:
        """Stop the workers; what has not begun is given up."""
        with self._lock:
            self._closed = True
            executor = self._executor
        executor.shutdown(cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        return ProcessPoolExecutor(
            self._workers, mp_context=context, initializer=_begin_work
        )

    def _submit(self, job: "_Job") -> None:
        try:
            executor, work = self._try_to_submit(job)
        except BrokenProcessPool:  # it broke while nobody was waiting for it
            executor, work = self._try_to_submit(job)
        work.add_done_callback(partial(self._settle, job, executor))

    def _try_to_submit(self, job: "_Job") -> tuple[ProcessPoolExecutor, Future[Ballot]]:
        with self._lock:
            executor = self._executor
        try:
            return executor, executor.submit(_check, job.source, job.raw)
        except BrokenProcessPool:
            self._replace(executor)
            raise

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        """Start new workers, unless another ballot's failure has done so."""
        with self._lock:
            if self._executor is broken and not self._closed:
                self._executor = self._start()

    def _settle(
        self, job: "_Job", executor: ProcessPoolExecutor, work: Future[Ballot]
    ) -> None:
        """Hand over what the worker found, or have the ballot checked once more."""
        error = CancelledError() if work.cancelled() else work.exception()
        if error is None:
            job.promise.set_result(work.result())
        elif isinstance(error, BrokenProcessPool) and not job.repeated:
            self._repeat(job, executor)
        else:
            job.promise.set_exception(error)

    def _repeat(self, job: "_Job", broken: ProcessPoolExecutor) -> None:
        job.repeated = True
        self._replace(broken)
        try:
            self._submit(job)
        except RuntimeError as error:  # the pool was closed, or broke once more
            job.promise.set_exception(error)


@dataclass
class _Job:
    """One ballot on its way through the pool."""

    source: SetupBytes
    raw: bytes
    promise: Future[Ballot] = field(default_factory=Future)
    repeated: bool = False

    def __post_init__(self) -> None:
        self.promise.set_running_or_notify_cancel()  # nobody can cancel it now


def _begin_work() -> None:
    """Leave interrupts to the parent process, and never outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(parent: BaseProcess | None) -> None:
    if parent is not None:
        parent.join()
        os._exit(1)


@lru_cache(_SETUPS_KEPT)
def _setup(source: SetupBytes) -> Setup:
    return Setup.parse(source)


def _check(source: SetupBytes, raw: bytes) -> Ballot:
    return check_ballot(raw, _setup(source))
