"""Yearly review windows (kỳ rà soát hằng năm), as `review_windows.toml` has them.

The documents differ, so an office chooses whose windows it goes by; nothing of them is
a constant.
"""

import importlib.resources
from datetime import date
from functools import cache
from typing import Annotated

import msgspec
from sqlalchemy.orm import Session

from admin import deadlines
from admin.calendar import Window
from admin.deadlines import NewDeadline
from admin.models import Deadline
from admin.procedure import Id, Text
from web.errors import Refused

_MonthDay = Annotated[str, msgspec.Meta(pattern="^[0-9]{2}-[0-9]{2}$")]
_ANY_YEAR = 2001  # no leap year: windows are written for February's 28 days


class ReviewWindow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One window, without a year."""

    id: Id
    title: str
    source: str
    from_: _MonthDay = msgspec.field(name="from")
    due: _MonthDay
    before: bool = False
    exceptional: bool = False

    def in_year(self, year: int) -> Window:
        """Return the window as it is in a year."""
        window = Window(
            from_on=_day(self.from_),
            due_on=_day(self.due),
            before=self.before,
            yearly=True,
            exceptional=self.exceptional,
        )
        return window.in_year(year)

    def deadline(self, year: int, unit: int | None) -> NewDeadline:
        """Return the deadline to enter, from this year on."""
        window = self.in_year(year)
        return NewDeadline(
            title=self.title,
            source=self.source,
            unit=unit,
            from_on=window.from_on,
            due_on=window.due_on,
            before=window.before,
            yearly=True,
            exceptional=window.exceptional,
        )


class Regime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The windows of one document."""

    id: Id
    name: Text
    source: str
    window: tuple[ReviewWindow, ...]

    def find(self, window_id: str) -> ReviewWindow:
        """Return a window.

        Raises:
            KeyError: the document has none of this name.
        """
        return {each.id: each for each in self.window}[window_id]


class NewWindows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose windows to enter, from which year on, and for which unit (or all)."""

    regime: str
    year: int
    unit: int | None = None


@cache
def regimes() -> dict[str, Regime]:
    """Return all there are, by name."""
    file = importlib.resources.files("admin") / "review_windows.toml"
    found = msgspec.toml.decode(file.read_bytes(), type=dict[str, tuple[Regime, ...]])
    return {regime.id: regime for regime in found["regime"]}


def enter(session: Session, round_id: int, order: NewWindows) -> list[Deadline]:
    """Enter all windows of a document.

    Raises:
        Refused: no such document, unit or year.
    """
    regime = regimes().get(order.regime)
    if regime is None:
        raise Refused("regime_unknown")
    deadlines.check_year(order.year)
    windows = [each.deadline(order.year, order.unit) for each in regime.window]
    return [deadlines.add(session, round_id, each) for each in windows]


def _day(text: str) -> date:
    return date.fromisoformat(f"{_ANY_YEAR}-{text}")
