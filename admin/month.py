"""A round's calendar as its page shows it: a month in weeks, then the days in order.

Pure. A deadline stands at its last day in time, not at the day that is too late. What
several units must do by the same day is one line.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from admin.calendar import Status, is_weekend, weeks
from admin.deadlines import DeadlineView, UnitProgress
from admin.meetings import MeetingView

_GRAVEST = (Status.LATE, Status.DUE, Status.OPTIONAL, Status.WAITING, Status.DONE)


@dataclass(frozen=True)
class Line:
    """The same deadline of one or several units."""

    items: tuple[DeadlineView, ...]

    @property
    def head(self) -> DeadlineView:
        return self.items[0]

    @property
    def status(self) -> Status:
        """How the unit stands that is worst off."""
        found = {item.status for item in self.items}
        return next(status for status in _GRAVEST if status in found)

    @property
    def over(self) -> bool:
        """Whether nobody has anything left to do."""
        return self.done == len(self.items)

    @property
    def done(self) -> int:
        return sum(item.status is Status.DONE for item in self.items)


@dataclass(frozen=True)
class Day:
    """What is on one day."""

    day: date
    lines: tuple[Line, ...]
    meetings: tuple[MeetingView, ...]

    @property
    def weekend(self) -> bool:
        return is_weekend(self.day)


def lines(found: Iterable[DeadlineView]) -> list[Line]:
    """Put what several units must do by the same day into one line."""
    groups: dict[object, list[DeadlineView]] = defaultdict(list)
    for each in found:
        key = (each.due_on, each.from_on, each.before, each.title, each.source)
        groups[key].append(each)
    return [Line(tuple(group)) for group in groups.values()]


def later(units: Iterable[UnitProgress]) -> list[Line]:
    """Return what nobody has to do yet, or only where it is needed."""
    found = [each for unit in units for each in (*unit.optional, *unit.waiting)]
    return sorted(lines(found), key=lambda line: line.head.last_day)


def days(found: Sequence[Line], meetings: Iterable[MeetingView]) -> list[Day]:
    """Return every day on which something is, in order; undated meetings on none."""
    due: dict[date, list[Line]] = defaultdict(list)
    held: dict[date, list[MeetingView]] = defaultdict(list)
    for line in found:
        due[line.head.last_day].append(line)
    for meeting in meetings:
        if meeting.starts_at is not None:
            held[meeting.starts_at.astimezone().date()].append(meeting)
    return [
        Day(day, tuple(due.get(day, ())), tuple(held.get(day, ())))
        for day in sorted(due.keys() | held.keys())
    ]


def grid(year: int, month: int, agenda: Iterable[Day]) -> list[list[Day]]:
    """Return a month in whole weeks."""
    known = {each.day: each for each in agenda}
    return [
        [known.get(day, Day(day, (), ())) for day in week]
        for week in weeks(year, month)
    ]


def opened_at(agenda: Sequence[Day], today: date) -> date:
    """Return the day whose month is shown first: the next on which something is."""
    coming = [each.day for each in agenda if each.day >= today.replace(day=1)]
    if coming:
        return coming[0]
    return agenda[-1].day if agenda else today
