"""The following conference: prepared before the count, filled after it.

Prepared, its delegates can be imported, its cards printed and its committee convened
while the step before still votes; its paper stays empty. Then those who passed are
put on it in order of their votes. Somebody is left out only with a recorded reason.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import actions, agenda, conferences, outcomes, results, ties
from admin.actions import record
from admin.agenda import NewItem, NewPosition, Opening
from admin.choices import Choices, unstated
from admin.conferences import NewConference, NewMember, expect, expect_unsealed
from admin.models import AgendaItem, Conference, Nominee, Position, State, Withdrawal
from admin.names import fold, tidy
from admin.results import FinalList, sealed_paper
from web import paper
from web.errors import Refused


class WithdrawNominee(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who passed and is not to be on the next list, and why.

    `position` is the position's number on the paper that was counted.
    """

    position: int
    key: str
    reason: str


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
        if _after(item) not in taken and (not counted or item.id in passed)
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
    going_on = _going_on(session, conference, items, order.withdrawn)
    if not any(going_on.values()):
        raise Refused("nobody_passed")
    if following is None:
        following = _open(session, conference, items, order)
    _fill(session, conference, following, items, going_on)
    return following


def withdrawals(session: Session, conference: Conference) -> list[Withdrawal]:
    """Return who passed here and was not put on the next list."""
    query = (
        select(Withdrawal)
        .join(Position, Position.id == Withdrawal.position_id)
        .where(Position.conference_id == conference.id)
        .order_by(Withdrawal.id)
    )
    return list(session.scalars(query))


def _after(item: AgendaItem) -> tuple[str, str]:
    """Name the procedure and the step that an item leads on to."""
    return item.procedure, str(agenda.settled(item).step.next)


def _leading_to(conference: Conference, following: Conference) -> list[AgendaItem]:
    """Return the items here that a following conference goes on with, in order."""
    theirs = {(item.procedure, item.step) for item in following.items}
    return [each for each in leads_on(conference) if _after(each) in theirs]


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


def _going_on(
    session: Session,
    conference: Conference,
    items: Sequence[AgendaItem],
    withdrawn: Sequence[WithdrawNominee],
) -> dict[int, tuple[str, ...]]:
    """Return, by position number, the keys that go on; records who does not."""
    ids = {item.id for item in items}
    lists = {
        each.position.number: each
        for each in results.final_lists(session, conference)
        if each.position.item_id in ids
    }
    # whoever left the planning since this paper was made is on no list (A.2.13)
    gone = {(p.number, key) for p, key in outcomes.left_since(session, conference)}
    _forget(session, conference, lists, gone)
    left_out = [(each.position, each.key) for each in withdrawn]
    if len(set(left_out)) != len(left_out):
        raise Refused("withdrawn_twice")
    for each in withdrawn:
        _withdraw(session, lists, each)
    return {
        number: tuple(
            line.nominee
            for line in each.lines
            if (number, line.nominee) not in {*left_out, *gone}
        )
        for number, each in lists.items()
    }


def _forget(
    session: Session,
    conference: Conference,
    lists: Mapping[int, FinalList],
    gone: AbstractSet[tuple[int, str]],
) -> None:
    """Forget who was taken off a list that was abandoned: it is made anew.

    Whoever has left the planning stays out, with the reason of then.
    """
    numbers = {each.position.id: number for number, each in lists.items()}
    for each in withdrawals(session, conference):
        number = numbers.get(each.position_id)
        if number is not None and (number, each.key) not in gone:
            session.delete(each)
    session.flush()  # the same person may be taken off again


def _withdraw(
    session: Session, lists: Mapping[int, FinalList], order: WithdrawNominee
) -> None:
    found = lists.get(order.position)
    lines = {line.nominee: line for line in found.lines} if found else {}
    if found is None or order.key not in lines:
        raise Refused("not_on_list")
    reason = tidy(order.reason)
    if not reason:
        raise Refused("withdrawal_reason_missing", name=lines[order.key].name)
    if len(reason) > conferences.MAX_TEXT:
        raise Refused("text_too_long", limit=conferences.MAX_TEXT)
    of_whom = (Withdrawal.position_id == found.position.id, Withdrawal.key == order.key)
    if session.scalar(select(Withdrawal.id).where(*of_whom)) is not None:
        return  # left the planning already, with the reason of then
    session.add(
        Withdrawal(
            position_id=found.position.id,
            key=order.key,
            name=lines[order.key].name,
            reason=reason,
        )
    )


def _fill(
    session: Session,
    conference: Conference,
    following: Conference,
    items: Sequence[AgendaItem],
    going_on: Mapping[int, Sequence[str]],
) -> None:
    """Put the nominees on the paper; a position without any leaves it."""
    expect_unsealed(following)
    sealed = sealed_paper(conference)
    for before, position in _pairs(items, following):
        people = {each.id: each for each in sealed.sections[before.number - 1].nominees}
        persons = {each.key: each.person_id for each in before.nominees}
        keys = going_on[before.number]
        position.nominees.clear()
        session.flush()  # a number must be free before it is taken
        position.nominees = [
            _nominee(number, people[key], persons.get(key))
            for number, key in enumerate(keys, 1)
        ]
        if not keys:
            _drop(following, position)
    session.flush()  # the numbers of those dropped must be free before they are taken
    for number, item in enumerate(following.items, 1):
        item.number = number
    for number, position in enumerate(following.positions, 1):
        position.number = number
    session.flush()
    record(
        session,
        actions.NomineesCarried(
            uuid=following.uuid,
            nominees=sum(map(len, going_on.values())),
            withdrawn=len(withdrawals(session, conference)),
        ),
    )


def _pairs(
    items: Sequence[AgendaItem], following: Conference
) -> list[tuple[Position, Position]]:
    """Return each position here with the one that it leads on to."""
    theirs = {(item.procedure, item.step): item for item in following.items}
    return [
        pair
        for item in items
        for pair in zip(item.positions, theirs[_after(item)].positions, strict=True)
    ]


def _drop(following: Conference, position: Position) -> None:
    """Take a position off the paper, and its item if nothing is left of it."""
    item = position.item
    following.positions.remove(position)
    item.positions.remove(position)
    if not item.positions:
        following.items.remove(item)


def _nominee(number: int, line: paper.Nominee, person_id: int | None) -> Nominee:
    return Nominee(
        number=number,
        key=line.id,
        name=line.name,
        folded=fold(line.name),
        birth_year=line.birth_year,
        post=line.post,
        person_id=person_id,
    )
