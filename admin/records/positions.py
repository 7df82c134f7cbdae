"""The positions of a paper in the record: people, earlier counts, ties, reasons."""

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import agenda, ties
from admin.earlier import EarlierCount, counts_before, place_before
from admin.models import Conference, Position, Withdrawal
from admin.records.moments import moment
from admin.records.register import person_of
from admin.records.shapes import (
    EarlierLine,
    EarlierStep,
    NomineeRecord,
    PositionRecord,
    TieRecord,
    Withdrawn,
)
from admin.records.structures import Structures
from web.rules import Counts, Rule, needed_votes


def positions_of(
    session: Session, conference: Conference, counts: Counts
) -> tuple[PositionRecord, ...]:
    """Return the positions of a paper, in its order."""
    structures = Structures(session, conference)
    return tuple(
        msgspec.structs.replace(
            _position(session, conference, each, counts), structure=structures.of(each)
        )
        for each in conference.positions
    )


def _position(
    session: Session, conference: Conference, position: Position, counts: Counts
) -> PositionRecord:
    settled = agenda.settled(position.item)
    rule = settled.rule_for(position.quota)
    return PositionRecord(
        number=position.number,
        item=position.item.number,
        title=position.title,
        term=position.term,
        quota=position.quota,
        style=settled.style,
        purpose=settled.purpose,
        rule=rule,
        needed=_needed(rule, counts),
        nominees=_nominees(session, position),
        earlier=_earlier(session, conference, position),
        withdrawn=_withdrawn(session, conference, position),
        tie=_tie(session, position),
    )


def _needed(rule: Rule, counts: Counts) -> int | None:
    try:
        return needed_votes(rule, counts)
    except ValueError:  # the base is not known yet
        return None


def _nominees(session: Session, position: Position) -> tuple[NomineeRecord, ...]:
    return tuple(
        NomineeRecord(
            key=each.key,
            number=each.number,
            name=each.name,
            birth_year=each.birth_year,
            post=each.post,
            person=person_of(session, position, each),
        )
        for each in position.nominees
    )


def _earlier(
    session: Session, conference: Conference, position: Position
) -> tuple[EarlierStep, ...]:
    """Return what every former conference counted for it, the first step first."""
    return tuple(_step(each) for each in counts_before(session, conference, position))


def _step(former: EarlierCount) -> EarlierStep:
    rule = former.result.rule
    lines = (
        EarlierLine(v.nominee, v.agree, v.disagree, v.unmarked, v.outcome)
        for v in former.lines
    )
    return EarlierStep(
        step=former.step.id,
        step_name=former.step.name.vi,
        base=rule.of,
        out_of=former.counts.of(rule.of),
        needed=needed_votes(rule, former.counts),
        lines=tuple(lines),
    )


def _withdrawn(
    session: Session, conference: Conference, position: Position
) -> tuple[Withdrawn, ...]:
    """Return who passed the step before for it and was left out of this paper."""
    former = place_before(session, conference, position)
    if former is None:
        return ()
    query = select(Withdrawal).where(Withdrawal.position_id == former.id)
    on_paper = {nominee.key for nominee in position.nominees}
    return tuple(
        Withdrawn(each.name, each.reason)
        for each in session.scalars(query.order_by(Withdrawal.id))
        if each.key not in on_paper
    )


def _tie(session: Session, position: Position) -> TieRecord | None:
    decision = ties.decision_of(session, position)
    if decision is None:
        return None
    return TieRecord(
        chosen=msgspec.json.decode(decision.chosen, type=tuple[str, ...]),
        head_name=decision.head_name,
        head_title=decision.head_title,
        reason=decision.reason,
        decided_at=moment(decision.decided_at),
    )
