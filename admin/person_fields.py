"""What is known of a person, as the secretary writes it, and how it is kept.

Everything is checked before it is kept: what a paper or a list prints later comes
from here.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

import msgspec

from admin.births import Birth, DateError, read_birth, read_day
from admin.models import Person
from admin.names import fold, is_printable, tidy
from admin.people_sheet import MAX_ROLES, MAX_SHORT, TEXTS, read_sex, split_roles
from admin.sheets import MAX_NAME
from web import i18n
from web.errors import Refused

LIMITS = dict(TEXTS.values())  # field -> most characters
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_MAX_YEARS = 20
_Read = TypeVar("_Read")


class PersonFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the secretary fills in: `birth` is a day or a year, the others may lack."""

    name: str
    birth: str
    sex: str = ""
    ethnicity: str = ""
    home: str = ""
    party_joined: str = ""
    party_official: str = ""
    post: str = ""
    unit: str = ""
    profession: str = ""
    theory: str = ""
    management: str = ""
    languages: str = ""
    computing: str = ""
    evaluations: dict[str, str] = {}
    roles: tuple[str, ...] = ()
    note: str = ""


def fill(person: Person, order: PersonFields) -> None:
    """Put everything that was filled in into a person.

    Raises:
        Refused: a field is wrong; it is named.
    """
    set_birth(person, _parsed("birth", order.birth, read_birth))
    person.name, person.sex = _name(order.name), _sex(order.sex)
    person.party_joined = _day("party_joined", order.party_joined)
    person.party_official = _day("party_official", order.party_official)
    joined, official = person.party_joined, person.party_official
    if joined and official and official < joined:
        raise _wrong("party_official")
    for field, limit in LIMITS.items():
        setattr(person, field, _text(field, getattr(order, field), limit))
    set_roles(person, _roles(order.roles))
    set_evaluations(person, _evaluations(order.evaluations))
    set_folded(person)


def set_birth(person: Person, birth: Birth) -> None:
    """Keep a birth; a day that is known is not lost to its year alone."""
    known = birth_of(person)
    if known and known.day and birth.day is None and known.year == birth.year:
        return
    person.birth_year, person.birth_date = birth.year, birth.day


def set_roles(person: Person, roles: Iterable[str]) -> None:
    """Keep the labels that compositions select by."""
    person.roles = json.dumps(list(roles), ensure_ascii=False)


def set_evaluations(person: Person, grades: Mapping[str, str]) -> None:
    """Keep grades by year; years without one are left out."""
    kept = {year: grade for year, grade in sorted(grades.items()) if grade}
    person.evaluations = json.dumps(kept, ensure_ascii=False)


def set_folded(person: Person) -> None:
    """Keep what a search compares."""
    person.folded = fold(f"{person.name} {person.post} {person.unit}")


def birth_of(person: Person) -> Birth | None:
    """Return when somebody was born, if it is known."""
    if person.birth_year is None:
        return None
    return Birth(person.birth_year, person.birth_date)


def roles_of(person: Person) -> tuple[str, ...]:
    """Return the labels that compositions select somebody by."""
    return tuple(json.loads(person.roles))


def evaluations_of(person: Person) -> dict[str, str]:
    """Return the grades of somebody by year, the earliest first."""
    found: dict[str, str] = json.loads(person.evaluations)
    return found


def _wrong(field: str) -> Refused:
    return Refused("field_wrong", status=400, field=field, what=_words(field))


def _words(field: str) -> str:
    return i18n.text("register." + field)


def _name(text: str) -> str:
    name = _text("name", text, MAX_NAME)
    if not any(character.isalpha() for character in name):
        raise _wrong("name")
    return name


def _text(field: str, text: str, limit: int) -> str:
    tidied = tidy(text)
    if len(tidied) > limit:
        what = _words(field)
        raise Refused("field_long", status=400, field=field, what=what, limit=limit)
    if not is_printable(tidied):
        raise _wrong(field)
    return tidied


def _sex(text: str) -> str:
    try:
        return read_sex(text)
    except KeyError:
        raise _wrong("sex") from None


def _day(field: str, text: str) -> date | None:
    return _parsed(field, text, read_day) if tidy(text) else None


def _parsed(field: str, text: str, read: Callable[[str], _Read]) -> _Read:
    try:
        return read(tidy(text))
    except DateError:
        raise _wrong(field) from None


def _roles(labels: Iterable[str]) -> tuple[str, ...]:
    found = split_roles(";".join(labels))
    if len(found) > MAX_ROLES:
        raise _wrong("roles")
    return tuple(_text("roles", label, MAX_SHORT) for label in found)


def _evaluations(grades: Mapping[str, str]) -> dict[str, str]:
    if len(grades) > _MAX_YEARS or not all(map(_YEAR.fullmatch, grades)):
        raise _wrong("evaluations")
    return {
        year: _text("evaluations", grade, MAX_SHORT) for year, grade in grades.items()
    }
