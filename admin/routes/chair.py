"""The chair's page, and the facts that are printed for the minutes."""

import msgspec
from flask import Blueprint, render_template
from sqlalchemy.orm import Session

from admin import conferences, minutes, result_screens, screens, views
from admin.models import State
from admin.path import Page
from admin.routes import conference_page
from admin.routes.access import CHAIR
from admin.routes.conferences import view_of
from web.access import requires
from web.db import current_sessions

blueprint = Blueprint("chair", __name__)
_RESULT_READERS = (*CHAIR, "auditor")
_POLL_SECONDS = 3  # turnout moves without a hint: the box is another service's


@blueprint.get("/chair/<int:conference_id>")
@requires(*CHAIR)
def show(conference_id: int) -> str:
    view = view_of(conference_id)
    with current_sessions().reading() as session:
        chosen = _choices(session, view)
    voting = next(each for each in screens.steps(view) if each.page is Page.VOTING)
    return render_template(
        "admin/chair.html",
        **conference_page.context(view),
        phase=_phase(view),
        step=voting,
        choices=chosen,
        poll=_POLL_SECONDS,
    )


@blueprint.get("/conferences/<int:conference_id>/minutes", endpoint="minutes")
@requires(*_RESULT_READERS)
def minutes_page(conference_id: int) -> str:
    view = view_of(conference_id)
    with current_sessions().reading() as session:
        facts = minutes.facts(session, conferences.load(session, conference_id), view)
    return render_template(
        "admin/minutes.html", **conference_page.context(view), facts=facts
    )


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
