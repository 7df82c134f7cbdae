"""The head of a Word template: who issues, the nation's or the Party's title, marks."""

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Header
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from admin.documents.letterhead import Letterhead
from admin.documents.word_styles import named

_ISSUER_RULE = 25.0  # millimetres: a third to a half of what an issuer's name takes
_SUBJECT_RULE = 30.0
_MARK = 10  # points
_CELL_PADDING = 3.8  # millimetres that Word leaves empty in a cell, both sides


def head(word: Word, look: Letterhead) -> None:
    """Add the letterhead: the two columns of the first page."""
    section = word.sections[0]
    width = room(section)
    right = max(width * (1 - look.left), look.title_width + _CELL_PADDING + 1)
    issuing, nation = bare_table(word, (width - right, right)).rows[0].cells
    _issuing(issuing, look, width - right)
    _nation(nation, look, right)


def subject(word: Word, look: Letterhead, kind: str, line: str) -> None:
    """Add the kind of document and its subject line."""
    word.add_paragraph()
    word.add_paragraph(kind, named("kind"))
    word.add_paragraph(line, named("subject"))
    if look.ending:
        word.add_paragraph(look.ending, named("subject"))
    else:
        _rule(word.add_paragraph(), room(word.sections[0]), _SUBJECT_RULE)
    word.add_paragraph()


def marks(section: Section, *, numbered: bool) -> None:
    """Put the mark at the top of every page, and the number from page 2 on."""
    section.different_first_page_header_footer = True
    _mark(section.first_page_header, section, numbered=False)
    _mark(section.header, section, numbered=numbered)


def room(section: Section) -> float:
    """Return the millimetres between the margins."""
    sides = (section.left_margin, section.right_margin)
    return ((section.page_width or 0) - sum(side or 0 for side in sides)) / Mm(1)


def bare_table(word: Word, widths: tuple[float, ...]) -> Table:
    """Add a table of one row without any rules; widths in millimetres."""
    table: Table = word.add_table(1, len(widths))
    table.autofit = False
    for cell, column, width in zip(
        table.rows[0].cells, table.columns, widths, strict=True
    ):
        cell.width = column.width = Mm(width)
    return table


def written(cell: _Cell, text: str, style: str) -> Paragraph:
    """Add a paragraph to a cell, in its empty first one if that is still there."""
    first: Paragraph = cell.paragraphs[0]
    if len(cell.paragraphs) == 1 and not first.runs:
        first.style = style
        first.add_run(text)
        return first
    added: Paragraph = cell.add_paragraph(text, style)
    return added


def _issuing(cell: _Cell, look: Letterhead, width: float) -> None:
    written(cell, "{%p if head.superior %}", named("superior"))
    written(cell, "{{ head.superior | upper }}", named("superior"))
    written(cell, "{%p endif %}", named("superior"))
    written(cell, "{{ head.issuer | upper }}", named("issuer"))
    if not look.star:
        _rule(cell.add_paragraph(), width, _ISSUER_RULE)
    written(cell, "{%p if head.number %}", named("number"))
    if look.star:
        written(cell, "*", named("issuer"))
    written(cell, "{{ head.number }}", named("number"))
    written(cell, "{%p endif %}", named("number"))
    _secrecy(cell)


def _secrecy(cell: _Cell) -> None:
    """Put the secrecy mark under the number, or under the issuer without one."""
    style = named("secrecy")
    written(cell, "{%p if head.secrecy %}", style)
    mark = written(cell, "{{ head.secrecy }}", style)
    mark.paragraph_format.space_before = Pt(6)
    _boxed(mark.runs[0])
    written(cell, "{%p endif %}", style)


def _nation(cell: _Cell, look: Letterhead, width: float) -> None:
    for line, size in zip(look.title, look.title_sizes, strict=True):
        written(cell, line, named("issuer")).runs[0].font.size = Pt(size)
    _rule(cell.add_paragraph(), width, look.title_rule)
    date = written(cell, "{{ head.place_and_date }}", named("date"))
    date.paragraph_format.space_before = Pt(4)


def _rule(paragraph: Paragraph, width: float, length: float) -> None:
    """Draw a solid rule of a length (millimetres) in the middle of a width."""
    aside = max(width - _CELL_PADDING - length, 0) / 2
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Mm(aside)
    layout.line_spacing = Pt(4)
    borders = OxmlElement("w:pBdr")
    borders.append(_line("w:top"))
    # The schema asks for an order; borders come before spacing and indents.
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _line(name: str) -> BaseOxmlElement:
    line: BaseOxmlElement = OxmlElement(name)
    for attribute, value in (("val", "single"), ("sz", "6"), ("space", "1")):
        line.set(qn(f"w:{attribute}"), value)
    line.set(qn("w:color"), "000000")
    return line


def _mark(header: _Header, section: Section, *, numbered: bool) -> None:
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    paragraph.style = "Normal"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    stops = paragraph.paragraph_format.tab_stops
    width = room(section)
    stops.add_tab_stop(Mm(width / 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run("\t")
    if numbered:
        _page_number(paragraph)
    paragraph.add_run("\t")
    mark = paragraph.add_run("{{ head.mark }}")
    mark.font.bold, mark.font.size = True, Pt(_MARK)
    _boxed(mark)


def _page_number(paragraph: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "2"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001


def _boxed(run: Run) -> None:
    run._r.get_or_add_rPr().append(_line("w:bdr"))  # noqa: SLF001
