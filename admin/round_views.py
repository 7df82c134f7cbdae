"""What the API and the pages say of a planning round, read into its shapes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import caps, instances, round_conferences, rounds, sittings
from admin.choices import unstated
from admin.instances import PathStep, StepState
from admin.models import (
    Instance,
    Meeting,
    PlanEntry,
    PlannedPosition,
    Round,
    StepRecord,
    Unit,
)
from admin.procedure import Exit
from admin.round_shapes import (
    ConferenceLine,
    EntryView,
    GroundView,
    InstanceView,
    MeetingLine,
    PositionView,
    RecordView,
    RoundLine,
    RoundView,
    SittingView,
    StepView,
    UnitView,
)
from admin.standings import LISTED, Standing, open_to


def line(session: Session, row: Round) -> RoundLine:
    """Return a round as one line, with how far its procedures are."""
    paths = [
        instances.path(session, instance)
        for unit in row.units
        for instance in unit.instances
    ]
    steps = [step for path in paths for step in path]
    return RoundLine(
        id=row.id,
        title=row.title,
        office=row.office,
        document=row.document,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        units=len(row.units),
        steps=len(steps),
        done=sum(step.behind for step in steps),
    )


def of_round(session: Session, row: Round, locale: str) -> RoundView:
    """Return everything of a round."""
    return RoundView(
        id=row.id,
        title=row.title,
        office=row.office,
        document=row.document,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        units=tuple(_unit(session, unit, locale) for unit in row.units),
        caps=tuple(caps.over(session, row, rounds.targets_of(row))),
    )


def of_step(
    session: Session, instance: Instance, each: PathStep, locale: str
) -> StepView:
    """Return a step with what can be done about it now."""
    step, ballot = each.step, each.step.ballot
    procedure = instances.procedure_of(session, instance)
    waiting = instances.waiting(session, instance, step)
    former = round_conferences.comes_from(session, instance, each)
    ready = each.state is StepState.READY
    return StepView(
        number=each.number,
        id=step.id,
        name=step.name.of(locale),
        kind=step.kind,
        state=each.state,
        purpose=ballot.purpose.value if ballot else None,
        unstated=tuple(unstated(procedure, step)),
        waiting=sum(len(entries) for entries in waiting.values()),
        opens=ready and ballot is not None and former is None and bool(waiting),
        records=(ready or each.behind)
        and instances.may_record(session, instance, each),
        keeps=step.keeps,
        comes_from=former.id if former else None,
        conference=_conference(each),
        record=_record(each.record),
        meeting=_meeting(session, instance, step.id),
        held_with=_held_with(session, instance, step.id, locale) if ready else (),
    )


def grounds(exits: list[Exit], locale: str) -> list[GroundView]:
    """Return grounds to choose from."""
    return [GroundView(each.id, each.name.of(locale), each.source) for each in exits]


def _unit(session: Session, unit: Unit, locale: str) -> UnitView:
    return UnitView(
        id=unit.id,
        number=unit.number,
        name=unit.name,
        level=unit.level,
        note=unit.note,
        positions=tuple(_position(each) for each in unit.positions),
        instances=tuple(_instance(session, each, locale) for each in unit.instances),
    )


def _position(position: PlannedPosition) -> PositionView:
    return PositionView(
        id=position.id,
        title=position.title,
        term=position.term,
        quota=position.quota,
        cap=position.cap,
        managed_by=position.managed_by,
        listed=sum(entry.standing in LISTED for entry in position.entries),
        entries=tuple(_entry(each) for each in position.entries),
    )


def _entry(entry: PlanEntry) -> EntryView:
    person = entry.person
    return EntryView(
        id=entry.id,
        person=person.id,
        key=person.key,
        name=person.name,
        birth_year=person.birth_year,
        post=person.post,
        unit=person.unit,
        standing=entry.standing,
        origin=entry.origin,
        ground=entry.ground,
        document_number=entry.document_number,
        document_date=entry.document_date,
        note=entry.note,
        may=tuple(sorted(open_to(Standing(entry.standing)))),
    )


def _instance(session: Session, instance: Instance, locale: str) -> InstanceView:
    procedure = instances.procedure_of(session, instance)
    levels = {level.id: level.name.of(locale) for level in procedure.levels}
    path = instances.path(session, instance)
    return InstanceView(
        id=instance.id,
        procedure=procedure.id,
        procedure_name=procedure.name.of(locale),
        version=procedure.version,
        source=procedure.source,
        level=instance.level,
        level_name=levels.get(instance.level, ""),
        positions=tuple(each.id for each in instance.positions),
        steps=tuple(of_step(session, instance, each, locale) for each in path),
    )


def _conference(each: PathStep) -> ConferenceLine | None:
    row = each.conference
    return None if row is None else ConferenceLine(row.id, row.state, row.title)


def _record(row: StepRecord | None) -> RecordView | None:
    if row is None:
        return None
    return RecordView(
        done_on=row.done_on,
        how=row.how,
        document_number=row.document_number,
        document_date=row.document_date,
        authority=row.authority,
        note=row.note,
    )


def _meeting(session: Session, instance: Instance, step: str) -> MeetingLine | None:
    row = session.scalar(
        select(Meeting)
        .where(Meeting.instance_id == instance.id, Meeting.step == step)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(1)
    )
    return None if row is None else MeetingLine(row.starts_at, row.place)


def _held_with(
    session: Session, instance: Instance, step: str, locale: str
) -> tuple[SittingView, ...]:
    return tuple(
        SittingView(
            instance=each.instance.id,
            procedure_name=procedure.name.of(locale),
            step=each.step.step.id,
            step_name=each.step.step.name.of(locale),
            source=each.source,
            unstated=tuple(unstated(procedure, each.step.step)),
            conference=each.conference.id if each.conference else None,
        )
        for each in sittings.sittings(session, instance, step)
        for procedure in [instances.procedure_of(session, each.instance)]
    )
