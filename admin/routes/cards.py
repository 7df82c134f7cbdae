"""Ballot cards: printed, handed out by number, voided by their public half."""

from functools import partial
from typing import Annotated

import msgspec
from flask import Blueprint, Response, current_app

from admin import card_sheet, cards, conferences
from admin.card_sheet import Face
from admin.models import Conference
from admin.routes.access import DESK, ORGANISERS
from admin.settings import AdminSettings
from web import i18n, schema
from web.access import requires
from web.db import after_commit, current_sessions
from web.peers import current_peers
from web.realtime import hint
from web.settings import current_settings

blueprint = Blueprint("cards", __name__)
_MAX_AT_ONCE = 2000  # cards in one request to void; more is not a stack


class Print(schema.Body, frozen=True):
    """How many cards more than delegates."""

    spares: int


class Issue(schema.Body, frozen=True):
    """How many cards were handed out just now."""

    count: int


class Void(schema.Body, frozen=True):
    """Public halves of cards; the secret never leaves the browser."""

    credentials: Annotated[
        tuple[Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")], ...],
        msgspec.Meta(max_length=_MAX_AT_ONCE),
    ]


@blueprint.post("/api/conferences/<int:conference_id>/cards")
@requires(*ORGANISERS)
def print_batch(conference_id: int) -> Response:
    order = schema.read(Print)
    with current_sessions().begin() as session:
        conference = conferences.load(session, conference_id)
        codes = cards.draw_batch(session, conference, order.spares)
        sheet = card_sheet.print_cards(_face(conference), conference.uuid, codes)
        after_commit(session, partial(hint, f"conference:{conference_id}"))
    response = current_app.response_class(sheet, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename="the-phieu.pdf")
    return response


@blueprint.post("/api/conferences/<int:conference_id>/cards/issue")
@requires(*DESK)
def issue(conference_id: int) -> Response:
    order = schema.read(Issue)
    with current_sessions().begin() as session:
        conference = conferences.load(session, conference_id)
        cards.issue(session, conference, order.count)
        after_commit(session, partial(hint, f"conference:{conference_id}"))
    return schema.answer({"issued": conference.issued})


@blueprint.post("/api/conferences/<int:conference_id>/cards/void")
@requires(*DESK)
def void(conference_id: int) -> Response:
    order = schema.read(Void)
    with current_sessions().begin() as session:
        conference = conferences.load(session, conference_id)
        outcome = cards.void(session, conference, order.credentials, current_peers())
        after_commit(session, partial(hint, f"conference:{conference_id}"))
    return schema.answer(outcome)


def _face(conference: Conference) -> Face:
    demo = current_settings(AdminSettings).demo
    return Face(
        heading=i18n.text("card.heading"),
        title=conference.title,
        office=conference.office,
        when=i18n.moment(conference.starts_at),
        hint=i18n.text("card.hint"),
        demo=i18n.text("frame.demo") if demo else "",
    )
