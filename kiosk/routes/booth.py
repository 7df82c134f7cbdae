"""The tablet: its page, its pairing, what it may vote on, its signs of life."""

from flask import Blueprint, Response, redirect, render_template
from flask.typing import ResponseReturnValue

from kiosk import actions
from kiosk.boxes import Boxes
from kiosk.roles import TABLET, current_tablet_id, hand_out
from kiosk.tablets import Tablets, current_presence
from web import schema
from web.access import limited, public, requires
from web.db import current_sessions
from web.record import record

blueprint = Blueprint("booth", __name__, template_folder="../templates")


class Pairing(schema.Body, frozen=True):
    code: str


class State(schema.Body, frozen=True):
    busy: bool


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    return redirect("/booth")


@blueprint.get("/booth")
@public
def page() -> str:
    return render_template("kiosk/booth.html")


@blueprint.post("/api/booth/pair")
@limited
@public
def pair() -> Response:
    order = schema.read(Pairing)
    with current_sessions().begin() as session:
        token, label = Tablets(session).pair(order.code)
        record(session, actions.TabletPaired(label), actor=TABLET)
    return hand_out(schema.answer({"label": label}), token)


@blueprint.get("/api/booth/elections")
@requires(TABLET)
def elections() -> Response:
    with current_sessions().reading() as session:
        listed = [
            {
                "uuid": box.uuid,
                "state": box.state,
                "title": box.title,
                "fingerprint": box.fingerprint,
                "demo": box.demo,
            }
            for box in Boxes(session).listed()
        ]
    return schema.answer({"elections": listed})


@blueprint.post("/api/booth/state")
@requires(TABLET)
def state() -> Response:
    order = schema.read(State)
    current_presence().hear(current_tablet_id(), busy=order.busy)
    return schema.answer()
