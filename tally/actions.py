"""What the tally writes into its record book.

Every action names the vote that it is about, so that the journal of one vote can be
handed over with its count. None is ever about a ballot; a test reads this file.
"""

from dataclasses import dataclass
from typing import ClassVar

from web.record import Action


@dataclass(frozen=True)
class OfVote(Action):
    """Something that was done in one vote."""

    uuid: str


@dataclass(frozen=True)
class CommitteeConvened(OfVote):
    name: ClassVar[str] = "tally.committee.convened"
    members: int
    threshold: int


@dataclass(frozen=True)
class KeyKept(OfVote):
    name: ClassVar[str] = "tally.key.kept"
    origin: str
    turn: int


@dataclass(frozen=True)
class JoinCodesHandedOut(OfVote):
    name: ClassVar[str] = "tally.join_codes.handed_out"
    members: tuple[int, ...]


@dataclass(frozen=True)
class MemberJoined(OfVote):
    name: ClassVar[str] = "tally.member.joined"
    member: int


@dataclass(frozen=True)
class CeremonyStep(OfVote):
    name: ClassVar[str] = "tally.ceremony.step"
    member: int
    step: str


@dataclass(frozen=True)
class CeremonyRestarted(OfVote):
    name: ClassVar[str] = "tally.ceremony.restarted"


@dataclass(frozen=True)
class PaperSealed(OfVote):
    name: ClassVar[str] = "tally.paper.sealed"
    fingerprint: str


@dataclass(frozen=True)
class BoxSeenEmpty(OfVote):
    name: ClassVar[str] = "tally.box.seen_empty"
    head: str


@dataclass(frozen=True)
class PhaseReached(OfVote):
    name: ClassVar[str] = "tally.phase.reached"
    phase: str


@dataclass(frozen=True)
class CountStopped(OfVote):
    name: ClassVar[str] = "tally.count.stopped"
    code: str
    detail: str


@dataclass(frozen=True)
class AlarmRaised(OfVote):
    name: ClassVar[str] = "tally.alarm.raised"
    code: str
    detail: str


@dataclass(frozen=True)
class ShareGiven(OfVote):
    name: ClassVar[str] = "tally.share.given"
    member: int


@dataclass(frozen=True)
class ShareRefused(OfVote):
    name: ClassVar[str] = "tally.share.refused"
    member: int
    check: str


@dataclass(frozen=True)
class TotalsConfirmed(OfVote):
    name: ClassVar[str] = "tally.totals.confirmed"
    member: int
    accepted: bool


@dataclass(frozen=True)
class NumbersTold(OfVote):
    name: ClassVar[str] = "tally.numbers.told"
    issued: int
    cast: int


@dataclass(frozen=True)
class OwnCountGiven(OfVote):
    name: ClassVar[str] = "tally.own_count.given"
    member: int
    agrees: bool


@dataclass(frozen=True)
class OutsideCounted(OfVote):
    name: ClassVar[str] = "tally.outside.counted"
    version: str
    state: str
    detail: str


@dataclass(frozen=True)
class RemarkWritten(OfVote):
    name: ClassVar[str] = "tally.remark.written"
    number: int
    member: int
    kind: str


@dataclass(frozen=True)
class CountClosed(OfVote):
    name: ClassVar[str] = "tally.count.closed"
