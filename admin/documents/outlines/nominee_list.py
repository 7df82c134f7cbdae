"""Danh sách nhân sự, with the results of every step."""

from admin.documents.outline import (
    Column,
    Heading,
    Outline,
    Paragraph,
    Repeat,
    Signature,
    Signatures,
    Style,
    Table,
)
from admin.documents.outlines import parts
from admin.documents.words import Words

NAME = "danh-sach"


def outline(words: Words) -> Outline:
    """Return the outline, in the language of the words."""
    return Outline(
        name=NAME,
        kind=words.text("doc.kind.list"),
        subject=words.text("doc.subject.list"),
        blocks=(
            Paragraph("{{ void }}", Style.STRONG, when="void"),
            Paragraph("{{ confidential }}", Style.STRONG, when="confidential"),
            Repeat(
                "section in sections",
                (
                    Heading("{{ section.part }}", 2, when="section.part"),
                    Heading("{{ section.heading }}", 2),
                    _table(words),
                    Paragraph("{{ section.rule }}", Style.NOTE),
                    Repeat(
                        "note in section.notes", (Paragraph("{{ note }}", Style.NOTE),)
                    ),
                    Paragraph("{{ section.passed }}", when="section.passed"),
                    Paragraph(
                        "{{ section.structure_title }}", when="section.structure"
                    ),
                    _structure(words),
                ),
            ),
            Signatures(
                (
                    Signature(
                        words.text("doc.sign.maker"),
                        words.text("doc.sign.hint"),
                        "{{ secretary_name }}",
                    ),
                    parts.chair(words),
                )
            ),
        ),
        landscape=True,
    )


def _table(words: Words) -> Table:
    return Table(
        "{{ section.heading }}",
        (
            Column(words.text("doc.column.number"), "{{ line.number }}", 0.4, "center"),
            Column(words.text("doc.column.name"), "{{ line.name }}", 1.8),
            parts.more_columns("section.birth", "line.birth", 1.2),
            parts.more_columns("section.work", "line.work", 1.35),
            parts.more_columns("section.party", "line.party", 1.2),
            parts.more_columns("section.study", "line.study", 1.65),
            parts.more_columns("section.merits", "line.merits", 1.2),
            parts.more_columns("section.steps", "line.steps", 1.05),
            Column(words.text("doc.column.verdict"), "{{ line.verdict }}", 1),
            Column(words.text("doc.column.note"), "{{ line.note }}", 0.75),
        ),
        each="line in section.lines",
    )


def _structure(words: Words) -> Table:
    return Table(
        words.text("doc.sheet.structure"),
        (
            Column(words.text("doc.column.structure"), "{{ bar.label }}", 3),
            Column(words.text("doc.column.count"), "{{ bar.count }}", 2, "center"),
            Column(words.text("doc.column.part"), "{{ bar.share }}", 1.2, "right"),
            Column(words.text("doc.column.target"), "{{ bar.target }}", 2.5),
        ),
        each="bar in section.structure",
        when="section.structure",
    )
