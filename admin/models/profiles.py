"""Versions of procedure profiles, kept as long as a conference follows one."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from admin.models.base import Base


class Profile(Base):
    """One version of a procedure, exactly as its file was. `digest` is its SHA-256."""

    __tablename__ = "profile"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    procedure: Mapped[str] = mapped_column(String(64), index=True)
    version: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime]
