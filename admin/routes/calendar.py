"""The calendar's pages: a round's month and agenda, its progress, the forms."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session

from admin import calendar, deadlines, meetings, month, reviews, rounds
from admin.deadlines import UnitProgress
from admin.models import Instance, Meeting, Round
from admin.profiles import load_profile
from admin.routes.access import ORGANISERS, READERS
from admin.routes.calendar_api import asked_day, read_day, today
from admin.routes.frame import may
from web.access import requires
from web.db import current_sessions
from web.i18n import current_locale

blueprint = Blueprint("calendar", __name__)


@blueprint.get("/rounds/<int:round_id>/calendar")
@requires(*READERS)
def show(round_id: int) -> str:
    now = today()
    with current_sessions().reading() as session:
        round_ = rounds.load(session, round_id)
        held = meetings.listing(session, round_id, current_locale())
        chosen = _month() or _opened_at(session, round_id, held)
        found = deadlines.listing(session, round_id, now, chosen.year)
        lines = month.lines(found)
        agenda = month.days(lines, held)
        return render_template(
            "admin/calendar.html",
            round=round_,
            today=now,
            chosen=chosen,
            months=_months(agenda, chosen),
            weeks=month.grid(chosen.year, chosen.month, agenda),
            agenda=agenda,
            undated=[each for each in held if each.starts_at is None],
            weekends=[each for each in lines if each.head.weekend and not each.over],
            clashes=meetings.warnings(session, round_id),
            regimes=reviews.regimes().values(),
            units=deadlines.unit_names(session, round_id),
            may=may(),
        )


@blueprint.get("/rounds/<int:round_id>/progress")
@requires(*READERS)
def progress(round_id: int) -> str:
    on = asked_day()
    with current_sessions().reading() as session:
        round_ = rounds.load(session, round_id)
        units = deadlines.progress(session, round_id, on)
    return render_template(
        "admin/calendar_progress.html",
        round=round_,
        on=on,
        units=units,
        later=month.later(units),
        totals=_totals(units),
        may=may(),
    )


@blueprint.get("/rounds/<int:round_id>/deadlines/new", endpoint="new_deadline")
@requires(*ORGANISERS)
def new_deadline_page(round_id: int) -> str:
    with current_sessions().reading() as session:
        round_ = rounds.load(session, round_id)
        return _form(session, round_, "admin/calendar_deadline.html", deadline=None)


@blueprint.get("/deadlines/<int:deadline_id>", endpoint="deadline")
@requires(*READERS)
def deadline_page(deadline_id: int) -> str:
    now = today()
    with current_sessions().reading() as session:
        row = deadlines.load(session, deadline_id)
        round_ = rounds.load(session, row.round_id)
        year = request.args.get("year", now.year, type=int)
        deadlines.check_year(year)
        view = deadlines.view(row, deadlines.unit_names(session, round_.id), now, year)
        return _form(
            session,
            round_,
            "admin/calendar_deadline.html",
            deadline=row,
            view=view,
            today=now,
        )


@blueprint.get("/rounds/<int:round_id>/meetings/new", endpoint="new_meeting")
@requires(*ORGANISERS)
def new_meeting_page(round_id: int) -> str:
    with current_sessions().reading() as session:
        round_ = rounds.load(session, round_id)
        return _form(session, round_, "admin/calendar_meeting.html", meeting=None)


@blueprint.get("/meetings/<int:meeting_id>", endpoint="meeting")
@requires(*READERS)
def meeting_page(meeting_id: int) -> str:
    with current_sessions().reading() as session:
        row = meetings.load(session, meeting_id)
        return _form(
            session,
            rounds.load(session, row.round_id),
            "admin/calendar_meeting.html",
            meeting=row,
            clashes=meetings.warnings_of(session, row),
        )


def _form(session: Session, round_: Round, template: str, **more: Any) -> str:  # noqa: ANN401 - whatever the page shows
    meeting: Meeting | None = more.get("meeting")
    others = meetings.listing(session, round_.id, current_locale())
    return render_template(
        template,
        round=round_,
        units=deadlines.unit_names(session, round_.id),
        instances=_instances(session, round_),
        others=[each for each in others if not meeting or each.id != meeting.id],
        may=may(),
        **more,
    )


def _instances(session: Session, round_: Round) -> list[dict[str, object]]:
    """Return the procedures run in a round, with their steps, to choose from."""
    rows: list[Instance] = [row for unit in round_.units for row in unit.instances]
    found = []
    for row in rows:
        procedure = load_profile(session, row.profile_digest)
        name = procedure.name.of(current_locale())
        steps = [(step.id, step.name.of(current_locale())) for step in procedure.steps]
        found.append(
            {"id": row.id, "name": name, "unit": row.unit.name, "steps": steps}
        )
    return found


def _opened_at(
    session: Session, round_id: int, held: list[meetings.MeetingView]
) -> date:
    found = deadlines.listing(session, round_id, today())
    return month.opened_at(month.days(month.lines(found), held), today())


def _totals(units: list[UnitProgress]) -> dict[str, int]:
    found = {
        "late": sum(len(unit.late) for unit in units),
        "due": sum(len(unit.due) for unit in units),
        "done": sum(len(unit.done) for unit in units),
    }
    other = sum(len(unit.waiting) + len(unit.optional) for unit in units)
    return found | {"all": sum(found.values()) + other}


def _months(agenda: list[month.Day], chosen: date) -> dict[str, object]:
    """Return where to go from a month: one back, one on, and to what there is."""
    return {
        "back": calendar.month_after(chosen, -1),
        "on": calendar.month_after(chosen, 1),
        "known": sorted({each.day.replace(day=1) for each in agenda}),
    }


def _month() -> date | None:
    """Return the month asked for (?month=2022-03), if any."""
    text = request.args.get("month")
    if not text:
        return None
    return read_day(f"{text}-01", "month")
