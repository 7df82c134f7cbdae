"""Ballots of several procedures that a document holds in one sitting (S004).

They are opened together (`round_conferences.py`), or one joins a paper that can still
be changed: where its sitting's other ballot came from the step before, it cannot be
there from the beginning.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy.orm import Session

from admin import agenda, conferences, instances, round_actions, round_conferences
from admin.actions import record
from admin.agenda import NewItem, Opening
from admin.choices import NO_QUORUM, Choices, Settled, unstated
from admin.instances import PathStep, StepState
from admin.models import AgendaItem, Conference, Instance, State
from admin.procedure import Procedure
from admin.round_conferences import RoundBallot
from web.errors import Refused


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


def join(
    session: Session, instance: Instance, step_id: str, order: JoinConference
) -> Conference:
    """Put a ballot step on the paper of the sitting that it is held in.

    Raises:
        Refused: it is not its turn, that is not its sitting, or the paper is fixed.
    """
    ballot = round_conferences.ballot_of(session, instance.id, step_id)
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
    round_conferences.put_on(_append(conference, opening), ballot)
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


def _opening(
    session: Session, ballot: RoundBallot, order: JoinConference, lead: Settled
) -> Opening:
    instance = ballot.instance
    procedure = instances.procedure_of(session, instance)
    open_keys = tuple(unstated(procedure, ballot.here.step))
    choices = _like(order.choices, lead, open_keys)
    item = round_conferences.as_item(ballot, choices, order.quotas)
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
        each.state is StepState.READY
        and round_conferences.comes_from(session, other, each) is None
        and bool(instances.waiting(session, other, each.step))
    )


def _unsealed(conference: Conference | None) -> Conference | None:
    if conference is None or conference.paper is not None:
        return None
    ready = conference.state in {State.DRAFT, State.CONVENED}
    return conference if ready else None
