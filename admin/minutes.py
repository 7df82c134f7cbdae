"""The facts that the minutes of a conference are written from.

Nothing is computed here but what was recorded: people, procedure, what was chosen
where the document is silent, results, the head's decision, who was taken off and why.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import screens, structure_views
from admin.models import (
    AgendaItem,
    Conference,
    Instance,
    PlanEntry,
    PlannedPosition,
    Unit,
)
from admin.standings import Standing
from admin.structure_views import PaperStructureView
from admin.views import ConferenceView, ItemView
from web.access import current_roles


@dataclass(frozen=True)
class ItemFacts:
    """One ballot of the sitting, and what was chosen for it."""

    item: ItemView
    chosen: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ExitFact:
    """Somebody who left the planning without any ballot."""

    name: str
    position: str
    ground: str
    document: str


@dataclass(frozen=True)
class Facts:
    """What the printed page says beyond the conference itself."""

    items: tuple[ItemFacts, ...]
    structure: PaperStructureView
    exits: tuple[ExitFact, ...]
    withdrawn: tuple[tuple[str, str, str], ...]


def facts(session: Session, row: Conference, view: ConferenceView) -> Facts:
    """Return the facts of a conference, as far as it has come."""
    titles = {position.number: position.title for position in view.positions}
    return Facts(
        items=tuple(_item(each, view) for each in view.items),
        structure=structure_views.of_conference(session, row, current_roles()),
        exits=tuple(_exit(each) for each in _exited(session, row)),
        withdrawn=tuple(
            (each.name, titles[each.position], each.reason) for each in view.withdrawals
        ),
    )


def _item(item: ItemView, view: ConferenceView) -> ItemFacts:
    rule = next(each.rule for each in view.positions if each.item == item.number)
    return ItemFacts(item, tuple(screens.chosen(item, rule)))


def _exited(session: Session, row: Conference) -> list[PlanEntry]:
    """Return who left the planning of the units that the sitting is held for."""
    query = (
        select(PlanEntry)
        .join(PlannedPosition, PlannedPosition.id == PlanEntry.position_id)
        .join(Unit, Unit.id == PlannedPosition.unit_id)
        .join(Instance, Instance.unit_id == Unit.id)
        .join(AgendaItem, AgendaItem.instance_id == Instance.id)
        .where(
            AgendaItem.conference_id == row.id,
            PlanEntry.standing == Standing.EXITED,
        )
        .order_by(PlanEntry.id)
        .distinct()
    )
    return list(session.scalars(query))


def _exit(entry: PlanEntry) -> ExitFact:
    day = f"{entry.document_date:%d/%m/%Y}" if entry.document_date else ""
    document = ", ".join(each for each in (entry.document_number, day) if each)
    return ExitFact(entry.person.name, entry.position.title, entry.ground, document)
