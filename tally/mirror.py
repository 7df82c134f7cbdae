"""The mirror: a thread that follows the kiosk's boards while voting runs.

Every half second, or when woken, it looks whether a board grew, checks what is new
and stores it. Stored links were checked, so after a restart the encrypted sum is
computed again from them. Whatever must not be raises an alarm and stops that count.
"""

import logging
import os
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial

from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from crypto.ballot import Ballot
from crypto.errors import BoardError, ProtocolError
from crypto.pool import CheckingPool
from crypto.setup import SetupBytes
from tally import alarms, counting, papers
from tally.committee import Committees, move
from tally.follower import Follower
from tally.kiosk_board import BoardUnreachable, KioskBoard, Tip
from tally.links import Link, Links
from tally.models import Committee
from tally.phases import FOLLOWED, Phase
from web.db import current_sessions
from web.realtime import hint

_EXTENSION = "tally.mirror"
_PAGE = 10  # ballots fetched at once; one of 60 nominees is about 85 kB
_PAGES = 20  # in a rush, then the other boards have their turn
_IDLE_SECONDS = 5.0  # nothing to follow; a message wakes the mirror
_log = logging.getLogger("phieukin")


@dataclass(frozen=True)
class Sight:
    """What the mirror last saw of one board; shown, never computed with."""

    reachable: bool = False
    state: str = ""
    cast: int = 0


@dataclass
class Mirror:
    """Follows all boards whose paper is sealed and not yet counted."""

    app: Flask
    kiosk: KioskBoard
    workers: int | None
    seconds: float
    _followers: dict[str, Follower] = field(default_factory=dict)
    _sights: dict[str, Sight] = field(default_factory=dict)
    _pool: CheckingPool | None = None
    _wake: threading.Event = field(default_factory=threading.Event)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to follow."""
        self._thread = threading.Thread(target=self._run, name="mirror", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop following; what is stored waits for the next start."""
        self._stopped.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
        if self._pool is not None:
            self._pool.close()

    def wake(self) -> None:
        """Look at the boards now."""
        self._wake.set()

    def sight(self, uuid: str) -> Sight:
        """Return what was last seen of a board."""
        return self._sights.get(uuid, Sight())

    def look(self, uuid: str) -> bool:
        """Follow one board to its present end, act on it, and say whether it grew."""
        before = self.sight(uuid)
        try:
            grew = self._follow(uuid)
        except BoardUnreachable:
            self._sights[uuid] = replace(before, reachable=False)
            grew = False
        except ProtocolError as error:
            self._followers.pop(uuid, None)
            self._raise(uuid, error)
            grew = True
        if grew or before != self.sight(uuid):
            hint(f"election:{uuid}")
        return grew

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._wake.clear()
            with self.app.app_context():
                pause = self._look_at_all()
            self._wake.wait(pause)

    def _look_at_all(self) -> float:
        """Look at every board; return how many seconds may pass until the next look.

        While a board grows there is no pause: checking takes as long as it takes, and
        a mirror that rested in a rush would still be behind when the box closes.
        """
        followed: list[str] = []
        grew = False
        try:
            with current_sessions().reading() as session:
                followed = _followed(session)
            for uuid in followed:
                grew = self.look(uuid) or grew
        except Exception as error:  # noqa: BLE001 - the thread must outlive any one
            # What a follower knows may be ahead of what was stored: read it again
            # from the database. The text of an exception may quote what was read.
            self._followers.clear()
            _log.error("mirror: %s", type(error).__name__)
        self._forget(followed)
        if grew:
            return 0.0
        return self.seconds if followed else _IDLE_SECONDS

    def _forget(self, followed: list[str]) -> None:
        for uuid in self._followers.keys() - set(followed):
            del self._followers[uuid]

    def _follow(self, uuid: str) -> bool:
        tip = self.kiosk.tip(uuid)
        self._sights[uuid] = Sight(reachable=True, state=tip.state, cast=tip.cast)
        follower = self._follower(uuid)
        follower.check_tip(tip.head, tip.height)
        grew = follower.board.height < tip.height
        if grew:
            self._catch_up(uuid, follower)
        return self._advance(uuid, follower, tip) or grew

    def _catch_up(self, uuid: str, follower: Follower) -> None:
        """Take what is new; a page is fetched while the one before it is checked."""
        check = partial(self._check, self._source(uuid))
        checking = follower.begin(self._fetch(uuid, follower.board.height), check)
        if not checking.links:
            raise BoardUnreachable(uuid)
        for _ in range(_PAGES):
            start = follower.board.height + 1
            end = follower.board.height + len(checking.links)
            following = follower.begin(self._fetch(uuid, end), check)
            accepted = follower.finish(checking)
            with current_sessions().begin() as session:
                Links(session, uuid).store(accepted, start)
            checking = following
            if not checking.links or self._stopped.is_set():
                return

    def _fetch(self, uuid: str, height: int) -> list[Link]:
        return self.kiosk.links(uuid, height + 1, _PAGE)

    def _advance(self, uuid: str, follower: Follower, tip: Tip) -> bool:
        """Move the phase on to what the board says; say whether it moved."""
        with current_sessions().reading() as session:
            committee = Committees(session).load(uuid)
            phase = committee.phase
        _check_not_early(phase, follower.board.ballots)
        with_ballots = tip.state == "open" or follower.board.ballots > 0
        if follower.complete:
            return self._close(uuid, follower, phase)
        if with_ballots and phase is Phase.ZERO:
            with current_sessions().begin() as session:
                move(session, Committees(session).load(uuid), Phase.OPEN)
            return True
        return False

    def _close(self, uuid: str, follower: Follower, phase: Phase) -> bool:
        with current_sessions().begin() as session:
            committee = Committees(session).load(uuid)
            if committee.phase is not Phase.CLOSED:
                self._learn_timestamp(session, uuid)
                move(session, committee, Phase.CLOSED)
            counting.begin(session, committee, follower)
            return committee.phase is not phase

    def _learn_timestamp(self, session: Session, uuid: str) -> None:
        paper = papers.load(session, uuid)
        paper.timestamp = self.kiosk.timestamp(uuid)

    def _follower(self, uuid: str) -> Follower:
        if uuid not in self._followers:
            source = self._source(uuid)
            self._warm(source)
            follower = Follower(papers.setup_of(source))
            with current_sessions().reading() as session:
                for link in Links(session, uuid).load():
                    follower.resume(link)
            self._followers[uuid] = follower
        return self._followers[uuid]

    def _warm(self, source: SetupBytes) -> None:
        """Start the workers, and let them read the paper, before the first ballot."""
        for _ in range(self.workers or os.cpu_count() or 1):
            self._check(source, b"")  # refused by the worker, and nobody asks

    def _source(self, uuid: str) -> SetupBytes:
        with current_sessions().reading() as session:
            return papers.source_of(papers.load(session, uuid))

    def _check(self, source: SetupBytes, raw: bytes) -> Future[Ballot]:
        if self._pool is None:
            self._pool = CheckingPool(self.workers)
        return self._pool.check(source, raw)

    def _raise(self, uuid: str, error: ProtocolError) -> None:
        with current_sessions().begin() as session:
            code = error.check or type(error).__name__
            alarms.raise_alarm(session, uuid, code, str(error))


def mirror_of(app: Flask) -> Mirror:
    """Return the mirror of a service."""
    mirror: Mirror = app.extensions[_EXTENSION]
    return mirror


def current_mirror() -> Mirror:
    """Return the mirror of the running service."""
    return mirror_of(current_app)


def install(app: Flask, mirror: Mirror) -> None:
    """Give a service its mirror; the caller starts it."""
    app.extensions[_EXTENSION] = mirror


def _check_not_early(phase: Phase, ballots: int) -> None:
    if phase is Phase.SEALED and ballots:
        raise BoardError(
            "the box has ballots, but nobody saw it empty before",
            check="mirror.early",
        )


def _followed(session: Session) -> list[str]:
    rows = session.scalars(
        select(Committee).where(Committee.phase_name.in_(sorted(FOLLOWED)))
    )
    return [row.uuid for row in rows if not alarms.alarmed(session, row.uuid)]
