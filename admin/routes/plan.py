"""Planning rounds through the API: units, positions, people, steps, conferences."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from flask import Blueprint, Response
from sqlalchemy.orm import Session

from admin import (
    conferences,
    entries,
    instances,
    round_conferences,
    round_views,
    rounds,
    sittings,
    structure_views,
)
from admin.entries import ExitOrder, NewEntry, RemovalOrder, WithdrawalOrder
from admin.instances import NewInstance, RecordStep
from admin.models import PlanEntry, Round
from admin.round_conferences import OpenConference
from admin.rounds import NewPlannedPosition, NewRound, NewUnit
from admin.routes.access import ORGANISERS, REGISTER
from admin.sittings import JoinConference
from admin.structure import Targets
from web import schema
from web.access import current_roles, requires
from web.db import after_commit, current_sessions
from web.i18n import current_locale
from web.realtime import hint

blueprint = Blueprint("plan", __name__)


@blueprint.get("/api/rounds")
@requires(*REGISTER)
def list_rounds() -> Response:
    with current_sessions().reading() as session:
        found = [round_views.line(session, each) for each in rounds.listing(session)]
    return schema.answer({"rounds": found})


@blueprint.post("/api/rounds")
@requires(*ORGANISERS)
def create() -> Response:
    order = schema.read(NewRound)
    with current_sessions().begin() as session:
        row = rounds.create(session, order)
        _changed(session, row)
    return schema.answer({"id": row.id}, 201)


@blueprint.get("/api/rounds/<int:round_id>")
@requires(*REGISTER)
def show(round_id: int) -> Response:
    with current_sessions().reading() as session:
        row = rounds.load(session, round_id)
        view = round_views.of_round(session, row, current_locale())
    return schema.answer(view)


@blueprint.post("/api/rounds/<int:round_id>/units")
@requires(*ORGANISERS)
def add_unit(round_id: int) -> Response:
    order = schema.read(NewUnit)
    with current_sessions().begin() as session:
        row = rounds.load(session, round_id)
        unit = rounds.add_unit(session, row, order)
        _changed(session, row)
    return schema.answer({"id": unit.id}, 201)


@blueprint.post("/api/rounds/<int:round_id>/targets")
@requires(*ORGANISERS)
def set_targets(round_id: int) -> Response:
    order = schema.read(Targets)
    with current_sessions().begin() as session:
        row = rounds.load(session, round_id)
        rounds.set_targets(session, row, order)
        _changed(session, row)
    return schema.answer()


@blueprint.get("/api/rounds/<int:round_id>/structure")
@requires(*REGISTER)
def structure(round_id: int) -> Response:
    with current_sessions().reading() as session:
        row = rounds.load(session, round_id)
        view = structure_views.of_round(session, row)
    return schema.answer(view)


@blueprint.get("/api/conferences/<int:conference_id>/structure")
@requires(*REGISTER)
def paper_structure(conference_id: int) -> Response:
    with current_sessions().reading() as session:
        row = conferences.load(session, conference_id)
        view = structure_views.of_conference(session, row, current_roles())
    return schema.answer(view)


@blueprint.post("/api/units/<int:unit_id>/positions")
@requires(*ORGANISERS)
def add_position(unit_id: int) -> Response:
    order = schema.read(NewPlannedPosition)
    with current_sessions().begin() as session:
        unit = rounds.load_unit(session, unit_id)
        position = rounds.add_position(session, unit, order)
        _changed(session, unit.round)
    return schema.answer({"id": position.id}, 201)


@blueprint.post("/api/units/<int:unit_id>/instances")
@requires(*ORGANISERS)
def start(unit_id: int) -> Response:
    order = schema.read(NewInstance)
    with current_sessions().begin() as session:
        unit = rounds.load_unit(session, unit_id)
        instance = instances.start(session, unit, order)
        _changed(session, unit.round)
    return schema.answer({"id": instance.id}, 201)


@blueprint.post("/api/positions/<int:position_id>")
@requires(*ORGANISERS)
def edit_position(position_id: int) -> Response:
    order = schema.read(NewPlannedPosition)
    with current_sessions().begin() as session:
        position = rounds.load_position(session, position_id)
        rounds.edit_position(position, order)
        _changed(session, position.unit.round)
    return schema.answer()


@blueprint.post("/api/positions/<int:position_id>/entries")
@requires(*ORGANISERS)
def add_entry(position_id: int) -> Response:
    order = schema.read(NewEntry)
    with current_sessions().begin() as session:
        position = rounds.load_position(session, position_id)
        entry = entries.add(session, position, order)
        _changed(session, position.unit.round)
    return schema.answer({"id": entry.id}, 201)


@blueprint.get("/api/positions/<int:position_id>/grounds")
@requires(*REGISTER)
def grounds(position_id: int) -> Response:
    with current_sessions().reading() as session:
        position = rounds.load_position(session, position_id)
        exits = entries.exit_grounds(session, position)
        removals = entries.removal_grounds(session, position)
        locale = current_locale()
        found = {
            "exits": round_views.grounds(exits, locale),
            "removals": round_views.grounds(removals, locale),
        }
    return schema.answer(found)


@blueprint.post("/api/entries/<int:entry_id>/exit")
@requires(*ORGANISERS)
def leave(entry_id: int) -> Response:
    order = schema.read(ExitOrder)
    with current_sessions().begin() as session:
        entry = entries.load(session, entry_id)
        left = entries.leave(session, entry, order)
        _changed(session, entry.position.unit.round)
        for conference_id in left.taken_off:
            after_commit(session, partial(hint, f"conference:{conference_id}"))
    return schema.answer(left)


@blueprint.post("/api/entries/<int:entry_id>/keep")
@requires(*ORGANISERS)
def keep(entry_id: int) -> Response:
    return _move(entry_id, entries.keep)


@blueprint.post("/api/entries/<int:entry_id>/propose-removal")
@requires(*ORGANISERS)
def propose_removal(entry_id: int) -> Response:
    order = schema.read(RemovalOrder)
    return _move(entry_id, lambda s, entry: entries.propose_removal(s, entry, order))


@blueprint.post("/api/entries/<int:entry_id>/withdraw")
@requires(*ORGANISERS)
def withdraw(entry_id: int) -> Response:
    order = schema.read(WithdrawalOrder)
    return _move(entry_id, lambda s, entry: entries.withdraw(s, entry, order))


@blueprint.post("/api/instances/<int:instance_id>/steps/<step>")
@requires(*ORGANISERS)
def record_step(instance_id: int, step: str) -> Response:
    order = schema.read(RecordStep)
    today = datetime.now(UTC).astimezone().date()
    with current_sessions().begin() as session:
        instance = instances.load(session, instance_id)
        instances.record_step(session, instance, step, order, today)
        _changed(session, instance.unit.round)
    return schema.answer()


@blueprint.post("/api/instances/<int:instance_id>/steps/<step>/conference")
@requires(*ORGANISERS)
def open_conference(instance_id: int, step: str) -> Response:
    order = schema.read(OpenConference)
    with current_sessions().begin() as session:
        instance = instances.load(session, instance_id)
        row = round_conferences.open_conference(session, instance, step, order)
        after_commit(session, partial(hint, "conferences"))
        _changed(session, instance.unit.round)
    return schema.answer({"id": row.id, "uuid": row.uuid}, 201)


@blueprint.post("/api/instances/<int:instance_id>/steps/<step>/join")
@requires(*ORGANISERS)
def join(instance_id: int, step: str) -> Response:
    order = schema.read(JoinConference)
    with current_sessions().begin() as session:
        instance = instances.load(session, instance_id)
        row = sittings.join(session, instance, step, order)
        after_commit(session, partial(hint, f"conference:{row.id}"))
        _changed(session, instance.unit.round)
    return schema.answer({"id": row.id, "uuid": row.uuid}, 201)


def _move(entry_id: int, move: Callable[[Session, PlanEntry], None]) -> Response:
    with current_sessions().begin() as session:
        entry = entries.load(session, entry_id)
        move(session, entry)
        _changed(session, entry.position.unit.round)
    return schema.answer()


def _changed(session: Session, row: Round) -> None:
    """Tell the pages of a round to look again."""
    after_commit(session, partial(hint, f"round:{row.id}"))
