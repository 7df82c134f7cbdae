"""Sealing, voting, result and display."""

from collections.abc import Callable
from functools import partial

import msgspec
from flask import Blueprint, Response
from sqlalchemy.orm import Session

from admin import conferences, publishing, sealing, showing, views, voting
from admin.models import Conference
from admin.room_views import View
from admin.routes.access import CHAIR, ORGANISERS, READERS
from admin.routes.conferences import limits, with_turnout
from admin.settings import AdminSettings
from web import schema
from web.access import requires
from web.db import after_commit, current_sessions
from web.i18n import current_locale
from web.peers import current_peers
from web.realtime import hint
from web.settings import current_settings

blueprint = Blueprint("voting", __name__)


class Seal(schema.Body, frozen=True):
    """`override` is typed if a committee member has the name of a nominee."""

    override: str = ""


class Open(schema.Body, frozen=True):
    """`acknowledged`: the chair knows what a small group's result may reveal."""

    acknowledged: bool = False


class Room(schema.Body, frozen=True):
    """What the chair wants the room to see; empty follows the conference."""

    shows: View


class Reason(schema.Body, frozen=True):
    """Why a ballot is abandoned."""

    reason: str


@blueprint.post("/api/conferences/<int:conference_id>/seal")
@requires(*ORGANISERS)
def seal(conference_id: int) -> Response:
    order = schema.read(Seal)
    sealing.seal(
        current_sessions(),
        current_peers(),
        conference_id,
        override=order.override,
        demo=current_settings(AdminSettings).demo,
    )
    hint(f"conference:{conference_id}")
    return schema.answer()


@blueprint.post("/api/conferences/<int:conference_id>/open")
@requires(*CHAIR)
def open_box(conference_id: int) -> Response:
    order = schema.read(Open)
    return _change(
        conference_id,
        lambda s, row: voting.open_box(
            s, row, current_peers(), limits(), acknowledged=order.acknowledged
        ),
    )


@blueprint.post("/api/conferences/<int:conference_id>/close")
@requires(*CHAIR)
def close_box(conference_id: int) -> Response:
    return _change(
        conference_id, lambda s, row: voting.close_box(s, row, current_peers())
    )


@blueprint.post("/api/conferences/<int:conference_id>/void")
@requires(*CHAIR)
def void(conference_id: int) -> Response:
    order = schema.read(Reason)
    return _change(conference_id, lambda s, row: voting.void(s, row, order.reason))


@blueprint.post("/api/conferences/<int:conference_id>/announce")
@requires(*CHAIR)
def announce(conference_id: int) -> Response:
    return _change(conference_id, publishing.announce)


@blueprint.post("/api/conferences/<int:conference_id>/complete")
@requires(*CHAIR)
def complete(conference_id: int) -> Response:
    return _change(conference_id, publishing.complete)


@blueprint.post("/api/conferences/<int:conference_id>/room")
@requires(*CHAIR)
def room(conference_id: int) -> Response:
    order = schema.read(Room)
    return _change(conference_id, lambda s, row: showing.show(s, row, order.shows))


@blueprint.get("/api/conferences/<int:conference_id>/display")
@requires(*READERS)
def display(conference_id: int) -> Response:
    return schema.answer(display_of(conference_id))


def display_of(conference_id: int) -> views.DisplayView:
    """Return what the room may see, for the API and the page."""
    with current_sessions().reading() as session:
        row = conferences.load(session, conference_id)
        view = views.display(session, row, locale=current_locale())
    return msgspec.structs.replace(view, counts=with_turnout(view.counts, view))


def _change(
    conference_id: int, change: Callable[[Session, Conference], None]
) -> Response:
    with current_sessions().begin() as session:
        change(session, conferences.load(session, conference_id))
        after_commit(session, partial(hint, f"conference:{conference_id}"))
    return schema.answer()
