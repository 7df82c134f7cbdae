from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from web import db, migrate
from web.models import OutboxRow, ReceivedRow, RecordRow, row_of

PACKAGES = ("admin", "kiosk", "tally", "tests.web.sample_service")


@pytest.mark.parametrize("package", PACKAGES)
def test_migrations_build_what_the_models_say(package: str, tmp_path: Path) -> None:
    """A column added to a model without a migration fails here."""
    base = import_module(f"{package}.models").Base
    engine = db.create_engine(f"sqlite:///{tmp_path / 'service.sqlite'}")
    migrate.upgrade(engine, package)

    with engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, base.metadata) == []
    engine.dispose()


@pytest.mark.parametrize("package", PACKAGES)
def test_a_second_start_changes_nothing(package: str, tmp_path: Path) -> None:
    engine = db.create_engine(f"sqlite:///{tmp_path / 'service.sqlite'}")
    migrate.upgrade(engine, package)
    before = inspect(engine).get_table_names()
    migrate.upgrade(engine, package)

    assert inspect(engine).get_table_names() == before
    engine.dispose()


@pytest.mark.parametrize("package", PACKAGES)
def test_every_service_remembers_messages_and_acts(package: str) -> None:
    base = import_module(f"{package}.models").Base

    for row in (ReceivedRow, OutboxRow, RecordRow):
        assert row_of(base, row)


def test_a_step_is_written_for_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "fresh"
    (package / "migrations" / "versions").mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    base = import_module("tests.web.sample_service.models").Base
    migrate.revise("fresh", base, "first tables")

    engine = db.create_engine(f"sqlite:///{tmp_path / 'service.sqlite'}")
    migrate.upgrade(engine, "fresh")
    assert set(base.metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()
