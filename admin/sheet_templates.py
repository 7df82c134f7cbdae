"""Empty spreadsheets to download: the columns that an import understands. Pure."""

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from admin.sheets import NAME
from admin.spreadsheets import BIRTH, NUMBER, PLANNED, POST, UNIT

DELEGATE_COLUMNS = (NUMBER, NAME, POST, UNIT)
NOMINEE_COLUMNS = (NUMBER, NAME, BIRTH, POST, UNIT, PLANNED)
_WIDTHS = {NUMBER: 6, NAME: 30, BIRTH: 12, POST: 34, UNIT: 34, PLANNED: 34}
_DAY = "DD/MM/YYYY"


def delegates_template() -> bytes:
    """Return the empty list of delegates."""
    return _template("Đại biểu", DELEGATE_COLUMNS)


def nominees_template() -> bytes:
    """Return the empty list of nominees."""
    return _template("Nhân sự", NOMINEE_COLUMNS)


def write_table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> bytes:
    """Return a workbook with a header row and these rows."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    sheet.append(list(columns))
    for row in rows:
        sheet.append(list(row))
    _keep_as_written(sheet)
    sheet.freeze_panes = "A2"
    for place, name in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 20)
        cell = sheet.cell(row=1, column=place)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E3E8E6")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _keep_as_written(sheet: Worksheet) -> None:
    """Keep words as words, also those that begin like a formula; days as days."""
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        if isinstance(cell.value, str):
            cell.data_type = "s"
        elif isinstance(cell.value, date):
            cell.number_format = _DAY


def _template(title: str, columns: Sequence[str]) -> bytes:
    return write_table(title, columns, [])
