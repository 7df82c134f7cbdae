"""Who is asking: a leader's account, a joined member's browser, a ticket's holder."""

import flask
import msgspec

from tally import joining, tickets
from tally.joining import Seat
from web.accounts import account_roles
from web.db import current_sessions
from web.errors import Refused

_COOKIE = "seat"
TRUSTEE, LEADER, TICKET = "trustee", "leader", "ticket"


def roles() -> frozenset[str]:
    """Return the roles of whoever is asking; one browser may hold both."""
    held = account_roles()
    held |= frozenset({TRUSTEE}) if _votes() else frozenset()
    ticket = tickets.shown()
    by_ticket = ticket and tickets.current_tickets().holds(ticket)
    return held | (frozenset({TICKET}) if by_ticket else frozenset())


def take(seat: Seat) -> None:
    """Put a seat into the browser's session."""
    flask.session[_COOKIE] = msgspec.to_builtins(seat)


def seat() -> Seat | None:
    """Return the seat that the browser says it holds."""
    held = flask.session.get(_COOKIE)
    return None if held is None else msgspec.convert(held, Seat)


def index_in(uuid: str) -> int | None:
    """Return which member of a committee is asking, if one is."""
    mine = seat()
    return mine.index if mine is not None and uuid in _votes() else None


def require_member(uuid: str) -> int:
    """Return which member of this committee is asking.

    Raises:
        Refused: the browser sits in another committee, or in none.
    """
    index = index_in(uuid)
    if index is None:
        raise Refused("other_committee", status=403)
    return index


def may_see(uuid: str) -> bool:
    """Say whether whoever is asking may see this committee."""
    return LEADER in account_roles() or index_in(uuid) is not None


def require_here(uuid: str) -> None:
    """Return nothing if a leader, or a member of this committee, is asking.

    Raises:
        Refused: it is a member of another one.
    """
    if not may_see(uuid):
        raise Refused("other_committee", status=403)


def at_work() -> str | None:
    """Return the vote whose page a member wants to see first, if one is asking."""
    _votes()
    uuid: str | None = flask.g.at_work
    return uuid


def _votes() -> frozenset[str]:
    """Return the votes that the browser sits for; none once it was put out."""
    if "votes" not in flask.g:
        flask.g.votes, flask.g.at_work = frozenset(), None
        mine = seat()
        if mine is not None:
            _look_up(mine)
    votes: frozenset[str] = flask.g.votes
    return votes


def _look_up(mine: Seat) -> None:
    with current_sessions().reading() as session:
        votes = joining.Joining(session).votes_of(mine)
        now = joining.at_work(votes)
        flask.g.votes = frozenset(vote.uuid for vote in votes)
        flask.g.at_work = now.uuid if now else None
