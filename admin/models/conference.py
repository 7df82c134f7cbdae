"""One conference with its people, cards, sealed paper and count.

No column here may hold a card secret, a link from a card to a person, a ballot or
a tracker: `tests/admin/test_secrecy.py` dumps schema and data to prove it.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from admin.models.base import Base
from admin.models.papers import Details


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


class Conference(Base):
    """One conference: one sitting of delegates, one ballot paper.

    Its `items` say which procedure steps are balloted on; nearly always one.
    `committee_of_id` is the conference of the same day whose committee is the same
    and keeps its key. `shows` is what the chair picked for the room's display, empty
    to let it follow the conference.
    """

    __tablename__ = "conference"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(22), unique=True)
    state: Mapped[str] = mapped_column(String(16), default=State.DRAFT)
    title: Mapped[str] = mapped_column(String(300))
    office: Mapped[str] = mapped_column(String(300))
    place: Mapped[str] = mapped_column(String(300))
    starts_at: Mapped[datetime]
    members: Mapped[int | None]
    threshold: Mapped[int]
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("conference.id"))
    committee_of_id: Mapped[int | None] = mapped_column(ForeignKey("conference.id"))

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
    shows: Mapped[str] = mapped_column(String(20), default="")

    items: Mapped[list["AgendaItem"]] = relationship(
        order_by="AgendaItem.number", cascade="all, delete-orphan"
    )
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
    details: Mapped["Details | None"] = relationship(cascade="all, delete-orphan")

    @property
    def procedure(self) -> str:
        """The procedure that the sitting was called for: that of its first ballot."""
        return self.items[0].procedure

    @property
    def step(self) -> str:
        """The step that the sitting was called for."""
        return self.items[0].step


class AgendaItem(Base):
    """One ballot of a sitting: a procedure's step, with what the secretary chose.

    `profile_digest` names the version of the procedure that was in force when the
    conference was opened; `choices` (JSON) is what the document leaves unstated.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("conference_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"))
    number: Mapped[int]
    procedure: Mapped[str] = mapped_column(String(64))
    profile_digest: Mapped[str] = mapped_column(ForeignKey("profile.digest"))
    step: Mapped[str] = mapped_column(String(16))
    choices: Mapped[str] = mapped_column(Text, default="{}")
    instance_id: Mapped[int | None] = mapped_column(ForeignKey("instance.id"))

    positions: Mapped[list["Position"]] = relationship(
        order_by="Position.number", back_populates="item"
    )


class Position(Base):
    """A post that people are planned for: one section of the paper.

    Numbered over the whole paper. `quota` is how many may be planned for it.
    """

    __tablename__ = "position"
    __table_args__ = (UniqueConstraint("conference_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    term: Mapped[str] = mapped_column(String(60), default="")
    quota: Mapped[int | None]
    planned_position_id: Mapped[int | None] = mapped_column(
        ForeignKey("planned_position.id")
    )

    item: Mapped["AgendaItem"] = relationship(back_populates="positions")
    nominees: Mapped[list["Nominee"]] = relationship(
        order_by="Nominee.number", cascade="all, delete-orphan"
    )


class Nominee(Base):
    """One line of the paper. `key` is random and the same from step to step.

    It is the person's key if they come from the register of people.
    """

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
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Withdrawal(Base):
    """Somebody who passed a step and was taken off the next list, and why.

    `position_id` is the position for which they had passed.
    """

    __tablename__ = "withdrawal"
    __table_args__ = (UniqueConstraint("position_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("position.id"))
    key: Mapped[str] = mapped_column(String(22))
    name: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(300))


class TieDecision(Base):
    """Whom the head chose among equal votes at the cut-off of a position's quota.

    `chosen` (JSON) are the keys of the nominees that are taken. The time is that of
    a decision about nominees, made in the open: it says nothing of any ballot.
    """

    __tablename__ = "tie_decision"

    position_id: Mapped[int] = mapped_column(
        ForeignKey("position.id"), primary_key=True
    )
    chosen: Mapped[str] = mapped_column(Text)
    head_name: Mapped[str] = mapped_column(String(120))
    head_title: Mapped[str] = mapped_column(String(300))
    reason: Mapped[str] = mapped_column(String(300), default="")
    decided_at: Mapped[datetime]


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
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


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
