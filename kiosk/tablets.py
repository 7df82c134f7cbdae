"""Tablets of the hall: paired by a typed code, known by a token, revocable.

A tablet proves itself with a random token in its cookie; the service keeps only the
token's hash. What a tablet is doing right now is remembered in memory alone and
forgotten with the process: no store can tell when a tablet was busy.
"""

import secrets
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from flask import current_app, request
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.models import PairingRow, TabletRow
from web.errors import Refused

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: read aloud and typed on a touch screen.
ALPHABET = "ACDEFGHJKMNPQRTVWXY34679"
CODE_LETTERS = 8  # 24^8 is 10^11; a tablet may try a few times a minute
CODE_LIFETIME = timedelta(minutes=10)
ONLINE_FOR = 20.0  # seconds since the last sign of life; tablets send every 5
COOKIE = "phieukin_tablet"
EXTENSION = "kiosk.presence"
_TOKEN_BYTES = 32


@dataclass(frozen=True)
class Tablets:
    """The paired tablets, inside the caller's transaction."""

    session: Session

    def offer(self, label: str) -> str:
        """Return a code that pairs one tablet, once, for a short time."""
        self._forget_expired()
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
        self.session.add(
            PairingRow(
                code_hash=_hashed(code),
                label=label,
                expires_at=_now() + CODE_LIFETIME,
            )
        )
        half = CODE_LETTERS // 2
        return f"{code[:half]}-{code[half:]}"

    def pair(self, typed: str) -> tuple[str, str]:
        """Use up a code; return the token and the label of the tablet it pairs.

        Raises:
            Refused: the code is wrong, used or too old.
        """
        self._forget_expired()
        code = "".join(filter(str.isalnum, typed.upper()))
        pairing = self.session.get(PairingRow, _hashed(code))
        if pairing is None:
            raise Refused("bad_pairing_code")
        self.session.delete(pairing)
        return self.add(pairing.label), pairing.label

    def add(self, label: str) -> str:
        """Pair a tablet and return its token, which is not kept here."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        self.session.add(
            TabletRow(
                id=secrets.token_hex(8),
                label=label,
                token_hash=_hashed(token),
                paired_at=_now(),
            )
        )
        return token

    def holding(self, token: str) -> TabletRow | None:
        """Return the tablet with this token, unless it was revoked."""
        return self.session.scalar(
            select(TabletRow).where(
                TabletRow.token_hash == _hashed(token), TabletRow.revoked_at.is_(None)
            )
        )

    def listed(self) -> list[TabletRow]:
        """Return the tablets that may be used."""
        return list(
            self.session.scalars(
                select(TabletRow)
                .where(TabletRow.revoked_at.is_(None))
                .order_by(TabletRow.label, TabletRow.id)
            )
        )

    def revoke(self, tablet_id: str) -> str:
        """Let a tablet be used no more; return its label."""
        tablet = self.session.get(TabletRow, tablet_id)
        if tablet is None:
            raise Refused("unknown_tablet", status=404)
        tablet.revoked_at = tablet.revoked_at or _now()
        return tablet.label

    def _forget_expired(self) -> None:
        self.session.execute(delete(PairingRow).where(PairingRow.expires_at <= _now()))


@dataclass
class Presence:
    """Which tablets were heard lately and whether someone is at them. Memory only."""

    _heard: dict[str, tuple[float, bool]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hear(self, tablet_id: str, *, busy: bool) -> None:
        """Note a sign of life, in place of the one before."""
        with self._lock:
            self._heard[tablet_id] = (time.monotonic(), busy)

    def of(self, tablet_id: str) -> tuple[bool, bool]:
        """Return whether the tablet is online, and whether it is busy."""
        with self._lock:
            heard, busy = self._heard.get(tablet_id, (float("-inf"), False))
        online = time.monotonic() - heard < ONLINE_FOR
        return online, online and busy


def current_presence() -> Presence:
    """Return what the running service remembers of its tablets."""
    presence: Presence = current_app.extensions[EXTENSION]
    return presence


def token_of_request() -> str:
    """Return the token that the request's cookie carries; empty if there is none."""
    return request.cookies.get(COOKIE, "") if request else ""


def _hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC)
