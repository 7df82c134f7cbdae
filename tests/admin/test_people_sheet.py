"""The register as a spreadsheet: what offices send, every fault by row and column."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from admin.births import Birth, DateError, read_birth, read_day
from admin.names import fold, is_printable, spoken, tidy
from admin.people_sheet import (
    BIRTH,
    FEMALE,
    GRADE,
    MALE,
    MAX_ROLES,
    OFFICIAL,
    ROLES,
    SEX,
    columns,
    people_template,
    read_people,
    split_roles,
    write_people,
)
from admin.sheets import NAME, FaultsError
from admin.spreadsheets import NUMBER, POST, UNIT
from admin.tables import TableError
from tests.admin.sample import sheet

TODAY = date(2026, 11, 21)


def book(*rows: tuple[object, ...], merged: tuple[str, ...] = ()) -> bytes:
    """Write rows as Excel would, dates as dates."""
    made = Workbook()
    page = made.worksheets[0]
    for row in rows:
        page.append(list(row))
    for cells in merged:
        page.merge_cells(cells)
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def faults_of(data: bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(FaultsError) as caught:
        read_people(data)
    return [(fault.row, fault.column, fault.code) for fault in caught.value.faults]


def test_the_template_has_the_last_three_years() -> None:
    rows = load_workbook(io.BytesIO(people_template(TODAY))).worksheets[0].values

    assert next(iter(rows)) == columns(["2023", "2024", "2025"])


def test_a_filled_in_row_is_read_whole() -> None:
    header = columns(["2024", "2025"])
    filled = dict.fromkeys(header, "") | {
        NUMBER: 1,
        NAME: " Lê  Mẫu\nAn ",
        BIRTH: datetime(1979, 3, 18),  # noqa: DTZ001 - Excel's dates have no zone
        SEX: "nữ",
        OFFICIAL: "03.02.2001",
        POST: "Chánh Văn phòng",
        f"{GRADE} 2025": "Hoàn thành tốt nhiệm vụ",
        ROLES: "Trưởng phòng; Uỷ viên BCH ; Ủy viên BCH",
    }
    (entry,) = read_people(book(header, tuple(filled.values()))).entries

    assert (entry.name, entry.birth) == ("Lê Mẫu An", Birth(1979, date(1979, 3, 18)))
    assert entry.fields["sex"] == FEMALE
    assert entry.fields["party_official"] == date(2001, 2, 3)
    assert entry.fields["party_joined"] is None
    assert entry.fields["post"] == "Chánh Văn phòng"
    assert entry.evaluations == {"2024": "", "2025": "Hoàn thành tốt nhiệm vụ"}
    assert entry.roles == ("Trưởng phòng", "Uỷ viên BCH")


def test_a_column_that_is_not_in_the_file_says_nothing() -> None:
    (entry,) = read_people(sheet((NAME, "Năm sinh"), [("Lê Mẫu An", 1979)])).entries

    assert entry.fields == {}
    assert entry.roles is None
    assert entry.evaluations == {}


def test_a_header_of_two_rows_as_the_office_prints_it() -> None:
    """DOMAIN.md C.5: born (men, women), joined (both days), qualifications, grades."""
    data = book(
        ("TỈNH UỶ MẪU",),
        ("DANH SÁCH TRÍCH NGANG",),
        (
            *("TT", "Họ và tên", "Ngày, tháng, năm sinh", None, "Quê quán"),
            *("Ngày vào Đảng", None, "Trình độ", None, "Xếp loại 3 năm gần nhất", None),
        ),
        (
            *(None, None, "Nam", "Nữ", None, "Dự bị", "Chính thức"),
            *("Chuyên môn", "LLCT", 2024, "Năm 2025"),
        ),
        tuple(f"({n})" for n in range(1, 12)),
        (1, "Lê Mẫu An", "18/3/1979", None, "Thử", None, None, "Đại học", "Cao cấp"),
        (2, "Vũ Mẫu Bình", None, 1982, "Thử", date(2004, 5, 1), date(2005, 5, 1)),
        merged=("C3:D3", "F3:G3", "H3:I3", "J3:K3", "B3:B4"),
    )
    first, second = read_people(data).entries

    assert (first.birth.day, first.fields["sex"]) == (date(1979, 3, 18), MALE)
    assert (second.birth, second.fields["sex"]) == (Birth(1982), FEMALE)
    assert (first.fields["profession"], first.fields["theory"]) == (
        "Đại học",
        "Cao cấp",
    )
    assert second.fields["party_official"] == date(2005, 5, 1)
    assert first.evaluations == {"2024": "", "2025": ""}


BIRTHS: dict[str, tuple[object, Birth]] = {
    "year": (1979, Birth(1979)),
    "year as text": ("1979", Birth(1979)),
    "year as a fraction": (1979.0, Birth(1979)),
    "day": ("18/03/1979", Birth(1979, date(1979, 3, 18))),
    "short day": ("8/3/1979", Birth(1979, date(1979, 3, 8))),
    "dots": ("18.03.1979", Birth(1979, date(1979, 3, 18))),
    "dashes": ("18-03-1979", Birth(1979, date(1979, 3, 18))),
    "iso": ("1979-03-18", Birth(1979, date(1979, 3, 18))),
    "excel's date": (date(1979, 3, 18), Birth(1979, date(1979, 3, 18))),
    "excel's time": (datetime(1979, 3, 18), Birth(1979, date(1979, 3, 18))),  # noqa: DTZ001
}


@pytest.mark.parametrize("case", BIRTHS.values(), ids=BIRTHS.keys())
def test_births_as_they_are_written(case: tuple[object, Birth]) -> None:
    written, birth = case
    data = book((NAME, "Ngày sinh"), ("Lê Mẫu An", written))

    assert read_people(data).entries[0].birth == birth


WRONG_BIRTHS = {
    "words": ("không rõ", "birth_wrong"),
    "two digits": ("18/03/79", "birth_wrong"),
    "month and year": ("03/1979", "birth_wrong"),
    "american": ("03/18/1979", "birth_wrong"),
    "no such day": ("30/02/1979", "birth_wrong"),
    "long ago": ("1879", "birth_wrong"),
    "number of a day": ("28932", "date_serial"),
}


@pytest.mark.parametrize("case", WRONG_BIRTHS.values(), ids=WRONG_BIRTHS.keys())
def test_births_that_nobody_can_be_sure_of(case: tuple[str, str]) -> None:
    written, code = case

    assert faults_of(sheet((NAME, BIRTH), [("Lê Mẫu An", written)])) == [
        (2, BIRTH, code)
    ]
    with pytest.raises(DateError):
        read_birth(written)


def test_a_day_is_not_a_year() -> None:
    with pytest.raises(DateError):
        read_day("1979")


HEADER = (NAME, BIRTH, SEX, OFFICIAL, "Ngày vào Đảng (dự bị)", POST, ROLES, "XL 2025")
GOOD = ("Lê Mẫu An", "1979", "Nam", "01/05/2002", "01/05/2001", "Chuyên viên", "A; B")


def changed(**changes: object) -> tuple[object, ...]:
    names = ("name", "birth", "sex", "official", "joined", "post", "roles")
    return tuple(changes.get(name, value) for name, value in zip(names, GOOD))  # noqa: B905


BAD_ROWS = {
    "no name": (changed(name=""), NAME, "name_missing"),
    "a name without letters": (changed(name="12"), NAME, "name_missing"),
    "a very long name": (changed(name="Lê " * 60), NAME, "too_long"),
    "a hidden sign in a name": (changed(name="Lê\u202e An"), NAME, "not_printable"),
    "no birth": (changed(birth=""), BIRTH, "birth_missing"),
    "no sex we know": (changed(sex="khác thường"), SEX, "sex_wrong"),
    "a party day without its year": (
        changed(official="01/05"),
        OFFICIAL,
        "date_wrong",
    ),
    "official before joined": (
        changed(official="01/05/2000"),
        OFFICIAL,
        "party_order",
    ),
    "a post that fits on no paper": (changed(post="x" * 150), POST, "too_long"),
    "too many roles": (
        changed(roles=";".join(f"vai {n}" for n in range(MAX_ROLES + 1))),
        ROLES,
        "roles_many",
    ),
    "a role as long as a sentence": (changed(roles="x" * 121), ROLES, "role_long"),
}


@pytest.mark.parametrize("case", BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_a_bad_row_is_named_with_its_column(case: tuple[Any, str, str]) -> None:
    row, column, code = case
    good = ("Vũ Mẫu Bình", *GOOD[1:])

    assert faults_of(sheet(HEADER, [good, row])) == [(3, column, code)]


NAMESAKES = {
    "two years": ((1979, 1979), "birth_date_needed"),
    "a day and its year": (("18/03/1979", 1979), "birth_date_needed"),
    "one day": (("18/03/1979", "18/03/1979"), "repeated"),
}


@pytest.mark.parametrize("case", NAMESAKES.values(), ids=NAMESAKES.keys())
def test_namesakes_must_be_told_apart(case: tuple[tuple[object, object], str]) -> None:
    (first, second), code = case
    rows = [("Lê Mẫu An", first), ("Vũ Mẫu Bình", 1979), ("LÊ MẪU AN", second)]
    found = faults_of(sheet((NAME, BIRTH), rows))

    assert [(row, fault) for row, _, fault in found] == [(4, code)]


def test_namesakes_with_two_days_are_two_people() -> None:
    rows = [("Lê Mẫu An", "18/03/1979"), ("Lê Mẫu An", "19/03/1979")]

    assert len(read_people(sheet((NAME, BIRTH), rows)).entries) == 2


def test_sixty_columns_and_more_lose_nothing() -> None:
    noise = [f"Cột {n}" for n in range(60)]
    header = (*noise[:30], NAME, *noise[30:], BIRTH, ROLES)
    row = (*"x" * 30, "Lê Mẫu An", *"y" * 30, "1979", "Trưởng phòng")
    found = read_people(book(header, row))

    assert found.entries[0].roles == ("Trưởng phòng",)
    assert found.ignored == tuple(noise)


def test_columns_beyond_what_is_read_are_not_lost_unseen() -> None:
    header = (NAME, BIRTH, *[""] * 250, ROLES)

    with pytest.raises(TableError, match="file_too_wide"):
        read_people(book(header, ("Lê Mẫu An", 1979, *[""] * 250, "Trưởng phòng")))


BAD_HEADERS = {
    "no name": ((BIRTH, POST), [(0, NAME, "column_missing")]),
    "no birth": ((NAME, POST), [(0, BIRTH, "column_missing")]),
    "a column twice": ((NAME, BIRTH, POST, "Chức danh"), [(1, POST, "column_twice")]),
    "a year twice": (
        (NAME, BIRTH, "Xếp loại 2025", "Đánh giá năm 2025"),
        [(1, "Xếp loại 2025", "column_twice")],
    ),
}


@pytest.mark.parametrize("case", BAD_HEADERS.values(), ids=BAD_HEADERS.keys())
def test_a_bad_header(case: tuple[tuple[str, ...], list[object]]) -> None:
    header, expected = case

    assert faults_of(sheet(header, [("Lê Mẫu An", *"1979")])) == expected


def test_a_misspelt_title_is_told_of() -> None:
    data = sheet((NAME, BIRTH, "Thàng phần"), [("Lê Mẫu An", 1979, "x")])

    assert read_people(data).ignored == ("Thàng phần",)


@given(st.binary(max_size=300))
def test_whatever_comes_is_read_or_refused(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", f"{NAME};{BIRTH}\n".encode()):
        try:
            read_people(start + data)
        except (TableError, FaultsError):
            continue


SPOKEN = {"Hoà": "Hòa", "Uỷ": "Ủy", "THUÝ": "thúy", "Nguyễn  Quỳ": "nguyễn quỳ"}


@pytest.mark.parametrize(("one", "other"), SPOKEN.items())
def test_where_a_tone_stands_is_no_difference(one: str, other: str) -> None:
    assert spoken(one) == spoken(other)


@pytest.mark.parametrize("other", ["Ha", "Hạ", "Hả", "Hã"])
def test_another_tone_is_another_name(other: str) -> None:
    assert spoken("Hà") != spoken(other)
    assert fold("Hà") == fold(other)


WORDS = st.text(max_size=40).map(tidy).filter(is_printable)
NAMES = WORDS.map(lambda word: tidy(f"Lê {word}"))
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
LABELS = st.lists(WORDS.map(lambda word: tidy(word.replace(";", ","))), max_size=4)


@settings(max_examples=40, deadline=None)
@given(
    name=NAMES,
    birth=DAYS | st.integers(1900, 2100),
    joined=DAYS | st.just(""),
    texts=st.tuples(WORDS, WORDS),
    grades=st.dictionaries(st.integers(1990, 2090).map(str), WORDS, max_size=3),
    labels=LABELS,
)
def test_what_is_exported_is_what_is_imported(
    *,
    name: str,
    birth: date | int,
    joined: date | str,
    texts: tuple[str, str],
    grades: dict[str, str],
    labels: list[str],
) -> None:
    post, unit = texts
    roles = split_roles(";".join(labels))
    person: dict[str, object] = {
        NAME: name,
        BIRTH: birth,
        "Ngày vào Đảng (dự bị)": joined,
        POST: post,
        UNIT: unit,
        ROLES: "; ".join(roles),
        **{f"{GRADE} {year}": grade for year, grade in grades.items()},
    }
    (entry,) = read_people(write_people([person], sorted(grades))).entries

    assert entry.name == name
    assert (entry.birth.day or entry.birth.year) == birth
    assert entry.fields["party_joined"] == (joined or None)
    assert (entry.fields["post"], entry.fields["unit"]) == texts
    assert entry.roles == roles
    assert entry.evaluations == grades
