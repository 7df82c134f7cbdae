"""What a PDF, DOCX or XLSX says, as text: for golden files and for people."""

import io
import re
from collections.abc import Iterator

import openpyxl
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.section import _Header
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from pypdf import PdfReader


def read(data: bytes, form: str) -> str:
    """Return the text of a file: "pdf", "docx" or "xlsx"."""
    return {"pdf": pdf_text, "docx": docx_text, "xlsx": xlsx_text}[form](data)


def pdf_text(data: bytes) -> str:
    """Return the text page by page, in the order in which it is drawn."""
    pages = PdfReader(io.BytesIO(data)).pages
    return "".join(
        f"=== {number} ===\n{_tidy(page.extract_text())}\n"
        for number, page in enumerate(pages, 1)
    )


def docx_text(data: bytes) -> str:
    """Return the headers and the body; cells are divided by bars."""
    word = Document(io.BytesIO(data))
    section = word.sections[0]
    lines = [
        *_header("first page", section.first_page_header),
        *_header("other pages", section.header),
        *_body(word),
    ]
    return "".join(f"{line}\n" for line in lines)


def xlsx_text(data: bytes) -> str:
    """Return the sheets row by row; figures bare, texts in quotation marks."""
    lines: list[str] = []
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        lines.append(f"=== {sheet.title} ({sheet.page_setup.orientation}) ===")
        lines += (
            " | ".join("" if cell is None else repr(cell) for cell in row)
            for row in sheet.iter_rows(values_only=True)
        )
    return "".join(f"{line}\n" for line in lines)


def _tidy(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(re.sub(r" {2,}", " ", line) for line in lines if line)


def _header(name: str, header: _Header) -> Iterator[str]:
    for paragraph in header.paragraphs:
        yield f"[{name}] {_said(paragraph).strip()}"


def _body(word: Word) -> Iterator[str]:
    for child in word.element.body:
        if child.tag == qn("w:p"):
            yield from _lines(Paragraph(child, word._body))
        elif child.tag == qn("w:tbl"):
            for row in Table(child, word._body).rows:
                cells = {cell._tc: cell for cell in row.cells}  # a wide one once
                yield " | ".join(_in_cell(cell) for cell in cells.values())


def _lines(paragraph: Paragraph) -> Iterator[str]:
    if said := _said(paragraph):
        yield said


def _in_cell(cell: _Cell) -> str:
    return " / ".join(line for one in cell.paragraphs for line in _lines(one))


def _said(paragraph: Paragraph) -> str:
    """Return a paragraph's text, with signs for pictures and fields."""
    fields = "".join(
        f"<{field.get(qn('w:instr'))}>"
        for field in paragraph._p.iter(qn("w:fldSimple"))
    )
    pictures = "<picture>" * len(list(paragraph._p.iter(qn("w:drawing"))))
    breaks = paragraph._p.xpath(".//w:br[@w:type='page']")
    return (
        paragraph.text.replace("\n", " / ")
        + fields
        + pictures
        + "<new page>" * len(breaks)
    )
