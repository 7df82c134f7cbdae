"""The counts of earlier steps, laid on the table where a procedure asks for them.

S000 step 5: the leadership decides with the results of steps 3 and 4 before it. They
are shown to whoever may see results, never to the room; the list of nominees has them
of every step.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from admin import agenda, results
from admin.models import Conference, Position
from admin.names import fold
from admin.procedure import Step
from web.contracts import SectionResult, Verdict
from web.rules import Counts


@dataclass(frozen=True)
class EarlierCount:
    """What an earlier step counted for those on one section of this paper.

    `counts` are the people of that conference.
    """

    step: Step
    position: Position
    result: SectionResult
    lines: tuple[Verdict, ...]
    counts: Counts


def earlier_counts(session: Session, conference: Conference) -> list[EarlierCount]:
    """Return the earlier steps' counts, the first step first.

    Empty unless a step on this paper shows them.
    """
    found: list[EarlierCount] = []
    for position in conference.positions:
        if agenda.settled(position.item).step.shows_earlier:
            found += counts_before(session, conference, position)
    return found


def counts_before(
    session: Session, conference: Conference, position: Position
) -> list[EarlierCount]:
    """Return what all former conferences counted for a position, from the first on."""
    keys = {nominee.key for nominee in position.nominees}
    found: list[EarlierCount] = []
    for former in _formers(session, conference):
        found += _in(former, position, keys)
    return found[::-1]


def place_before(
    session: Session, conference: Conference, position: Position
) -> Position | None:
    """Return the section on which the step before balloted on the same position."""
    former = _former(session, conference)
    places = former.positions if former else ()
    return next((place for place in places if _same(place, position)), None)


def _formers(session: Session, conference: Conference) -> Iterator[Conference]:
    """Yield the conferences that led to this one, the last one first."""
    former = _former(session, conference)
    while former is not None:
        yield former
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
        step = agenda.settled(place.item).step
        yield EarlierCount(step, position, result, lines, count.counts)


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
