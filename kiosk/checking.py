"""Proof checking beside the web threads, on worker processes.

One pool serves the service; it starts when a paper is sealed. A sealed paper never
changes, so its texts are read from the database once.
"""

import os
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from hashlib import sha256

from flask import current_app

from crypto.ballot import Ballot
from crypto.elgamal import Ciphertext
from crypto.encoding import fingerprint, sha256_hex
from crypto.errors import ProtocolError
from crypto.group import encode_point
from crypto.pool import CheckingPool
from crypto.setup import SetupBytes
from kiosk.board import setup_bytes
from web.db import current_sessions
from web.errors import Refused

EXTENSION = "kiosk.checking"


@dataclass(frozen=True)
class CheckedBallot:
    """A ballot whose every proof holds, as the box files it."""

    raw: bytes
    tracker: str
    hash: str
    credential: str
    ciphertexts: tuple[bytes, ...]


@dataclass
class Checking:
    """The pool, and the papers it has been used for."""

    workers: int | None
    _pool: CheckingPool | None = None
    _papers: dict[str, SetupBytes] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self, uuid: str, raw: bytes) -> CheckedBallot:
        """Check form, proofs and signature of a ballot to a paper that exists.

        Raises:
            Refused: one of them does not hold; it says which.
        """
        try:
            ballot = self._submit(self._paper(uuid), raw).result()
        except ProtocolError as error:
            raise Refused("bad_ballot", status=400, check=error.check) from error
        return _filed(ballot, raw)

    def warm(self, uuid: str) -> None:
        """Let every worker start and read the paper before the first delegate casts."""
        paper = self._paper(uuid)
        for _ in range(self.workers or len(os.sched_getaffinity(0))):
            self._submit(paper, b"")  # refused, and nobody asks

    def close(self) -> None:
        """Stop the workers."""
        with self._lock:
            if self._pool is not None:
                self._pool.close()
                self._pool = None

    def _submit(self, paper: SetupBytes, raw: bytes) -> Future[Ballot]:
        with self._lock:
            if self._pool is None:
                self._pool = CheckingPool(self.workers)
            return self._pool.check(paper, raw)

    def _paper(self, uuid: str) -> SetupBytes:
        if uuid not in self._papers:
            with current_sessions().reading() as session:
                self._papers[uuid] = setup_bytes(session, uuid)
        return self._papers[uuid]


def current_checking() -> Checking:
    """Return the checking of the running service."""
    checking: Checking = current_app.extensions[EXTENSION]
    return checking


def _filed(ballot: Ballot, raw: bytes) -> CheckedBallot:
    return CheckedBallot(
        raw=raw,
        tracker=fingerprint(raw),
        hash=sha256_hex(raw),
        credential=encode_point(ballot.credential),
        ciphertexts=tuple(
            _digest(choice) for answer in ballot.answers for choice in answer.choices
        ),
    )


def _digest(choice: Ciphertext) -> bytes:
    return sha256(choice.alpha + choice.beta).digest()
