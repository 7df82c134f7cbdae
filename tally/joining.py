"""Joining: which browser sits for which member.

A member joins with a code that works once. The browser then holds a token in its
session cookie; only the token's hash is stored, so a new join by the same member
puts the former browser out.

A seat is for the whole of the committee's day: where a vote keeps the key of one
before, the members' rows carry the same hash. So whoever joined once is at home in
all of these votes, and whoever is put out is put out of all of them.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from tally import actions
from tally.committee import Committees
from tally.models import Committee, Member
from tally.phases import ENDED
from web.errors import Refused
from web.record import record

# No 0 O 1 I L U: the code is read out and typed in a room.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUP, _GROUPS = 4, 3  # 58 bits, tried at most ten times a minute


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
class Joining:
    """Codes and seats, inside the caller's transaction."""

    session: Session

    def hand_out_codes(self, uuid: str, index: int | None) -> list[JoinCode]:
        """Make join codes: for one member, or for all who have not joined.

        Raises:
            Refused: there is no such committee or member.
        """
        committees = Committees(self.session)
        members = [committees.member(uuid, index)] if index else []
        members = members or committees.load(uuid).members
        waiting = [each for each in members if index or each.seat is None]
        indexes = tuple(each.index for each in waiting)
        done = actions.JoinCodesHandedOut(uuid, indexes)
        record(self.session, done, actor="leader")
        return [self._hand_out(member) for member in waiting]

    def join(self, typed: str) -> Seat:
        """Give a seat to whoever shows a join code, and use the code up.

        Raises:
            Refused: nobody waits with this code.
        """
        member = self.session.scalar(
            select(Member).where(Member.join_code == digest(plain_code(typed)))
        )
        if member is None:
            raise Refused("bad_join_code", status=403)
        token = secrets.token_urlsafe(32)
        for row in self._places(member):
            row.join_code, row.seat = None, digest(token)
        done = actions.MemberJoined(member.uuid, member.index)
        record(self.session, done, actor=f"member {member.index}")
        return Seat(member.uuid, member.index, token)

    def votes_of(self, seat: Seat) -> list[Committee]:
        """Return the votes that a browser sits for, in the order of the day.

        None are left if another browser took the seat.
        """
        rows = select(Committee).join(Member, Member.uuid == Committee.uuid)
        mine = rows.where(Member.index == seat.index, Member.seat == digest(seat.token))
        return list(self.session.scalars(mine.order_by(Committee.turn)))

    def _hand_out(self, member: Member) -> JoinCode:
        """Make a code; one that waits in another vote of the day is worth no more."""
        code = "".join(secrets.choice(_LETTERS) for _ in range(_GROUP * _GROUPS))
        for row in self._places(member):
            row.join_code = None
        member.join_code = digest(code)
        groups = [code[at : at + _GROUP] for at in range(0, len(code), _GROUP)]
        return JoinCode(member.index, member.name, "-".join(groups))

    def _places(self, member: Member) -> list[Member]:
        """Return the member's rows in every vote of the committee's day."""
        committees = Committees(self.session)
        day = committees.of_day(committees.load(member.uuid))
        return [committees.member(vote.uuid, member.index) for vote in day]


def at_work(votes: list[Committee]) -> Committee | None:
    """Return the vote that is to be worked at: the first that has not ended."""
    going = [vote for vote in votes if vote.phase not in ENDED]
    return next(iter(going or votes[-1:]), None)


def plain_code(typed: str) -> str:
    """Bring a scanned or typed join code into the form it was made in."""
    return "".join(letter for letter in typed.upper() if letter in _LETTERS)


def digest(secret: str) -> str:
    """Return what is stored of a code or a token."""
    return sha256(secret.encode()).hexdigest()
