"""What admin keeps (docs/architecture.md).

No column here may hold a card secret, a link from a card to a person, a ballot or
a tracker: `tests/admin/test_secrecy.py` dumps schema and data to prove it.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from web import db
from web import models as shared


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=db.NAMES)
    type_annotation_map = db.TYPES


class State(StrEnum):
    """States of a conference; they only move forward, VOID from anywhere."""

    DRAFT = "draft"
    CONVENED = "convened"
    SEALED = "sealed"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    PUBLISHED = "published"
    VOID = "void"


class Presence(StrEnum):
    """What the roll call says of one delegate."""

    EXPECTED = "expected"
    PRESENT = "present"
    ABSENT = "absent"


class Account(shared.AccountRow, Base):
    """Somebody of the secretariat, the desk, the chair, or an auditor."""

    __tablename__ = "account"


class Received(shared.ReceivedRow, Base):
    """Messages answered already, so that a repetition changes nothing."""

    __tablename__ = "received"


class Outbox(shared.OutboxRow, Base):
    """Messages still to be delivered."""

    __tablename__ = "outbox"


class Record(shared.RecordRow, Base):
    """The record book."""

    __tablename__ = "record"


class Conference(Base):
    """One conference: one step of a procedure, one ballot paper."""

    __tablename__ = "conference"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(22), unique=True)
    state: Mapped[str] = mapped_column(String(16), default=State.DRAFT)
    procedure: Mapped[str] = mapped_column(String(64))
    procedure_version: Mapped[str] = mapped_column(String(16))
    step: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(300))
    office: Mapped[str] = mapped_column(String(300))
    place: Mapped[str] = mapped_column(String(300))
    starts_at: Mapped[datetime]
    members: Mapped[int | None]
    threshold: Mapped[int]
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("conference.id"))

    # counts of the room; nothing says which card or when
    printed: Mapped[int] = mapped_column(default=0)
    issued: Mapped[int] = mapped_column(default=0)
    roll_call_locked: Mapped[bool] = mapped_column(default=False)

    # what the other services reported
    trustees: Mapped[str | None] = mapped_column(Text)
    committee_fingerprint: Mapped[str | None] = mapped_column(String(64))
    zero_head: Mapped[str | None] = mapped_column(String(64))
    cast: Mapped[int | None]
    head: Mapped[str | None] = mapped_column(String(64))
    height: Mapped[int | None]
    alarm_code: Mapped[str | None] = mapped_column(String(64))
    alarm_detail: Mapped[str | None] = mapped_column(Text)
    void_reason: Mapped[str | None] = mapped_column(Text)

    positions: Mapped[list["Position"]] = relationship(
        order_by="Position.number", cascade="all, delete-orphan"
    )
    committee: Mapped[list["Member"]] = relationship(
        order_by="Member.number", cascade="all, delete-orphan"
    )
    delegates: Mapped[list["Delegate"]] = relationship(
        order_by="Delegate.number", cascade="all, delete-orphan"
    )
    paper: Mapped["SealedPaper | None"] = relationship(cascade="all, delete-orphan")
    count: Mapped["CountRecord | None"] = relationship(cascade="all, delete-orphan")


class Position(Base):
    """A post that people are planned for: one section of the paper."""

    __tablename__ = "position"
    __table_args__ = (UniqueConstraint("conference_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    term: Mapped[str] = mapped_column(String(60), default="")
    quota: Mapped[int | None]

    nominees: Mapped[list["Nominee"]] = relationship(
        order_by="Nominee.number", cascade="all, delete-orphan"
    )


class Nominee(Base):
    """One line of the paper. `key` is random and the same from step to step."""

    __tablename__ = "nominee"
    __table_args__ = (UniqueConstraint("position_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(22))
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(240))
    birth_year: Mapped[int | None]
    post: Mapped[str] = mapped_column(String(300), default="")


class Member(Base):
    """A member of the counting committee."""

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("conference_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(240))
    role: Mapped[str] = mapped_column(String(120), default="")
    tested: Mapped[bool] = mapped_column(default=False)


class Delegate(Base):
    """Somebody who was summoned, and whether they came. No time, no card."""

    __tablename__ = "delegate"
    __table_args__ = (UniqueConstraint("conference_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    post: Mapped[str] = mapped_column(String(300), default="")
    unit: Mapped[str] = mapped_column(String(300), default="")
    folded: Mapped[str] = mapped_column(String(1500))
    presence: Mapped[str] = mapped_column(String(16), default=Presence.EXPECTED)
    reason: Mapped[str] = mapped_column(String(300), default="")


class Card(Base):
    """The public credential of a printed card, and whether it may vote.

    Without a row number: the table is kept in the order of the credentials, so
    the order of printing is lost.
    """

    __tablename__ = "card"
    __table_args__ = ({"sqlite_with_rowid": False},)

    conference_id: Mapped[int] = mapped_column(
        ForeignKey("conference.id"), primary_key=True
    )
    credential: Mapped[str] = mapped_column(String(64), primary_key=True)
    voided: Mapped[bool] = mapped_column(default=False)


class SealedPaper(Base):
    """The three texts that are sealed, exactly as they are hashed."""

    __tablename__ = "sealed_paper"

    conference_id: Mapped[int] = mapped_column(
        ForeignKey("conference.id"), primary_key=True
    )
    election: Mapped[str] = mapped_column(Text)
    trustees: Mapped[str] = mapped_column(Text)
    credentials: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(43))
    override: Mapped[str] = mapped_column(String(300), default="")


class CountRecord(Base):
    """The tally's result record: `sealed` is the signed message as it came."""

    __tablename__ = "count_record"

    conference_id: Mapped[int] = mapped_column(
        ForeignKey("conference.id"), primary_key=True
    )
    sealed: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
