"""Signed records as they lie in the database: only added, verified whenever read."""

from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.models import Conference, SignedRecord
from admin.records.shapes import KIND
from admin.settings import AdminSettings
from crypto.errors import ProtocolError
from crypto.messages import Message, VerifyKey, open_sealed
from web.contracts import KINDS, Service
from web.errors import Refused
from web.keys import FileSigner
from web.peers import current_peers
from web.settings import current_settings

_Body = TypeVar("_Body")


def add(session: Session, conference: Conference, kind: str, sealed: bytes) -> None:
    """Keep a signed record as it came, behind those that are kept already."""
    session.add(
        SignedRecord(
            conference_id=conference.id,
            number=len(rows_of(session, conference)) + 1,
            kind=kind,
            sealed=sealed.decode(),
        )
    )
    session.flush()


def rows_of(session: Session, conference: Conference) -> list[SignedRecord]:
    """Return the records of a conference in their order, not verified."""
    query = select(SignedRecord).where(SignedRecord.conference_id == conference.id)
    return list(session.scalars(query.order_by(SignedRecord.number)))


def verified(rows: list[SignedRecord], uuid: str) -> list[Message]:
    """Return what the records say, each one's signature checked again.

    Raises:
        Refused: names the record that was changed, or that is missing.
    """
    for place, row in enumerate(rows, 1):
        if row.number != place:
            raise Refused("record_missing", number=place)
    return [_verified(row, uuid) for row in rows]


def file_name(row: SignedRecord) -> str:
    """Return the name of a record's file in a bundle."""
    return f"{row.number:02}-{row.kind}.json"


def message_id(uuid: str, number: int) -> str:
    """Return the id of our own record: which one it is of its conference."""
    return f"{uuid}.{KIND}.{number}"


def body_of(message: Message, kind: type[_Body]) -> _Body:
    """Return what a verified record says."""
    return msgspec.json.decode(message.body, type=kind)


def _verified(row: SignedRecord, uuid: str) -> Message:
    try:
        message = open_sealed(
            row.sealed.encode(),
            _key_of(row.kind),
            recipient=Service.ADMIN,
            now=datetime.now(UTC),
            first_use=lambda _id: False,  # its age was checked when it came
        )
    except ProtocolError as error:
        raise Refused("record_broken", record=file_name(row)) from error
    if (message.kind, message.election) != (row.kind, uuid):
        raise Refused("record_broken", record=file_name(row))
    if row.kind == KIND and message.message_id != message_id(uuid, row.number):
        raise Refused("record_broken", record=file_name(row))
    return message


def _key_of(kind: str) -> VerifyKey:
    """Return the key that a record of this kind is signed with."""
    if kind != KIND:
        return current_peers().key_of(KINDS[kind].sender)
    signer = FileSigner(current_settings(AdminSettings).signing_key)
    return VerifyKey(Service.ADMIN, signer.public)
