"""The committee: who sits in it, and which browser sits for whom.

A member joins with a code that works once. The browser then holds a token in its
session cookie; only the token's hash is stored, so a new join by the same member
puts the former browser out.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from tally import actions
from tally.models import Committee, Member, Trial
from tally.phases import BEFORE_KEY, Phase, PhaseError, check_step
from web.contracts import CommitteeConvened
from web.errors import Refused
from web.record import record

# No 0 O 1 I L U: the code is read out and typed in a room.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUP, _GROUPS = 4, 3  # 58 bits, tried at most ten times a minute
MAX_MEMBERS = 15


@dataclass(frozen=True)
class JoinCode:
    """A code to hand to one member; it is shown and never stored."""

    index: int
    name: str
    code: str


@dataclass(frozen=True)
class Seat:
    """What a joined browser keeps: which member it is, and the proof of it."""

    uuid: str
    index: int
    token: str


@dataclass(frozen=True)
class Committees:
    """The committees of this service, inside the caller's transaction."""

    session: Session

    def convene(self, uuid: str, order: CommitteeConvened) -> Committee:
        """Note a new committee.

        Raises:
            Refused: there is one already, or its numbers are impossible.
        """
        size = len(order.members)
        if self.session.get(Committee, uuid) is not None:
            raise Refused("committee_exists")
        if not 1 <= order.threshold <= size <= MAX_MEMBERS:
            raise Refused("bad_committee", threshold=order.threshold, members=size)
        committee = Committee(
            uuid=uuid,
            title=order.title,
            threshold=order.threshold,
            demo=order.demo,
            phase_name=Phase.JOINING,
            members=[
                Member(index=index, name=member.name, role=member.role)
                for index, member in enumerate(order.members, start=1)
            ],
        )
        self.session.add(committee)
        done = actions.CommitteeConvened(members=size, threshold=order.threshold)
        record(self.session, done, actor="admin")
        return committee

    def load(self, uuid: str) -> Committee:
        """Find a committee.

        Raises:
            Refused: there is none for this conference.
        """
        committee = self.session.get(Committee, uuid)
        if committee is None:
            raise Refused("unknown_committee", status=404)
        return committee

    def all(self) -> list[Committee]:
        """Return every committee, by title."""
        return list(self.session.scalars(select(Committee).order_by(Committee.title)))

    def member(self, uuid: str, index: int) -> Member:
        """Find a member.

        Raises:
            Refused: there is no such member.
        """
        member = self.session.get(Member, (uuid, index))
        if member is None:
            raise Refused("unknown_member", status=404)
        return member

    def hand_out_codes(self, uuid: str, index: int | None) -> list[JoinCode]:
        """Make join codes: for one member, or for all who have not joined.

        Raises:
            Refused: there is no such committee or member.
        """
        committee = self.load(uuid)
        members = [self.member(uuid, index)] if index else committee.members
        waiting = [each for each in members if index or each.seat is None]
        done = actions.JoinCodesHandedOut(tuple(each.index for each in waiting))
        record(self.session, done, actor="leader")
        return [_hand_out(member) for member in waiting]

    def join(self, typed: str) -> Seat:
        """Give a seat to whoever shows a join code, and use the code up.

        Raises:
            Refused: nobody waits with this code.
        """
        member = self.session.scalar(
            select(Member).where(Member.join_code == _digest(plain_code(typed)))
        )
        if member is None:
            raise Refused("bad_join_code", status=403)
        token = secrets.token_urlsafe(32)
        member.join_code, member.seat = None, _digest(token)
        record(
            self.session,
            actions.MemberJoined(member.index),
            actor=f"member {member.index}",
        )
        return Seat(member.uuid, member.index, token)

    def seated(self, seat: Seat) -> Member | None:
        """Return whom a browser sits for; nobody if another one took the seat."""
        member = self.session.get(Member, (seat.uuid, seat.index))
        if member is None or member.seat is None:
            return None
        same = secrets.compare_digest(member.seat, _digest(seat.token))
        return member if same else None

    def restart(self, uuid: str) -> None:
        """Begin the key ceremony again, because a member lost the key card.

        Raises:
            Refused: the key is in use already.
        """
        committee = self.load(uuid)
        if committee.phase not in BEFORE_KEY:
            raise Refused("key_in_use")
        for member in committee.members:
            member.certificate = member.polynomial = None
            member.vinput = member.voutput = member.test_share = None
        trial = self.session.get(Trial, uuid)
        if trial is not None:
            self.session.delete(trial)
        committee.trustees = None
        committee.phase_name = Phase.JOINING
        record(self.session, actions.CeremonyRestarted(), actor="leader")


def move(session: Session, committee: Committee, to: Phase) -> None:
    """Bring a committee's work to its next phase.

    Raises:
        Refused: that phase does not follow.
    """
    try:
        check_step(committee.phase, to)
    except PhaseError as error:
        raise Refused("wrong_phase", phase=committee.phase) from error
    committee.phase_name = to
    record(session, actions.PhaseReached(to), actor="tally")


def require(committee: Committee, *phases: Phase) -> None:
    """Return nothing if the committee's work is in one of these phases.

    Raises:
        Refused: it is not.
    """
    if committee.phase not in phases:
        raise Refused("wrong_phase", phase=committee.phase)


def plain_code(typed: str) -> str:
    """Bring a scanned or typed join code into the form it was made in."""
    return "".join(letter for letter in typed.upper() if letter in _LETTERS)


def _hand_out(member: Member) -> JoinCode:
    code = "".join(secrets.choice(_LETTERS) for _ in range(_GROUP * _GROUPS))
    member.join_code = _digest(code)
    groups = [code[at : at + _GROUP] for at in range(0, len(code), _GROUP)]
    return JoinCode(member.index, member.name, "-".join(groups))


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
