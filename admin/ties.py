"""Ties across the cut-off of a quota: they wait for the head's decision.

The tally only marks them. Here the head's choice is recorded with name, title and
time; until then nothing is published and nothing goes on to a next step
(docs/adr/0012-ties-wait-for-the-head.md). Source: S000 I step 5; S004 B5.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
from sqlalchemy.orm import Session

from admin import actions
from admin.actions import record
from admin.conferences import MAX_TEXT, expect
from admin.models import Conference, Position, State, TieDecision
from admin.names import tidy
from web.contracts import CountRecorded, Outcome, SectionResult, Verdict
from web.errors import Refused


class DecideTie(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the head decides: of the tied, exactly as many as there are seats left.

    `position` is the position's number on the paper, `chosen` are nominees' keys.
    """

    position: int
    chosen: tuple[str, ...]
    head_name: str
    head_title: str
    reason: str = ""


@dataclass(frozen=True)
class Tie:
    """Equal votes of a position of which only `seats` fit under the quota."""

    position: Position
    seats: int
    tied: tuple[Verdict, ...]
    decider: str


def ties_of(conference: Conference, count: CountRecorded | None) -> Iterator[Tie]:
    """Yield the ties of a counted conference, decided or not."""
    if count is None:
        return
    for position, result in zip(conference.positions, count.sections, strict=True):
        tie = _tie(position, result)
        if tie is not None:
            yield tie


def decide(
    session: Session,
    conference: Conference,
    count: CountRecorded | None,
    order: DecideTie,
) -> None:
    """Record the head's decision; it can be made anew until the result is published.

    Raises:
        Refused: nothing is tied there, or the choice does not fit the seats left.
    """
    expect(conference, State.COUNTED)
    found = {tie.position.number: tie for tie in ties_of(conference, count)}
    tie = found.get(order.position)
    if tie is None:
        raise Refused("nothing_tied")
    _check(order, tie)
    decision = TieDecision(
        position_id=tie.position.id,
        chosen=msgspec.json.encode(sorted(order.chosen)).decode(),
        head_name=tidy(order.head_name),
        head_title=tidy(order.head_title),
        reason=tidy(order.reason),
        decided_at=datetime.now(UTC),
    )
    session.merge(decision)
    record(
        session,
        actions.TieDecided(
            uuid=conference.uuid,
            position=tie.position.number,
            tied=len(tie.tied),
            seats=tie.seats,
            head_name=decision.head_name,
            head_title=decision.head_title,
        ),
    )


def decision_of(session: Session, position: Position) -> TieDecision | None:
    """Return the head's decision for a position, if one was made."""
    return session.get(TieDecision, position.id)


def chosen_for(session: Session, position: Position) -> frozenset[str]:
    """Return the keys that the head chose; none before a decision."""
    decision = decision_of(session, position)
    if decision is None:
        return frozenset()
    return frozenset(msgspec.json.decode(decision.chosen, type=list[str]))


def check_decided(
    session: Session, conference: Conference, count: CountRecorded | None
) -> None:
    """Return nothing if no tie waits.

    Raises:
        Refused: names the position whose tie the head has not decided.
    """
    for tie in ties_of(conference, count):
        if decision_of(session, tie.position) is None:
            raise Refused(
                "tie_undecided",
                position=tie.position.title,
                tied=len(tie.tied),
                seats=tie.seats,
                decider=tie.decider,
            )


def _tie(position: Position, result: SectionResult) -> Tie | None:
    tied = tuple(v for v in result.verdicts if v.outcome is Outcome.TIED)
    if not tied or result.rule.quota is None:
        return None
    passed = sum(v.outcome is Outcome.PASSED for v in result.verdicts)
    return Tie(position, result.rule.quota - passed, tied, result.rule.decider)


def _check(order: DecideTie, tie: Tie) -> None:
    chosen = set(order.chosen)
    if len(chosen) != len(order.chosen) or not chosen <= {v.nominee for v in tie.tied}:
        raise Refused("tie_of_others")
    if len(chosen) != tie.seats:
        raise Refused("tie_seats", seats=tie.seats, chosen=len(chosen))
    if not tidy(order.head_name) or not tidy(order.head_title):
        raise Refused("head_missing")
    if max(map(len, (order.head_name, order.head_title, order.reason))) > MAX_TEXT:
        raise Refused("text_too_long", limit=MAX_TEXT)
