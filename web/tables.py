"""A table of a page as XLSX: what the page shows goes in, and nothing is kept.

The browser reads its own page (`web/ts/tables.ts`) and sends what it read; so the file
holds what whoever asks may see, in the order and the language they see it. Words stay
words: no cell of such a file can calculate anything.
"""

import re
from typing import Annotated, cast

from flask import Blueprint, Response, current_app
from msgspec import Meta
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from web import schema
from web.access import known
from web.errors import Refused
from web.workbook import keep_as_text, packed

MAX_ROWS = 5000  # the largest conferences have 1500 delegates
MAX_COLUMNS = 200  # office lists have about 30; some have 60
MAX_CELLS = 100_000  # a few seconds of work
MAX_TEXT = 4000  # characters of a cell; Excel's own limit is 32 767
MAX_TITLE = 300
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_SHEET_NAME = 31  # characters, by the format
_NARROWEST, _WIDEST = 6, 60  # columns, in characters
_LINE = Side(style="thin", color="93A1A8")
_BORDER = Border(_LINE, _LINE, _LINE, _LINE)
_PORTRAIT_COLUMNS = 6  # more are printed on a sheet turned sideways
_FIRST = 4  # row of the table, below title, note and an empty line
blueprint = Blueprint("tables", __name__)


class Percent(schema.Body, frozen=True):
    """A percentage as it was shown: 29.95 with two places."""

    percent: float
    places: Annotated[int, Meta(ge=0, le=6)]


Text = Annotated[str, Meta(max_length=MAX_TEXT)]
Value = Text | int | float | Percent
Line = Annotated[tuple[Value, ...], Meta(max_length=MAX_COLUMNS)]
Lines = Annotated[tuple[Line, ...], Meta(max_length=MAX_ROWS)]


class Table(schema.Body, frozen=True):
    """What a page shows: its heading, its header rows, its rows."""

    title: Annotated[str, Meta(max_length=MAX_TITLE)]
    note: Annotated[str, Meta(max_length=MAX_TITLE)]
    head: Lines
    rows: Lines


@blueprint.post("/api/table.xlsx")
@known
def download() -> Response:
    """Write the table that was sent, and forget it."""
    content = workbook(schema.read(Table))
    return current_app.response_class(content, mimetype=MEDIA_TYPE)


def workbook(table: Table) -> bytes:
    """Return the XLSX file of a table.

    Raises:
        Refused: it has too many cells.
    """
    lines = (*table.head, *table.rows)
    width = max((len(line) for line in lines), default=0)
    if width * len(lines) > MAX_CELLS:
        raise Refused("table_too_large", most=MAX_CELLS)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _sheet_name(table.title)
    _write_heading(sheet, table)
    _write_lines(sheet, lines, len(table.head))
    _fit_columns(sheet, lines, width)
    _set_page(sheet, len(table.head), wide=width > _PORTRAIT_COLUMNS)
    return packed(book)


def _write_heading(sheet: Worksheet, table: Table) -> None:
    for row, (text, size) in enumerate(((table.title, 13), (table.note, 10)), 1):
        cell = _cell(sheet, row, 1)
        _write(cell, text)
        cell.font = Font(bold=row == 1, size=size)


def _write_lines(sheet: Worksheet, lines: tuple[Line, ...], heads: int) -> None:
    for row, line in enumerate(lines, _FIRST):
        for column, value in enumerate(line, 1):
            cell = _cell(sheet, row, column)
            _write(cell, value)
            cell.border = _BORDER
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if row < _FIRST + heads:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="E3E8E6")


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    return cast("Cell", sheet.cell(row=row, column=column))  # none is merged


def _write(cell: Cell, value: Value) -> None:
    if isinstance(value, Percent):
        cell.value = round(value.percent / 100, value.places + 2)
        cell.number_format = ("0." + "0" * value.places).rstrip(".") + "%"
    elif isinstance(value, str):
        cell.value = _UNPRINTABLE.sub("", value)
        keep_as_text(cell)
    else:
        cell.value = value


def _fit_columns(sheet: Worksheet, lines: tuple[Line, ...], width: int) -> None:
    for column in range(width):
        longest = max(_length(line[column]) for line in lines if column < len(line))
        fitting = min(max(longest + 2, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(column + 1)].width = fitting


def _length(value: Value) -> int:
    if isinstance(value, str):
        return max((len(line) for line in value.split("\n")), default=0)
    return 8 if isinstance(value, Percent) else len(str(value))


def _set_page(sheet: Worksheet, heads: int, *, wide: bool) -> None:
    """Print on A4 with the header on every page."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if heads:
        sheet.freeze_panes = f"A{_FIRST + heads}"
        sheet.print_title_rows = f"{_FIRST}:{_FIRST + heads - 1}"


def _sheet_name(title: str) -> str:
    plain = _NOT_IN_NAMES.sub(" ", _UNPRINTABLE.sub(" ", title))
    return " ".join(plain.split())[:_SHEET_NAME].strip() or "phieukin"
