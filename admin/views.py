"""What the API and the pages say of a conference. Pure shapes, one reader each."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from admin import conferences, nominees, results
from admin.models import Conference, Delegate, Position, State
from admin.procedure import Ballot, Procedure
from admin.reconciliation import Line
from web.contracts import CountRecorded, SectionResult
from web.rules import Counts, Rule, needed_votes

_SEEN_BY = frozenset({"secretary", "chair", "auditor"})


class NomineeView(msgspec.Struct, frozen=True):
    number: int
    name: str
    birth_year: int | None
    post: str


class PositionView(msgspec.Struct, frozen=True):
    """A position with its rule; `needed` is the fewest votes as of now."""

    title: str
    term: str
    quota: int | None
    rule: Rule
    needed: int | None
    nominees: tuple[NomineeView, ...]


class CountsView(msgspec.Struct, frozen=True):
    summoned: int
    present: int
    members: int | None
    printed: int
    issued: int
    voided: int
    cast: int | None


class QuorumView(msgspec.Struct, frozen=True):
    share: str
    needed: int
    met: bool


class MemberView(msgspec.Struct, frozen=True):
    name: str
    role: str
    tested: bool


class CommitteeView(msgspec.Struct, frozen=True):
    members: tuple[MemberView, ...]
    threshold: int
    ready: bool
    tested: int
    fingerprint: str | None


class AlarmView(msgspec.Struct, frozen=True):
    code: str
    detail: str


class WarningView(msgspec.Struct, frozen=True):
    code: str
    names: tuple[str, ...]


class ConferenceView(msgspec.Struct, frozen=True):
    id: int
    uuid: str
    state: str
    procedure: str
    step: str
    step_name: str
    announced: bool
    title: str
    office: str
    place: str
    starts_at: datetime
    positions: tuple[PositionView, ...]
    counts: CountsView
    quorum: QuorumView
    roll_call_locked: bool
    committee: CommitteeView
    zero_reported: bool
    paper_fixed: bool
    fingerprint: str | None
    head: str | None
    alarm: AlarmView | None
    void_reason: str | None
    warnings: tuple[WarningView, ...]
    result: CountRecorded | None
    next_step: str | None
    previous_conference: int | None
    next_conference: int | None


class SummaryView(msgspec.Struct, frozen=True):
    id: int
    uuid: str
    state: str
    title: str
    step: str
    starts_at: datetime


class DelegateView(msgspec.Struct, frozen=True):
    id: int
    number: int
    name: str
    post: str
    unit: str
    presence: str
    reason: str


def conference(
    session: Session,
    row: Conference,
    *,
    locale: str,
    roles: frozenset[str],
) -> ConferenceView:
    """Return everything the console shows, without the turnout of an open box.

    The result is only for those who may know it before it is announced.
    """
    procedure, step, ballot = conferences.ballot_of(row)
    numbers = conferences.line(session, row)
    following = results.next_of(session, row)
    return ConferenceView(
        id=row.id,
        uuid=row.uuid,
        state=row.state,
        procedure=row.procedure,
        step=row.step,
        step_name=step.name.of(locale),
        announced=ballot.announced,
        title=row.title,
        office=row.office,
        place=row.place,
        starts_at=row.starts_at,
        positions=_positions(row, ballot, conferences.counts(row, numbers)),
        counts=_counts(row, numbers),
        quorum=quorum(procedure, numbers),
        roll_call_locked=row.roll_call_locked,
        committee=_committee(row),
        zero_reported=row.zero_head is not None,
        paper_fixed=row.paper is not None,
        fingerprint=row.paper.fingerprint if row.paper else None,
        head=row.head,
        alarm=_alarm(row),
        void_reason=row.void_reason,
        warnings=warnings(row),
        result=results.count_of(row) if roles & _SEEN_BY else None,
        next_step=step.next,
        previous_conference=row.previous_id,
        next_conference=following.id if following else None,
    )


def summary(row: Conference) -> SummaryView:
    """Return one line of the list of conferences."""
    return SummaryView(row.id, row.uuid, row.state, row.title, row.step, row.starts_at)


def delegate(row: Delegate) -> DelegateView:
    """Return one delegate as the desk sees them."""
    return DelegateView(
        row.id, row.number, row.name, row.post, row.unit, row.presence, row.reason
    )


def quorum(procedure: Procedure, numbers: Line) -> QuorumView:
    """Return how many must be present, and whether they are."""
    needed = procedure.quorum.needed(numbers.summoned)
    met = numbers.summoned > 0 and numbers.present >= needed
    return QuorumView(procedure.quorum.share, needed, met)


def warnings(row: Conference) -> tuple[WarningView, ...]:
    """Return what somebody should look at before the paper is sealed."""
    doubled = nominees.also_in_committee(row)
    if not doubled:
        return ()
    return (WarningView("committee_on_paper", tuple(doubled)),)


def procedure(row: Procedure, locale: str) -> dict[str, Any]:
    """Return a procedure with its steps, in the language of whoever asks."""
    return {
        "id": row.id,
        "version": row.version,
        "name": row.name.of(locale),
        "source": row.source,
        "quorum": row.quorum.share,
        "committee": {"fewest": row.committee.fewest, "most": row.committee.most},
        "steps": [
            {
                "id": step.id,
                "name": step.name.of(locale),
                "source": step.source,
                "composition": list(step.composition),
                "ballot": msgspec.to_builtins(step.ballot),
                "next": step.next,
            }
            for step in row.steps
        ],
    }


class DisplayView(msgspec.Struct, frozen=True):
    """What the room may see; `result` only once it was announced."""

    id: int
    uuid: str
    state: str
    title: str
    office: str
    place: str
    starts_at: datetime
    step: str
    step_name: str
    announced: bool
    counts: CountsView
    quorum: QuorumView
    alarm: bool
    result: tuple[SectionResult, ...] | None


def display(session: Session, row: Conference, *, locale: str) -> DisplayView:
    """Return what the room may see: numbers, and figures of an announced result."""
    procedure, step, ballot = conferences.ballot_of(row)
    numbers = conferences.line(session, row)
    count = results.count_of(row)
    shown = count and ballot.announced and row.state == State.PUBLISHED
    return DisplayView(
        id=row.id,
        uuid=row.uuid,
        state=row.state,
        title=row.title,
        office=row.office,
        place=row.place,
        starts_at=row.starts_at,
        step=row.step,
        step_name=step.name.of(locale),
        announced=ballot.announced,
        counts=_counts(row, numbers),
        quorum=quorum(procedure, numbers),
        alarm=row.alarm_code is not None,
        result=count.sections if count and shown else None,
    )


def _positions(
    row: Conference, ballot: Ballot, counts: Counts
) -> tuple[PositionView, ...]:
    return tuple(_position(each, ballot, counts) for each in row.positions)


def _position(row: Position, ballot: Ballot, counts: Counts) -> PositionView:
    rule = ballot.rule_for(row.quota)
    try:
        needed = needed_votes(rule, counts)
    except ValueError:  # the base is not known yet
        needed = None
    return PositionView(
        title=row.title,
        term=row.term,
        quota=row.quota,
        rule=rule,
        needed=needed,
        nominees=tuple(
            NomineeView(each.number, each.name, each.birth_year, each.post)
            for each in row.nominees
        ),
    )


def _counts(row: Conference, numbers: Line) -> CountsView:
    return CountsView(
        summoned=numbers.summoned,
        present=numbers.present,
        members=row.members,
        printed=numbers.printed,
        issued=numbers.issued,
        voided=numbers.voided,
        cast=numbers.cast,
    )


def _committee(row: Conference) -> CommitteeView:
    members = tuple(
        MemberView(each.name, each.role, each.tested) for each in row.committee
    )
    return CommitteeView(
        members=members,
        threshold=row.threshold,
        ready=row.trustees is not None,
        tested=sum(each.tested for each in members),
        fingerprint=row.committee_fingerprint,
    )


def _alarm(row: Conference) -> AlarmView | None:
    if row.alarm_code is None:
        return None
    return AlarmView(row.alarm_code, row.alarm_detail or "")
