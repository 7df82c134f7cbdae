"""Alarms: what must not be, and was seen. An alarm stays, and stops the count."""

from sqlalchemy.orm import Session

from tally import actions
from tally.models import Alarm
from web.contracts import AlarmRaised, Service
from web.errors import Refused
from web.outbox import post_later
from web.record import record


def raise_alarm(session: Session, uuid: str, code: str, detail: str) -> None:
    """Note the first alarm of a vote and tell the console."""
    if alarmed(session, uuid):
        return
    session.add(Alarm(uuid=uuid, code=code, detail=detail))
    record(session, actions.AlarmRaised(uuid, code, detail), actor="tally")
    body = AlarmRaised(code=code, detail=detail)
    post_later(session, Service.ADMIN, "alarm.raised", body, uuid)


def alarmed(session: Session, uuid: str) -> bool:
    """Say whether a vote has an alarm."""
    return session.get(Alarm, uuid) is not None


def refuse_alarmed(session: Session, uuid: str) -> None:
    """Return nothing if there is no alarm.

    Raises:
        Refused: there is one; nothing is counted any more.
    """
    alarm = session.get(Alarm, uuid)
    if alarm is not None:
        raise Refused("alarmed", alarm=alarm.code)
