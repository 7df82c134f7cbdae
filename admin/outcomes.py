"""What a published conference does to the plan: who goes on, who leaves, and why.

A person who left the planning while a ballot with their name was being held stays
out, whatever the votes say. Grounds name the step, never a figure: the votes of most
steps are not announced.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import agenda, results
from admin.models import (
    Conference,
    Nominee,
    Person,
    PlanEntry,
    PlannedPosition,
    Position,
    State,
    Withdrawal,
)
from admin.names import fold
from admin.procedure import Origin
from admin.results import FinalList
from admin.standings import BALLOTED, INSIDE, Move, Standing, after
from web import i18n
from web.contracts import Outcome, SectionResult
from web.paper import Purpose


def take(session: Session, conference: Conference) -> None:
    """Move the entries of the plan as the published result says.

    Introduced: whoever passes the last ballot is proposed, whoever falls out on the
    way is withdrawn. Removed: whoever passes is proposed for removal, the others stay.
    """
    count = results.count_of(conference)
    finals = results.final_lists(session, conference)
    for final, result in zip(finals, count.sections if count else (), strict=True):
        position = session.get(PlannedPosition, final.position.planned_position_id or 0)
        if position is None:
            continue  # a conference outside every round
        if agenda.settled(final.position.item).purpose is Purpose.REMOVE:
            _take_removals(session, position, final)
        else:
            _take_introduced(session, position, final, result)


def left_since(session: Session, conference: Conference) -> list[tuple[Position, str]]:
    """Return who is on this paper and has left the planning since: position, key."""
    return [
        (position, nominee.key)
        for position in conference.positions
        for nominee in position.nominees
        if _standing(session, position, nominee) not in {None, *INSIDE}
    ]


def names_of(left: list[tuple[Position, str]]) -> str:
    """Return the names of those who left, to be read out in a sentence."""
    names = {
        nominee.name
        for position, key in left
        for nominee in position.nominees
        if nominee.key == key
    }
    return ", ".join(sorted(names))


def move(entry: PlanEntry, step: Move, ground: str = "") -> None:
    """Move an entry along, and keep why.

    Raises:
        StandingError: the move is not open to it.
    """
    entry.standing = after(Standing(entry.standing), step)
    entry.ground = ground


def _take_removals(
    session: Session, position: PlannedPosition, final: FinalList
) -> None:
    passed = {line.nominee for line in final.lines}
    for entry in _balloted(session, position, final, Purpose.REMOVE):
        if entry.person.key in passed:
            move(entry, Move.PROPOSE_REMOVAL, entry.ground)
        else:
            move(entry, Move.SPARE)


def _take_introduced(
    session: Session,
    position: PlannedPosition,
    final: FinalList,
    result: SectionResult,
) -> None:
    settled = agenda.settled(final.position.item)
    outcome = {verdict.nominee: verdict.outcome for verdict in result.verdicts}
    passed = {line.nominee for line in final.lines}
    is_last = settled.step.next is None
    if is_last:
        _enter_strangers(session, position, final, settled.procedure.origin)
    for entry in _balloted(session, position, final, Purpose.INTRODUCE):
        if entry.person.key not in passed:
            move(entry, Move.DROP, _why(settled.step.id, outcome[entry.person.key]))
        elif is_last:
            move(entry, Move.PASS)
    _take_left_out(session, position)


def _balloted(
    session: Session, position: PlannedPosition, final: FinalList, purpose: Purpose
) -> Iterator[PlanEntry]:
    """Yield the entries of those on the paper that still wait for its result."""
    keys = {nominee.key for nominee in final.position.nominees}
    waiting = PlanEntry.standing == BALLOTED[purpose]
    query = select(PlanEntry).join(Person).where(Person.key.in_(keys), waiting)
    query = query.where(PlanEntry.position_id == position.id).order_by(PlanEntry.id)
    yield from session.scalars(query).all()


def _take_left_out(session: Session, position: PlannedPosition) -> None:
    """Withdraw those who passed a step and were taken off the list after it."""
    query = (
        select(PlanEntry, Withdrawal)
        .join(Person, Person.id == PlanEntry.person_id)
        .join(Withdrawal, Withdrawal.key == Person.key)
        .join(Position, Position.id == Withdrawal.position_id)
        .join(Conference, Conference.id == Position.conference_id)
        .where(Conference.state != State.VOID)
        .where(Position.planned_position_id == position.id)
        .where(PlanEntry.position_id == position.id)
        .where(PlanEntry.standing == Standing.NOMINATED)
    )
    for entry, withdrawal in session.execute(query).all():
        move(entry, Move.DROP, withdrawal.reason)


def _enter_strangers(
    session: Session, position: PlannedPosition, final: FinalList, origin: Origin
) -> None:
    """Enter those who passed and were put on the paper outside the round."""
    passed = {line.nominee for line in final.lines}
    for nominee in final.position.nominees:
        if nominee.key not in passed:
            continue
        person = _person(session, nominee)
        known = select(PlanEntry).where(
            PlanEntry.position_id == position.id, PlanEntry.person_id == person.id
        )
        if session.scalar(known) is None:
            position.entries.append(
                PlanEntry(person=person, standing=Standing.NOMINATED, origin=origin)
            )
    session.flush()


def _person(session: Session, nominee: Nominee) -> Person:
    """Return the nominee's person, who is put into the register if not in it yet."""
    found = session.scalar(select(Person).where(Person.key == nominee.key))
    if found is None:
        found = Person(
            key=nominee.key,
            name=nominee.name,
            folded=fold(f"{nominee.name} {nominee.post}"),
            birth_year=nominee.birth_year,
            post=nominee.post,
        )
        session.add(found)
        session.flush()
    return found


def _why(step: str, outcome: Outcome) -> str:
    """Return the ground, in the language of the documents whoever publishes."""
    key = "below" if outcome is Outcome.BELOW else "beyond_quota"
    return i18n.current_catalogue("vi")[f"round.ground_{key}"] % {"step": step}


def _standing(session: Session, position: Position, nominee: Nominee) -> str | None:
    return session.scalar(
        select(PlanEntry.standing)
        .join(Person, Person.id == PlanEntry.person_id)
        .where(PlanEntry.position_id == position.planned_position_id)
        .where(Person.key == nominee.key)
    )
