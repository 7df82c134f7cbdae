"""Danh sách điểm danh."""

from admin.documents.outline import (
    Column,
    Outline,
    Paragraph,
    Repeat,
    Signatures,
    Style,
    Table,
)
from admin.documents.outlines import parts
from admin.documents.words import Words

NAME = "danh-sach-diem-danh"


def outline(words: Words) -> Outline:
    """Return the outline, in the language of the words."""
    return Outline(
        name=NAME,
        kind=words.text("doc.kind.list"),
        subject=words.text("doc.subject.attendance"),
        blocks=(
            Paragraph("{{ void }}", Style.STRONG, when="void"),
            Paragraph(words.text("doc.attendance.opening")),
            _table(words),
            Paragraph("{{ attended }}", Style.STRONG),
            Repeat("line in quorum", (Paragraph("{{ line }}"),)),
            Signatures((parts.secretary(words), parts.chair(words))),
        ),
    )


def _table(words: Words) -> Table:
    return Table(
        words.text("doc.sheet.attendance"),
        (
            Column(
                words.text("doc.column.number"), "{{ line.number }}", 0.65, "center"
            ),
            Column(words.text("doc.column.name"), "{{ line.name }}", 2.8),
            Column(words.text("doc.column.post_only"), "{{ line.post }}", 2),
            Column(words.text("doc.column.unit"), "{{ line.unit }}", 2.3),
            Column(words.text("doc.column.presence"), "{{ line.presence }}", 1.7),
            parts.signature_column(words),
        ),
        each="line in lines",
    )
