"""The third count: stock belenios-tool, where it is installed.

Once the result is written, a thread lets the tool count the same archive and notes
what came out. It never holds up the count's own work: a tool that breaks down is noted
and says nothing; a tool that counts otherwise stops the closing. A run that a restart
cut short begins again.
"""

import logging
import secrets
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

import msgspec
from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from crypto.events import EventType
from tally import actions, papers
from tally.belenios_tool import (
    BeleniosTool,
    Counted,
    Disagrees,
    Stopped,
    ToolFailed,
)
from tally.links import Links
from tally.models import BoardData, BoardEvent, Committee, Count
from tally.phases import Phase
from web.db import after_commit, current_sessions
from web.realtime import hint
from web.record import record

_EXTENSION = "tally.outside_count"
_NAME = "belenios-tool"
_log = logging.getLogger("phieukin")


class State(StrEnum):
    """How far the tool is, and what it found."""

    RUNNING = "running"
    AGREES = "agrees"
    DIFFERS = "differs"
    FAILED = "failed"


class OutsideCount(msgspec.Struct, frozen=True):
    """What the tool counted of one vote, as it is stored.

    `detail` is, if it agrees, how many ballots it looked at one by one ("60/60"); if it
    differs, at which step; if it failed, why.
    """

    state: State
    version: str = ""
    detail: str = ""


def kept(count: Count) -> OutsideCount | None:
    """Return what the tool found; nothing where it is not installed."""
    return msgspec.json.decode(count.tool, type=OutsideCount) if count.tool else None


@dataclass
class OutsideCounts:
    """Lets the tool count finished archives, one after the other."""

    app: Flask
    program: Path | None
    _waiting: "SimpleQueue[str]" = field(default_factory=SimpleQueue)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Take up what waits: runs that were cut short, counts that had no tool."""
        if self.program is not None:
            # A daemon: the end of the service does not wait for the tool.
            work = partial(self._work, self.program)
            self._thread = threading.Thread(target=work, name="outside", daemon=True)
            self._thread.start()
        with self.app.app_context(), current_sessions().begin() as session:
            counted = select(Count).join(Committee, Committee.uuid == Count.uuid)
            rows = counted.where(Committee.phase_name == Phase.COUNTED)
            for count in session.scalars(rows):
                before = kept(count)
                if before is None or before.state is State.RUNNING:
                    self.order(session, count)

    def stop(self) -> None:
        """Stop counting; a run that is cut short begins again at the next start."""
        self._stopped.set()
        self._waiting.put("")
        if self._thread is not None:
            self._thread.join()

    def order(self, session: Session, count: Count) -> None:
        """Let the tool count a result, once that is on disk."""
        if self.program is None:
            count.tool = None
            return
        _keep(count, OutsideCount(State.RUNNING))
        after_commit(session, partial(self._waiting.put, count.uuid))

    def _work(self, program: Path) -> None:
        while True:
            uuid = self._waiting.get()
            if self._stopped.is_set():
                return
            self._run(program, uuid)

    def _run(self, program: Path, uuid: str) -> None:
        with self.app.app_context():
            try:
                found = self._count(program, uuid)
            except Stopped:
                return
            except Exception as error:  # noqa: BLE001 - the thread must outlive any one
                # The text of an exception may quote what was read.
                _log.error("outside count: %s", type(error).__name__)
                found = OutsideCount(State.FAILED, detail="broken")
            _note(uuid, found)

    def _count(self, program: Path, uuid: str) -> OutsideCount:
        version = ""
        with TemporaryDirectory(prefix="phieukin-") as folder:
            tool = BeleniosTool(program, Path(folder), self._stopped)
            try:
                version = tool.version()
                with current_sessions().reading() as session:
                    counted = _counted(session, uuid)
                    looked = tool.count(counted)
            except Disagrees as no:
                # What refuses to tell its version is no belenios-tool.
                state = State.DIFFERS if version else State.FAILED
                return OutsideCount(state, version, no.step)
            except ToolFailed as failure:
                return OutsideCount(State.FAILED, version, failure.reason)
        return OutsideCount(State.AGREES, version, f"{looked}/{counted.cast}")


def of(app: Flask) -> OutsideCounts:
    """Return the outside counts of a service."""
    found: OutsideCounts = app.extensions[_EXTENSION]
    return found


def current() -> OutsideCounts:
    """Return the outside counts of the running service."""
    return of(current_app)


def install(app: Flask, program: str) -> OutsideCounts:
    """Give a service its outside counts; the caller starts them.

    Args:
        app: the service.
        program: the path of the tool; empty if it is to be looked up.
    """
    path = shutil.which(program or _NAME)
    counts = OutsideCounts(app, Path(path) if path else None)
    app.extensions[_EXTENSION] = counts
    return counts


def _counted(session: Session, uuid: str) -> Counted:
    row, count = papers.load(session, uuid), session.get_one(Count, uuid)
    return Counted(
        source=papers.source_of(row),
        archive=Links(session, uuid).archive(row.timestamp or 0),
        cast=count.ballots,
        ballots=_ballots(session, uuid),
        sums=(count.encrypted_tally, count.sized),
        result=(count.result or "").encode(),
    )


def _ballots(session: Session, uuid: str) -> Iterator[bytes]:
    """Yield the ballots in a random order: time may not allow for all of them."""
    rows = select(BoardEvent.height).where(
        BoardEvent.uuid == uuid, BoardEvent.kind == EventType.BALLOT
    )
    heights = list(session.scalars(rows))
    secrets.SystemRandom().shuffle(heights)
    for height in heights:
        yield session.get_one(BoardData, (uuid, height, 0)).content


def _note(uuid: str, found: OutsideCount) -> None:
    """Keep what the tool found, unless the count ended in the meantime."""
    with current_sessions().begin() as session:
        committee = session.get_one(Committee, uuid)
        if committee.phase is Phase.COUNTED:
            _keep(session.get_one(Count, uuid), found)
            done = actions.OutsideCounted(
                uuid, found.version, found.state, found.detail
            )
            record(session, done, actor="tally")
    hint(f"election:{uuid}")


def _keep(count: Count, found: OutsideCount) -> None:
    count.tool = msgspec.json.encode(found).decode()
