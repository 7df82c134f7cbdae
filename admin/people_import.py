"""The register of people from a file, and to a file.

A row of a file means somebody in the register if name and birth agree; a birth of
which one side knows the year alone agrees by its year. Whatever is not certain is a
fault of the file, so that nobody's data become another's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from admin import actions, people_sheet
from admin.actions import record
from admin.models import Person
from admin.names import fold, spoken
from admin.people import Known, everyone, new_key
from admin.people_sheet import BIRTH, SEXES, TEXTS, PeopleSheet, PersonEntry
from admin.person_fields import (
    birth_of,
    evaluations_of,
    roles_of,
    set_birth,
    set_evaluations,
    set_folded,
    set_roles,
)
from admin.sheets import NAME, Fault, FaultsError


@dataclass(frozen=True)
class Imported:
    """What an import did; `ignored` are titles of columns that nobody understood."""

    added: int
    updated: int
    unchanged: int
    ignored: tuple[str, ...]


@dataclass(frozen=True)
class Exported:
    """The register by column titles, and the years that have grades."""

    rows: list[dict[str, object]]
    years: list[str]

    def workbook(self) -> bytes:
        """Return a workbook that imports to the same register."""
        return people_sheet.write_people(self.rows, self.years)


def import_list(session: Session, sheet: PeopleSheet) -> Imported:
    """Add the people of a file, or update those whom the register knows.

    The file was read before: a large one takes seconds, and others want to write.

    Raises:
        FaultsError: some rows do not fit the register; nothing was changed.
    """
    register = everyone(session)
    meant = _match(register, sheet.entries)
    known = {person.id: person for person in register}
    added = updated = 0
    for entry, person_id in zip(sheet.entries, meant, strict=True):
        if person_id is None:
            session.add(_newcomer(entry))
            added += 1
        else:
            _take(known[person_id], entry)
            updated += session.is_modified(known[person_id])
    record(session, actions.RegisterChanged(added=added, updated=updated))
    unchanged = len(sheet.entries) - added - updated
    return Imported(added, updated, unchanged, sheet.ignored)


def export(session: Session, today: date) -> Exported:
    """Return what a workbook of the register says, to be written afterwards."""
    people = everyone(session)
    known = {year for person in people for year in evaluations_of(person)}
    years = sorted(known) or people_sheet.recent_years(today)
    rows = [_row(person) for person in people]
    record(session, actions.RegisterExported(rows=len(rows)))
    return Exported(rows, years)


def _match(
    register: Sequence[Person], entries: Sequence[PersonEntry]
) -> list[int | None]:
    """Return whom every entry means, nobody for newcomers.

    Raises:
        FaultsError: some entries may mean several, or two mean one.
    """
    namesakes: dict[str, list[Known]] = {}
    for person in register:
        if birth := birth_of(person):
            known = Known(person.id, person.name, birth)
            namesakes.setdefault(fold(person.name), []).append(known)
    faults: list[Fault] = []
    meant: list[int | None] = []
    claimed: dict[int, int] = {}
    for entry in entries:
        found = _find(entry, namesakes.get(fold(entry.name), []), faults)
        first = entry.row if found is None else claimed.setdefault(found, entry.row)
        if first != entry.row:
            faults.append(Fault(entry.row, BIRTH, "claimed", {"first": first}))
        meant.append(found)
    if faults:
        raise FaultsError(faults)
    return meant


def _find(
    entry: PersonEntry, namesakes: Sequence[Known], faults: list[Fault]
) -> int | None:
    agreeing = [known for known in namesakes if entry.birth.may_be(known.birth)]
    same = [known for known in agreeing if spoken(known.name) == spoken(entry.name)]
    if len(same) == 1:
        return same[0].id
    if same:
        faults.append(Fault(entry.row, BIRTH, "birth_date_needed_known"))
    elif agreeing:
        other = agreeing[0]
        details: dict[str, object] = {"known": other.name, "birth": str(other.birth)}
        faults.append(Fault(entry.row, NAME, "spelt_otherwise", details))
    return None


def _newcomer(entry: PersonEntry) -> Person:
    person = Person(key=new_key(), post="", unit="", evaluations="{}", roles="[]")
    _take(person, entry)
    return person


def _take(person: Person, entry: PersonEntry) -> None:
    """Put what a row says into a person; what it does not say stays."""
    person.name = entry.name
    set_birth(person, entry.birth)
    for field, value in entry.fields.items():
        setattr(person, field, value)
    if entry.roles is not None:
        set_roles(person, entry.roles)
    set_evaluations(person, evaluations_of(person) | entry.evaluations)
    set_folded(person)


def _row(person: Person) -> dict[str, object]:
    birth = birth_of(person)
    return {
        NAME: person.name,
        BIRTH: (birth.day or birth.year) if birth else "",
        people_sheet.SEX: SEXES.get(person.sex, ""),
        people_sheet.JOINED: person.party_joined or "",
        people_sheet.OFFICIAL: person.party_official or "",
        people_sheet.ROLES: "; ".join(roles_of(person)),
        **{column: getattr(person, field) for column, (field, _) in TEXTS.items()},
        **people_sheet.graded(evaluations_of(person)),
    }
