"""A key kept for the day: the same committee counts several ballots with one key.

The key ceremony takes a committee some minutes, and a round of balloting has three or
more ballots in one day. So a later vote may keep the key of an earlier one; each is
still its own election, with its own paper, cards, box and count. Why that is sound,
and what it costs: docs/adr/0011-a-key-kept-for-the-day.md.

A key is kept only if, in this order:

1. the vote that is named is known here;
2. its key is complete and every member has opened the trial with the real key card;
3. that vote was not abandoned, and no other under its key after its paper was sealed:
   nobody here can tell whether the key was the reason;
4. it is the very day on which the key was made;
5. the members are the same, with the same roles in the same places;
6. as many of them open the box, and it is a demonstration exactly if that one was.

Whatever the new vote needs is copied, so neither can harm the other afterwards.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from tally import actions
from tally.committee import Committees, announce
from tally.models import Committee, Member, SealedPaper
from tally.phases import BEFORE_KEY, Phase
from web import i18n
from web.contracts import CommitteeConvened
from web.errors import Refused
from web.record import record


class Reason(StrEnum):
    """Why a key may not be kept."""

    UNKNOWN = "unknown"
    UNFINISHED = "unfinished"
    VOID = "void"
    DAY = "day"
    MEMBERS = "members"
    THRESHOLD = "threshold"
    DEMO = "demo"


class KeyNotKept(Refused):
    """This vote may not keep that key: the committee makes a new one."""

    def __init__(self, reason: Reason) -> None:
        super().__init__("key_not_kept", reason=reason.value)
        self.reason = reason

    @property
    def message(self) -> str:
        """Say what happened and what to do."""
        return i18n.text(
            "error.key_not_kept", why=i18n.text(f"tally.not_kept.{self.reason}")
        )


def convene(
    session: Session, uuid: str, order: CommitteeConvened, today: date
) -> Committee:
    """Note a new committee; where it keeps a key, it is ready at once.

    Raises:
        Refused: there is one already, its numbers are impossible, or it may not keep
            the key that is named.
    """
    committee = Committees(session).convene(uuid, order, today)
    if order.key_of:
        former = _find(session, order)
        _check(session, former, order, today)
        _take_over(session, committee, former)
    return committee


def _find(session: Session, order: CommitteeConvened) -> Committee:
    former = session.get(Committee, order.key_of)
    if former is None:  # (1)
        raise KeyNotKept(Reason.UNKNOWN)
    return former


def _check(
    session: Session, former: Committee, order: CommitteeConvened, today: date
) -> None:
    for reason in _against(session, former, order, today):
        raise KeyNotKept(reason)


def _against(
    session: Session, former: Committee, order: CommitteeConvened, today: date
) -> Iterator[Reason]:
    """Yield what speaks against keeping this key, in the order of the list above."""
    tested = all(member.test_share for member in former.members)
    if former.phase in BEFORE_KEY or former.trustees is None or not tested:  # (2)
        yield Reason.UNFINISHED
    if former.phase is Phase.VOID or _went_wrong(session, former.origin):  # (3)
        yield Reason.VOID
    if former.convened_on != today:  # (4)
        yield Reason.DAY
    sitting = [(member.name, member.role) for member in former.members]
    if sitting != [(each.name, each.role) for each in order.members]:  # (5)
        yield Reason.MEMBERS
    if former.threshold != order.threshold:  # (6)
        yield Reason.THRESHOLD
    if former.demo != order.demo:
        yield Reason.DEMO


def _went_wrong(session: Session, origin: str) -> bool:
    """Say whether a sealed vote under the key made for `origin` was abandoned.

    One that was only prepared, and then not needed, says nothing about the key.
    """
    sealed = select(Committee).join(SealedPaper, SealedPaper.uuid == Committee.uuid)
    sharing = session.scalars(sealed.where(Committee.origin == origin))
    return any(vote.phase is Phase.VOID for vote in sharing)


def _take_over(session: Session, committee: Committee, former: Committee) -> None:
    """Copy the key and the seats; nothing of the former vote's box or count."""
    day = Committees(session).of_day(former)
    committee.origin, committee.first = former.origin, former.first
    committee.turn = day[-1].turn + 1
    committee.trustees = former.trustees
    for member, before in zip(committee.members, former.members, strict=True):
        _copy(member, before)
    committee.phase_name = Phase.READY
    session.flush()
    done = actions.KeyKept(committee.uuid, former.origin, committee.turn)
    record(session, done, actor="admin")
    announce(session, committee)


def _copy(member: Member, before: Member) -> None:
    member.seat = before.seat
    member.certificate = before.certificate
    member.polynomial = before.polynomial
    member.vinput = before.vinput
    member.voutput = before.voutput
    member.test_share = before.test_share
