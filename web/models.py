"""Rows that more than one service keeps, as mixins.

A service adopts those it needs into its own Base (and its own metadata):

    class Account(AccountRow, Base): ...

Shared code finds the adopted class with `row_of(Base, AccountRow)`.
"""

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_Row = TypeVar("_Row")


class AccountRow:
    """A person who may log in. The password is kept as an argon2id hash only."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(32))
    password_hash: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)


class ReceivedRow:
    """A message acted on: the same one again gets the same answer."""

    __tablename__ = "received"

    message_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str] = mapped_column(Text)


class OutboxRow:
    """A message still to deliver, or refused by its recipient (`refusal`)."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(100), unique=True)
    recipient: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(64))
    election: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text)
    refusal: Mapped[str | None] = mapped_column(String(64))


class RecordRow:
    """One line of the record book: what was done, when, in which role."""

    __tablename__ = "record"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(64))
    details: Mapped[str] = mapped_column(Text)


def row_of(base: type[DeclarativeBase], row: type[_Row]) -> type[_Row]:
    """Return the class with which a service adopted a row.

    Raises:
        LookupError: the service did not adopt it.
    """
    for mapper in base.registry.mappers:
        if issubclass(mapper.class_, row):
            adopted: Any = mapper.class_
            return adopted  # type: ignore[no-any-return]
    raise LookupError(f"{base.__module__} has no {row.__name__}")


def has_row(base: type[DeclarativeBase], row: type) -> bool:
    """Say whether a service adopted a row."""
    return any(issubclass(mapper.class_, row) for mapper in base.registry.mappers)
