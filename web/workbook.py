"""XLSX files whose bytes follow from what is in them: no clock, no machine's name."""

import io
import zipfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.writer.excel import ExcelWriter

_NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zone
_NO_DATE = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP can name
TEXT_FORMAT = "@"


def packed(book: Workbook) -> bytes:
    """Return the file of a workbook; the same workbook is the same bytes."""
    book.properties.creator = "phieukin"
    book.properties.created = book.properties.modified = _NO_TIME
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        ExcelWriter(book, archive).save()  # Workbook.save() would write the time
    return _dateless(written)


def keep_as_text(cell: Cell) -> None:
    """Keep a cell's words as words, also those that a spreadsheet would calculate.

    "=1+1", "+84 24", "-", "@name" and "#N/A" stay what they are, also after somebody
    edits the cell.
    """
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    cell.quotePrefix = True


def _dateless(written: io.BytesIO) -> bytes:
    """Pack the parts again, each with the same date."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(written) as parts,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in parts.namelist():
            archive.writestr(
                zipfile.ZipInfo(name, _NO_DATE),
                parts.read(name),
                zipfile.ZIP_DEFLATED,
            )
    return result.getvalue()
