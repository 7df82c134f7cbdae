"""The public board of one election, kept as rows and read back as an archive.

The chain's rules are `crypto.board`'s; this file stores what they accept. While the
box is in use the tip in the box row is enough to append the next event. The end of
an announced board, which the tally writes, is checked against a full replay.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crypto.archive import ArchiveWriter
from crypto.board import Board
from crypto.encoding import read, sha256_hex
from crypto.errors import BoardError
from crypto.events import (
    Event,
    EventType,
    Owned,
    SizedEncryptedTally,
    read_event,
)
from crypto.setup import SetupBytes
from kiosk.models import BallotRow, BoxRow, DatumRow, EventRow

Link = tuple[tuple[str, ...], str]
"""An event as it travels: its data texts in order, then the event's text."""


_AFTER_ANY_LETTER = "\x7f"
_ROWS_AT_A_TIME = 20  # a ballot of 60 nominees is about 85 kB


@dataclass(frozen=True)
class BoardWriter:
    """Appends to one board, inside the caller's transaction."""

    session: Session
    box: BoxRow

    def append(
        self,
        kind: EventType,
        payload: str | None = None,
        data: Sequence[bytes] = (),
    ) -> None:
        """Write the event that extends the tip, and move the tip.

        Args:
            kind: what happened.
            payload: hash of the data it is about.
            data: what is not stored yet; a ballot is in its own table.
        """
        event = Event(
            parent=self.box.head,
            height=self.box.height + 1,
            type=kind,
            payload=payload,
        )
        self._store(event, event.to_bytes(), data)

    def begin(self, source: SetupBytes) -> None:
        """Write the Setup event: the board of a sealed paper."""
        texts = (source.election, source.trustees, source.credentials)
        payload = sha256_hex(source.setup_data)
        self.append(EventType.SETUP, payload, (*texts, source.setup_data))

    def finish(self, links: Sequence[Link]) -> None:
        """Take over the end of the board that the tally wrote.

        Raises:
            BoardError: the events do not extend this board, do not end with the
                result, or their data is not what they name.
            EncodingError: an event or its data is malformed.
        """
        board = replay(self.session, self.box.uuid)
        for texts, text in links:
            event, data = read_event(text.encode()), [item.encode() for item in texts]
            board.append(event, owner=_check_data(event, data))
            self._store(event, text.encode(), data)
        if board.last is not EventType.RESULT:
            raise BoardError("the board does not end with the result")
        self.box.finished = True
        self.box.archive = archive_digest(self.session, self.box)

    def _store(self, event: Event, content: bytes, data: Sequence[bytes]) -> None:
        where = {"election": self.box.uuid, "height": event.height}
        self.session.add(
            EventRow(**where, type=event.type, payload=event.payload, content=content)
        )
        self.session.add_all(
            DatumRow(**where, position=position, content=content)
            for position, content in enumerate(data)
        )
        self.box.head, self.box.height = event.hash, event.height


def replay(session: Session, uuid: str) -> Board:
    """Walk the stored chain from its Setup event on.

    Raises:
        BoardError: the stored chain is damaged.
    """
    board = Board()
    rows = session.scalars(
        select(EventRow.content)
        .where(EventRow.election == uuid)
        .order_by(EventRow.height)
    )
    owners = _owners(session, uuid)
    for content in rows:
        event = read_event(content)
        board.append(event, owner=owners.get(event.height))
    return board


def setup_bytes(session: Session, uuid: str) -> SetupBytes:
    """Return the three texts that the Setup event brought along."""
    return SetupBytes(*_data(session, uuid, 0)[:3])


def links(
    session: Session, uuid: str, *, start: int = 0, limit: int | None = None
) -> list[Link]:
    """Return events from a height on, each after its data."""
    return [
        (tuple(item.decode() for item in data), event.decode())
        for data, event in _stored(session, uuid, start, limit)
    ]


def archive(session: Session, box: BoxRow) -> Iterator[bytes]:
    """Yield the `.bel` file of the board as it stands, piece by piece."""
    writer = ArchiveWriter(int(box.sealed_at.timestamp()))
    yield writer.header()
    for data, event in _stored(session, box.uuid, 0, None):
        yield from map(writer.data, data)
        yield writer.event(event)


def archive_digest(session: Session, box: BoxRow) -> str:
    """Return the SHA-256 of the `.bel` file in hex: what the minutes quote."""
    digest = hashlib.sha256()
    for piece in archive(session, box):
        digest.update(piece)
    return digest.hexdigest()


def trackers(session: Session, uuid: str, beginning: str, *, limit: int) -> list[str]:
    """Return the trackers on the board that begin so, in alphabetical order."""
    return list(
        session.scalars(
            select(BallotRow.tracker)
            .where(
                BallotRow.election == uuid,
                BallotRow.tracker >= beginning,
                BallotRow.tracker < beginning + _AFTER_ANY_LETTER,
            )
            .order_by(BallotRow.tracker)
            .limit(limit)
        )
    )


def _stored(
    session: Session, uuid: str, start: int, limit: int | None
) -> Iterator[tuple[list[bytes], bytes]]:
    rows = session.execute(
        select(EventRow.height, EventRow.content, BallotRow.content)
        .outerjoin(
            BallotRow,
            (BallotRow.election == EventRow.election)
            & (BallotRow.hash == EventRow.payload),
        )
        .where(EventRow.election == uuid, EventRow.height >= start)
        .order_by(EventRow.height)
        .limit(limit)
    )
    for height, event, ballot in rows.yield_per(_ROWS_AT_A_TIME):
        data = _data(session, uuid, height) if ballot is None else [ballot]
        yield data, event


def _data(session: Session, uuid: str, height: int) -> list[bytes]:
    return list(
        session.scalars(
            select(DatumRow.content)
            .where(DatumRow.election == uuid, DatumRow.height == height)
            .order_by(DatumRow.position)
        )
    )


def _owners(session: Session, uuid: str) -> dict[int, int]:
    heights = session.scalars(
        select(EventRow.height).where(
            EventRow.election == uuid, EventRow.type == EventType.PARTIAL_DECRYPTION
        )
    )
    return {
        height: read(_data(session, uuid, height)[-1], Owned).owner
        for height in list(heights)
    }


def _check_data(event: Event, data: Sequence[bytes]) -> int | None:
    """Refuse data that the event does not name; return the owner if it has one."""
    if not data or event.payload != sha256_hex(data[-1]):
        raise BoardError(f"the data of event {event.height} is not what it names")
    named: tuple[str, ...] = ()
    owner: int | None = None
    if event.type is EventType.ENCRYPTED_TALLY:
        named = (read(data[-1], SizedEncryptedTally).encrypted_tally,)
    elif event.type is EventType.PARTIAL_DECRYPTION:
        owned = read(data[-1], Owned)
        named, owner = (owned.payload,), owned.owner
    if named != tuple(sha256_hex(item) for item in data[:-1]):
        raise BoardError(f"event {event.height} came with other data than it names")
    return owner
