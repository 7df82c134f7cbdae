"""What the ballot box stores: boards, cards, tablets.

There are two worlds here, and no column leads from one to the other. The board, its
ballots and its cards know no time, no tablet, no address and no number of arrival
but the public chain of events itself; their tables have no hidden row number
either (WITHOUT ROWID). Tablets and their pairing codes know times, and no election.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import LargeBinary, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from web import models
from web.db import NAMES, TYPES

_UUID = String(22)
_HASH = String(64)
_NO_ROW_NUMBER = {"sqlite_with_rowid": False}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = TYPES


class BoxState(StrEnum):
    """One way only: prepared, open, closed; void from anywhere."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    VOID = "void"


class CardState(StrEnum):
    """What became of a ballot card."""

    UNUSED = "unused"
    CAST = "cast"
    VOIDED = "voided"


class BoxRow(Base):
    """One election's box and the tip of its board.

    `head`, `height` and `cast` move in the transaction that appends an event.
    `sealed_at` is the one time stamp of the election's archive; `archive` is the
    SHA-256 of the whole `.bel` in hex, once the board is finished.
    """

    __tablename__ = "box"

    uuid: Mapped[str] = mapped_column(_UUID, primary_key=True)
    state: Mapped[str] = mapped_column(String(8))
    title: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(String(43))
    demo: Mapped[bool]
    issued: Mapped[int] = mapped_column(default=0)
    cast: Mapped[int] = mapped_column(default=0)
    head: Mapped[str | None] = mapped_column(_HASH, default=None)
    height: Mapped[int] = mapped_column(default=-1)
    finished: Mapped[bool] = mapped_column(default=False)
    archive: Mapped[str | None] = mapped_column(_HASH, default=None)
    sealed_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    void_reason: Mapped[str | None]


class EventRow(Base):
    """One link of the public chain, as it is hashed."""

    __tablename__ = "event"
    __table_args__ = (_NO_ROW_NUMBER,)

    election: Mapped[str] = mapped_column(_UUID, primary_key=True)
    height: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(String(20))
    payload: Mapped[str | None] = mapped_column(_HASH)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class DatumRow(Base):
    """Data that an event other than a ballot brought along, in its fixed order."""

    __tablename__ = "datum"
    __table_args__ = (_NO_ROW_NUMBER,)

    election: Mapped[str] = mapped_column(_UUID, primary_key=True)
    height: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class BallotRow(Base):
    """One sealed ballot, filed under its own hash; nothing says when it came."""

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("election", "credential", name="uq_ballot_credential"),
        UniqueConstraint("election", "tracker", name="uq_ballot_tracker"),
        _NO_ROW_NUMBER,
    )

    election: Mapped[str] = mapped_column(_UUID, primary_key=True)
    hash: Mapped[str] = mapped_column(_HASH, primary_key=True)
    tracker: Mapped[str] = mapped_column(String(43))
    credential: Mapped[str] = mapped_column(_HASH)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class CardRow(Base):
    """One ballot card: its public credential and whether it may still vote."""

    __tablename__ = "card"
    __table_args__ = (_NO_ROW_NUMBER,)

    election: Mapped[str] = mapped_column(_UUID, primary_key=True)
    credential: Mapped[str] = mapped_column(_HASH, primary_key=True)
    state: Mapped[str] = mapped_column(String(6))


class CiphertextRow(Base):
    """The digest of one mark on the board, so that nobody can copy it."""

    __tablename__ = "ciphertext"
    __table_args__ = (_NO_ROW_NUMBER,)

    election: Mapped[str] = mapped_column(_UUID, primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)


class TabletRow(Base):
    """One paired tablet; of its token only the hash is kept."""

    __tablename__ = "tablet"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    label: Mapped[str]
    token_hash: Mapped[str] = mapped_column(_HASH, unique=True)
    paired_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class PairingRow(Base):
    """One code that pairs one tablet, once, within minutes; found by its hash."""

    __tablename__ = "pairing"

    code_hash: Mapped[str] = mapped_column(_HASH, primary_key=True)
    label: Mapped[str]
    expires_at: Mapped[datetime]


class ReceivedRow(models.ReceivedRow, Base):
    """Messages already acted on, with their answers."""


class OutboxRow(models.OutboxRow, Base):
    """Messages still to deliver; the kiosk only answers, so there are none."""


class RecordRow(models.RecordRow, Base):
    """The record book: boxes and tablets, never a ballot."""
