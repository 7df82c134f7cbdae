import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError
from sqlalchemy.orm import DeclarativeBase

from tests.web.sample_service.models import Base, Label, Record
from web import db
from web.models import AccountRow, ReceivedRow, has_row, row_of


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[db.Sessions]:
    engine = db.create_engine(f"sqlite:///{tmp_path / 'service.sqlite'}")
    Base.metadata.create_all(engine)
    yield db.Sessions(engine)
    engine.dispose()


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize(("name", "value"), PRAGMAS.items())
def test_sqlite_is_opened_to_survive_a_power_cut(
    sessions: db.Sessions, name: str, value: object
) -> None:
    with sessions.reading() as session:
        assert session.scalar(text(f"PRAGMA {name}")) == value


def test_a_failed_transaction_leaves_nothing(sessions: db.Sessions) -> None:
    done: list[str] = []
    with (  # noqa: PT012 - the failure is inside the transaction
        pytest.raises(IntegrityError),
        sessions.begin() as session,
    ):
        db.after_commit(session, lambda: done.append("wrong"))
        session.add_all([Label(text="a"), Label(text="a")])

    with sessions.begin() as session:
        assert session.scalars(select(Label)).all() == []
        db.after_commit(session, lambda: done.append("right"))
    assert done == ["right"]


def test_writers_wait_for_each_other_and_lose_nothing(sessions: db.Sessions) -> None:
    def add(worker: int) -> None:
        for number in range(20):
            with sessions.begin() as session:
                count = len(session.scalars(select(Label)).all())
                session.add(Label(text=f"{count} {worker} {number}"))

    threads = [threading.Thread(target=add, args=(one,)) for one in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with sessions.reading() as session:
        texts = session.scalars(select(Label.text).order_by(Label.id)).all()
    # each saw all that were written before it: reading and writing was one step
    assert [int(one.split()[0]) for one in texts] == list(range(120))


def test_a_reader_is_not_held_up_by_a_writer(sessions: db.Sessions) -> None:
    with sessions.begin() as writing:
        writing.add(Label(text="unseen"))
        writing.flush()
        with sessions.reading() as reading:
            assert reading.scalars(select(Label)).all() == []


def test_times_come_back_with_their_zone(sessions: db.Sessions) -> None:
    hanoi = datetime(2026, 3, 18, 14, tzinfo=timezone(timedelta(hours=7)))
    with sessions.begin() as session:
        session.add(Record(at=hanoi, actor="", name="", details=""))
    with sessions.reading() as session:
        (row,) = session.scalars(select(Record))

    assert row.at == hanoi
    assert row.at.tzinfo is UTC


def test_a_time_without_zone_is_refused(sessions: db.Sessions) -> None:
    naive = datetime(2026, 3, 18, 14)  # noqa: DTZ001 - that is the point
    with pytest.raises(StatementError, match="zone"), sessions.begin() as session:
        session.add(Record(at=naive, actor="", name="", details=""))


def test_errors_do_not_quote_rows(sessions: db.Sessions) -> None:
    with pytest.raises(OperationalError) as failure, sessions.begin() as session:
        session.execute(text("INSERT INTO nowhere VALUES (:v)"), {"v": "hidden-value"})

    assert "hidden-value" not in str(failure.value)


def test_an_adopted_row_is_found_by_its_mixin() -> None:
    class Empty(DeclarativeBase):
        pass

    assert row_of(Base, ReceivedRow).__tablename__ == "received"
    assert not has_row(Empty, AccountRow)
    with pytest.raises(LookupError, match="AccountRow"):
        row_of(Empty, AccountRow)
