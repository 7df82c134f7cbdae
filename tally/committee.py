"""The committee: who it is, and how far its work has come.

Which browser sits for whom is `tally/joining.py`; a key that is kept for a second
vote of the same day is `tally/kept_key.py`.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crypto.encoding import fingerprint
from tally import actions
from tally.models import Committee, Member, Trial
from tally.phases import BEFORE_KEY, Phase, PhaseError, check_step
from web.contracts import CommitteeConvened, CommitteeReady, Service
from web.errors import Refused
from web.outbox import post_later
from web.record import record

MAX_MEMBERS = 15


@dataclass(frozen=True)
class Committees:
    """The committees of this service, inside the caller's transaction."""

    session: Session

    def convene(self, uuid: str, order: CommitteeConvened, today: date) -> Committee:
        """Note a new committee, with a key to be made.

        Args:
            uuid: the vote.
            order: who it is.
            today: the day in the room.

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
            convened_on=today,
            origin=uuid,
            first=uuid,
            turn=1,
            members=[
                Member(index=index, name=member.name, role=member.role)
                for index, member in enumerate(order.members, start=1)
            ],
        )
        self.session.add(committee)
        done = actions.CommitteeConvened(uuid, size, order.threshold)
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

    def of_day(self, committee: Committee) -> list[Committee]:
        """Return every vote of this committee's day, in their order."""
        rows = select(Committee).where(Committee.first == committee.first)
        return list(self.session.scalars(rows.order_by(Committee.turn)))

    def restart(self, uuid: str) -> None:
        """Begin the key ceremony again, because a member lost the key card.

        A vote that keeps a former key may also give it up once it is ready: it makes
        one of its own then. The former vote has its own copy and loses nothing.

        Raises:
            Refused: the key is in use already.
        """
        committee = self.load(uuid)
        gives_up = committee.keeps_a_key and committee.phase is Phase.READY
        if committee.phase not in BEFORE_KEY and not gives_up:
            raise Refused("key_in_use")
        committee.origin = uuid
        for member in committee.members:
            member.certificate = member.polynomial = None
            member.vinput = member.voutput = member.test_share = None
        trial = self.session.get(Trial, uuid)
        if trial is not None:
            self.session.delete(trial)
        committee.trustees = None
        committee.phase_name = Phase.JOINING
        record(self.session, actions.CeremonyRestarted(uuid), actor="leader")


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
    record(session, actions.PhaseReached(committee.uuid, to), actor="tally")


def announce(session: Session, committee: Committee) -> None:
    """Tell the console that a committee is ready, and with which key.

    Raises:
        Refused: there is no key yet.
    """
    trustees = committee.trustees
    if trustees is None:
        raise Refused("no_key_yet")
    ready = CommitteeReady(
        trustees=trustees.decode(),
        fingerprint=fingerprint(trustees),
        tested=tuple(member.name for member in committee.members),
    )
    post_later(session, Service.ADMIN, "committee.ready", ready, committee.uuid)


def require(committee: Committee, *phases: Phase) -> None:
    """Return nothing if the committee's work is in one of these phases.

    Raises:
        Refused: it is not.
    """
    if committee.phase not in phases:
        raise Refused("wrong_phase", phase=committee.phase)
