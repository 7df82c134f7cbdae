"""The register of people as a spreadsheet: what the office sends, what it gets. Pure.

What is exported is what is imported: the same titles, the same values. A column that
stands in a file replaces what the register has; one that does not leaves it alone.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from admin.births import Birth, DateError, read_birth, read_day
from admin.names import fold, spoken
from admin.sheet_templates import write_table
from admin.sheets import (
    HALF_TEXT,
    MAX_TEXT,
    NAME,
    Fault,
    FaultsError,
    Sheet,
    Titles,
)
from admin.spreadsheets import (
    NAME_ALIASES,
    NUMBER,
    POST,
    POST_ALIASES,
    UNIT,
    UNIT_ALIASES,
)
from admin.tables import Row

MAX_PEOPLE = 20_000  # rows; a province's register has about 5000
MAX_SHORT = 120
MAX_ROLES = 30
FEMALE, MALE = "female", "male"
SEXES = {FEMALE: "Nữ", MALE: "Nam"}

BIRTH = "Ngày sinh"
SEX = "Giới tính"
ETHNICITY = "Dân tộc"
HOME = "Quê quán"
JOINED = "Ngày vào Đảng (dự bị)"
OFFICIAL = "Ngày vào Đảng (chính thức)"
PROFESSION = "Trình độ chuyên môn"
THEORY = "Lý luận chính trị"
MANAGEMENT = "Quản lý nhà nước"
LANGUAGES = "Ngoại ngữ"
COMPUTING = "Tin học"
GRADE = "Xếp loại"  # followed by the year
ROLES = "Thành phần"
NOTE = "Ghi chú"
_BORN = {"Ngày sinh (nam)": MALE, "Ngày sinh (nữ)": FEMALE}

TEXTS = {  # column -> field of the person, most characters
    ETHNICITY: ("ethnicity", 60),
    HOME: ("home", MAX_TEXT),
    POST: ("post", HALF_TEXT),
    UNIT: ("unit", HALF_TEXT),
    PROFESSION: ("profession", MAX_TEXT),
    THEORY: ("theory", MAX_SHORT),
    MANAGEMENT: ("management", MAX_SHORT),
    LANGUAGES: ("languages", MAX_SHORT),
    COMPUTING: ("computing", MAX_SHORT),
    NOTE: ("note", MAX_TEXT),
}
_TITLE = "Danh sách cán bộ"
_DAYS = {JOINED: "party_joined", OFFICIAL: "party_official"}
_BIRTH_WORDS = ("Ngày sinh", "Năm sinh", "Ngày tháng năm sinh", "Ngày, năm sinh")
_QUALIFIED = ("", "Trình độ ", "Trình độ đào tạo ")

_ALIASES: dict[str, tuple[str, ...]] = {
    NAME: NAME_ALIASES,
    POST: (*POST_ALIASES, "Chức vụ, chức danh", "Chức vụ chức danh hiện nay"),
    UNIT: (*UNIT_ALIASES, "Đơn vị công tác hiện nay", "Nơi công tác"),
    BIRTH: (*_BIRTH_WORDS, "Ngày tháng năm sinh", "Sinh năm", "Birth date"),
    "Ngày sinh (nam)": tuple(f"{words} nam" for words in _BIRTH_WORDS),
    "Ngày sinh (nữ)": tuple(f"{words} nữ" for words in _BIRTH_WORDS),
    SEX: ("Giới", "Nam/Nữ", "Nam, nữ", "Sex"),
    ETHNICITY: ("Thành phần dân tộc", "Ethnicity"),
    HOME: ("Quê", "Nguyên quán", "Home"),
    JOINED: ("Ngày vào Đảng", "Vào Đảng", "Vào Đảng dự bị", "Ngày dự bị", "Dự bị"),
    OFFICIAL: ("Vào Đảng chính thức", "Ngày chính thức", "Chính thức"),
    PROFESSION: (*(f"{words}chuyên môn" for words in _QUALIFIED), "Profession"),
    THEORY: tuple(
        f"{words}{name}"
        for words in _QUALIFIED
        for name in ("LLCT", "lý luận chính trị", "lý luận", "chính trị")
    ),
    MANAGEMENT: tuple(
        f"{words}{name}" for words in _QUALIFIED for name in ("QLNN", MANAGEMENT)
    ),
    LANGUAGES: tuple(f"{words}ngoại ngữ" for words in _QUALIFIED),
    COMPUTING: tuple(f"{words}tin học" for words in _QUALIFIED),
    ROLES: ("Thành phần hội nghị", "Thành phần triệu tập", "Vai trò", "Roles"),
    NOTE: ("Note",),
}
_GRADED = re.compile(
    r"(?:(?:ket qua )?(?:danh gia|xep loai|phan loai|evaluation)\b.* |nam )?"
    r"((?:19|20)[0-9]{2})"
)
_GRADE_COLUMN = re.compile(f"{GRADE} ([0-9]{{4}})")


_UNKNOWN = Birth(0)  # a fault was noted: nobody sees such an entry


def _grade_column(folded: str) -> str | None:
    match = _GRADED.fullmatch(folded)
    return f"{GRADE} {match[1]}" if match else None


_TITLES = Titles(_ALIASES, _grade_column)


class Named(Protocol):
    """Whoever has a name and a birth."""

    @property
    def name(self) -> str: ...

    @property
    def birth(self) -> Birth: ...


def is_one(this: Named, other: Named) -> bool:
    """Say whether two entries of one folded name cannot be told apart.

    Only the day of birth tells them apart for sure; then the spelling may.
    """
    if not this.birth.may_be(other.birth):
        return False
    both = this.birth.day is not None and other.birth.day is not None
    return not both or spoken(this.name) == spoken(other.name)


@dataclass(frozen=True)
class PersonEntry:
    """One person as the file has them; `fields` are those that the file names.

    `evaluations` maps the years of the file to grades, "" where a cell is empty.
    """

    row: int
    name: str
    birth: Birth
    fields: dict[str, object]
    roles: tuple[str, ...] | None
    evaluations: dict[str, str]


@dataclass(frozen=True)
class PeopleSheet:
    """What a file says; `ignored` are titles of columns that nobody understood."""

    entries: tuple[PersonEntry, ...]
    ignored: tuple[str, ...]


def read_people(data: bytes) -> PeopleSheet:
    """Return the people of a file.

    Raises:
        TableError: the file cannot be read at all.
        FaultsError: some rows or columns are faulty, each named.
    """
    sheet = Sheet(data, _TITLES, [NAME], MAX_PEOPLE)
    if not any(sheet.has(column) for column in (BIRTH, *_BORN)):
        raise FaultsError([Fault(0, BIRTH, "column_missing")])
    entries = [_entry(sheet, row) for row in sheet.rows]
    _check_namesakes(sheet, entries)
    sheet.expect_clean()
    return PeopleSheet(tuple(entries), tuple(sheet.ignored))


def split_roles(text: str) -> tuple[str, ...]:
    """Return the labels in a text, each once: "Trưởng phòng; Cấp uỷ viên"."""
    found: dict[str, str] = {}
    for label in text.split(";"):
        if label.strip():
            found.setdefault(fold(label), label.strip())
    return tuple(found.values())


def read_sex(text: str) -> str:
    """Return which sex a word means, "" for none.

    Raises:
        KeyError: it is no such word.
    """
    return {"": "", "nam": MALE, "nu": FEMALE, MALE: MALE, FEMALE: FEMALE}[fold(text)]


def people_template(today: date) -> bytes:
    """Return the empty register with the last three years that were evaluated."""
    return write_table(_TITLE, columns(recent_years(today)), [])


def recent_years(today: date) -> list[str]:
    """Return the last three years that were evaluated."""
    return [str(today.year - back) for back in (3, 2, 1)]


def graded(evaluations: Mapping[str, str]) -> dict[str, str]:
    """Return grades by the titles of their columns."""
    return {f"{GRADE} {year}": grade for year, grade in evaluations.items()}


def columns(years: Sequence[str]) -> tuple[str, ...]:
    """Return the titles of the register, with evaluations of these years."""
    before = (NUMBER, NAME, BIRTH, SEX, ETHNICITY, HOME, JOINED, OFFICIAL, POST, UNIT)
    qualifications = (PROFESSION, THEORY, MANAGEMENT, LANGUAGES, COMPUTING)
    grades = graded(dict.fromkeys(years, ""))
    return (*before, *qualifications, *grades, ROLES, NOTE)


def write_people(people: Sequence[Mapping[str, object]], years: Sequence[str]) -> bytes:
    """Return the register as a workbook; each person by column title."""
    titles = columns(years)
    rows = [
        [number, *(person.get(title, "") for title in titles[1:])]
        for number, person in enumerate(people, 1)
    ]
    return write_table(_TITLE, titles, rows)


def _entry(sheet: Sheet, row: Row) -> PersonEntry:
    name = sheet.name(row)
    birth, sex = _birth(sheet, row)
    fields: dict[str, object] = {
        field: sheet.text(row, column, limit)
        for column, (field, limit) in TEXTS.items()
        if sheet.has(column)
    }
    fields |= {
        field: _read(sheet, row, column, read_day)
        for column, field in _DAYS.items()
        if sheet.has(column)
    }
    _check_party(sheet, row, fields)
    if sheet.has(SEX) or sex:
        fields["sex"] = _sex(sheet, row) or sex
    return PersonEntry(
        row=row.number,
        name=name,
        birth=birth or _UNKNOWN,
        fields=fields,
        roles=_roles(sheet, row) if sheet.has(ROLES) else None,
        evaluations=_evaluations(sheet, row),
    )


def _birth(sheet: Sheet, row: Row) -> tuple[Birth | None, str]:
    """Return the birth, and the sex where the column says it."""
    filled = [c for c in (BIRTH, *_BORN) if sheet.text(row, c, MAX_SHORT)]
    if not filled:
        column = BIRTH if sheet.has(BIRTH) else next(c for c in _BORN if sheet.has(c))
        sheet.fault(row, column, "birth_missing")
        return None, ""
    if len(filled) > 1:
        sheet.fault(row, filled[1], "birth_twice")
    return _read(sheet, row, filled[0], read_birth), _BORN.get(filled[0], "")


_Read = TypeVar("_Read")


def _read(
    sheet: Sheet, row: Row, column: str, read: Callable[[str], _Read]
) -> _Read | None:
    found = sheet.text(row, column, MAX_SHORT)
    if not found:
        return None
    try:
        return read(found)
    except DateError as error:
        sheet.fault(row, column, error.code, found=found)
        return None


def _check_party(sheet: Sheet, row: Row, fields: Mapping[str, object]) -> None:
    joined, official = fields.get("party_joined"), fields.get("party_official")
    if isinstance(joined, date) and isinstance(official, date) and official < joined:
        sheet.fault(row, OFFICIAL, "party_order")


def _sex(sheet: Sheet, row: Row) -> str:
    try:
        return read_sex(sheet.text(row, SEX, MAX_SHORT))
    except KeyError:
        sheet.fault(row, SEX, "sex_wrong")
        return ""


def _roles(sheet: Sheet, row: Row) -> tuple[str, ...]:
    found = split_roles(sheet.text(row, ROLES, MAX_ROLES * MAX_SHORT))
    if len(found) > MAX_ROLES:
        sheet.fault(row, ROLES, "roles_many", limit=MAX_ROLES)
    if any(len(label) > MAX_SHORT for label in found):
        sheet.fault(row, ROLES, "role_long", limit=MAX_SHORT)
    return found


def _evaluations(sheet: Sheet, row: Row) -> dict[str, str]:
    found = ((column, _GRADE_COLUMN.fullmatch(column)) for column in sheet.columns)
    return {
        match[1]: sheet.text(row, column, MAX_SHORT) for column, match in found if match
    }


def _check_namesakes(sheet: Sheet, entries: Sequence[PersonEntry]) -> None:
    """Refuse rows of one name that nothing tells apart: the day of birth must."""
    seen: dict[str, list[PersonEntry]] = {}
    for row, entry in zip(sheet.rows, entries, strict=True):
        if entry.birth == _UNKNOWN:
            continue
        earlier = seen.setdefault(fold(entry.name), [])
        for other in earlier:
            if is_one(entry, other):
                both = entry.birth.day and other.birth.day
                code = "repeated" if both else "birth_date_needed"
                sheet.fault(row, NAME if both else BIRTH, code, first=other.row)
                break
        earlier.append(entry)
