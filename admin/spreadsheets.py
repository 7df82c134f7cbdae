"""Lists of people out of the office's spreadsheets: delegates, nominees. Pure.

Every fault is named with its row and its column; if there is one, nothing is
imported (`admin/sheets.py`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from admin.births import YEARS
from admin.names import fold
from admin.sheets import HALF_TEXT, MAX_NAME, MAX_TEXT, NAME, Sheet, Titles
from admin.tables import Row

POST = "Chức vụ"
UNIT = "Đơn vị"
BIRTH = "Năm sinh"
PLANNED = "Chức danh quy hoạch"
NUMBER = "STT"

NAME_ALIASES = ("ho ten", "ho va ten dem", "full name", "name")
POST_ALIASES = ("chuc vu hien nay", "chuc vu don vi", "chuc danh", "post")
UNIT_ALIASES = ("co quan", "co quan don vi", "don vi cong tac", "unit")
_TITLES = Titles(
    {
        NAME: NAME_ALIASES,
        POST: POST_ALIASES,
        UNIT: UNIT_ALIASES,
        BIRTH: ("ngay sinh", "sinh nam", "ngay thang nam sinh", "birth year"),
        PLANNED: ("vi tri quy hoach", "quy hoach", "position"),
    }
)
_YEAR = re.compile(r"(?:[0-9]{1,2}[/.-]){0,2}([0-9]{4})")


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
    row: int


def read_delegates(data: bytes) -> list[DelegateEntry]:
    """Return the delegates of a file.

    Raises:
        TableError: the file cannot be read at all.
        FaultsError: some rows or columns are faulty, each named.
    """
    sheet = Sheet(data, _TITLES, [NAME])

    def make(row: Row) -> DelegateEntry:
        return DelegateEntry(
            name=sheet.name(row),
            post=sheet.text(row, POST, MAX_TEXT),
            unit=sheet.text(row, UNIT, MAX_TEXT),
        )

    return sheet.entries(make, lambda e: (fold(e.name), fold(e.post), fold(e.unit)))


def read_nominees(
    data: bytes, positions: Sequence[tuple[str, str]]
) -> list[NomineeEntry]:
    """Return the nominees of a file for these positions, each a title and a term.

    The column of the position may be missing where there is only one.

    Raises:
        TableError: the file cannot be read at all.
        FaultsError: some rows or columns are faulty, each named.
    """
    required = [NAME] if len(positions) == 1 else [NAME, PLANNED]
    sheet = Sheet(data, _TITLES, required)
    known = _known(positions)

    def make(row: Row) -> NomineeEntry:
        return NomineeEntry(
            name=sheet.name(row),
            birth_year=_birth_year(sheet, row),
            post=", ".join(_post_and_unit(sheet, row)),
            position=_position(sheet, row, known, len(positions)),
            row=row.number,
        )

    return sheet.entries(
        make, lambda e: (e.position, fold(e.name), e.birth_year, fold(e.post))
    )


def _known(positions: Sequence[tuple[str, str]]) -> dict[str, list[int]]:
    """Return which positions each wording may mean: title, with term, or number."""
    known: dict[str, list[int]] = {}
    for place, (title, term) in enumerate(positions):
        for words in {fold(title), fold(f"{title} {term}"), str(place + 1)}:
            known.setdefault(words, []).append(place)
    return known


def _post_and_unit(sheet: Sheet, row: Row) -> Iterator[str]:
    for column in (POST, UNIT):
        if found := sheet.text(row, column, HALF_TEXT):
            yield found


def _birth_year(sheet: Sheet, row: Row) -> int | None:
    found = sheet.text(row, BIRTH, MAX_NAME)
    if not found:
        return None
    match = _YEAR.fullmatch(found)
    if match is None or int(match[1]) not in YEARS:
        sheet.fault(row, BIRTH, "year_wrong")
        return None
    return int(match[1])


def _position(
    sheet: Sheet, row: Row, known: Mapping[str, Sequence[int]], size: int
) -> int:
    found = fold(sheet.text(row, PLANNED, MAX_TEXT))
    if not found and size == 1:
        return 0
    meant = known.get(found, ())
    if len(meant) == 1:
        return meant[0]
    code = "position_unclear" if meant else "position_unknown"
    sheet.fault(row, PLANNED, code if found else "position_missing")
    return 0
