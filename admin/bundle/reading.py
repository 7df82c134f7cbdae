"""Signed records read again outside the console: by their keys alone. Pure.

What is put together here is the same as in `admin/records/keeping.py`, on any
machine and in any year: times are said in the offset of the conference's own clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from admin.bundle.contents import Keys
from admin.records.kept import Kept
from admin.records.shapes import KIND, ConferenceRecord
from crypto.messages import Message, VerifyKey, open_sealed
from web.contracts import CommitteeReady, CountRecorded, ZeroReported

SIGNERS = {
    KIND: "admin",
    "committee.ready": "tally",
    "zero.reported": "tally",
    "count.recorded": "tally",
}
READER = "admin"
_Body = TypeVar("_Body")


class UnreadableError(ValueError):
    """Signed texts do not say what a conference's records say."""


@dataclass(frozen=True)
class Signed:
    """One record: the name of its file without the folder, its text, its message."""

    name: str
    text: str
    message: Message


def open_text(sealed: bytes, owner: str, keys: Keys) -> Message:
    """Verify what a service signed, at whatever time.

    Raises:
        ProtocolError: it did not sign this.
    """
    return open_sealed(
        sealed,
        VerifyKey(owner, keys.of(owner)),
        recipient=READER,
        now=datetime.now(UTC),
        first_use=lambda _id: False,  # its age was checked when it came
    )


def open_all(signed: Sequence[tuple[str, str]], keys: Keys) -> list[Signed]:
    """Verify records that the console kept.

    Raises:
        ProtocolError: one is not signed by whom its name says.
        UnreadableError: one is of an unknown kind.
    """
    return [
        Signed(name, text, open_text(text.encode(), _signer_of(name), keys))
        for name, text in signed
    ]


def kept_of(records: Sequence[Signed]) -> Kept:
    """Return what verified records say, the latest of each kind.

    Raises:
        UnreadableError: one is missing, or does not say what its kind says.
    """
    latest = {record.message.kind: record.message for record in records}
    missing = SIGNERS.keys() - latest.keys()
    if missing:
        raise UnreadableError(min(missing))
    held = _body(latest[KIND], ConferenceRecord)
    zero, count = latest["zero.reported"], latest["count.recorded"]
    return Kept(
        conference=held,
        ready=_body(latest["committee.ready"], CommitteeReady),
        zero=_body(zero, ZeroReported),
        zero_at=_moment(zero.issued_at, held.starts_at),
        count=_body(count, CountRecorded),
        counted_at=_moment(count.issued_at, held.starts_at),
        signed=tuple((record.name, record.text) for record in records),
    )


def _signer_of(name: str) -> str:
    kind = name.partition("-")[2].removesuffix(".json")
    if kind not in SIGNERS:
        raise UnreadableError(name)
    return SIGNERS[kind]


def _moment(at: datetime, like: str) -> str:
    """Write a time in the offset that another time was written in."""
    try:
        offset = datetime.fromisoformat(like).tzinfo
    except ValueError as error:
        raise UnreadableError(like) from error
    return at.astimezone(offset).isoformat(timespec="seconds")


def _body(message: Message, kind: type[_Body]) -> _Body:
    try:
        return msgspec.json.decode(message.body, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise UnreadableError(f"{message.kind}: {error}") from error
