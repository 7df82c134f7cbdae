"""What the API and the pages say of a result beyond its figures."""

from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from admin import next_list, results
from admin.earlier import EarlierCount, earlier_counts
from admin.models import Conference, TieDecision
from admin.ties import Tie, decision_of, ties_of
from web.contracts import Outcome, Verdict
from web.rules import Base


class LineView(msgspec.Struct, frozen=True):
    key: str
    name: str
    agree: int


class DecisionView(msgspec.Struct, frozen=True):
    chosen: tuple[str, ...]
    head_name: str
    head_title: str
    reason: str
    decided_at: datetime


class TieView(msgspec.Struct, frozen=True):
    """Equal votes at a cut-off; `head_title` is who decides by the procedure."""

    position: int
    title: str
    seats: int
    tied: tuple[LineView, ...]
    head_title: str
    decision: DecisionView | None


class FinalView(msgspec.Struct, frozen=True):
    """Who passed for a position, the head's choice included, most votes first."""

    position: int
    title: str
    term: str
    nominees: tuple[LineView, ...]


class EarlierLineView(msgspec.Struct, frozen=True):
    key: str
    name: str
    agree: int
    disagree: int
    unmarked: int
    outcome: Outcome


class EarlierView(msgspec.Struct, frozen=True):
    """What an earlier step counted for a position of this paper."""

    step: str
    step_name: str
    position: int
    base: Base
    out_of: int
    needed: int
    lines: tuple[EarlierLineView, ...]


class WithdrawalView(msgspec.Struct, frozen=True):
    position: int
    key: str
    name: str
    reason: str


def ties(session: Session, row: Conference) -> tuple[TieView, ...]:
    """Return the ties at the cut-offs, decided or not."""
    found = ties_of(row, results.count_of(row))
    return tuple(_tie(session, each) for each in found)


def final(session: Session, row: Conference) -> tuple[FinalView, ...]:
    """Return who passed, by position."""
    return tuple(
        FinalView(
            each.position.number,
            each.position.title,
            each.position.term,
            tuple(_line(line) for line in each.lines),
        )
        for each in results.final_lists(session, row)
    )


def earlier(session: Session, row: Conference, locale: str) -> tuple[EarlierView, ...]:
    """Return what earlier steps counted, where this step shows it."""
    return tuple(_earlier(each, locale) for each in earlier_counts(session, row))


def withdrawals(session: Session, row: Conference) -> tuple[WithdrawalView, ...]:
    """Return who passed and was not put on the next list, and why."""
    numbers = {each.id: each.number for each in row.positions}
    return tuple(
        WithdrawalView(numbers[each.position_id], each.key, each.name, each.reason)
        for each in next_list.withdrawals(session, row)
    )


def _tie(session: Session, tie: Tie) -> TieView:
    decision = decision_of(session, tie.position)
    return TieView(
        position=tie.position.number,
        title=tie.position.title,
        seats=tie.seats,
        tied=tuple(_line(each) for each in tie.tied),
        head_title=tie.decider,
        decision=None if decision is None else _decision(decision),
    )


def _decision(row: TieDecision) -> DecisionView:
    return DecisionView(
        chosen=msgspec.json.decode(row.chosen, type=tuple[str, ...]),
        head_name=row.head_name,
        head_title=row.head_title,
        reason=row.reason,
        decided_at=row.decided_at,
    )


def _line(verdict: Verdict) -> LineView:
    return LineView(verdict.nominee, verdict.name, verdict.agree)


def _earlier(found: EarlierCount, locale: str) -> EarlierView:
    return EarlierView(
        step=found.step.id,
        step_name=found.step.name.of(locale),
        position=found.position.number,
        base=found.result.rule.of,
        out_of=max((line.out_of for line in found.result.verdicts), default=0),
        needed=max((line.needed for line in found.result.verdicts), default=0),
        lines=tuple(
            EarlierLineView(
                line.nominee,
                line.name,
                line.agree,
                line.disagree,
                line.unmarked,
                line.outcome,
            )
            for line in found.lines
        ),
    )
