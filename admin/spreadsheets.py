"""Lists of people out of the office's spreadsheets. Pure.

Every fault is named with its row and its column; if there is one, nothing is
imported. What a fault means is in the catalogue under ``import.<code>``.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from admin.names import fold, is_printable
from admin.tables import Row, read_table

MAX_NAME = 120
MAX_TEXT = 300
_HEADER_WITHIN = 15  # rows of titles that may stand above the header
_YEAR = re.compile(r"(?:[0-9]{1,2}[/.-]){0,2}([0-9]{4})")
_YEARS = range(1900, 2101)  # typing errors only; age is for people to judge

NAME = "Họ và tên"
POST = "Chức vụ"
UNIT = "Đơn vị"
BIRTH = "Năm sinh"
PLANNED = "Chức danh quy hoạch"
NUMBER = "STT"

_ALIASES = {
    NAME: ("ho va ten", "ho ten", "ho va ten dem", "full name", "name"),
    POST: ("chuc vu", "chuc vu hien nay", "chuc vu don vi", "chuc danh", "post"),
    UNIT: ("don vi", "co quan", "co quan don vi", "don vi cong tac", "unit"),
    BIRTH: ("nam sinh", "ngay sinh", "sinh nam", "ngay thang nam sinh", "birth year"),
    PLANNED: ("chuc danh quy hoach", "vi tri quy hoach", "quy hoach", "position"),
}
_COLUMN = {alias: title for title, names in _ALIASES.items() for alias in names}


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be imported; row 0 is the file itself."""

    row: int
    column: str
    code: str
    numbers: dict[str, object] = field(default_factory=dict)


class FaultsError(Exception):
    """The file has faults, all of them listed; nothing was imported."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


@dataclass(frozen=True)
class DelegateEntry:
    """One summoned delegate as the file has them."""

    name: str
    post: str
    unit: str


@dataclass(frozen=True)
class NomineeEntry:
    """One nominee as the file has them; `position` counts from 0."""

    name: str
    birth_year: int | None
    post: str
    position: int


_Entry = TypeVar("_Entry")


class _Reading:
    """One pass over a file: its columns, and the faults found so far."""

    def __init__(self, data: bytes, required: Sequence[str]) -> None:
        rows = read_table(data)
        self.faults: list[Fault] = []
        self.columns, self.rows = _split_at_header(rows)
        missing = [title for title in required if title not in self.columns]
        if missing:
            raise FaultsError([Fault(0, name, "column_missing") for name in missing])
        if not self.rows:
            raise FaultsError([Fault(0, NAME, "no_rows")])

    def text(self, row: Row, column: str, limit: int) -> str:
        place = self.columns.get(column)
        found = "" if place is None or place >= len(row.cells) else row.cells[place]
        if len(found) > limit:
            self.fault(row, column, "too_long", limit=limit)
        if not is_printable(found):
            self.fault(row, column, "not_printable")
        return found

    def name(self, row: Row) -> str:
        found = self.text(row, NAME, MAX_NAME)
        if not any(character.isalpha() for character in found):
            self.fault(row, NAME, "name_missing")
        return found

    def fault(self, row: Row, column: str, code: str, **numbers: object) -> None:
        self.faults.append(Fault(row.number, column, code, numbers))

    def entries(
        self, make: Callable[[Row], _Entry], key: Callable[[_Entry], object]
    ) -> list[_Entry]:
        """Make an entry of every row, refusing repeated ones.

        Raises:
            FaultsError: with all faults of the file.
        """
        seen: dict[object, int] = {}
        found = []
        for row in self.rows:
            entry = make(row)
            first = seen.setdefault(key(entry), row.number)
            if first != row.number:
                self.fault(row, NAME, "repeated", first=first)
            found.append(entry)
        if self.faults:
            raise FaultsError(self.faults)
        return found


def read_delegates(data: bytes) -> list[DelegateEntry]:
    """Return the delegates of a file.

    Raises:
        TableError: the file cannot be read at all.
        FaultsError: some rows or columns are faulty, each named.
    """
    reading = _Reading(data, [NAME])

    def make(row: Row) -> DelegateEntry:
        return DelegateEntry(
            name=reading.name(row),
            post=reading.text(row, POST, MAX_TEXT),
            unit=reading.text(row, UNIT, MAX_TEXT),
        )

    return reading.entries(make, lambda e: (fold(e.name), fold(e.post), fold(e.unit)))


def read_nominees(data: bytes, positions: Sequence[str]) -> list[NomineeEntry]:
    """Return the nominees of a file for these positions.

    The column of the position may be missing where there is only one.

    Raises:
        TableError: the file cannot be read at all.
        FaultsError: some rows or columns are faulty, each named.
    """
    reading = _Reading(data, [NAME] if len(positions) == 1 else [NAME, PLANNED])

    def make(row: Row) -> NomineeEntry:
        return NomineeEntry(
            name=reading.name(row),
            birth_year=_birth_year(reading, row),
            post=", ".join(_post_and_unit(reading, row)),
            position=_position(reading, row, positions),
        )

    return reading.entries(
        make, lambda e: (e.position, fold(e.name), e.birth_year, fold(e.post))
    )


def _post_and_unit(reading: _Reading, row: Row) -> Iterator[str]:
    for column in (POST, UNIT):
        if found := reading.text(row, column, MAX_TEXT // 2):
            yield found


def _birth_year(reading: _Reading, row: Row) -> int | None:
    found = reading.text(row, BIRTH, MAX_NAME)
    if not found:
        return None
    match = _YEAR.fullmatch(found)
    if match is None or int(match[1]) not in _YEARS:
        reading.fault(row, BIRTH, "year_wrong")
        return None
    return int(match[1])


def _position(reading: _Reading, row: Row, positions: Sequence[str]) -> int:
    found = fold(reading.text(row, PLANNED, MAX_TEXT))
    if not found and len(positions) == 1:
        return 0
    known = [fold(title) for title in positions]
    if found in known:
        return known.index(found)
    reading.fault(row, PLANNED, "position_unknown" if found else "position_missing")
    return 0


def _split_at_header(rows: Sequence[Row]) -> tuple[dict[str, int], list[Row]]:
    """Find the header: the first row that has the name's column.

    Raises:
        FaultsError: there is none, or it has a column twice.
    """
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        titles = [_COLUMN.get(fold(cell)) for cell in row.cells]
        if NAME in titles:
            return _columns(row, titles), [*_without_numbering(rows[index + 1 :])]
    raise FaultsError([Fault(0, NAME, "column_missing")])


def _columns(row: Row, titles: Sequence[str | None]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, title in enumerate(titles):
        if title in columns:
            raise FaultsError([Fault(row.number, title, "column_twice")])
        if title is not None:
            columns[title] = place
    return columns


def _without_numbering(rows: Sequence[Row]) -> Iterator[Row]:
    """Leave out a row that only numbers the columns: (1) (2) (3)."""
    for index, row in enumerate(rows):
        digits = [cell.strip("()") for cell in row.cells if cell]
        numbering = [str(n) for n in range(1, len(digits) + 1)]
        if index == 0 and len(digits) > 1 and digits == numbering:
            continue
        yield row
