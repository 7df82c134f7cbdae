"""Phiếu mẫu."""

from admin.documents.outline import (
    Column,
    Heading,
    Outline,
    Paragraph,
    Repeat,
    Style,
    Table,
)
from admin.documents.words import Words

NAME = "phieu-mau"
_BOX = "□"


def outline(words: Words) -> Outline:
    """Return the outline, in the language of the words."""
    return Outline(
        name=NAME,
        kind="{{ kind }}",
        subject="{{ title }}",
        blocks=(
            Paragraph(words.text("doc.ballot.seal"), Style.NOTE),
            Paragraph(words.text("doc.ballot.words")),
            Paragraph(words.text("doc.ballot.secret"), Style.NOTE),
            Repeat(
                "section in sections",
                (
                    Heading("{{ section.part }}", 2, when="section.part"),
                    Heading("{{ section.heading }}", 2),
                    Paragraph("{{ section.hint }}", Style.ITALIC),
                    _people(words, "section.style == 'agree-disagree'", both=True),
                    _people(words, "section.style == 'select'", both=False),
                    _motion(words),
                ),
            ),
        ),
    )


def _people(words: Words, when: str, *, both: bool) -> Table:
    columns = [
        Column(words.text("doc.column.number"), "{{ line.number }}", 0.5, "center"),
        Column(words.text("doc.column.name"), "{{ line.name }}", 3),
        Column(words.text("doc.column.post"), "{{ line.about }}", 3),
        Column("{{ section.agree }}", _BOX, 1.1, "center"),
    ]
    if both:
        columns.append(Column("{{ section.disagree }}", _BOX, 1.1, "center"))
    return Table(
        "{{ section.heading }}", tuple(columns), each="line in section.lines", when=when
    )


def _motion(words: Words) -> Table:
    return Table(
        "{{ section.heading }}",
        (
            Column(words.text("doc.column.motion"), "{{ line.name }}", 5),
            Column("{{ section.agree }}", _BOX, 1.2, "center"),
            Column("{{ section.disagree }}", _BOX, 1.2, "center"),
        ),
        each="line in section.lines",
        when="section.style == 'motion'",
    )
