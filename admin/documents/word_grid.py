"""The columns of a filled table, fitted into the width that the template gave it."""

from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl, CT_Tc
from docx.shared import Emu

_SLACK = 0.01


def fit(word: Word) -> None:
    """Scale the columns of tables that facts brought columns into."""
    for table in word.element.body.iter(qn("w:tbl")):
        _fit(table)
        for cell in table.iter(qn("w:tc")):
            _in_order(cell)


def _fit(table: CT_Tbl) -> None:
    grid = table.tblGrid.gridCol_lst
    total = sum(int(one.w or 0) for one in grid)
    rows = [row.tc_lst for row in table.tr_lst]
    full = next((row for row in rows if len(row) == len(grid)), None)
    if full is None or not total:
        return
    widths = [int(cell.width or 0) for cell in full]
    wanted = sum(widths)
    if not all(widths) or abs(wanted - total) <= _SLACK * total:
        return
    for column, width in zip(grid, widths, strict=True):
        column.w = Emu(width * total // wanted)
    for cell in (cell for row in rows for cell in row):
        _scale(cell, total, wanted)


def _scale(cell: CT_Tc, total: int, wanted: int) -> None:
    if cell.width and cell.grid_span == 1:
        cell.width = Emu(cell.width * total // wanted)


def _in_order(cell: CT_Tc) -> None:
    """Put the span of a cell where the schema has it: behind its width."""
    spanned, properties = cell.grid_span, cell.tcPr
    if properties is not None and spanned > 1:
        properties.remove(properties.gridSpan)
        properties.grid_span = spanned
