"""Biên bản hội nghị."""

from admin.documents.outline import (
    Block,
    Column,
    Heading,
    Outline,
    Paragraph,
    Repeat,
    Signatures,
    Style,
    Table,
)
from admin.documents.outlines import parts
from admin.documents.words import Words

NAME = "bien-ban-hoi-nghi"


def outline(words: Words) -> Outline:
    """Return the outline, in the language of the words."""
    blocks = (
        *_opening(words),
        *_people(words),
        *_course(words),
        *_result(words),
        *_others(words),
        *_closing(words),
    )
    return Outline(
        name=NAME,
        kind=words.text("doc.kind.minutes"),
        subject="{{ title }}",
        blocks=blocks,
    )


def _opening(words: Words) -> tuple[Block, ...]:
    return (
        *parts.opening_lines(),
        Paragraph(words.text("doc.meeting.opening")),
        Paragraph("{{ confidential }}", Style.STRONG, when="confidential"),
    )


def _people(words: Words) -> tuple[Block, ...]:
    return (
        Heading(words.text("doc.meeting.people")),
        Paragraph("{{ attended }}"),
        Repeat("line in quorum", (Paragraph("{{ line }}"),)),
        Paragraph(words.text("doc.absent_title"), when="absent"),
        parts.absent_table(words),
        Paragraph(words.text("doc.meeting.chair")),
        Paragraph(words.text("doc.meeting.secretary")),
        Paragraph(words.text("doc.meeting.reporter")),
    )


def _course(words: Words) -> tuple[Block, ...]:
    return (
        Heading(words.text("doc.meeting.course")),
        parts.ballot_lines(words),
        Repeat("line in discussion", (Paragraph("{{ line }}"),)),
        Paragraph("{{ appointed }}"),
        Paragraph("{{ voted }}", when="voted"),
    )


def _result(words: Words) -> tuple[Block, ...]:
    return (
        Heading(words.text("doc.meeting.result"), when="not void"),
        Repeat("rule in rules", (Paragraph("{{ rule }}"),)),
        Table(
            words.text("doc.sheet.result"),
            (
                Column(
                    words.text("doc.column.number"), "{{ line.number }}", 0.5, "center"
                ),
                Column(words.text("doc.column.name_or_motion"), "{{ line.name }}", 3),
                Column(words.text("doc.column.agree"), "{{ line.agree }}", 1, "right"),
                Column(words.text("doc.column.rate"), "{{ line.share }}", 1, "right"),
                Column(words.text("doc.column.verdict"), "{{ line.verdict }}", 2),
            ),
            each="line in summary",
            group="{{ line.group }}",
            when="summary",
        ),
        Repeat("note in notes", (Paragraph("{{ note }}", Style.NOTE),)),
        Repeat("tie in ties", (Paragraph("{{ tie }}"),)),
        Repeat("one in passed", (Paragraph("{{ one }}", Style.STRONG),)),
        Paragraph(words.text("doc.meeting.see_counting"), when="not void"),
    )


def _others(words: Words) -> tuple[Block, ...]:
    number = words.text("doc.column.number")
    name = words.text("doc.column.name")
    position = words.text("doc.column.position")
    return (
        Heading(words.text("doc.meeting.withdrawn"), when="withdrawn"),
        Table(
            words.text("doc.sheet.withdrawn"),
            (
                Column(number, "{{ one.number }}", 0.5, "center"),
                Column(name, "{{ one.name }}", 2.2),
                Column(position, "{{ one.position }}", 2.6),
                Column(words.text("doc.column.reason"), "{{ one.reason }}", 2.8),
            ),
            each="one in withdrawn",
            when="withdrawn",
        ),
        Heading(words.text("doc.meeting.exits"), when="exits"),
        Table(
            words.text("doc.sheet.exits"),
            (
                Column(number, "{{ one.number }}", 0.5, "center"),
                Column(name, "{{ one.name }}", 2.2),
                Column(position, "{{ one.position }}", 2.2),
                Column(words.text("doc.column.ground"), "{{ one.ground }}", 2.2),
                Column(words.text("doc.column.document"), "{{ one.document }}", 1.6),
            ),
            each="one in exits",
            when="exits",
        ),
    )


def _closing(words: Words) -> tuple[Block, ...]:
    return (
        Heading(words.text("doc.meeting.next_title"), when="next"),
        Paragraph("{{ next }}", when="next"),
        Paragraph(words.text("doc.meeting.ended"), when="not void"),
        Paragraph("{{ copies }}"),
        Signatures((parts.secretary(words), parts.chair(words))),
    )
