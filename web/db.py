"""The database of a service: engine, sessions, names and types.

Shared here are the naming and the types, never the metadata: each service has its own
`Base`. Routes write inside `with current_sessions().begin() as session:` and read
inside `with current_sessions().reading() as session:`; nothing else commits.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy
from flask import current_app
from sqlalchemy import Connection, DateTime, Dialect, Engine, event
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.types import TypeDecorator

BUSY_SECONDS = 15  # longer than any transaction of ours takes
_EXTENSION = "phieukin.sessions"

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An aware time, kept as UTC in every database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, _dialect: Dialect
    ) -> datetime | None:
        """Store UTC without a zone.

        Raises:
            ValueError: the time has no zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(
        self, value: datetime | None, _dialect: Dialect
    ) -> datetime | None:
        """Read UTC back with its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


TYPES: dict[Any, Any] = {datetime: UTCDateTime}


class Sessions:
    """Opens transactions: `begin` to write, `reading` to look."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writer = sessionmaker(engine, expire_on_commit=False)
        self._reader = sessionmaker(engine.execution_options(reading=True))

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """Open a transaction that may write; commits at the end, or rolls back."""
        with self._writer.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open one consistent view of the database; nothing is kept."""
        with self._reader() as session:
            yield session


def create_engine(url: str) -> Engine:
    """Open a database; SQLite gets WAL, full synchronisation and foreign keys."""
    # hide_parameters: values of rows must not reach a log through an exception
    if not url.startswith("sqlite"):
        # what BEGIN IMMEDIATE gives on SQLite: reading and writing is one step
        return sqlalchemy.create_engine(
            url, hide_parameters=True, isolation_level="SERIALIZABLE"
        )
    engine = sqlalchemy.create_engine(
        url,
        hide_parameters=True,
        pool_size=16,
        max_overflow=128,
        connect_args={"timeout": BUSY_SECONDS},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def current_sessions() -> Sessions:
    """Return the sessions of the running service."""
    sessions: Sessions = current_app.extensions[_EXTENSION]
    return sessions


def after_commit(session: Session, act: Callable[[], object]) -> None:
    """Do something once the transaction is on disk; never if it rolls back."""

    def committed(_session: Session) -> None:
        event.remove(session, "after_rollback", rolled_back)
        act()

    def rolled_back(_session: Session) -> None:
        event.remove(session, "after_commit", committed)

    event.listen(session, "after_commit", committed, once=True)
    event.listen(session, "after_rollback", rolled_back, once=True)


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - DBAPI
    connection.isolation_level = None  # the driver must not begin on its own
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its place in the queue at once: a transaction that only turns out
    # to write after it has read could be refused half way.
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
