"""Details: what the secretary adds so that the documents of a conference are whole.

A following conference begins with those of the one before it, but for its document's
number and how the discussion went.
"""

import msgspec
from sqlalchemy.orm import Session

from admin import actions
from admin.actions import record
from admin.models import Conference, Details, Letterhead, Secrecy
from admin.names import is_printable, tidy
from admin.records.shapes import DetailsRecord
from admin.settings import AdminSettings
from web.errors import Refused
from web.settings import current_settings

MAX_COPIES = 99
_LINES = {
    "number": 20,
    "chair_name": 120,
    "chair_title": 300,
    "secretary_name": 120,
    "secretary_title": 300,
    "reporter": 300,
}
_PAGES = {"bases": 4000, "discussion": 8000, "recipients": 2000}
_OWN = ("number", "discussion")  # never those of the conference before


class DetailsOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the secretary fills in; longer texts are a line an entry.

    `letterhead` is absent to use the one that is found; `copies` for the settings'.
    """

    number: str = ""
    secrecy: Secrecy = Secrecy.NONE
    chair_name: str = ""
    chair_title: str = ""
    secretary_name: str = ""
    secretary_title: str = ""
    reporter: str = ""
    bases: str = ""
    discussion: str = ""
    recipients: str = ""
    copies: int | None = None
    letterhead: int | None = None


def in_force(session: Session, conference: Conference) -> Details | None:
    """Return the details of a conference, or else those of the one before it."""
    found: Conference | None = conference
    while found is not None and found.details is None:
        found = session.get(Conference, found.previous_id or 0)
    return found.details if found else None


def order_of(session: Session, conference: Conference) -> DetailsOrder:
    """Return what the form shows: what was filled in here or for the one before."""
    row = in_force(session, conference)
    if row is None:
        return DetailsOrder()
    here = row.conference_id == conference.id
    texts = {
        name: getattr(row, name) if here or name not in _OWN else ""
        for name in (*_LINES, *_PAGES)
    }
    return DetailsOrder(
        **texts,
        secrecy=Secrecy(row.secrecy),
        copies=row.copies,
        letterhead=row.letterhead_id,
    )


def of_conference(session: Session, conference: Conference) -> DetailsRecord:
    """Return the details as documents print them."""
    found = order_of(session, conference)
    return DetailsRecord(
        number=found.number,
        secrecy=found.secrecy,
        chair_name=found.chair_name,
        chair_title=found.chair_title,
        secretary_name=found.secretary_name,
        secretary_title=found.secretary_title,
        reporter=found.reporter,
        bases=lines_of(found.bases),
        discussion=lines_of(found.discussion),
        recipients=lines_of(found.recipients),
        copies=found.copies or current_settings(AdminSettings).copies,
    )


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a longer text that say something."""
    return tuple(line for line in map(tidy, text.splitlines()) if line)


def save(session: Session, conference: Conference, order: DetailsOrder) -> None:
    """Keep what was filled in.

    Raises:
        Refused: a text is too long, the copies are none, or there is no such
            letterhead.
    """
    texts = {name: tidy(getattr(order, name)) for name in _LINES}
    texts |= {name: "\n".join(lines_of(getattr(order, name))) for name in _PAGES}
    _check(session, order, texts)
    before = order_of(session, conference)
    if conference.details is None:
        conference.details = Details()
    for name, text in texts.items():
        setattr(conference.details, name, text)
    conference.details.secrecy = order.secrecy
    conference.details.copies = order.copies
    conference.details.letterhead_id = order.letterhead
    session.flush()
    _note(session, conference, before)


def _note(session: Session, conference: Conference, before: DetailsOrder) -> None:
    """Write down which fields are others now: documents may have been signed."""
    now = order_of(session, conference)
    names = DetailsOrder.__struct_fields__
    changed = tuple(n for n in names if getattr(now, n) != getattr(before, n))
    if changed:
        record(session, actions.DetailsChanged(conference.uuid, changed))


def _check(session: Session, order: DetailsOrder, texts: dict[str, str]) -> None:
    for name, limit in (_LINES | _PAGES).items():
        if len(texts[name]) > limit:
            raise Refused("text_too_long", limit=limit)
        if not is_printable(texts[name].replace("\n", " ")):
            raise Refused("text_unprintable")
    if order.copies is not None and not 1 <= order.copies <= MAX_COPIES:
        raise Refused("copies_wrong", most=MAX_COPIES)
    unknown = order.letterhead is not None and (
        session.get(Letterhead, order.letterhead) is None
    )
    if unknown:
        raise Refused("letterhead_unknown", status=404)
