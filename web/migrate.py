"""Brings a service's database to what its models say, at every start.

Each service keeps its steps in `<package>/migrations/versions/`; the environment that
runs them is shared (`web/migrations/`). A new step is written with

    python -m web.migrate kiosk "what changes"
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import DeclarativeBase

from web import db


def config_of(package: str) -> Config:
    """Return Alembic's configuration for the migrations of a package."""
    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(files("web") / "migrations"))
    versions = Path(str(files(package))) / "migrations" / "versions"
    config.set_main_option("version_locations", str(versions))
    return config


def upgrade(engine: Engine, package: str) -> None:
    """Run every step that this database has not seen, all in one transaction.

    SQLite can only change a table by building it anew, so rows may point nowhere in
    between; they are checked at the end instead.

    Raises:
        RuntimeError: a step would leave a row that points nowhere.
    """
    config = config_of(package)
    with _unchecked(engine) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if engine.dialect.name == "sqlite":
            _check_rows(connection)


@contextmanager
def _unchecked(engine: Engine) -> Iterator[Connection]:
    """Connect, on SQLite with foreign keys off: they cannot be inside a transaction."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if driver is None or engine.dialect.name != "sqlite":
            yield connection
            return
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            yield connection
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def _check_rows(connection: Connection) -> None:
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if lost is not None:
        raise RuntimeError(f"migration: a row of {lost[0]} would point nowhere")


def revise(package: str, base: type[DeclarativeBase], message: str) -> None:
    """Write the step that leads from the last migration to the models."""
    config = config_of(package)
    with tempfile.TemporaryDirectory() as folder:
        engine = db.create_engine(f"sqlite:///{folder}/empty.sqlite")
        upgrade(engine, package)
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            config.attributes["metadata"] = base.metadata
            command.revision(config, message, autogenerate=True)
        engine.dispose()


if __name__ == "__main__":
    _package, _message = sys.argv[1:]
    revise(_package, import_module(f"{_package}.models").Base, _message)
