"""The following conference: prepared before the count, filled after it.

Prepared, its delegates can be imported, its cards printed and its committee convened
while the step before still votes; its paper stays empty. Then those who passed are
put on it in order of their votes. Somebody is left out only with a recorded reason.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import actions, agenda, conferences, results, ties
from admin.actions import record
from admin.agenda import NewItem, NewPosition, Opening
from admin.choices import Choices, unstated
from admin.conferences import NewConference, NewMember, expect
from admin.models import AgendaItem, Conference, State
from admin.names import tidy
from admin.next_list import WithdrawNominee, after, fill, going_on
from web.errors import Refused


class NextConference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What differs in the next step's conference; the rest is taken over.

    `quotas` gives, by the position's number here, how many may be planned for it;
    `choices`, by the item's number here, what the document leaves unstated there.
    `key_kept`: the same committee goes on with the key it has. `items` are the
    numbers of the items here that go on together; by default all that are left.
    """

    title: str | None = None
    office: str | None = None
    place: str | None = None
    starts_at: datetime | None = None
    committee: tuple[NewMember, ...] | None = None
    members: int | None = None
    threshold: int | None = None
    quotas: dict[int, int] = {}
    choices: dict[int, Choices] = {}
    override: str = ""
    key_kept: bool = False
    withdrawn: tuple[WithdrawNominee, ...] = ()
    items: tuple[int, ...] = ()


def followings(session: Session, conference: Conference) -> list[Conference]:
    """Return the conferences that this one led to, unless they were abandoned.

    Nearly always one; ballots of one sitting may go on in conferences of their own.
    """
    query = (
        select(Conference)
        .where(Conference.previous_id == conference.id, Conference.state != State.VOID)
        .order_by(Conference.id)
    )
    return list(session.scalars(query))


def next_of(session: Session, conference: Conference) -> Conference | None:
    """Return the conference that waits for those who pass, or else the last one."""
    found = followings(session, conference)
    waiting = [each for each in found if is_prepared(each)]
    return next(iter([*waiting, *reversed(found)]), None)


def is_prepared(conference: Conference) -> bool:
    """Whether it waits for those who will pass the step before.

    Ballots that joined its sitting have their people already and stand behind.
    """
    waiting = conference.state in (State.DRAFT, State.CONVENED)
    empty = not any(position.nominees for position in conference.items[0].positions)
    return conference.previous_id is not None and waiting and empty


def is_orphan(session: Session, conference: Conference) -> bool:
    """Whether the conference whose count made its list was abandoned."""
    if conference.previous_id is None:
        return False
    return conferences.load(session, conference.previous_id).state == State.VOID


def leads_on(conference: Conference) -> list[AgendaItem]:
    """Return the items whose step has a next one."""
    return [each for each in conference.items if agenda.settled(each).step.next]


def left(session: Session, conference: Conference) -> list[AgendaItem]:
    """Return the items that lead on and that no following conference has yet.

    Once counted, an item for which nobody passed is not left: it is over.
    """
    taken = {
        (item.procedure, item.step)
        for each in followings(session, conference)
        for item in each.items
    }
    passed = {
        each.position.item_id
        for each in results.final_lists(session, conference)
        if each.lines
    }
    counted = conference.count is not None
    return [
        item
        for item in leads_on(conference)
        if after(item) not in taken and (not counted or item.id in passed)
    ]


def waiting(session: Session, conference: Conference) -> list[AgendaItem]:
    """Return the items that go on next: of a prepared conference, or all left.

    Where all went on, those that did.
    """
    prepared = _prepared(session, conference, ())
    if prepared is not None:
        return _leading_to(conference, prepared)
    return left(session, conference) or leads_on(conference)


def prepare(
    session: Session, conference: Conference, order: NextConference
) -> Conference:
    """Open the next step's conference before this one is counted, without nominees.

    Raises:
        Refused: nothing follows, this one is over, or it was done before.
    """
    if conference.state in (State.PUBLISHED, State.VOID):
        raise Refused("wrong_state", state=conference.state)
    if order.withdrawn:
        raise Refused("nobody_passed_yet")
    items = _asked(session, conference, order)
    following = _open(session, conference, items, order)
    record(
        session,
        actions.NextPrepared(uuid=conference.uuid, following=following.uuid),
    )
    return following


def carry(
    session: Session, conference: Conference, order: NextConference
) -> Conference:
    """Put those who passed on the next step's paper, by their votes.

    Raises:
        Refused: nothing follows, nobody passed, a tie waits, or it was done before.
    """
    expect(conference, State.COUNTED, State.PUBLISHED)
    ties.check_decided(session, conference, results.count_of(conference))
    following = _prepared(session, conference, order.items)
    if following is None:
        items = _asked(session, conference, order)
    else:
        items = _leading_to(conference, following)
        _amend(following, order)
    lines = going_on(session, conference, items, order.withdrawn)
    if not any(lines.values()):
        raise Refused("nobody_passed")
    if following is None:
        following = _open(session, conference, items, order)
    fill(session, conference, following, items, lines)
    return following


def _leading_to(conference: Conference, following: Conference) -> list[AgendaItem]:
    """Return the items here that a following conference goes on with, in order."""
    theirs = {(item.procedure, item.step) for item in following.items}
    return [each for each in leads_on(conference) if after(each) in theirs]


def _prepared(
    session: Session, conference: Conference, numbers: Sequence[int]
) -> Conference | None:
    """Return the conference that was prepared for these items; for any, if none."""
    for each in followings(session, conference):
        if not is_prepared(each):
            continue
        items = {item.number for item in _leading_to(conference, each)}
        if not numbers or items == set(numbers):
            return each
    return None


def _asked(
    session: Session, conference: Conference, order: NextConference
) -> list[AgendaItem]:
    """Return the items that are to go on together.

    Raises:
        Refused: none of them leads on, nobody passed, or they went on already.
    """
    leading = leads_on(conference)
    if order.items:
        leading = [each for each in leading if each.number in order.items]
    if not leading or len(leading) != len(order.items or leading):
        raise Refused("no_next_step")
    free = {each.id for each in left(session, conference)}
    items = [each for each in leading if each.id in free]
    if items and (not order.items or len(items) == len(leading)):
        return items
    existing = next_of(session, conference)
    if existing is None:
        raise Refused("nobody_passed")
    raise Refused("next_exists", id=existing.id)


def _open(
    session: Session,
    conference: Conference,
    items: Sequence[AgendaItem],
    order: NextConference,
) -> Conference:
    openings = [_opening(session, each, order) for each in items]
    agenda.check_together(openings)
    following = conferences.open_with(
        session, _order(conference, order, openings), openings
    )
    following.previous_id = conference.id
    session.flush()
    return following


def _opening(session: Session, item: AgendaItem, order: NextConference) -> Opening:
    """Return the item of the next step, in the version that this one keeps."""
    procedure = agenda.procedure_of(item)
    step = agenda.step_of(procedure, str(agenda.settled(item).step.next))
    choices = order.choices.get(item.number, Choices())
    if "quorum" in unstated(procedure, step) and choices.quorum is None:
        former = msgspec.json.decode(item.choices, type=Choices)
        choices = msgspec.structs.replace(choices, quorum=former.quorum)
    asked = NewItem(
        procedure=procedure.id,
        step=step.id,
        positions=tuple(
            NewPosition(
                title=position.title,
                term=position.term,
                quota=order.quotas.get(position.number, position.quota),
                planned_position=position.planned_position_id,
            )
            for position in item.positions
        ),
        choices=choices,
        instance=item.instance_id,
    )
    return agenda.opening(session, asked, item.profile_digest, procedure)


def _order(
    former: Conference, order: NextConference, openings: Sequence[Opening]
) -> NewConference:
    committee = order.committee or tuple(
        NewMember(name=member.name, role=member.role) for member in former.committee
    )
    members = former.members if order.members is None else order.members
    return NewConference(
        title=order.title or openings[0].settled.step.name.vi,
        office=order.office or former.office,
        place=former.place if order.place is None else order.place,
        starts_at=order.starts_at or former.starts_at,
        items=tuple(each.order for each in openings),
        committee=committee,
        members=members,
        threshold=former.threshold if order.key_kept else order.threshold,
        override=order.override,
        key_of=former.id if order.key_kept else None,
    )


def _amend(following: Conference, order: NextConference) -> None:
    """Change what can still be changed of a prepared conference.

    Raises:
        Refused: the order asks for more than that.
    """
    fixed = (order.committee, order.threshold, order.choices or None)
    if any(each is not None for each in fixed) or order.quotas or order.key_kept:
        raise Refused("prepared_fixed")
    texts = (order.title, order.office, order.place)
    if any(len(text or "") > conferences.MAX_TEXT for text in texts):
        raise Refused("text_too_long", limit=conferences.MAX_TEXT)
    conferences.check_size(order.members)
    following.title = tidy(order.title or "") or following.title
    following.office = tidy(order.office or "") or following.office
    following.place = tidy(order.place or "") or following.place
    if order.starts_at is not None:
        following.starts_at = order.starts_at.astimezone(UTC)
    if order.members is not None:
        following.members = order.members
