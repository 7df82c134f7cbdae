"""Tables out of files: XLSX and CSV become rows of text. Pure.

Offices send whatever Excel saved: with a title above the header, with ";" between
the fields, with a byte order mark. Anything that is not such a table is refused
with one reason.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from admin.names import tidy

MAX_FILE_BYTES = 3 * 1024 * 1024  # 1500 delegates are about 100 kB
MAX_UNPACKED_BYTES = 50 * 1024 * 1024  # a packed file may not swell beyond
MAX_ROWS = 5000  # the largest conferences have 1500 delegates
MAX_COLUMNS = 200  # office lists have about 30; some have 60
_SEEN_COLUMNS = 1000  # how far we look for words that would be lost
_XLSX_START = b"PK\x03\x04"


class TableError(Exception):
    """The file cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Row:
    """One line of a table with the number that Excel shows."""

    number: int
    cells: tuple[str, ...]


def read_table(data: bytes, max_rows: int = MAX_ROWS) -> list[Row]:
    """Return the rows that hold something.

    Raises:
        TableError: too large, not readable, or empty.
    """
    if len(data) > MAX_FILE_BYTES:
        raise TableError("file_too_large")
    packed = data.startswith(_XLSX_START)
    lines = _xlsx(data, max_rows) if packed else _csv(data)
    rows = list(_filled(lines, max_rows))
    if not rows:
        raise TableError("file_empty")
    return rows


def _filled(lines: Iterable[Iterable[object]], max_rows: int) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        cells = tuple(_text(cell) for cell in line)
        if any(cells) and number > max_rows:
            raise TableError("file_too_long")
        if any(cells[MAX_COLUMNS:]):
            raise TableError("file_too_wide")  # rather than lose a column unseen
        if any(cells):
            yield Row(number, cells[:MAX_COLUMNS])


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return tidy(str(cell))


def _xlsx(data: bytes, max_rows: int) -> list[tuple[object, ...]]:
    try:
        _check_unpacked(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            lines = sheet.iter_rows(
                max_row=max_rows + 1, max_col=_SEEN_COLUMNS, values_only=True
            )
            return [_trimmed(line) for line in lines]
        finally:
            book.close()
    except TableError:
        raise
    except (
        zipfile.BadZipFile,
        InvalidFileException,
        ArithmeticError,
        AttributeError,
        LookupError,
        OSError,
        SyntaxError,  # what ElementTree's ParseError is
        TypeError,
        ValueError,
    ) as error:
        raise TableError("file_unreadable") from error


def _trimmed(line: Sequence[object]) -> tuple[object, ...]:
    """Return a line without its empty end: Excel pads every line to the widest."""
    width = len(line)
    while width and line[width - 1] is None:
        width -= 1
    return tuple(line[:width])


def _check_unpacked(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED_BYTES:
            raise TableError("file_too_large")


def _csv(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
        if "\0" in text:
            raise TableError("file_unreadable")
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        return list(lines)
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError("file_unreadable") from error


def _delimiter(text: str) -> str:
    """Choose what separates fields: Excel writes ";" in Vietnamese settings."""
    sample = text[:2000]
    return max(",;\t", key=sample.count)
