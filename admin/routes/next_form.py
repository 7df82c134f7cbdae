"""What the form of the following conference is made from."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import msgspec
from sqlalchemy.orm import Session

from admin import agenda, conferences, following, offers, outcomes, result_screens
from admin.choices import Choices
from admin.models import AgendaItem, Conference, State
from admin.routes.new_form import proposed_start
from admin.views import ConferenceView, PositionView
from web import i18n
from web.db import current_sessions
from web.rules import Base

_PREPARABLE = (
    State.DRAFT,
    State.CONVENED,
    State.SEALED,
    State.OPEN,
    State.CLOSED,
    State.COUNTED,
)
_CARRIES = (State.COUNTED, State.PUBLISHED)


@dataclass(frozen=True)
class NextBallot:
    """A ballot of the following conference, and which item here leads to it."""

    item: int
    heading: str
    ballot: offers.BallotOffer
    positions: tuple[PositionView, ...]


@dataclass(frozen=True)
class Following:
    """What the result page says and asks of the conference after this one.

    `open`: it has its people. `left_since` are those on this paper who have left the
    planning since: they are proposed to be taken off.
    """

    ballots: list[NextBallot]
    title: str
    starts_at: str
    open: bool
    asks_members: bool
    passing: int
    left_since: frozenset[tuple[int, str]]
    key_can_be_kept: bool
    may_prepare: bool
    may_carry: bool


def following_of(view: ConferenceView) -> Following:
    """Return what there is to say of the conference after this one."""
    with current_sessions().reading() as session:
        row = conferences.load(session, view.id)
        ballots = _ballots(session, row, view)
        left = {(p.number, key) for p, key in outcomes.left_since(session, row)}
    passing = result_screens.passed(view)
    waits = view.next_prepared or view.next_left > 0
    opened = view.next_conference is not None and not waits
    return Following(
        ballots=ballots,
        title=ballots[0].ballot.name if ballots else "",
        starts_at=proposed_start(),
        open=opened,
        asks_members=_asks_members(ballots) and view.counts.members is None,
        passing=passing,
        left_since=frozenset(left),
        key_can_be_kept=view.committee.ready and _is_today(view.starts_at),
        may_prepare=view.state in _PREPARABLE and view.next_left > 0,
        may_carry=view.state in _CARRIES and not opened and passing > 0,
    )


def _ballots(
    session: Session, row: Conference, view: ConferenceView
) -> list[NextBallot]:
    """Return the ballots that wait: of the prepared conference, or all left."""
    several = len(view.items) > 1
    items = following.waiting(session, row)
    return [_ballot(item, view, several=several) for item in items]


def _ballot(item: AgendaItem, view: ConferenceView, *, several: bool) -> NextBallot:
    procedure = agenda.procedure_of(item)
    step = agenda.step_of(procedure, str(agenda.settled(item).step.next))
    if step.ballot is None:
        raise ValueError(f"step {step.id} has no ballot")
    locale = i18n.current_locale()
    ballot = offers.ballot_offer(procedure, step, step.ballot, locale)
    return NextBallot(
        item=item.number,
        heading=procedure.name.of(locale) if several else "",
        ballot=replace(ballot, unstated=_still_open(ballot, item)),
        positions=tuple(each for each in view.positions if each.item == item.number),
    )


def _still_open(ballot: offers.BallotOffer, item: AgendaItem) -> tuple[str, ...]:
    """Return what is to be chosen; a quorum chosen once holds for the next step too."""
    chosen = msgspec.json.decode(item.choices, type=Choices)
    return tuple(
        key for key in ballot.unstated if key != "quorum" or chosen.quorum is None
    )


def _asks_members(ballots: list[NextBallot]) -> bool:
    return any(
        each.ballot.base == Base.MEMBERS or "rule" in each.ballot.unstated
        for each in ballots
    )


def _is_today(moment: datetime) -> bool:
    today = datetime.now(UTC).astimezone().date()
    return moment.astimezone().date() == today
