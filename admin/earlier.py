"""The counts of earlier steps, laid on the table where a procedure asks for them.

S000 step 5: the leadership decides with the results of steps 3 and 4 before it. They
are shown to whoever may see results, never to the room.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin import agenda, results
from admin.models import Conference, Position
from admin.names import fold
from admin.procedure import Step
from web.contracts import SectionResult, Verdict


@dataclass(frozen=True)
class EarlierCount:
    """What an earlier step counted for those on one section of this paper."""

    step: Step
    position: Position
    result: SectionResult
    lines: tuple[Verdict, ...]


def earlier_counts(session: Session, conference: Conference) -> list[EarlierCount]:
    """Return the earlier steps' counts, the first step first.

    Empty unless a step on this paper shows them.
    """
    found: list[EarlierCount] = []
    for position in conference.positions:
        if agenda.settled(position.item).step.shows_earlier:
            found += reversed(list(_before(session, conference, position)))
    return found


def _before(
    session: Session, conference: Conference, position: Position
) -> Iterator[EarlierCount]:
    keys = {nominee.key for nominee in position.nominees}
    former = _former(session, conference)
    while former is not None:
        yield from _in(former, position, keys)
        former = _former(session, former)


def _in(
    former: Conference, position: Position, keys: set[str]
) -> Iterator[EarlierCount]:
    count = results.count_of(former)
    if count is None:
        return
    for place, result in zip(former.positions, count.sections, strict=True):
        if not _same(place, position):
            continue
        lines = tuple(each for each in result.verdicts if each.nominee in keys)
        yield EarlierCount(agenda.settled(place.item).step, position, result, lines)


def _same(one: Position, other: Position) -> bool:
    """Whether two conferences vote on the same position of the same procedure."""
    return (one.item.procedure, fold(one.title), fold(one.term)) == (
        other.item.procedure,
        fold(other.title),
        fold(other.term),
    )


def _former(session: Session, conference: Conference) -> Conference | None:
    if conference.previous_id is None:
        return None
    return session.get(Conference, conference.previous_id)
