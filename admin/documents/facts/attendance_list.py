"""Danh sách điểm danh: who was summoned, who came, and room to sign."""

from admin.documents.facts import Facts, attendance, heads
from admin.documents.head import Head
from admin.documents.words import DOTS, Words
from admin.models import Presence
from admin.records.kept import Kept
from admin.records.shapes import DelegateRecord


class AttendanceLine(Facts, frozen=True):
    """Somebody who was summoned; `presence` is empty until it is known."""

    number: int
    name: str
    post: str
    unit: str
    presence: str


class AttendanceList(Facts, frozen=True):
    """Everything that the list says; `summoned`, `present`, `absent` are totals."""

    head: Head
    void: str
    title: str
    office: str
    place: str
    started: str
    lines: tuple[AttendanceLine, ...]
    attended: str
    quorum: tuple[str, ...]
    secretary_name: str
    chair_name: str


def build(kept: Kept, words: Words) -> AttendanceList:
    """Return the facts of the list; empty places to sign before the roll call."""
    conference = kept.conference
    final = bool(conference.opened_at) or heads.is_void(kept)
    return AttendanceList(
        head=heads.head(kept, words, final=final),
        void=heads.void_line(kept, words),
        title=heads.named(conference, words),
        office=conference.office,
        place=conference.place,
        started=words.long_moment(conference.starts_at),
        lines=tuple(_line(kept, words, each) for each in conference.delegates),
        attended=attendance.attended_words(kept, words),
        quorum=attendance.quorum_lines(kept, words),
        secretary_name=conference.details.secretary_name or DOTS,
        chair_name=conference.details.chair_name or DOTS,
    )


def missing(kept: Kept) -> str:
    """Return why there is no list yet."""
    return "" if kept.conference.delegates else "doc.missing.delegates"


def _line(kept: Kept, words: Words, delegate: DelegateRecord) -> AttendanceLine:
    return AttendanceLine(
        number=delegate.number,
        name=delegate.name,
        post=delegate.post,
        unit=delegate.unit,
        presence=_presence(kept, words, delegate),
    )


def _presence(kept: Kept, words: Words, delegate: DelegateRecord) -> str:
    """Return whether somebody came; whoever was not called by the opening did not."""
    if delegate.presence is Presence.PRESENT:
        return words.text("doc.present")
    if delegate.presence is Presence.EXPECTED and not kept.conference.opened_at:
        return ""
    if not delegate.reason:
        return words.text("doc.absent")
    return words.text("doc.absent_because", reason=delegate.reason)
