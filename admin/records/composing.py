"""The console's record of a conference, put together from its database."""

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import actions, agenda, conferences, details, letterheads, results
from admin.list_columns import ListColumn
from admin.models import (
    AgendaItem,
    Conference,
    Instance,
    PlanEntry,
    PlannedPosition,
    Presence,
    State,
    Unit,
)
from admin.records.journal import journal_of, when
from admin.records.moments import moment
from admin.records.positions import positions_of
from admin.records.register import day_of
from admin.records.shapes import (
    VERSION,
    ConferenceRecord,
    DelegateRecord,
    ExitRecord,
    ItemRecord,
    NumbersRecord,
)
from admin.settings import AdminSettings
from admin.standings import Standing
from web.contracts import CommitteeMember
from web.settings import current_settings

_OVER = (State.PUBLISHED, State.VOID)


def compose(
    session: Session, conference: Conference, last: ConferenceRecord | None = None
) -> ConferenceRecord:
    """Return everything that documents say of a conference, as it is now.

    Once it is over, the register and the plan go on without it: of its `last` record
    only what the secretary adds for the documents can change.
    """
    if last is None or last.state not in _OVER:
        return _composed(session, conference)
    return msgspec.structs.replace(
        last,
        state=conference.state,
        void_reason=conference.void_reason or "",
        letterhead=letterheads.of_conference(session, conference),
        details=details.of_conference(session, conference),
        journal=journal_of(session, conference),
    )


def _composed(session: Session, conference: Conference) -> ConferenceRecord:
    counts = conferences.counts(conference, conferences.line(session, conference))
    journal = journal_of(session, conference)
    return ConferenceRecord(
        version=VERSION,
        uuid=conference.uuid,
        state=conference.state,
        demo=_demo(conference),
        title=conference.title,
        office=conference.office,
        place=conference.place,
        starts_at=moment(conference.starts_at),
        sealed_at=when(journal, actions.PaperSealed.name),
        opened_at=when(journal, actions.BoxOpened.name),
        closed_at=when(journal, actions.BoxClosed.name),
        published_at=when(journal, actions.ResultPublished.name),
        announced=agenda.lead(conference).announced,
        void_reason=conference.void_reason or "",
        letterhead=letterheads.of_conference(session, conference),
        details=details.of_conference(session, conference),
        numbers=_numbers(session, conference),
        items=tuple(_item(each) for each in conference.items),
        positions=positions_of(session, conference, counts),
        delegates=_delegates(conference),
        committee=tuple(CommitteeMember(m.name, m.role) for m in conference.committee),
        threshold=conference.threshold,
        committee_fingerprint=conference.committee_fingerprint or "",
        fingerprint=conference.paper.fingerprint if conference.paper else "",
        zero_head=conference.zero_head or "",
        head=conference.head or "",
        exits=_exits(session, conference),
        journal=journal,
    )


def _demo(conference: Conference) -> bool:
    if conference.paper is None:
        return current_settings(AdminSettings).demo
    return results.sealed_paper(conference).demo


def _numbers(session: Session, conference: Conference) -> NumbersRecord:
    numbers = conferences.line(session, conference)
    return NumbersRecord(
        summoned=numbers.summoned,
        present=numbers.present,
        printed=numbers.printed,
        issued=numbers.issued,
        voided=numbers.voided,
        cast=numbers.cast,
        members=conference.members,
        needed_present=agenda.needed_present(conference, numbers.summoned),
    )


def _item(item: AgendaItem) -> ItemRecord:
    settled = agenda.settled(item)
    procedure, step, after = settled.procedure, settled.step, settled.following
    return ItemRecord(
        number=item.number,
        procedure=procedure.id,
        procedure_name=procedure.name.vi,
        version=procedure.version,
        digest=item.profile_digest,
        source=procedure.source,
        step=step.id,
        step_name=step.name.vi,
        next_step=after.name.vi if after else "",
        purpose=settled.purpose,
        announced=settled.announced,
        quorum=str(settled.quorum) if settled.quorum else "",
        chosen=settled.chosen,
        columns=tuple(c.value for c in procedure.list_columns or tuple(ListColumn)),
    )


def _delegates(conference: Conference) -> tuple[DelegateRecord, ...]:
    return tuple(
        DelegateRecord(
            number=each.number,
            name=each.name,
            post=each.post,
            unit=each.unit,
            presence=Presence(each.presence),
            reason=each.reason,
        )
        for each in conference.delegates
    )


def _exits(session: Session, conference: Conference) -> tuple[ExitRecord, ...]:
    """Return who left the planning of the units that the sitting is held for."""
    query = (
        select(PlanEntry)
        .join(PlannedPosition, PlannedPosition.id == PlanEntry.position_id)
        .join(Unit, Unit.id == PlannedPosition.unit_id)
        .join(Instance, Instance.unit_id == Unit.id)
        .join(AgendaItem, AgendaItem.instance_id == Instance.id)
        .where(AgendaItem.conference_id == conference.id)
        .where(PlanEntry.standing == Standing.EXITED)
        .order_by(PlanEntry.id)
        .distinct()
    )
    return tuple(_exit(each) for each in session.scalars(query))


def _exit(entry: PlanEntry) -> ExitRecord:
    document = (entry.document_number, day_of(entry.document_date))
    return ExitRecord(
        name=entry.person.name,
        position=entry.position.title,
        ground=entry.ground,
        document=", ".join(each for each in document if each),
    )
