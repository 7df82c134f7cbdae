"""Blocks that several documents share. Their expressions name facts of one shape."""

from admin.documents.outline import (
    Block,
    Column,
    Heading,
    MoreColumns,
    Paragraph,
    Repeat,
    Signature,
    Style,
    Table,
)
from admin.documents.words import Words


def opening_lines() -> tuple[Block, ...]:
    """Return what the conference is held by, and that it was abandoned if it was."""
    return (
        Paragraph("{{ void }}", Style.STRONG, when="void"),
        Repeat("base in bases", (Paragraph("{{ base }}", Style.ITALIC),)),
    )


def ballot_lines(words: Words) -> Repeat:
    """Return the ballots of the sitting with their procedures."""
    return Repeat(
        "ballot in ballots",
        (
            Paragraph(words.text("doc.ballot.procedure")),
            Paragraph(words.text("doc.ballot.source"), when="ballot.source"),
            Paragraph("{{ ballot.chosen }}", Style.ITALIC, when="ballot.chosen"),
        ),
    )


def absent_table(words: Words) -> Table:
    """Return who is absent and why."""
    return Table(
        words.text("doc.sheet.absent"),
        (
            Column(words.text("doc.column.number"), "{{ one.number }}", 0.5, "center"),
            Column(words.text("doc.column.name"), "{{ one.name }}", 2.2),
            Column(words.text("doc.column.post"), "{{ one.post }}", 3.2),
            Column(words.text("doc.column.reason"), "{{ one.reason }}", 2.4),
        ),
        each="one in absent",
        when="absent",
    )


def numbers_table(words: Words) -> Table:
    """Return people and cards in the order in which they are always shown."""
    return Table(
        words.text("doc.sheet.numbers"),
        (
            Column(words.text("doc.column.number"), "{{ one.number }}", 0.5, "center"),
            Column(words.text("doc.column.what"), "{{ one.label }}", 6),
            Column(words.text("doc.column.count"), "{{ one.value }}", 1.2, "right"),
        ),
        each="one in numbers",
    )


def result_blocks(words: Words) -> Repeat:
    """Return every section of the paper with its figures and what follows."""
    return Repeat(
        "section in sections",
        (
            Heading("{{ section.part }}", 2, when="section.part"),
            Heading("{{ section.heading }}", 2),
            Paragraph("{{ section.rule }}"),
            Paragraph("{{ section.needed }}", when="section.needed"),
            _agree_table(words),
            _select_table(words),
            _motion_table(words),
            Repeat("note in section.notes", (Paragraph("{{ note }}", Style.NOTE),)),
            Paragraph("{{ section.tie }}", when="section.tie"),
            Paragraph("{{ section.passed }}", Style.STRONG, when="section.passed"),
        ),
    )


def signature_column(words: Words) -> Column:
    """Return an empty column, two lines high: room to sign by hand."""
    return Column(words.text("doc.column.signature"), " \n ", 2.2)


def more_columns(titles: str, cells: str, width: float) -> MoreColumns:
    """Return columns that the facts bring along."""
    return MoreColumns(titles=titles, cells=cells, width=width)


def chair(words: Words) -> Signature:
    """Return the chair's block, with the seal."""
    return Signature(
        words.text("doc.sign.chair"), words.text("doc.sign.seal"), "{{ chair_name }}"
    )


def secretary(words: Words) -> Signature:
    """Return the secretary's block."""
    return Signature(
        words.text("doc.sign.secretary"),
        words.text("doc.sign.hint"),
        "{{ secretary_name }}",
    )


def _agree_table(words: Words) -> Table:
    return Table(
        "{{ section.heading }}",
        (
            *_people(words),
            Column("{{ section.agree }}", "{{ line.agree }}", 1.1, "right"),
            Column("{{ section.disagree }}", "{{ line.disagree }}", 1.1, "right"),
            _unmarked(words),
            *_outcome(words),
        ),
        each="line in section.lines",
        when="section.style == 'agree-disagree'",
    )


def _select_table(words: Words) -> Table:
    return Table(
        "{{ section.heading }}",
        (
            *_people(words),
            Column("{{ section.agree }}", "{{ line.agree }}", 1, "right"),
            *_outcome(words),
        ),
        each="line in section.lines",
        when="section.style == 'select'",
    )


def _motion_table(words: Words) -> Table:
    return Table(
        "{{ section.heading }}",
        (
            Column(words.text("doc.column.motion"), "{{ line.name }}", 4),
            Column("{{ section.agree }}", "{{ line.agree }}", 1.1, "right"),
            Column("{{ section.disagree }}", "{{ line.disagree }}", 1.1, "right"),
            _unmarked(words),
            *_outcome(words),
        ),
        each="line in section.lines",
        when="section.style == 'motion'",
    )


def _people(words: Words) -> tuple[Column, ...]:
    return (
        Column(words.text("doc.column.number"), "{{ line.number }}", 0.5, "center"),
        Column(words.text("doc.column.name"), "{{ line.name }}", 2.6),
        Column(words.text("doc.column.birth_year"), "{{ line.birth }}", 0.75, "center"),
        Column(words.text("doc.column.post"), "{{ line.post }}", 1.7),
    )


def _unmarked(words: Words) -> Column:
    return Column(
        words.text("doc.column.unmarked"), "{{ line.unmarked }}", 1.1, "right"
    )


def _outcome(words: Words) -> tuple[Column, ...]:
    return (
        Column("{{ section.base }}", "{{ line.share }}", 1.5, "right"),
        Column(words.text("doc.column.verdict"), "{{ line.verdict }}", 1.7),
    )
