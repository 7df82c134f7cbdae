"""Cards and ballots, for paired tablets."""

from flask import Blueprint, Response, request

from kiosk.ballot_box import BallotBox
from kiosk.boxes import Boxes
from kiosk.checking import current_checking
from kiosk.roles import TABLET
from kiosk.settings import KioskSettings
from web import schema
from web.access import requires
from web.db import current_sessions
from web.errors import Refused
from web.settings import current_settings

blueprint = Blueprint("ballots", __name__)


class Card(schema.Body, frozen=True):
    credential: str


@blueprint.post("/api/elections/<uuid>/cards/check")
@requires(TABLET)
def check_card(uuid: str) -> Response:
    card = schema.read(Card)
    with current_sessions().reading() as session:
        Boxes(session).one(uuid)
        status = Boxes(session).card_state(uuid, card.credential)
    return schema.answer({"status": status})


@blueprint.post("/api/elections/<uuid>/ballots")
@requires(TABLET)
def cast(uuid: str) -> Response:
    raw = request.get_data(cache=False)
    if len(raw) > current_settings(KioskSettings).max_ballot_bytes:
        raise Refused("too_large", status=413)
    with current_sessions().reading() as session:
        tracker = BallotBox(session, uuid).screen(raw)
    if tracker is None:
        ballot = current_checking().check(uuid, raw)
        with current_sessions().begin() as session:
            tracker = BallotBox(session, uuid).accept(ballot)
    return schema.answer({"tracker": tracker})
