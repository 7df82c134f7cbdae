"""What documents need beyond the vote: letterheads, who signs, signed records."""

from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from admin.models.base import Base


class Letterhead(Base):
    """How the documents of one unit look: whose rules of presentation it follows.

    `folded` is the unit's name as it is found again; `layout` is "party" or "state"
    (`admin/documents/letterhead.py`); margins are millimetres, absent for the
    settings' own.
    """

    __tablename__ = "letterhead"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(String(300))
    folded: Mapped[str] = mapped_column(String(600), unique=True)
    layout: Mapped[str] = mapped_column(String(10))
    superior: Mapped[str] = mapped_column(String(300), default="")
    symbol: Mapped[str] = mapped_column(String(60), default="")
    locality: Mapped[str] = mapped_column(String(120), default="")
    top: Mapped[int | None]
    bottom: Mapped[int | None]
    left: Mapped[int | None]
    right: Mapped[int | None]


class Secrecy(StrEnum):
    """The secrecy mark of a conference's documents; the law knows three."""

    NONE = ""
    MAT = "mat"
    TOI_MAT = "toi_mat"
    TUYET_MAT = "tuyet_mat"


class Details(Base):
    """What the secretary adds for the documents of one conference.

    `number` is the document's (Số), `bases` what the conference is held by, one a
    line, `discussion` how it went; `copies` is absent for the settings' number.
    """

    __tablename__ = "details"

    conference_id: Mapped[int] = mapped_column(
        ForeignKey("conference.id"), primary_key=True
    )
    letterhead_id: Mapped[int | None] = mapped_column(ForeignKey("letterhead.id"))
    number: Mapped[str] = mapped_column(String(20), default="")
    secrecy: Mapped[str] = mapped_column(String(10), default=Secrecy.NONE)
    chair_name: Mapped[str] = mapped_column(String(120), default="")
    chair_title: Mapped[str] = mapped_column(String(300), default="")
    secretary_name: Mapped[str] = mapped_column(String(120), default="")
    secretary_title: Mapped[str] = mapped_column(String(300), default="")
    reporter: Mapped[str] = mapped_column(String(300), default="")
    bases: Mapped[str] = mapped_column(Text, default="")
    discussion: Mapped[str] = mapped_column(Text, default="")
    recipients: Mapped[str] = mapped_column(Text, default="")
    copies: Mapped[int | None]


class SignedRecord(Base):
    """A signed record about a conference, as it was signed; records are only added.

    `number` counts the records of a conference, `kind` is the message's.
    """

    __tablename__ = "signed_record"

    conference_id: Mapped[int] = mapped_column(
        ForeignKey("conference.id"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(40))
    sealed: Mapped[str] = mapped_column(Text)
