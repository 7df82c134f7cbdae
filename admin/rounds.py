"""Planning rounds: their units, and the positions that are planned for.

Round -> unit -> position and procedure instance -> step -> conference. Instances and
their steps are `instances.py`, people's places `entries.py`.
"""

from datetime import date

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import round_actions, structure
from admin.actions import record
from admin.models import PlannedPosition, Round, Unit
from admin.names import fold, tidy
from admin.structure import Targets
from web.errors import Refused

MAX_TEXT = 300
_MAX_TERM = 60
_MAX_LEVEL = 120
_MOST_PLANNED = 1000  # a typing error, not a list


class NewRound(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A round; `document` is the plan or guidance that it follows."""

    title: str
    office: str
    document: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


class NewUnit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit; `level` is its kind in the office's own words."""

    name: str
    level: str = ""


class NewPlannedPosition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A post with its own term: how many are to be planned, and the most ever."""

    title: str
    term: str = ""
    quota: int | None = None
    cap: int | None = None
    managed_by: str = ""


def create(session: Session, order: NewRound) -> Round:
    """Begin a round.

    Raises:
        Refused: it has no name or no office, or ends before it begins.
    """
    if order.starts_on and order.ends_on and order.ends_on < order.starts_on:
        raise Refused("round_dates")
    row = Round(
        title=needed(order.title),
        office=needed(order.office),
        document=fitting(order.document),
        starts_on=order.starts_on,
        ends_on=order.ends_on,
    )
    session.add(row)
    session.flush()
    record(session, round_actions.RoundCreated(round=row.id, title=row.title))
    return row


def listing(session: Session) -> list[Round]:
    """Return all rounds, the latest first."""
    return list(session.scalars(select(Round).order_by(Round.id.desc())))


def load(session: Session, round_id: int) -> Round:
    """Return a round.

    Raises:
        Refused: there is none with this number.
    """
    row = session.get(Round, round_id)
    if row is None:
        raise Refused("round_unknown", status=404)
    return row


def add_unit(session: Session, row: Round, order: NewUnit) -> Unit:
    """Add a unit to a round.

    Raises:
        Refused: it has no name, or the round has it already.
    """
    name = needed(order.name)
    if fold(name) in {fold(each.name) for each in row.units}:
        raise Refused("unit_twice", name=name)
    level = fitting(order.level, _MAX_LEVEL)
    unit = Unit(number=len(row.units) + 1, name=name, level=level)
    row.units.append(unit)
    session.flush()
    return unit


def load_unit(session: Session, unit_id: int) -> Unit:
    """Return a unit.

    Raises:
        Refused: there is none with this number.
    """
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise Refused("unit_unknown", status=404)
    return unit


def add_position(
    session: Session, unit: Unit, order: NewPlannedPosition
) -> PlannedPosition:
    """Add a position that a unit plans for.

    Raises:
        Refused: something in it cannot be right, or the unit has it already.
    """
    position = PlannedPosition(number=len(unit.positions) + 1)
    _fill(position, order, unit)
    unit.positions.append(position)
    session.flush()
    return position


def edit_position(position: PlannedPosition, order: NewPlannedPosition) -> None:
    """Change a position; papers that are fixed already keep what they say.

    Raises:
        Refused: something in it cannot be right, or the unit has it already.
    """
    _fill(position, order, position.unit)


def load_position(session: Session, position_id: int) -> PlannedPosition:
    """Return a position.

    Raises:
        Refused: there is none with this number.
    """
    position = session.get(PlannedPosition, position_id)
    if position is None:
        raise Refused("position_unknown", status=404)
    return position


def targets_of(row: Round) -> Targets:
    """Return the round's targets: its own, or those that every office starts with."""
    if row.targets == "{}":
        return structure.defaults()
    return msgspec.json.decode(row.targets, type=Targets)


def set_targets(session: Session, row: Round, targets: Targets) -> None:
    """Give a round its own targets."""
    row.targets = msgspec.json.encode(targets).decode()
    record(session, round_actions.TargetsChanged(round=row.id))


def needed(text: str) -> str:
    """Return a text that may not be empty, tidied.

    Raises:
        Refused: it is empty or too long.
    """
    found = fitting(text)
    if not found:
        raise Refused("text_missing")
    return found


def fitting(text: str, limit: int = MAX_TEXT) -> str:
    """Return a text that may be empty, tidied.

    Raises:
        Refused: it is too long.
    """
    found = tidy(text)
    if len(found) > limit:
        raise Refused("text_too_long", limit=limit)
    return found


def _fill(position: PlannedPosition, order: NewPlannedPosition, unit: Unit) -> None:
    title, term = needed(order.title), fitting(order.term, _MAX_TERM)
    others = [each for each in unit.positions if each is not position]
    if (fold(title), fold(term)) in {(fold(p.title), fold(p.term)) for p in others}:
        raise Refused("position_twice")
    for number in (order.quota, order.cap):
        if number is not None and not 1 <= number <= _MOST_PLANNED:
            raise Refused("quota_wrong")
    if order.quota and order.cap and order.quota > order.cap:
        raise Refused("quota_over_cap", cap=order.cap)
    position.title, position.term = title, term
    position.quota, position.cap = order.quota, order.cap
    position.managed_by = fitting(order.managed_by)
