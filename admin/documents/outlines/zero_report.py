"""Báo cáo mở niêm phong, before the vote."""

from admin.documents.outline import (
    Column,
    Fingerprint,
    Heading,
    Outline,
    Paragraph,
    Signature,
    Signatures,
    Style,
    Table,
)
from admin.documents.outlines import parts
from admin.documents.words import Words

NAME = "bao-cao-mo-niem-phong"


def outline(words: Words) -> Outline:
    """Return the outline, in the language of the words."""
    return Outline(
        name=NAME,
        kind=words.text("doc.kind.report"),
        subject=words.text("doc.subject.zero"),
        blocks=(
            Paragraph("{{ void }}", Style.STRONG, when="void"),
            Paragraph(words.text("doc.zero.opening")),
            parts.ballot_lines(words),
            Heading(words.text("doc.zero.box")),
            Paragraph("{{ empty }}", Style.STRONG),
            Paragraph("{{ printed }}"),
            Fingerprint("{{ head_fingerprint }}", words.text("doc.zero.head")),
            Paragraph(words.text("doc.zero.sealed")),
            Paragraph("{{ election }}", Style.CODE),
            Heading(words.text("doc.zero.key")),
            Paragraph("{{ keys }}"),
            Paragraph("{{ tested }}"),
            Paragraph(words.text("doc.zero.key_fingerprint"), when="key"),
            Paragraph("{{ key }}", Style.CODE, when="key"),
            Heading(words.text("doc.zero.witnesses")),
            Paragraph(words.text("doc.zero.witnessed")),
            _witnesses(words),
            Signatures(
                (
                    Signature(
                        words.text("doc.sign.leader"),
                        words.text("doc.sign.hint"),
                        "{{ leader }}",
                    ),
                    parts.chair(words),
                )
            ),
        ),
    )


def _witnesses(words: Words) -> Table:
    return Table(
        words.text("doc.sheet.witnesses"),
        (
            Column(words.text("doc.column.number"), "{{ one.number }}", 0.5, "center"),
            Column(words.text("doc.column.name"), "{{ one.name }}", 3),
            Column(words.text("doc.column.role"), "{{ one.role }}", 2),
            parts.signature_column(words),
        ),
        each="one in witnesses",
    )
