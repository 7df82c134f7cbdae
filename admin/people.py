"""The register of people: delegates and nominees alike come from it.

Somebody is known by name and birth. Two of one name must be told apart by the day
they were born on. The register never meets a ballot: what a paper takes from it is a
name, a year, a post, and a random key.
"""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import actions
from admin.actions import record
from admin.births import Birth, write_day
from admin.models import Person
from admin.names import fold, spoken
from admin.people_sheet import is_one
from admin.person_fields import (
    LIMITS,
    PersonFields,
    birth_of,
    evaluations_of,
    fill,
    roles_of,
)
from web.errors import Refused

PAGE = 100  # people at a time; a province's register has thousands
_KEY_BYTES = 12  # 96 bits: never twice, and says nothing of the person


@dataclass(frozen=True)
class Query:
    """What to look for: words of `text` anywhere, `unit` and `role` exactly."""

    text: str = ""
    unit: str = ""
    role: str = ""
    page: int = 1


@dataclass(frozen=True)
class Found:
    """One page of what was found."""

    total: int
    page: int
    pages: int
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Known:
    """Somebody in the register, as newcomers are compared with them."""

    id: int
    name: str
    birth: Birth


def add(session: Session, order: PersonFields) -> Person:
    """Enter somebody into the register.

    Raises:
        Refused: a field is wrong, or nothing tells them from somebody known.
    """
    person = Person(key=new_key())
    fill(person, order)
    _expect_distinct(session, person)
    session.add(person)
    session.flush()
    record(session, actions.RegisterChanged(added=1, updated=0))
    return person


def edit(session: Session, person: Person, order: PersonFields) -> None:
    """Change what is known of somebody; their key and what was printed stay.

    Raises:
        Refused: a field is wrong, or nothing tells them from somebody else.
    """
    person.birth_date = None  # what the form says holds, also if it says less
    fill(person, order)
    _expect_distinct(session, person)
    record(session, actions.RegisterChanged(added=0, updated=1))


def load(session: Session, person_id: int) -> Person:
    """Return somebody.

    Raises:
        Refused: there is nobody with this number.
    """
    person = session.get(Person, person_id)
    if person is None:
        raise Refused("person_unknown", status=404)
    return person


def load_all(session: Session, ids: Sequence[int]) -> list[Person]:
    """Return people in the order asked for.

    Raises:
        Refused: somebody is unknown, or named twice.
    """
    wanted = set(ids)
    if len(wanted) != len(ids):
        raise Refused("person_listed_twice")
    known = {each.id: each for each in everyone(session) if each.id in wanted}
    if len(known) != len(wanted):
        raise Refused("person_unknown", status=404)
    return [known[person_id] for person_id in ids]


def everyone(session: Session) -> list[Person]:
    """Return the whole register in its order."""
    return list(session.scalars(select(Person).order_by(Person.id)))


def search(session: Session, query: Query) -> Found:
    """Return a page of those in whom every word of the text begins a word."""
    ids = _matching(session, query)
    pages = max(1, -(-len(ids) // PAGE))
    page = min(max(1, query.page), pages)
    wanted = ids[(page - 1) * PAGE : page * PAGE]
    found = select(Person).where(Person.id.in_(wanted)).order_by(Person.id)
    return Found(len(ids), page, pages, tuple(session.scalars(found)))


def named(session: Session, name: str, birth_year: int | None) -> list[Person]:
    """Return those with this name, however its tones are placed, and this year."""
    found = select(Person).where(
        Person.folded.startswith(fold(name), autoescape=True),
        Person.birth_year == birth_year,
    )
    return [
        each for each in session.scalars(found) if spoken(each.name) == spoken(name)
    ]


@dataclass(frozen=True)
class Labels:
    """Words that the register uses, each spelt once; `any`: somebody is in it."""

    roles: tuple[str, ...]
    units: tuple[str, ...]
    grades: tuple[str, ...]
    any: bool


def labels(session: Session, more_roles: Iterable[str] = ()) -> Labels:
    """Return all words of the register, and the roles that compositions name."""
    roles: set[str] = set()
    units: set[str] = set()
    grades: set[str] = set()
    known = select(Person.unit, Person.roles, Person.evaluations)
    rows = session.execute(known).all()
    for unit, its_roles, evaluations in rows:
        units.add(unit)
        roles.update(json.loads(its_roles))
        grades.update(json.loads(evaluations).values())
    roles.update(more_roles)
    return Labels(_once(roles), _once(units), _once(grades), any=bool(rows))


def _once(words: Iterable[str]) -> tuple[str, ...]:
    """Spell each word once, in order: "Uỷ viên" and "Ủy viên" are one."""
    spelt = {fold(word): word for word in sorted(words) if word}
    return tuple(spelt[folded] for folded in sorted(spelt))


@dataclass(frozen=True)
class Grade:
    """The same grade from one year to another, as a list shows it."""

    first: str
    last: str
    grade: str


def latest_grades(person: Person, years: int = 3) -> list[Grade]:
    """Return the latest grades of somebody; years of the same grade as one."""
    found: list[Grade] = []
    for year, grade in list(evaluations_of(person).items())[-years:]:
        before = found[-1] if found else None
        if before and before.grade == grade and int(year) == int(before.last) + 1:
            found[-1] = Grade(before.first, year, grade)
        else:
            found.append(Grade(year, year, grade))
    return found


def new_key() -> str:
    """Draw the name that a person has on every paper."""
    return secrets.token_urlsafe(_KEY_BYTES)


def post_and_unit(person: Person) -> str:
    """Return what a paper prints below a name."""
    return ", ".join(text for text in (person.post, person.unit) if text)


def view(person: Person) -> dict[str, Any]:
    """Return all that is known of somebody, as the API and the page say it."""
    birth = birth_of(person)
    return {
        "id": person.id,
        "key": person.key,
        "name": person.name,
        "birth": str(birth) if birth else "",
        "birth_year": person.birth_year,
        "sex": person.sex,
        "party_joined": _day(person.party_joined),
        "party_official": _day(person.party_official),
        "evaluations": evaluations_of(person),
        "roles": roles_of(person),
        **{field: getattr(person, field) for field in LIMITS},
    }


def _day(day: date | None) -> str:
    return write_day(day) if day else ""


def _matching(session: Session, query: Query) -> list[int]:
    found = select(Person.id, Person.unit, Person.roles).order_by(Person.id)
    for word in fold(query.text).split():
        padded = " " + Person.folded  # so that a word's beginning has a space
        found = found.where(padded.contains(f" {word}", autoescape=True))
    unit, role = fold(query.unit), fold(query.role)
    return [
        person_id
        for person_id, its_unit, its_roles in session.execute(found)
        if unit in {"", fold(its_unit)}
        and (not role or role in map(fold, json.loads(its_roles)))
    ]


def _expect_distinct(session: Session, person: Person) -> None:
    """Refuse somebody whom nothing tells from another in the register.

    Raises:
        Refused: with the other's name and birth.
    """
    birth = birth_of(person)
    if birth is None:
        return
    this = Known(0, person.name, birth)
    for other in _namesakes(session, person):
        if is_one(this, other):
            raise Refused("person_known", name=other.name, birth=str(other.birth))


def _namesakes(session: Session, person: Person) -> list[Known]:
    columns = select(Person.id, Person.name, Person.birth_year, Person.birth_date)
    name = fold(person.name)
    found = columns.where(Person.folded.startswith(name, autoescape=True))
    with session.no_autoflush:
        rows = session.execute(found).all()
    return [
        Known(known_id, known, Birth(year, day))
        for known_id, known, year, day in rows
        if known_id != person.id and fold(known) == name and year is not None
    ]
