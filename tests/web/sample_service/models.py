from sqlalchemy import MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from web import db
from web.models import AccountRow, OutboxRow, ReceivedRow, RecordRow


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=db.NAMES)
    type_annotation_map = db.TYPES


class Account(AccountRow, Base):
    """Who may log in."""


class Received(ReceivedRow, Base):
    """Messages acted on."""


class Outbox(OutboxRow, Base):
    """Messages to deliver."""


class Record(RecordRow, Base):
    """What was done."""


class Label(Base):
    """Something for messages to write."""

    __tablename__ = "label"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(64), unique=True)
