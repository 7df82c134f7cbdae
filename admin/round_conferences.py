"""A conference of a round's ballot step: opened with the people whom the plan names.

The first ballot of a procedure is opened here; later ones follow from the conference
before (`following.py`), with those who passed. Ballots that a document holds in the
same sitting (S004) go on one paper: opened together, or joined to a paper that can
still be changed. A name is on a paper only while its entry waits for that ballot, so
nobody who left the planning ever is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from admin import agenda, conferences, instances, round_actions
from admin.actions import record
from admin.agenda import NewItem, NewPosition, Opening
from admin.choices import NO_QUORUM, Choices, Settled, unstated
from admin.conferences import NewConference, NewMember
from admin.instances import PathStep
from admin.models import (
    AgendaItem,
    Conference,
    Instance,
    Nominee,
    PlanEntry,
    PlannedPosition,
    State,
    Unit,
)
from admin.names import fold
from admin.people import post_and_unit
from admin.procedure import Procedure
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


class JoinConference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Put a ballot on the paper of a conference that holds another in that sitting.

    What the document leaves unstated, and is not chosen here, is as on that paper.
    """

    conference: int
    choices: Choices = Choices()
    quotas: dict[int, int] = {}


@dataclass(frozen=True)
class Sitting:
    """A ballot of another instance of the unit that is held in the same sitting.

    `conference` is where it stands already, if that paper can still be changed.
    """

    instance: Instance
    step: PathStep
    source: str
    conference: Conference | None


@dataclass(frozen=True)
class _Ballot:
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
    ballots = [_ballot(session, each.instance, each.step) for each in asked]
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
                _item(ballot, each.choices, order.quotas)
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
        each.instance: _ballot(session, each.instance, each.step)
        for each in order.items
        if each.instance is not None
    }
    items = tuple(_with_people(each, ballots) for each in order.items)
    order = msgspec.structs.replace(order, items=items)
    conference = conferences.create(session, order)
    for item in conference.items:
        if item.instance_id is not None:
            _put_on(item, ballots[item.instance_id])
    session.flush()
    return conference


def join(
    session: Session, instance: Instance, step_id: str, order: JoinConference
) -> Conference:
    """Put a ballot step on the paper of the sitting that it is held in.

    Raises:
        Refused: it is not its turn, that is not its sitting, or the paper is fixed.
    """
    ballot = _ballot(session, instance.id, step_id)
    conference = conferences.load(session, order.conference)
    held = [each.conference for each in sittings(session, instance, step_id)]
    if conference not in held:
        raise Refused("not_its_sitting", step=step_id)
    conferences.expect_unsealed(conference)
    if not ballot.people:
        raise Refused("nobody_to_ballot", step=step_id)
    there = [_as_it_stands(each) for each in conference.items]
    opening = _opening(session, ballot, order, there[0].settled)
    agenda.check_together([*there, opening])
    if agenda.needs_members([opening]) and conference.members is None:
        raise Refused("members_missing")
    _put_on(_append(conference, opening), ballot)
    session.flush()
    record(
        session,
        round_actions.BallotJoined(
            uuid=conference.uuid, instance=instance.id, step=step_id
        ),
    )
    return conference


def sittings(session: Session, instance: Instance, step_id: str) -> list[Sitting]:
    """Return the unit's other ballots that its documents hold in this sitting.

    Only those that can be held now: ready, or on a paper that is not fixed.
    """
    mine = (instance.procedure, step_id)
    found = []
    for other in instance.unit.instances:
        if other is instance:
            continue
        for each in instances.path(session, other):
            source = _held_with(session, instance, mine, other, each)
            if source and _open_now(session, other, each):
                found.append(Sitting(other, each, source, _unsealed(each.conference)))
    return found


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


def _ballot(session: Session, instance_id: int, step_id: str) -> _Ballot:
    instance = instances.load(session, instance_id)
    here = instances.expect_reached(session, instance, step_id)
    if here.step.ballot is None:
        raise Refused("step_without_ballot", step=step_id)
    instances.expect_unheld(here)
    former = comes_from(session, instance, here)
    if former is not None:
        raise Refused("comes_from_next", step=step_id, id=former.id)
    return _Ballot(instance, here, instances.waiting(session, instance, here.step))


def _with_people(item: NewItem, ballots: Mapping[int, _Ballot]) -> NewItem:
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


def _item(ballot: _Ballot, choices: Choices, quotas: dict[int, int]) -> NewItem:
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
    ballot: _Ballot, position: PlannedPosition, quotas: dict[int, int]
) -> int | None:
    step = ballot.here.step
    if step.ballot is not None and step.ballot.purpose is Purpose.REMOVE:
        return None
    return quotas.get(position.id, proposed_quota(position))


def _put_on(item: AgendaItem, ballot: _Ballot) -> None:
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


def _opening(
    session: Session, ballot: _Ballot, order: JoinConference, lead: Settled
) -> Opening:
    instance = ballot.instance
    procedure = instances.procedure_of(session, instance)
    open_keys = tuple(unstated(procedure, ballot.here.step))
    choices = _like(order.choices, lead, open_keys)
    item = _item(ballot, choices, order.quotas)
    return agenda.opening(session, item, instance.profile_digest, procedure)


def _like(choices: Choices, lead: Settled, open_keys: Sequence[str]) -> Choices:
    """Choose as on that paper what is left out: one sitting, one way to hold it."""
    there: dict[str, object] = {
        "quorum": str(lead.quorum) if lead.quorum else NO_QUORUM,
        "held": True,
        "secret": True,
        "announced": lead.announced,
        "tie": lead.tie or None,
    }
    left_out = {
        key: there[key]
        for key in open_keys
        if key in there and getattr(choices, key) is None
    }
    return msgspec.structs.replace(choices, **left_out)


def _as_it_stands(item: AgendaItem) -> Opening:
    order = NewItem(procedure=item.procedure, step=item.step, positions=())
    return Opening(order, item.profile_digest, agenda.settled(item))


def _append(conference: Conference, opening: Opening) -> AgendaItem:
    """Add an item behind those that the paper has."""
    (item,) = agenda.as_items([opening])
    item.number = len(conference.items) + 1
    for number, position in enumerate(item.positions, len(conference.positions) + 1):
        position.number = number
    conference.items.append(item)
    conference.positions.extend(item.positions)
    return item


def _held_with(
    session: Session,
    instance: Instance,
    mine: tuple[str, str],
    other: Instance,
    step: PathStep,
) -> str:
    """Return which document holds the two in one sitting; either one may say so."""
    theirs = (other.procedure, step.step.id)
    said = [
        *_says(instances.procedure_of(session, instance), mine, theirs),
        *_says(instances.procedure_of(session, other), theirs, mine),
    ]
    return said[0] if said else ""


def _says(
    procedure: Procedure, mine: tuple[str, str], theirs: tuple[str, str]
) -> Sequence[str]:
    known = {step.id: step.held_with for step in procedure.steps}
    return [
        each.source
        for each in known.get(mine[1], ())
        if (each.procedure, each.step) == theirs
    ]


def _open_now(session: Session, other: Instance, each: PathStep) -> bool:
    if each.conference is not None:
        return _unsealed(each.conference) is not None
    return (
        each.state is instances.StepState.READY
        and comes_from(session, other, each) is None
        and bool(instances.waiting(session, other, each.step))
    )


def _unsealed(conference: Conference | None) -> Conference | None:
    if conference is None or conference.paper is not None:
        return None
    ready = conference.state in {State.DRAFT, State.CONVENED}
    return conference if ready else None
