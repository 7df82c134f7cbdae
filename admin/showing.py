"""The chair picks what the room sees; the state decides what may be picked."""

from sqlalchemy.orm import Session

from admin import agenda, conferences, room_views
from admin.models import Conference
from web.errors import Refused
from web.i18n import text


def show(session: Session, conference: Conference, view: room_views.View) -> None:
    """Let the room see what the chair picks.

    Raises:
        Refused: that view does not fit the state, or shows what was not announced.
    """
    summoned = conferences.line(session, conference).summoned
    refused = room_views.refusal(view, stage_of(conference, summoned))
    if refused:
        raise Refused("room_refused", reason=text(refused))
    conference.shows = view


def stage_of(conference: Conference, summoned: int) -> room_views.Stage:
    """Return how far a conference is, for the room's display."""
    return room_views.Stage(
        state=conference.state,
        announced=agenda.lead(conference).announced,
        summoned=summoned,
        locked=conference.roll_call_locked,
        zero_reported=conference.zero_head is not None,
    )
