"""What admin writes into the record book: one frozen dataclass per action.

Never a card, never who received one, never when: marking presence and handing out
cards leave no line here, only the numbers when the roll call is locked.
"""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy.orm import Session

from web import record as book
from web.accounts import account_roles
from web.record import Action

_PEER = "tally"  # the only service that sends messages here


def record(session: Session, action: Action) -> None:
    """Write an action into the record book, in the caller's transaction."""
    actor = "+".join(sorted(account_roles())) or _PEER
    book.record(session, action, actor=actor)


@dataclass(frozen=True)
class ConferenceCreated(Action):
    name: ClassVar[str] = "admin.conference.created"
    uuid: str
    step: str
    members: int
    threshold: int
    override: str


@dataclass(frozen=True)
class CommitteeConvened(Action):
    name: ClassVar[str] = "admin.committee.convened"
    uuid: str


@dataclass(frozen=True)
class KeyNotKept(Action):
    name: ClassVar[str] = "admin.committee.new_key"
    uuid: str


@dataclass(frozen=True)
class ListImported(Action):
    name: ClassVar[str] = "admin.list.imported"
    uuid: str
    what: str
    rows: int


@dataclass(frozen=True)
class CardsPrinted(Action):
    name: ClassVar[str] = "admin.cards.printed"
    uuid: str
    cards: int
    replaced: int


@dataclass(frozen=True)
class CardsVoided(Action):
    name: ClassVar[str] = "admin.cards.voided"
    uuid: str
    cards: int


@dataclass(frozen=True)
class RollCallLocked(Action):
    name: ClassVar[str] = "admin.roll_call.locked"
    uuid: str
    summoned: int
    present: int
    issued: int


@dataclass(frozen=True)
class RollCallUnlocked(Action):
    name: ClassVar[str] = "admin.roll_call.unlocked"
    uuid: str


@dataclass(frozen=True)
class PaperSealed(Action):
    name: ClassVar[str] = "admin.paper.sealed"
    uuid: str
    fingerprint: str
    override: str


@dataclass(frozen=True)
class BoxOpened(Action):
    """`small_group`: the chair opened knowing what a small group may reveal."""

    name: ClassVar[str] = "admin.box.opened"
    uuid: str
    summoned: int
    present: int
    issued: int
    voided: int
    small_group: bool


@dataclass(frozen=True)
class BoxClosed(Action):
    name: ClassVar[str] = "admin.box.closed"
    uuid: str
    cast: int
    issued: int
    head: str


@dataclass(frozen=True)
class ConferenceVoided(Action):
    name: ClassVar[str] = "admin.conference.voided"
    uuid: str
    reason: str


@dataclass(frozen=True)
class CommitteeReported(Action):
    name: ClassVar[str] = "admin.committee.ready"
    uuid: str
    fingerprint: str


@dataclass(frozen=True)
class BoxReportedEmpty(Action):
    name: ClassVar[str] = "admin.zero.reported"
    uuid: str
    head: str


@dataclass(frozen=True)
class CountReceived(Action):
    name: ClassVar[str] = "admin.count.received"
    uuid: str
    cast: int
    archive: str


@dataclass(frozen=True)
class AlarmReceived(Action):
    name: ClassVar[str] = "admin.alarm.received"
    uuid: str
    code: str
    detail: str


@dataclass(frozen=True)
class ResultPublished(Action):
    name: ClassVar[str] = "admin.result.published"
    uuid: str
    announced: bool


@dataclass(frozen=True)
class TieDecided(Action):
    name: ClassVar[str] = "admin.tie.decided"
    uuid: str
    position: int
    tied: int
    seats: int
    head_name: str
    head_title: str


@dataclass(frozen=True)
class NextPrepared(Action):
    name: ClassVar[str] = "admin.next.prepared"
    uuid: str
    following: str


@dataclass(frozen=True)
class NomineesCarried(Action):
    name: ClassVar[str] = "admin.nominees.carried"
    uuid: str
    nominees: int
    withdrawn: int


@dataclass(frozen=True)
class RegisterChanged(Action):
    """The register of people; how many, never who."""

    name: ClassVar[str] = "admin.register.changed"
    added: int
    updated: int


@dataclass(frozen=True)
class RegisterExported(Action):
    name: ClassVar[str] = "admin.register.exported"
    rows: int


@dataclass(frozen=True)
class DetailsChanged(Action):
    """What documents print besides the count: which fields, not what they say."""

    name: ClassVar[str] = "admin.details.changed"
    uuid: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class LetterheadChanged(Action):
    name: ClassVar[str] = "admin.letterhead.changed"
    letterhead: int


@dataclass(frozen=True)
class TemplateChanged(Action):
    """`digest` is the SHA-256 of the office's template, empty for our own again."""

    name: ClassVar[str] = "admin.template.changed"
    document: str
    layout: str
    digest: str


@dataclass(frozen=True)
class BundleAsked(Action):
    name: ClassVar[str] = "admin.bundle.asked"
    uuid: str


@dataclass(frozen=True)
class TabletPairingAsked(Action):
    name: ClassVar[str] = "admin.tablet.pairing"
    label: str


@dataclass(frozen=True)
class TabletRevoked(Action):
    name: ClassVar[str] = "admin.tablet.revoked"
    tablet: str


@dataclass(frozen=True)
class AccountChanged(Action):
    name: ClassVar[str] = "admin.account.changed"
    username: str
    what: str


@dataclass(frozen=True)
class ProcedureAdded(Action):
    name: ClassVar[str] = "admin.procedure.added"
    procedure: str
    version: str
    digest: str
