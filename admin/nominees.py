"""Nominees: from a file or the register of people, onto the paper of a conference.

Whoever is in the register keeps their key on every paper. A name out of a file means
somebody in the register if name and year of birth agree with exactly one of them.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import actions
from admin.actions import record
from admin.conferences import expect_unsealed
from admin.models import Conference, Nominee, Person, PlanEntry, Position
from admin.names import fold, tidy
from admin.people import named, new_key, post_and_unit
from admin.sheets import NAME, Fault, FaultsError
from admin.spreadsheets import NomineeEntry, read_nominees
from admin.standings import INSIDE
from web.errors import Refused


def import_list(session: Session, conference: Conference, data: bytes) -> int:
    """Replace the nominees by those of a file; returns how many.

    Raises:
        Refused: the paper is sealed or being sealed, or comes from the step before.
        TableError: the file cannot be read at all.
        FaultsError: some rows or columns are faulty; nothing was changed.
    """
    expect_listed_here(conference)
    titles = [(position.title, position.term) for position in conference.positions]
    entries = read_nominees(data, titles)
    people = [_known(session, entry) for entry in entries]
    _check_once(entries, people)
    for entry, person in zip(entries, people, strict=True):
        if person is not None:
            expect_not_left(session, conference.positions[entry.position], person)
    lists: dict[int, list[Nominee]] = {n: [] for n in range(len(titles))}
    for entry, person in zip(entries, people, strict=True):
        lists[entry.position].append(_from_entry(entry, person))
    replace(session, conference, {n + 1: found for n, found in lists.items()})
    return len(entries)


def from_person(person: Person, number: int) -> Nominee:
    """Return somebody of the register as a line of the paper."""
    return Nominee(
        number=number,
        key=person.key,
        name=person.name,
        folded=fold(person.name),
        birth_year=person.birth_year,
        post=post_and_unit(person),
        person_id=person.id,
    )


def expect_listed_here(conference: Conference) -> None:
    """Refuse a list where the step before decides who is on the paper.

    Raises:
        Refused: so it is; or the paper is sealed, or being sealed.
    """
    expect_unsealed(conference)
    if conference.previous_id is not None:
        raise Refused("nominees_carried")  # off it only with a recorded reason


def expect_not_left(session: Session, position: Position, person: Person) -> None:
    """Refuse somebody who left the planning for this position.

    Raises:
        Refused: with their name: over age, removed, withdrawn.
    """
    if position.planned_position_id is None:
        return
    left = select(PlanEntry.id).where(
        PlanEntry.position_id == position.planned_position_id,
        PlanEntry.person_id == person.id,
        PlanEntry.standing.not_in(INSIDE),
    )
    if session.scalar(left) is not None:
        raise Refused("person_left_plan", name=person.name)


def replace(
    session: Session, conference: Conference, lists: Mapping[int, Sequence[Nominee]]
) -> None:
    """Put these nominees on the paper, by the number of their position."""
    positions = {position.number: position for position in conference.positions}
    for number in lists:
        positions[number].nominees.clear()
    session.flush()  # the old numbers must be free before they are taken again
    for number, found in lists.items():
        _fill(positions[number], found)
    rows = sum(map(len, lists.values()))
    record(
        session,
        actions.ListImported(uuid=conference.uuid, what="nominees", rows=rows),
    )


def also_in_committee(conference: Conference) -> list[str]:
    """Return the names that are on the paper and in the counting committee.

    Compared by name, as nothing else is known of the two: it may be two people.
    """
    committee = {tidy(member.name).casefold() for member in conference.committee}
    return [
        nominee.name
        for position in conference.positions
        for nominee in position.nominees
        if nominee.name.casefold() in committee
    ]


def _fill(position: Position, nominees: Sequence[Nominee]) -> None:
    for number, nominee in enumerate(nominees, 1):
        nominee.number = number
        position.nominees.append(nominee)


def _known(session: Session, entry: NomineeEntry) -> Person | None:
    """Return the one person of the register that a row means, if it is only one."""
    if entry.birth_year is None:
        return None
    found = named(session, entry.name, entry.birth_year)
    return found[0] if len(found) == 1 else None


def _check_once(
    entries: Sequence[NomineeEntry], people: Sequence[Person | None]
) -> None:
    """Refuse somebody who stands twice on the paper for one position.

    Raises:
        FaultsError: with the rows.
    """
    faults = []
    seen: dict[tuple[int, int], int] = {}
    for entry, person in zip(entries, people, strict=True):
        if person is None:
            continue
        first = seen.setdefault((entry.position, person.id), entry.row)
        if first != entry.row:
            faults.append(Fault(entry.row, NAME, "nominee_twice", {"first": first}))
    if faults:
        raise FaultsError(faults)


def _from_entry(entry: NomineeEntry, person: Person | None) -> Nominee:
    return Nominee(
        key=person.key if person else new_key(),
        name=entry.name,
        folded=fold(entry.name),
        birth_year=entry.birth_year,
        post=entry.post,
        person_id=person.id if person else None,
    )
