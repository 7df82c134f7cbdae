"""Lists out of spreadsheets: what offices send, and every fault by row and column."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from admin.names import fold, is_printable, tidy
from admin.sheet_templates import (
    DELEGATE_COLUMNS,
    NOMINEE_COLUMNS,
    delegates_template,
    nominees_template,
    write_table,
)
from admin.sheets import FaultsError
from admin.spreadsheets import read_delegates, read_nominees
from admin.tables import MAX_FILE_BYTES, TableError
from tests.admin.neighbours import code_of
from tests.admin.sample import Meeting, delegates_file, sheet

POSITIONS = (("Giám đốc", "2025-2030"), ("Phó Giám đốc", "2025-2030"))


def nominees_sheet(*rows: tuple[object, ...]) -> bytes:
    return write_table("Nhân sự", NOMINEE_COLUMNS, rows)


def faults_of(
    data: bytes, positions: tuple[tuple[str, str], ...] = POSITIONS
) -> list[tuple]:  # type: ignore[type-arg]
    with pytest.raises(FaultsError) as caught:
        read_nominees(data, positions)
    return [(fault.row, fault.column, fault.code) for fault in caught.value.faults]


def test_a_filled_in_template_is_read() -> None:
    book = load_workbook(io.BytesIO(nominees_template()))
    book.worksheets[0].append(
        [1, "Lê  Mẫu\nAn ", 1979, "Chánh Văn phòng", "Sở Mẫu", "phó giám đốc"]
    )
    packed = io.BytesIO()
    book.save(packed)
    (entry,) = read_nominees(packed.getvalue(), POSITIONS)

    assert entry.name == "Lê Mẫu An"
    assert (entry.birth_year, entry.position) == (1979, 1)
    assert entry.post == "Chánh Văn phòng, Sở Mẫu"


def test_the_delegates_template_has_vietnamese_headings() -> None:
    rows = load_workbook(io.BytesIO(delegates_template())).worksheets[0].values

    assert next(iter(rows)) == DELEGATE_COLUMNS


def test_titles_above_the_header_and_numbered_columns_are_passed_over() -> None:
    data = sheet(
        ("SỞ MẪU", "", ""),
        [
            ("DANH SÁCH TRIỆU TẬP", "", ""),
            ("TT", "HỌ VÀ TÊN", "CHỨC VỤ"),
            ("(1)", "(2)", "(3)"),
            (1, "Đỗ Mẫu Hà", "Trưởng phòng"),
        ],
    )

    assert [entry.name for entry in read_delegates(data)] == ["Đỗ Mẫu Hà"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_as_excel_saves_it(mark: bytes, separator: str) -> None:
    text = f"STT{separator}Họ và tên\n1{separator}Ngô Mẫu Ý\n"

    assert read_delegates(mark + text.encode())[0].name == "Ngô Mẫu Ý"


def test_every_faulty_row_is_named_with_its_column() -> None:
    data = nominees_sheet(
        (1, "Lê Mẫu An", 1979, "Phòng A", "", "Giám đốc"),
        (2, "", 1980, "Phòng B", "", "Giám đốc"),
        (3, "Vũ Mẫu Bình", "không rõ", "Phòng C", "", "Giám đốc"),
        (4, "Hồ Mẫu Chi", 1981, "Phòng D", "", "Thủ quỹ"),
        (5, "Hồ Mẫu Dung", 1981, "Phòng D", "", ""),
        (6, "le mau an", 1979, "phòng a", "", "giám đốc"),
        (7, "Mai Mẫu Én", 3000, "x" * 151, "", "Giám đốc"),
    )

    assert faults_of(data) == [
        (3, "Họ và tên", "name_missing"),
        (4, "Năm sinh", "year_wrong"),
        (5, "Chức danh quy hoạch", "position_unknown"),
        (6, "Chức danh quy hoạch", "position_missing"),
        (7, "Họ và tên", "repeated"),
        (8, "Năm sinh", "year_wrong"),
        (8, "Chức vụ", "too_long"),
    ]


def test_the_same_name_with_another_birth_year_is_another_person() -> None:
    data = nominees_sheet(
        (1, "Lê Mẫu An", 1979, "Phòng A", "", "Giám đốc"),
        (2, "Lê Mẫu An", 1985, "Phòng A", "", "Giám đốc"),
    )

    assert len(read_nominees(data, POSITIONS)) == 2


TWO_TERMS = (("Giám đốc", "2025-2030"), ("Giám đốc", "2026-2031"))


def test_the_term_or_the_number_tells_positions_of_one_title_apart() -> None:
    data = nominees_sheet(
        (1, "Lê Mẫu An", 1979, "Phòng A", "", "Giám đốc 2026–2031"),
        (2, "Lê Mẫu Bình", 1979, "Phòng A", "", 1),
    )

    found = [entry.position for entry in read_nominees(data, TWO_TERMS)]
    assert found == [1, 0]


def test_a_title_that_may_mean_two_positions_is_a_fault() -> None:
    data = nominees_sheet((1, "Lê Mẫu An", 1979, "Phòng A", "", "Giám đốc"))

    assert faults_of(data, TWO_TERMS) == [
        (2, "Chức danh quy hoạch", "position_unclear")
    ]


def test_control_characters_do_not_reach_the_paper() -> None:
    data = sheet(("Họ và tên",), [("Lê Mẫu\u202eAn",)])

    with pytest.raises(FaultsError) as caught:
        read_delegates(data)
    assert caught.value.faults[0].code == "not_printable"


HEADERS = {
    "no name": (("STT", "Chức vụ"), [(0, "Họ và tên", "column_missing")]),
    "twice": (("Họ và tên", "Họ tên"), [(1, "Họ và tên", "column_twice")]),
    "no position": (("Họ và tên",), [(0, "Chức danh quy hoạch", "column_missing")]),
}


@pytest.mark.parametrize("case", HEADERS.values(), ids=HEADERS.keys())
def test_a_faulty_header(case: tuple[tuple[str, ...], list[object]]) -> None:
    header, expected = case

    assert faults_of(sheet(header, [tuple("ab"[: len(header)])])) == expected


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (60 * 1024 * 1024))
    return packed.getvalue()


UNREADABLE = {
    "empty": (b"", "file_empty"),
    "not text": (b"\xff\xfe\x00", "file_unreadable"),
    "zeros": (b"a\0b", "file_unreadable"),
    "broken zip": (b"PK\x03\x04 and no more", "file_unreadable"),
    "a zip of nothing": (b"PK\x05\x06" + bytes(18), "file_unreadable"),
    "too large": (b"a" * (MAX_FILE_BYTES + 1), "file_too_large"),
    "swells": (bomb(), "file_too_large"),
    "too long": (b"x\n" * 5001, "file_too_long"),
    "too wide": (b"," * 200 + b"x", "file_too_wide"),
}


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_an_unreadable_file(case: tuple[bytes, str]) -> None:
    data, code = case
    with pytest.raises((TableError, FaultsError)) as caught:
        read_delegates(data)
    assert getattr(caught.value, "code", "") == code


@given(st.binary(max_size=300))
def test_whatever_comes_is_read_or_refused(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04"):
        try:
            read_delegates(start + data)
        except (TableError, FaultsError):
            continue


def test_nothing_is_imported_until_the_file_is_clean(meeting: Meeting) -> None:
    meeting.create().fill()
    before = meeting.delegates()
    answer = meeting.upload(
        "delegates", sheet(("STT", "Họ và tên"), [(1, "Lê Mẫu An"), (2, "")])
    )

    assert answer.status_code == 400
    assert code_of(answer) == "import_faults"
    (fault,) = answer.get_json()["faults"]
    assert (fault["row"], fault["column"]) == (3, "Họ và tên")
    assert fault["message"] == "Chưa ghi họ và tên."
    assert meeting.delegates() == before


def test_an_import_replaces_the_former_list(meeting: Meeting) -> None:
    meeting.create().fill()
    names = ("Lý Mẫu Kim", "Tạ Mẫu Lan")

    assert (
        meeting.upload("delegates", delegates_file(names)).get_json()["imported"] == 2
    )
    assert [row["name"] for row in meeting.delegates()] == list(names)


def test_a_list_is_not_replaced_once_the_roll_call_began(meeting: Meeting) -> None:
    meeting.create().fill().print_cards().arrive(1)

    answer = meeting.upload("delegates", delegates_file())
    assert code_of(answer) == "roll_call_begun"


FOLDS = {
    "Nguyễn Văn Á": "nguyen van a",
    "ĐỖ THỊ ĐÀO": "do thi dao",
    "  Trần-Lê\tƯớc ": "tran le uoc",
    "Y' Nguyên": "y nguyen",
}


@pytest.mark.parametrize(("name", "folded"), FOLDS.items())
def test_names_are_folded(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert is_printable(tidy("Đặng Thị Ước"))
