"""Caps: how many people a position may have, and how many positions a person.

They warn and are printed; nobody is taken off a list. A position's own cap comes
first, then that of the procedures run for it, then the round's.
"""

from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy.orm import Session

from admin import structure
from admin.models import Instance, PlannedPosition, Round, Unit
from admin.procedure import Caps
from admin.profiles import load_profile
from admin.standings import CONSIDERED, LISTED
from admin.structure import Targets
from web import i18n


class CapView(msgspec.Struct, frozen=True):
    """A position with too many people, or a person with too many positions.

    `unit` is the position's unit, or the level that the person's positions are of.
    """

    kind: str
    of: str
    unit: str
    count: int
    cap: int
    words: str


def over(session: Session, row: Round, targets: Targets) -> list[CapView]:
    """Return what is above its cap in a round: positions, then people."""
    units = row.units
    positions = [position for unit in units for position in unit.positions]
    return [
        *(c for position in positions for c in _position(session, position, targets)),
        *_people(session, units, targets),
    ]


def cap_of(session: Session, position: PlannedPosition, targets: Targets) -> int | None:
    """Return the most people that a position may have, if anything says so."""
    run_for = [each for each in position.unit.instances if position in each.positions]
    said = [caps.per_position for caps in _said(session, run_for)]
    strictest = min((cap for cap in said if cap), default=None)
    return position.cap or strictest or targets.caps.per_position


def _position(
    session: Session, position: PlannedPosition, targets: Targets
) -> Iterator[CapView]:
    listed = [position.title for entry in position.entries if entry.standing in LISTED]
    for each in structure.over_cap(listed, cap_of(session, position, targets)):
        words = i18n.text(
            "structure.over_position",
            position=position.title,
            count=each.count,
            cap=each.cap,
        )
        unit = position.unit.name
        yield CapView("position", position.title, unit, each.count, each.cap, words)


def _people(
    session: Session, units: Iterable[Unit], targets: Targets
) -> Iterator[CapView]:
    """Yield the people with too many positions of one level."""
    by_level: dict[str, list[Unit]] = {}
    for unit in units:
        by_level.setdefault(unit.level, []).append(unit)
    for level, alike in by_level.items():
        run = [instance for unit in alike for instance in unit.instances]
        said = [caps.per_person for caps in _said(session, run)]
        cap = min((each for each in said if each), default=targets.caps.per_person)
        for each in structure.over_cap(_considered(alike), cap):
            name = each.of[1]
            words = i18n.text(
                "structure.over_person", name=name, count=each.count, cap=each.cap
            )
            yield CapView("person", name, level, each.count, each.cap, words)


def _considered(units: Iterable[Unit]) -> list[tuple[int, str]]:
    return [
        (entry.person_id, entry.person.name)
        for unit in units
        for position in unit.positions
        for entry in position.entries
        if entry.standing in CONSIDERED
    ]


def _said(session: Session, instances: Iterable[Instance]) -> list[Caps]:
    found = [load_profile(session, each.profile_digest).caps for each in instances]
    return [each for each in found if each is not None]
