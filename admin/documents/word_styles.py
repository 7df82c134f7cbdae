"""The page and the styles of the Word templates, as one rule of presentation asks."""

from dataclasses import dataclass

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from admin.documents.letterhead import BETWEEN, HINT, INDENT, NOTE, Letterhead

FONT = "Times New Roman"
CODE_FONT = "Courier New"
PAPER = (210, 297)  # A4, millimetres
HEADER = 10  # millimetres from the edge to the page's number
LINES = 1.1  # of line spacing
# What Word calls our styles: an office changes the looks of a document by them.
_NAMES = {
    "body": "Nội dung",
    "strong": "Nội dung đậm",
    "italic": "Nội dung nghiêng",
    "centred": "Nội dung giữa dòng",
    "note": "Ghi chú",
    "code": "Dãy mã",
    "superior": "Cơ quan cấp trên",
    "issuer": "Cơ quan ban hành",
    "number": "Số và ký hiệu",
    "secrecy": "Độ mật",
    "date": "Địa danh, ngày tháng",
    "kind": "Tên loại",
    "subject": "Trích yếu",
    "signature": "Người ký",
    "hint": "Cách ký",
    "recipients": "Nơi nhận",
}
HEADINGS = ("Heading 1", "Heading 2")
_FACES = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_THEMES = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")


@dataclass(frozen=True)
class _Look:
    size: float
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT
    indent: float = 0
    after: float = 0
    lines: float = 1.0


def page(look: Letterhead, margins: tuple[int, int, int, int], *, wide: bool) -> Word:
    """Return an empty document: paper, margins and styles."""
    word = Document()
    _paper(word, margins, wide=wide)
    _styles(word, look)
    return word


def named(key: str) -> str:
    """Return the name of the Word style of a kind of paragraph."""
    return f"Văn bản: {_NAMES[key]}"


def _paper(word: Word, margins: tuple[int, int, int, int], *, wide: bool) -> None:
    section = word.sections[0]
    width, height = reversed(PAPER) if wide else PAPER
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    top, bottom, left, right = margins
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance = Mm(HEADER)


def _styles(word: Word, look: Letterhead) -> None:
    justified, centred = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.CENTER
    body = _Look(look.body, align=justified, indent=INDENT, after=BETWEEN, lines=LINES)
    _set(word.styles["Normal"], _Look(look.body))
    heading = {"size": look.body, "bold": True, "indent": INDENT, "after": BETWEEN}
    _set(word.styles[HEADINGS[0]], _Look(**heading))  # type: ignore[arg-type]
    _set(word.styles[HEADINGS[1]], _Look(**heading, italic=True))  # type: ignore[arg-type]
    wanted = {
        "body": body,
        "strong": _Look(**(vars(body) | {"bold": True})),
        "italic": _Look(**(vars(body) | {"italic": True})),
        "centred": _Look(look.body, align=centred, after=BETWEEN, lines=LINES),
        "note": _Look(NOTE, italic=True, align=justified, after=BETWEEN),
        "code": _Look(10.5, after=BETWEEN),
        "superior": _Look(look.superior, align=centred),
        "issuer": _Look(look.issuer, bold=True, align=centred),
        "number": _Look(look.number, align=centred),
        "secrecy": _Look(look.number, bold=True, align=centred),
        "date": _Look(look.date, italic=True, align=centred),
        "kind": _Look(look.kind, bold=True, align=centred),
        "subject": _Look(look.subject, bold=True, align=centred),
        "signature": _Look(look.body, bold=True, align=centred),
        "hint": _Look(HINT, italic=True, align=centred),
        "recipients": _Look(look.recipients[1]),
    }
    for name, one in wanted.items():
        _set(word.styles.add_style(named(name), WD_STYLE_TYPE.PARAGRAPH), one)
    faces(word.styles[named("code")], CODE_FONT)


def _set(style: ParagraphStyle, look: _Look) -> None:
    faces(style, FONT)
    style.font.size = Pt(look.size)
    style.font.bold, style.font.italic = look.bold, look.italic
    style.font.color.rgb = RGBColor(0, 0, 0)
    layout = style.paragraph_format
    layout.alignment = look.align
    layout.first_line_indent = Mm(look.indent)
    layout.space_before, layout.space_after = Pt(0), Pt(look.after)
    layout.line_spacing = look.lines


def faces(style: ParagraphStyle, font: str) -> None:
    """Use one font for every script; Word's themes would choose others."""
    style.font.name = font
    names = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in _FACES:
        names.set(qn(attribute), font)
    for attribute in _THEMES:
        names.attrib.pop(qn(attribute), None)
