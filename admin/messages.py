"""What admin does with the messages of the tally (docs/messages.md)."""

from functools import partial

from sqlalchemy.orm import Session

from admin import actions, conferences, results
from admin.actions import record
from admin.conferences import expect
from admin.models import Conference, State
from admin.records import keeping
from crypto import encoding, trustees
from crypto.errors import ProtocolError
from crypto.messages import Message
from web.contracts import (
    AlarmRaised,
    CommitteeReady,
    CountRecorded,
    Done,
    ZeroReported,
)
from web.db import after_commit
from web.errors import Refused
from web.inbox import current_sealed
from web.peers import Registry
from web.realtime import hint

HANDLERS = Registry()
_MAX_CODE = 64


@HANDLERS.handles("committee.ready")
def committee_ready(session: Session, message: Message, body: CommitteeReady) -> Done:
    """Keep the committee's key, once every member has opened a test with it."""
    conference = _found(session, message)
    expect(conference, State.CONVENED)
    if conference.paper is not None:
        raise Refused("paper_fixed")
    if set(body.tested) != {member.name for member in conference.committee}:
        raise Refused("not_all_tested")
    _check_trustees(conference, body)
    conference.trustees = body.trustees
    conference.committee_fingerprint = body.fingerprint
    for member in conference.committee:
        member.tested = True
    record(
        session,
        actions.CommitteeReported(uuid=conference.uuid, fingerprint=body.fingerprint),
    )
    keeping.keep(session, conference, message.kind, current_sealed())
    return Done()


@HANDLERS.handles("zero.reported")
def zero_reported(session: Session, message: Message, body: ZeroReported) -> Done:
    """Keep that the committee saw the sealed box empty; each witness is told of anew.

    What a witness saw just before the box was opened may come just after it.
    """
    conference = _found(session, message)
    if conference.state != State.OPEN or body.head != conference.zero_head:
        expect(conference, State.SEALED)
    if body.ballots:
        raise Refused("box_not_empty", ballots=body.ballots)
    conference.zero_head = body.head
    record(session, actions.BoxReportedEmpty(uuid=conference.uuid, head=body.head))
    keeping.keep(session, conference, message.kind, current_sealed())
    return Done()


@HANDLERS.handles("count.recorded")
def count_recorded(session: Session, message: Message, body: CountRecorded) -> Done:
    """Check the result record and keep its signed bytes."""
    conference = _found(session, message)
    results.receive(session, conference, body, current_sealed())
    keeping.keep(session, conference, message.kind, current_sealed())
    return Done()


@HANDLERS.handles("alarm.raised")
def alarm_raised(session: Session, message: Message, body: AlarmRaised) -> Done:
    """Keep what the tally saw, for the chair; the first alarm is the one shown."""
    conference = _found(session, message)
    if conference.alarm_code is None:
        conference.alarm_code = body.code[:_MAX_CODE]
        conference.alarm_detail = body.detail
    record(
        session,
        actions.AlarmReceived(uuid=conference.uuid, code=body.code, detail=body.detail),
    )
    return Done()


def _found(session: Session, message: Message) -> Conference:
    conference = conferences.by_uuid(session, message.election)
    after_commit(session, partial(hint, f"conference:{conference.id}"))
    return conference


def _check_trustees(conference: Conference, body: CommitteeReady) -> None:
    """Refuse a key that is not one group of all members with our threshold."""
    raw = body.trustees.encode()
    if encoding.fingerprint(raw) != body.fingerprint:
        raise Refused("trustees_wrong")
    try:
        held = trustees.read_trustees(raw)
        trustees.joint_key(held)
    except ProtocolError as error:
        raise Refused("trustees_wrong") from error
    sizes = [(len(item.keys), item.threshold) for item in held]
    if sizes != [(len(conference.committee), conference.threshold)]:
        raise Refused("trustees_wrong")
