"""The calendar of a planning round. Pure: days and times come in as arguments.

A deadline is read as its document says it: "trước ngày 20/3" (before 20 March) ends
with the 19th. Weekends are Saturday and Sunday; public holidays are not known here.
Clashes are told, never forbidden: the office may have its reasons.
"""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import combinations

_SATURDAY = 5
_MONTHS = 12


class Status(StrEnum):
    """How a deadline stands on a day.

    WAITING: it is not yet time to begin. OPTIONAL: it is time for what is done only
    where it is truly needed, so nobody is late with it.
    """

    WAITING = "waiting"
    DUE = "due"
    LATE = "late"
    DONE = "done"
    OPTIONAL = "optional"


@dataclass(frozen=True, kw_only=True)
class Window:
    """From when until when something is to be done; see the model `Deadline`."""

    due_on: date
    from_on: date | None = None
    before: bool = False
    yearly: bool = False
    exceptional: bool = False

    @property
    def last_day(self) -> date:
        """The last day on which it is still in time."""
        return self.due_on - timedelta(days=1) if self.before else self.due_on

    @property
    def last_working_day(self) -> date:
        """The last day in time on which the office works."""
        return working_day(self.last_day)

    @property
    def weekend(self) -> date | None:
        """The day that falls on a weekend: the last one in time, or the one named.

        Nobody is late with what is exceptional, so there is none.
        """
        if self.exceptional:
            return None
        days = (self.last_day, self.due_on)
        return next((day for day in days if is_weekend(day)), None)

    def in_year(self, year: int) -> "Window":
        """Return the window as it comes back in a year; one that does not, itself.

        "In February" ends with the month, however long it is that year. Before its
        first year there is only the first to wait for.
        """
        if not self.yearly or year <= self.due_on.year:
            return self
        begins = self.from_on
        if begins is not None:
            begins = _moved(begins, year - self.due_on.year + begins.year)
        to_the_end = not self.before and _is_last_of_month(self.due_on)
        due = _moved(self.due_on, year, to_the_end=to_the_end)
        return replace(self, from_on=begins, due_on=due)

    def status(self, on: date, done_on: date | None) -> Status:
        """Say how it stands on a day; what was done later was not done yet."""
        if done_on is not None and done_on <= on:
            return Status.DONE
        if self.from_on is not None and on < self.from_on:
            return Status.WAITING
        if self.exceptional:
            return Status.OPTIONAL
        return Status.LATE if on > self.last_day else Status.DUE

    def days_left(self, on: date) -> int:
        """Return the days until the last one in time; below 0 it is too late."""
        return (self.last_day - on).days


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A meeting as far as others may clash with it.

    `office` and `unit` say whose people it needs; without a unit, the whole office's.
    `instance` and `order`: which step of which procedure is held. `after` is the
    meeting that must be over before this one.
    """

    id: int
    starts_at: datetime
    minutes: int
    place: str = ""
    office: str = ""
    unit: str = ""
    instance: int | None = None
    order: int | None = None
    after: int | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def overlaps(self, other: "Slot") -> bool:
        """Whether both are held at once; one may begin when the other ends."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


class Kind(StrEnum):
    """Why two meetings clash, the gravest first."""

    ORDER = "order"
    AFTER = "after"
    PEOPLE = "people"
    PLACE = "place"


@dataclass(frozen=True)
class Clash:
    """Two meetings that cannot both be held as planned; `first` begins first."""

    first: int
    second: int
    kinds: tuple[Kind, ...]


def is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def working_day(day: date) -> date:
    """Return the day itself, or the Friday before its weekend."""
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))


def clashes(slots: Sequence[Slot]) -> list[Clash]:
    """Return every pair of meetings that cannot both be held as planned."""
    ordered = sorted(slots, key=lambda slot: (slot.starts_at, slot.id))
    found = []
    for first, second in combinations(ordered, 2):
        kinds = tuple(_kinds(first, second))
        if kinds:
            found.append(Clash(first.id, second.id, kinds))
    return found


def weeks(year: int, month: int) -> list[list[date]]:
    """Return a month in whole weeks, Monday first."""
    return calendar.Calendar().monthdatescalendar(year, month)


def month_after(day: date, months: int) -> date:
    """Return the first day of the month so many months after a day's (or before)."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, 1)


def _kinds(first: Slot, second: Slot) -> Iterator[Kind]:
    """`first` begins first, or at the same time."""
    if _out_of_order(first, second):
        yield Kind.ORDER
    if first.after == second.id or (
        second.after == first.id and second.starts_at < first.ends_at
    ):
        yield Kind.AFTER
    if not first.overlaps(second):
        return
    if first.office == second.office and (
        not first.unit or not second.unit or first.unit == second.unit
    ):
        yield Kind.PEOPLE
    if first.place and first.place == second.place:
        yield Kind.PLACE


def _out_of_order(first: Slot, second: Slot) -> bool:
    if first.instance is None or first.instance != second.instance:
        return False
    if first.order is None or second.order is None or first.order == second.order:
        return False
    return first.order > second.order or first.overlaps(second)


def _moved(day: date, year: int, *, to_the_end: bool = False) -> date:
    last = calendar.monthrange(year, day.month)[1]
    return date(year, day.month, last if to_the_end else min(day.day, last))


def _is_last_of_month(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]
