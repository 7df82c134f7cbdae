"""The structure of a conference's lists in the record, as of its own day."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import agenda, results, structure
from admin.models import Conference, Person, Position
from admin.records.shapes import BarRecord
from admin.structure import Bar, Targets
from admin.structure_views import figure, targets_for
from web.paper import Purpose


class Structures:
    """Measures the lists of one conference: who passed, or before that all on it."""

    def __init__(self, session: Session, conference: Conference) -> None:
        """Look up whom the register knows."""
        self._on: date = conference.starts_at.astimezone().date()
        self._targets: Targets = targets_for(session, conference)
        self._people = _known(session, conference)
        self._final = {
            each.position.id: [line.nominee for line in each.lines]
            for each in results.final_lists(session, conference)
        }

    def of(self, position: Position) -> tuple[BarRecord, ...]:
        """Return the bars of one position's list."""
        on_paper = [each.key for each in position.nominees]
        keys = self._final.get(position.id, on_paper)
        removal = agenda.settled(position.item).purpose is Purpose.REMOVE
        if removal or not self._people.keys() & set(keys):
            return ()
        people = [figure(self._people.get(key)) for key in keys]
        bars = structure.check(people, self._targets, self._on)
        return tuple(_bar(each) for each in bars)


def _known(session: Session, conference: Conference) -> dict[str, Person]:
    keys = {n.key for position in conference.positions for n in position.nominees}
    found = session.scalars(select(Person).where(Person.key.in_(keys)))
    return {person.key: person for person in found}


def _bar(bar: Bar) -> BarRecord:
    return BarRecord(
        key=bar.key,
        low=bar.low,
        below=bar.below,
        count=bar.count,
        total=bar.total,
        unknown=bar.unknown,
        target="" if bar.target is None else str(bar.target),
        met=bar.met,
    )
