"""What the register and the plan know of a nominee, as it is printed.

Documents are Vietnamese whoever asks for them, so are these words. What is not known
is left out.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import agenda
from admin.list_columns import ListColumn
from admin.models import Nominee, Person, PlanEntry, Position
from admin.people_sheet import SEXES
from admin.person_fields import evaluations_of
from admin.procedure import Origin
from admin.standings import Standing
from web import i18n
from web.paper import Purpose

_TEXTS = (
    ListColumn.ETHNICITY,
    ListColumn.HOME,
    ListColumn.UNIT,
    ListColumn.PROFESSION,
    ListColumn.THEORY,
    ListColumn.MANAGEMENT,
    ListColumn.LANGUAGES,
    ListColumn.COMPUTING,
    ListColumn.NOTE,
)
_HELD = {Standing.PLANNED, Standing.KEPT}


def person_of(session: Session, position: Position, nominee: Nominee) -> dict[str, str]:
    """Return a nominee's columns; of somebody outside the register, a few."""
    person = session.scalar(select(Person).where(Person.key == nominee.key))
    birth = str(nominee.birth_year or "")
    found = {
        ListColumn.BIRTH: birth,
        ListColumn.POST: nominee.post,
        ListColumn.POSITION: position.title,
        ListColumn.ORIGIN: _origin(session, position, person),
    }
    if person is not None:
        found |= _known(person, birth)
    return {column.value: found[column] for column in ListColumn if found.get(column)}


def _known(person: Person, birth: str) -> dict[ListColumn, str]:
    grades = evaluations_of(person).items()
    return {
        **{column: getattr(person, column) for column in _TEXTS},
        ListColumn.BIRTH: day_of(person.birth_date) or birth,
        ListColumn.SEX: SEXES.get(person.sex, ""),
        ListColumn.PARTY_JOINED: day_of(person.party_joined),
        ListColumn.PARTY_OFFICIAL: day_of(person.party_official),
        ListColumn.EVALUATIONS: "; ".join(f"{year}: {grade}" for year, grade in grades),
    }


def day_of(day: date | None) -> str:
    """Return a day as documents write it, "" if it is not known."""
    return f"{day:%d/%m/%Y}" if day else ""


def _origin(session: Session, position: Position, person: Person | None) -> str:
    """Say whether somebody is kept, new, or from elsewhere; not of a removal."""
    settled = agenda.settled(position.item)
    if settled.purpose is Purpose.REMOVE:
        return ""
    entry = _entry(session, position, person) if person else None
    if entry is None:
        stranger = settled.procedure.origin is Origin.EXTERNAL
        return _words("list.origin_external") if stranger else ""
    if entry.standing in _HELD:
        return _words("list.origin_kept")
    stranger = entry.origin == Origin.EXTERNAL
    return _words("list.origin_external" if stranger else "list.origin_new")


def _entry(session: Session, position: Position, person: Person) -> PlanEntry | None:
    query = select(PlanEntry).where(
        PlanEntry.position_id == position.planned_position_id,
        PlanEntry.person_id == person.id,
    )
    return session.scalar(query)


def _words(key: str) -> str:
    return i18n.current_catalogue("vi")[key]
