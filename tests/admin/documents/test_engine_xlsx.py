import io
import zipfile

import msgspec
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from admin.documents.outline import Outline, Paragraph
from admin.documents.xlsx import _name, has_tables, workbook
from tests.admin.documents.engine_sample import OUTLINE, STATE, Facts, facts, votes


def _sheets(given: Facts) -> list[Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(workbook(OUTLINE, given)))
    return list(book.worksheets)


def test_figures_are_figures_and_fractions_are_text() -> None:
    (sheet,) = _sheets(facts(STATE))

    assert sheet["A1"].value == (
        "DỰ THẢO BIÊN BẢN kiểm phiếu giới thiệu quy hoạch tại Hội trường tầng 2"
    )
    assert [cell.value for cell in sheet[3]] == [
        "TT", "Họ và tên", "Đồng ý", "Bước 1", "Bước 2", "Tỷ lệ",
    ]  # fmt: skip
    assert sheet["A4"].value == "I. Nguồn tại chỗ"
    assert [cell.value for cell in sheet[5]] == [
        1, "Nguyễn Thị Mẫu 1", 62, "62/207", 31, 0.2995,
    ]  # fmt: skip
    assert sheet["F5"].number_format == "0.00%"


def test_a_secret_and_internal_sheet_says_so_above_its_title() -> None:
    class Internal(Facts, frozen=True):
        confidential: str = "Tài liệu lưu hành nội bộ."

    head = msgspec.structs.replace(STATE, secrecy="MẬT")
    given = Internal(**msgspec.structs.asdict(facts(head)))
    (sheet,) = _sheets(given)

    above = [cell.value for (cell, *_) in sheet["A1:A5"]]
    assert above[:2] == ["MẬT", "Tài liệu lưu hành nội bộ."]
    assert str(above[2]).startswith("DỰ THẢO BIÊN BẢN")
    assert above[4] == "TT"
    assert sheet["A7"].value == 1
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A6", "$5:$5")


FIGURES = {
    "0": 0,
    "1.234": 1234,
    "1.234.567": 1234567,
    "50%": 0.5,
    "007": "007",
    "62/207": "62/207",
    "12.5": "12.5",
    "=1+1": "=1+1",
    "–": "–",
}


@pytest.mark.parametrize(("text", "value"), FIGURES.items(), ids=FIGURES.keys())
def test_only_what_is_a_number_becomes_one(text: str, value: object) -> None:
    section = facts().sections[0]
    line = votes(1)[0]
    line = type(line)(1, "=cmd()", 1, text, ("", ""))
    made = _sheets(facts(sections=(type(section)("x", section.steps, (line,)),)))

    cell = made[0]["F4"]
    assert cell.value == value
    assert cell.data_type == ("n" if isinstance(value, (int, float)) else "s")
    assert made[0]["B4"].data_type == "s"


def test_names_of_sheets_are_short_clean_and_unique() -> None:
    section = facts().sections[0]
    long = "Phó Giám đốc: Sở [Khoa học/Công nghệ] nhiệm kỳ 2026-2031"
    made = _sheets(facts(sections=(type(section)(long, (), ()),) * 3))

    names = [sheet.title for sheet in made]
    assert names[0] == "Phó Giám đốc Sở Khoa học Công n"
    assert names[1].endswith(" (2)")
    assert names[2].endswith(" (3)")
    assert all(len(name) <= 31 for name in names)
    assert _name("[]", ["1"]) == "1 (2)"


def test_a_sheet_prints_on_the_width_of_a4_with_its_header() -> None:
    (sheet,) = _sheets(facts(lines=60))

    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.page_setup.orientation == "portrait"


def test_a_document_without_tables_says_so() -> None:
    plain = Outline("x", "Phiếu", "{{ place }}", (Paragraph("a"),))

    assert not has_tables(plain)
    assert has_tables(OUTLINE)
    with zipfile.ZipFile(io.BytesIO(workbook(plain, facts()))) as packed:
        assert "xl/worksheets/sheet1.xml" in packed.namelist()
