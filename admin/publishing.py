"""Publishing: a result is announced where the procedure says so, or the step ends."""

from sqlalchemy.orm import Session

from admin import actions, agenda, results, ties
from admin.actions import record
from admin.conferences import expect
from admin.models import Conference, State
from admin.outcomes import take
from admin.records import keeping
from web.contracts import ResultAnnounced
from web.errors import Refused
from web.outbox import post_later


def announce(session: Session, conference: Conference) -> None:
    """Announce the result: only at the step whose procedure says so.

    Raises:
        Refused: there is no result yet, this step's is not announced, or a tie waits.
    """
    expect(conference, State.COUNTED)
    if not agenda.lead(conference).announced:
        raise Refused("not_announced")
    ties.check_decided(session, conference, results.count_of(conference))
    post_later(session, "tally", "result.announced", ResultAnnounced(), conference.uuid)
    _publish(session, conference, announced=True)


def complete(session: Session, conference: Conference) -> None:
    """End a conference whose result is not announced: no figure is shown.

    Raises:
        Refused: there is no result yet, this step's must be announced, or a tie waits.
    """
    expect(conference, State.COUNTED)
    if agenda.lead(conference).announced:
        raise Refused("must_be_announced")
    ties.check_decided(session, conference, results.count_of(conference))
    _publish(session, conference, announced=False)


def _publish(session: Session, conference: Conference, *, announced: bool) -> None:
    conference.state = State.PUBLISHED
    conference.shows = ""
    take(session, conference)
    record(session, actions.ResultPublished(uuid=conference.uuid, announced=announced))
    # what its documents say of people is what the register knew on this day
    keeping.kept(session, conference)
