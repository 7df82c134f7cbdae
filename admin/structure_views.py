"""The structure of lists as the pages and the API say it: bars, labels, caps.

A list is everybody of a round, a unit or a position who is being considered or
planned; of a conference, everybody on its paper and, for those who may know it, those
who passed. Nothing here changes a list.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import caps, results, rounds, structure
from admin.caps import CapView
from admin.models import Conference, Instance, Person, PlanEntry, Round, Unit
from admin.people_sheet import FEMALE, MALE
from admin.results import FinalList
from admin.standings import CONSIDERED, LISTED, Standing
from admin.structure import Bar, Figure, Targets, check
from admin.wording import percent
from web import i18n

_SEEN_BY = frozenset({"secretary", "chair", "auditor"})  # of what is not announced
_WOMAN = {FEMALE: True, MALE: False}


class BarView(msgspec.Struct, frozen=True):
    """A bar: shares are exact fractions, `percent` and `aim` are for printing."""

    key: str
    label: str
    count: int
    total: int
    unknown: int
    share: str
    percent: str
    target: str | None
    aim: str
    met: bool | None
    missing: int


class ListView(msgspec.Struct, frozen=True):
    """A list with its bars."""

    title: str
    total: int
    bars: tuple[BarView, ...]


class StructureView(msgspec.Struct, frozen=True):
    """The structure of a round: of those considered, and of the list alone."""

    on: date
    considered: ListView
    listed: ListView
    units: tuple[ListView, ...]
    caps: tuple[CapView, ...]
    targets: Targets


class PaperStructureView(msgspec.Struct, frozen=True):
    """The structure of a paper, by position, and of who passed."""

    on: date
    paper: tuple[ListView, ...]
    final: tuple[ListView, ...] | None


def of_round(session: Session, row: Round) -> StructureView:
    """Measure everybody of a round, unit by unit; warn of what is above a cap."""
    targets, on = rounds.targets_of(row), today()
    entries = [
        entry
        for unit in row.units
        for position in unit.positions
        for entry in position.entries
    ]
    return StructureView(
        on=on,
        considered=_list(
            i18n.text("structure.considered"), _among(entries, CONSIDERED), targets, on
        ),
        listed=_list(
            i18n.text("structure.listed"), _among(entries, LISTED), targets, on
        ),
        units=tuple(
            _list(unit.name, _among(_entries(unit), CONSIDERED), targets, on)
            for unit in row.units
            if _among(_entries(unit), CONSIDERED)
        ),
        caps=tuple(caps.over(session, row, targets)),
        targets=targets,
    )


def of_unit(unit: Unit) -> ListView:
    """Measure everybody of a unit who is considered or planned."""
    targets = rounds.targets_of(unit.round)
    people = _among(_entries(unit), CONSIDERED)
    return _list(unit.name, people, targets, today())


def of_conference(
    session: Session, conference: Conference, roles: frozenset[str]
) -> PaperStructureView:
    """Measure who is on a paper, and who passed for those who may know it."""
    targets, on = targets_for(session, conference), today()
    people = _on_paper(session, conference)
    final = [
        _list(
            each.position.title,
            _known(people, [line.nominee for line in each.lines]),
            targets,
            on,
        )
        for each in _final(session, conference, roles)
    ]
    paper = [
        _list(p.title, _known(people, [n.key for n in p.nominees]), targets, on)
        for p in conference.positions
    ]
    return PaperStructureView(on, tuple(paper), tuple(final) if final else None)


def today() -> date:
    """Return the day that it is in the room: ages are counted on it."""
    return datetime.now(UTC).astimezone().date()


def figure(person: Person | None) -> Figure:
    """Return what the structure knows of somebody."""
    if person is None:
        return Figure()
    return Figure(
        birth_date=person.birth_date,
        birth_year=person.birth_year,
        woman=_WOMAN.get(person.sex),
        ethnicity=person.ethnicity,
    )


def targets_for(session: Session, conference: Conference) -> Targets:
    """Return the targets of the conference's round, or those of every office."""
    for item in conference.items:
        if item.instance_id is not None:
            instance = session.get_one(Instance, item.instance_id)
            return rounds.targets_of(instance.unit.round)
    return structure.defaults()


def _final(
    session: Session, conference: Conference, roles: frozenset[str]
) -> list[FinalList]:
    return results.final_lists(session, conference) if roles & _SEEN_BY else []


def _entries(unit: Unit) -> list[PlanEntry]:
    return [entry for position in unit.positions for entry in position.entries]


def _among(
    entries: Iterable[PlanEntry], standings: frozenset[Standing]
) -> list[Person | None]:
    """Return the people who stand so, each of them once."""
    found = {
        entry.person_id: entry.person
        for entry in entries
        if entry.standing in standings
    }
    return list(found.values())


def _list(
    title: str, people: Sequence[Person | None], targets: Targets, on: date
) -> ListView:
    bars = check([figure(each) for each in people], targets, on)
    return ListView(title, len(people), tuple(_view(each) for each in bars))


def _view(bar: Bar) -> BarView:
    border = Fraction(0) if bar.target is None else bar.target
    aim = "" if bar.target is None else percent(bar.target, bar.target, decimals=0)
    return BarView(
        key=bar.key,
        label=_label(bar),
        count=bar.count,
        total=bar.total,
        unknown=bar.unknown,
        share=str(bar.share),
        percent=percent(bar.share, border) if bar.total else "–",
        target=None if bar.target is None else str(bar.target),
        aim=aim,
        met=bar.met,
        missing=bar.missing,
    )


def _label(bar: Bar) -> str:
    if bar.key != "ages":
        return i18n.text(f"structure.{bar.key}", below=bar.below)
    if bar.low is None:
        return i18n.text("structure.ages_first", below=bar.below)
    if bar.below is None:
        return i18n.text("structure.ages_last", low=bar.low)
    return i18n.text("structure.ages_between", low=bar.low, high=bar.below - 1)


def _on_paper(session: Session, conference: Conference) -> dict[str, Person]:
    keys = {n.key for position in conference.positions for n in position.nominees}
    found = session.scalars(select(Person).where(Person.key.in_(keys)))
    return {person.key: person for person in found}


def _known(people: dict[str, Person], keys: Iterable[str]) -> list[Person | None]:
    return [people.get(key) for key in keys]
