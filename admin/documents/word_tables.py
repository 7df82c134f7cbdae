"""Tables of a Word template: a row for each fact, columns that facts bring along."""

from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from admin.documents.letterhead import table_size
from admin.documents.outline import Column, MoreColumns, Table
from admin.documents.word_head import room

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_BROUGHT = 3  # columns of the template that stand for those the facts bring
_INSET = 1.5  # points above and below a line


@dataclass(frozen=True)
class _Place:
    """One cell of the template: its text, width in millimetres and alignment."""

    text: str
    width: float
    align: str


def table(word: Word, block: Table, group: str, *, wide: bool) -> None:
    """Add a table; `group` is the expression of what heads a row, or empty."""
    head, line = _places(word, block)
    made = _empty(word, head)
    size = table_size(len(head), landscape=wide)
    _fill(made.rows[0], head, size, bold=True)
    _repeated(made.rows[0])
    _control(made, f"for {block.each}")
    if group:
        _control(made, f"if {group}")
        _group(made, block, group, size)
        _control(made, "endif")
    _fill(new_row(made), line, size, bold=False)
    _control(made, "endfor")
    for row in made.rows:
        _whole(row)
    # Two tables without anything between them would become one.
    word.add_paragraph().paragraph_format.line_spacing = Pt(6)


def _places(word: Word, block: Table) -> tuple[list[_Place], list[_Place]]:
    """Return the cells of the header and of the row that is repeated."""
    shares = sum(
        one.width * (_BROUGHT if isinstance(one, MoreColumns) else 1)
        for one in block.columns
    )
    unit = room(word.sections[0]) / shares
    both = [pair for one in block.columns for pair in _column(one, one.width * unit)]
    return [head for head, _ in both], [line for _, line in both]


def _column(
    column: Column | MoreColumns, width: float
) -> Iterator[tuple[_Place, _Place]]:
    if isinstance(column, Column):
        yield (
            _Place(column.title, width, "center"),
            _Place(column.cell, width, column.align),
        )
        return
    for title, cell in (
        (
            f"{{%tc for more in {column.titles} %}}",
            f"{{%tc for more in {column.cells} %}}",
        ),
        ("{{ more }}", "{{ more }}"),
        ("{%tc endfor %}", "{%tc endfor %}"),
    ):
        yield _Place(title, width, "center"), _Place(cell, width, column.align)


def _empty(word: Word, places: list[_Place]) -> WordTable:
    made: WordTable = word.add_table(1, len(places), "Table Grid")
    made.autofit = False
    for column, place in zip(made.columns, places, strict=True):
        column.width = Mm(place.width)
    return made


def _fill(row: _Row, places: list[_Place], size: float, *, bold: bool) -> None:
    for cell, place in zip(row.cells, places, strict=True):
        cell.width = Mm(place.width)
        _write(cell, place.text, size, bold=bold)
        cell.paragraphs[0].alignment = _ALIGN[place.align]


def _write(cell: _Cell, text: str, size: float, *, bold: bool) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    layout = cell.paragraphs[0].paragraph_format
    layout.space_before = layout.space_after = Pt(_INSET)


def _control(made: WordTable, statement: str) -> None:
    """Add a row that is a statement; it is not in what is printed."""
    new_row(made).cells[0].paragraphs[0].add_run(f"{{%tr {statement} %}}")


def _group(made: WordTable, block: Table, group: str, size: float) -> None:
    """Add the row that heads others, as wide as all columns there will be."""
    row = new_row(made)
    for cell in row.cells[1:]:
        row._tr.remove(cell._tc)  # noqa: SLF001
    fixed = sum(isinstance(one, Column) for one in block.columns)
    brought = (
        f" + ({one.titles}) | length"
        for one in block.columns
        if isinstance(one, MoreColumns)
    )
    span = f"{{% colspan {fixed}{''.join(brought)} %}}"
    _write(row.cells[0], f"{span}{{{{ {group} }}}}", size, bold=True)
    row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True


def new_row(made: WordTable) -> _Row:
    """Add a row to a table."""
    row: _Row = made.add_row()  # type: ignore[no-untyped-call]
    return row


def _repeated(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def _whole(row: _Row) -> None:
    """Keep a row on one page."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001
    properties.insert(0, OxmlElement("w:cantSplit"))
