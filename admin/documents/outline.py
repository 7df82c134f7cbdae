"""What a document is made of, said once for DOCX, PDF and XLSX. Pure.

An outline is a template: its texts are Jinja expressions over one frozen structure
of facts ("{{ place }}", each="section in sections"). The DOCX template that an office
may replace is made from it, with these very expressions as its placeholders; PDF and
XLSX are made from the outline expanded with the facts (`admin/documents/expand.py`).
Nothing here, and nothing that renders, knows of voting.
"""

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a paragraph looks; each layout says how (`admin/documents/letterhead.py`)."""

    BODY = "body"
    CENTRED = "centred"
    STRONG = "strong"
    ITALIC = "italic"
    NOTE = "note"
    CODE = "code"


@dataclass(frozen=True)
class Heading:
    """A numbered or plain heading inside the document; level 1 or 2."""

    text: str
    level: int = 1
    when: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. `when` is an expression; if it is false nothing is printed."""

    text: str
    style: Style = Style.BODY
    when: str = ""


@dataclass(frozen=True)
class Column:
    """A column: `width` is a share of the page, `align` left, center or right."""

    title: str
    cell: str
    width: float = 1.0
    align: str = "left"


@dataclass(frozen=True)
class MoreColumns:
    """Columns that the facts bring along, between fixed ones.

    `titles` and `cells` are expressions that give lists of texts of one length:
    titles="steps", cells="line.steps".
    """

    titles: str
    cells: str
    width: float = 1.0
    align: str = "left"


@dataclass(frozen=True)
class Table:
    """A table with a row for each of `each` ("line in section.lines").

    `name` is its sheet's name in the XLSX (an expression too). A row whose `group`
    expression is not empty is headed by it as a row across all columns.
    """

    name: str
    columns: tuple[Column | MoreColumns, ...]
    each: str
    when: str = ""
    group: str = ""


@dataclass(frozen=True)
class Repeat:
    """Blocks once for each of `each` ("section in sections")."""

    each: str
    blocks: tuple["Block", ...]
    when: str = ""


@dataclass(frozen=True)
class Fingerprint:
    """A fingerprint as text in groups of four and as a QR code, with a caption."""

    text: str
    caption: str
    when: str = ""


@dataclass(frozen=True)
class Signature:
    """One block of signatures: "TỔ TRƯỞNG", "(Ký, ghi rõ họ tên)", the name."""

    title: str
    hint: str
    name: str


@dataclass(frozen=True)
class Signatures:
    """Blocks of signatures side by side, the most senior on the right."""

    blocks: tuple[Signature, ...]
    when: str = ""


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Table | Repeat | Fingerprint | Signatures | PageBreak


@dataclass(frozen=True)
class Outline:
    """A whole document.

    `name` is its file's name ("bien-ban-kiem-phieu"), `kind` the kind of document in
    capitals ("BIÊN BẢN"), `subject` its subject line. `blocks` follow the letterhead.
    """

    name: str
    kind: str
    subject: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    numbered: bool = True
