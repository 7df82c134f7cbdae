"""Tickets: a secret that fetches one archive once, within a minute.

The console asks for one in a signed message when it puts a bundle together. Tickets
are kept in memory only, as hashes; after a restart none is worth anything.
"""

import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from flask import Flask, current_app, request

SECONDS = 60
_EXTENSION = "tally.tickets"
_SCHEME = "Ticket "


@dataclass(frozen=True)
class _Open:
    """A ticket that nobody has used."""

    digest: bytes
    uuid: str
    until: float


@dataclass
class Tickets:
    """The tickets that are open now; `clock` counts seconds."""

    clock: Callable[[], float] = time.monotonic
    _open: list[_Open] = field(default_factory=list, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def hand_out(self, uuid: str) -> str:
        """Make a ticket for the archive of one vote."""
        ticket = secrets.token_urlsafe(32)
        with self._lock:
            self._forget_old()
            until = self.clock() + SECONDS
            self._open.append(_Open(_digest(ticket), uuid, until))
        return ticket

    def holds(self, ticket: str) -> bool:
        """Say whether this is a ticket for anything at all; it stays open."""
        with self._lock:
            return self._find(ticket) is not None

    def redeem(self, ticket: str, uuid: str) -> bool:
        """Use a ticket up, and say whether it was for this vote's archive."""
        with self._lock:
            found = self._find(ticket)
            if found is None:
                return False
            self._open.remove(found)
            return found.uuid == uuid

    def _find(self, ticket: str) -> _Open | None:
        self._forget_old()
        digest = _digest(ticket)
        same = [each for each in self._open if hmac.compare_digest(each.digest, digest)]
        return same[0] if same else None

    def _forget_old(self) -> None:
        now = self.clock()
        self._open[:] = [each for each in self._open if now < each.until]


def install(app: Flask, tickets: Tickets) -> None:
    """Give a service its tickets."""
    app.extensions[_EXTENSION] = tickets


def of(app: Flask) -> Tickets:
    """Return the tickets of a service."""
    tickets: Tickets = app.extensions[_EXTENSION]
    return tickets


def current_tickets() -> Tickets:
    """Return the tickets of the running service."""
    return of(current_app)


def shown() -> str:
    """Return the ticket that whoever is asking shows, or nothing."""
    header = request.headers.get("Authorization", "")
    return header.removeprefix(_SCHEME) if header.startswith(_SCHEME) else ""


def _digest(ticket: str) -> bytes:
    return sha256(ticket.encode()).digest()
