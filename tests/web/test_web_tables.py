"""A table of a page as XLSX: repeatable, and nothing in it can calculate."""

import io
import json
from typing import Any

import pytest
from openpyxl import load_workbook

from web import tables
from web.errors import Refused
from web.tables import Percent, Table

HEAD = (("STT", "Họ và tên", "Tỷ lệ"),)
ROWS = ((1, "Nguyễn Huỳnh Phương Khánh", Percent(29.95, 2)), (2, "Đinh Y Khoa Niê", ""))
SENT = {
    "title": "Danh sách đại biểu",
    "note": "",
    "head": [["STT", "Họ và tên", "Tỷ lệ"]],
    "rows": [[1, "Đinh Y Khoa Niê", {"percent": 29.95, "places": 2}]],
}


def sheet_of(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content)).worksheets[0]


def written(*cells: Any) -> Any:
    """The cells of one row, written and read back."""
    table = Table("Bảng", "", (), (cells,))
    return sheet_of(tables.workbook(table))[4]


def test_a_table_is_written_as_it_was_shown() -> None:
    sheet = sheet_of(tables.workbook(Table("Danh sách", "Sở Mẫu", HEAD, ROWS)))

    assert sheet.title == "Danh sách"
    assert [sheet.cell(row, 1).value for row in (1, 2)] == ["Danh sách", "Sở Mẫu"]
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert found == [
        ["STT", "Họ và tên", "Tỷ lệ"],
        [1, "Nguyễn Huỳnh Phương Khánh", 0.2995],
        [2, "Đinh Y Khoa Niê", None],
    ]
    assert sheet["C5"].number_format == "0.00%"
    assert sheet["B4"].font.bold
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A5", "$4:$4")


def test_the_same_table_is_the_same_bytes() -> None:
    one, two = (tables.workbook(Table("A", "b", HEAD, ROWS)) for _ in range(2))

    assert one == two


HOSTILE = {
    "formula": "=1+1",
    "call": '=HYPERLINK("http://x","y")',
    "plus": "+84 24 3936",
    "minus": "-2+3",
    "at": "@SUM(A1)",
    "tab first": "\t=1+1",
    "new line first": "\n=1+1",
    "old exchange": "=cmd|' /C calc'!A0",
    "error": "#N/A",
    "number": "007",
    "day": "2026-11-21",
    "truth": "TRUE",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_words_stay_words(text: str) -> None:
    (cell,) = written(text)

    assert cell.value == text
    assert (cell.data_type, cell.number_format) == ("s", "@")
    assert cell.quotePrefix


@pytest.mark.parametrize("text", ["=1+1", "@x", "#REF!"])
def test_a_title_calculates_nothing_either(text: str) -> None:
    sheet = sheet_of(tables.workbook(Table(text, text, ((text,),), ())))

    for row in (1, 2, 4):
        assert (sheet.cell(row, 1).value, sheet.cell(row, 1).data_type) == (text, "s")


def test_what_no_sheet_can_hold_is_left_out() -> None:
    (cell,) = written("a\x00b\x0bc\x1fd\ufffee")

    assert cell.value == "abcde"
    named = sheet_of(tables.workbook(Table("[a]: b*?/\\'" + "x" * 99, "", (), ())))
    assert len(named.title) == 31
    assert sheet_of(tables.workbook(Table("*", "", (), ()))).title == "phieukin"


def test_too_many_cells_are_refused() -> None:
    lines = ((0,) * 200,) * 501

    with pytest.raises(Refused, match="table_too_large"):
        tables.workbook(Table("", "", (), lines))


def test_whoever_is_logged_in_gets_the_file(secretary: Any) -> None:
    answer = secretary.post("/api/table.xlsx", SENT)

    assert (answer.status_code, answer.mimetype) == (200, tables.MEDIA_TYPE)
    sheet = sheet_of(answer.get_data())
    assert [cell.value for cell in sheet[5]] == [1, "Đinh Y Khoa Niê", 0.2995]


def test_nobody_else_does(visitor: Any) -> None:
    answer = visitor.post("/api/table.xlsx", SENT)

    assert (answer.status_code, answer.get_json()["code"]) == (403, "login_needed")


def test_it_needs_the_token_of_the_session(secretary: Any) -> None:
    answer = secretary.client.post("/api/table.xlsx", json=SENT)

    assert answer.get_json()["code"] == "stale_page"


BAD_TABLES = {
    "a truth": {"rows": [[True]]},
    "nothing": {"rows": [[None]]},
    "a list": {"rows": [[["x"]]]},
    "an object": {"rows": [[{"formula": "=1"}]]},
    "long text": {"rows": [["x" * (tables.MAX_TEXT + 1)]]},
    "long title": {"title": "x" * (tables.MAX_TITLE + 1)},
    "wide": {"rows": [[1] * (tables.MAX_COLUMNS + 1)]},
    "long": {"rows": [[1]] * (tables.MAX_ROWS + 1)},
    "many places": {"rows": [[{"percent": 1, "places": 99}]]},
    "more": {"formula": "=1"},
}


@pytest.mark.parametrize("change", BAD_TABLES.values(), ids=BAD_TABLES.keys())
def test_anything_else_is_malformed(secretary: Any, change: dict[str, Any]) -> None:
    answer = secretary.post("/api/table.xlsx", SENT | change)

    assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


def test_a_number_without_end_is_malformed(secretary: Any) -> None:
    body = json.dumps(SENT).replace("29.95", "1e999").encode()
    headers = {"X-CSRF-Token": secretary.token(), "Content-Type": "application/json"}
    answer = secretary.client.post("/api/table.xlsx", data=body, headers=headers)

    assert answer.get_json()["code"] == "malformed"
