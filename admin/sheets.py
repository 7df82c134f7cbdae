"""Sheets of people: the header with its columns, the rows below it, faults. Pure.

Every fault is named with its row and its column; if there is one, nothing is
imported. What a fault means is in the catalogue under ``import.<code>``.

A header may have two rows, as the office's lists do: "Ngày vào Đảng" above "Dự bị"
and "Chính thức". Both are read as one title: "Ngày vào Đảng Dự bị".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, repeat
from typing import TypeVar

from admin.names import fold, is_printable
from admin.tables import MAX_ROWS, Row, read_table

MAX_NAME = 120
MAX_TEXT = 300
HALF_TEXT = MAX_TEXT // 2 - 1  # post and unit with ", " between are one text
NAME = "Họ và tên"
_NUMBERS = ("stt", "tt", "so tt", "no")
_HEADER_WITHIN = 15  # rows of titles that may stand above the header


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


class Titles:
    """What the columns of a kind of sheet may be called.

    `more` knows the titles that cannot be listed, such as those with a year.
    """

    def __init__(
        self,
        aliases: Mapping[str, Iterable[str]],
        more: Callable[[str], str | None] = lambda _title: None,
    ) -> None:
        self._column = {
            fold(alias): title
            for title, names in aliases.items()
            for alias in (title, *names)
        }
        self._more = more

    def of(self, title: str) -> str | None:
        """Return the column that a title means, or nothing."""
        folded = fold(title)
        return self._column.get(folded) or self._more(folded)

    def is_number(self, title: str) -> bool:
        """Say whether a column only numbers the rows."""
        return fold(title) in _NUMBERS

    def below(self, group: str, title: str) -> str | None:
        """Return the column that a title in a header's second row means."""
        return self.of(f"{group} {title}") or self._column.get(fold(title))


_Entry = TypeVar("_Entry")


class Sheet:
    """One pass over a file: its columns, its rows, and the faults found so far.

    `ignored` are the titles that mean nothing to us: whoever misspelt one is told.
    """

    def __init__(
        self,
        data: bytes,
        titles: Titles,
        required: Sequence[str],
        max_rows: int = MAX_ROWS,
    ) -> None:
        """Read a file up to its rows of people.

        Raises:
            TableError: the file cannot be read at all.
            FaultsError: its header is faulty, or nothing stands below it.
        """
        rows = read_table(data, max_rows)
        self.faults: list[Fault] = []
        self.columns, self.ignored, self.rows = _split_at_header(rows, titles)
        missing = [title for title in required if title not in self.columns]
        if missing:
            raise FaultsError([Fault(0, name, "column_missing") for name in missing])
        if not self.rows:
            raise FaultsError([Fault(0, NAME, "no_rows")])

    def has(self, column: str) -> bool:
        """Say whether the file has this column."""
        return column in self.columns

    def text(self, row: Row, column: str, limit: int) -> str:
        """Return what stands in a cell, "" if nothing does."""
        place = self.columns.get(column)
        found = "" if place is None or place >= len(row.cells) else row.cells[place]
        if len(found) > limit:
            self.fault(row, column, "too_long", limit=limit)
        if not is_printable(found):
            self.fault(row, column, "not_printable")
        return found

    def name(self, row: Row) -> str:
        """Return the name in a row; without a letter it is none."""
        found = self.text(row, NAME, MAX_NAME)
        if not any(character.isalpha() for character in found):
            self.fault(row, NAME, "name_missing")
        return found

    def fault(self, row: Row, column: str, code: str, **numbers: object) -> None:
        """Note a fault."""
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
        self.expect_clean()
        return found

    def expect_clean(self) -> None:
        """Refuse a file in which faults were found.

        Raises:
            FaultsError: with all of them, in the order of the rows.
        """
        if self.faults:
            raise FaultsError(sorted(self.faults, key=lambda fault: fault.row))


def _split_at_header(
    rows: Sequence[Row], titles: Titles
) -> tuple[dict[str, int], list[str], list[Row]]:
    """Find the header: the first row that has the name's column.

    Raises:
        FaultsError: there is none, or it has a column twice.
    """
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        found = [titles.of(cell) for cell in row.cells]
        if NAME not in found:
            continue
        below = _second_row(row, found, rows[index + 1 : index + 2], titles)
        meant = below or found
        ignored = [
            cell
            for cell, title in zip(row.cells, meant, strict=False)
            if cell and title is None and not titles.is_number(cell)
        ]
        rest = rows[index + 1 + bool(below) :]
        return _columns(row, meant), ignored, [*_without_numbering(rest)]
    raise FaultsError([Fault(0, NAME, "column_missing")])


def _second_row(
    row: Row, found: Sequence[str | None], following: Sequence[Row], titles: Titles
) -> list[str | None]:
    """Return the columns of a header of two rows; nothing if it has only one.

    A second row leaves the name's column empty, and every word of it is a title.
    """
    if not following:
        return []
    width = max(len(row.cells), len(following[0].cells))
    upper = _padded(row.cells, width)
    lower = _padded(following[0].cells, width)
    if lower[found.index(NAME)] or not any(lower):
        return []
    both, group = _padded(found, width), ""
    for place, title in enumerate(lower):
        group = upper[place] or group
        if not title:
            continue
        both[place] = titles.below(group, title)
        if both[place] is None:
            return []
    return both


def _padded(cells: Iterable[str | None], width: int) -> list[str | None]:
    return [*islice(chain(cells, repeat(None)), width)]


def _columns(row: Row, titles: Sequence[str | None]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, title in enumerate(titles):
        if title in columns:
            raise FaultsError([Fault(row.number, title, "column_twice")])
        if title:
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
