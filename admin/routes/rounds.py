"""The pages of planning rounds: they look, and leave every change to the API."""

from datetime import UTC, datetime

from flask import Blueprint, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from admin import entries, instances, round_views, rounds, structure_views, wording
from admin.instances import PathStep
from admin.models import Instance, PlanEntry, PlannedPosition, Unit
from admin.procedure import StepKind
from admin.profiles import current_catalogue
from admin.round_shapes import InstanceView, RoundView, StepView, UnitView
from admin.routes.access import REGISTER
from admin.routes.frame import may
from admin.standings import Standing
from web import i18n
from web.access import requires
from web.db import current_sessions
from web.errors import Refused

blueprint = Blueprint("rounds", __name__)


@blueprint.get("/rounds", endpoint="index")
@requires(*REGISTER)
def index() -> str:
    with current_sessions().reading() as session:
        lines = [round_views.line(session, each) for each in rounds.listing(session)]
    return render_template("admin/rounds.html", lines=lines, may=may())


@blueprint.get("/rounds/<int:round_id>")
@requires(*REGISTER)
def show(round_id: int) -> str:
    locale = i18n.current_locale()
    with current_sessions().reading() as session:
        view = round_views.of_round(session, rounds.load(session, round_id), locale)
        unit = _chosen(view)
        return render_template(
            "admin/round.html",
            round=view,
            unit=unit,
            next_step=_next_step(unit),
            grounds=_grounds(session, unit),
            structure=_structure(session, unit),
            procedures=_procedures(locale),
            today=_today(),
            may=may(),
        )


@blueprint.get("/rounds/<int:round_id>/instances/<int:instance_id>/steps/<step>")
@requires(*REGISTER)
def step(round_id: int, instance_id: int, step: str) -> str:
    locale = i18n.current_locale()
    with current_sessions().reading() as session:
        row = rounds.load(session, round_id)
        instance = instances.load(session, instance_id)
        if instance.unit.round is not row:
            raise Refused("instance_unknown", status=404)
        here = instances.at(session, instance, step)
        view = round_views.of_round(session, row, locale)
        waiting = instances.waiting(session, instance, here.step)
        summoned = here.step.summoned_at(instance.level or None)
        return render_template(
            "admin/round_step.html",
            round=view,
            unit=next(each for each in view.units if each.id == instance.unit_id),
            instance=next(
                each
                for unit in view.units
                for each in unit.instances
                if each.id == instance_id
            ),
            step=round_views.of_step(session, instance, here, locale),
            said=here.step,
            summoned=summoned.text.of(locale) if summoned else "",
            waiting=waiting,
            proposed=_proposed(instance, here),
            rule=wording.ballot_words(here.step.ballot, locale)
            if here.step.ballot
            else "",
            locale=locale,
            today=_today(),
            may=may(),
        )


@blueprint.get("/rounds/<int:round_id>/structure")
@requires(*REGISTER)
def structure(round_id: int) -> str:
    with current_sessions().reading() as session:
        row = rounds.load(session, round_id)
        return render_template(
            "admin/round_structure.html",
            round=round_views.of_round(session, row, i18n.current_locale()),
            unit=None,
            view=structure_views.of_round(session, row),
            may=may(),
        )


def _proposed(
    instance: Instance, here: PathStep
) -> dict[PlannedPosition, list[PlanEntry]]:
    """Return what an approval is to decide on, by position."""
    if here.step.kind is not StepKind.APPROVAL:
        return {}
    wanted = {Standing.PROPOSED, Standing.REMOVAL_PROPOSED}
    found = {
        position: [entry for entry in position.entries if entry.standing in wanted]
        for position in instance.positions
    }
    return {position: entries for position, entries in found.items() if entries}


def _chosen(view: RoundView) -> UnitView | None:
    """Return the unit asked for, or the first one with something to do."""
    asked = request.args.get("unit", type=int)
    for unit in view.units:
        if unit.id == asked:
            return unit
    busy = [unit for unit in view.units if _next_step(unit)]
    return next(iter(busy or view.units), None)


def _next_step(unit: UnitView | None) -> tuple[InstanceView, StepView] | None:
    """Return what is to be done next in a unit: what runs, else what is ready."""
    steps = [
        (instance, step)
        for instance in (unit.instances if unit else ())
        for step in instance.steps
    ]
    for state in ("running", "ready"):
        for instance, step in steps:
            if step.state == state:
                return instance, step
    return None


def _grounds(session: Session, unit: UnitView | None) -> dict[int, dict[str, object]]:
    if unit is None:
        return {}
    found = select(PlannedPosition).where(PlannedPosition.unit_id == unit.id)
    locale = i18n.current_locale()
    return {
        each.id: {
            "exits": round_views.grounds(entries.exit_grounds(session, each), locale),
            "removals": round_views.grounds(
                entries.removal_grounds(session, each), locale
            ),
        }
        for each in session.scalars(found)
    }


def _structure(
    session: Session, unit: UnitView | None
) -> structure_views.ListView | None:
    if unit is None:
        return None
    return structure_views.of_unit(session.get_one(Unit, unit.id))


def _procedures(locale: str) -> list[dict[str, object]]:
    """Return what can be run in a unit, with its levels."""
    return [
        {
            "id": each.procedure.id,
            "name": each.procedure.name.of(locale),
            "document": each.procedure.source.partition(",")[0],
            "levels": [
                (level.id, level.name.of(locale)) for level in each.procedure.levels
            ],
        }
        for each in current_catalogue().all()
    ]


def _today() -> str:
    return datetime.now(UTC).astimezone().date().isoformat()
