"""Long work: done aside, watched by whoever asked for it, its file taken once.

    jobs = current_jobs()
    number = jobs.start(account_name(), work)   # work(report) -> File

A work gets `report(share, key, **values)`: how far it is (0 to 1) and the catalogue key
of what it is doing. It runs in the application's context and outside any request:
what it needs of a request it must be given. All is in memory only, and for ten minutes.
"""

import logging
import secrets
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Thread, Timer
from typing import Any, Protocol

from flask import Flask, current_app

from web import i18n
from web.errors import Refused

EXTENSION = "phieukin.jobs"
KEPT_SECONDS = 600
_MOST = 8  # a few people press one button each; more is a mistake
_MOST_EACH = 2  # of one account: a file can be large, and waits ten minutes
_log = logging.getLogger("phieukin")


class Report(Protocol):
    """How a work says how far it is."""

    def __call__(self, share: float, key: str = "", **values: object) -> None:
        """Say the share that is done, and the catalogue key of what is being done."""


@dataclass(frozen=True)
class File:
    """What a work comes to."""

    data: bytes
    media_type: str
    name: str


Work = Callable[[Report], File]


@dataclass(frozen=True)
class Progress:
    """What whoever waits is told; `error` is a sentence, empty while all is well."""

    share: float
    words: str
    done: bool
    error: str


@dataclass
class _Job:
    owner: str
    share: float = 0.0
    key: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    file: File | None = None
    fault: Refused | None = None

    def report(self, share: float, key: str = "", **values: object) -> None:
        self.share, self.key, self.values = min(max(share, 0.0), 1.0), key, values


class Jobs:
    """The long works of a running service."""

    def __init__(self) -> None:
        self._jobs: dict[str, _Job] = {}
        self._lock = Lock()

    def start(self, owner: str, work: Work) -> str:
        """Begin a work for an account; returns the name to ask after it by.

        Raises:
            Refused: too much is being done or waiting to be taken.
        """
        name, job = secrets.token_urlsafe(16), _Job(owner)
        with self._lock:
            self._make_room(owner)
            self._jobs[name] = job
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask's own way to hand it on
        Thread(target=self._run, args=(app, name, job, work), daemon=True).start()
        return name

    def look(self, owner: str, name: str) -> Progress:
        """Say how far a work of this account is, in the words of whoever asks.

        Raises:
            Refused: it has no such work.
        """
        job = self._of(owner, name)
        fault = job.fault
        return Progress(
            share=job.share,
            words=i18n.text(job.key, **job.values) if job.key else "",
            done=job.file is not None or fault is not None,
            error=fault.message if fault else "",
        )

    def take(self, owner: str, name: str) -> File:
        """Return the file of a finished work, once.

        Raises:
            Refused: it has no such work, or it is not finished.
        """
        job = self._of(owner, name)
        if job.file is None:
            raise job.fault or Refused("job_running")
        self._forget(name)
        return job.file

    def _make_room(self, owner: str) -> None:
        """Forget the account's oldest finished work if it has as many as it may."""
        own = {name: job for name, job in self._jobs.items() if job.owner == owner}
        if len(own) >= _MOST_EACH:
            finished = (n for n, job in own.items() if job.file or job.fault)
            self._jobs.pop(next(finished, ""), None)
        full = len(own) >= _MOST_EACH and own.keys() <= self._jobs.keys()
        if full or len(self._jobs) >= _MOST:
            raise Refused("jobs_many", status=429)

    def _of(self, owner: str, name: str) -> _Job:
        with self._lock:
            job = self._jobs.get(name)
        if job is None or job.owner != owner:
            raise Refused("job_unknown", status=404)
        return job

    def _run(self, app: Flask, name: str, job: _Job, work: Work) -> None:
        try:
            with app.app_context():
                job.file = work(job.report)
            job.report(1.0)
        except Refused as refusal:
            job.fault = refusal
        except Exception as error:  # noqa: BLE001 - a page is waiting for an answer
            # only the places: the text of an exception may quote what was sent
            places = "".join(traceback.format_tb(error.__traceback__))
            _log.error("%s in a long work\n%s", type(error).__name__, places)
            job.fault = Refused("fault", status=500)
        forgetting = Timer(KEPT_SECONDS, self._forget, (name,))
        forgetting.daemon = True
        forgetting.start()

    def _forget(self, name: str) -> None:
        with self._lock:
            self._jobs.pop(name, None)


def current_jobs() -> Jobs:
    """Return the long works of the running service."""
    jobs: Jobs = current_app.extensions[EXTENSION]
    return jobs
