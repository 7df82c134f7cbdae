"""Nhật ký."""

from admin.documents.outline import (
    Column,
    Outline,
    Paragraph,
    Signature,
    Signatures,
    Style,
    Table,
)
from admin.documents.outlines import parts
from admin.documents.words import Words

NAME = "nhat-ky"


def outline(words: Words) -> Outline:
    """Return the outline, in the language of the words."""
    return Outline(
        name=NAME,
        kind=words.text("doc.kind.log"),
        subject="{{ title }}",
        blocks=(
            Paragraph("{{ void }}", Style.STRONG, when="void"),
            Paragraph(words.text("doc.log.opening")),
            Paragraph("{{ tally }}", Style.NOTE, when="tally"),
            _table(words),
            Paragraph("{{ total }}"),
            Signatures(
                (
                    parts.secretary(words),
                    Signature(
                        words.text("doc.sign.committee_leader"),
                        words.text("doc.sign.hint"),
                        "{{ leader }}",
                    ),
                )
            ),
        ),
        landscape=True,
    )


def _table(words: Words) -> Table:
    return Table(
        words.text("doc.sheet.log"),
        (
            Column(words.text("doc.column.number"), "{{ line.number }}", 0.4, "center"),
            Column(
                words.text("doc.column.time"),
                "{{ line.time }}\n{{ line.day }}",
                0.9,
                "center",
            ),
            Column(words.text("doc.column.actor"), "{{ line.actor }}", 1.6),
            Column(words.text("doc.column.action"), "{{ line.action }}", 3),
            Column(words.text("doc.column.details"), "{{ line.details }}", 4.5),
        ),
        each="line in lines",
    )
