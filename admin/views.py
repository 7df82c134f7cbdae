"""What the API and the pages say of a conference. Pure shapes, one reader each."""

from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from admin import (
    agenda,
    conferences,
    following,
    nominees,
    result_views,
    results,
    room_views,
    showing,
    small_groups,
    voting,
)
from admin.choices import Settled
from admin.models import AgendaItem, Conference, Delegate, Position, State
from admin.reconciliation import Line
from admin.result_views import EarlierView, FinalView, TieView, WithdrawalView
from web.contracts import CountRecorded, SectionResult
from web.paper import Purpose, Style
from web.rules import Counts, Rule, needed_votes

_BEFORE = (State.DRAFT, State.CONVENED, State.SEALED)
_SEEN_BY = frozenset({"secretary", "chair", "auditor"})


class NomineeView(msgspec.Struct, frozen=True):
    key: str
    number: int
    name: str
    birth_year: int | None
    post: str


class PositionView(msgspec.Struct, frozen=True):
    """A position with its rule; `needed` is the fewest votes as of now."""

    number: int
    item: int
    purpose: Purpose
    style: Style
    planned_position: int | None
    title: str
    term: str
    quota: int | None
    rule: Rule
    needed: int | None
    nominees: tuple[NomineeView, ...]


class ItemView(msgspec.Struct, frozen=True):
    """One ballot of the sitting; `chosen` names what the document leaves unstated."""

    number: int
    procedure: str
    procedure_name: str
    version: str
    source: str
    step: str
    step_name: str
    purpose: Purpose
    announced: bool
    chosen: tuple[str, ...]
    quorum: str
    decider: str
    instance: int | None
    positions: tuple[int, ...]
    next_step: str | None
    next_step_name: str
    shows_earlier: bool


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


class WarningView(msgspec.Struct, frozen=True, omit_defaults=True):
    """What to look at; of a small group, how many would vote and the limit."""

    code: str
    names: tuple[str, ...]
    voters: int | None = None
    limit: int | None = None


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
    items: tuple[ItemView, ...]
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
    shows: str
    result: CountRecorded | None
    ties: tuple[TieView, ...]
    final: tuple[FinalView, ...]
    earlier: tuple[EarlierView, ...]
    withdrawals: tuple[WithdrawalView, ...]
    next_step: str | None
    previous_conference: int | None
    next_conference: int | None
    next_prepared: bool
    next_left: int
    prepared: bool
    key_of: int | None


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
    limits: small_groups.Limits,
) -> ConferenceView:
    """Return everything the console shows, without the turnout of an open box.

    The result is only for those who may know it before it is announced.
    """
    first = agenda.lead(row)
    numbers = conferences.line(session, row)
    after = following.next_of(session, row)
    leading = following.leads_on(row)
    told = bool(roles & _SEEN_BY)
    return ConferenceView(
        id=row.id,
        uuid=row.uuid,
        state=row.state,
        procedure=row.procedure,
        step=row.step,
        step_name=first.step.name.of(locale),
        announced=first.announced,
        title=row.title,
        office=row.office,
        place=row.place,
        starts_at=row.starts_at,
        items=tuple(_item(each, locale) for each in row.items),
        positions=_positions(row, conferences.counts(row, numbers)),
        counts=_counts(row, numbers),
        quorum=quorum(row, numbers),
        roll_call_locked=row.roll_call_locked,
        committee=_committee(row),
        zero_reported=row.zero_head is not None,
        paper_fixed=row.paper is not None,
        fingerprint=row.paper.fingerprint if row.paper else None,
        head=row.head,
        alarm=_alarm(row),
        void_reason=row.void_reason,
        warnings=warnings(row) + small_group(row, numbers, limits),
        shows=row.shows,
        result=results.count_of(row) if told else None,
        ties=result_views.ties(session, row) if told else (),
        final=result_views.final(session, row) if told else (),
        earlier=result_views.earlier(session, row, locale) if told else (),
        withdrawals=result_views.withdrawals(session, row) if told else (),
        next_step=agenda.settled(leading[0]).step.next if leading else None,
        previous_conference=row.previous_id,
        next_conference=after.id if after else None,
        next_prepared=after is not None and following.is_prepared(after),
        next_left=len(following.left(session, row)),
        prepared=following.is_prepared(row),
        key_of=row.committee_of_id,
    )


def summary(row: Conference) -> SummaryView:
    """Return one line of the list of conferences."""
    return SummaryView(row.id, row.uuid, row.state, row.title, row.step, row.starts_at)


def delegate(row: Delegate) -> DelegateView:
    """Return one delegate as the desk sees them."""
    return DelegateView(
        row.id, row.number, row.name, row.post, row.unit, row.presence, row.reason
    )


def quorum(row: Conference, numbers: Line) -> QuorumView:
    """Return how many must be present, and whether they are.

    Where one sitting holds several ballots, the strictest quorum decides.
    """
    shares = [agenda.settled(each).quorum for each in row.items]
    share = max((each for each in shares if each is not None), default=None)
    needed = agenda.needed_present(row, numbers.summoned)
    met = numbers.summoned > 0 and numbers.present >= needed
    return QuorumView(str(share) if share else "", needed, met)


def warnings(row: Conference) -> tuple[WarningView, ...]:
    """Return what somebody should look at before the paper is sealed."""
    found = []
    if doubled := nominees.also_in_committee(row):
        found.append(WarningView("committee_on_paper", tuple(doubled)))
    if agenda.members_too_few(row, len(row.delegates)):
        found.append(WarningView("members_too_few", ()))
    return tuple(found)


def small_group(
    row: Conference, numbers: Line, limits: small_groups.Limits
) -> tuple[WarningView, ...]:
    """Return what to know of a small group, as long as the box was not opened."""
    if row.state not in _BEFORE:
        return ()
    voters = voting.voters_of(row, numbers)
    code = small_groups.warning(voters, limits)
    if not code:
        return ()
    limit = limits.group if code == small_groups.GROUP else limits.unanimity
    return (WarningView(code, (), voters=voters.number, limit=limit),)


class PartView(msgspec.Struct, frozen=True):
    """Of a section of the paper: its ballot's name, if there are several, and purpose.

    In the order of the sections.
    """

    part: str
    term: str
    purpose: Purpose
    style: Style


class DisplayView(msgspec.Struct, frozen=True):
    """What the room may see; `result` only once it was announced.

    `shown` is the view that is on the display; `tie_waits` is who decides, while the
    announcement waits for their decision; `ties` are the decided ones of a result.
    """

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
    shown: room_views.View
    parts: tuple[PartView, ...]
    tie_waits: str
    ties: tuple[TieView, ...]
    result: tuple[SectionResult, ...] | None
    final: tuple[FinalView, ...]


def display(session: Session, row: Conference, *, locale: str) -> DisplayView:
    """Return what the room may see: numbers, and figures of an announced result."""
    first = agenda.lead(row)
    numbers = conferences.line(session, row)
    count = results.count_of(row)
    stage = showing.stage_of(row, numbers.summoned)
    told = count is not None and stage.told
    return DisplayView(
        id=row.id,
        uuid=row.uuid,
        state=row.state,
        title=row.title,
        office=row.office,
        place=row.place,
        starts_at=row.starts_at,
        step=row.step,
        step_name=first.step.name.of(locale),
        announced=first.announced,
        counts=_counts(row, numbers),
        quorum=quorum(row, numbers),
        alarm=row.alarm_code is not None,
        shown=room_views.shown(row.shows, stage),
        parts=_parts(row, locale),
        tie_waits=_tie_waits(session, row) if first.announced else "",
        ties=result_views.ties(session, row) if told else (),
        result=count.sections if count and told else None,
        final=result_views.final(session, row) if told else (),
    )


def _tie_waits(session: Session, row: Conference) -> str:
    if row.state != State.COUNTED:
        return ""
    waiting = (tie for tie in result_views.ties(session, row) if tie.decision is None)
    return next((tie.head_title for tie in waiting), "")


def _parts(row: Conference, locale: str) -> tuple[PartView, ...]:
    found = [(each, agenda.settled(each.item)) for each in row.positions]
    return tuple(
        PartView(
            part=agenda.part_of(position.item, row, locale),
            term=position.term,
            purpose=settled.purpose,
            style=settled.style,
        )
        for position, settled in found
    )


def _item(row: AgendaItem, locale: str) -> ItemView:
    settled = agenda.settled(row)
    after = settled.following
    return ItemView(
        number=row.number,
        procedure=settled.procedure.id,
        procedure_name=settled.procedure.name.of(locale),
        version=settled.procedure.version,
        source=settled.procedure.source,
        step=settled.step.id,
        step_name=settled.step.name.of(locale),
        purpose=settled.purpose,
        announced=settled.announced,
        chosen=settled.chosen,
        quorum=str(settled.quorum) if settled.quorum else "",
        decider=settled.tie,
        instance=row.instance_id,
        positions=tuple(each.number for each in row.positions),
        next_step=settled.step.next,
        next_step_name=after.name.of(locale) if after else "",
        shows_earlier=settled.step.shows_earlier,
    )


def _positions(row: Conference, counts: Counts) -> tuple[PositionView, ...]:
    return tuple(
        _position(each, agenda.settled(each.item), counts) for each in row.positions
    )


def _position(row: Position, settled: Settled, counts: Counts) -> PositionView:
    rule = settled.rule_for(row.quota)
    try:
        needed = needed_votes(rule, counts)
    except ValueError:  # the base is not known yet
        needed = None
    return PositionView(
        number=row.number,
        item=row.item.number,
        purpose=settled.purpose,
        style=settled.style,
        planned_position=row.planned_position_id,
        title=row.title,
        term=row.term,
        quota=row.quota,
        rule=rule,
        needed=needed,
        nominees=tuple(
            NomineeView(each.key, each.number, each.name, each.birth_year, each.post)
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
