"""A data folder of the first version goes on with its conferences."""

from pathlib import Path

from alembic import command
from sqlalchemy import select, text

from admin import agenda
from admin.models import Conference
from web import db, migrate

FIRST = "5d6677b5cdc0"
CONFERENCE = """
INSERT INTO conference (id, uuid, state, procedure, procedure_version, step, title,
  office, place, starts_at, threshold, printed, issued, roll_call_locked)
VALUES (7, 'AbCdEfGhIjKlMnOpQrStUv', 'sealed', 's000-next-term-onsite', '1', '5',
  'Hội nghị', 'Sở Mẫu', 'Phòng A', '2026-11-21 07:00:00', 2, 12, 0, 0)
"""
POSITION = """
INSERT INTO position (id, conference_id, number, title, term, quota)
VALUES (3, 7, 1, 'Phó Giám đốc', '2025-2030', 2)
"""


def test_a_conference_of_the_first_version_keeps_its_step(tmp_path: Path) -> None:
    engine = db.create_engine(f"sqlite:///{tmp_path / 'service.sqlite'}")
    config = migrate.config_of("admin")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST)
        connection.execute(text(CONFERENCE))
        connection.execute(text(POSITION))
    migrate.upgrade(engine, "admin")

    with db.Sessions(engine).reading() as session:
        conference = session.scalars(select(Conference)).one()
        settled = agenda.lead(conference)
        rule = settled.rule_for(conference.positions[0].quota)
        assert (conference.procedure, conference.step) == (
            "s000-next-term-onsite",
            "5",
        )
        assert conference.positions[0].item is conference.items[0]
        assert (rule.share, rule.strict, rule.of, rule.quota) == (
            "1/2",
            True,
            "summoned",
            2,
        )
        assert settled.announced
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()
