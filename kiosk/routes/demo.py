"""Only while demonstrating: this machine's browser becomes a tablet by one link."""

from flask import Blueprint, make_response, redirect, request
from flask.typing import ResponseReturnValue

from kiosk.roles import hand_out, roles
from kiosk.tablets import Tablets
from web.access import public
from web.db import current_sessions
from web.errors import Refused

blueprint = Blueprint("demo", __name__)
_THIS_MACHINE = frozenset({"127.0.0.1", "::1"})
_LABEL = "demo"


@blueprint.get("/demo/booth")
@public
def booth() -> ResponseReturnValue:
    if request.remote_addr not in _THIS_MACHINE:
        raise Refused("not_allowed", status=403)
    response = make_response(redirect("/booth"))
    if roles():
        return response
    with current_sessions().begin() as session:
        token = Tablets(session).add(_LABEL)
    return hand_out(response, token)
