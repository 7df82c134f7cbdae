"""Letterheads: whose rules of presentation the documents of a unit follow.

Party bodies write by Hướng dẫn 36-HD/VPTW, State bodies by Nghị định 30/2020/NĐ-CP
(DOMAIN.md E.1, E.2): one is chosen per unit, never per document.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin import details
from admin.models import Conference, Details, Instance, Letterhead
from admin.names import fold, is_printable, tidy
from admin.records.shapes import LetterheadRecord
from admin.settings import AdminSettings
from web.errors import Refused
from web.settings import current_settings

MAX_TEXT = 300
_LIMITS = {"unit": MAX_TEXT, "superior": MAX_TEXT, "symbol": 60, "locality": 120}
LEAST, MOST = 5, 60  # millimetres; the guidance says 15 to 35
_SIDES = ("top", "bottom", "left", "right")
Margins = tuple[int, int, int, int]
Layout = Literal["party", "state"]
LAYOUTS: tuple[Layout, ...] = ("party", "state")


class LetterheadOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A letterhead as the secretary fills it in.

    Margins are millimetres, absent for the settings' own.
    """

    unit: str
    layout: Layout
    superior: str = ""
    symbol: str = ""
    locality: str = ""
    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None


def listing(session: Session) -> list[Letterhead]:
    """Return all letterheads by their unit's name."""
    return list(session.scalars(select(Letterhead).order_by(Letterhead.folded)))


def load(session: Session, letterhead_id: int) -> Letterhead:
    """Return a letterhead.

    Raises:
        Refused: there is none with this number.
    """
    found = session.get(Letterhead, letterhead_id)
    if found is None:
        raise Refused("letterhead_unknown", status=404)
    return found


def add(session: Session, order: LetterheadOrder) -> Letterhead:
    """Give a unit a letterhead.

    Raises:
        Refused: it has one already, or a text or margin cannot be right.
    """
    row = Letterhead(unit="", folded="", layout="")
    _fill(session, row, order)
    session.add(row)
    session.flush()
    return row


def change(session: Session, row: Letterhead, order: LetterheadOrder) -> None:
    """Change a letterhead; documents made from now on follow it.

    Raises:
        Refused: another unit of that name has one, or something cannot be right.
    """
    _fill(session, row, order)


def remove(session: Session, row: Letterhead) -> None:
    """Take a letterhead away.

    Raises:
        Refused: conferences were told to use it.
    """
    query = select(func.count()).select_from(Details)
    uses = session.scalar(query.where(Details.letterhead_id == row.id)) or 0
    if uses:
        raise Refused("letterhead_used", uses=uses)
    session.delete(row)


def of_conference(session: Session, conference: Conference) -> LetterheadRecord:
    """Return the letterhead of a conference's documents.

    The one chosen for it, else its office's, else its planning unit's, else the
    settings' layout with the office as issuer.
    """
    row = found_for(session, conference)
    if row is None:
        layout = current_settings(AdminSettings).layout
        return LetterheadRecord(
            layout, conference.office, "", "", "", default_margins(layout)
        )
    return LetterheadRecord(
        layout=row.layout,
        issuer=row.unit,
        superior=row.superior,
        symbol=row.symbol,
        locality=row.locality,
        margins=margins_of(row),
    )


def found_for(session: Session, conference: Conference) -> Letterhead | None:
    """Return the letterhead that holds for a conference, if one was written."""
    chosen = details.in_force(session, conference)
    if chosen is not None and chosen.letterhead_id is not None:
        return load(session, chosen.letterhead_id)
    for name in (conference.office, *_units(session, conference)):
        query = select(Letterhead).where(Letterhead.folded == fold(name))
        found = session.scalar(query)
        if found is not None:
            return found
    return None


def margins_of(row: Letterhead) -> Margins:
    """Return a letterhead's margins: its own, or the settings'."""
    top, bottom, left, right = default_margins(row.layout)
    return (
        row.top or top,
        row.bottom or bottom,
        row.left or left,
        row.right or right,
    )


def default_margins(layout: str) -> Margins:
    """Return the settings' margins of a layout."""
    settings = current_settings(AdminSettings)
    return settings.state_margins if layout == "state" else settings.party_margins


def _units(session: Session, conference: Conference) -> Iterator[str]:
    """Yield the names of the units that a sitting is held for."""
    for item in conference.items:
        instance = session.get(Instance, item.instance_id or 0)
        if instance is not None:
            yield instance.unit.name


def _fill(session: Session, row: Letterhead, order: LetterheadOrder) -> None:
    texts = {name: tidy(getattr(order, name)) for name in _LIMITS}
    _check_texts(texts)
    folded = fold(texts["unit"])
    query = select(Letterhead.id).where(Letterhead.folded == folded)
    if session.scalar(query) not in (None, row.id):
        raise Refused("letterhead_twice", unit=texts["unit"])
    margins = [getattr(order, side) for side in _SIDES]
    if any(each is not None and not LEAST <= each <= MOST for each in margins):
        raise Refused("margins_wrong", least=LEAST, most=MOST)
    for name, text in texts.items():
        setattr(row, name, text)
    row.folded, row.layout = folded, order.layout
    row.top, row.bottom, row.left, row.right = margins


def _check_texts(texts: dict[str, str]) -> None:
    if not fold(texts["unit"]):
        raise Refused("unit_missing")
    for name, text in texts.items():
        if len(text) > _LIMITS[name]:
            raise Refused("text_too_long", limit=_LIMITS[name])
        if not is_printable(text):
            raise Refused("text_unprintable")
