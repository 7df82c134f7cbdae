"""When the chair opened and closed the box, as the record book has it."""

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin.actions import BoxClosed, BoxOpened
from admin.models import Conference, Record


class _About(msgspec.Struct, frozen=True):
    uuid: str


@dataclass(frozen=True)
class BoxTimes:
    """Start and end of voting; None until then."""

    opened: datetime | None
    closed: datetime | None


def times_of(session: Session, conference: Conference) -> BoxTimes:
    """Return when a conference's voting began and ended."""
    names = (BoxOpened.name, BoxClosed.name)
    query = select(Record).where(
        Record.name.in_(names),
        Record.details.contains(conference.uuid, autoescape=True),
    )
    found = {
        row.name: row.at
        for row in session.scalars(query)
        if msgspec.json.decode(row.details, type=_About).uuid == conference.uuid
    }
    return BoxTimes(found.get(BoxOpened.name), found.get(BoxClosed.name))
