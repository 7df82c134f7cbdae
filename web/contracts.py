"""The vocabulary of the messages that services send each other.

Each body is a strict, frozen Struct; `KINDS` names every kind with its sender,
recipient, body and answer. The bytes around a body (signature, version, age) are
`crypto/messages.py`, the transport is `web/peers.py`, the list for readers is
`docs/messages.md`, which a test compares with this file.
"""

from datetime import datetime
from enum import StrEnum

import msgspec

from web.rules import Base, Counts, Rule


class Service(StrEnum):
    """Who may sign a message."""

    ADMIN = "admin"
    KIOSK = "kiosk"
    TALLY = "tally"


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a message says. Every body is about one election, named outside it."""


class Done(Body, frozen=True):
    """The answer of an order that needs no other."""


# --- the committee -----------------------------------------------------------


class CommitteeMember(Body, frozen=True):
    """A member of the counting committee, as the conference named them."""

    name: str
    role: str


class CommitteeConvened(Body, frozen=True):
    """The conference named its committee: a key ceremony may begin.

    `key_of` names the election of the same day whose committee is the very same and
    keeps its key for this one; empty if a key is to be made.
    """

    title: str
    members: tuple[CommitteeMember, ...]
    threshold: int
    demo: bool = False
    key_of: str = ""


class CommitteeReady(Body, frozen=True):
    """The key is made, and every member has opened a test with the real key card.

    `trustees` is Belenios' trustees structure as JSON text.
    """

    trustees: str
    fingerprint: str
    tested: tuple[str, ...]


# --- the paper ---------------------------------------------------------------


class PaperSealed(Body, frozen=True):
    """The sealed paper: the three Belenios texts, exactly as they are hashed."""

    election: str
    trustees: str
    credentials: str


class PaperReceived(Body, frozen=True):
    """The fingerprint of the election text that was checked and stored."""

    fingerprint: str


class ZeroReported(Body, frozen=True):
    """The committee saw the box empty: the board holds its setup and nothing else."""

    head: str
    ballots: int
    witnesses: tuple[str, ...]


# --- the box -----------------------------------------------------------------


class BoxOpen(Body, frozen=True):
    """The chair opens the vote. `voided` are public credentials in hex."""

    issued: int
    voided: tuple[str, ...]


class CardsIssued(Body, frozen=True):
    """How many ballot cards were handed out so far; never fewer than before."""

    issued: int


class CardsVoided(Body, frozen=True):
    """Cards that may not vote any more: public credentials in hex."""

    credentials: tuple[str, ...]


class CardsRefused(Body, frozen=True):
    """Of the cards to void, those that had voted already and stay counted."""

    already_cast: tuple[str, ...]


class BoxClose(Body, frozen=True):
    """The chair closes the vote."""


class BoxClosed(Body, frozen=True):
    """The box is closed for good: so many ballots, the board ends at `head`."""

    cast: int
    head: str
    height: int


class BoxVoid(Body, frozen=True):
    """The ballot is abandoned; everything is kept."""

    reason: str


class PairingAsked(Body, frozen=True):
    """The console wants to pair one more tablet."""

    label: str


class PairingCode(Body, frozen=True):
    """A code that pairs one tablet, once, within `seconds`."""

    code: str
    seconds: int


class TabletsAsked(Body, frozen=True):
    """The console wants the list of tablets."""


class TabletListed(Body, frozen=True):
    """One paired tablet; whether it was heard lately, never what it did."""

    id: str
    label: str
    online: bool
    busy: bool


class TabletsListed(Body, frozen=True):
    """All paired tablets."""

    tablets: tuple[TabletListed, ...]


class TabletRevoked(Body, frozen=True):
    """A tablet may not be used any more."""

    tablet: str


# --- the count ---------------------------------------------------------------


class RollCallRecorded(Body, frozen=True):
    """The numbers of the room. The last one, after close, has `final` set.

    summoned, present: persons. printed, issued, voided: ballot cards.
    `cast` is what the box said at close (absent before).
    """

    counts: Counts
    printed: int
    issued: int
    voided: int
    final: bool
    cast: int | None = None


class Outcome(StrEnum):
    """What the rule says of one line."""

    PASSED = "passed"
    BELOW = "below"
    OVER_QUOTA = "over_quota"
    TIED = "tied"


class Verdict(Body, frozen=True):
    """The rule applied to one line, with the numbers that explain it.

    `unmarked` are ballots that left the line open; `needed` the fewest votes that
    pass; `out_of` the number of persons in the base.
    """

    nominee: str
    name: str
    agree: int
    disagree: int
    unmarked: int
    needed: int
    base: Base
    out_of: int
    outcome: Outcome


class SectionResult(Body, frozen=True):
    """The verdicts of one section, in paper order."""

    title: str
    rule: Rule
    verdicts: tuple[Verdict, ...]


class Remark(StrEnum):
    """What a member of the committee wants in the minutes."""

    NOTE = "note"
    COMPLAINT = "complaint"


LEADER = "Tổ trưởng"  # who writes a remark without being a member, by title


class CommitteeRemark(Body, frozen=True):
    """A note, or a complaint that was received, and how it was handled.

    `member` is the name of the member who wrote it, or LEADER.
    """

    member: str
    kind: Remark
    text: str
    handling: str


class OwnCount(Body, frozen=True):
    """What a member's own browser counted: whether it is what the service counted."""

    member: str
    agrees: bool


class ToolCount(Body, frozen=True):
    """What stock belenios-tool of this version counted, where it is installed."""

    version: str
    agrees: bool


class JournalLine(Body, frozen=True):
    """A line of a record book: never about a ballot. `details` is JSON text."""

    at: datetime
    actor: str
    name: str
    details: str


class CountRecorded(Body, frozen=True):
    """The result record: everything the minutes need, signed by the tally.

    `fingerprint` is the election's, `head` the last event of the archive,
    `archive` the SHA-256 of the whole `.bel` in hex. `blank` are ballots that a
    paper with a blank vote proved to be so; absent where the paper offers none.
    """

    fingerprint: str
    head: str
    archive: str
    counts: Counts
    printed: int
    issued: int
    voided: int
    cast: int
    sections: tuple[SectionResult, ...]
    opened_by: tuple[str, ...]
    confirmed_by: tuple[str, ...]
    blank: int | None = None
    remarks: tuple[CommitteeRemark, ...] = ()
    own_counts: tuple[OwnCount, ...] = ()
    tool: ToolCount | None = None
    journal: tuple[JournalLine, ...] = ()


class AlarmRaised(Body, frozen=True):
    """The tally saw something that must not be; the chair must know now."""

    code: str
    detail: str


class ResultAnnounced(Body, frozen=True):
    """The chair announced this result: the whole board may be public now."""


class ArchiveAsked(Body, frozen=True):
    """The console wants to put the archive of a recorded count into a bundle."""


class ArchiveTicket(Body, frozen=True):
    """A secret that fetches the archive once, within `seconds`."""

    ticket: str
    seconds: int


class BoardFinished(Body, frozen=True):
    """The end of an announced board: (data texts, event text) in order."""

    events: tuple[tuple[tuple[str, ...], str], ...]


class Kind(msgspec.Struct, frozen=True):
    """One kind of message: who sends it to whom, and what comes back.

    `question`: it changes nothing, so neither it nor its answer is remembered.
    `secret`: its answer is given once and never kept.
    """

    name: str
    sender: Service
    recipients: tuple[Service, ...]
    body: type[Body]
    answer: type[Body] = Done
    question: bool = False
    secret: bool = False


_A, _K, _T = Service.ADMIN, Service.KIOSK, Service.TALLY

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("committee.convened", _A, (_T,), CommitteeConvened),
        Kind("committee.ready", _T, (_A,), CommitteeReady),
        Kind("paper.sealed", _A, (_K, _T), PaperSealed, PaperReceived),
        Kind("zero.reported", _T, (_A,), ZeroReported),
        Kind("box.open", _A, (_K,), BoxOpen),
        Kind("cards.issued", _A, (_K,), CardsIssued),
        Kind("cards.voided", _A, (_K,), CardsVoided, CardsRefused),
        Kind("box.close", _A, (_K,), BoxClose, BoxClosed),
        Kind("box.void", _A, (_K, _T), BoxVoid),
        Kind("tablet.pairing", _A, (_K,), PairingAsked, PairingCode, secret=True),
        # Remembered, it would tell which tablet was busy between which ballots.
        Kind("tablet.list", _A, (_K,), TabletsAsked, TabletsListed, question=True),
        Kind("tablet.revoked", _A, (_K,), TabletRevoked),
        Kind("roll_call.recorded", _A, (_T,), RollCallRecorded),
        Kind("count.recorded", _T, (_A,), CountRecorded),
        Kind("alarm.raised", _T, (_A,), AlarmRaised),
        Kind("result.announced", _A, (_T,), ResultAnnounced),
        # Given once and never kept; the archive itself is fetched with it.
        Kind(
            "archive.asked",
            _A,
            (_T,),
            ArchiveAsked,
            ArchiveTicket,
            question=True,
            secret=True,
        ),
        Kind("board.finished", _T, (_K,), BoardFinished),
    )
}
