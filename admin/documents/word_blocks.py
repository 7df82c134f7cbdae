"""The blocks of an outline as a Word template: its expressions are placeholders."""

import re
from collections.abc import Callable, Sequence

from docx.document import Document as Word
from docx.enum.text import WD_BREAK
from docx.shared import Pt
from docx.text.paragraph import Paragraph as Line

from admin.documents.expand import OutlineError
from admin.documents.letterhead import RECIPIENTS, Letterhead
from admin.documents.outline import (
    Block,
    Fingerprint,
    Heading,
    Outline,
    PageBreak,
    Paragraph,
    Repeat,
    Signatures,
    Table,
)
from admin.documents.word_head import bare_table, room, written
from admin.documents.word_styles import HEADINGS, named
from admin.documents.word_tables import new_row, table

_ONE = re.compile(r"\{\{((?:(?!\{\{|\}\}).)*)\}\}")
_SIMPLE = re.compile(r"[\w.]+")
_TO_SIGN = 62  # points between the title and the name
_QR = 30.0  # millimetres of the column that has the code


def expression(text: str) -> str:
    """Return what stands in a text that is one placeholder, ready for a filter.

    Raises:
        OutlineError: the text is more than one placeholder.
    """
    found = _ONE.fullmatch(text.strip())
    if found is None:
        raise OutlineError(f"{text!r} is not one expression")
    inner = found[1].strip()
    return inner if _SIMPLE.fullmatch(inner) else f"({inner})"


def capitals(text: str) -> str:
    """Return a text in capitals, its placeholders as they are but filtered."""
    pieces = re.split(r"(\{\{.*?\}\})", text)
    return "".join(
        f"{{{{ {expression(piece)} | upper }}}}"
        if piece.startswith("{{")
        else piece.upper()
        for piece in pieces
    )


class Blocks:
    """Writes the blocks of one outline into a Word document."""

    def __init__(self, word: Word, look: Letterhead, outline: Outline) -> None:
        self._word = word
        self._look = look
        self._outline = outline
        last = outline.blocks[-1] if outline.blocks else None
        alone = isinstance(last, Signatures) and len(last.blocks) == 1
        self._beside = last if alone else None

    def write(self) -> None:
        """Write all blocks and, if nobody signs alone, to whom copies go below."""
        self._blocks(self._outline.blocks)
        if self._beside is None:
            self._recipients()

    def _blocks(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            when = "" if isinstance(block, PageBreak) else block.when
            self._control(f"if {when}", when)
            self._block(block)
            self._control("endif", when)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                style = HEADINGS[min(block.level, len(HEADINGS)) - 1]
                self._word.add_paragraph(block.text, style)
            case Paragraph():
                self._word.add_paragraph(block.text, named(block.style))
            case Table():
                group = expression(block.group) if block.group else ""
                table(self._word, block, group, wide=self._outline.landscape)
            case Repeat():
                self._control(f"for {block.each}", block.each)
                self._blocks(block.blocks)
                self._control("endfor", block.each)
            case Fingerprint():
                self._fingerprint(block)
            case Signatures():
                self._signatures(block)
            case PageBreak():
                self._word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _control(self, statement: str, wanted: str) -> None:
        if wanted:
            self._word.add_paragraph(f"{{%p {statement} %}}")

    def _fingerprint(self, block: Fingerprint) -> None:
        code = expression(block.text)
        width = room(self._word.sections[0])
        bare = bare_table(self._word, (_QR + 4, width - _QR - 4))
        picture, words = bare.rows[0].cells
        written(picture, f"{{{{ {code} | qr }}}}", "Normal")
        written(words, block.caption, named("note"))
        written(words, f"{{{{ {code} | fours }}}}", named("code"))
        self._word.add_paragraph()

    def _signatures(self, block: Signatures) -> None:
        """Titles in one row and names in the next: the same room to sign for all."""
        self._word.add_paragraph().paragraph_format.keep_with_next = True
        aside = 1 if len(block.blocks) == 1 else 0
        columns = len(block.blocks) + aside
        width = room(self._word.sections[0]) / columns
        bare = bare_table(self._word, (width,) * columns)
        names = new_row(bare).cells
        titles = bare.rows[0].cells
        for column, one in enumerate(block.blocks, aside):
            written(titles[column], one.title, named("signature"))
            written(titles[column], one.hint, named("hint"))
            name = written(names[column], one.name, named("signature"))
            name.paragraph_format.space_before = Pt(_TO_SIGN)
        for paragraph in (line for cell in titles for line in cell.paragraphs):
            paragraph.paragraph_format.keep_with_next = True
        if block is self._beside:
            both = titles[0].merge(names[0])
            self._recipients(lambda text, style: written(both, text, style))

    def _recipients(self, add: Callable[[str, str], Line] | None = None) -> None:
        style, write = named("recipients"), add or self._word.add_paragraph
        write("{%p if head.recipients %}", style)
        run = write(RECIPIENTS, style).runs[0]
        run.font.size = Pt(self._look.recipients[0])
        run.font.underline = self._look.star
        run.font.bold = run.font.italic = not self._look.star
        write("{%p for one in head.recipients %}", style)
        write("{{ one }}", style)
        write("{%p endfor %}", style)
        write("{%p endif %}", style)
        write("", style)
