"""Biên bản kiểm phiếu."""

from admin.documents.outline import (
    Block,
    Column,
    Fingerprint,
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

NAME = "bien-ban-kiem-phieu"


def outline(words: Words) -> Outline:
    """Return the outline, in the language of the words."""
    blocks = (
        *_opening(words),
        *_people(words),
        *_before(words),
        *_result(words),
        *_proof(words),
        *_remarks(words),
        *_closing(words),
    )
    return Outline(
        name=NAME,
        kind=words.text("doc.kind.minutes"),
        subject=words.text("doc.subject.counting"),
        blocks=blocks,
    )


def _opening(words: Words) -> tuple[Block, ...]:
    return (
        *parts.opening_lines(),
        Paragraph(words.text("doc.counting.opening")),
        parts.ballot_lines(words),
        Paragraph("{{ confidential }}", Style.STRONG, when="confidential"),
    )


def _people(words: Words) -> tuple[Block, ...]:
    return (
        Heading(words.text("doc.counting.committee")),
        Paragraph(words.text("doc.counting.members")),
        Repeat("one in members", (Paragraph(words.text("doc.counting.member")),)),
        Paragraph("{{ keys }}"),
        Heading(words.text("doc.counting.numbers")),
        Repeat("line in quorum", (Paragraph("{{ line }}"),)),
        parts.numbers_table(words),
        Paragraph(words.text("doc.absent_title"), when="absent"),
        parts.absent_table(words),
        Paragraph(words.text("doc.counting.invalid"), Style.NOTE, when="counts"),
    )


def _before(words: Words) -> tuple[Block, ...]:
    return (
        Heading(words.text("doc.counting.before")),
        Paragraph("{{ zero }}"),
        Paragraph("{{ voting }}"),
        Paragraph(words.text("doc.counting.opened_by"), when="counts"),
    )


def _result(words: Words) -> tuple[Block, ...]:
    return (
        Heading(words.text("doc.counting.result"), when="not void"),
        parts.result_blocks(words),
    )


def _proof(words: Words) -> tuple[Block, ...]:
    counted = "counts"
    return (
        Heading(words.text("doc.counting.counts"), when=counted),
        Paragraph(words.text("doc.counting.counts_words"), when=counted),
        Table(
            words.text("doc.sheet.counts"),
            (
                Column(words.text("doc.column.who"), "{{ one.who }}", 3),
                Column(words.text("doc.column.found"), "{{ one.found }}", 4),
            ),
            each="one in counts",
            when=counted,
        ),
        Paragraph(words.text("doc.counting.confirmed_by"), when=counted),
        Heading(words.text("doc.counting.proof"), when=counted),
        Paragraph("{{ trackers }}", when=counted),
        Paragraph(words.text("doc.counting.election"), when=counted),
        Paragraph("{{ election }}", Style.CODE, when=counted),
        Fingerprint("{{ archive }}", words.text("doc.counting.archive"), when=counted),
        Paragraph(words.text("doc.counting.check"), when=counted),
        Paragraph("phieukin verify ket-qua.bel", Style.CODE, when=counted),
        Paragraph("sha256sum ket-qua.bel", Style.CODE, when=counted),
        Paragraph(words.text("doc.counting.check_more"), when=counted),
    )


def _remarks(words: Words) -> tuple[Block, ...]:
    return (
        Heading(words.text("doc.counting.remarks"), when="not void"),
        Paragraph("{{ no_remarks }}", when="not remarks and not void"),
        Table(
            words.text("doc.sheet.remarks"),
            (
                Column(
                    words.text("doc.column.number"), "{{ one.number }}", 0.5, "center"
                ),
                Column(words.text("doc.column.kind"), "{{ one.kind }}", 1),
                Column(words.text("doc.column.by"), "{{ one.member }}", 1.6),
                Column(words.text("doc.column.text"), "{{ one.text }}", 3),
                Column(words.text("doc.column.handling"), "{{ one.handling }}", 3),
            ),
            each="one in remarks",
            when="remarks",
        ),
    )


def _closing(words: Words) -> tuple[Block, ...]:
    return (
        Paragraph(words.text("doc.counting.ended"), when="not void"),
        Paragraph(words.text("doc.counting.custody"), when="counts"),
        Paragraph(words.text("doc.counting.signing")),
        Table(
            words.text("doc.sheet.members"),
            (
                Column(
                    words.text("doc.column.number"), "{{ one.number }}", 0.5, "center"
                ),
                Column(words.text("doc.column.name"), "{{ one.name }}", 3),
                Column(words.text("doc.column.role"), "{{ one.role }}", 2),
                parts.signature_column(words),
            ),
            each="one in members",
        ),
        Paragraph("{{ copies }}"),
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
    )
