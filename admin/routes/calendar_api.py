"""The calendar's doors: deadlines, meetings, progress, samples."""

from datetime import UTC, date, datetime
from functools import partial

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from admin import deadlines, meetings, reviews, rounds, samples
from admin.deadlines import Done, NewDeadline
from admin.meetings import NewMeeting
from admin.reviews import NewWindows
from admin.routes.access import ORGANISERS, READERS
from web import schema
from web.access import requires
from web.db import after_commit, current_sessions
from web.errors import Malformed
from web.i18n import current_locale
from web.realtime import hint

blueprint = Blueprint("calendar_api", __name__)


class Reopen(schema.Body, frozen=True):
    """Which year's deadline is not done after all."""

    year: int


@blueprint.get("/api/rounds/<int:round_id>/deadlines")
@requires(*READERS)
def list_deadlines(round_id: int) -> Response:
    with current_sessions().reading() as session:
        rounds.load(session, round_id)
        found = deadlines.listing(session, round_id, asked_day())
    return schema.answer({"deadlines": found})


@blueprint.post("/api/rounds/<int:round_id>/deadlines")
@requires(*ORGANISERS)
def add_deadline(round_id: int) -> Response:
    order = schema.read(NewDeadline)
    with current_sessions().begin() as session:
        made = deadlines.add(session, round_id, order)
        _tell(session, round_id)
    return schema.answer({"id": made.id}, 201)


@blueprint.post("/api/deadlines/<int:deadline_id>")
@requires(*ORGANISERS)
def change_deadline(deadline_id: int) -> Response:
    order = schema.read(NewDeadline)
    with current_sessions().begin() as session:
        _tell(session, deadlines.change(session, deadline_id, order).round_id)
    return schema.answer()


@blueprint.post("/api/deadlines/<int:deadline_id>/done")
@requires(*ORGANISERS)
def mark_done(deadline_id: int) -> Response:
    order = schema.read(Done)
    with current_sessions().begin() as session:
        row = deadlines.mark_done(session, deadline_id, order, today=today())
        _tell(session, row.round_id)
    return schema.answer()


@blueprint.post("/api/deadlines/<int:deadline_id>/reopen")
@requires(*ORGANISERS)
def reopen(deadline_id: int) -> Response:
    order = schema.read(Reopen)
    with current_sessions().begin() as session:
        row = deadlines.mark_open(session, deadline_id, order.year)
        _tell(session, row.round_id)
    return schema.answer()


@blueprint.post("/api/deadlines/<int:deadline_id>/remove")
@requires(*ORGANISERS)
def remove_deadline(deadline_id: int) -> Response:
    with current_sessions().begin() as session:
        _tell(session, deadlines.remove(session, deadline_id).round_id)
    return schema.answer()


@blueprint.post("/api/rounds/<int:round_id>/windows")
@requires(*ORGANISERS)
def add_windows(round_id: int) -> Response:
    order = schema.read(NewWindows)
    with current_sessions().begin() as session:
        made = reviews.enter(session, round_id, order)
        _tell(session, round_id)
    return schema.answer({"deadlines": [row.id for row in made]}, 201)


@blueprint.get("/api/rounds/<int:round_id>/meetings")
@requires(*READERS)
def list_meetings(round_id: int) -> Response:
    with current_sessions().reading() as session:
        rounds.load(session, round_id)
        found = meetings.listing(session, round_id, current_locale())
        warnings = meetings.warnings(session, round_id)
    return schema.answer({"meetings": found, "warnings": warnings})


@blueprint.post("/api/rounds/<int:round_id>/meetings")
@requires(*ORGANISERS)
def add_meeting(round_id: int) -> Response:
    order = schema.read(NewMeeting)
    with current_sessions().begin() as session:
        made = meetings.add(session, round_id, order)
        warnings = meetings.warnings_of(session, made)
        _tell(session, round_id)
    return schema.answer({"id": made.id, "warnings": warnings}, 201)


@blueprint.post("/api/meetings/<int:meeting_id>")
@requires(*ORGANISERS)
def change_meeting(meeting_id: int) -> Response:
    order = schema.read(NewMeeting)
    with current_sessions().begin() as session:
        row = meetings.change(session, meeting_id, order)
        warnings = meetings.warnings_of(session, row)
        _tell(session, row.round_id)
    return schema.answer({"warnings": warnings})


@blueprint.post("/api/meetings/<int:meeting_id>/remove")
@requires(*ORGANISERS)
def remove_meeting(meeting_id: int) -> Response:
    with current_sessions().begin() as session:
        _tell(session, meetings.remove(session, meeting_id).round_id)
    return schema.answer()


@blueprint.get("/api/rounds/<int:round_id>/progress")
@requires(*READERS)
def show_progress(round_id: int) -> Response:
    on = asked_day()
    with current_sessions().reading() as session:
        rounds.load(session, round_id)
        units = deadlines.progress(session, round_id, on)
    return schema.answer({"on": on, "units": units})


@blueprint.post("/api/samples/<sample_id>")
@requires(*ORGANISERS)
def load_sample(sample_id: str) -> Response:
    with current_sessions().begin() as session:
        made = samples.load(session, sample_id)
        after_commit(session, partial(hint, "rounds"))
    return schema.answer({"round": made.id}, 201)


def asked_day() -> date:
    """Return the day asked for (?on=2022-03-18), or today."""
    text = request.args.get("on")
    return read_day(text, "on") if text else today()


def read_day(text: str, name: str) -> date:
    """Read a day from an address.

    Raises:
        Malformed: it is none.
        Refused: it is in a year that cannot be meant.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Malformed(f"{name}: no such day") from None
    deadlines.check_year(day.year)
    return day


def today() -> date:
    """Return the day in the room."""
    return datetime.now(UTC).astimezone().date()


def _tell(session: Session, round_id: int) -> None:
    after_commit(session, partial(hint, f"round:{round_id}"))
