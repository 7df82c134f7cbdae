"""The archive of a count, for the committee and, by ticket, for the console."""

from collections.abc import Iterator

from flask import Blueprint, Response, current_app

from tally import papers, seats, tickets
from tally.committee import Committees, require
from tally.links import Links
from tally.phases import WITH_RESULT
from web.access import requires
from web.db import current_sessions
from web.errors import Refused

blueprint = Blueprint("archive", __name__)


@blueprint.get("/api/elections/<uuid>/archive.bel")
@requires("leader", "trustee", "ticket")
def archive(uuid: str) -> Response:
    _let_in(uuid)
    sessions = current_sessions()
    with sessions.reading() as session:
        require(Committees(session).load(uuid), *WITH_RESULT)
        timestamp = papers.load(session, uuid).timestamp or 0

    def pieces() -> Iterator[bytes]:
        with sessions.reading() as session:
            yield from Links(session, uuid).archive(timestamp)

    response = current_app.response_class(pieces(), mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{uuid}.bel"'
    return response


def _let_in(uuid: str) -> None:
    """Return nothing if the committee, or whoever holds a ticket, is asking.

    Raises:
        Refused: the ticket is for another vote, or somebody else used it just now.
    """
    ticket = tickets.shown()
    if not ticket:
        seats.require_here(uuid)
    elif not tickets.current_tickets().redeem(ticket, uuid):
        raise Refused("bad_ticket", status=403)
