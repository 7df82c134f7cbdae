"""Conferences: made from a procedure step, found again, counted."""

from datetime import UTC, datetime

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin import actions
from admin.actions import record
from admin.models import Card, Conference, Delegate, Member, Position, Presence, State
from admin.names import fold, tidy
from admin.procedure import Ballot, Procedure, Step, procedures
from admin.reconciliation import Line
from crypto import election
from web.contracts import CommitteeConvened, CommitteeMember
from web.errors import Refused
from web.peers import Peers
from web.rules import Base, Counts

MAX_TEXT = 300
MAX_MEMBERS = 100_000  # a typing error, not a leading body


class NewPosition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A post that people are planned for, and how many may be."""

    title: str
    term: str = ""
    quota: int | None = None


class NewMember(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member of the counting committee."""

    name: str
    role: str = ""


class NewConference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the secretary fills in. `override` is typed to allow n-of-n.

    A time without a zone is the room's own.
    """

    procedure: str
    step: str
    title: str
    office: str
    place: str
    starts_at: datetime
    positions: tuple[NewPosition, ...]
    committee: tuple[NewMember, ...]
    members: int | None = None
    threshold: int | None = None
    override: str = ""


def create(session: Session, order: NewConference) -> Conference:
    """Open a conference of a procedure step.

    Raises:
        Refused: something in it cannot be right.
    """
    procedure, step, ballot = find_ballot(order.procedure, order.step)
    _check_texts(order)
    _check_positions(order, ballot)
    threshold = _threshold(order, procedure)
    conference = Conference(
        uuid=election.new_uuid(),
        state=State.DRAFT,
        procedure=procedure.id,
        procedure_version=procedure.version,
        step=step.id,
        title=tidy(order.title),
        office=tidy(order.office),
        place=tidy(order.place),
        starts_at=order.starts_at.astimezone(UTC),
        members=order.members,
        threshold=threshold,
        positions=_positions(order),
        committee=_committee(order),
    )
    session.add(conference)
    session.flush()
    record(
        session,
        actions.ConferenceCreated(
            uuid=conference.uuid,
            step=conference.step,
            members=len(conference.committee),
            threshold=threshold,
            override=tidy(order.override),
        ),
    )
    return conference


def load(session: Session, conference_id: int) -> Conference:
    """Return a conference.

    Raises:
        Refused: there is none with this number.
    """
    conference = session.get(Conference, conference_id)
    if conference is None:
        raise Refused("conference_unknown", status=404)
    return conference


def by_uuid(session: Session, uuid: str) -> Conference:
    """Return the conference of an election.

    Raises:
        Refused: the election is not ours.
    """
    conference = session.scalar(select(Conference).where(Conference.uuid == uuid))
    if conference is None:
        raise Refused("conference_unknown", status=404)
    return conference


def expect(conference: Conference, *states: State) -> None:
    """Refuse what does not fit the state of the conference.

    Raises:
        Refused: it is in none of these states.
    """
    if conference.state not in states:
        raise Refused("wrong_state", state=conference.state)


def expect_unsealed(conference: Conference) -> None:
    """Refuse changes to what the paper says once its texts are fixed.

    Raises:
        Refused: the paper is sealed or being sealed.
    """
    expect(conference, State.DRAFT, State.CONVENED)
    if conference.paper is not None:
        raise Refused("paper_fixed")


def listing(session: Session) -> list[Conference]:
    """Return all conferences, the latest first."""
    return list(session.scalars(select(Conference).order_by(Conference.id.desc())))


def line(session: Session, conference: Conference) -> Line:
    """Return the reconciliation line as it is now."""
    summoned = _count(session, conference)
    present = _count(session, conference, Delegate.presence == Presence.PRESENT)
    voided = session.scalar(
        select(func.count())
        .select_from(Card)
        .where(Card.conference_id == conference.id, Card.voided)
    )
    return Line(
        summoned=summoned,
        present=present,
        printed=conference.printed,
        issued=conference.issued,
        voided=voided or 0,
        cast=conference.cast,
    )


def counts(conference: Conference, numbers: Line) -> Counts:
    """Return what the rules are measured against."""
    return Counts(
        summoned=numbers.summoned, present=numbers.present, members=conference.members
    )


def find_ballot(procedure_id: str, step_id: str) -> tuple[Procedure, Step, Ballot]:
    """Return a step that has a ballot.

    Raises:
        Refused: there is no such procedure or step, or nothing is voted on in it.
    """
    procedure = procedures().get(procedure_id)
    if procedure is None:
        raise Refused("procedure_unknown")
    try:
        step = procedure.step(step_id)
    except KeyError:
        raise Refused("step_unknown") from None
    if step.ballot is None:
        raise Refused("step_without_ballot", step=step.id)
    return procedure, step, step.ballot


def ballot_of(conference: Conference) -> tuple[Procedure, Step, Ballot]:
    """Return the procedure, the step and the ballot that a conference follows."""
    return find_ballot(conference.procedure, conference.step)


def convene(
    session: Session, conference: Conference, peers: Peers, *, demo: bool
) -> None:
    """Tell the tally of the committee, so that the key ceremony can begin.

    Raises:
        Refused: it is not a draft any more.
        PeerUnreachable: the tally did not answer; the same can be tried again.
    """
    expect(conference, State.DRAFT)
    members = tuple(
        CommitteeMember(name=member.name, role=member.role)
        for member in conference.committee
    )
    body = CommitteeConvened(
        title=conference.title,
        members=members,
        threshold=conference.threshold,
        demo=demo,
    )
    kind = "committee.convened"
    peers.send("tally", kind, body, conference.uuid, f"{conference.uuid}.{kind}")
    conference.state = State.CONVENED
    record(session, actions.CommitteeConvened(uuid=conference.uuid))


def _count(session: Session, conference: Conference, *where: object) -> int:
    query = select(func.count()).select_from(Delegate)
    query = query.where(Delegate.conference_id == conference.id, *where)  # type: ignore[arg-type]
    return session.scalar(query) or 0


def _check_texts(order: NewConference) -> None:
    texts = [order.title, order.office, order.place, order.override]
    texts += [text for each in order.positions for text in (each.title, each.term)]
    texts += [text for each in order.committee for text in (each.name, each.role)]
    if any(len(text) > MAX_TEXT for text in texts):
        raise Refused("text_too_long", limit=MAX_TEXT)
    names = [order.title, order.office, *(each.title for each in order.positions)]
    names += [each.name for each in order.committee]
    if not all(tidy(name) for name in names):
        raise Refused("text_missing")


def _check_positions(order: NewConference, ballot: Ballot) -> None:
    titles = [fold(position.title) for position in order.positions]
    if not titles:
        raise Refused("position_missing")
    if len(set(titles)) != len(titles):
        raise Refused("position_twice")
    quotas = [position.quota for position in order.positions]
    if ballot.quota and not all(quotas):
        raise Refused("quota_missing")
    if any(quota is not None and quota < 1 for quota in quotas):
        raise Refused("quota_wrong")
    if ballot.rule.of is Base.MEMBERS and order.members is None:
        raise Refused("members_missing")
    if order.members is not None and not 1 <= order.members <= MAX_MEMBERS:
        raise Refused("members_wrong")


def _threshold(order: NewConference, procedure: Procedure) -> int:
    """Return k of n: more than half unless said otherwise.

    All of n only by a typed override: elections were lost to one lost key.
    """
    size = len(order.committee)
    fewest, most = procedure.committee.fewest, procedure.committee.most
    if not fewest <= size <= most:
        raise Refused("committee_size", size=size, fewest=fewest, most=most)
    if len({tidy(member.name).casefold() for member in order.committee}) != size:
        raise Refused("committee_name_twice")
    threshold = size // 2 + 1 if order.threshold is None else order.threshold
    if not 1 < threshold <= size:
        raise Refused("threshold_wrong", threshold=threshold, size=size)
    if threshold == size and not tidy(order.override):
        raise Refused("threshold_needs_all", size=size)
    return threshold


def _positions(order: NewConference) -> list[Position]:
    return [
        Position(
            number=number,
            title=tidy(position.title),
            term=tidy(position.term),
            quota=position.quota,
        )
        for number, position in enumerate(order.positions, 1)
    ]


def _committee(order: NewConference) -> list[Member]:
    return [
        Member(
            number=number,
            name=tidy(member.name),
            folded=fold(member.name),
            role=tidy(member.role),
        )
        for number, member in enumerate(order.committee, 1)
    ]
