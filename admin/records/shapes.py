"""The console's signed record of a conference: everything that documents say of it.

Pure shapes. Times are texts, ISO 8601 with the room's own offset, so that the same
record gives the same document on every machine. No card, ballot or tracker has room
here. Votes are in the tally's own record (`web/contracts.py: CountRecorded`).
"""

import msgspec

from admin.models import Presence, Secrecy
from web.contracts import CommitteeMember, JournalLine, Outcome
from web.paper import Purpose, Style
from web.rules import Base, Rule

KIND = "conference.recorded"
VERSION = 1


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a record."""


class LetterheadRecord(Shape, frozen=True):
    """Whose rules of presentation hold: `layout` is "party" or "state".

    `issuer` is the body that issues, `superior` the one above it, `symbol` what
    stands behind the number, `locality` the place of the date line. Margins are
    millimetres: top, bottom, left, right.
    """

    layout: str
    issuer: str
    superior: str
    symbol: str
    locality: str
    margins: tuple[int, int, int, int]


class DetailsRecord(Shape, frozen=True):
    """What the secretary added; texts of several lines are tuples of lines."""

    number: str
    secrecy: Secrecy
    chair_name: str
    chair_title: str
    secretary_name: str
    secretary_title: str
    reporter: str
    bases: tuple[str, ...]
    discussion: tuple[str, ...]
    recipients: tuple[str, ...]
    copies: int


class ItemRecord(Shape, frozen=True):
    """One ballot of the sitting. `quorum` is a share such as "2/3", or empty.

    `chosen` names what the procedure leaves unstated and the secretary chose.
    `columns` are the columns of its list of nominees (`admin/person_fields.py`).
    `next_step` names the ballot step that those who pass go on to, empty at the last.
    """

    number: int
    procedure: str
    procedure_name: str
    version: str
    digest: str
    source: str
    step: str
    step_name: str
    next_step: str
    purpose: Purpose
    announced: bool
    quorum: str
    chosen: tuple[str, ...]
    columns: tuple[str, ...]


class NomineeRecord(Shape, frozen=True):
    """One line of the paper; `person` has what the register knows, by column."""

    key: str
    number: int
    name: str
    birth_year: int | None
    post: str
    person: dict[str, str]


class EarlierLine(Shape, frozen=True):
    """What an earlier step counted for a nominee of this paper."""

    nominee: str
    agree: int
    disagree: int
    unmarked: int
    outcome: Outcome


class EarlierStep(Shape, frozen=True):
    """An earlier step's count for one position, the first step first."""

    step: str
    step_name: str
    base: Base
    out_of: int
    needed: int
    lines: tuple[EarlierLine, ...]


class TieRecord(Shape, frozen=True):
    """Whom the head chose among equal votes at the cut-off: keys of nominees."""

    chosen: tuple[str, ...]
    head_name: str
    head_title: str
    reason: str
    decided_at: str


class Withdrawn(Shape, frozen=True):
    """Somebody who had passed the step before and is not on this paper, and why."""

    name: str
    reason: str


class BarRecord(Shape, frozen=True):
    """A figure of a list's structure (`admin/structure.py`): women, young people.

    `low` and `below` are the ages that it is about, where it is about ages; `target`
    is a share such as "15/100", or empty, and `met` says whether it is reached.
    """

    key: str
    low: int | None
    below: int | None
    count: int
    total: int
    unknown: int
    target: str
    met: bool | None


class PositionRecord(Shape, frozen=True):
    """One section of the paper; `needed` is absent while its base is unknown.

    `structure` is that of its list: of who passed, and before the count of everybody
    on it; empty where the register knows nobody, and where a list is for leaving.
    """

    number: int
    item: int
    title: str
    term: str
    quota: int | None
    style: Style
    purpose: Purpose
    rule: Rule
    needed: int | None
    nominees: tuple[NomineeRecord, ...]
    earlier: tuple[EarlierStep, ...]
    withdrawn: tuple[Withdrawn, ...]
    tie: TieRecord | None
    structure: tuple[BarRecord, ...] = ()


class DelegateRecord(Shape, frozen=True):
    """Somebody who was summoned. Never which card, never when."""

    number: int
    name: str
    post: str
    unit: str
    presence: Presence
    reason: str


class ExitRecord(Shape, frozen=True):
    """Somebody who left the planning without any ballot, and by which decision."""

    name: str
    position: str
    ground: str
    document: str


class NumbersRecord(Shape, frozen=True):
    """The reconciliation line, in the order in which it is always shown."""

    summoned: int
    present: int
    printed: int
    issued: int
    voided: int
    cast: int | None
    members: int | None
    needed_present: int


class ConferenceRecord(Shape, frozen=True):
    """One conference as far as it has come: `state` is the console's state.

    `fingerprint` is the sealed election's, `committee_fingerprint` the committee's
    key's, `head` the last event of the closed box.
    """

    version: int
    uuid: str
    state: str
    demo: bool
    title: str
    office: str
    place: str
    starts_at: str
    sealed_at: str
    opened_at: str
    closed_at: str
    published_at: str
    announced: bool
    void_reason: str
    letterhead: LetterheadRecord
    details: DetailsRecord
    numbers: NumbersRecord
    items: tuple[ItemRecord, ...]
    positions: tuple[PositionRecord, ...]
    delegates: tuple[DelegateRecord, ...]
    committee: tuple[CommitteeMember, ...]
    threshold: int
    committee_fingerprint: str
    fingerprint: str
    zero_head: str
    head: str
    exits: tuple[ExitRecord, ...]
    journal: tuple[JournalLine, ...]
