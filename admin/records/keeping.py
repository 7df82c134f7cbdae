"""Keeps the records of a conference: what the console signs, what the tally signed.

Every document is made from these alone (docs/adr/0014-documents-from-records.md). A
record is only ever added; one that says what the last one says is not.
"""

from datetime import UTC, datetime

import msgspec
from sqlalchemy.orm import Session

from admin.models import Conference, Presence, SignedRecord, State
from admin.records.composing import compose
from admin.records.kept import Kept
from admin.records.shapes import KIND, ConferenceRecord
from admin.records.stored import add, body_of, file_name, message_id, rows_of, verified
from crypto.messages import Message, seal
from web.contracts import CommitteeReady, CountRecorded, Service, ZeroReported
from web.peers import current_peers

_COUNT = "count.recorded"


def kept(session: Session, conference: Conference) -> Kept:
    """Return the records that documents are made from; sign what has changed.

    Needs a transaction that may write.

    Raises:
        Refused: names a stored record that was tampered with.
    """
    _adopt_count(session, conference)
    rows, last = _read(session, conference)
    now = compose(session, conference, last)
    body = msgspec.json.encode(now)
    if last is not None and msgspec.json.encode(last) == body:
        return _kept(now, rows, conference.uuid)
    row = _sealed(conference, len(rows) + 1, body)
    if _at_rest(conference):
        session.add(row)
        session.flush()
    return _kept(now, [*rows, row], conference.uuid)


def current(session: Session, conference: Conference) -> Kept:
    """Return the same for a page that only looks: nothing is signed or written.

    Raises:
        Refused: names a stored record that was tampered with.
    """
    rows, last = _read(session, conference)
    return _kept(compose(session, conference, last), rows, conference.uuid)


def keep(session: Session, conference: Conference, kind: str, sealed: bytes) -> None:
    """Keep what the tally signed, as it came."""
    add(session, conference, kind, sealed)


def _read(
    session: Session, conference: Conference
) -> tuple[list[SignedRecord], ConferenceRecord | None]:
    """Return the rows, and what we signed last."""
    rows = rows_of(session, conference)
    ours = _latest(verified(rows, conference.uuid)).get(KIND)
    return rows, body_of(ours, ConferenceRecord) if ours else None


def _kept(now: ConferenceRecord, rows: list[SignedRecord], uuid: str) -> Kept:
    found = _latest(verified(rows, uuid))
    ready, zero = found.get("committee.ready"), found.get("zero.reported")
    count = found.get(_COUNT)
    return Kept(
        conference=now,
        ready=body_of(ready, CommitteeReady) if ready else None,
        zero=body_of(zero, ZeroReported) if zero else None,
        zero_at=_signed_at(zero, now),
        count=body_of(count, CountRecorded) if count else None,
        counted_at=_signed_at(count, now),
        signed=tuple((file_name(row), row.sealed) for row in rows),
    )


def _signed_at(message: Message | None, now: ConferenceRecord) -> str:
    """Write when a message was signed, in the offset of the conference's own times.

    So whoever reads the records on another machine says the same.
    """
    if message is None:
        return ""
    clock = datetime.fromisoformat(now.starts_at).tzinfo
    return message.issued_at.astimezone(clock).isoformat(timespec="seconds")


def _latest(messages: list[Message]) -> dict[str, Message]:
    return {message.kind: message for message in messages}


def _sealed(conference: Conference, number: int, body: bytes) -> SignedRecord:
    sealed = seal(
        current_peers().signer,
        kind=KIND,
        sender=Service.ADMIN,
        recipient=Service.ADMIN,
        election=conference.uuid,
        body=body,
        message_id=message_id(conference.uuid, number),
        issued_at=datetime.now(UTC),
    )
    return SignedRecord(
        conference_id=conference.id, number=number, kind=KIND, sealed=sealed.decode()
    )


def _at_rest(conference: Conference) -> bool:
    """Whether the record may stay.

    Records kept while people come in would tell, by their times, when each came.
    """
    called = any(each.presence != Presence.EXPECTED for each in conference.delegates)
    over = conference.state == State.VOID
    return conference.roll_call_locked or over or not called


def _adopt_count(session: Session, conference: Conference) -> None:
    """Take over a count that came before records were kept."""
    if conference.count is None:
        return
    if not any(row.kind == _COUNT for row in rows_of(session, conference)):
        add(session, conference, _COUNT, conference.count.sealed.encode())
