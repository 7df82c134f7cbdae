"""Biên bản kiểm phiếu: what the counting committee signs (DOMAIN.md C.3, D)."""

from admin.documents.facts import Facts, attendance, committee, heads, sections
from admin.documents.facts.ballots import Ballot, ballots, bases
from admin.documents.head import Head
from admin.documents.words import DOTS, FEW_DOTS, Words
from admin.models import State
from admin.records.kept import Kept


class CountingMinutes(Facts, frozen=True):
    """Everything that the counting minutes say.

    `on_behalf` is "T/M" or "TM.", `box` what the layout calls the ballot box;
    `void` and `confidential` are lines that stand only where they hold.
    """

    head: Head
    on_behalf: str
    box: str
    void: str
    confidential: str
    bases: tuple[str, ...]
    title: str
    office: str
    place: str
    started: str
    ended: str
    ballots: tuple[Ballot, ...]
    members: tuple[committee.Member, ...]
    members_count: str
    leader: str
    keys: str
    attended: str
    quorum: tuple[str, ...]
    absent: tuple[attendance.Absent, ...]
    numbers: tuple[attendance.NumberLine, ...]
    zero: str
    voting: str
    opened_by: str
    sections: tuple[sections.Section, ...]
    counts: tuple[committee.Count, ...]
    confirmed_by: str
    trackers: str
    archive: str
    election: str
    remarks: tuple[committee.RemarkLine, ...]
    no_remarks: str
    copies: str
    chair_name: str
    chair_title: str


def build(kept: Kept, words: Words) -> CountingMinutes:
    """Return the facts of the counting minutes; dots where nothing is known yet."""
    conference = kept.conference
    count, counted = heads.counted(kept)
    return CountingMinutes(
        head=heads.head(kept, words, final=_final(kept), day=counted, minutes=True),
        on_behalf=heads.on_behalf(conference),
        box=heads.box(conference, words),
        void=heads.void_line(kept, words),
        confidential=heads.confidential_line(kept, words),
        bases=bases(conference),
        title=heads.named(conference, words),
        office=conference.office,
        place=conference.place,
        started=words.long_moment(conference.starts_at),
        ended=words.long_moment(counted),
        ballots=ballots(conference, words),
        members=committee.members(kept, words),
        members_count=committee.count_words(kept),
        leader=committee.leader_name(kept),
        keys=committee.keys_words(kept, words),
        attended=attendance.attended_words(kept, words),
        quorum=attendance.quorum_lines(kept, words),
        absent=attendance.absentees(kept, words),
        numbers=attendance.number_lines(kept, words),
        zero=zero_words(kept, words),
        voting=_voting(kept, words),
        opened_by=", ".join(count.opened_by) if count else DOTS,
        sections=sections.sections(kept, words),
        counts=committee.counts(kept, words),
        confirmed_by=", ".join(count.confirmed_by) if count else DOTS,
        trackers=_trackers(kept, words),
        archive=count.archive if count else "",
        election=conference.fingerprint,
        remarks=committee.remarks(kept, words),
        no_remarks=words.text("doc.none") if count else DOTS,
        copies=copies_words(kept, words),
        chair_name=conference.details.chair_name or DOTS,
        chair_title=conference.details.chair_title,
    )


def copies_words(kept: Kept, words: Words) -> str:
    """Return how many copies are made; below it stands who gets them."""
    details = kept.conference.details
    copies = f"{details.copies:02d}" if details.copies else FEW_DOTS
    key = "doc.copies_recipients" if details.recipients else "doc.copies"
    return words.text(key, copies=copies)


def zero_words(kept: Kept, words: Words) -> str:
    """Return that the box was seen empty before the vote, by whom and when."""
    name = heads.box(kept.conference, words)
    if kept.zero is None:
        return words.text("doc.zero_none", box=name)
    return words.text(
        "doc.zero",
        box=name,
        when=words.long_moment(kept.zero_at),
        witnesses=", ".join(kept.zero.witnesses),
    )


def _final(kept: Kept) -> bool:
    if kept.conference.state == State.VOID:
        return True
    return kept.count is not None and not sections.is_undecided(kept)


def _voting(kept: Kept, words: Words) -> str:
    conference = kept.conference
    return words.text(
        "doc.voting",
        opened=words.long_moment(conference.opened_at),
        closed=words.long_moment(conference.closed_at),
    )


def _trackers(kept: Kept, words: Words) -> str:
    if kept.count is None:
        return ""
    return words.text("doc.trackers", cast=words.number(kept.count.cast))
