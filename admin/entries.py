"""People's places in a plan: entered, kept, up for removal, withdrawn, exited.

Only what happens without a ballot; what ballots decide is `outcomes.py`. An automatic
exit (đương nhiên ra khỏi quy hoạch) has a ground and a decision with number and date,
and the person's name leaves every paper that is not sealed yet.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import outcomes, round_actions
from admin.actions import record
from admin.models import (
    Conference,
    Instance,
    Nominee,
    Person,
    PlanEntry,
    PlannedPosition,
    Position,
    State,
)
from admin.procedure import Exit, Procedure
from admin.profiles import current_catalogue, load_profile
from admin.rounds import fitting, needed
from admin.standings import Move, StandingError
from web.errors import Refused
from web.paper import Purpose

_BALLOTED = (State.DRAFT, State.CONVENED, State.SEALED, State.OPEN, State.CLOSED)


class NewEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody of the register: nominated now, or planned for this before."""

    person: int
    standing: Literal["nominated", "planned", "kept"] = "nominated"
    origin: Literal["onsite", "external"] = "onsite"


class ExitOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why somebody leaves without a ballot, and the decision that says so."""

    ground: str
    document_number: str
    document_date: date | None
    note: str = ""


class RemovalOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why somebody is put on a removal ballot: a ground of the profile, or words."""

    ground: str


class WithdrawalOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why somebody is taken off a list outside any ballot."""

    reason: str


class Left(msgspec.Struct, frozen=True):
    """The conferences whose paper a name was taken off, and those that still have it.

    A sealed paper cannot be changed; its votes for the person come to nothing.
    """

    taken_off: tuple[int, ...]
    still_on: tuple[int, ...]


def load(session: Session, entry_id: int) -> PlanEntry:
    """Return an entry.

    Raises:
        Refused: there is none with this number.
    """
    entry = session.get(PlanEntry, entry_id)
    if entry is None:
        raise Refused("entry_unknown", status=404)
    return entry


def add(session: Session, position: PlannedPosition, order: NewEntry) -> PlanEntry:
    """Enter somebody for a position.

    Raises:
        Refused: they are not in the register, or in this plan already.
    """
    person = session.get(Person, order.person)
    if person is None:
        raise Refused("entry_person_unknown", status=404)
    if person.id in {each.person_id for each in position.entries}:
        raise Refused("entry_twice", name=person.name)
    entry = PlanEntry(person=person, standing=order.standing, origin=order.origin)
    position.entries.append(entry)
    session.flush()
    added = round_actions.EntryAdded(entry=entry.id, standing=entry.standing)
    record(session, added)
    return entry


def keep(session: Session, entry: PlanEntry) -> None:
    """Keep somebody who was planned before (giữ nguyên).

    Raises:
        Refused: they do not stand so.
    """
    _move(session, entry, Move.KEEP, "")


def propose_removal(session: Session, entry: PlanEntry, order: RemovalOrder) -> None:
    """Put somebody who was planned before on the next removal ballot.

    Raises:
        Refused: no ground is given, the procedures run for the position hold no
            such ballot, or they do not stand so.
    """
    run = _procedures(session, entry.position)
    ballots = [ballot for each in run for _, ballot in each.ballot_steps()]
    if run and all(ballot.purpose is not Purpose.REMOVE for ballot in ballots):
        raise Refused("no_removal_ballot")
    _move(session, entry, Move.ASK_REMOVAL, _removal_ground(session, entry, order))


def withdraw(session: Session, entry: PlanEntry, order: WithdrawalOrder) -> None:
    """Take somebody off the list, with the reason.

    Raises:
        Refused: no reason is given, or they do not stand so.
    """
    reason = fitting(order.reason)
    if not reason:
        raise Refused("withdrawal_reason_missing", name=entry.person.name)
    _move(session, entry, Move.DROP, reason)
    _take_off_papers(session, entry)


def leave(session: Session, entry: PlanEntry, order: ExitOrder) -> Left:
    """Record an automatic exit: no ballot is held on it.

    Raises:
        Refused: the ground is none of the procedure's, the decision is not named, or
            they are not in the planning any more.
    """
    grounds = {each.id: each for each in exit_grounds(session, entry.position)}
    if order.ground not in grounds:
        raise Refused("exit_ground_unknown")
    number = fitting(order.document_number)
    if not number or order.document_date is None:
        raise Refused("exit_document_missing")
    entry.document_number, entry.document_date = number, order.document_date
    entry.note = fitting(order.note)
    ground = grounds[order.ground].name.of("vi")
    _move(session, entry, Move.EXIT, ground, number)
    return _take_off_papers(session, entry)


def exit_grounds(session: Session, position: PlannedPosition) -> list[Exit]:
    """Return the grounds for an exit: those of the procedures run for the position.

    Where their documents name none, those of every known procedure, each with its
    source: somebody who died is not left in a plan because a document is silent.
    """
    own = _grounds(each.exits for each in _procedures(session, position))
    everywhere = (each.procedure.exits for each in current_catalogue().all())
    return own or _grounds(everywhere)


def removal_grounds(session: Session, position: PlannedPosition) -> list[Exit]:
    """Return the grounds for a removal that the procedures of the position name."""
    return _grounds(each.removals for each in _procedures(session, position))


def _procedures(session: Session, position: PlannedPosition) -> list[Procedure]:
    query = select(Instance).where(Instance.unit_id == position.unit_id)
    found = session.scalars(query.order_by(Instance.id)).all()
    return [
        load_profile(session, each.profile_digest)
        for each in found
        if position in each.positions
    ]


def _grounds(named: Iterable[tuple[Exit, ...]]) -> list[Exit]:
    return list({each.id: each for grounds in named for each in grounds}.values())


def _removal_ground(session: Session, entry: PlanEntry, order: RemovalOrder) -> str:
    named = {each.id: each for each in removal_grounds(session, entry.position)}
    if order.ground in named:
        return named[order.ground].name.of("vi")
    return needed(order.ground)


def _move(
    session: Session, entry: PlanEntry, step: Move, ground: str, document: str = ""
) -> None:
    try:
        outcomes.move(entry, step, ground)
    except StandingError as error:
        name, standing = entry.person.name, entry.standing
        raise Refused("entry_stands", name=name, standing=standing) from error
    moved = round_actions.EntryMoved(
        entry=entry.id, standing=entry.standing, ground=ground, document=document
    )
    record(session, moved)


def _take_off_papers(session: Session, entry: PlanEntry) -> Left:
    """Take the name off every paper that can still be changed."""
    query = (
        select(Conference, Position, Nominee)
        .join(Position, Position.conference_id == Conference.id)
        .join(Nominee, Nominee.position_id == Position.id)
        .where(Position.planned_position_id == entry.position_id)
        .where(Nominee.key == entry.person.key, Conference.state.in_(_BALLOTED))
    )
    taken_off, still_on = [], []
    for conference, position, nominee in session.execute(query).all():
        if conference.paper is not None:
            still_on.append(conference.id)
            continue
        position.nominees.remove(nominee)
        _renumber(session, position)
        taken_off.append(conference.id)
    return Left(tuple(taken_off), tuple(still_on))


def _renumber(session: Session, position: Position) -> None:
    session.flush()  # a number must be free before it is taken again
    for number, each in enumerate(position.nominees, 1):
        if each.number != number:
            each.number = number
            session.flush()
