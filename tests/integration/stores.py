"""Everything that the services wrote to disk, as whoever seizes it would see it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from web.contracts import Service

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """One table of one service, with every row.

    Attributes:
        types: declared type of each column.
        numbered: SQLite keeps a hidden number of arrival for each row.
    """

    service: Service
    name: str
    types: dict[str, str]
    rows: list[Row]
    numbered: bool

    def __str__(self) -> str:
        return f"{self.service}.{self.name}"

    def with_any(self, marks: frozenset[str]) -> list[Row]:
        """The rows in which one of these texts occurs."""
        return [row for row in self.rows if mentions(row, marks)]


def mentions(row: Row, marks: frozenset[str]) -> bool:
    """Say whether one of these texts occurs anywhere in a row."""
    whole = "\n".join(map(text, row))
    return any(mark in whole for mark in marks)


def text(cell: object) -> str:
    """What a cell says; of bytes that are no text, their hexadecimal digits."""
    if not isinstance(cell, bytes):
        return str(cell)
    try:
        return cell.decode()
    except UnicodeDecodeError:
        return cell.hex()


def tables(data: Path) -> list[Table]:
    """Every table of the three databases."""
    return [table for service in Service for table in _tables(data, service)]


def files(data: Path) -> dict[str, bytes]:
    """Every file of the data folder: databases, their journals, logs, keys."""
    return {
        str(path.relative_to(data)): path.read_bytes()
        for path in sorted(data.rglob("*"))
        if path.is_file()
    }


def database(data: Path, service: Service) -> Path:
    return data / service / "service.sqlite"


def _tables(data: Path, service: Service) -> Iterator[Table]:
    path = database(data, service)
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
        listed = store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in listed.fetchall():
            columns = store.execute(f'PRAGMA table_info("{name}")').fetchall()
            rows = store.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608
            types = {column[1]: column[2] for column in columns}
            yield Table(service, name, types, rows, _numbered(store, name))


def _numbered(store: sqlite3.Connection, name: str) -> bool:
    try:
        store.execute(f'SELECT rowid FROM "{name}" LIMIT 1')  # noqa: S608
    except sqlite3.OperationalError:
        return False
    return True
