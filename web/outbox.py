"""Messages delivered later: written with the change they tell of, sent until answered.

`post_later` adds the message to the caller's transaction, so it exists exactly if the
change does. One thread delivers in order, each recipient's messages one after the
other, again and again until the recipient answers. A refused one is kept with the
reason; the ones behind it go on.
"""

import logging
import secrets
import threading
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from web.contracts import KINDS, Body
from web.db import after_commit, current_sessions
from web.models import OutboxRow, row_of
from web.peers import PeerRefused, PeerUnreachable, current_peers
from web.record import current_models

_EXTENSION = "phieukin.outbox"
_SHORTEST, _LONGEST = 0.5, 10.0  # seconds between two tries
_log = logging.getLogger("phieukin")


@dataclass(frozen=True)
class Stuck:
    """A message its recipient refused: a person has to look."""

    recipient: str
    kind: str
    election: str
    refusal: str


class Outbox:
    """Delivers what was written for later."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)

    def start(self) -> None:
        """Begin to deliver."""
        self._thread.start()

    def stop(self) -> None:
        """Stop delivering; what is left waits for the next start."""
        self._stopped.set()
        self._wake.set()
        self._thread.join()

    def wake(self) -> None:
        """Look for new messages now."""
        self._wake.set()

    def _run(self) -> None:
        pause = _SHORTEST
        while not self._stopped.is_set():
            self._wake.clear()
            with self._app.app_context():
                done = self._deliver_all()
            pause = _SHORTEST if done else min(2 * pause, _LONGEST)
            self._wake.wait(_LONGEST if done else pause)

    def _deliver_all(self) -> bool:
        """Say whether nothing is left waiting."""
        unreachable: set[str] = set()
        for row in _waiting():
            if row.recipient in unreachable:
                continue
            try:
                _deliver(row)
            except PeerUnreachable:
                unreachable.add(row.recipient)
            except Exception as error:  # noqa: BLE001 - the thread must outlive any one
                _log.error("outbox: %s on %s", type(error).__name__, row.kind)
                unreachable.add(row.recipient)
        return not unreachable


def post_later(
    session: Session, recipient: str, kind: str, body: Body, election: str
) -> None:
    """Write a message for later into the caller's transaction.

    Raises:
        ValueError: this service never sends that kind there.
    """
    known = KINDS[kind]
    allowed = known.sender == current_peers().me and recipient in known.recipients
    if not allowed or not isinstance(body, known.body):
        raise ValueError(f"{kind} cannot be sent to {recipient} like this")
    row: Any = row_of(current_models(), OutboxRow)
    session.add(
        row(
            message_id=secrets.token_hex(16),
            recipient=recipient,
            kind=kind,
            election=election,
            body=msgspec.json.encode(body).decode(),
        )
    )
    outbox: Outbox = current_app.extensions[_EXTENSION]
    after_commit(session, outbox.wake)


def stuck(session: Session) -> list[Stuck]:
    """Return the refused messages, for the page of whoever is responsible."""
    row = row_of(current_models(), OutboxRow)
    found = session.scalars(
        select(row).where(row.refusal.is_not(None)).order_by(row.id)
    )
    return [
        Stuck(one.recipient, one.kind, one.election, one.refusal or "") for one in found
    ]


def install(app: Flask) -> Outbox:
    """Give a service its outbox; the caller starts it."""
    outbox = Outbox(app)
    app.extensions[_EXTENSION] = outbox
    return outbox


def current_outbox() -> Outbox:
    """Return the outbox of the running service."""
    outbox: Outbox = current_app.extensions[_EXTENSION]
    return outbox


def _waiting() -> list[OutboxRow]:
    row = row_of(current_models(), OutboxRow)
    with current_sessions().reading() as session:
        found = session.scalars(
            select(row).where(row.refusal.is_(None)).order_by(row.id)
        )
        return list(found)


def _deliver(row: OutboxRow) -> None:
    refusal = None
    try:
        current_peers().deliver(
            row.recipient, row.kind, row.body.encode(), row.election, row.message_id
        )
    except PeerRefused as error:
        refusal = error.code
        _log.error("outbox: %s refused %s: %s", row.recipient, row.kind, error.code)
    with current_sessions().begin() as session:
        kept = session.get_one(row_of(current_models(), OutboxRow), row.id)
        if refusal is None:
            session.delete(kept)
        else:
            kept.refusal = refusal[:64]
