"""Links of a board: an event with the data it brought along, stored and read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crypto.archive import ArchiveWriter
from crypto.board import Board
from crypto.encoding import read
from crypto.events import Event, EventType, Owned, read_event
from tally.models import BoardData, BoardEvent

_ROWS_AT_A_TIME = 50


@dataclass(frozen=True)
class Link:
    """One event, exactly as it is hashed, after the texts it is about."""

    data: tuple[bytes, ...]
    event: bytes


@dataclass(frozen=True)
class Links:
    """The mirrored board of one election, inside the caller's transaction."""

    session: Session
    uuid: str

    def store(self, links: Iterable[Link], height: int) -> None:
        """Keep checked links; the first has this height."""
        for at, link in enumerate(links, start=height):
            kind = read_event(link.event).type
            self.session.add(
                BoardEvent(uuid=self.uuid, height=at, kind=kind, event=link.event)
            )
            self.session.add_all(
                BoardData(uuid=self.uuid, height=at, position=position, content=content)
                for position, content in enumerate(link.data)
            )

    def load(self, start: int = 0) -> Iterator[Link]:
        """Yield links in order, from a height on."""
        rows = self.session.execute(
            select(BoardEvent.height, BoardEvent.event, BoardData.content)
            .outerjoin(
                BoardData,
                (BoardData.uuid == BoardEvent.uuid)
                & (BoardData.height == BoardEvent.height),
            )
            .where(BoardEvent.uuid == self.uuid, BoardEvent.height >= start)
            .order_by(BoardEvent.height, BoardData.position)
        )
        at, event, data = -1, b"", list[bytes]()
        for height, text, content in rows.yield_per(_ROWS_AT_A_TIME):
            if height != at and event:
                yield Link(tuple(data), event)
                data = []
            at, event = height, text
            data += [] if content is None else [content]
        if event:
            yield Link(tuple(data), event)

    def board(self) -> Board:
        """Walk the stored chain again.

        Raises:
            BoardError: what is stored is damaged.
        """
        board = Board()
        for event, owner in self._events():
            board.append(event, owner=owner)
        return board

    def archive(self, timestamp: int) -> Iterator[bytes]:
        """Yield the `.bel` file piece by piece."""
        writer = ArchiveWriter(timestamp)
        yield writer.header()
        for link in self.load():
            yield from map(writer.data, link.data)
            yield writer.event(link.event)

    def _events(self) -> Iterator[tuple[Event, int | None]]:
        rows = self.session.scalars(
            select(BoardEvent.event)
            .where(BoardEvent.uuid == self.uuid)
            .order_by(BoardEvent.height)
        )
        for text in list(rows):
            event = read_event(text)
            yield event, self._owner(event)

    def _owner(self, event: Event) -> int | None:
        if event.type is not EventType.PARTIAL_DECRYPTION:
            return None
        owned = self.session.scalars(
            select(BoardData.content)
            .where(BoardData.uuid == self.uuid, BoardData.height == event.height)
            .order_by(BoardData.position.desc())
        ).first()
        return read(owned or b"", Owned).owner
