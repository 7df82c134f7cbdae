"""Conferences: opened from a procedure step, convened, carried to the next step."""

from collections.abc import Callable
from functools import partial

import msgspec
from flask import Blueprint, Response
from sqlalchemy.orm import Session

from admin import conferences, following, round_conferences, ties, views
from admin.conferences import NewConference
from admin.following import NextConference
from admin.models import Conference, State
from admin.results import count_of
from admin.routes.access import CHAIR, ORGANISERS, READERS
from admin.settings import AdminSettings
from admin.small_groups import Limits
from admin.ties import DecideTie
from admin.turnout import current_turnout
from web import schema
from web.access import current_roles, requires
from web.db import after_commit, current_sessions
from web.i18n import current_locale
from web.peers import current_peers
from web.realtime import hint
from web.settings import current_settings

blueprint = Blueprint("conferences", __name__)


@blueprint.get("/api/conferences")
@requires(*READERS)
def list_conferences() -> Response:
    with current_sessions().reading() as session:
        found = [views.summary(each) for each in conferences.listing(session)]
    return schema.answer({"conferences": found})


@blueprint.post("/api/conferences")
@requires(*ORGANISERS)
def create() -> Response:
    order = schema.read(NewConference)
    with current_sessions().begin() as session:
        conference = round_conferences.create(session, order)
        after_commit(session, partial(hint, "conferences"))
    return schema.answer({"id": conference.id, "uuid": conference.uuid}, 201)


@blueprint.get("/api/conferences/<int:conference_id>")
@requires(*READERS)
def show(conference_id: int) -> Response:
    return schema.answer(view_of(conference_id))


@blueprint.post("/api/conferences/<int:conference_id>/convene")
@requires(*ORGANISERS)
def convene(conference_id: int) -> Response:
    demo = current_settings(AdminSettings).demo
    with current_sessions().begin() as session:
        conference = conferences.load(session, conference_id)
        conferences.convene(session, conference, current_peers(), demo=demo)
        after_commit(session, partial(hint, f"conference:{conference_id}"))
    return schema.answer()


@blueprint.post("/api/conferences/<int:conference_id>/new-key")
@requires(*ORGANISERS)
def new_key(conference_id: int) -> Response:
    with current_sessions().begin() as session:
        conference = conferences.load(session, conference_id)
        conferences.make_new_key(session, conference)
        after_commit(session, partial(hint, f"conference:{conference_id}"))
    return schema.answer()


@blueprint.post("/api/conferences/<int:conference_id>/prepare-next")
@requires(*ORGANISERS)
def prepare_next(conference_id: int) -> Response:
    return _following(conference_id, following.prepare)


@blueprint.post("/api/conferences/<int:conference_id>/next")
@requires(*ORGANISERS)
def carry(conference_id: int) -> Response:
    return _following(conference_id, following.carry)


@blueprint.post("/api/conferences/<int:conference_id>/ties")
@requires(*CHAIR)
def decide_tie(conference_id: int) -> Response:
    order = schema.read(DecideTie)
    with current_sessions().begin() as session:
        conference = conferences.load(session, conference_id)
        ties.decide(session, conference, count_of(conference), order)
        after_commit(session, partial(hint, f"conference:{conference_id}"))
    return schema.answer()


def view_of(conference_id: int) -> views.ConferenceView:
    """Return a conference as whoever asks may see it, for the API and the pages."""
    with current_sessions().reading() as session:
        view = views.conference(
            session,
            conferences.load(session, conference_id),
            locale=current_locale(),
            roles=current_roles(),
            limits=limits(),
        )
    return msgspec.structs.replace(view, counts=with_turnout(view.counts, view))


def limits() -> Limits:
    """Return from how many voters on a sum hides who voted how."""
    settings = current_settings(AdminSettings)
    return Limits(settings.small_group, settings.small_unanimity)


def with_turnout(
    counts: views.CountsView, of: views.ConferenceView | views.DisplayView
) -> views.CountsView:
    """Fill in the turnout of an open box, asked after the transaction ended."""
    if of.state != State.OPEN:
        return counts
    cast = current_turnout().of(current_peers(), of.uuid)
    return msgspec.structs.replace(counts, cast=cast)


def changed(conference: Conference) -> None:
    """Tell the pages of a conference to look again."""
    hint(f"conference:{conference.id}")


def _following(
    conference_id: int,
    lead_on: Callable[[Session, Conference, NextConference], Conference],
) -> Response:
    order = schema.read(NextConference)
    with current_sessions().begin() as session:
        former = conferences.load(session, conference_id)
        made = lead_on(session, former, order)
        after_commit(session, partial(hint, "conferences"))
        after_commit(session, partial(hint, f"conference:{made.id}"))
        after_commit(session, partial(hint, f"conference:{conference_id}"))
    return schema.answer({"id": made.id, "uuid": made.uuid}, 201)
