"""Conferences: made from a procedure step, found again, counted."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin import actions, agenda
from admin.actions import record
from admin.agenda import NewItem, Opening
from admin.models import Card, Conference, Delegate, Member, Presence, State
from admin.names import fold, tidy
from admin.reconciliation import Line
from crypto import election
from web.contracts import CommitteeConvened, CommitteeMember
from web.errors import Refused
from web.peers import Peers
from web.rules import Counts

MAX_TEXT = 300
MAX_MEMBERS = 100_000  # a typing error, not a leading body


class NewMember(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member of the counting committee."""

    name: str
    role: str = ""


class NewConference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the secretary fills in. `override` is typed to allow n-of-n.

    A time without a zone is the room's own. `key_of` is a conference of the same day
    whose committee, left out here, goes on with its key.
    """

    title: str
    office: str
    place: str
    starts_at: datetime
    items: tuple[NewItem, ...]
    committee: tuple[NewMember, ...] = ()
    members: int | None = None
    threshold: int | None = None
    override: str = ""
    key_of: int | None = None


def create(session: Session, order: NewConference) -> Conference:
    """Open a conference of one or several procedure steps.

    Raises:
        Refused: something in it cannot be right.
    """
    return open_with(session, order, agenda.open_items(session, order.items))


def open_with(
    session: Session, order: NewConference, openings: Sequence[Opening]
) -> Conference:
    """Open a conference with an agenda that was checked already.

    Raises:
        Refused: something else in the order cannot be right.
    """
    former = None if order.key_of is None else load(session, order.key_of)
    order = _with_committee(order, former)
    _check_texts(order)
    _check_members(order, openings)
    threshold = _threshold(order, openings)
    items = agenda.as_items(openings)
    conference = Conference(
        uuid=election.new_uuid(),
        state=State.DRAFT,
        title=tidy(order.title),
        office=tidy(order.office),
        place=tidy(order.place),
        starts_at=order.starts_at.astimezone(UTC),
        members=order.members,
        threshold=threshold,
        committee_of_id=former.id if former else None,
        items=items,
        positions=[position for item in items for position in item.positions],
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


def check_size(members: int | None) -> None:
    """Refuse a leading body of a size that none has.

    Raises:
        Refused: it is nobody's, or a typing error.
    """
    if members is not None and not 1 <= members <= MAX_MEMBERS:
        raise Refused("members_wrong")


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
        key_of=_key_of(session, conference),
    )
    kind = "committee.convened"
    peers.send("tally", kind, body, conference.uuid, f"{conference.uuid}.{kind}")
    conference.state = State.CONVENED
    record(session, actions.CommitteeConvened(uuid=conference.uuid))


def make_new_key(session: Session, conference: Conference) -> None:
    """Let the committee make a key of its own, as the former one cannot be kept.

    Raises:
        Refused: the committee is convened already, or makes its own anyway.
    """
    expect(conference, State.DRAFT)
    if conference.committee_of_id is None:
        raise Refused("key_is_new")
    conference.committee_of_id = None
    record(session, actions.KeyNotKept(uuid=conference.uuid))


def _count(session: Session, conference: Conference, *where: object) -> int:
    query = select(func.count()).select_from(Delegate)
    query = query.where(Delegate.conference_id == conference.id, *where)  # type: ignore[arg-type]
    return session.scalar(query) or 0


def _key_of(session: Session, conference: Conference) -> str:
    """Name the election whose key the committee keeps; empty if it makes one."""
    if conference.committee_of_id is None:
        return ""
    return load(session, conference.committee_of_id).uuid


def _with_committee(order: NewConference, former: Conference | None) -> NewConference:
    """Take over the committee that keeps its key; another one cannot keep it.

    Raises:
        Refused: the committee named is another one.
    """
    if former is None:
        return order
    same = tuple(NewMember(each.name, each.role) for each in former.committee)
    if order.committee and order.committee != same:
        raise Refused("committee_differs")
    if order.threshold not in (None, former.threshold):
        raise Refused("committee_differs")
    return msgspec.structs.replace(order, committee=same, threshold=former.threshold)


def _check_texts(order: NewConference) -> None:
    positions = [each for item in order.items for each in item.positions]
    texts = [order.title, order.office, order.place, order.override]
    texts += [text for each in positions for text in (each.title, each.term)]
    texts += [text for each in order.committee for text in (each.name, each.role)]
    if any(len(text) > MAX_TEXT for text in texts):
        raise Refused("text_too_long", limit=MAX_TEXT)
    names = [order.title, order.office, *(each.title for each in positions)]
    names += [each.name for each in order.committee]
    if not all(tidy(name) for name in names):
        raise Refused("text_missing")


def _check_members(order: NewConference, openings: Sequence[Opening]) -> None:
    if agenda.needs_members(openings) and order.members is None:
        raise Refused("members_missing")
    check_size(order.members)


def _threshold(order: NewConference, openings: Sequence[Opening]) -> int:
    """Return k of n: more than half unless said otherwise.

    All of n only by a typed override, here or where the key was made: elections were
    lost to one lost key.
    """
    size = len(order.committee)
    sizes = [each.settled.procedure.committee for each in openings]
    fewest, most = max(s.fewest for s in sizes), min(s.most for s in sizes)
    if not fewest <= size <= most:
        raise Refused("committee_size", size=size, fewest=fewest, most=most)
    if len({tidy(member.name).casefold() for member in order.committee}) != size:
        raise Refused("committee_name_twice")
    threshold = size // 2 + 1 if order.threshold is None else order.threshold
    if not 1 < threshold <= size:
        raise Refused("threshold_wrong", threshold=threshold, size=size)
    if threshold == size and order.key_of is None and not tidy(order.override):
        raise Refused("threshold_needs_all", size=size)
    return threshold


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
