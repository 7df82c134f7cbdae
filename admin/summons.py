"""Who is summoned, and who is on the paper, chosen from the register of people.

A step's composition names roles; whoever has one of them in the register is proposed.
Only the secretary decides: what is confirmed replaces the list, and nothing is taken
over unseen.
"""

from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy.orm import Session

from admin import actions, agenda, nominees, people
from admin.actions import record
from admin.conferences import expect_unsealed
from admin.models import AgendaItem, Conference, Delegate, Instance, Person, Presence
from admin.names import fold
from admin.person_fields import roles_of
from admin.procedure import Composition
from web.errors import Refused

MAX_DELEGATES = 5000  # as many as a list in a file may have


class SummonPeople(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The confirmed list of the summoned, in its order."""

    people: tuple[int, ...]


class PositionNominees(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is on the paper for one position, in this order."""

    position: int
    people: tuple[int, ...]


class NominatePeople(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The nominees of some positions; the others keep theirs."""

    positions: tuple[PositionNominees, ...]


class Proposed(msgspec.Struct, frozen=True):
    """Somebody whom a composition names. `roles` are those that it selects by.

    `own`: they are of the unit that plans.
    """

    id: int
    name: str
    post: str
    unit: str
    roles: tuple[str, ...] = ()
    own: bool = False


class Listed(msgspec.Struct, frozen=True):
    """Who is on the paper for a position and in the register.

    `part` names its ballot where the paper has several.
    """

    position: int
    part: str
    title: str
    term: str
    others: int
    people: tuple[Proposed, ...]


class Proposal(msgspec.Struct, frozen=True):
    """One composition of one ballot's step, and whom it names in the register.

    `unit` is the unit that plans, "" if the sitting is of no round; `limited`: only
    its people are named. `missing` are the roles that none of those named has.
    """

    step: str
    level: str | None
    level_name: str
    text: str
    roles: tuple[str, ...]
    unit: str
    limited: bool
    missing: tuple[str, ...]
    proposed: tuple[Proposed, ...]


def proposals(
    session: Session, conference: Conference, locale: str
) -> tuple[Proposal, ...]:
    """Return whom the compositions of a sitting name, ballot by ballot.

    Without a planning unit the level is not known: each level is then a proposal.
    """
    register = people.everyone(session)
    return tuple(
        _proposal(session, item, each, register, locale)
        for item in conference.items
        for each in _compositions(session, item)
    )


def summoned(conference: Conference) -> tuple[Proposed, ...]:
    """Return who of the register is on the list of delegates, as listed there."""
    return tuple(
        Proposed(each.person_id, each.name, each.post, each.unit)
        for each in conference.delegates
        if each.person_id is not None
    )


def listed(session: Session, conference: Conference, locale: str) -> tuple[Listed, ...]:
    """Return who of the register is on the paper; `others` came by a file alone."""
    several = len(conference.items) > 1
    return tuple(
        Listed(
            position=position.number,
            part=_part(position.item, locale) if several else "",
            title=position.title,
            term=position.term,
            others=sum(each.person_id is None for each in position.nominees),
            people=tuple(
                _on_paper(people.load(session, each.person_id))
                for each in position.nominees
                if each.person_id is not None
            ),
        )
        for position in conference.positions
    )


def summon(session: Session, conference: Conference, order: SummonPeople) -> int:
    """Replace the list of delegates by people of the register; returns how many.

    Raises:
        Refused: the paper is sealed, the roll call has begun, somebody is unknown.
    """
    expect_unsealed(conference)
    if any(each.presence != Presence.EXPECTED for each in conference.delegates):
        raise Refused("roll_call_begun")
    if not 1 <= len(order.people) <= MAX_DELEGATES:
        raise Refused("summons_wrong", most=MAX_DELEGATES)
    found = people.load_all(session, order.people)
    conference.delegates.clear()
    session.flush()  # the old numbers must be free before they are taken again
    conference.delegates.extend(
        _delegate(number, person) for number, person in enumerate(found, 1)
    )
    record(
        session,
        actions.ListImported(uuid=conference.uuid, what="delegates", rows=len(found)),
    )
    return len(found)


def nominate(session: Session, conference: Conference, order: NominatePeople) -> int:
    """Put people of the register on the paper; returns how many.

    Raises:
        Refused: the paper is sealed or comes from the step before, a position or
            somebody is unknown, or somebody stands twice for one position.
    """
    nominees.expect_listed_here(conference)
    numbers = [each.position for each in order.positions]
    known = {position.number: position for position in conference.positions}
    if not numbers or len(set(numbers)) != len(numbers) or set(numbers) - set(known):
        raise Refused("position_number_wrong")
    chosen = {
        each.position: people.load_all(session, each.people) for each in order.positions
    }
    for position, found in chosen.items():
        for person in found:
            nominees.expect_not_left(session, known[position], person)
    lists = {
        position: [
            nominees.from_person(person, number)
            for number, person in enumerate(found, 1)
        ]
        for position, found in chosen.items()
    }
    nominees.replace(session, conference, lists)
    return sum(map(len, lists.values()))


def _compositions(session: Session, item: AgendaItem) -> Iterator[Composition]:
    step = agenda.settled(item).step
    instance = _instance(session, item)
    if instance is None:
        yield from step.composition
    elif found := step.summoned_at(instance.level):
        yield found


def _instance(session: Session, item: AgendaItem) -> Instance | None:
    if item.instance_id is None:
        return None
    return session.get(Instance, item.instance_id)


def _proposal(
    session: Session,
    item: AgendaItem,
    composition: Composition,
    register: Sequence[Person],
    locale: str,
) -> Proposal:
    settled = agenda.settled(item)
    instance = _instance(session, item)
    unit = instance.unit.name if instance else ""
    limited = bool(unit) and composition.of_unit
    named = _named(register, composition.roles, unit)
    proposed = tuple(each for each in named if each.own or not limited)
    levels = {each.id: each.name.of(locale) for each in settled.procedure.levels}
    held = {fold(role) for each in proposed for role in each.roles}
    return Proposal(
        step=item.step,
        level=composition.level,
        level_name=levels.get(composition.level or "", ""),
        text=composition.text.of(locale),
        roles=composition.roles,
        unit=unit,
        limited=limited,
        missing=tuple(each for each in composition.roles if fold(each) not in held),
        proposed=proposed,
    )


def _named(
    register: Sequence[Person], roles: Sequence[str], unit: str
) -> Iterator[Proposed]:
    wanted = {fold(role) for role in roles}
    for person in register:
        held = tuple(role for role in roles_of(person) if fold(role) in wanted)
        if held:
            own = belongs(person.unit, unit)
            yield Proposed(person.id, person.name, person.post, person.unit, held, own)


def _part(item: AgendaItem, locale: str) -> str:
    settled = agenda.settled(item)
    return f"{settled.procedure.name.of(locale)}. {settled.step.name.of(locale)}"


def _on_paper(person: Person) -> Proposed:
    return Proposed(person.id, person.name, person.post, person.unit)


def belongs(unit: str, planning: str) -> bool:
    """Say whether a unit is the planning unit, or part of it: "Phòng A, Cục B"."""
    return planning != "" and f" {fold(planning)} " in f" {fold(unit)} "


def _delegate(number: int, person: Person) -> Delegate:
    return Delegate(
        number=number,
        name=person.name,
        post=person.post,
        unit=person.unit,
        folded=fold(f"{person.name} {person.post} {person.unit}"),
        person_id=person.id,
    )
