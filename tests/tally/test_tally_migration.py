"""A tally of the version before: its committees keep what they have."""

from datetime import date
from pathlib import Path

from alembic import command
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tally.models import Committee
from web import db, migrate


def at_first_tables(engine: Engine) -> None:
    config = migrate.config_of("tally")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "cf76376a7ccb")
        for uuid in ("KjXuhXMNuGJKCB", "Hhbaj3SX8KCZQQ"):
            connection.execute(
                text(
                    "INSERT INTO committee (uuid, title, threshold, demo, phase,"
                    " stop_code, stop_detail) VALUES (:uuid, 'Hội nghị', 2, 0,"
                    " 'recorded', '', '')"
                ),
                {"uuid": uuid},
            )
            connection.execute(
                text("INSERT INTO roll_call VALUES (:uuid, 8, 6, NULL, 8, 6, 2, 5, 1)"),
                {"uuid": uuid},
            )


def test_a_committee_of_before_has_a_key_of_its_own_and_no_day(tmp_path: Path) -> None:
    engine = db.create_engine(f"sqlite:///{tmp_path / 'service.sqlite'}")
    at_first_tables(engine)
    migrate.upgrade(engine, "tally")

    with Session(engine) as session:
        rows = session.query(Committee).all()
        assert len(rows) == 2
        for row in rows:
            assert (row.origin, row.first, row.turn) == (row.uuid, row.uuid, 1)
            assert row.convened_on is None  # so its key is never kept
            assert not row.keeps_a_key
        rows[0].convened_on = date(2026, 11, 21)
        session.commit()
        found = session.execute(text("SELECT count(*) FROM roll_call")).scalar()
    assert found == 2
    engine.dispose()
