"""What the tally does when the console speaks to it (docs/messages.md)."""

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from crypto.messages import Message
from tally import kept_key, papers, tickets
from tally.committee import Committees, move, require
from tally.counting import Counting
from tally.mirror import current_mirror
from tally.models import RollCall
from tally.phases import WITH_RESULT, Phase
from web.contracts import (
    ArchiveAsked,
    ArchiveTicket,
    BoxVoid,
    CommitteeConvened,
    Done,
    PaperReceived,
    PaperSealed,
    ResultAnnounced,
    RollCallRecorded,
)
from web.db import after_commit
from web.errors import Refused
from web.peers import Registry
from web.realtime import hint

HANDLERS = Registry()


@HANDLERS.handles("committee.convened")
def convene(session: Session, message: Message, body: CommitteeConvened) -> Done:
    today = datetime.now().astimezone().date()  # the room's own day
    kept_key.convene(session, message.election, body, today)
    _tell(session, message.election)
    return Done()


@HANDLERS.handles("paper.sealed")
def seal(session: Session, message: Message, body: PaperSealed) -> PaperReceived:
    fingerprint = papers.seal(session, message.election, body)
    _tell(session, message.election)
    return PaperReceived(fingerprint)


@HANDLERS.handles("roll_call.recorded")
def count_room(session: Session, message: Message, body: RollCallRecorded) -> Done:
    committee = Committees(session).load(message.election)
    if committee.phase in {Phase.UNSEALING, *WITH_RESULT, Phase.VOID}:
        raise Refused("wrong_phase", phase=committee.phase)
    session.merge(
        RollCall(
            uuid=message.election,
            summoned=body.counts.summoned,
            present=body.counts.present,
            members=body.counts.members,
            printed=body.printed,
            issued=body.issued,
            voided=body.voided,
            cast=body.cast,
            final=body.final,
        )
    )
    if committee.phase is Phase.STOPPED and body.final:
        # Corrected numbers: reconcile again.
        committee.stop_code = committee.stop_detail = ""
        move(session, committee, Phase.CLOSED)
    _tell(session, message.election)
    return Done()


@HANDLERS.handles("box.void")
def void(session: Session, message: Message, body: BoxVoid) -> Done:
    committee = Committees(session).load(message.election)
    committee.stop_code, committee.stop_detail = "void", body.reason
    move(session, committee, Phase.VOID)
    _tell(session, message.election)
    return Done()


@HANDLERS.handles("result.announced")
def announce(session: Session, message: Message, _body: ResultAnnounced) -> Done:
    committee = Committees(session).load(message.election)
    Counting(session, committee).announce()
    _tell(session, message.election)
    return Done()


@HANDLERS.handles("archive.asked")
def hand_out_ticket(
    session: Session, message: Message, _body: ArchiveAsked
) -> ArchiveTicket:
    require(Committees(session).load(message.election), Phase.RECORDED)
    ticket = tickets.current_tickets().hand_out(message.election)
    return ArchiveTicket(ticket, tickets.SECONDS)


def _tell(session: Session, uuid: str) -> None:
    """Once all is on disk, let pages and the mirror look."""
    committees = Committees(session)
    for vote in committees.of_day(committees.load(uuid)):  # each page lists them all
        after_commit(session, partial(hint, f"election:{vote.uuid}"))
    after_commit(session, partial(hint, "elections"))
    after_commit(session, current_mirror().wake)
