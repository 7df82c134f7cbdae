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
    above = _above(outline, facts)
    book = _book()
    grids = [piece for piece in expand(outline, facts) if isinstance(piece, Grid)]
    for grid in grids or [Grid(outline.name, (), ())]:
        sheet = book.create_sheet(_name(grid.name, book.sheetnames))
        _write(sheet, grid, above, wide=outline.landscape)
    saved = io.BytesIO()
    book.save(saved)
    return repacked(saved.getvalue())


def _above(outline: Outline, facts: msgspec.Struct) -> tuple[str, ...]:
    """Return the lines above every table: who may not read it, and the title last."""
    head: Head = facts.head  # type: ignore[attr-defined]
    parts = (head.mark, fill(outline.kind, facts).upper(), fill(outline.subject, facts))
    title = " ".join(part for part in parts if part).replace("\n", " ")
    lines = (head.secrecy, getattr(facts, "confidential", ""), title)
    return tuple(line for line in lines if line)


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


def _write(sheet: Worksheet, grid: Grid, above: tuple[str, ...], *, wide: bool) -> None:
    for row, line in enumerate((*above, grid.name), 1):
        size = 13 if row == len(above) else 12
        _put(_cell(sheet, row, 1), line, bold=True, size=size, wraps=False)
    header = len(above) + 2  # the row with the titles of the columns
    wide = wide or len(grid.columns) > _WIDE
    _page(sheet, header, wide=wide)
    room = _CHARACTERS * (1.5 if wide else 1)
    shares = sum(column.width for column in grid.columns)
    for place, column in enumerate(grid.columns, 1):
        _put(_cell(sheet, header, place), column.title, bold=True, align="center")
        _cell(sheet, header, place).border = _RULES
        width = max(room * column.width / shares, 5)
        sheet.column_dimensions[get_column_letter(place)].width = round(width, 1)
    _rows(sheet, grid, header)


def _rows(sheet: Worksheet, grid: Grid, row: int) -> None:
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
    cell: Cell,
    text: str,
    *,
    bold: bool = False,
    size: int = 12,
    align: str = "left",
    wraps: bool = True,
) -> None:
    cell.value = text
    cell.data_type = "s"  # a name that begins with "=" is no formula
    cell.font = Font(name=_FONT, size=size, bold=bold)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=wraps)


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


def _page(sheet: Worksheet, header: int, *, wide: bool) -> None:
    sheet.freeze_panes = f"A{header + 1}"
    sheet.print_title_rows = f"{header}:{header}"
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
