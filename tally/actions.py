"""What the tally writes into its record book."""

from dataclasses import dataclass
from typing import ClassVar

from web.record import Action


@dataclass(frozen=True)
class CommitteeConvened(Action):
    name: ClassVar[str] = "tally.committee.convened"
    members: int
    threshold: int


@dataclass(frozen=True)
class KeyKept(Action):
    name: ClassVar[str] = "tally.key.kept"
    origin: str
    turn: int


@dataclass(frozen=True)
class JoinCodesHandedOut(Action):
    name: ClassVar[str] = "tally.join_codes.handed_out"
    members: tuple[int, ...]


@dataclass(frozen=True)
class MemberJoined(Action):
    name: ClassVar[str] = "tally.member.joined"
    member: int


@dataclass(frozen=True)
class CeremonyStep(Action):
    name: ClassVar[str] = "tally.ceremony.step"
    member: int
    step: str


@dataclass(frozen=True)
class CeremonyRestarted(Action):
    name: ClassVar[str] = "tally.ceremony.restarted"


@dataclass(frozen=True)
class PaperSealed(Action):
    name: ClassVar[str] = "tally.paper.sealed"
    fingerprint: str


@dataclass(frozen=True)
class BoxSeenEmpty(Action):
    name: ClassVar[str] = "tally.box.seen_empty"
    head: str


@dataclass(frozen=True)
class PhaseReached(Action):
    name: ClassVar[str] = "tally.phase.reached"
    phase: str


@dataclass(frozen=True)
class CountStopped(Action):
    name: ClassVar[str] = "tally.count.stopped"
    code: str
    detail: str


@dataclass(frozen=True)
class AlarmRaised(Action):
    name: ClassVar[str] = "tally.alarm.raised"
    code: str
    detail: str


@dataclass(frozen=True)
class ShareGiven(Action):
    name: ClassVar[str] = "tally.share.given"
    member: int


@dataclass(frozen=True)
class ShareRefused(Action):
    name: ClassVar[str] = "tally.share.refused"
    member: int
    check: str


@dataclass(frozen=True)
class TotalsConfirmed(Action):
    name: ClassVar[str] = "tally.totals.confirmed"
    member: int
    accepted: bool
