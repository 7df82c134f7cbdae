"""The next paper's list: those who passed, in order of votes, and who is left out.

Somebody who passed is left out only with a recorded reason, or because they have left
the planning since (DOMAIN.md A.2.13). A list that was abandoned is made anew.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import actions, agenda, conferences, outcomes, results
from admin.actions import record
from admin.conferences import expect_unsealed
from admin.models import AgendaItem, Conference, Nominee, Position, Withdrawal
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


def withdrawals(session: Session, conference: Conference) -> list[Withdrawal]:
    """Return who passed here and was not put on the next list."""
    query = (
        select(Withdrawal)
        .join(Position, Position.id == Withdrawal.position_id)
        .where(Position.conference_id == conference.id)
        .order_by(Withdrawal.id)
    )
    return list(session.scalars(query))


def after(item: AgendaItem) -> tuple[str, str]:
    """Name the procedure and the step that an item leads on to."""
    return item.procedure, str(agenda.settled(item).step.next)


def going_on(
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


def fill(
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
        for pair in zip(item.positions, theirs[after(item)].positions, strict=True)
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
