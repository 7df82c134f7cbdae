"""The journal of one vote: what the tally's record book says of it."""

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from tally.models import Record
from web.contracts import JournalLine


class _About(msgspec.Struct):
    """The one field that every action of the tally has (tally/actions.py)."""

    uuid: str = ""


def lines(session: Session, uuid: str) -> tuple[JournalLine, ...]:
    """Return every line about a vote, in order."""
    session.flush()
    rows = session.scalars(
        select(Record)
        .where(Record.details.contains(uuid, autoescape=True))  # few are left to read
        .order_by(Record.id)
    )
    return tuple(
        JournalLine(row.at, row.actor, row.name, row.details)
        for row in rows
        if msgspec.json.decode(row.details, type=_About).uuid == uuid
    )
