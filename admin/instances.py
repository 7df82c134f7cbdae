"""A procedure run in a unit: its steps in order, each done, running, ready or to do.

A step without a ballot is recorded: when, how, on what document. A ballot step is done
when its conference is published (`round_conferences.py` opens it). No step comes
before those in front of it. Where a procedure has no approval among its steps, one is
put behind them: every round ends with a decision that has a number and a date.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import outcomes, profiles, round_actions
from admin.actions import record as write
from admin.models import (
    AgendaItem,
    Conference,
    Instance,
    PlanEntry,
    PlannedPosition,
    State,
    StepRecord,
    Unit,
)
from admin.procedure import UNSTATED, Procedure, Step, StepKind, Text
from admin.profiles import current_catalogue, load_profile
from admin.rounds import fitting
from admin.standings import BALLOTED, Move, Standing
from web import i18n
from web.errors import Refused
from web.paper import Purpose, Style

CLOSING = "approval"
_MAX_NUMBER = 120


class StepState(StrEnum):
    """How far a step is; `skipped`: its ballot had nobody to be held on."""

    DONE = "done"
    SKIPPED = "skipped"
    RUNNING = "running"
    READY = "ready"
    TODO = "todo"


class NewInstance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A procedure to run in a unit, for some of its positions, at a level."""

    procedure: str
    positions: tuple[int, ...]
    level: str = ""


class RecordStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That a step was done: when, how it decided, and on what document."""

    done_on: date
    how: str = ""
    document_number: str = ""
    document_date: date | None = None
    authority: str = ""
    note: str = ""


@dataclass(frozen=True)
class PathStep:
    """One step of the path: what it is, how far it is, what shows that."""

    number: int
    step: Step
    state: StepState
    record: StepRecord | None
    conference: Conference | None

    @property
    def behind(self) -> bool:
        """Whether the next step may follow."""
        return self.state in {StepState.DONE, StepState.SKIPPED}


def start(session: Session, unit: Unit, order: NewInstance) -> Instance:
    """Run a procedure in a unit, in the version that is in force now.

    Raises:
        Refused: there is no such procedure, level or position.
    """
    loaded = current_catalogue().get(order.procedure)
    levels = {level.id for level in loaded.procedure.levels} or {""}
    if order.level not in levels:
        raise Refused("level_unknown")
    own = {each.id: each for each in unit.positions}
    if not order.positions or not own.keys() >= set(order.positions):
        raise Refused("instance_positions")
    profiles.keep(session, loaded)
    instance = Instance(
        procedure=loaded.procedure.id,
        profile_digest=loaded.digest,
        level=order.level,
        positions=[own[each] for each in sorted(set(order.positions))],
    )
    unit.instances.append(instance)
    session.flush()
    write(
        session,
        round_actions.InstanceStarted(
            instance=instance.id,
            procedure=instance.procedure,
            profile=instance.profile_digest,
        ),
    )
    return instance


def load(session: Session, instance_id: int) -> Instance:
    """Return an instance.

    Raises:
        Refused: there is none with this number.
    """
    instance = session.get(Instance, instance_id)
    if instance is None:
        raise Refused("instance_unknown", status=404)
    return instance


def procedure_of(session: Session, instance: Instance) -> Procedure:
    """Return the procedure in the version that the instance keeps."""
    return load_profile(session, instance.profile_digest)


def steps_of(procedure: Procedure) -> tuple[Step, ...]:
    """Return the steps, with an approval behind them if the document has none."""
    if any(step.kind is StepKind.APPROVAL for step in procedure.steps):
        return procedure.steps
    words = {one: i18n.current_catalogue(one) for one in ("vi", "en")}
    name = Text(vi=words["vi"]["round.approval"], en=words["en"]["round.approval"])
    source = words["vi"]["round.approval_source"]
    closing = Step(id=CLOSING, kind=StepKind.APPROVAL, name=name, source=source)
    return (*procedure.steps, closing)


def path(session: Session, instance: Instance) -> list[PathStep]:
    """Return the steps of an instance with how far each one is."""
    procedure = procedure_of(session, instance)
    records = {each.step: each for each in instance.records}
    held = conferences_of(session, instance)
    found: list[PathStep] = []
    for number, step in enumerate(steps_of(procedure), 1):
        record, conference = records.get(step.id), held.get(step.id)
        state = state_of(step, record, conference, all(each.behind for each in found))
        found.append(PathStep(number, step, state, record, conference))
    return found


def state_of(
    step: Step,
    record: StepRecord | None,
    conference: Conference | None,
    reached: bool,  # noqa: FBT001 - a table of four columns
) -> StepState:
    """Return how far a step is; `reached`: all before it are behind us."""
    if conference is not None:
        published = conference.state == State.PUBLISHED
        return StepState.DONE if published else StepState.RUNNING
    if record is not None:
        ballot = step.ballot
        introduces = ballot is not None and ballot.purpose is Purpose.INTRODUCE
        stated = introduces and ballot is not None and ballot.held is True
        return StepState.SKIPPED if stated else StepState.DONE
    return StepState.READY if reached else StepState.TODO


def conferences_of(session: Session, instance: Instance) -> Mapping[str, Conference]:
    """Return, by step, the conference that was opened and not abandoned."""
    query = (
        select(AgendaItem.step, Conference)
        .join(Conference, Conference.id == AgendaItem.conference_id)
        .where(AgendaItem.instance_id == instance.id, Conference.state != State.VOID)
        .order_by(Conference.id)
    )
    return dict(session.execute(query).all())


def waiting(
    session: Session, instance: Instance, step: Step
) -> dict[PlannedPosition, list[PlanEntry]]:
    """Return whom a ballot step is to be held on, by position; nobody's is left out.

    A procedure for people on site or from elsewhere introduces those alone; a question
    is put to the vote without anybody.
    """
    if step.ballot is None or step.ballot.style is Style.MOTION:
        return {}
    purpose = step.ballot.purpose
    origin = procedure_of(session, instance).origin
    people = {
        position: [
            entry
            for entry in position.entries
            if entry.standing == BALLOTED[purpose]
            and (purpose is Purpose.REMOVE or entry.origin == origin)
        ]
        for position in instance.positions
    }
    return {position: entries for position, entries in people.items() if entries}


def at(session: Session, instance: Instance, step_id: str) -> PathStep:
    """Return a step of the path.

    Raises:
        Refused: the procedure has no such step.
    """
    for each in path(session, instance):
        if each.step.id == step_id:
            return each
    raise Refused("step_unknown")


def expect_reached(session: Session, instance: Instance, step_id: str) -> PathStep:
    """Return a step whose turn has come.

    Raises:
        Refused: the step before it is not done.
    """
    steps = path(session, instance)
    here = at(session, instance, step_id)
    if here.state is StepState.TODO:
        first = next(each for each in steps if not each.behind)
        name = first.step.name.of(i18n.current_locale())
        raise Refused("step_too_early", step=step_id, first=first.step.id, name=name)
    return here


def expect_unheld(here: PathStep) -> None:
    """Refuse a second conference of a step.

    Raises:
        Refused: it has one that was not abandoned, or was recorded without one.
    """
    if here.conference is not None:
        step, held = here.step.id, here.conference.id
        raise Refused("step_has_conference", step=step, id=held)
    if here.record is not None:
        raise Refused("step_done", step=here.step.id)


def may_record(session: Session, instance: Instance, here: PathStep) -> bool:
    """Whether a step may be recorded: nothing, or nobody, is to be balloted on.

    Beside a ballot that was held, only how the rest of the step was adopted.
    """
    step = here.step
    if here.conference is not None:
        return here.behind and step.adoption == UNSTATED
    if step.ballot is None or step.ballot.held == UNSTATED:
        return True
    return not waiting(session, instance, step)


def record_step(
    session: Session, instance: Instance, step_id: str, order: RecordStep, today: date
) -> StepRecord:
    """Record that a step was done; a record that is there already is corrected.

    Raises:
        Refused: it is not its turn, a ballot must be held, or something is missing.
    """
    here = expect_reached(session, instance, step_id)
    if not may_record(session, instance, here):
        raise Refused("step_has_ballot", step=step_id)
    _check(here.step, order, today)
    row = here.record
    if row is None:
        row = StepRecord(step=step_id, done_on=order.done_on, document_number="")
        instance.records.append(row)
    former = row.document_number
    _fill(row, order)
    if here.step.kind is StepKind.APPROVAL:
        _approve(session, instance, row, former)
    session.flush()
    document = row.document_number
    write(
        session,
        round_actions.StepRecorded(
            instance=instance.id, step=step_id, document=document
        ),
    )
    return row


def _check(step: Step, order: RecordStep, today: date) -> None:
    if order.done_on > today:
        raise Refused("step_in_future")
    if step.kind is StepKind.APPROVAL and not (
        fitting(order.document_number) and order.document_date
    ):
        raise Refused("approval_document_missing")
    if step.adoption == UNSTATED and not fitting(order.how):
        raise Refused("how_missing", step=step.id)


def _fill(row: StepRecord, order: RecordStep) -> None:
    row.done_on, row.document_date = order.done_on, order.document_date
    row.document_number = fitting(order.document_number, _MAX_NUMBER)
    row.how, row.authority = fitting(order.how), fitting(order.authority)
    row.note = fitting(order.note)


def _approve(
    session: Session, instance: Instance, row: StepRecord, former: str
) -> None:
    """Approve what was proposed, and let the decision stand beside each name.

    `former` is the number of the decision before it was corrected.
    """
    procedure = procedure_of(session, instance)
    removes = any(
        ballot.purpose is Purpose.REMOVE for _, ballot in procedure.ballot_steps()
    )
    for entry in [each for one in instance.positions for each in one.entries]:
        if entry.standing == Standing.PROPOSED and entry.origin == procedure.origin:
            outcomes.move(entry, Move.APPROVE)
        elif entry.standing == Standing.REMOVAL_PROPOSED and removes:
            outcomes.move(entry, Move.REMOVE, entry.ground)
        elif not former or entry.document_number != former:
            continue
        entry.document_number = row.document_number
        entry.document_date = row.document_date
