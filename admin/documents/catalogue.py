"""All documents of a conference, by the names that their files have."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from admin.documents.facts import (
    attendance_list,
    conference_minutes,
    counting_minutes,
    event_log,
    nominee_list,
    sample_ballot,
    zero_report,
)
from admin.documents.outline import Outline
from admin.documents.outlines import attendance_list as attendance_list_outline
from admin.documents.outlines import conference_minutes as conference_minutes_outline
from admin.documents.outlines import counting_minutes as counting_minutes_outline
from admin.documents.outlines import event_log as event_log_outline
from admin.documents.outlines import nominee_list as nominee_list_outline
from admin.documents.outlines import sample_ballot as sample_ballot_outline
from admin.documents.outlines import zero_report as zero_report_outline
from admin.documents.words import Words
from admin.records.kept import Kept


@dataclass(frozen=True)
class Document:
    """One document.

    Args:
        name: of its files.
        title: catalogue key of what people call it.
        build: its facts, from the records.
        outline: how it is laid out.
        missing: catalogue key of why it cannot be made yet, or "".
    """

    name: str
    title: str
    build: Callable[[Kept, Words], msgspec.Struct]
    outline: Callable[[Words], Outline]
    missing: Callable[[Kept], str]


def document(name: str) -> Document:
    """Return the document of a name.

    Raises:
        KeyError: there is none.
    """
    return _BY_NAME[name]


def _always(kept: Kept) -> str:
    """Minutes can be made at any time: what is not known yet is left to be written."""
    del kept
    return ""


DOCUMENTS: tuple[Document, ...] = (
    Document(
        counting_minutes_outline.NAME,
        "doc.title.counting",
        counting_minutes.build,
        counting_minutes_outline.outline,
        _always,
    ),
    Document(
        conference_minutes_outline.NAME,
        "doc.title.meeting",
        conference_minutes.build,
        conference_minutes_outline.outline,
        _always,
    ),
    Document(
        nominee_list_outline.NAME,
        "doc.title.list",
        nominee_list.build,
        nominee_list_outline.outline,
        nominee_list.missing,
    ),
    Document(
        zero_report_outline.NAME,
        "doc.title.zero",
        zero_report.build,
        zero_report_outline.outline,
        zero_report.missing,
    ),
    Document(
        event_log_outline.NAME,
        "doc.title.log",
        event_log.build,
        event_log_outline.outline,
        event_log.missing,
    ),
    Document(
        sample_ballot_outline.NAME,
        "doc.title.ballot",
        sample_ballot.build,
        sample_ballot_outline.outline,
        sample_ballot.missing,
    ),
    Document(
        attendance_list_outline.NAME,
        "doc.title.attendance",
        attendance_list.build,
        attendance_list_outline.outline,
        attendance_list.missing,
    ),
)
_BY_NAME = {each.name: each for each in DOCUMENTS}
