"""Deadlines of a planning round: entered, met, and looked at by unit on a day."""

from collections.abc import Iterable
from datetime import date

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from admin import calendar_actions as actions
from admin import rounds
from admin.actions import record
from admin.calendar import Status, Window
from admin.models import Deadline, DeadlineDone, Unit
from web.errors import Refused

FIRST_YEAR, LAST_YEAR = 1900, 2200  # a typing error, not a planning round


class NewDeadline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be done by when; see the model. Without a unit it is everyone's."""

    title: str
    due_on: date
    unit: int | None = None
    source: str = ""
    from_on: date | None = None
    before: bool = False
    yearly: bool = False
    exceptional: bool = False


class Done(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a deadline was met; `year`: which year's, where that is another."""

    done_on: date
    note: str = ""
    year: int | None = None


class DeadlineView(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline as it stands on a day; a yearly one, as it is in one year.

    `weekend` is the day of it that falls on one, `last_day` the last in time and
    `last_working_day` the last on which the office works.
    """

    id: int
    unit: int | None
    unit_name: str
    title: str
    source: str
    from_on: date | None
    due_on: date
    before: bool
    yearly: bool
    exceptional: bool
    weekend: date | None
    last_day: date
    last_working_day: date
    status: Status
    days_left: int
    done_on: date | None
    done_note: str


class UnitProgress(msgspec.Struct, frozen=True, kw_only=True):
    """What a unit has to do; without a number, what is everyone's."""

    unit: int | None
    name: str
    due: tuple[DeadlineView, ...]
    late: tuple[DeadlineView, ...]
    done: tuple[DeadlineView, ...]
    waiting: tuple[DeadlineView, ...]
    optional: tuple[DeadlineView, ...]


def check_year(*years: int) -> None:
    """Refuse a typing error.

    Raises:
        Refused: no planning round is in such a year.
    """
    if not all(FIRST_YEAR <= year <= LAST_YEAR for year in years):
        raise Refused("year_wrong", first=FIRST_YEAR, last=LAST_YEAR)


def check_unit(session: Session, round_id: int, unit_id: int | None) -> None:
    """Refuse the unit of another round.

    Raises:
        Refused: the round has no such unit.
    """
    if unit_id is not None and rounds.load_unit(session, unit_id).round_id != round_id:
        raise Refused("unit_unknown", status=404)


def load(session: Session, deadline_id: int) -> Deadline:
    """Return a deadline.

    Raises:
        Refused: there is none with this number.
    """
    found = session.get(Deadline, deadline_id)
    if found is None:
        raise Refused("deadline_unknown", status=404)
    return found


def add(session: Session, round_id: int, order: NewDeadline) -> Deadline:
    """Enter a deadline.

    Raises:
        Refused: something in it cannot be right.
    """
    deadline = Deadline(round_id=rounds.load(session, round_id).id)
    _fill(session, deadline, order)
    session.add(deadline)
    session.flush()
    record(session, actions.DeadlineSet(round=round_id, deadline=deadline.id))
    return deadline


def change(session: Session, deadline_id: int, order: NewDeadline) -> Deadline:
    """Correct a deadline.

    Raises:
        Refused: something in it cannot be right.
    """
    deadline = load(session, deadline_id)
    _fill(session, deadline, order)
    record(session, actions.DeadlineSet(round=deadline.round_id, deadline=deadline.id))
    return deadline


def remove(session: Session, deadline_id: int) -> Deadline:
    """Take a deadline off that was entered by mistake."""
    deadline = load(session, deadline_id)
    session.delete(deadline)
    gone = actions.DeadlineRemoved(round=deadline.round_id, title=deadline.title)
    record(session, gone)
    return deadline


def mark_done(
    session: Session, deadline_id: int, order: Done, *, today: date
) -> Deadline:
    """Note that a deadline was met, or met late; again corrects what was noted.

    Raises:
        Refused: the day is still to come, or cannot be right.
    """
    deadline = load(session, deadline_id)
    check_year(order.done_on.year, order.year or order.done_on.year)
    if order.done_on > today:
        raise Refused("done_in_future")
    year = _year_meant(deadline, order)
    _forget(session, deadline, year)
    note = rounds.fitting(order.note)
    deadline.done.append(DeadlineDone(year=year, done_on=order.done_on, note=note))
    record(session, actions.DeadlineMet(deadline=deadline.id, year=year, note=note))
    return deadline


def mark_open(session: Session, deadline_id: int, year: int) -> Deadline:
    """Take back that a deadline was met: it was noted by mistake."""
    deadline = load(session, deadline_id)
    _forget(session, deadline, year)
    record(session, actions.DeadlineReopened(deadline=deadline.id, year=year))
    return deadline


def listing(
    session: Session, round_id: int, on: date, year: int | None = None
) -> list[DeadlineView]:
    """Return the deadlines of a round as they stand on a day, the nearest first.

    Yearly ones are those of the given year, or else of the day's.
    """
    year = on.year if year is None else year
    check_year(on.year, year)
    rows = session.scalars(select(Deadline).where(Deadline.round_id == round_id))
    units = unit_names(session, round_id)
    found = [view(row, units, on, year) for row in rows]
    return sorted(found, key=lambda each: (each.last_day, each.title, each.id))


def view(row: Deadline, units: dict[int, str], on: date, year: int) -> DeadlineView:
    """Return a deadline as it stands on a day; a yearly one, as it is in a year."""
    window = window_of(row).in_year(year)
    met = _met(row, window.due_on.year)
    done_on = met.done_on if met else None
    return DeadlineView(
        id=row.id,
        unit=row.unit_id,
        unit_name=units[row.unit_id] if row.unit_id else "",
        title=row.title,
        source=row.source,
        from_on=window.from_on,
        due_on=window.due_on,
        before=window.before,
        yearly=window.yearly,
        exceptional=window.exceptional,
        weekend=window.weekend,
        last_day=window.last_day,
        last_working_day=window.last_working_day,
        status=window.status(on, done_on),
        days_left=window.days_left(on),
        done_on=done_on,
        done_note=met.note if met else "",
    )


def progress(session: Session, round_id: int, on: date) -> list[UnitProgress]:
    """Return what each unit has to do on a day; what is everyone's comes first."""
    found = listing(session, round_id, on)
    units: list[tuple[int | None, str]] = list(unit_names(session, round_id).items())
    if any(each.unit is None for each in found):
        units.insert(0, (None, ""))
    return [_of_unit(unit, name, found) for unit, name in units]


def window_of(row: Deadline) -> Window:
    """Return when a deadline is, as it was entered."""
    return Window(
        due_on=row.due_on,
        from_on=row.from_on,
        before=row.before,
        yearly=row.yearly,
        exceptional=row.exceptional,
    )


def _of_unit(
    unit: int | None, name: str, found: Iterable[DeadlineView]
) -> UnitProgress:
    mine = [each for each in found if each.unit == unit]
    by_status = {
        status: tuple(each for each in mine if each.status is status)
        for status in Status
    }
    return UnitProgress(
        unit=unit,
        name=name,
        due=by_status[Status.DUE],
        late=by_status[Status.LATE],
        done=by_status[Status.DONE],
        waiting=by_status[Status.WAITING],
        optional=by_status[Status.OPTIONAL],
    )


def _fill(session: Session, deadline: Deadline, order: NewDeadline) -> None:
    check_unit(session, deadline.round_id, order.unit)
    days = filter(None, (order.due_on, order.from_on))
    check_year(*(day.year for day in days))
    deadline.unit_id = order.unit
    deadline.title = rounds.needed(order.title)
    deadline.source = rounds.fitting(order.source)
    deadline.due_on = order.due_on
    deadline.from_on = order.from_on
    deadline.before = order.before
    deadline.yearly = order.yearly
    deadline.exceptional = order.exceptional
    if order.from_on is not None and order.from_on > window_of(deadline).last_day:
        raise Refused("window_wrong")


def _year_meant(deadline: Deadline, order: Done) -> int:
    if not deadline.yearly:
        return deadline.due_on.year
    return order.done_on.year if order.year is None else order.year


def _met(deadline: Deadline, year: int) -> DeadlineDone | None:
    """Return when it was met: a yearly one in its year, any other once for all."""
    rows = [row for row in deadline.done if row.year == year or not deadline.yearly]
    return rows[-1] if rows else None


def _forget(session: Session, deadline: Deadline, year: int) -> None:
    forgotten = delete(DeadlineDone).where(DeadlineDone.deadline_id == deadline.id)
    if deadline.yearly:
        forgotten = forgotten.where(DeadlineDone.year == year)
    session.execute(forgotten)
    session.expire(deadline, ["done"])


def unit_names(session: Session, round_id: int) -> dict[int, str]:
    """Return the units of a round, in their order."""
    rows = select(Unit).where(Unit.round_id == round_id).order_by(Unit.number)
    return {unit.id: unit.name for unit in session.scalars(rows)}
