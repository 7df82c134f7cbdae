"""What every service keeps: accounts, messages, the record book."""

from admin.models.base import Base
from web import models as shared


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
