"""A planning round: units, positions, procedure instances and their steps.

Round -> unit -> position and procedure instance -> step -> conference.
"""

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from admin.models.base import Base
from admin.models.people import Person


class Round(Base):
    """One planning round (đợt quy hoạch) of an office.

    `targets` (JSON) are the targets of its structure, empty for the office's own.
    """

    __tablename__ = "round"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    office: Mapped[str] = mapped_column(String(300))
    document: Mapped[str] = mapped_column(String(300), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    targets: Mapped[str] = mapped_column(Text, default="{}")

    units: Mapped[list["Unit"]] = relationship(
        order_by="Unit.number", cascade="all, delete-orphan", back_populates="round"
    )


class Unit(Base):
    """A unit that plans within a round; `level` is its kind, in the office's words."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    level: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(Text, default="")

    round: Mapped[Round] = relationship(back_populates="units")
    positions: Mapped[list["PlannedPosition"]] = relationship(
        order_by="PlannedPosition.number",
        cascade="all, delete-orphan",
        back_populates="unit",
    )
    instances: Mapped[list["Instance"]] = relationship(
        order_by="Instance.id", cascade="all, delete-orphan", back_populates="unit"
    )


class PlannedPosition(Base):
    """A post (chức danh) with its own term, quota and cap.

    `quota` is how many are to be planned for it, `cap` the most that may ever be.
    """

    __tablename__ = "planned_position"
    __table_args__ = (UniqueConstraint("unit_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    term: Mapped[str] = mapped_column(String(60), default="")
    quota: Mapped[int | None]
    cap: Mapped[int | None]
    managed_by: Mapped[str] = mapped_column(String(300), default="")

    unit: Mapped[Unit] = relationship(back_populates="positions")
    entries: Mapped[list["PlanEntry"]] = relationship(
        order_by="PlanEntry.id", cascade="all, delete-orphan", back_populates="position"
    )


_POSITIONS = Table(
    "instance_position",
    Base.metadata,
    Column("instance_id", ForeignKey("instance.id"), primary_key=True),
    Column("planned_position_id", ForeignKey("planned_position.id"), primary_key=True),
)


class Instance(Base):
    """One run of a procedure in a unit, for some of its positions."""

    __tablename__ = "instance"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    procedure: Mapped[str] = mapped_column(String(64))
    profile_digest: Mapped[str] = mapped_column(ForeignKey("profile.digest"))
    level: Mapped[str] = mapped_column(String(16), default="")

    unit: Mapped[Unit] = relationship(back_populates="instances")
    positions: Mapped[list[PlannedPosition]] = relationship(
        secondary=_POSITIONS, order_by=PlannedPosition.number
    )
    records: Mapped[list["StepRecord"]] = relationship(
        order_by="StepRecord.id", cascade="all, delete-orphan"
    )


class StepRecord(Base):
    """A step without a ballot of ours that was done: when, how, on what document.

    `how` is how a conference decided where the document does not say it.
    """

    __tablename__ = "step_record"
    __table_args__ = (UniqueConstraint("instance_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"))
    step: Mapped[str] = mapped_column(String(16))
    done_on: Mapped[date]
    how: Mapped[str] = mapped_column(String(300), default="")
    document_number: Mapped[str] = mapped_column(String(120), default="")
    document_date: Mapped[date | None]
    authority: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class PlanEntry(Base):
    """Somebody's place in the planning for a position, and how it stands.

    `standing`: planned (approved before), kept, proposed, approved, removal_proposed,
    removed, exited, withdrawn. `origin`: onsite or external. `ground`: why somebody
    was removed, exited or withdrawn.
    """

    __tablename__ = "plan_entry"
    __table_args__ = (UniqueConstraint("position_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    position_id: Mapped[int] = mapped_column(ForeignKey("planned_position.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    standing: Mapped[str] = mapped_column(String(20))
    origin: Mapped[str] = mapped_column(String(16), default="onsite")
    ground: Mapped[str] = mapped_column(String(300), default="")
    document_number: Mapped[str] = mapped_column(String(120), default="")
    document_date: Mapped[date | None]
    note: Mapped[str] = mapped_column(String(300), default="")

    position: Mapped[PlannedPosition] = relationship(back_populates="entries")
    person: Mapped[Person] = relationship()


class Deadline(Base):
    """Something a unit (or all) must have done by a day.

    `before`: the day itself is too late ("trước ngày"). `from_on`: not before this
    day. `yearly`: the same window comes back every year. `exceptional`: only where it
    is truly needed, so never late.
    """

    __tablename__ = "deadline"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    title: Mapped[str] = mapped_column(String(500))
    source: Mapped[str] = mapped_column(String(300), default="")
    from_on: Mapped[date | None]
    due_on: Mapped[date]
    before: Mapped[bool] = mapped_column(default=False)
    yearly: Mapped[bool] = mapped_column(default=False)
    exceptional: Mapped[bool] = mapped_column(default=False)

    done: Mapped[list["DeadlineDone"]] = relationship(
        order_by="DeadlineDone.year", cascade="all, delete-orphan"
    )


class DeadlineDone(Base):
    """That a deadline was met, or met late; a yearly one once for each year."""

    __tablename__ = "deadline_done"

    deadline_id: Mapped[int] = mapped_column(
        ForeignKey("deadline.id"), primary_key=True
    )
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    done_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(300), default="")


class Meeting(Base):
    """A meeting of a round: a step that is to be held at a time and place.

    `after_id`: the meeting that must be over before this one is held.
    """

    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    instance_id: Mapped[int | None] = mapped_column(ForeignKey("instance.id"))
    after_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    step: Mapped[str] = mapped_column(String(16), default="")
    title: Mapped[str] = mapped_column(String(300))
    place: Mapped[str] = mapped_column(String(300), default="")
    starts_at: Mapped[datetime | None]
    minutes: Mapped[int] = mapped_column(default=60)
    provisional: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(300), default="")
