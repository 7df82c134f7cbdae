"""The zero report: members see with their own eyes that the box is empty."""

from sqlalchemy.orm import Session

from tally import actions, alarms, papers
from tally.committee import Committees, move, require
from tally.kiosk_board import Tip
from tally.models import Committee, Member
from tally.phases import Phase
from web.contracts import Service, ZeroReported
from web.errors import Refused
from web.outbox import post_later
from web.record import record


def report(session: Session, uuid: str, tip: Tip, witness: Member | str) -> None:
    """Note that a witness saw the box empty, and tell the console.

    Args:
        session: the transaction.
        uuid: the vote.
        tip: the board, read afresh.
        witness: a member, or the user name of the leader.

    Raises:
        Refused: the box is not empty, not of this paper, or it is not the time.
    """
    alarms.refuse_alarmed(session, uuid)
    committee = Committees(session).load(uuid)
    require(committee, Phase.SEALED, Phase.ZERO)
    source = papers.source_of(papers.load(session, uuid))
    if tip.height > 0 or tip.cast:
        raise Refused("box_not_empty", cast=tip.cast)
    if tip.head != papers.first_event(source).hash:
        raise Refused("other_box")
    if isinstance(witness, Member):
        witness.saw_empty_box = True
    if committee.phase is Phase.SEALED:
        move(session, committee, Phase.ZERO)
    record(session, actions.BoxSeenEmpty(uuid, tip.head), actor=_actor(witness))
    body = ZeroReported(
        head=tip.head, ballots=tip.cast, witnesses=_witnesses(committee, witness)
    )
    post_later(session, Service.ADMIN, "zero.reported", body, uuid)


def _actor(witness: Member | str) -> str:
    return f"member {witness.index}" if isinstance(witness, Member) else "leader"


def _witnesses(committee: Committee, witness: Member | str) -> tuple[str, ...]:
    seen = [member.name for member in committee.members if member.saw_empty_box]
    return (*seen, witness) if isinstance(witness, str) else tuple(seen)
