"""What the console's record book says of one conference."""

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.models import Conference, Record
from admin.records.moments import moment
from web.contracts import JournalLine


class _About(msgspec.Struct, frozen=True):
    uuid: str = ""


def journal_of(session: Session, conference: Conference) -> tuple[JournalLine, ...]:
    """Return the lines about a conference, the first one first.

    Their times are whole: the tally answers within a second, and the log of both books
    must not say that a count came before it was closed.
    """
    named = Record.details.contains(conference.uuid, autoescape=True)
    rows = session.scalars(select(Record).where(named).order_by(Record.id))
    return tuple(
        JournalLine(row.at.astimezone(), row.actor, row.name, row.details)
        for row in rows
        if msgspec.json.decode(row.details, type=_About).uuid == conference.uuid
    )


def when(journal: tuple[JournalLine, ...], action: str) -> str:
    """Return when something was last done; "" if it was not."""
    times = [line.at for line in journal if line.name == action]
    return moment(times[-1]) if times else ""
