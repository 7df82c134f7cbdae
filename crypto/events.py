"""Events of the public board (spec: Public data).

An event says what happened and names, by hashes, the event before it and the data
it is about. Whether an event may follow another is the business of `crypto.board`.
"""

from enum import StrEnum
from typing import Annotated

import msgspec

from crypto.encoding import Record, read, sha256_hex, to_bytes

_Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}\\Z")]
_Count = Annotated[int, msgspec.Meta(ge=0)]


class EventType(StrEnum):
    """What may happen in the life of an election."""

    SETUP = "Setup"
    BALLOT = "Ballot"
    END_BALLOTS = "EndBallots"
    ENCRYPTED_TALLY = "EncryptedTally"
    SHUFFLE = "Shuffle"
    END_SHUFFLES = "EndShuffles"
    PARTIAL_DECRYPTION = "PartialDecryption"
    RESULT = "Result"


WITHOUT_PAYLOAD = frozenset({EventType.END_BALLOTS, EventType.END_SHUFFLES})


class Event(Record, frozen=True, kw_only=True):
    """One link of the chain; its bytes are its identity."""

    parent: _Hash | None = None
    height: _Count
    type: EventType
    payload: _Hash | None = None

    def to_bytes(self) -> bytes:
        """Serialise as the board stores and hashes it."""
        return to_bytes(self)

    @property
    def hash(self) -> str:
        """Name this event, as the next one refers to it."""
        return sha256_hex(self.to_bytes())


class SetupData(Record, frozen=True):
    """Payload of a Setup event: the three hashes that define an election."""

    election: _Hash
    trustees: _Hash
    credentials: _Hash


class SizedEncryptedTally(Record, frozen=True):
    """Payload of an EncryptedTally event: how much was counted, and what."""

    num_tallied: _Count
    total_weight: _Count
    encrypted_tally: _Hash


class Owned(Record, frozen=True):
    """Payload of a Shuffle or PartialDecryption event: which trustee made what."""

    owner: Annotated[int, msgspec.Meta(ge=1)]
    payload: _Hash


def read_event(raw: bytes) -> Event:
    """Read an event in its one canonical form.

    Raises:
        EncodingError: the bytes are not an event, or not the canonical ones.
    """
    return read(raw, Event)
