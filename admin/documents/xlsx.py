"""The tables of a document as XLSX: a sheet each, figures as figures."""

import io
import re
from datetime import datetime
from fractions import Fraction
from typing import cast

import msgspec
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from admin.documents.expand import Grid, expand, fill
from admin.documents.head import Head
from admin.documents.outline import Block, Outline, Repeat, Table
from admin.documents.packing import AUTHOR, FIXED, repacked

MOST_NAME = 31  # characters of a sheet's name; Excel refuses more
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,14}")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3}){1,4}")
_PERCENT = re.compile(r"[0-9]{1,3}(?:[.,]([0-9]{1,4}))?%")
_HEADER = 3  # the row with the titles; above are the document and the table
_CHARACTERS = 95  # that an upright page is wide; a wide one half as much again
_WIDE = 8  # columns from which a sheet lies on its side
_A4 = 9
_THIN = Side(style="thin")
_RULES = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FONT = "Times New Roman"


def has_tables(outline: Outline) -> bool:
    """Say whether the document has any table to write."""
    return any(_tables(outline.blocks))


def workbook(outline: Outline, facts: msgspec.Struct) -> bytes:
    """Return the workbook; a document without tables has a sheet with its title.

    Raises:
        OutlineError: the outline and the facts do not fit.
    """
    head: Head = facts.head  # type: ignore[attr-defined]
    parts = (head.mark, fill(outline.kind, facts).upper(), fill(outline.subject, facts))
    title = " ".join(part for part in parts if part).replace("\n", " ")
    book = _book()
    grids = [piece for piece in expand(outline, facts) if isinstance(piece, Grid)]
    for grid in grids or [Grid(outline.name, (), ())]:
        sheet = book.create_sheet(_name(grid.name, book.sheetnames))
        _write(sheet, grid, title, wide=outline.landscape)
    saved = io.BytesIO()
    book.save(saved)
    return repacked(saved.getvalue())


def _tables(blocks: tuple[Block, ...]) -> list[bool]:
    found: list[bool] = []
    for block in blocks:
        if isinstance(block, Repeat):
            found += _tables(block.blocks)
        found.append(isinstance(block, Table))
    return found


def _book() -> Workbook:
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    fixed: datetime = FIXED.replace(tzinfo=None)
    book.properties.creator = AUTHOR
    book.properties.created = book.properties.modified = fixed
    return book


def _name(wanted: str, taken: list[str]) -> str:
    """Return a name that Excel accepts and that no other sheet has."""
    clean = " ".join(_FORBIDDEN.sub(" ", wanted).split()) or "1"
    folded = {name.casefold() for name in taken}
    name, number = clean[:MOST_NAME].strip(), 1
    while name.casefold() in folded:
        number += 1
        end = f" ({number})"
        name = clean[: MOST_NAME - len(end)].strip() + end
    return name


def _write(sheet: Worksheet, grid: Grid, title: str, *, wide: bool) -> None:
    _put(_cell(sheet, 1, 1), title, bold=True, size=13)
    _put(_cell(sheet, 2, 1), grid.name, bold=True)
    wide = wide or len(grid.columns) > _WIDE
    _page(sheet, wide=wide)
    room = _CHARACTERS * (1.5 if wide else 1)
    shares = sum(column.width for column in grid.columns)
    for place, column in enumerate(grid.columns, 1):
        _put(_cell(sheet, _HEADER, place), column.title, bold=True, align="center")
        _cell(sheet, _HEADER, place).border = _RULES
        width = max(room * column.width / shares, 5)
        sheet.column_dimensions[get_column_letter(place)].width = round(width, 1)
    _rows(sheet, grid)


def _rows(sheet: Worksheet, grid: Grid) -> None:
    row = _HEADER
    for line in grid.lines:
        if line.group:
            row += 1
            _put(_cell(sheet, row, 1), line.group, bold=True)
            sheet.merge_cells(
                start_row=row, end_row=row, start_column=1, end_column=len(grid.columns)
            )
        row += 1
        for place, (text, column) in enumerate(
            zip(line.cells, grid.columns, strict=True), 1
        ):
            cell = _cell(sheet, row, place)
            _put(cell, text, align=column.align)
            cell.border = _RULES
            if column.align != "left":
                _figure(cell, text)


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return a cell; only what is merged away would be of another type."""
    return cast("Cell", sheet.cell(row, column))


def _put(
    cell: Cell, text: str, *, bold: bool = False, size: int = 12, align: str = "left"
) -> None:
    cell.value = text
    cell.data_type = "s"  # a name that begins with "=" is no formula
    cell.font = Font(name=_FONT, size=size, bold=bold)
    wrapped = cell.row >= _HEADER
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=wrapped)


def _figure(cell: Cell, text: str) -> None:
    """Make a number of what is one; "62/207" and "007" stay as they are written."""
    if _WHOLE.fullmatch(text):
        cell.value = int(text)
    elif _GROUPED.fullmatch(text):
        cell.value, cell.number_format = int(re.sub("[.,]", "", text)), "#,##0"
    elif found := _PERCENT.fullmatch(text):
        decimals = len(found[1] or "")
        share = Fraction(text.rstrip("%").replace(",", ".")) / 100
        cell.value = float(share)
        cell.number_format = f"0.{'0' * decimals}%" if decimals else "0%"


def _page(sheet: Worksheet, *, wide: bool) -> None:
    sheet.freeze_panes = f"A{_HEADER + 1}"
    sheet.print_title_rows = f"{_HEADER}:{_HEADER}"
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
