"""A conference of a round's ballot step: opened with the people whom the plan names.

The first ballot of a procedure is opened here; later ones follow from the conference
before (`following.py`), with those who passed. Ballots that a document holds in the
same sitting (S004) go on one paper: opened together, or joined to a paper that can
still be changed. A name is on a paper only while its entry waits for that ballot, so
nobody who left the planning ever is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from admin import conferences, instances
from admin.agenda import NewItem, NewPosition
from admin.choices import Choices
from admin.conferences import NewConference, NewMember
from admin.instances import PathStep
from admin.models import (
    AgendaItem,
    Conference,
    Instance,
    Nominee,
    PlanEntry,
    PlannedPosition,
    Unit,
)
from admin.names import fold
from admin.people import post_and_unit
from admin.standings import LISTED
from web.errors import Refused
from web.paper import Purpose


class Together(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another ballot of the same sitting."""

    instance: int
    step: str
    choices: Choices = Choices()


class OpenConference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the plan does not say of a conference.

    `quotas` gives, by planned position, how many may pass; left out, it is the
    position's own less those who are on its list already.
    """

    place: str
    starts_at: datetime
    title: str | None = None
    office: str | None = None
    committee: tuple[NewMember, ...] = ()
    members: int | None = None
    threshold: int | None = None
    override: str = ""
    choices: Choices = Choices()
    together: tuple[Together, ...] = msgspec.field(default=(), name="with")
    quotas: dict[int, int] = {}
    key_of: int | None = None


@dataclass(frozen=True)
class RoundBallot:
    """A ballot step of an instance whose turn has come, and who waits for it."""

    instance: Instance
    here: PathStep
    people: dict[PlannedPosition, list[PlanEntry]]


def open_conference(
    session: Session, instance: Instance, step_id: str, order: OpenConference
) -> Conference:
    """Open the conference of a ballot step, and of those held together with it.

    Raises:
        Refused: it is not its turn, nobody is to be balloted on, or the conference
            itself cannot be opened so.
    """
    asked = [Together(instance.id, step_id, order.choices), *order.together]
    ballots = [ballot_of(session, each.instance, each.step) for each in asked]
    for ballot in ballots:
        if not ballot.people:
            raise Refused("nobody_to_ballot", step=ballot.here.step.id)
    lead = ballots[0].here.step
    return create(
        session,
        NewConference(
            title=order.title or lead.name.vi,
            office=order.office or instance.unit.name,
            place=order.place,
            starts_at=order.starts_at,
            items=tuple(
                as_item(ballot, each.choices, order.quotas)
                for ballot, each in zip(ballots, asked, strict=True)
            ),
            committee=order.committee,
            members=order.members,
            threshold=order.threshold,
            override=order.override,
            key_of=order.key_of,
        ),
    )


def create(session: Session, order: NewConference) -> Conference:
    """Open a conference; what it holds of a round has the people whom the plan names.

    A position for which nobody waits leaves the paper, unless nobody waits at all:
    then the people are put on it by hand.

    Raises:
        Refused: it is not a step's turn, or the conference cannot be opened so.
    """
    ballots = {
        each.instance: ballot_of(session, each.instance, each.step)
        for each in order.items
        if each.instance is not None
    }
    items = tuple(_with_people(each, ballots) for each in order.items)
    order = msgspec.structs.replace(order, items=items)
    conference = conferences.create(session, order)
    for item in conference.items:
        if item.instance_id is not None:
            put_on(item, ballots[item.instance_id])
    session.flush()
    return conference


def proposed_quota(position: PlannedPosition) -> int | None:
    """Return how many places are left for a position: its quota less its list."""
    if position.quota is None:
        return None
    listed = sum(entry.standing in LISTED for entry in position.entries)
    return max(1, position.quota - listed)


def comes_from(
    session: Session, instance: Instance, here: PathStep
) -> Conference | None:
    """Return the conference that leads to a step, if one was held before it."""
    for each in instances.path(session, instance):
        if each.step.next == here.step.id and each.conference is not None:
            return each.conference
    return None


def last_conference(session: Session, unit: Unit) -> Conference | None:
    """Return the round's latest conference: its committee is proposed again."""
    held = [
        conference
        for each in unit.round.units
        for instance in each.instances
        for conference in instances.conferences_of(session, instance).values()
    ]
    return max(held, key=lambda each: each.id, default=None)


def ballot_of(session: Session, instance_id: int, step_id: str) -> RoundBallot:
    """Return a ballot that can be held now.

    Raises:
        Refused: it is not its turn, or it was or will be held otherwise.
    """
    instance = instances.load(session, instance_id)
    here = instances.expect_reached(session, instance, step_id)
    if here.step.ballot is None:
        raise Refused("step_without_ballot", step=step_id)
    instances.expect_unheld(here)
    former = comes_from(session, instance, here)
    if former is not None:
        raise Refused("comes_from_next", step=step_id, id=former.id)
    return RoundBallot(instance, here, instances.waiting(session, instance, here.step))


def _with_people(item: NewItem, ballots: Mapping[int, RoundBallot]) -> NewItem:
    """Leave out the planned positions for which nobody waits."""
    if item.instance is None or not ballots[item.instance].people:
        return item
    waited_for = {position.id for position in ballots[item.instance].people}
    positions = tuple(
        each
        for each in item.positions
        if each.planned_position is None or each.planned_position in waited_for
    )
    return msgspec.structs.replace(item, positions=positions)


def as_item(ballot: RoundBallot, choices: Choices, quotas: dict[int, int]) -> NewItem:
    """Return the ballot as an item of a conference's agenda."""
    return NewItem(
        procedure=ballot.instance.procedure,
        step=ballot.here.step.id,
        positions=tuple(
            NewPosition(
                title=position.title,
                term=position.term,
                quota=_quota(ballot, position, quotas),
                planned_position=position.id,
            )
            for position in ballot.people
        ),
        choices=choices,
        instance=ballot.instance.id,
    )


def _quota(
    ballot: RoundBallot, position: PlannedPosition, quotas: dict[int, int]
) -> int | None:
    step = ballot.here.step
    if step.ballot is not None and step.ballot.purpose is Purpose.REMOVE:
        return None
    return quotas.get(position.id, proposed_quota(position))


def put_on(item: AgendaItem, ballot: RoundBallot) -> None:
    """Put the people on the paper, each under the position they are entered for."""
    entries = {position.id: each for position, each in ballot.people.items()}
    for position in item.positions:
        waiting = entries.get(position.planned_position_id or 0, [])
        position.nominees = [_nominee(n, each) for n, each in enumerate(waiting, 1)]


def _nominee(number: int, entry: PlanEntry) -> Nominee:
    person = entry.person
    return Nominee(
        number=number,
        key=person.key,
        name=person.name,
        folded=fold(person.name),
        birth_year=person.birth_year,
        post=post_and_unit(person),
        person_id=person.id,
    )
