"""The chair's page."""

import msgspec
from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from admin import (
    announcement,
    box_times,
    conferences,
    result_screens,
    room_views,
    screens,
    small_groups,
    views,
)
from admin.models import State
from admin.path import Page
from admin.routes import conference_page
from admin.routes.access import CHAIR
from admin.routes.conferences import view_of
from web.access import requires
from web.db import current_sessions

blueprint = Blueprint("chair", __name__)
_POLL_SECONDS = 3  # turnout moves without a hint: the box is another service's


@blueprint.get("/chair/<int:conference_id>")
@requires(*CHAIR)
def show(conference_id: int) -> str:
    view = view_of(conference_id)
    with current_sessions().reading() as session:
        chosen = _choices(session, view)
        times = box_times.times_of(session, conferences.load(session, conference_id))
    stage = _stage(view)
    voting = next(each for each in screens.steps(view) if each.page is Page.VOTING)
    return render_template(
        "admin/chair.html",
        **conference_page.context(view),
        phase=_phase(view),
        step=voting,
        choices=chosen,
        times=times,
        shown=room_views.shown(view.shows, stage),
        room_choices=room_views.choices(stage),
        announcement=_announcement(view),
        one_mind=_of_one_mind(view),
        poll=_POLL_SECONDS,
    )


@blueprint.get("/chair/<int:conference_id>/announcement", endpoint="announcement")
@requires(*CHAIR)
def announcement_page(conference_id: int) -> str | Response:
    view = view_of(conference_id)
    text = _announcement(view)
    if not text:
        return redirect(url_for("chair.show", conference_id=conference_id))
    return render_template("admin/announcement.html", conference=view, text=text)


def _phase(view: views.ConferenceView) -> str:
    """Return what the chair has before them; a tie comes before the announcement."""
    if view.state in conference_page.BEFORE:
        return "before"
    if view.state == State.COUNTED and result_screens.undecided(view):
        return "tie"
    return view.state


def _choices(session: Session, view: views.ConferenceView) -> dict[int, object]:
    """Return what was chosen for each ballot, as the calculator is asked with it."""
    row = conferences.load(session, view.id)
    return {item.number: msgspec.json.decode(item.choices) for item in row.items}


def _announcement(view: views.ConferenceView) -> list[announcement.Paragraph]:
    """Return what the chair reads aloud, once it can be written."""
    results = result_screens.results(view)
    if not results or result_screens.undecided(view):
        return []
    at = announcement.occasion(view)
    if not view.announced:
        return announcement.quiet(at)
    return announcement.announced(at, results, view.ties)


def _of_one_mind(view: views.ConferenceView) -> list[small_groups.Line]:
    """Return the lines of the result that tell how everybody voted."""
    if view.result is None:
        return []
    return small_groups.of_one_mind(view.result.sections, view.result.cast)


def _stage(view: views.ConferenceView) -> room_views.Stage:
    return room_views.Stage(
        state=view.state,
        announced=view.announced,
        summoned=view.counts.summoned,
        locked=view.roll_call_locked,
        zero_reported=view.zero_reported,
    )
